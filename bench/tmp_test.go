package bench_test

import (
	"testing"
	"tarikh/db"
	"tarikh/edtf"
	"tarikh/timeline"
)

func BenchmarkTmp(b *testing.B) {
	s := openSearching(b, 100000)
	rare, common := "abaisa", "fighting"
	from, to := edtf.MustParse("2012"), edtf.MustParse("2014")
	when := &timeline.TimeWhere{From: &from, To: &to}
	where := &timeline.PlaceWhere{Within: []string{s.placeCalled(b, "Mali")}}
	plain := s.newest(b, `"abaisa"`)
	run := func(name string, f func()) { b.Run(name, func(b *testing.B) { for b.Loop() { f() } }) }
	run("plain", func() { plain() })
	run("view", func() { s.view(func(v *db.View) ([]int64, error) { return nil, nil }) })
	run("rare", func() { s.view(s.events(&timeline.EventWhere{Text: &rare})) })
	run("common", func() { s.view(s.events(&timeline.EventWhere{Text: &common})) })
	run("place", func() { s.view(s.events(&timeline.EventWhere{Place: where, Time: when})) })
	run("commonplace", func() { s.view(s.events(&timeline.EventWhere{Text: &common, Place: where, Time: when})) })
	run("search", func() { s.view(s.search(rare, timeline.SearchEvents)) })
}
