package index

import (
	"slices"
	"sort"
)

// What the rest of a filter knows beforehand spares a walk what lies between: it leaps from candidate to
// candidate.

// candidates is what the rest of the filter may mean of a part; a nil set: everything.
type candidates struct {
	*parted
	sifted
}

// count is how many candidates there are, those that are gone included.
func (p *candidates) count() int {
	if p.set == nil {
		return p.n
	}
	return int(p.set.GetCardinality())
}

// part is how far to read of a stretch at once. Where only the text restricts, as far as there are
// enough events; else as far as there are so many candidates.
func (w *walking) part(leg Stretch, candidates, events int) Stretch {
	leg.Least = events
	near := leg.To
	for i := range w.parts {
		p := &w.parts[i]
		if p.set == nil {
			continue
		}
		leg.Least = readAtOnce
		if slot, ok := w.nth(p, leg, candidates); ok && (slot < near) == (leg.step() > 0) {
			near = slot
		}
	}
	leg.To = near
	return leg
}

// readAtOnce is how many events are read at once where most of them may not be meant.
const readAtOnce = 2000

// nth is the slot of the candidate of a part that so many others follow from the start of a stretch to
// it; not ok where there are not so many among the dated.
func (w *walking) nth(p *candidates, leg Stretch, n int) (slot int64, ok bool) {
	o, down := w.nearest(p, leg.From, leg.step() < 0), leg.step() < 0
	if o < 0 || o >= int64(p.dated) {
		return 0, false
	}
	rank := int(p.set.Rank(uint32(o))) - 1 // that of the candidate itself
	if rank += n; down {
		rank -= 2 * n
	}
	if rank < 0 {
		return 0, false
	}
	at, err := p.set.Select(uint32(rank))
	if err != nil || int(at) >= p.dated {
		return 0, false
	}
	return w.slotOf(p, int(at)), true
}

// ahead is the first slot of a stretch in which a candidate began; not ok where there is none.
func (w *walking) ahead(leg Stretch) (slot int64, ok bool) {
	best, down := int64(-1), leg.step() < 0
	note := func(slot int64) {
		in := slot >= leg.From && slot <= leg.To || down && slot <= leg.From && slot >= leg.To
		if in && (best < 0 || down == (slot > best)) {
			best = slot
		}
	}
	for i := range w.parts {
		w.aheadIn(&w.parts[i], leg.From, down, note)
	}
	if w.recent == nil {
		for e := range w.x.inTime.all() {
			w.recent = append(w.recent, w.slot(e))
		}
		slices.Sort(w.recent)
	}
	at, found := slices.BinarySearch(w.recent, leg.From)
	if down && !found {
		at--
	}
	if at >= 0 && at < len(w.recent) {
		note(w.recent[at])
	}
	return best, best >= 0
}

func (w *walking) slot(e *Event) int64 { return w.walk.Slot(e.Time.Undated(), e.Time.Start.First) }

// aheadIn notes the slots of the candidates of a part that are next to one.
func (w *walking) aheadIn(p *candidates, from int64, down bool, note func(slot int64)) {
	if o := w.nearest(p, from, down); o >= 0 && o < int64(p.dated) {
		note(w.slotOf(p, int(o)))
	}
	if o := p.dated; o < p.n && (p.set == nil || p.set.NextValue(uint32(o)) >= 0) {
		note(UndatedSlot)
	}
}

func (w *walking) slotOf(p *candidates, o int) int64 {
	t := p.time(uint32(o))
	return w.walk.Slot(o >= p.dated, t.Start.First)
}

// nearest is the first ordinal from a slot on, or the last up to it, that is a candidate; a number that
// is none where there is none.
func (w *walking) nearest(p *candidates, from int64, down bool) int64 {
	o := int64(sort.Search(p.dated, func(o int) bool {
		slot := w.slotOf(p, o)
		return slot > from || !down && slot == from
	}))
	if down {
		o--
	}
	switch {
	case p.set == nil || o < 0 || o >= int64(p.n):
		return o
	case down:
		return p.set.PreviousValue(uint32(o))
	}
	return p.set.NextValue(uint32(o))
}
