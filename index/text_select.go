package index

import (
	"tarikh/names"
	"tarikh/timeline"
)

// A selection by text can be driven from either side: from the few events that print a rare word,
// each then tested by the rest of the filter, or from the events of the rest, of which the store says
// which print the words. What is cheaper is not known before one of them is asked for.

// fewPrinting is how many events a text may be printed by to be the side that a selection begins
// with.
const fewPrinting = 1000

// find finds what a question means.
func (s *Selection) find(q Question) error {
	if err := q.Where.Validate(q.Field); err != nil {
		return err
	}
	if q.met != nil {
		q.Where, q.Only = nil, q.met
		return s.whole(q)
	}
	terms, rest, ok := s.x.plainText(q.Where)
	if !ok || q.Words == nil || q.Only != nil || q.Parent.Kind == timeline.KindEvent {
		return s.whole(q)
	}
	few, all, err := q.Words.Few(terms, fewPrinting)
	if err != nil {
		return err
	}
	q.Where = rest
	if all {
		q.Only = few
		return s.whole(q)
	}
	if err := s.whole(q); err != nil {
		return err
	}
	rows, err := s.printing(q, terms)
	if err != nil {
		return err
	}
	s.only(rows)
	return nil
}

// printing is the events that print terms. Below a record it is all of them, asked for once for the
// parents of a whole page, not for each.
func (s *Selection) printing(q Question, terms []names.Term) (*Rows, error) {
	if q.Parent.Kind == "" {
		return q.Words.Among(terms, s.each(wantTime))
	}
	found, err := q.Words.Printing([]Printed{{All: terms}})
	if err != nil {
		return nil, err
	}
	return found[0], nil
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
