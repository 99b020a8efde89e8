package index

import "slices"

// links is, for each row, the rows that point at it, each once, in one fixed order: the children of
// a location, the events that relate to an event, the actors that relate to an actor.
type links struct{ trie[int64, []int64] }

// relink gathers what a change does to links, so that a list is made anew once and not for every
// row that comes into it.
type relink struct{ drop, add map[int64][]int64 }

func newRelink() *relink {
	return &relink{drop: map[int64][]int64{}, add: map[int64][]int64{}}
}

// of lists the rows that point at row; shared, not to be written to.
func (l *links) of(row int64) []int64 {
	list, _ := l.get(row)
	return list
}

// apply makes the lists anew that a change touches, in the order of compare.
func (r *relink) apply(l *links, e *edit, compare func(a, b int64) int) {
	for to, from := range r.drop {
		dropped := make(map[int64]bool, len(from))
		for _, row := range from {
			dropped[row] = true
		}
		kept := slices.DeleteFunc(slices.Clone(l.of(to)), func(row int64) bool { return dropped[row] })
		r.put(l, e, to, append(kept, r.add[to]...), compare)
	}
	for to, from := range r.add {
		if _, done := r.drop[to]; !done {
			r.put(l, e, to, slices.Concat(l.of(to), from), compare)
		}
	}
}

func (r *relink) put(l *links, e *edit, to int64, list []int64, compare func(a, b int64) int) {
	if len(list) == 0 {
		l.del(e, to)
		return
	}
	slices.SortFunc(list, compare)
	l.set(e, to, slices.Compact(list))
}
