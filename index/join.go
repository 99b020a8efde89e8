package index

import (
	"cmp"
	"slices"

	"tarikh/timeline"
)

// Changes make small parts: each costs every question a little, and what is masked in a large one
// takes room. Joining them costs as much as they hold, so it is done beside the questions: whoever
// keeps an index asks whether it is [Index.Crowded], and goes on with the one that is [Index.Joined].

const (
	partsMost   = 8  // how many segments are few enough
	shelvesMost = 16 // how many shelves are
	joinTier    = 4  // a segment is joined to smaller ones when it is no more than so many times their sum
)

// Crowded says whether joining would make the index better to ask.
func (x *Index) Crowded() bool { return len(x.toJoin()) > 0 || x.overhanging() }

// Joined is the index with the same records in fewer and better filled parts.
func (x *Index) Joined() *Index {
	next := *x
	next.joinSegments()
	next.joinShelves()
	next.renew(false)
	return &next
}

// toJoin are the segments to make one of, by their place; none where they are well as they are.
func (x *Index) toJoin() []int {
	bySize := make([]int, len(x.segments))
	for i := range bySize {
		bySize[i] = i
	}
	slices.SortFunc(bySize, func(i, j int) int { return cmp.Compare(x.segments[i].live(), x.segments[j].live()) })
	var chosen []int
	for _, i := range bySize {
		if x.segments[i].live() <= x.segments[i].n/2 {
			chosen = append(chosen, i)
		}
	}
	if len(x.segments) <= partsMost {
		return chosen
	}
	sum := 0
	for _, i := range bySize {
		if n := x.segments[i].live(); sum == 0 || n <= joinTier*sum {
			sum += n
			if !slices.Contains(chosen, i) {
				chosen = append(chosen, i)
			}
		}
	}
	return chosen
}

func (x *Index) joinSegments() {
	chosen := x.toJoin()
	if len(chosen) == 0 {
		return
	}
	b := newBuilder(false)
	kept := make([]parted, 0, len(x.segments))
	for i := range x.segments {
		p := x.segments[i]
		if !slices.Contains(chosen, i) {
			kept = append(kept, p)
			continue
		}
		p.eachOf(p.alive(), wantFacts, func(e *Event) bool { b.add(e); return true })
	}
	if b.s.n > 0 {
		kept = append(kept, parted{segment: b.segment()})
	}
	x.segments = kept
}

// overhanging says whether more sources have changed since the shelves were made than is well, or
// whether there are too many shelves.
func (x *Index) overhanging() bool {
	shelved := 0
	for _, s := range x.shelves {
		shelved += len(s.row)
	}
	n := x.sources.size
	return n >= recentMost && n >= shelved/joinTier || len(x.shelves) > shelvesMost
}

func (x *Index) joinShelves() {
	if !x.overhanging() {
		return
	}
	e := new(edit)
	b := newShelver()
	for s := range x.allSources(true) {
		b.add(s)
	}
	for row, s := range x.sources.all() {
		if s != nil {
			x.forget(e, timeline.KindSource, row, s.Refs)
		}
	}
	x.clearShelves()
	x.addShelf(e, b.shelf())
}
