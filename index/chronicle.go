package index

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"tarikh/edtf"
)

// A chronicle is every event in the order of time, in runs of which a later chronicle shares those
// that it did not change. A change costs a walk over the heads of the runs (two thousand at a
// million events) and the making of the runs that it falls into.
type chronicle []*run

// run is some events that follow each other in time.
type run struct {
	events   []*Event
	earliest edtf.Day // the first day on which one of them began; DistantFuture: none is known
	latest   edtf.Day // the last day on which one of them ended; DistantPast: none is known
}

const (
	longRun  = 512 // events; a longer run is cut
	shortRun = 128 // events; a shorter run is joined to the one before it
)

// inTime compares by when events began, how surely, when they ended, and their ids: those that
// began on an unknown day or have no beginning come first, undated ones last.
func inTime(a, b *Event) int {
	if u, v := a.Time.Undated(), b.Time.Undated(); u != v {
		if u {
			return 1
		}
		return -1
	}
	return cmp.Or(
		cmp.Compare(a.Time.Start.First, b.Time.Start.First),
		cmp.Compare(a.Time.Start.Last, b.Time.Start.Last),
		cmp.Compare(a.Time.End.Last, b.Time.End.Last),
		strings.Compare(a.ID, b.ID),
		cmp.Compare(a.Row, b.Row))
}

// all yields every event in the order of time.
func (c chronicle) all() iter.Seq[*Event] {
	return func(yield func(*Event) bool) {
		for _, r := range c {
			for _, e := range r.events {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// extent is the first day and the last that any event is known to touch; nil where none is.
func (c chronicle) extent() (earliest, latest *edtf.Day) {
	first, last := edtf.DistantFuture, edtf.DistantPast
	for _, r := range c {
		first, last = min(first, r.earliest), max(last, r.latest)
	}
	if first.Finite() {
		earliest = &first
	}
	if last.Finite() {
		latest = &last
	}
	return earliest, latest
}

// with is the chronicle without the events out (as they stand in it) and with the events in.
func (c chronicle) with(out, in []*Event) chronicle {
	slices.SortFunc(out, inTime)
	slices.SortFunc(in, inTime)
	next := make(chronicle, 0, len(c)+len(in)/longRun+1)
	for i, r := range c {
		last := i == len(c)-1
		falls := func(e *Event) bool { return last || inTime(e, c[i+1].events[0]) < 0 }
		var outHere, inHere []*Event
		outHere, out = splitWhile(out, falls)
		inHere, in = splitWhile(in, falls)
		if len(outHere)+len(inHere) == 0 {
			next = append(next, r)
			continue
		}
		next = next.add(merged(without(r.events, outHere), inHere))
	}
	return next.add(in) // left only where there was no run
}

// add puts events that follow all others at the end, cut or joined to a fair length.
func (c chronicle) add(events []*Event) chronicle {
	if len(events) == 0 {
		return c
	}
	if n := len(c); n > 0 && (len(events) < shortRun || len(c[n-1].events) < shortRun) {
		events = slices.Concat(c[n-1].events, events)
		c = c[:n-1]
	}
	pieces := (len(events) + longRun - 1) / longRun
	for size := (len(events) + pieces - 1) / pieces; len(events) > 0; {
		n := min(size, len(events))
		c = append(c, newRun(events[:n:n]))
		events = events[n:]
	}
	return c
}

func newRun(events []*Event) *run {
	r := &run{events: events, earliest: edtf.DistantFuture, latest: edtf.DistantPast}
	for _, e := range events {
		if day := e.Time.Start.First; day.Finite() {
			r.earliest = min(r.earliest, day)
		}
		if day := e.Time.End.Last; day.Finite() {
			r.latest = max(r.latest, day)
		}
	}
	return r
}

// splitWhile cuts a list where ok, which holds for a start of it, ends to hold.
func splitWhile(list []*Event, ok func(*Event) bool) (start, rest []*Event) {
	n := 0
	for n < len(list) && ok(list[n]) {
		n++
	}
	return list[:n], list[n:]
}

// without is a sorted list without some events of it, which are sorted too.
func without(list, out []*Event) []*Event {
	kept := make([]*Event, 0, len(list))
	for _, e := range list {
		if len(out) > 0 && out[0] == e {
			out = out[1:]
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

// merged is two sorted lists in one.
func merged(a, b []*Event) []*Event {
	all := make([]*Event, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if inTime(b[0], a[0]) < 0 {
			all, b = append(all, b[0]), b[1:]
		} else {
			all, a = append(all, a[0]), a[1:]
		}
	}
	return append(append(all, a...), b...)
}
