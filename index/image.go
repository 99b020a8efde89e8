package index

import (
	"cmp"
	"fmt"
	"io"
	"strconv"

	"tarikh/names"
)

// An image is an index packed to be kept in a file: its events and sources, which are many, as they
// stand in memory, and its locations. Actors and saved timelines are few, and read from their
// tables. What else an index holds is worked out of these. Only an image of this format is read, and only where
// names are folded as they were: others are passed over, and made anew.

// imageVersion is raised whenever anything is packed otherwise: [TestImageIsWrittenAsItWas] fails
// where that was forgotten.
const imageVersion = 1

// ImageFormat says how images are written. One of another format cannot be read.
func ImageFormat() string {
	return "tarikh index " + strconv.Itoa(imageVersion) + ", folding " + strconv.Itoa(names.FoldVersion)
}

// An image is parts, each after its tag.
const (
	imageEnd       = iota
	imageShelf     // sources
	imageChanged   // sources that changed since the shelves were made, or are gone
	imageLocations // all of them, or some
	imageSegment   // events
)

// WriteImage writes the image of an index.
func (x *Index) WriteImage(to io.Writer) error {
	w := newImageWriter(to)
	for _, s := range x.shelves {
		w.shelf(s)
	}
	w.changed(x.sources.all())
	w.locations(x.locations.all())
	for i := range x.segments {
		w.segment(&x.segments[i])
	}
	if x.events.size > 0 {
		b := newBuilder(false)
		for e := range x.inTime.all() {
			b.add(e)
		}
		w.segment(&parted{segment: b.segment()})
	}
	w.uint(imageEnd)
	return w.err
}

// An Imager writes the image of a whole record out of facts that come in parts, whose memory is that
// of one part of the image. The index that is read of it has several parts.
type Imager struct {
	w       *imageWriter
	events  *builder
	sources *shelver

	eventsMost, sourcesMost int // of a part
}

// How many events and sources make a part of an image: a part is some
// four megabytes.
const (
	imageEvents  = 1 << 14
	imageSources = 1 << 15
)

// NewImager begins an image.
func NewImager(to io.Writer) *Imager {
	return &Imager{newImageWriter(to), newBuilder(false), newShelver(), imageEvents, imageSources}
}

// Take takes events, sources and locations out of c, each of which is given once. What goes wrong is
// told at the end.
func (i *Imager) Take(c *Changes) {
	for _, s := range c.Sources {
		if i.sources.add(s); len(i.sources.s.row) == i.sourcesMost {
			i.flushSources()
		}
	}
	for _, e := range c.Events {
		if i.events.add(e); i.events.s.n == i.eventsMost {
			i.flushEvents()
		}
	}
	if len(c.Locations) > 0 {
		i.w.locations(func(yield func(int64, *location) bool) {
			for _, l := range c.Locations {
				if !yield(l.Row, &location{Location: l}) {
					return
				}
			}
		})
	}
	c.Sources, c.Events, c.Locations = nil, nil, nil
}

func (i *Imager) flushSources() {
	if len(i.sources.s.row) > 0 {
		i.w.shelf(i.sources.shelf())
		i.sources = newShelver()
	}
}

func (i *Imager) flushEvents() {
	if i.events.s.n > 0 {
		i.w.segment(&parted{segment: i.events.segment()})
		i.events = newBuilder(false)
	}
}

// End ends the image.
func (i *Imager) End() error {
	i.flushSources()
	i.flushEvents()
	i.w.uint(imageEnd)
	return i.w.err
}

// ReadImage is the index that an image was written of, and of c, which holds everything else as it
// stands at the image's revision or later. The image has no more bytes than size. One that was cut
// off is an error. The bytes themselves are trusted: whoever keeps an image keeps a sum of it, and
// its [ImageFormat].
func ReadImage(from io.Reader, size int64, c Changes) (*Index, error) {
	r := newImageReader(from, size)
	x := New()
	e := new(edit)
	for tag := r.uint(); tag != imageEnd && r.err == nil; tag = r.uint() {
		switch tag {
		case imageShelf:
			x.addShelf(e, r.shelf())
		case imageChanged:
			r.changed(&c)
		case imageLocations:
			c.Locations = append(c.Locations, r.locations()...)
		case imageSegment:
			x.segments = append(x.segments, r.segment())
		default:
			r.fail(fmt.Errorf("no part has tag %d", tag))
		}
	}
	if r.end(); r.err != nil {
		return nil, r.err
	}
	x = x.With(c)
	x.relate()
	return x, nil
}

// relate works out of the segments which events relations point to.
func (x *Index) relate() {
	pointing := newRelink()
	for i := range x.segments {
		p := &x.segments[i]
		p.eachOf(p.unmasked(p.related.Clone()), wantRelations, func(e *Event) bool {
			for _, r := range e.Relations {
				pointing.add[r.Event] = append(pointing.add[r.Event], e.Row)
			}
			return true
		})
	}
	pointing.apply(&x.related, new(edit), cmp.Compare[int64])
}
