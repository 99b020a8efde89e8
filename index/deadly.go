package index

import "github.com/RoaringBitmap/roaring/v2"

// deadly is the sets of events of which at least so many were killed, for the numbers that people ask
// for: a filter by another number begins with the set of the next lower one.
type deadly []*roaring.Bitmap

// deadlySteps are the numbers, ascending.
func deadlySteps() []int { return []int{0, 1, 2, 3, 5, 10, 20, 25, 50, 100, 200, 500, 1000} }

// newDeadly makes the sets out of the column of figures.
func newDeadly(killed []int32) deadly {
	steps, words := deadlySteps(), (len(killed)+63)/64
	dense := make([]uint64, len(steps)*words) // a run of words for each step: first those who reach no higher one
	for o, n := range killed {
		if n == unknownFigure || n < 0 {
			continue
		}
		at := 0
		for at+1 < len(steps) && int(n) >= steps[at+1] {
			at++
		}
		dense[at*words+o>>6] |= 1 << (o & 63)
	}
	d := make(deadly, len(steps))
	for at := len(steps) - 1; at >= 0; at-- {
		own := dense[at*words : (at+1)*words]
		if at+1 < len(steps) {
			for i, w := range dense[(at+1)*words : (at+2)*words] {
				own[i] |= w
			}
		}
		d[at] = roaring.FromDense(own, true)
		d[at].RunOptimize()
	}
	return d
}

// atLeast is the set of events with a figure of at least so many; not to be written to.
func (d deadly) atLeast(killed []int32, least int) *roaring.Bitmap {
	at := 0
	for i, step := range deadlySteps() {
		switch {
		case step == least || least <= 0:
			return d[i]
		case step < least:
			at = i
		}
	}
	set := roaring.New()
	for o := range ordinals(d[at]) {
		if int(killed[o]) >= least {
			set.Add(o)
		}
	}
	return set
}

func (d deadly) size() (n int) {
	for _, set := range d {
		n += int(set.GetSizeInBytes())
	}
	return n
}
