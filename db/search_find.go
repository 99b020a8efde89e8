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
const readMost = 1000

// strictMost is how many records a strict search reads: it has to read all that print the words in
// any form.
const strictMost = 10_000

// findEvents finds the events, by how they match.
func (s *search) findEvents() (found, error) {
	if !s.wants(timeline.SearchEvents) || len(s.included()) == 0 {
		return nil, nil
	}
	if s.asked.Strict {
		return s.strictly(timeline.KindEvent)
	}
	meant, err := s.v.x.Select(index.Question{Where: &timeline.EventWhere{Text: &s.q.Text}, Field: "text", Words: printedWords{s.v}})
	if err != nil {
		return nil, err
	}
	match, err := s.v.expression(s.v.ctx, timeline.KindEvent, s.included())
	if err != nil {
		return nil, err
	}
	printing, err := s.v.matching(s.v.ctx, timeline.KindEvent, match)
	if err != nil {
		return nil, err
	}
	printed, other := &index.Rows{}, &index.Rows{}
	for _, row := range meant.Rows() {
		if printing.Has(row) {
			printed.Add(row)
		} else {
			other.Add(row)
		}
	}
	return s.sorted(timeline.KindEvent, printed, other)
}

// findSources finds the sources, by how they match.
func (s *search) findSources() (found, error) {
	if !s.wants(timeline.SearchSources) || len(s.included()) == 0 {
		return nil, nil
	}
	if s.asked.Strict {
		return s.strictly(timeline.KindSource)
	}
	match, err := s.v.expression(s.v.ctx, timeline.KindSource, s.included())
	if err != nil {
		return nil, err
	}
	wide, err := s.v.spelled(s.v.ctx, timeline.KindSource, s.q)
	if err != nil {
		return nil, err
	}
	printing, err := s.v.matching(s.v.ctx, timeline.KindSource, match)
	if err != nil {
		return nil, err
	}
	meant, err := s.v.matching(s.v.ctx, timeline.KindSource, wide)
	if err != nil {
		return nil, err
	}
	printed, other := &index.Rows{}, &index.Rows{}
	for row := range meant.All() {
		switch {
		case s.v.x.Source(row) == nil:
		case printing.Has(row):
			printed.Add(row)
		default:
			other.Add(row)
		}
	}
	return s.sorted(timeline.KindSource, printed, other)
}

// included are the terms that have to be met.
func (s *search) included() []names.Term {
	return slices.DeleteFunc(slices.Clone(s.q.Terms), func(t names.Term) bool { return t.Exclude })
}

// sorted parts the records that print a text by how they print it, and puts those that only a name
// led to beside them.
func (s *search) sorted(kind timeline.Kind, printed, other *index.Rows) (found, error) {
	rows := map[timeline.MatchKind]*index.Rows{timeline.MatchAlias: other}
	if printed.Len() > readMost {
		rows[timeline.MatchExact] = printed
		return s.listed(kind, rows)
	}
	texts, err := s.read(kind, slices.Collect(printed.All()))
	if err != nil {
		return nil, err
	}
	for row := range printed.All() {
		how := howSeen(s.q, texts[row])
		if rows[how] == nil {
			rows[how] = &index.Rows{}
		}
		rows[how].Add(row)
	}
	return s.listed(kind, rows)
}

// strictly finds the records that print a text as it is written.
func (s *search) strictly(kind timeline.Kind) (found, error) {
	match, err := s.v.verbatim(s.v.ctx, kind, s.included())
	if err != nil {
		return nil, err
	}
	rows, err := s.v.matching(s.v.ctx, kind, match)
	if err != nil {
		return nil, err
	}
	if rows.Len() > strictMost {
		return nil, &timeline.Error{Code: timeline.CodeTooLarge, Field: "strict",
			Message: "more than 10000 records print these words in some form, and a strict search reads them all; ask for more words"}
	}
	var there []int64
	for row := range rows.All() {
		if kind == timeline.KindEvent && s.v.x.Event(row) != nil || kind == timeline.KindSource && s.v.x.Source(row) != nil {
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
	return s.listed(kind, map[timeline.MatchKind]*index.Rows{timeline.MatchExact: kept})
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

// listed puts rows in order, the newest first.
func (s *search) listed(kind timeline.Kind, rows map[timeline.MatchKind]*index.Rows) (found, error) {
	all := found{}
	newest := timeline.Descending
	for how, some := range rows {
		if some.Len() == 0 {
			continue
		}
		if kind == timeline.KindSource {
			all[how] = s.v.x.NewestSources(some, s.mark)
			continue
		}
		list, err := s.v.x.Select(index.Question{Only: some, Order: []*timeline.EventOrder{{Field: timeline.OrderTime, Direction: &newest}}})
		if err != nil {
			return nil, err
		}
		all[how] = list
	}
	return all, nil
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
