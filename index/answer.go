package index

import (
	"errors"
	"slices"
	"sync"

	"tarikh/timeline"
)

// Answer is what answers a question, of which no more is found than somebody looks at. A page of
// events by text in the order of time is found by walking to it; anything else that is asked of the
// answer, how many there are included, finds the whole selection. An Answer belongs to the revision
// that it was asked of and may be used by any number of goroutines.
type Answer struct {
	x     *Index
	asked Question

	mu    sync.Mutex
	walk  *walking // nil: not to be walked
	whole *Selection
	all   []*met // all events meant, where a walk has met them
	ended bool   // that it has
}

var _ timeline.Selection = (*Answer)(nil)

// Answer prepares the answer to a question. Errors are those of [Index.Select].
func (x *Index) Answer(q Question) (*Answer, error) {
	if q.Field == "" {
		q.Field = "where"
	}
	a := &Answer{x: x, asked: q}
	if err := timeline.ValidateEventOrder("orderBy", q.Order); err != nil {
		return nil, err
	}
	if err := q.Where.Validate(q.Field); err != nil {
		return nil, err
	}
	var err error
	if a.walk, err = x.walkOver(q); err != nil || a.walk != nil {
		return a, err
	}
	_, err = a.Whole()
	return a, err
}

// Asked is the question.
func (a *Answer) Asked() Question { return a.asked }

// Whole is all that is meant.
func (a *Answer) Whole() (*Selection, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.find()
}

func (a *Answer) find() (*Selection, error) {
	if a.whole != nil {
		return a.whole, nil
	}
	q := a.asked
	if a.ended {
		q.met = &Rows{}
		for _, m := range a.all {
			q.met.Add(m.row)
		}
	}
	s, err := a.x.Select(q)
	if err == nil {
		a.whole, a.walk = s, nil
	}
	return s, err
}

// Page is a part of the answer: see [Selection.Page].
func (a *Answer) Page(p timeline.Page) (Slice, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.walk != nil {
		slice, err := a.walked(p)
		if !a.ended {
			a.walk.pay()
		}
		if !errors.Is(err, errFar) {
			return slice, err
		}
	}
	s, err := a.find()
	if err != nil {
		return Slice{}, err
	}
	return s.Page(p)
}

// walked is a page, walked to from its cursor. It is what Selection.Page cuts out.
func (a *Answer) walked(p timeline.Page) (Slice, error) {
	w := a.walk
	after, err := w.cursor("after", p.After)
	if err != nil {
		return Slice{}, err
	}
	before, err := w.cursor("before", p.Before)
	if err != nil {
		return Slice{}, err
	}
	size := timeline.DefaultPage
	if p.First != nil || p.Last != nil {
		size = p.Size()
	}
	back := p.Last != nil
	start, end := after, before
	if back {
		start, end = before, after
	}
	seen, err := w.gather(start, false, back, size+1)
	if err != nil {
		return Slice{}, err
	}
	if start == nil && len(seen) <= size {
		a.all, a.ended = seen, true
	}
	passed := func(m *met, end *position) bool { return turned(w.compare(m, *end), back) >= 0 }
	page := seen[:min(size, len(seen))]
	if end != nil {
		if at := slices.IndexFunc(page, func(m *met) bool { return passed(m, end) }); at >= 0 {
			page = page[:at]
		}
	}
	behind, beyond := false, len(seen) > len(page)
	if start != nil {
		if behind, err = w.some(start, true, !back); err != nil {
			return Slice{}, err
		}
	}
	if back && end != nil && (len(seen) == 0 || passed(seen[0], end)) { // nothing lies between: the page is empty, after its first cursor
		if behind, err = w.some(end, false, false); err != nil {
			return Slice{}, err
		}
		if beyond, err = w.some(end, true, true); err != nil {
			return Slice{}, err
		}
	}
	info := timeline.PageInfo{HasPreviousPage: behind, HasNextPage: beyond}
	if back {
		info.HasPreviousPage, info.HasNextPage = beyond, behind
		slices.Reverse(page)
	}
	slice := Slice{Rows: make([]int64, len(page)), Cursor: func(i int) string { return w.order.written(page[i].position()) }, Info: info}
	for i, m := range page {
		slice.Rows[i] = m.row
	}
	return slice.ended(), nil
}

// some says whether there is an event on a side of a position, or at it where that counts, too.
func (w *walking) some(at *position, with, back bool) (bool, error) {
	one, err := w.gather(at, with, back, 1)
	return len(one) > 0, err
}

// cursor is the position of a cursor; nil where none is given.
func (w *walking) cursor(field string, text *string) (*position, error) {
	if text == nil {
		return nil, nil
	}
	at, err := w.order.parse(field, *text)
	if err != nil {
		return nil, err
	}
	return &at, nil
}

// Count is how many events are meant.
func (a *Answer) Count() (int, error) {
	s, err := a.Whole()
	if err != nil {
		return 0, err
	}
	return s.Count(), nil
}

// Casualties is [Selection.Casualties].
func (a *Answer) Casualties(kind timeline.ClaimKind, rule timeline.CasualtyRule) (*timeline.Casualties, error) {
	s, err := a.Whole()
	if err != nil {
		return nil, err
	}
	return s.Casualties(kind, rule)
}

// Histogram is [Selection.Histogram].
func (a *Answer) Histogram(by timeline.BucketUnit, split *timeline.FacetField) (*timeline.Histogram, error) {
	s, err := a.Whole()
	if err != nil {
		return nil, err
	}
	return s.Histogram(by, split)
}

// Extent is [Selection.Extent].
func (a *Answer) Extent() (*timeline.Extent, error) {
	s, err := a.Whole()
	if err != nil {
		return nil, err
	}
	return s.Extent(), nil
}
