package index

import (
	"cmp"
	"slices"
	"sort"

	"tarikh/edtf"
	"tarikh/timeline"
)

// A Walk reads the events that print some terms in the order in which they began, as far as somebody
// looks: so that a page of a common word needs not all that print it.
type Walk interface {
	// Key names what the walk is over: what prints one text of a key prints every other.
	Key() string
	// Slot numbers when an event began: the later, the greater, but for undated events, of which it is
	// UndatedSlot. Events of different days may share a slot.
	Slot(undated bool, first edtf.Day) int64
	// Next gives the events of the next slots of a stretch that hold at least so many, or of all of
	// it; the last slot that was read to its end is told, too. Slots are never given in part.
	Next(s Stretch) (rows []int64, end int64, err error)
}

// Slots of a walk.
const (
	UndatedSlot = 0
	LastSlot    = 1<<24 - 1
)

// Stretch is the slots from one to another, both included: backwards, where From is the greater.
type Stretch struct {
	From, To int64
	Least    int // events, after which the walk need not go on
}

// walking is a question by text in the order of time, answered by walking over what prints the text.
// What else the filter says is tested on what the walk meets.
type walking struct {
	x      *Index
	walk   Walk
	order  order[*Event]
	desc   bool
	rest   test[*Event]
	parts  []candidates
	recent []int64 // slots of the recent events, ascending
	spent  int     // in events read
	paid   int     // of it, what was noted

	scratch Event
}

// candidates is what the rest of the filter may mean of a part; a nil set: everything.
type candidates struct {
	*parted
	sifted
}

const (
	statementCosts = 100    // what asking the store costs, in events read
	spentMost      = 10_000 // then finding all that is meant costs less than walking on
	fewCandidates  = 50     // so few are asked for by name
)

// walkOver prepares a walk for a question; nil where walking is not what it needs.
func (x *Index) walkOver(q Question) (*walking, error) {
	desc, byTime := timeAlone(q.Order)
	terms, rest, ok := x.plainText(q.Where)
	if !byTime || !ok || q.Words == nil || q.Only != nil || q.Parent.Kind != "" {
		return nil, nil
	}
	c := compiler{x: x, words: q.Words}
	meant, err := c.events(rest, q.Field)
	if err != nil {
		return nil, err
	}
	w := &walking{x: x, order: x.eventOrder(q, nil), desc: desc, rest: meant}
	sift, few := c.sieve(rest), x.events.size
	for i := range x.segments {
		p := candidates{&x.segments[i], sifted{}}
		p.sifted = sift(p.segment)
		w.parts = append(w.parts, p)
		if few <= fewCandidates {
			few += p.count()
		}
	}
	if few <= fewCandidates {
		return nil, nil
	}
	if w.walk, err = q.Words.Walk(terms); err != nil {
		return nil, err
	}
	if _, kept := x.keptSets(w.walk.Key()); kept || w.pay() > rentMost {
		return nil, nil
	}
	return w, nil
}

// pay notes what the walk has cost since that was noted last, and tells what all walks over the text
// have.
func (w *walking) pay() int {
	if len(w.parts) == 0 {
		return 0
	}
	cost := w.spent - w.paid
	w.paid = w.spent
	return w.parts[0].texts.pay(w.walk.Key(), cost)
}

// count is how many candidates there are, those that are gone included.
func (p *candidates) count() int {
	if p.set == nil {
		return p.n
	}
	return int(p.set.GetCardinality())
}

// met is an event that a walk has met. Its id is read when it is asked for: where two events are of one
// time, and for cursors.
type met struct {
	keys []key
	row  int64
	of   *segment // nil: recent
	at   uint32
	e    *Event // recent
}

func (m *met) position() position {
	if m.of == nil {
		return position{m.keys, m.e.ID}
	}
	var e Event
	m.of.fill(m.at, &e, wantID)
	return position{m.keys, e.ID}
}

// compare is where an event stands to a position.
func (w *walking) compare(m *met, at position) int {
	if c := w.order.compare(position{keys: m.keys}, position{keys: at.keys}); c != 0 {
		return c
	}
	return w.order.compare(m.position(), at)
}

// between is how two events stand to each other. Those of one time and segment stand in the order of
// their ordinals.
func (w *walking) between(a, b *met) int {
	if c := w.order.compare(position{keys: a.keys}, position{keys: b.keys}); c != 0 {
		return c
	}
	if a.of != nil && a.of == b.of {
		return turned(cmp.Compare(a.at, b.at), w.desc)
	}
	return w.order.compare(a.position(), b.position())
}

// errFar is what a walk ends with that has become longer than it is worth.
var errFar = timeline.Errorf(timeline.CodeInternal, "a walk went too far")

// gather walks from a position on, or from the start of the order; backwards, from it towards the
// start, or from the end. It ends when n events are found or there are no more. With an event at the
// position itself, where that is wanted.
func (w *walking) gather(at *position, with, back bool, n int) ([]*met, error) {
	var all []*met
	asked := 2 * n // candidates
	for _, leg := range w.legs(at, back) {
		for from, ok := w.ahead(leg); ok && len(all) < n; from, ok = w.ahead(leg) {
			if w.spent > spentMost {
				return nil, errFar
			}
			leg.From = from
			part := w.part(leg, asked, n-len(all))
			asked *= 2
			rows, end, err := w.walk.Next(part)
			if err != nil {
				return nil, err
			}
			w.spent += statementCosts + len(rows)
			all = append(all, w.meant(rows, at, with, back)...)
			if end == leg.To {
				break
			}
			leg.From = end + leg.step()
		}
	}
	return all[:min(n, len(all))], nil
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

// step leads from a slot of a stretch to the next.
func (s Stretch) step() int64 {
	if s.From > s.To {
		return -1
	}
	return 1
}

// legs are the stretches to be walked one after the other. In both orders the undated come last, but
// their slot is the first.
func (w *walking) legs(at *position, back bool) []Stretch {
	start, undated := int64(UndatedSlot), false
	if at != nil {
		undated = at.keys[0].last
		start = w.walk.Slot(undated, edtf.Day(at.keys[0].n[0]))
	}
	switch {
	case w.desc && back:
		return []Stretch{{From: start, To: LastSlot}}
	case w.desc && at == nil:
		return []Stretch{{From: LastSlot, To: UndatedSlot}}
	case w.desc:
		return []Stretch{{From: start, To: UndatedSlot}}
	case !back && at == nil:
		return []Stretch{{From: UndatedSlot + 1, To: LastSlot}, {}}
	case !back && undated:
		return []Stretch{{}}
	case !back:
		return []Stretch{{From: start, To: LastSlot}, {}}
	case at == nil || undated:
		return []Stretch{{}, {From: LastSlot, To: UndatedSlot + 1}}
	default:
		return []Stretch{{From: start, To: UndatedSlot + 1}}
	}
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

// meant is the events of whole slots that the rest of the filter means and that stand beyond a
// position, in the order of the walk.
func (w *walking) meant(rows []int64, at *position, with, back bool) []*met {
	all, keys, space := make([]*met, 0, len(rows)), make([]key, len(rows)), make([]met, len(rows))
	for i, row := range rows {
		m := &space[i]
		m.keys, m.row = keys[i:i+1:i+1], row
		if !w.judge(m) {
			continue
		}
		if at != nil {
			if c := turned(w.compare(m, *at), back); c < 0 || c == 0 && !with {
				continue
			}
		}
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b *met) int { return turned(w.between(a, b), back) })
	return all
}

// judge says whether the rest of the filter means the event of a row, and where it stands.
func (w *walking) judge(m *met) bool {
	for i := range w.parts {
		p := &w.parts[i]
		o, ok := p.find(m.row)
		if !ok || p.masked(o) {
			continue
		}
		if p.set != nil && !p.set.Contains(o) {
			return false
		}
		if !p.sifted.exact {
			p.fill(o, &w.scratch, wantFacts)
			if !w.rest(&w.scratch) {
				return false
			}
		}
		m.of, m.at = p.segment, o
		w.scratch.Time = p.time(o)
		w.order.fill(m.keys, &w.scratch)
		return true
	}
	e, ok := w.x.events.get(m.row)
	if ok = ok && w.rest(e); ok {
		m.e = e
		w.order.fill(m.keys, e)
	}
	return ok
}
