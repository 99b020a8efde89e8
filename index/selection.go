package index

import (
	"slices"

	"tarikh/timeline"
)

// Question asks for a selection of events.
type Question struct {
	Where  *timeline.EventWhere   // nil: all
	Field  string                 // path of the filter, with which the fields of errors begin; empty: where
	Order  []*timeline.EventOrder // none: TIME ASC
	Parent Parent
	Words  Words // which events print words; nil: nothing can be asked for by text
	Only   *Rows // the only events that may be meant; nil: any
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
	x      *Index
	asked  Question
	order  order[*Event]
	events []*Event
	rows   []int64
}

var _ timeline.Selection = (*Selection)(nil)

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
	c := compiler{x: x, words: q.Words}
	found, err := c.found(q)
	if err != nil {
		return nil, err
	}
	scores, err := x.scores(q, found)
	if err != nil {
		return nil, err
	}
	s := &Selection{x: x, asked: q, order: x.eventOrder(q, scores)}
	s.events = inOrder(&s.order, q.Order, found)
	s.rows = make([]int64, len(s.events))
	for i, e := range s.events {
		s.rows[i] = e.Row
	}
	return s, nil
}

// candidates is the events below the parent that are meant, in the order of time.
func (c *compiler) candidates(p Parent, meant test[*Event]) ([]*Event, error) {
	if p.Kind == timeline.KindEvent {
		return slices.DeleteFunc(c.x.parts(p.Row), not(meant)), nil
	}
	below, err := c.below(p)
	if err != nil {
		return nil, err
	}
	var found []*Event
	for e := range c.x.inTime.all() {
		if below(e) && meant(e) {
			found = append(found, e)
		}
	}
	return found, nil
}

// below is the test that an event is below a parent other than an event.
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
	}
	return nil, timeline.Errorf(timeline.CodeInternal, "no events hang below a %s", p.Kind)
}

// Asked is the question that the selection answers.
func (s *Selection) Asked() Question { return s.asked }

// Count is how many events are meant.
func (s *Selection) Count() int { return len(s.rows) }

// Rows is the events meant, in order. The slice is shared.
func (s *Selection) Rows() []int64 { return s.rows }

// Page is a part of the selection. A text that is no cursor of this question is INVALID.
func (s *Selection) Page(p timeline.Page) (Slice, error) {
	return page(&s.order, s.events, (*Event).row, p)
}

// Casualties adds up the figures of all events meant, by [timeline.Total]. A kind or rule that makes
// no figure is INVALID.
func (s *Selection) Casualties(
	kind timeline.ClaimKind, rule timeline.CasualtyRule,
) (*timeline.Casualties, error) {
	if err := timeline.CheckFigure(kind, rule); err != nil {
		return nil, err
	}
	events := make([]timeline.TotalEvent, len(s.events))
	for i, e := range s.events {
		t, err := s.x.total(e, kind, rule)
		if err != nil {
			return nil, err
		}
		events[i] = t
	}
	return timeline.Total(kind, rule, events), nil
}
