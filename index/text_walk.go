package index

import (
	"cmp"
	"slices"

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
		if !p.exact {
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
