package index

import (
	"iter"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"tarikh/timeline"
)

// Question asks for a selection of events.
type Question struct {
	Where  *timeline.EventWhere   // nil: all
	Field  string                 // path of the filter, with which the fields of errors begin; empty: where
	Order  []*timeline.EventOrder // none: TIME ASC
	Parent Parent
	Words  Words       // which events print words; nil: nothing can be asked for by text
	Only   *Rows       // the only events that may be meant; nil: any
	Titles TitleReader // for the order TITLE; nil: only titles that were given count

	met *Rows // all that is meant, where that is known already
}

// Parent is the record below which a question is asked. The zero Parent is the root. Below an actor
// are the events that it takes part in, in any role; below a location those here and further down,
// by the rule of PlaceWhere.within; below a source those that cite it or of which it is behind a
// claim; below a saved timeline its own; below an event its parts.
type Parent struct {
	Kind timeline.Kind
	Row  int64
}

// Selection is which events a question means, in the order asked for. It belongs to the revision
// that it was asked of, never changes and may be used by any number of goroutines.
type Selection struct {
	x       *Index
	asked   Question
	order   order[*Event]
	parts   []meantPart
	recent  listed // in the order of time
	strands []strand
	count   int

	listing sync.Once
	rows    []int64
}

// meantPart is what is meant of a part of the index.
type meantPart struct {
	*segment
	set *roaring.Bitmap
}

// Select evaluates a question. A filter or order that is wrong by itself is INVALID, TOO_LARGE or,
// for an unknown event type, NOT_FOUND; a ref that names nothing is NOT_FOUND: the field is the
// path of what is wrong, such as where.place.within[0] or orderBy[1].field.
func (x *Index) Select(q Question) (*Selection, error) {
	if q.Field == "" {
		q.Field = "where"
	}
	if err := timeline.ValidateEventOrder("orderBy", q.Order); err != nil {
		return nil, err
	}
	s := &Selection{x: x, asked: q}
	if err := s.find(q); err != nil {
		return nil, err
	}
	scores, err := x.scores(q, s)
	if err != nil {
		return nil, err
	}
	s.order, s.count = x.eventOrder(q, scores), s.counted()
	return s, s.arrange()
}

// whole finds what is meant in each part of the index.
func (s *Selection) whole(q Question) error {
	c := compiler{x: s.x, words: q.Words}
	meant, err := c.events(q.Where, q.Field)
	if err != nil {
		return err
	}
	below, err := c.below(q.Parent)
	if err != nil {
		return err
	}
	sift := allSieves([]sieve{c.parentSieve(q.Parent), onlySieve(q.Only), c.sieve(q.Where)})
	for i := range s.x.segments {
		p := &s.x.segments[i]
		if set := p.meant(sift, below, meant); !set.IsEmpty() {
			s.parts = append(s.parts, meantPart{p.segment, set})
		}
	}
	for e := range s.x.inTime.all() {
		if q.Only.allows(e) && below(e) && meant(e) {
			s.recent = append(s.recent, e)
		}
	}
	return nil
}

// only keeps of what was found the events of some rows.
func (s *Selection) only(rows *Rows) {
	for i, p := range s.parts {
		s.parts[i].set = roaring.And(p.set, onlySieve(rows)(p.segment).set)
	}
	s.parts = slices.DeleteFunc(s.parts, func(p meantPart) bool { return p.set.IsEmpty() })
	s.recent = slices.DeleteFunc(s.recent, func(e *Event) bool { return !rows.Has(e.Row) })
}

// counted is how many events were found.
func (s *Selection) counted() int {
	n := len(s.recent)
	for _, p := range s.parts {
		n += int(p.set.GetCardinality())
	}
	return n
}

// meant is the ordinals that pass a sieve and, where it is not exact, the tests.
func (p *parted) meant(sift sieve, below, meant test[*Event]) *roaring.Bitmap {
	f := sift(p.segment)
	var set *roaring.Bitmap
	switch {
	case f.set == nil:
		set = p.alive()
	case p.gone != nil:
		set = roaring.AndNot(f.set, p.gone)
	default:
		set = f.set // whoever owns it: a selection never writes to it
	}
	if f.exact {
		return set
	}
	passed := roaring.New() // of a set that is exact but for the tests
	p.eachOf(set, wantFacts, func(e *Event) bool {
		if below(e) && meant(e) {
			o, _ := p.find(e.Row)
			passed.Add(o)
		}
		return true
	})
	return passed
}

// arrange puts what is meant in order.
func (s *Selection) arrange() error {
	desc, byTime := timeAlone(s.asked.Order)
	if !byTime {
		return s.sort()
	}
	for _, p := range s.parts {
		s.strands = append(s.strands, newChosen(p.segment, p.set, desc))
	}
	if len(s.recent) > 0 {
		inOrder := slices.Clone(s.recent)
		if desc {
			dated, undated := splitWhile(inOrder, func(e *Event) bool { return !e.Time.Undated() })
			slices.Reverse(dated)
			slices.Reverse(undated)
		}
		s.strands = append(s.strands, inOrder)
	}
	return nil
}

// Asked is the question that the selection answers.
func (s *Selection) Asked() Question { return s.asked }

// Count is how many events are meant.
func (s *Selection) Count() int { return s.count }

// Rows is the events meant, in order. The slice is shared.
func (s *Selection) Rows() []int64 {
	s.listing.Do(func() { s.rows = newMerger(&s.order, s.strands).rows() })
	return s.rows
}

// Page is a part of the selection. A text that is no cursor of this question is INVALID. A cursor is
// a position: see [page].
func (s *Selection) Page(p timeline.Page) (Slice, error) {
	m := newMerger(&s.order, s.strands)
	from, to := make([]int, len(s.strands)), make([]int, len(s.strands))
	for i, one := range s.strands {
		to[i] = one.len()
	}
	if p.After != nil {
		at, err := s.order.parse("after", *p.After)
		if err != nil {
			return Slice{}, err
		}
		from = m.before(at, true)
	}
	if p.Before != nil {
		at, err := s.order.parse("before", *p.Before)
		if err != nil {
			return Slice{}, err
		}
		to = m.before(at, false)
		for i := range to {
			to[i] = max(to[i], from[i])
		}
	}
	size := timeline.DefaultPage
	if p.First != nil || p.Last != nil {
		size = p.Size()
	}
	before, between := total(from), total(to)-total(from)
	size = min(size, between)
	if p.Last != nil {
		return s.slice(m.last(to, size), before+between-size), nil
	}
	return s.slice(m.next(from, size), before), nil
}

func total(counts []int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// slice is the page of events before which there are so many others.
func (s *Selection) slice(page []found, before int) Slice {
	return sliceOf(&s.order, page, timeline.PageInfo{HasPreviousPage: before > 0, HasNextPage: before+len(page) < s.count})
}

// sliceOf is a page of events by their positions.
func sliceOf(o *order[*Event], page []found, info timeline.PageInfo) Slice {
	c := Slice{Rows: make([]int64, len(page)), Cursor: func(i int) string { return page[i].cursor(o) }, Info: info}
	for i := range page {
		c.Rows[i] = page[i].row
	}
	return c.ended()
}

// each yields the events of the selection with the wanted facts, each once, in no order that means
// anything. An event is written over by the next one.
func (s *Selection) each(w want) iter.Seq[*Event] {
	return func(yield func(*Event) bool) {
		for _, p := range s.parts {
			if !p.eachOf(p.set, w, yield) {
				return
			}
		}
		for _, e := range s.recent {
			if !yield(e) {
				return
			}
		}
	}
}

// below is the test that an event is below a parent.
func (c *compiler) below(p Parent) (test[*Event], error) {
	switch p.Kind {
	case "":
		return all[*Event](nil), nil
	case timeline.KindActor:
		is := func(q *Participant) bool { return q.Actor == p.Row }
		return func(e *Event) bool { return someParticipant(e, is) }, nil
	case timeline.KindLocation:
		return c.x.here(p.Row), nil
	case timeline.KindSource:
		is := func(s *Source) bool { return s != nil && s.Row == p.Row }
		return func(e *Event) bool { return c.x.someSource(e, is) }, nil
	case timeline.KindTimeline:
		return c.savedTimeline(p.Row, "timeline")
	case timeline.KindEvent:
		return member(c.x.parts(p.Row), (*Event).row), nil
	}
	return nil, timeline.Errorf(timeline.CodeInternal, "no events hang below a %s", p.Kind)
}

// Casualties adds up the figures of all events meant, by [timeline.Total]. A kind or rule that makes
// no figure is INVALID.
func (s *Selection) Casualties(
	kind timeline.ClaimKind, rule timeline.CasualtyRule,
) (*timeline.Casualties, error) {
	if err := timeline.CheckFigure(kind, rule); err != nil {
		return nil, err
	}
	events := make([]timeline.TotalEvent, 0, s.count)
	for e := range s.each(wantClaims | wantRelations) {
		t, err := s.x.total(e, kind, rule)
		if err != nil {
			return nil, err
		}
		events = append(events, t)
	}
	return timeline.Total(kind, rule, events), nil
}
