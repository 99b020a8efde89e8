package index

import (
	"cmp"
	"slices"
	"strings"

	"tarikh/timeline"
)

// Facets counts the events of the selection under each value of a field: an event once under each
// of its values. The largest come first, equal ones by key; at most first of them. Errors are those
// of [timeline.CheckFacets].
func (s *Selection) Facets(by timeline.FacetField, first *int) ([]*timeline.Facet, error) {
	n, err := timeline.CheckFacets(by, first)
	if err != nil {
		return nil, err
	}
	values := s.x.valuesOf(by)
	largest := s.largest(values)
	if len(largest) > n {
		largest = largest[:n]
	}
	facets := make([]*timeline.Facet, len(largest))
	for i, c := range largest {
		facets[i] = values.facet(by, c)
	}
	return facets, nil
}

// counted is a value and how many events have it.
type counted struct {
	value int64
	key   string
	count int
}

// largest is the values that events of the selection have, the largest first, equal ones by key.
func (s *Selection) largest(v *values) []counted {
	counts := newValueCounts(s.Count())
	var space [16]int64
	count := func(e *Event) bool {
		for _, value := range v.appendOf(space[:0], e) {
			counts.addMany(value, 1)
		}
		return true
	}
	for _, p := range s.parts {
		if !v.countColumns(counts, p) {
			p.eachOf(p.set, v.want, count)
		}
	}
	for _, e := range s.recent {
		count(e)
	}
	return counts.largest(v)
}

// valueCounts counts by value. Rows and numbers of words are dense, so an array is fastest; but a
// selection of few events is not to pay for every source that there is.
type valueCounts struct {
	few  map[int64]int // nil: many
	many []int32
}

// fewEvents is up to how many events a map costs less than an array.
const fewEvents = 2000

func newValueCounts(events int) *valueCounts {
	if events <= fewEvents {
		return &valueCounts{few: map[int64]int{}}
	}
	return &valueCounts{}
}

func (c *valueCounts) addMany(value int64, n int) {
	if c.few != nil {
		c.few[value] += n
		return
	}
	if int(value) >= len(c.many) {
		c.many = append(c.many, make([]int32, int(value)+1-len(c.many)+len(c.many)/2)...)
	}
	c.many[value] += int32(n) //nolint:gosec // at most as many as there are events
}

func (c *valueCounts) largest(v *values) []counted {
	all := make([]counted, 0, len(c.few))
	for value, count := range c.few {
		all = append(all, counted{value, v.key(value), count})
	}
	for value, count := range c.many {
		if count > 0 {
			all = append(all, counted{int64(value), v.key(int64(value)), int(count)})
		}
	}
	slices.SortFunc(all, func(a, b counted) int {
		return cmp.Or(cmp.Compare(b.count, a.count), strings.Compare(a.key, b.key))
	})
	return all
}

// facet is a counted value as it is shown.
func (v *values) facet(by timeline.FacetField, c counted) *timeline.Facet {
	f := &timeline.Facet{By: by, Key: c.key, Count: c.count}
	if v.recorded {
		f.Row = c.value
	}
	return f
}

// splits is the keys by which buckets are split, and where a value is counted.
type splits struct {
	values *values
	keys   []counted // in one fixed order; the last may be OtherKey, of no value
	slots  []int     // by value
	rest   int       // the slot of OtherKey; -1: nothing is left over
}

// splitsBy is the largest of all values of the whole selection and what is left over. A value whose
// own key is OtherKey is left over, so that no key stands there twice.
func splitsBy(v *values, all []counted) *splits {
	p := &splits{values: v, rest: -1}
	for _, c := range all {
		p.slots = append(p.slots, make([]int, max(0, int(c.value)+1-len(p.slots)))...)
	}
	var left []counted
	for _, c := range all {
		if c.key == timeline.OtherKey || len(p.keys) == timeline.MaxSplits {
			left = append(left, c)
			continue
		}
		p.slots[c.value] = len(p.keys)
		p.keys = append(p.keys, c)
	}
	if len(left) > 0 {
		p.rest = len(p.keys)
		p.keys = append(p.keys, counted{key: timeline.OtherKey})
	}
	for _, c := range left {
		p.slots[c.value] = p.rest
	}
	return p
}

// appendSlots appends where an event is counted, each once.
func (p *splits) appendSlots(to []int, e *Event) []int {
	var space [16]int64
	for _, value := range p.values.appendOf(space[:0], e) {
		to = appendNew(to, p.slots[value])
	}
	return to
}

// facet is the count of one key in one bucket.
func (p *splits) facet(by timeline.FacetField, slot, count int) *timeline.Facet {
	c := p.keys[slot]
	c.count = count
	if slot == p.rest {
		return &timeline.Facet{By: by, Key: c.key, Count: c.count}
	}
	return p.values.facet(by, c)
}
