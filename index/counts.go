package index

import (
	"iter"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"tarikh/timeline"
)

// How many events an actor takes part in, and a location has, itself and below it: what segments hold
// is counted once, what has changed since once for a snapshot.

// counts is how many events there are under rows: in segments, and more or fewer since.
type counts struct {
	in    func(s *segment, row int64) int
	of    []parted
	since map[int64]int
}

func (c *counts) count(row int64) int {
	n := c.since[row]
	for i := range c.of {
		n += c.in(c.of[i].segment, row)
	}
	return n
}

// since counts the recent events under rows, and takes away those of segments that are masked.
func (x *Index) since(w want, under func(e *Event, count func(row int64))) map[int64]int {
	n := tally(x.inTime.all(), under)
	for i := range x.segments {
		p := &x.segments[i]
		if p.gone == nil {
			continue
		}
		for row, less := range tally(p.some(p.gone, w), under) {
			n[row] -= less
		}
	}
	return n
}

// some yields the events of some ordinals with the wanted facts, each written over by the next.
func (s *segment) some(set *roaring.Bitmap, w want) iter.Seq[*Event] {
	return func(yield func(*Event) bool) { s.eachOf(set, w, yield) }
}

// eventsOfActors counts, for each actor, the events that it takes part in.
func (x *Index) eventsOfActors() func(row int64) int {
	c := counts{of: x.segments, since: x.since(wantParticipants, underActors),
		in: func(s *segment, row int64) int { return s.actors.count(uint32(row)) }}
	return c.count
}

func underActors(e *Event, count func(row int64)) {
	for i := range e.Participants {
		count(e.Participants[i].Actor)
	}
}

// eventsOfLocations counts, for each location, the events there and below.
func (x *Index) eventsOfLocations() func(row int64) int {
	under := func(e *Event, count func(row int64)) {
		for i := range e.Places {
			p := &e.Places[i]
			if p.Location == 0 || p.Role == timeline.RoleNearby {
				continue
			}
			count(p.Location)
			for _, row := range x.Ancestors(p.Location) {
				count(row)
			}
		}
	}
	in := map[*segment]map[int64]int{}
	for i := range x.segments {
		s := x.segments[i].segment
		in[s] = remembered(&x.tree.mu, &x.tree.counts, s, func() map[int64]int {
			all := roaring.New()
			all.AddRange(0, uint64(s.n))
			return tally(s.some(all, wantPlaces), under)
		})
	}
	c := counts{of: x.segments, since: x.since(wantPlaces, under),
		in: func(s *segment, row int64) int { return in[s][row] }}
	return c.count
}

// tally counts events under rows, each event once under each row.
func tally(events iter.Seq[*Event], under func(e *Event, count func(row int64))) map[int64]int {
	counts := map[int64]int{}
	var seen []int64
	for e := range events {
		seen = seen[:0]
		under(e, func(row int64) {
			if !slices.Contains(seen, row) {
				seen = append(seen, row)
				counts[row]++
			}
		})
	}
	return counts
}
