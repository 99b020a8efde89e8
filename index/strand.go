package index

import (
	"cmp"
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"
)

// A strand is some events of a selection, in its order. They are reached by their number and not
// kept one by one, so that a selection of everything costs nothing until somebody looks. A selection
// is a strand of each part of the index, merged as far as it is looked at.
type strand interface {
	len() int
	// event is the one of a number with the wanted facts, and perhaps more. It may be the scratch,
	// which is written over by the next call with it.
	event(i int, w want, scratch *Event) *Event
	// row is the row of the event of a number.
	row(i int) int64
}

// listed is events that are kept one by one: recent ones.
type listed []*Event

func (l listed) len() int                             { return len(l) }
func (l listed) event(i int, _ want, _ *Event) *Event { return l[i] }
func (l listed) row(i int) int64                      { return l[i].Row }

// chosen is a set of a segment's events in the order of time or, descending, in its mirror, in which
// the undated are last all the same.
type chosen struct {
	*segment
	set   *roaring.Bitmap
	size  int
	dated int // of them
	desc  bool
}

func newChosen(s *segment, set *roaring.Bitmap, desc bool) *chosen {
	c := &chosen{segment: s, set: set, size: int(set.GetCardinality()), desc: desc}
	if s.dated > 0 {
		c.dated = int(set.Rank(uint32(s.dated - 1)))
	}
	return c
}

func (c *chosen) len() int { return c.size }

// ordinal is that of the event of a number.
func (c *chosen) ordinal(i int) uint32 {
	switch {
	case c.desc && i < c.dated:
		i = c.dated - 1 - i
	case c.desc:
		i = c.size - 1 - (i - c.dated)
	}
	o, _ := c.set.Select(uint32(i)) // i is less than the size
	return o
}

// ordinals are those of up to n events from a number on. To step from one to the next costs less than
// to look each up.
func (c *chosen) ordinals(i, n int) []uint32 {
	list := make([]uint32, 0, max(0, min(n, c.size-i)))
	for ; len(list) < cap(list); i++ {
		var o int64
		switch {
		case len(list) == 0 || i == c.dated:
			o = int64(c.ordinal(i))
		case c.desc:
			o = c.set.PreviousValue(list[len(list)-1] - 1)
		default:
			o = c.set.NextValue(list[len(list)-1] + 1)
		}
		list = append(list, uint32(o))
	}
	return list
}

func (c *chosen) event(i int, w want, scratch *Event) *Event {
	c.fill(c.ordinal(i), scratch, w)
	return scratch
}

func (c *chosen) row(i int) int64 { return int64(c.segment.row[c.ordinal(i)]) }

// sorted is events of any parts in an order of other terms than time alone. Their keys are kept:
// to find them may cost more than all else.
type sorted []sortedEvent

type sortedEvent struct {
	position
	at  int64 // the event's row
	get func(w want, scratch *Event) *Event
}

func (l sorted) len() int { return len(l) }
func (l sorted) event(i int, w want, scratch *Event) *Event {
	return l[i].get(w, scratch)
}
func (l sorted) row(i int) int64 { return l[i].at }

// positions tells where the events of a strand stand in an order.
type positions struct {
	strand
	order   *order[*Event]
	scratch Event
}

// wantOrder is what an order by time needs, and what tells apart what is equal.
const wantOrder = wantTime | wantID

func (p *positions) of(i int) position {
	if l, ok := p.strand.(sorted); ok {
		return l[i].position
	}
	return p.order.position(p.event(i, wantOrder, &p.scratch))
}

// before is how many events stand before a position; with after, those at it are counted, too.
func (p *positions) before(at position, after bool) int {
	return sort.Search(p.len(), func(i int) bool {
		c := p.order.compare(p.of(i), at)
		return c > 0 || c == 0 && !after
	})
}

// merger walks over strands as if they were one.
type merger struct {
	order   *order[*Event]
	strands []*positions
}

func newMerger(o *order[*Event], strands []strand) *merger {
	m := &merger{order: o}
	for _, s := range strands {
		m.strands = append(m.strands, &positions{strand: s, order: o})
	}
	return m
}

// before is how many events of each strand stand before a position.
func (m *merger) before(at position, after bool) []int {
	counts := make([]int, len(m.strands))
	for i, s := range m.strands {
		counts[i] = s.before(at, after)
	}
	return counts
}

// found is an event of a page. Where it stands is kept, or is read when its cursor is asked for.
type found struct {
	position
	row int64
	of  *segment // of which it is the event of an ordinal; nil: the position is kept
	at  uint32
}

// cursor is the event's.
func (f *found) cursor(o *order[*Event]) string {
	if f.of == nil {
		return o.written(f.position)
	}
	var e Event
	f.of.fill(f.at, &e, wantOrder)
	return o.cursor(&e)
}

// alone gives a part of the one strand that there is, if it is of a segment.
func (m *merger) alone(from, n int) (page []found, ok bool) {
	if len(m.strands) != 1 {
		return nil, false
	}
	c, ok := m.strands[0].strand.(*chosen)
	if !ok {
		return nil, false
	}
	for _, o := range c.ordinals(from, n) {
		page = append(page, found{row: int64(c.segment.row[o]), of: c.segment, at: o})
	}
	return page, true
}

// next takes up to n events that follow those counted of each strand.
func (m *merger) next(from []int, n int) []found {
	if page, ok := m.alone(total(from), n); ok {
		return page
	}
	heads := make([]*found, len(m.strands))
	from = slices.Clone(from)
	page := make([]found, 0, n)
	for len(page) < n {
		best := -1
		for i, s := range m.strands {
			if heads[i] == nil && from[i] < s.len() {
				heads[i] = &found{position: s.of(from[i]), row: s.row(from[i])}
			}
			if heads[i] != nil && (best < 0 || m.order.compare(heads[i].position, heads[best].position) < 0) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		page = append(page, *heads[best])
		heads[best], from[best] = nil, from[best]+1
	}
	return page
}

// last takes up to n events that end those counted of each strand, in order.
func (m *merger) last(to []int, n int) []found {
	if page, ok := m.alone(max(0, total(to)-n), min(n, total(to))); ok {
		return page
	}
	heads := make([]*found, len(m.strands))
	to = slices.Clone(to)
	page := make([]found, 0, n)
	for len(page) < n {
		best := -1
		for i, s := range m.strands {
			if heads[i] == nil && to[i] > 0 {
				heads[i] = &found{position: s.of(to[i] - 1), row: s.row(to[i] - 1)}
			}
			if heads[i] != nil && (best < 0 || m.order.compare(heads[i].position, heads[best].position) > 0) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		page = append(page, *heads[best])
		heads[best], to[best] = nil, to[best]-1
	}
	slices.Reverse(page)
	return page
}

// rows is the rows of all events in order: those of the longest strand, and the others where they
// belong among them.
func (m *merger) rows() []int64 {
	if len(m.strands) == 0 {
		return nil
	}
	longest := slices.MaxFunc(m.strands, func(a, b *positions) int { return cmp.Compare(a.len(), b.len()) })
	type guest struct {
		found
		at int
	}
	var guests []guest
	for _, s := range m.strands {
		if s == longest {
			continue
		}
		for i := range s.len() {
			g := guest{found: found{position: s.of(i), row: s.row(i)}}
			g.at = longest.before(g.position, false)
			guests = append(guests, g)
		}
	}
	slices.SortStableFunc(guests, func(a, b guest) int {
		return cmp.Or(cmp.Compare(a.at, b.at), m.order.compare(a.position, b.position))
	})
	rows := make([]int64, 0, longest.len()+len(guests))
	own := longest.allRows()
	for i, row := range own {
		for len(guests) > 0 && guests[0].at == i {
			rows, guests = append(rows, guests[0].row), guests[1:]
		}
		rows = append(rows, row)
	}
	for _, g := range guests {
		rows = append(rows, g.row)
	}
	return rows
}

// allRows is the rows of a strand, in order.
func (p *positions) allRows() []int64 {
	rows := make([]int64, 0, p.len())
	c, ok := p.strand.(*chosen)
	if !ok {
		for i := range p.len() {
			rows = append(rows, p.row(i))
		}
		return rows
	}
	for o := range ordinals(c.set) {
		rows = append(rows, int64(c.segment.row[o]))
	}
	if c.desc {
		slices.Reverse(rows[:c.dated])
		slices.Reverse(rows[c.dated:])
	}
	return rows
}
