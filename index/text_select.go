package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

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
	q.Where = rest
	walk, err := q.Words.Walk(terms)
	if err != nil {
		return err
	}
	sets, kept := s.x.keptSets(walk.Key())
	if !kept {
		few, all, err := q.Words.Few(terms, fewPrinting)
		if err != nil {
			return err
		}
		if all {
			q.Only = few
			return s.whole(q)
		}
	}
	if err := s.whole(q); err != nil {
		return err
	}
	if kept {
		return s.meet(q, terms, sets)
	}
	return s.print(q, terms, walk.Key())
}

// print keeps of what was found what prints the terms: those few are asked for by name, or all that
// there are, which are kept for the next time.
func (s *Selection) print(q Question, terms []names.Term, key string) error {
	if q.Parent.Kind == "" && s.counted() <= fewCandidates {
		rows, err := q.Words.Among(terms, s.each(wantTime))
		if err == nil {
			s.only(rows)
		}
		return err
	}
	found, err := q.Words.Printing([]Printed{{All: terms}})
	if err != nil {
		return err
	}
	s.narrow(s.x.keepSets(key, found[0]))
	s.recent = slices.DeleteFunc(s.recent, func(e *Event) bool { return !found[0].Has(e.Row) })
	return nil
}

// meet keeps of what was found what is in the sets of its segments. Of the recent events it is asked
// which print the terms: below a record once for the parents of a whole page, not for each.
func (s *Selection) meet(q Question, terms []names.Term, sets []*roaring.Bitmap) error {
	s.narrow(sets)
	if len(s.recent) == 0 {
		return nil
	}
	var rows *Rows
	if q.Parent.Kind == "" {
		var err error
		if rows, err = q.Words.Among(terms, slices.Values(s.recent)); err != nil {
			return err
		}
	} else {
		found, err := q.Words.Printing([]Printed{{All: terms}})
		if err != nil {
			return err
		}
		rows = found[0]
	}
	s.recent = slices.DeleteFunc(s.recent, func(e *Event) bool { return !rows.Has(e.Row) })
	return nil
}

// narrow keeps of what was found in segments what is in their sets.
func (s *Selection) narrow(sets []*roaring.Bitmap) {
	for i := range s.parts {
		p := &s.parts[i]
		for j := range s.x.segments {
			if s.x.segments[j].segment == p.segment {
				p.set = roaring.And(p.set, sets[j])
			}
		}
	}
	s.parts = slices.DeleteFunc(s.parts, func(p meantPart) bool { return p.set.IsEmpty() })
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
