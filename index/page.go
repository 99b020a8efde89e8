package index

import (
	"slices"

	"tarikh/timeline"
)

// Slice is one page of a selection or a list.
type Slice struct {
	Rows   []int64
	Cursor func(i int) string // of a row, by its place in the page: written when it is asked for
	Info   timeline.PageInfo
}

// ended is the slice with the cursors of its ends.
func (s Slice) ended() Slice {
	if n := len(s.Rows); n > 0 {
		start, end := s.Cursor(0), s.Cursor(n-1)
		s.Info.StartCursor, s.Info.EndCursor = &start, &end
	}
	return s
}

// page cuts a page out of records in their order. A cursor is a position: the page begins right
// after it, or ends right before it, whether or not the record that it was made of is still there
// or still stands there. Whether there is more is said of the whole selection, exactly.
func page[T any](o *order[T], sorted []T, row func(T) int64, p timeline.Page) (Slice, error) {
	from, to := 0, len(sorted)
	if p.After != nil {
		at, err := o.parse("after", *p.After)
		if err != nil {
			return Slice{}, err
		}
		from = o.search(sorted, at, true)
	}
	if p.Before != nil {
		at, err := o.parse("before", *p.Before)
		if err != nil {
			return Slice{}, err
		}
		to = max(from, o.search(sorted, at, false))
	}
	size := timeline.DefaultPage
	if p.First != nil || p.Last != nil {
		size = p.Size()
	}
	if p.Last != nil {
		from = max(from, to-size)
	} else {
		to = min(to, from+size)
	}
	return cut(o, sorted, row, from, to), nil
}

// search is how many records come before a position; with after, those at it are counted too.
func (o *order[T]) search(sorted []T, at position, after bool) int {
	n, _ := slices.BinarySearchFunc(sorted, at, func(v T, at position) int {
		c := o.compare(o.position(v), at)
		if c == 0 && after {
			return -1
		}
		return c
	})
	return n
}

// cut makes the page of sorted[from:to].
func cut[T any](o *order[T], sorted []T, row func(T) int64, from, to int) Slice {
	page := sorted[from:to]
	s := Slice{
		Rows:   make([]int64, len(page)),
		Cursor: func(i int) string { return o.cursor(page[i]) },
		Info:   timeline.PageInfo{HasPreviousPage: from > 0, HasNextPage: to < len(sorted)},
	}
	for i, v := range page {
		s.Rows[i] = row(v)
	}
	return s.ended()
}
