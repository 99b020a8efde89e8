package index

import (
	"bytes"
	"iter"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"tarikh/edtf"
	"tarikh/timeline"
)

// The events of an index are in parts: segments, each with a mask of those that have changed or
// gone since it was made, and the recent events, which are kept one by one. What is asked is asked
// of each part, and the answers are added, or merged in order. So a change costs what it changes,
// and a question nothing for changes that it does not meet.
type parted struct {
	*segment
	gone *roaring.Bitmap // ordinals; nil: none
}

// recentMost is how many recent events become a segment.
const recentMost = 4096

func (p *parted) masked(o uint32) bool { return p.gone != nil && p.gone.Contains(o) }

// live is how many events of the part still stand.
func (p *parted) live() int {
	if p.gone == nil {
		return p.n
	}
	return p.n - int(p.gone.GetCardinality())
}

// alive is the set of those ordinals; it may be written to.
func (p *parted) alive() *roaring.Bitmap {
	b := roaring.New()
	b.AddRange(0, uint64(p.n))
	return p.unmasked(b)
}

// unmasked takes out of a set what no longer stands.
func (p *parted) unmasked(b *roaring.Bitmap) *roaring.Bitmap {
	if p.gone != nil {
		b.AndNot(p.gone)
	}
	return b
}

// mask is the parts without the event of a row; false where none of them has it.
func mask(parts []parted, row int64) (old *Event, ok bool) {
	for i := range parts {
		p := &parts[i]
		o, found := p.find(row)
		if !found || p.masked(o) {
			continue
		}
		gone := roaring.New()
		if p.gone != nil {
			gone = p.gone.Clone()
		}
		gone.Add(o)
		p.gone = gone
		return p.event(o), true
	}
	return nil, false
}

// count is how many events there are.
func (x *Index) count() int {
	n := x.events.size
	for i := range x.segments {
		n += x.segments[i].live()
	}
	return n
}

// Many is how many events and sources there are: what an index holds many of.
func (x *Index) Many() int { return x.count() + x.cited }

// inPart finds the part in which the event of a row stands; recent ones stand in none.
func (x *Index) inPart(row int64) (p *parted, o uint32, ok bool) {
	for i := range x.segments {
		p := &x.segments[i]
		if o, found := p.find(row); found && !p.masked(o) {
			return p, o, true
		}
	}
	return nil, 0, false
}

// eachOf yields the events of some ordinals with the wanted facts; false: it was told to stop.
func (s *segment) eachOf(set *roaring.Bitmap, w want, yield func(*Event) bool) bool {
	var e Event
	for o := range ordinals(set) {
		s.fill(o, &e, w)
		if !yield(&e) {
			return false
		}
	}
	return true
}

// extent is the first day and the last that any event is known to touch; nil where none is.
func (x *Index) extent() (earliest, latest *edtf.Day) {
	first, last := edtf.DistantFuture, edtf.DistantPast
	widen := func(t *timeline.Time) {
		if day := t.Start.First; day.Finite() {
			first = min(first, day)
		}
		if day := t.End.Last; day.Finite() {
			last = max(last, day)
		}
	}
	for i := range x.segments {
		x.segments[i].eachOf(x.segments[i].alive(), wantTime, func(e *Event) bool { widen(&e.Time); return true })
	}
	if from, to := x.inTime.extent(); true {
		if from != nil {
			first = min(first, *from)
		}
		if to != nil {
			last = max(last, *to)
		}
	}
	if first.Finite() {
		earliest = &first
	}
	if last.Finite() {
		latest = &last
	}
	return earliest, latest
}

// settle makes a segment of the recent events when they are many, and of the first ones however few
// they are: what comes at once is packed at once.
func (x *Index) settle(e *edit) {
	if x.events.size == 0 || x.events.size < recentMost && len(x.segments) > 0 {
		return
	}
	b := newBuilder(true)
	for ev := range x.inTime.all() {
		b.add(ev)
		x.forget(e, timeline.KindEvent, ev.Row, ev.Refs)
		x.forget(e, timeline.KindClaim, ev.Row, claimIDs(ev))
	}
	x.segments = append(slices.Clone(x.segments), parted{segment: b.segment()})
	x.events = trie[int64, *Event]{hash: identity}
	x.inTime = nil
}

// ordinals yields the ordinals of a set, ascending.
func ordinals(set *roaring.Bitmap) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		var some [256]uint32
		for it := set.ManyIterator(); ; {
			n := it.NextMany(some[:])
			for _, o := range some[:n] {
				if !yield(o) {
					return
				}
			}
			if n == 0 {
				return
			}
		}
	}
}

// Holds says whether the index holds just these facts of an event. Its titles and the text that its
// time was written as are not looked at: the index need not hold them.
func (x *Index) Holds(e *Event) bool {
	held := x.Event(e.Row)
	if held == nil {
		return false
	}
	lex := newLexicon()
	packed := func(e *Event) []byte {
		p := encoder{lex: lex}
		p.event(e)
		return p.b
	}
	a, b := held.Time, e.Time
	a.EDTF, b.EDTF = edtf.Value{}, edtf.Value{}
	return a == b && held.Type == e.Type && held.Status == e.Status && held.Updated == e.Updated &&
		bytes.Equal(packed(held), packed(e))
}
