package index_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/timeline"
)

// synthetic is n events over 25 years, 200 locations in three levels and 300 actors, the same for
// every run.
func synthetic(n int) index.Changes {
	r := rand.New(rand.NewPCG(1, 2))
	var c index.Changes
	for row := range int64(200) {
		l := &index.Location{Parent: row / 10, Refs: []string{fmt.Sprint("l-", row+1)}}
		l.Row, l.ID = row+1, fmt.Sprint("lo_", row+1)
		c.Locations = append(c.Locations, l)
	}
	for row := range int64(300) {
		a := &index.Actor{Refs: []string{fmt.Sprint("a-", row+1)}}
		a.Row, a.ID = row+1, fmt.Sprint("ac_", row+1)
		c.Actors = append(c.Actors, a)
	}
	c.Sources = []*index.Source{{Row: 1, ID: "so_1"}}
	types := []string{"battle", "attack_on_civilians", "remote_violence", "visit"}
	base, _ := edtf.ParseDay("2000-01-01")
	for row := range int64(n) {
		v := edtf.MustParse((base + edtf.Day(r.IntN(9000))).String())
		id := timeline.DeriveID(timeline.KindEvent, fmt.Sprint(row))
		c.Events = append(c.Events, &index.Event{
			Row: row + 1, ID: id, Refs: []string{id, fmt.Sprint("e-", row)}, Time: timeline.NewTime(v),
			Type: types[r.IntN(len(types))], Updated: r.Int64(),
			Titles:    []index.Title{{Lang: "en", Folded: fmt.Sprint("event ", r.IntN(n))}},
			Places:    []index.Place{{Location: 1 + r.Int64N(200), Role: timeline.RoleSite, Precision: timeline.PlaceExact}},
			Citations: []int64{1},
			Participants: []index.Participant{
				{Actor: 1 + r.Int64N(300), Role: timeline.RolePerpetrator},
				{Actor: 1 + r.Int64N(300), Role: timeline.RoleTarget}},
			Claims: []index.Claim{{ID: id + "c", Kind: timeline.ClaimKilled, Status: timeline.ClaimCurrent, Source: 1,
				Low: r.IntN(3), Best: r.IntN(20), High: 30, ReportedOn: edtf.DistantPast, DatasetRow: "1", Vintage: "24.1"}},
		})
	}
	return c
}

func BenchmarkSelect(b *testing.B) {
	x := index.New().With(synthetic(100_000))
	from, to, five := edtf.MustParse("2012"), edtf.MustParse("2015"), 5
	place := &timeline.PlaceWhere{Within: []string{"l-2"}}
	window := &timeline.TimeWhere{From: &from, To: &to}
	for _, c := range []struct {
		name string
		q    index.Question
	}{
		{"all", index.Question{}},
		{"time and place", index.Question{Where: &timeline.EventWhere{Time: window, Place: place}}},
		{"place, actor and type", index.Question{Where: &timeline.EventWhere{Place: place, Type: []string{"violence"},
			Actor: &timeline.ActorRefWhere{Any: []string{"a-7"}}}}},
		{"at least five killed", index.Question{Where: &timeline.EventWhere{Casualties: &timeline.CasualtyWhere{AtLeast: &five}}}},
		{"all by title", index.Question{Order: []*timeline.EventOrder{{Field: timeline.OrderTitle}}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := x.Select(c.q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPageOfASelection(b *testing.B) {
	s, err := index.New().With(synthetic(100_000)).Select(index.Question{})
	if err != nil {
		b.Fatal(err)
	}
	n := 50
	after := cursorOfRow(b, s, 400)
	for b.Loop() {
		if _, err := s.Page(timeline.Page{First: &n, After: &after}); err != nil {
			b.Fatal(err)
		}
	}
}

func cursorOfRow(b *testing.B, s *index.Selection, i int) string {
	n := i + 1
	slice, err := s.Page(timeline.Page{First: &n})
	if err != nil {
		b.Fatal(err)
	}
	return slice.Cursor(i)
}

func BenchmarkTotalOfASelection(b *testing.B) {
	s, err := index.New().With(synthetic(100_000)).Select(index.Question{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Casualties(timeline.ClaimKilled, timeline.RuleRange); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWithOneChange(b *testing.B) {
	c := synthetic(100_000)
	x := index.New().With(c)
	changed := *c.Events[50_000]
	changed.Time = timeline.NewTime(edtf.MustParse("2012"))
	b.ReportAllocs()
	for b.Loop() {
		x.With(index.Changes{Revision: 1, Events: []*index.Event{&changed}})
	}
}

func BenchmarkFirstLoad(b *testing.B) {
	c := synthetic(100_000)
	b.ReportAllocs()
	for b.Loop() {
		index.New().With(c)
	}
}
