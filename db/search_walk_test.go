package db

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"tarikh/timeline"
)

// Pages of events by text, walked to through the index of words, make up what the whole selection is,
// in both orders and directions, with times of every sort and while records are written.
func TestPagesByTextMakeUpTheWholeSelection(t *testing.T) {
	d := fresh(t)
	r := rand.New(rand.NewPCG(1, 9))
	when := func() string {
		return []string{"2012-04-01", "2012-04", "2012", "/", "2012-04-01/..", "../2012-04-01", "/2013", "-0500", "-0500-03", "-2000", "Y-13800000000",
			"Y90000", "../..", "2013-01-28~", "201X", fmt.Sprintf("20%02d-%02d-%02d", r.IntN(20), 1+r.IntN(12), 1+r.IntN(28)),
			fmt.Sprintf("20%02d-%02d", r.IntN(20), 1+r.IntN(12)), fmt.Sprintf("1%03d", r.IntN(900))}[r.IntN(18)]
	}
	some := func(i int) *timeline.Record {
		return event(fmt.Sprintf("e-%d", i), titled([]string{"Attaque", "Une attaque", "Marche", "Attaque, marche"}[r.IntN(4)], when()))
	}
	records := []*timeline.Record{source("paper")}
	for i := range 240 {
		records = append(records, some(i))
	}
	taken(t, d, records...)
	for range 6 {
		viewed(t, d, func(v *View) {
			for _, text := range []string{"attaque", "marche", "attaque marche", "attaq*"} {
				for _, by := range []timeline.Direction{timeline.Ascending, timeline.Descending} {
					asked := EventsAsked{Where: &timeline.EventWhere{Text: &text}, Order: []*timeline.EventOrder{{Field: timeline.OrderTime, Direction: &by}}}
					whole, err := v.SelectedRows(asked.Where, asked.Order)
					must(t, err)
					if len(whole) == 0 {
						t.Fatal("nothing is found")
					}
					for _, size := range []int{1 + r.IntN(9), 60} {
						for _, back := range []bool{false, true} {
							if got := pagesOf(t, d, asked, size, back); !slices.Equal(got, whole) {
								t.Fatalf("%q %s in pages of %d, backwards %v:\n%v\nwant\n%v", text, by, size, back, got, whole)
							}
						}
					}
				}
			}
		})
		taken(t, d, some(r.IntN(240)), some(r.IntN(300)))
		must(t, remove(d, timeline.KindEvent, fmt.Sprintf("e-%d", r.IntN(3)*80+r.IntN(80))))
	}
}

// pagesOf is the rows of all pages of a question, each asked for in a view of its own.
func pagesOf(t failer, d *DB, asked EventsAsked, size int, back bool) (rows []int64) {
	t.Helper()
	asked.Page = timeline.Page{First: &size}
	if back {
		asked.Page = timeline.Page{Last: &size}
	}
	for more := true; more; {
		v, err := d.View(context.Background())
		must(t, err)
		c, err := v.Events(asked)
		must(t, err)
		v.Close()
		if back {
			rows = append(slices.Clone(c.Rows), rows...)
			asked.Page.Before, more = c.PageInfo.StartCursor, c.PageInfo.HasPreviousPage
		} else {
			rows = append(rows, c.Rows...)
			asked.Page.After, more = c.PageInfo.EndCursor, c.PageInfo.HasNextPage
		}
		if more && len(c.Rows) != size {
			t.Fatalf("a page of %d of %d, and more beyond it", len(c.Rows), size)
		}
	}
	return rows
}
