package export

import (
	"bufio"
	"io"
	"iter"
	"time"

	"tarikh/names"
	"tarikh/timeline"
)

// Meta is what an export says of itself before its first event.
type Meta struct {
	Title   []timeline.Text      // of the selection or the saved timeline; may be empty
	Eras    []timeline.EraRecord // of the saved timeline
	Lang    names.Language       // the reader's; empty: each record's original language
	Address string               // of this very selection; empty where it has none

	Attribution []string // whom to name, each a whole sentence or citation
	Licences    []string // SPDX short identifiers (CC-BY-4.0) or words

	Rule      timeline.CasualtyRule // by which the items' figures were made
	Revision  int64                 // of the record, at which the export began
	Generated time.Time             // when it began

	Total int // events of the selection
	Shown int // of these, how many the writer will be offered, what may not be passed on included
}

// Tail is what an export says of itself after its last event.
type Tail struct {
	LeftOut  int  // events that may not be passed on (see [Item.PassedOn])
	Withheld int  // claims of the written events that may not be passed on (see [Item.Withholds])
	Moved    bool // the record changed while the export was written: its parts are of two revisions
}

// Writer writes one file of a format: Begin once, Item for each event in order, End once. It
// holds one item at a time and keeps nothing of it; [Format] says where a format has to keep
// more. After an error the output must be thrown away.
type Writer interface {
	// Begin writes what stands before the first event.
	Begin(Meta) error
	// Item writes one event, or counts it where the format has no place for it. It answers
	// ErrNotPassedOn, and writes nothing, for an event that may not be passed on.
	Item(*Item) error
	// End writes what stands after the last event, and flushes.
	End(Tail) error
}

// Options are the choices that a format's writer leaves to whoever exports.
type Options struct {
	// Most is how many events the TimelineJS formats show at most: 0 is their default of 40,
	// and more than 200, which TimelineJS cannot draw in reasonable time, counts as 200.
	Most int

	// Centroids gives positions for events that are known only to a district, a region or a
	// country as well. They are the middle of an area, often an empty desert, and look exact
	// on a map, so they are left out unless asked for.
	Centroids bool
}

// Stream writes a whole export: it leaves out what may not be passed on, counts it, and asks
// moved at the end (nil: it did not) whether the record changed meanwhile. The error is the
// iterator's or the writer's.
func Stream(w Writer, m Meta, items iter.Seq2[*Item, error], moved func() bool) (Tail, error) {
	var tail Tail
	if err := w.Begin(m); err != nil {
		return tail, err
	}
	for it, err := range items {
		if err != nil {
			return tail, err
		}
		if !it.PassedOn() {
			tail.LeftOut++
			continue
		}
		tail.Withheld += len(it.Event.Claims) - len(it.claims())
		if err := w.Item(it); err != nil {
			return tail, err
		}
	}
	tail.Moved = moved != nil && moved()
	return tail, w.End(tail)
}

// guarded is a writer that what may not be passed on cannot reach.
type guarded struct{ Writer }

func (g guarded) Item(it *Item) error {
	if !it.PassedOn() {
		return ErrNotPassedOn
	}
	return g.Writer.Item(it)
}

// page is what every writer has: where it writes to, and for whom.
type page struct {
	*bufio.Writer
	meta Meta
	opts Options
	line []byte // of the item at hand, reused
	n    int    // items written
}

func newPage(w io.Writer, o Options) page {
	return page{Writer: bufio.NewWriterSize(w, 32<<10), opts: o}
}

// flushLine writes the line at hand and empties it.
func (p *page) flushLine() error {
	_, err := p.Write(p.line)
	p.line = p.line[:0]
	return err
}
