package index

import (
	"tarikh/edtf"
	"tarikh/timeline"
)

// Buckets is how many events of the selection touch each unit of time, as TimeWhere would find them
// there: without a gap from the first day of the question's own where.time to its last or, on a
// side that it leaves open, from or to the day that is the earliest or latest which any time of the
// selection names. Events without an end touch every bucket after their start. Without any day
// there are no buckets. The borders are those of [timeline.NewAxis], as are the errors; the window
// cuts the first bucket and the last off.
//
// Split by a field, each bucket also counts what may touch it under each of the MaxSplits largest
// values of the whole selection, in one order for all buckets, and the rest under OtherKey.
func (s *Selection) Buckets(by timeline.BucketUnit, split *timeline.FacetField) ([]*timeline.Bucket, error) {
	c, err := s.counts(by, split)
	if err != nil {
		return nil, err
	}
	buckets := make([]*timeline.Bucket, len(c.axis.Starts))
	for i := range buckets {
		b := &timeline.Bucket{Start: c.axis.Starts[i], End: c.axis.EndOf(i),
			Certain: c.certain[i], Possible: c.possible[i], Splits: make([]*timeline.Facet, len(c.split))}
		for slot := range c.split {
			b.Splits[slot] = c.splits.facet(*split, slot, c.split[slot][i])
		}
		buckets[i] = b
	}
	return buckets, nil
}

// Histogram is the numbers of [Selection.Buckets] as lists.
func (s *Selection) Histogram(by timeline.BucketUnit, split *timeline.FacetField) (*timeline.Histogram, error) {
	c, err := s.counts(by, split)
	if err != nil {
		return nil, err
	}
	h := &timeline.Histogram{Starts: c.axis.Starts, Certain: c.certain, Possible: c.possible,
		Keys: []string{}, Splits: c.split}
	if len(h.Starts) > 0 {
		h.End = &c.axis.End
	}
	if c.splits != nil {
		for _, k := range c.splits.keys {
			h.Keys = append(h.Keys, k.key)
		}
	}
	return h, nil
}

// bucketCounts is what is counted along an axis.
type bucketCounts struct {
	axis              *timeline.Axis
	certain, possible []int
	splits            *splits // nil: not split
	split             [][]int // by slot of splits, then by bucket
}

// counts counts along the axis. An event adds one from the first bucket that it touches to the
// last: one up where it begins, one down after it ends, added up at the end. So an event costs the
// same however long it lasts.
func (s *Selection) counts(by timeline.BucketUnit, split *timeline.FacetField) (*bucketCounts, error) {
	axis, err := s.axis(by)
	if err != nil {
		return nil, err
	}
	n := len(axis.Starts)
	c := &bucketCounts{axis: axis, certain: make([]int, n), possible: make([]int, n), split: [][]int{}}
	if split == nil {
		c.addAll(s)
	} else {
		if _, err := timeline.CheckFacets(*split, nil); err != nil {
			return nil, err
		}
		c.addSplit(s, s.x.valuesOf(*split))
	}
	sum(c.certain)
	sum(c.possible)
	for _, counts := range c.split {
		sum(counts)
	}
	return c, nil
}

// addAll counts every event.
func (c *bucketCounts) addAll(s *Selection) {
	for _, p := range s.parts {
		c.addColumns(s.x, p, nil)
	}
	for _, e := range s.recent {
		c.addEvent(s.x, e)
	}
}

// addSplit counts every event by its values. It has to be known first which values are the largest,
// because an event that has several of the others counts once among them.
func (c *bucketCounts) addSplit(s *Selection, v *values) {
	c.splits = splitsBy(v, s.largest(v))
	c.makeSplit()
	if v.single {
		c.addSingle(s, v)
		return
	}
	for e := range s.each(wantTime | v.want) {
		if first, last, touches := c.addEvent(s.x, e); touches {
			var space [16]int
			for _, slot := range c.splits.appendSlots(space[:0], e) {
				touch(c.split[slot], first, last)
			}
		}
	}
}

// addSingle is addSplit for a field of which each event has one value.
func (c *bucketCounts) addSingle(s *Selection, v *values) {
	for _, p := range s.parts {
		var slots [256]int // by code
		for code, word := range p.codes {
			if slot := v.number(word); int(slot) < len(c.splits.slots) { // else no event has it
				slots[code] = c.splits.slots[slot]
			}
		}
		kept := v.column(p.segment)
		c.addColumns(s.x, p, func(o uint32) int { return slots[kept[o]] })
	}
	var space [1]int64
	for _, e := range s.recent {
		if first, last, touches := c.addEvent(s.x, e); touches {
			touch(c.split[c.splits.slots[v.appendOf(space[:0], e)[0]]], first, last)
		}
	}
}

// makeSplit makes room for the counts of each key.
func (c *bucketCounts) makeSplit() {
	for range c.splits.keys {
		c.split = append(c.split, make([]int, len(c.possible)))
	}
}

// touch says that one more touches the buckets from first to last.
func touch(steps []int, first, last int) {
	steps[first]++
	if last+1 < len(steps) {
		steps[last+1]--
	}
}

// touchTimes says that n more touch one bucket.
func touchTimes(steps []int, i, n int) {
	steps[i] += n
	if i+1 < len(steps) {
		steps[i+1] -= n
	}
}

// sum turns steps up and down into counts.
func sum(steps []int) {
	for i := 1; i < len(steps); i++ {
		steps[i] += steps[i-1]
	}
}

// axis is the buckets of the selection; one of no buckets where nothing says from when to when.
func (s *Selection) axis(by timeline.BucketUnit) (*timeline.Axis, error) {
	window := s.window()
	first, last := window.From, window.To
	if !first.Finite() || !last.Finite() {
		first, last = s.finiteSpan(first, last)
	}
	if first > last {
		return timeline.NoAxis(by)
	}
	axis, err := timeline.NewAxis(by, first, last)
	if err != nil {
		return nil, err
	}
	axis.Clip(window.From, window.To)
	return axis, nil
}

// finiteSpan fills in the side of a window that is not finite: with the earliest, or the latest, of
// its other side and all days that the selection's times name. It is empty where there is none.
func (s *Selection) finiteSpan(from, to edtf.Day) (first, last edtf.Day) {
	first, last = edtf.DistantFuture, edtf.DistantPast
	widen := func(day edtf.Day) { first, last = min(first, day), max(last, day) }
	for _, p := range s.parts {
		p.columnDays(widen)
	}
	for _, e := range s.recent {
		e.finiteDays(widen)
	}
	if from.Finite() {
		first, last = from, max(from, last)
	}
	if to.Finite() {
		first, last = min(to, first), to
	}
	return first, last
}
