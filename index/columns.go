package index

import (
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"

	"tarikh/edtf"
	"tarikh/timeline"
)

// What is counted of a segment straight from its columns and inverted lists, without making its
// events: the numbers are those that counting event by event gives (see [Selection.each]), and the
// naive evaluator judges both.

// column is where a segment keeps the one value that an event has of a field, as a number of codes.
type column func(*segment) []uint8

// lists is where a segment keeps which events have a value, by rows; known says which rows are values.
type lists struct {
	of    func(*segment) *postings
	known func(row int64) bool
}

// walkCost is how many postings are read in the time that it takes to unpack an event.
const walkCost = 50

// countColumns adds to counts what a part of a selection has; false: only its events can tell.
func (v *values) countColumns(counts *valueCounts, p meantPart) bool {
	switch {
	case v.column != nil:
		var byCode [256]int
		kept := v.column(p.segment)
		for o := range ordinals(p.set) {
			byCode[kept[o]]++
		}
		for code, n := range byCode {
			if n > 0 {
				counts.addMany(v.number(p.codes[code]), n)
			}
		}
		return true
	case v.lists != nil:
		list := v.lists.of(p.segment)
		if p.set.GetCardinality()*walkCost < uint64(len(list.all)) {
			return false // a few events are sooner unpacked than all lists read
		}
		list.countIn(p.set, p.n, func(value uint32, n int) {
			if v.lists.known(int64(value)) {
				counts.addMany(int64(value), n)
			}
		})
		return true
	}
	return false
}

// countIn tells of each value that an event of the set has how many have it. n is how many ordinals
// there are.
func (p *postings) countIn(set *roaring.Bitmap, n int, found func(value uint32, n int)) {
	in := make([]uint64, (n+63)/64)
	for o := range ordinals(set) {
		in[o>>6] |= 1 << (o & 63)
	}
	for i, value := range p.values {
		count := 0
		if long := p.long[value]; long != nil {
			count = int(long.AndCardinality(set)) //nolint:gosec // at most n
		} else {
			for _, o := range p.all[p.from[i]:p.from[i+1]] {
				count += bits.OnesCount64(in[o>>6] & (1 << (o & 63)))
			}
		}
		if count > 0 {
			found(value, count)
		}
	}
}

// addColumns counts a part of a selection along the axis by the columns of time, and of each event
// under the slot that slot names; nil: it is not split. An event whose days the columns do not tell
// wholly is counted by itself. Most events are of one known day: these are counted apart, one
// addition each, and spread over what they count for at the end.
func (c *bucketCounts) addColumns(x *Index, p meantPart, slot func(o uint32) int) {
	days := newDayCounts(c)
	for o := range ordinals(p.set) {
		from, to, in := p.startMin[o], p.endMax[o], 0
		if slot != nil {
			in = slot(o)
		}
		switch begun, lasted := p.startMax[o], p.endMin[o]; {
		case p.flags[o]&(flagFar|flagOpenEnd) != 0:
			var e Event
			p.fill(o, &e, wantTime)
			if first, last, touches := c.addEvent(x, &e); touches {
				c.addSlot(slot != nil, in, first, last)
			}
		case from == to && begun == from && lasted == to:
			if i, ok := c.axis.Holding(unpackDay(from)); ok {
				days[in][i]++
			}
		default:
			if first, last, touches := c.axis.Between(unpackDay(from), unpackDay(to)); touches {
				touch(c.possible, first, last)
				c.addSlot(slot != nil, in, first, last)
			}
			if begun == futureDay && lasted == pastDay {
				continue // it surely touches nothing
			}
			if first, last, ok := c.axis.Between(unpackDay(begun), unpackDay(lasted)); ok {
				touch(c.certain, first, last)
			}
		}
	}
	days.spread(c)
}

// addSlot counts an event under its slot, where the buckets are split.
func (c *bucketCounts) addSlot(split bool, slot, first, last int) {
	if split {
		touch(c.split[slot], first, last)
	}
}

// dayCounts is how many events of one known day lie in each bucket, by slot.
type dayCounts [][]int

func newDayCounts(c *bucketCounts) dayCounts {
	days := make(dayCounts, max(1, len(c.split)))
	for i := range days {
		days[i] = make([]int, len(c.possible))
	}
	return days
}

// spread adds the counts to what events of one known day count for.
func (days dayCounts) spread(c *bucketCounts) {
	for slot, counts := range days {
		for i, n := range counts {
			if n == 0 {
				continue
			}
			touchTimes(c.possible, i, n)
			touchTimes(c.certain, i, n)
			if len(c.split) > 0 {
				touchTimes(c.split[slot], i, n)
			}
		}
	}
}

// addEvent counts one event along the axis, and tells which buckets it may touch.
func (c *bucketCounts) addEvent(x *Index, e *Event) (first, last int, touches bool) {
	from, to := e.mayTouch()
	if first, last, touches = c.axis.Between(from, to); touches {
		touch(c.possible, first, last)
	}
	if begun, lasted, ok := x.surelyTouches(e); ok {
		if first, last, ok := c.axis.Between(begun, lasted); ok {
			touch(c.certain, first, last)
		}
	}
	return first, last, touches
}

// columnDays calls with the days that the times of a part name, those that bound all others.
func (p meantPart) columnDays(with func(edtf.Day)) {
	first, last := int32(futureDay), int32(pastDay)
	for o := range ordinals(p.set) {
		if p.flags[o]&flagFar != 0 {
			e := Event{Time: p.far[o]}
			e.finiteDays(with)
			continue
		}
		if from, to := p.startMin[o], p.endMax[o]; from != pastDay && to != futureDay { // the others lie between
			first, last = min(first, from), max(last, to)
			continue
		}
		for _, day := range [...]int32{p.startMin[o], p.startMax[o], p.endMin[o], p.endMax[o]} {
			if day != pastDay && day != futureDay {
				first, last = min(first, day), max(last, day)
			}
		}
	}
	if first <= last {
		with(unpackDay(first))
		with(unpackDay(last))
	}
}

// typeColumn and statusColumn are where a segment keeps types and statuses.
func typeColumn(s *segment) []uint8   { return s.kind }
func statusColumn(s *segment) []uint8 { return s.status }

// isActor says whether a row is an actor that is counted.
func (x *Index) isActor(row int64) bool {
	a := x.Actor(row)
	return a != nil && !a.Generic
}

// recordLists are the lists of a field whose values are records; nil: there are none.
func (x *Index) recordLists(by timeline.FacetField) *lists {
	switch by {
	case timeline.FacetActor:
		return &lists{func(s *segment) *postings { return &s.actors }, x.isActor}
	case timeline.FacetSource:
		return &lists{func(s *segment) *postings { return &s.sources }, func(row int64) bool { return x.sourceFacts(row) != nil }}
	case timeline.FacetLocation:
		return &lists{func(s *segment) *postings { return &s.locations }, func(row int64) bool { return x.Location(row) != nil }}
	}
	return nil
}
