package index

import (
	"iter"
	"slices"

	"tarikh/names"
	"tarikh/timeline"
)

// Words answers which events print words; the store has them. Its answers are of the revision that
// the index stands for.
type Words interface {
	// Printing gives, for each thing asked, the events that print it.
	Printing(asked []Printed) ([]*Rows, error)
	// Few gives events that print all of the terms, at most so many; all is false where there are more.
	Few(terms []names.Term, most int) (few *Rows, all bool, err error)
	// Among gives those of some events that print all of the terms; others that do may be given, too.
	// Of an event it is told the row and the time.
	Among(terms []names.Term, events iter.Seq[*Event]) (*Rows, error)
	// Walk reads the events that print all of the terms in the order in which they began.
	Walk(terms []names.Term) (Walk, error)
	// Scores gives how well events that print terms match them, the better the higher, for those of
	// the rows that print all of them.
	Scores(terms []names.Term, rows []int64) (map[int64]float64, error)
}

// Printed is what an event may print: all of the terms or, where there are none, any of the names,
// each given as its folded words.
type Printed struct {
	All  []names.Term
	Some [][]string
}

// text is the test of text. An event passes where every term that is asked for is printed in it or
// names a place that it is at or below or somebody who takes part, or whom or which it prints by
// another name; several words that follow each other may be one name. None of the terms that are
// excluded may be met in either way.
func (c *compiler) text(w *timeline.EventWhere, field string) (test[*Event], error) {
	if w.Text == nil {
		return nil, nil
	}
	q, err := names.ReadQuery(*w.Text)
	if err != nil {
		return nil, &timeline.Error{Code: timeline.CodeTooLarge, Field: field + ".text", Message: err.Error()}
	}
	t := textTest{c: c, field: field + ".text"}
	m, err := t.compile(q)
	if err != nil {
		return nil, err
	}
	if c.texts == nil {
		c.texts = map[*timeline.EventWhere]sieve{}
	}
	c.texts[w] = m.sieve
	return m.test, nil
}

// meaning is what a part of a text means: the test, and what inverted lists know of it. They are made
// together, because the words are asked for once.
type meaning struct {
	test  test[*Event]
	sieve sieve
}

func allMeanings(list []meaning) meaning {
	tests, sieves := apart(list)
	return meaning{all(tests), allSieves(sieves)}
}

func anyMeaning(list []meaning) meaning {
	tests, sieves := apart(list)
	return meaning{anyOf(tests), anySieve(sieves)}
}

func noMeaning(m meaning) meaning { return meaning{not(m.test), notSieve(m.sieve)} }

func apart(list []meaning) (tests []test[*Event], sieves []sieve) {
	for _, m := range list {
		tests, sieves = append(tests, m.test), append(sieves, m.sieve)
	}
	return tests, sieves
}

// textTest puts the test of one text together. The lists of terms that events are asked to print are
// gathered first and asked for at once.
type textTest struct {
	c      *compiler
	field  string
	listed []Printed
	rows   []*Rows
}

func (t *textTest) compile(q names.Query) (meaning, error) {
	asked, excluded := split(q)
	if len(asked) == 0 {
		return meaning{func(*Event) bool { return false }, nothing}, nil
	}
	parts, err := t.all(asked)
	if err != nil {
		return meaning{}, err
	}
	for _, term := range excluded {
		out, err := t.all([]names.Term{term})
		if err != nil {
			return meaning{}, err
		}
		parts = append(parts, noMeaning(allMeanings(out)))
	}
	if t.c.words == nil {
		return meaning{}, timeline.Errorf(timeline.CodeInternal, "the index was given no words to ask %s of", t.field)
	}
	t.rows, err = t.c.words.Printing(t.listed)
	return allMeanings(parts), err
}

func split(q names.Query) (asked, excluded []names.Term) {
	for _, term := range q.Terms {
		if term.Exclude {
			excluded = append(excluded, term)
		} else {
			asked = append(asked, term)
		}
	}
	return asked, excluded
}

// printed means that an event prints all of the terms.
func (t *textTest) printed(terms []names.Term) meaning {
	return t.prints(Printed{All: terms})
}

func (t *textTest) prints(p Printed) meaning {
	at := len(t.listed)
	t.listed = append(t.listed, p)
	return meaning{func(e *Event) bool { return t.rows[at].Has(e.Row) },
		func(s *segment) sifted { return onlySieve(t.rows[at])(s) }}
}

// all means that all terms are met. Terms that are part of no name are asked for together; those
// between them that are, in each way in which they can be read.
func (t *textTest) all(terms []names.Term) ([]meaning, error) {
	calls, err := t.names(terms)
	if err != nil {
		return nil, err
	}
	var parts []meaning
	var plain []names.Term
	for i := 0; i < len(terms); {
		end := reach(calls, i)
		if end == i {
			plain = append(plain, terms[i])
			i++
			continue
		}
		parts = append(parts, t.readings(terms, calls, i, end))
		i = end
	}
	if len(plain) > 0 {
		parts = append(parts, t.printed(plain))
	}
	return parts, nil
}

// called is some terms that follow each other and name something.
type called struct {
	from, to int
	meant    meaning // that an event is at it or with it
}

// reach is where the names end that begin at a term or overlap those that do; i itself where none
// begins there.
func reach(calls []called, i int) int {
	end := i
	for grown := true; grown; {
		grown = false
		for _, s := range calls {
			if s.to > end && (s.from == i || s.from > i && s.from < end) {
				end, grown = s.to, true
			}
		}
	}
	return end
}

// readings means that the terms from i to end are met, each printed or part of a name.
func (t *textTest) readings(terms []names.Term, calls []called, i, end int) meaning {
	from := make([]meaning, end+1) // that the terms from there on are met
	from[end] = meaning{func(*Event) bool { return true }, everything}
	for at := end - 1; at >= i; at-- {
		ways := []meaning{allMeanings([]meaning{t.printed(terms[at : at+1]), from[at+1]})}
		for _, s := range calls {
			if s.from == at && s.to <= end {
				ways = append(ways, allMeanings([]meaning{s.meant, from[s.to]}))
			}
		}
		from[at] = anyMeaning(ways)
	}
	return from[i]
}

// names finds what the terms, and those that follow each other together, name.
func (t *textTest) names(terms []names.Term) ([]called, error) {
	var calls []called
	for _, n := range t.c.x.NamedIn(terms) {
		meant, err := t.meant(n)
		if err != nil {
			return nil, err
		}
		if len(n.Spellings) > 0 {
			meant = anyMeaning([]meaning{meant, t.prints(Printed{Some: n.Spellings})})
		}
		calls = append(calls, called{n.From, n.To, meant})
	}
	return calls, nil
}

// meant means that an event is at one of the locations named, or below it, or with one of the actors.
func (t *textTest) meant(n NamedThings) (meaning, error) {
	w := &timeline.EventWhere{}
	if n.Locations != nil {
		w.Or = append(w.Or, &timeline.EventWhere{Place: &timeline.PlaceWhere{Within: t.c.x.ids(timeline.KindLocation, n.Locations)}})
	}
	if n.Actors != nil {
		w.Or = append(w.Or, &timeline.EventWhere{Actor: &timeline.ActorRefWhere{Any: t.c.x.ids(timeline.KindActor, n.Actors)}})
	}
	is, err := t.c.events(w, t.field)
	if err != nil {
		return meaning{}, err
	}
	return meaning{is, t.c.sieve(w)}, nil
}

// ids is the public ids of actors or locations.
func (x *Index) ids(kind timeline.Kind, rows []int64) []string {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = x.idOf(record{kind, row})
	}
	return ids
}

// textsOf is the texts that every event of a filter meets: its own and those that are and-ed to it.
func textsOf(w *timeline.EventWhere) []string {
	if w == nil {
		return nil
	}
	var texts []string
	if w.Text != nil {
		texts = append(texts, *w.Text)
	}
	for _, inner := range w.And {
		texts = append(texts, textsOf(inner)...)
	}
	return texts
}

// maxRelevance is how many events can be ordered by relevance: what a page of results is for. The
// score of every match has to be known for it.
const maxRelevance = 1000

// scores is how well the events of a selection match its texts, where the order asks for it; nil
// where it does not. An event that only a name led to has none.
func (x *Index) scores(q Question, found *Selection) (map[int64]float64, error) {
	at := slices.IndexFunc(q.Order, func(o *timeline.EventOrder) bool { return o.Field == timeline.OrderRelevance })
	if at < 0 {
		return nil, nil
	}
	texts := textsOf(q.Where)
	if len(texts) == 0 {
		return nil, timeline.Invalidf("orderBy", "RELEVANCE orders by how well a text is matched, and the filter has no text")
	}
	if found.counted() > maxRelevance {
		return nil, timeline.Invalidf("orderBy", "%d events are more than the %d that can be ordered by RELEVANCE; narrow the filter, or order by TIME",
			found.counted(), maxRelevance)
	}
	var terms []names.Term
	for _, text := range texts {
		read, err := names.ReadQuery(text)
		if err != nil {
			return nil, err // not reached: the filter was compiled
		}
		asked, _ := split(read)
		terms = append(terms, asked...)
	}
	var rows []int64
	for e := range found.each(0) {
		rows = append(rows, e.Row)
	}
	return q.Words.Scores(terms, rows)
}
