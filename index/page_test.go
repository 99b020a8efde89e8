package index_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// times are of every sort, so that among 500 events many are equal, undated, open or long ago.
func times() []timeline.Time {
	var all []timeline.Time
	for _, s := range []string{"2012-04-01", "2012-04-01", "2012-04", "2012", "/", "2012-04-01/..", "../2012-04-01", "/2013",
		"-0500", "-0500-03", "Y-13800000000", "../..", "2013-01-28~", "[2012-04-03..2012-04-06]", "2012/2013", "201X"} {
		all = append(all, timeline.NewTime(edtf.MustParse(s)))
	}
	return all
}

// randomEvent is an event of the row with random facts to be ordered by.
func randomEvent(r *rand.Rand, row int64) *index.Event {
	id := timeline.DeriveID(timeline.KindEvent, fmt.Sprint(row))
	e := &index.Event{Row: row, ID: id, Refs: []string{id}, Updated: r.Int64N(20), Type: "battle",
		Time:   times()[r.IntN(len(times()))],
		Titles: []index.Title{{Lang: "ar", Folded: names.Fold([]string{"حصار تمبكتو", "غاو", "", "كيدال"}[r.IntN(4)])}}}
	if r.IntN(2) == 0 {
		e.Claims = []index.Claim{{ID: id + "c", Kind: timeline.ClaimKilled, Status: timeline.ClaimCurrent,
			Low: timeline.Unknown, Best: r.IntN(5), High: timeline.Unknown, ReportedOn: edtf.DistantPast}}
	}
	return e
}

func term(field timeline.EventOrderField, desc bool) *timeline.EventOrder {
	d := timeline.Ascending
	if desc {
		d = timeline.Descending
	}
	return &timeline.EventOrder{Field: field, Direction: &d}
}

// orders are every order of one term and some of several.
func orders() [][]*timeline.EventOrder {
	all := [][]*timeline.EventOrder{nil}
	for _, field := range orderFields() {
		all = append(all, []*timeline.EventOrder{term(field, false)}, []*timeline.EventOrder{term(field, true)})
	}
	return append(all,
		[]*timeline.EventOrder{term(timeline.OrderKilled, true), term(timeline.OrderTime, false)},
		[]*timeline.EventOrder{term(timeline.OrderTitle, false), term(timeline.OrderUpdated, true)})
}

// walker pages through a selection, one way or the other, on whatever index it is given.
type walker struct {
	t        *testing.T
	question index.Question
	backward bool
	cursor   *string
	seen     []int64 // in the order of the question
}

// step takes one page; false: it was the last.
func (w *walker) step(x *index.Index, size int) bool {
	s, err := x.Select(w.question)
	if err != nil {
		w.t.Fatal(err)
	}
	p := timeline.Page{First: &size, After: w.cursor}
	if w.backward {
		p = timeline.Page{Last: &size, Before: w.cursor}
	}
	slice, err := s.Page(p)
	if err != nil {
		w.t.Fatal(err)
	}
	if w.backward {
		w.seen = append(slices.Clone(slice.Rows), w.seen...)
		w.cursor = slice.Info.StartCursor
		return slice.Info.HasPreviousPage && len(slice.Rows) > 0
	}
	w.seen = append(w.seen, slice.Rows...)
	w.cursor = slice.Info.EndCursor
	return slice.Info.HasNextPage && len(slice.Rows) > 0
}

func TestPagesSkipNothingAndRepeatNothingWhileRecordsComeChangeAndGo(t *testing.T) {
	for i, by := range orders() {
		for _, backward := range []bool{false, true} {
			name := fmt.Sprintf("%s backward %v", timeline.Canonical(by), backward)
			t.Run(name, func(t *testing.T) { walkWhileChanging(t, uint64(i), by, backward) })
		}
	}
}

func walkWhileChanging(t *testing.T, seed uint64, by []*timeline.EventOrder, backward bool) {
	r := rand.New(rand.NewPCG(seed, 1))
	x, moved := five100(r)
	first, _ := x.Select(index.Question{Order: by})
	w := walker{t: t, question: index.Question{Order: by}, backward: backward}
	for next := int64(1000); w.step(x, 1+r.IntN(30)); next += 10 {
		if len(w.seen) > 5000 {
			t.Fatal("the pages do not end")
		}
		c := index.Changes{Revision: x.Revision() + 1}
		for i := range int64(3) {
			c.Events = append(c.Events, randomEvent(r, next+i)) // comes
			row := 1 + r.Int64N(500)
			if row%2 == 0 { // half of the events never change
				continue
			}
			moved[row] = true
			if r.IntN(2) == 0 {
				c.Gone = append(c.Gone, index.Gone{Kind: timeline.KindEvent, Row: row})
			} else {
				c.Events = append(c.Events, randomEvent(r, row)) // stands elsewhere now
			}
		}
		x = x.With(c)
	}
	stayed := func(row int64) bool { return row > 500 || moved[row] }
	want := slices.DeleteFunc(slices.Clone(first.Rows()), stayed)
	if got := slices.DeleteFunc(w.seen, stayed); !slices.Equal(got, want) {
		t.Errorf("of the %d events that stayed, %d were seen, or in another order", len(want), len(got))
	}
}

// five100 is an index of 500 random events and a set for those that are moved later.
func five100(r *rand.Rand) (*index.Index, map[int64]bool) {
	var c index.Changes
	for row := range int64(500) {
		c.Events = append(c.Events, randomEvent(r, row+1))
	}
	return index.New().With(c), map[int64]bool{}
}

func TestPagesOfAnySizeMakeUpTheSelectionAndKnowWhatIsBeyond(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	x, _ := five100(r)
	for _, by := range orders() {
		s, err := x.Select(index.Question{Order: by})
		if err != nil {
			t.Fatal(err)
		}
		rows := s.Rows()
		for range 30 {
			size, at, to := r.IntN(40), r.IntN(500), r.IntN(500)
			after, before := cursorOf(t, s, at), cursorOf(t, s, to)
			end := min(at+1+size, len(rows))
			check(t, s, timeline.Page{First: &size, After: &after}, rows[at+1:end], at+1 > 0, end < len(rows))
			check(t, s, timeline.Page{Last: &size, Before: &before}, rows[max(0, to-size):to], to-size > 0, to < len(rows))
			upTo := max(at+1, min(at+1+size, to))
			check(t, s, timeline.Page{First: &size, After: &after, Before: &before}, rows[at+1:upTo], true, upTo < len(rows))
		}
		check(t, s, timeline.Page{}, rows[:timeline.DefaultPage], false, true)
	}
}

func cursorOf(t *testing.T, s *index.Selection, i int) string {
	t.Helper()
	n := i + 1
	slice, err := s.Page(timeline.Page{First: &n})
	if err != nil {
		t.Fatal(err)
	}
	return slice.Cursor(i)
}

func check(t *testing.T, s *index.Selection, p timeline.Page, want []int64, previous, next bool) {
	t.Helper()
	got, err := s.Page(p)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Rows, want) || got.Info.HasPreviousPage != previous || got.Info.HasNextPage != next {
		t.Errorf("got %v previous %v next %v\nwant %v %v %v", got.Rows, got.Info.HasPreviousPage, got.Info.HasNextPage, want, previous, next)
	}
	if len(want) > 0 && (*got.Info.StartCursor != got.Cursor(0) || *got.Info.EndCursor != got.Cursor(len(want)-1)) {
		t.Error("the page's own cursors are not those of its ends")
	}
}

func TestACursorOfAnotherQuestionIsRefused(t *testing.T) {
	x, _ := five100(rand.New(rand.NewPCG(1, 2)))
	mark := func(q index.Question) *index.Selection {
		s, err := x.Select(q)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	one := mark(index.Question{})
	cursor := cursorOf(t, one, 3)
	yes := true
	same := []index.Question{
		{Where: &timeline.EventWhere{}},
		{Order: []*timeline.EventOrder{{Field: timeline.OrderTime}}},
		{Order: []*timeline.EventOrder{term(timeline.OrderTime, false)}},
	}
	for _, q := range same {
		if _, err := mark(q).Page(timeline.Page{After: &cursor}); err != nil {
			t.Errorf("the same question in other words: %v", err)
		}
	}
	others := []index.Question{
		{Order: []*timeline.EventOrder{term(timeline.OrderTime, true)}},
		{Order: []*timeline.EventOrder{term(timeline.OrderUpdated, false)}},
		{Where: &timeline.EventWhere{Contested: &yes}},
		{Where: &timeline.EventWhere{Refs: []string{}}},
		{Parent: index.Parent{Kind: timeline.KindActor, Row: 1}},
	}
	for _, q := range others {
		for _, p := range []timeline.Page{{After: &cursor}, {Before: &cursor}} {
			field := "after"
			if p.Before != nil {
				field = "before"
			}
			_, err := mark(q).Page(p)
			wantError(t, err, timeline.CodeInvalid, field)
		}
	}
}

func TestABrokenCursorIsInvalid(t *testing.T) {
	x, _ := five100(rand.New(rand.NewPCG(1, 2)))
	s, _ := x.Select(index.Question{})
	mark := timeline.QuestionMark([]timeline.EventOrder{*term(timeline.OrderTime, false)}, &timeline.EventWhere{}, "")
	for _, text := range []string{"", "%", "e30", cursorOf(t, s, 0)[1:],
		timeline.Cursor{Mark: mark, Values: []string{""}, ID: "ev"}.Encode(),
		timeline.Cursor{Mark: mark, Values: []string{"#1,2"}, ID: "ev"}.Encode(),
		timeline.Cursor{Mark: mark, Values: []string{"#1,2,!"}, ID: "ev"}.Encode(),
		timeline.Cursor{Mark: mark, Values: []string{"#1,2,3", "-"}, ID: "ev"}.Encode(),
	} {
		_, err := s.Page(timeline.Page{After: &text})
		wantError(t, err, timeline.CodeInvalid, "after")
	}
	good := timeline.Cursor{Mark: mark, Values: []string{"#1,2,3"}, ID: "ev"}.Encode()
	if _, err := s.Page(timeline.Page{After: &good}); err != nil {
		t.Errorf("a position at which nothing stands: %v", err)
	}
}

// wantError checks code and field of an error.
func wantError(t *testing.T, err error, code timeline.Code, field string) {
	t.Helper()
	var e *timeline.Error
	if !errors.As(err, &e) || e.Code != code || e.Field != field {
		t.Errorf("got %v of field %q, want %s of field %q", err, fieldOf(e), code, field)
	}
}

func fieldOf(e *timeline.Error) string {
	if e == nil {
		return ""
	}
	return e.Field
}
