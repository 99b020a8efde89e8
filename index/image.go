package index

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/RoaringBitmap/roaring/v2"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
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

// WriteImage writes the image of an index.
func (x *Index) WriteImage(to io.Writer) error {
	w := &imageWriter{w: to, some: make([]byte, 0, columnStep)}
	x.writeSources(w)
	x.writeLocations(w)
	parts := slices.Clone(x.segments)
	if x.events.size > 0 {
		b := newBuilder(false)
		for e := range x.inTime.all() {
			b.add(e)
		}
		parts = append(parts, parted{segment: b.segment()})
	}
	w.uint(uint64(len(parts)))
	for i := range parts {
		parts[i].write(w)
	}
	return w.err
}

// ReadImage is the index that an image was written of, and of c, which holds everything else as it
// stands at the image's revision or later. The image has no more bytes than size. One that was cut
// off is an error. The bytes themselves are trusted: whoever keeps an image keeps a sum of it, and
// its [ImageFormat].
func ReadImage(from io.Reader, size int64, c Changes) (*Index, error) {
	r := newImageReader(from, size)
	x := New()
	given := x.readSources(r)
	given.Locations = readLocations(r)
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		x.segments = append(x.segments, readParted(r))
	}
	if r.end(); r.err != nil {
		return nil, r.err
	}
	given.Revision, given.UpdatedAt = c.Revision, c.UpdatedAt
	given.Actors, given.Timelines = c.Actors, c.Timelines
	x = x.With(given)
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

// writeSources writes the shelf, what changed since and what is gone since.
func (x *Index) writeSources(w *imageWriter) {
	x.shelf.write(w)
	var changed []*Source
	var gone []int64
	for row, s := range x.sources.all() {
		if s == nil {
			gone = append(gone, row)
		} else {
			changed = append(changed, s)
		}
	}
	shelve(changed).write(w)
	slices.Sort(gone)
	writeColumn(w, gone)
}

// readSources reads the shelf into x and gives what changed since.
func (x *Index) readSources(r *imageReader) (c Changes) {
	x.putShelf(new(edit), readShelf(r))
	changed := readShelf(r)
	for _, row := range readColumn[int64](r) {
		c.Gone = append(c.Gone, Gone{Kind: timeline.KindSource, Row: row})
	}
	if r.err == nil {
		for i := range changed.row {
			c.Sources = append(c.Sources, changed.source(uint32(i)))
		}
	}
	return c
}

func (s *shelf) write(w *imageWriter) {
	if s == nil {
		s = &shelf{}
	}
	writeColumn(w, s.row)
	writeColumn(w, s.at)
	w.raw(s.facts)
	w.texts(s.words)
	writeColumn(w, s.byRef.slots)
	w.uint(uint64(len(s.licences)))
	for _, licence := range slices.Sorted(maps.Keys(s.licences)) {
		w.text(licence)
		w.uint(uint64(s.licences[licence]))
	}
}

func readShelf(r *imageReader) *shelf {
	s := &shelf{row: readColumn[uint32](r), at: readColumn[uint32](r), facts: r.raw(), words: r.texts(),
		byRef: hashed{readColumn[uint32](r)}, licences: map[string]int{}}
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		licence := r.text()
		s.licences[licence] = int(r.uint())
	}
	if r.err == nil {
		s.rows()
	}
	return s
}

func (p *parted) write(w *imageWriter) {
	s := p.segment
	w.uint(uint64(s.n))
	w.uint(uint64(s.dated))
	writeColumn(w, s.row)
	for _, column := range [][]int32{s.startMin, s.startMax, s.endMin, s.endMax, s.killed} {
		writeColumn(w, column)
	}
	for _, column := range [][]uint8{s.flags, s.precision, s.kind, s.status, s.facts} {
		w.raw(column)
	}
	writeColumn(w, s.updated)
	writeColumn(w, s.at)
	w.texts(s.words)
	w.texts(s.codes)
	w.times(s.far)
	writeColumn(w, s.byRef.slots)
	writeColumn(w, s.byClaim.slots)
	for _, list := range s.postings() {
		w.postings(list)
	}
	for _, set := range s.bitmaps() {
		w.bitmap(*set)
	}
	w.bool(p.gone != nil)
	if p.gone != nil {
		w.bitmap(p.gone)
	}
}

func readParted(r *imageReader) parted {
	s := &segment{n: int(r.uint()), dated: int(r.uint()), titles: &titleColumn{}}
	s.row = readColumn[uint32](r)
	for _, column := range []*[]int32{&s.startMin, &s.startMax, &s.endMin, &s.endMax, &s.killed} {
		*column = readColumn[int32](r)
	}
	for _, column := range []*[]uint8{&s.flags, &s.precision, &s.kind, &s.status, &s.facts} {
		*column = r.raw()
	}
	s.updated = readColumn[int64](r)
	s.at = readColumn[uint32](r)
	s.words, s.codes, s.far = r.texts(), r.texts(), r.times()
	s.byRef.slots, s.byClaim.slots = readColumn[uint32](r), readColumn[uint32](r)
	for _, list := range s.postings() {
		r.postings(list)
	}
	for _, set := range s.bitmaps() {
		*set = r.bitmap()
	}
	p := parted{segment: s}
	if r.bool() {
		p.gone = r.bitmap()
	}
	if r.err == nil {
		s.rows()
		s.blocks()
	}
	return p
}

func (w *imageWriter) bool(is bool) {
	n := uint64(0)
	if is {
		n = 1
	}
	w.uint(n)
}

func (r *imageReader) bool() bool { return r.uint() != 0 }

func (w *imageWriter) postings(p *postings) {
	writeColumn(w, p.values)
	writeColumn(w, p.from)
	writeColumn(w, p.all)
	w.uint(uint64(len(p.long)))
	for _, value := range slices.Sorted(maps.Keys(p.long)) {
		w.uint(uint64(value))
		w.bitmap(p.long[value])
	}
}

func (r *imageReader) postings(p *postings) {
	p.values, p.from, p.all = readColumn[uint32](r), readColumn[uint32](r), readColumn[uint32](r)
	p.long = map[uint32]*roaring.Bitmap{}
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		value := uint32(r.uint())
		p.long[value] = r.bitmap()
	}
}

// times writes the times that have a day beyond the columns.
func (w *imageWriter) times(far map[uint32]timeline.Time) {
	w.uint(uint64(len(far)))
	for _, o := range slices.Sorted(maps.Keys(far)) {
		t := far[o]
		w.uint(uint64(o))
		w.uint(uint64(packFlags(&t)))
		w.text(string(t.Precision))
		for _, day := range []edtf.Day{t.Start.First, t.Start.Last, t.End.First, t.End.Last} {
			w.int(int64(day))
		}
	}
}

func (r *imageReader) times() map[uint32]timeline.Time {
	far := map[uint32]timeline.Time{}
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		o, flags := uint32(r.uint()), uint8(r.uint())
		t := timeline.Time{Precision: edtf.Precision(r.text())}
		for _, day := range []*edtf.Day{&t.Start.First, &t.Start.Last, &t.End.First, &t.End.Last} {
			*day = edtf.Day(r.int())
		}
		setFlags(&t, flags)
		far[o] = t
	}
	return far
}
