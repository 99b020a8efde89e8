package index

import (
	"slices"

	"tarikh/names"
	"tarikh/timeline"
)

// A selection by text can be driven from either side: from the few events that print a rare word,
// each then tested by the rest of the filter, or from the events of the rest, of which the store says
// which print the words. What is cheaper is not known before one of them is asked for.

// fewPrinting is how many events a text may be printed by to be the side that a selection begins
// with.
const fewPrinting = 1000

// found is the events that a question means, in the order of time.
func (c *compiler) found(q Question) ([]*Event, error) {
	if err := q.Where.Validate(q.Field); err != nil {
		return nil, err
	}
	if q.Only != nil {
		return c.among(q, q.Only)
	}
	terms, rest, ok := c.x.plainText(q.Where)
	if !ok || q.Words == nil || q.Parent.Kind == timeline.KindEvent {
		return c.whole(q)
	}
	few, all, err := q.Words.Few(terms, fewPrinting)
	if err != nil {
		return nil, err
	}
	q.Where = rest
	if all {
		return c.among(q, few)
	}
	found, err := c.whole(q)
	if err != nil {
		return nil, err
	}
	rows, err := q.Words.Among(terms, found)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(e *Event) bool { return !rows.Has(e.Row) }), nil
}

// whole tests every event.
func (c *compiler) whole(q Question) ([]*Event, error) {
	meant, err := c.events(q.Where, q.Field)
	if err != nil {
		return nil, err
	}
	return c.candidates(q.Parent, meant)
}

// among tests the events of some rows.
func (c *compiler) among(q Question, rows *Rows) ([]*Event, error) {
	meant, err := c.events(q.Where, q.Field)
	if err != nil {
		return nil, err
	}
	below := all[*Event](nil)
	if q.Parent.Kind != timeline.KindEvent {
		if below, err = c.below(q.Parent); err != nil {
			return nil, err
		}
	}
	found := make([]*Event, 0, rows.Len())
	for row := range rows.All() {
		if e := c.x.Event(row); e != nil && below(e) && meant(e) {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, inTime)
	if q.Parent.Kind == timeline.KindEvent {
		found = slices.DeleteFunc(found, func(e *Event) bool { return c.x.PartOf(e.Row) != q.Parent.Row })
	}
	return found, nil
}

// plainText parts a filter whose text names nothing and leaves nothing out from the rest of it; ok is
// false for any other.
func (x *Index) plainText(w *timeline.EventWhere) (terms []names.Term, rest *timeline.EventWhere, ok bool) {
	if w == nil || w.Text == nil {
		return nil, nil, false
	}
	q, err := names.ReadQuery(*w.Text)
	if err != nil {
		return nil, nil, false // the filter is refused for it elsewhere
	}
	terms, excluded := split(q)
	if len(terms) == 0 || len(excluded) > 0 || len(x.NamedIn(terms)) > 0 {
		return nil, nil, false
	}
	without := *w
	without.Text = nil
	return terms, &without, true
}
