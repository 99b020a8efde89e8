package db

import (
	"slices"
	"strings"

	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// readMost is how many records are read to see whether they print a text as it is written. Where more
// print it in any form, they are hits of one sort, as if all did; what is told of each on a page is
// still what it prints.
const readMost = 200

// strictMost is how many records a strict search reads: it has to read all that print the words in
// any form.
const strictMost = 10_000

// findEvents finds the events that print the text, by how they do.
func (s *search) findEvents() (found, error) {
	if !s.wants(timeline.SearchEvents) || len(s.included()) == 0 {
		return nil, nil
	}
	return s.printed(timeline.KindEvent)
}

// findSources finds the sources that print the text, by how they do.
func (s *search) findSources() (found, error) {
	if !s.wants(timeline.SearchSources) || len(s.included()) == 0 {
		return nil, nil
	}
	return s.printed(timeline.KindSource)
}

// printed finds the records that print the text, by how they do.
func (s *search) printed(kind timeline.Kind) (found, error) {
	if s.asked.Strict {
		return s.strictly(kind)
	}
	match, err := s.v.expression(s.v.ctx, kind, s.included())
	if err != nil {
		return nil, err
	}
	many, rows, err := s.stream(kind, match)
	if err != nil {
		return nil, err
	}
	if many != nil {
		return only(timeline.MatchExact, many), nil
	}
	if len(s.included()) < len(s.q.Terms) || s.v.d.options.Public {
		meant, err := s.meant(kind)
		if err != nil {
			return nil, err
		}
		rows = without(meant, func(row int64) bool { return !rows.Has(row) })
	}
	return s.sorted(kind, rows)
}

// alias finds the records that a name leads to, and that do not print the text.
func (s *search) alias(kind timeline.Kind) (stratum, error) {
	wanted := map[timeline.Kind]timeline.SearchKind{timeline.KindEvent: timeline.SearchEvents, timeline.KindSource: timeline.SearchSources}
	if s.asked.Strict || !s.wants(wanted[kind]) || len(s.v.x.NamedIn(s.included())) == 0 {
		return nil, nil
	}
	match, err := s.v.expression(s.v.ctx, kind, s.included())
	if err != nil {
		return nil, err
	}
	printing, err := s.v.matching(kind, match)
	if err != nil {
		return nil, err
	}
	meant, err := s.meant(kind)
	if err != nil {
		return nil, err
	}
	return s.inOrder(kind, without(meant, printing.Has))
}

// meant is the records that the text means, printed or named, without those that it leaves out.
func (s *search) meant(kind timeline.Kind) ([]int64, error) {
	if kind == timeline.KindEvent {
		all, err := s.v.x.Select(index.Question{Where: &timeline.EventWhere{Text: &s.q.Text}, Field: "text", Words: printedWords{s.v}})
		if err != nil {
			return nil, err
		}
		return all.Rows(), nil
	}
	wide, err := s.v.spelled(s.v.ctx, kind, s.q)
	if err != nil {
		return nil, err
	}
	rows, err := s.v.matching(kind, wide)
	if err != nil {
		return nil, err
	}
	return slices.Collect(rows.All()), nil
}

// included are the terms that have to be met.
func (s *search) included() []names.Term {
	return slices.DeleteFunc(slices.Clone(s.q.Terms), func(t names.Term) bool { return t.Exclude })
}

// sorted parts the records that print a text by how they do, where they are few enough to be read.
func (s *search) sorted(kind timeline.Kind, printed *index.Rows) (found, error) {
	if printed.Len() > readMost {
		list, err := s.inOrder(kind, printed)
		return only(timeline.MatchExact, list), err
	}
	texts, err := s.read(kind, slices.Collect(printed.All()))
	if err != nil {
		return nil, err
	}
	rows := map[timeline.MatchKind]*index.Rows{}
	for row := range printed.All() {
		how := howSeen(s.q, texts[row])
		if rows[how] == nil {
			rows[how] = &index.Rows{}
		}
		rows[how].Add(row)
	}
	all := found{}
	for how, some := range rows {
		if all[how], err = s.inOrder(kind, some); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// strictly finds the records that print a text as it is written.
func (s *search) strictly(kind timeline.Kind) (found, error) {
	match, err := s.v.verbatim(s.v.ctx, kind, s.included())
	if err != nil {
		return nil, err
	}
	rows, err := s.v.matching(kind, match)
	if err != nil {
		return nil, err
	}
	if rows.Len() > strictMost {
		return nil, &timeline.Error{Code: timeline.CodeTooLarge, Field: "strict",
			Message: "more than 10000 records print these words in some form, and a strict search reads them all; ask for more words"}
	}
	var there []int64
	for row := range rows.All() {
		if kind == timeline.KindEvent && s.v.x.HasEvent(row) || kind == timeline.KindSource && s.v.x.Source(row) != nil {
			there = append(there, row)
		}
	}
	texts, err := s.read(kind, there)
	if err != nil {
		return nil, err
	}
	kept := &index.Rows{}
	for _, row := range there {
		if seen := s.excludedToo().seeAll(texts[row]); s.asWritten(seen) {
			kept.Add(row)
		}
	}
	list, err := s.inOrder(kind, kept)
	return only(timeline.MatchExact, list), err
}

// everyTerm is a query whose excluded terms are looked for, too.
type everyTerm names.Query

func (s *search) excludedToo() everyTerm {
	q := s.q
	q.Terms = slices.Clone(q.Terms)
	for i := range q.Terms {
		q.Terms[i].Exclude = false
	}
	return everyTerm(q)
}

func (q everyTerm) seeAll(texts []said) []names.Sight { return seeAll(names.Query(q), texts) }

// asWritten says whether each term stands as it is written, and none that is excluded does.
func (s *search) asWritten(seen []names.Sight) bool {
	for i, t := range s.q.Terms {
		if (seen[i] == names.Writes) == t.Exclude {
			return false
		}
	}
	return true
}

// seeAll is how each term of a query stands in one of the texts, the best way that it does.
func seeAll(q names.Query, texts []said) []names.Sight {
	best := make([]names.Sight, len(q.Terms))
	for _, t := range texts {
		for i, sight := range q.See(t.text).Terms {
			if sight != names.Unseen && (best[i] == names.Unseen || sight < best[i]) {
				best[i] = sight
			}
		}
	}
	return best
}

// howSeen is how texts match a query as a whole: as well as the term that matches worst.
func howSeen(q names.Query, texts []said) timeline.MatchKind {
	worst := names.Writes
	for i, sight := range seeAll(q, texts) {
		if !q.Terms[i].Exclude {
			worst = max(worst, sight)
		}
	}
	switch worst {
	case names.Writes:
		return timeline.MatchExact
	case names.Begun:
		return timeline.MatchPrefix
	}
	return timeline.MatchFolded
}

// inOrder puts records in order, the newest first.
func (s *search) inOrder(kind timeline.Kind, rows *index.Rows) (stratum, error) {
	if kind == timeline.KindSource {
		return s.v.x.NewestSources(rows, s.mark), nil
	}
	newest := timeline.Descending
	list, err := s.v.x.Select(index.Question{Only: rows, Order: []*timeline.EventOrder{{Field: timeline.OrderTime, Direction: &newest}}})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// read gives the texts of records, and keeps them for the page.
func (s *search) read(kind timeline.Kind, rows []int64) (map[int64][]said, error) {
	all := make(map[int64][]said, len(rows))
	var missing []int64
	for _, row := range rows {
		if known, ok := s.texts.Load(place{kind, row}); ok {
			all[row], _ = known.([]said)
		} else {
			missing = append(missing, row)
		}
	}
	read := s.v.eventTexts
	if kind == timeline.KindSource {
		read = s.v.sourceTexts
	}
	more, err := read(s.v.ctx, missing)
	for row, texts := range more {
		all[row] = texts
		s.texts.Store(place{kind, row}, texts)
	}
	return all, err
}

// spellingTerms are names as terms of a query, to see where a text prints them.
func spellingTerms(all [][]string) names.Query {
	var q names.Query
	for _, words := range all {
		q.Terms = append(q.Terms, names.Term{Written: strings.Join(words, " "), Words: words})
	}
	return q
}
