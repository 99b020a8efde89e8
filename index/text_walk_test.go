package index_test

import (
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// walkable is words over the texts of an index's events that can be walked over.
type walkable struct {
	prints
	x      *index.Index
	coarse int64 // days in a slot
	read   *int  // events that walks gave
}

func (w walkable) Walk(terms []names.Term) (index.Walk, error) {
	found, err := w.Printing([]index.Printed{{All: terms}})
	return textWalk{w, found[0].All(), fmt.Sprint(terms)}, err
}

// textWalk walks over events of any order by sorting all of them.
type textWalk struct {
	walkable
	rows iter.Seq[int64]
	key  string
}

func (w textWalk) Key() string { return w.key }

func (w textWalk) Slot(undated bool, first edtf.Day) int64 {
	switch {
	case undated:
		return index.UndatedSlot
	case !first.Finite():
		return 1
	}
	return min(max(2, (int64(first)+1_000_000)/w.coarse), index.LastSlot)
}

func (w textWalk) Next(s index.Stretch) (rows []int64, end int64, err error) {
	slots := map[int64][]int64{}
	for row := range w.rows {
		slot := int64(index.UndatedSlot)
		if e := w.x.Event(row); e != nil {
			slot = w.Slot(e.Time.Undated(), e.Time.Start.First)
		}
		if slot >= min(s.From, s.To) && slot <= max(s.From, s.To) {
			slots[slot] = append(slots[slot], row)
		}
	}
	order := make([]int64, 0, len(slots))
	for slot := range slots {
		order = append(order, slot)
	}
	slices.Sort(order)
	if s.From > s.To {
		slices.Reverse(order)
	}
	for _, slot := range order {
		rows = append(rows, slots[slot]...)
		if len(rows) >= s.Least {
			*w.read += len(rows)
			return rows, slot, nil
		}
	}
	*w.read += len(rows)
	return rows, s.To, nil
}

// sometime is a random moment: any sort of time, or one of many days.
func sometime(r *rand.Rand) timeline.Time {
	if r.IntN(3) == 0 {
		return times()[r.IntN(len(times()))]
	}
	return timeline.NewTime(edtf.MustParse(fmt.Sprintf("20%02d-%02d-%02d", r.IntN(20), 1+r.IntN(12), 1+r.IntN(28))))
}

// textual is random events with random texts.
func textual(r *rand.Rand, revision int64, rows ...int64) (c index.Changes, p prints) {
	c.Revision, p = revision, prints{}
	for _, row := range rows {
		e := randomEvent(r, row)
		e.Time = sometime(r)
		e.Type = []string{"battle", "air-strike", "protest"}[r.IntN(3)]
		c.Events = append(c.Events, e)
		p[row] = []string{"attaque", "attaque au nord", "attaque nulle", "", "le nord"}[r.IntN(5)]
	}
	return c, p
}

// A page that was walked to is the page that is cut out of all that is meant, whatever the filter, the
// order, the cursors and the direction, and while events come, change and go.
func TestAPageWalkedToIsThePageOfTheWholeSelection(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	rows := make([]int64, 300)
	for i := range rows {
		rows[i] = int64(i + 1)
	}
	c, p := textual(r, 1, rows...)
	x := index.New().With(c)
	from, to := edtf.MustParse("2004"), edtf.MustParse("2011")
	yes := false
	filters := []timeline.EventWhere{
		{}, {Type: []string{"battle"}}, {Time: &timeline.TimeWhere{From: &from, To: &to}},
		{Not: &timeline.EventWhere{Type: []string{"protest"}}, Time: &timeline.TimeWhere{From: &to}},
		{Claims: &timeline.ClaimsWhere{None: &timeline.ClaimWhere{Kind: []timeline.ClaimKind{timeline.ClaimKilled}}}},
		{Time: &timeline.TimeWhere{Known: &yes}},
	}
	cursors := map[string][]string{}
	type state struct { // after each change
		followed, fresh *index.Index // fresh: made at once, so that it keeps nothing of before
		texts           prints
	}
	var states []state
	events := map[int64]*index.Event{}
	for _, e := range c.Events {
		events[e.Row] = e
	}
	for step := range 60 {
		states = append(states, state{x, index.New().With(index.Changes{Revision: 1, Events: slices.Collect(maps.Values(events))}), maps.Clone(p)})
		for range 20 {
			now := states[max(0, len(states)-1-r.IntN(5))]
			x, fresh, p := now.followed, now.fresh, now.texts
			words, walked := walkable{p, fresh, 1 + 400*r.Int64N(2), new(int)}, walkable{p, x, 1 + 40*r.Int64N(2), new(int)}
			where := filters[r.IntN(len(filters))]
			text := []string{"attaque", "nord", "attaque nord", "nulle", "attaque -x", "le", "au nord", "le nord"}[r.IntN(1+step/8)] // some for the first time late
			where.Text = &text
			q := index.Question{Where: &where, Order: []*timeline.EventOrder{term(timeline.OrderTime, r.IntN(2) == 0)}, Words: words}
			whole, err := fresh.Select(q)
			if err != nil {
				t.Fatal(err)
			}
			all, err := whole.Page(timeline.Page{First: new(int)})
			if err != nil || len(all.Rows) > 0 {
				t.Fatal(err)
			}
			key := timeline.Canonical([]any{q.Where, q.Order})
			for i := 0; i < whole.Count(); i += 1 + r.IntN(40) {
				cursors[key] = append(cursors[key], cursorOf(t, whole, i))
			}
			q.Words = walked
			page := somePage(r, cursors[key])
			answer, err := x.Answer(q)
			if err != nil {
				t.Fatal(err)
			}
			want, err := whole.Page(page)
			if err != nil {
				t.Fatal(err)
			}
			got, err := answer.Page(page)
			if err != nil || !samePage(got, want) {
				t.Fatalf("%s %s: %v\ngot  %v %+v\nwant %v %+v", key, timeline.Canonical(page), err, got.Rows, got.Info, want.Rows, want.Info)
			}
			if n, err := answer.Count(); err != nil || n != whole.Count() {
				t.Fatalf("%s: %d events (%v), want %d", key, n, err, whole.Count())
			}
			if again, err := answer.Page(page); err != nil || !samePage(again, want) {
				t.Fatalf("%s: another page once all is found: %v", key, err)
			}
		}
		next, more := textual(r, x.Revision()+1, 1+r.Int64N(320), 1+r.Int64N(320), 1+r.Int64N(320))
		for row, text := range more {
			p[row] = text
		}
		if row := 1 + r.Int64N(300); r.IntN(2) == 0 && p[row] != "" && more[row] == "" {
			next.Gone = append(next.Gone, index.Gone{Kind: timeline.KindEvent, Row: row})
			next.Events = slices.DeleteFunc(next.Events, func(e *index.Event) bool { return e.Row == row })
		}
		for _, e := range next.Events {
			events[e.Row] = e
		}
		for _, gone := range next.Gone {
			delete(events, gone.Row)
			delete(p, gone.Row)
		}
		x = x.With(next)
	}
}

// samePage says whether two pages are of the same events, with the same cursors and neighbours.
func samePage(a, b index.Slice) bool {
	for i := range a.Rows {
		if len(a.Rows) != len(b.Rows) || a.Cursor(i) != b.Cursor(i) {
			return false
		}
	}
	return slices.Equal(a.Rows, b.Rows) && reflect.DeepEqual(a.Info, b.Info)
}

// somePage is any page: forwards or backwards, with or without cursors.
func somePage(r *rand.Rand, cursors []string) timeline.Page {
	var p timeline.Page
	size := r.IntN(30)
	switch r.IntN(5) {
	case 0:
	case 1, 2:
		p.First = &size
	default:
		p.Last = &size
	}
	if len(cursors) > 0 && r.IntN(2) == 0 {
		p.After = &cursors[r.IntN(len(cursors))]
	}
	if len(cursors) > 0 && r.IntN(2) == 0 {
		p.Before = &cursors[r.IntN(len(cursors))]
	}
	return p
}

// A page of a word that all events print is found without all of them, and a walk that finds nothing
// on its way is given up.
func TestAWalkReadsNoMoreThanItsPageAndEnds(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var c index.Changes
	c.Revision = 1
	p := prints{}
	for row := int64(1); row <= 12_000; row++ {
		e := randomEvent(r, row)
		e.Time = timeline.NewTime(edtf.MustParse(fmt.Sprintf("%04d-%02d-%02d", 1000+row/300, 1+row%12, 1+row%28)))
		c.Events = append(c.Events, e)
		p[row] = "attaque"
		if row == 11_000 {
			p[row] += " rare"
		}
	}
	x := index.New().With(c)
	read := 0
	ask := func(text string, w timeline.EventWhere) index.Slice {
		t.Helper()
		read, w.Text = 0, &text
		a, err := x.Answer(index.Question{Where: &w, Words: walkable{p, x, 1, &read}})
		if err != nil {
			t.Fatal(err)
		}
		slice, err := a.Page(timeline.Page{})
		if err != nil {
			t.Fatal(err)
		}
		return slice
	}
	if got := ask("attaque", timeline.EventWhere{}); len(got.Rows) != timeline.DefaultPage || !got.Info.HasNextPage || read > 200 {
		t.Errorf("%d events of a common word after reading %d", len(got.Rows), read)
	}
	if got := ask("rare", timeline.EventWhere{}); fmt.Sprint(got.Rows) != "[11000]" || got.Info.HasNextPage || read > 1 {
		t.Errorf("%v of a rare word after reading %d", got.Rows, read)
	}
	// Nothing but looking at every event tells that none is meant.
	some := timeline.EventWhere{Claims: &timeline.ClaimsWhere{Some: &timeline.ClaimWhere{Kind: []timeline.ClaimKind{timeline.ClaimInjured}}}}
	if got := ask("attaque", some); len(got.Rows) != 0 || read > 13_000 {
		t.Errorf("%v after reading %d", got.Rows, read)
	}
}
