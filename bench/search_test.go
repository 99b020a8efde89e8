package bench_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"

	"tarikh/bench"
	"tarikh/db"
	"tarikh/edtf"
	"tarikh/timeline"
)

// searching is a large database with the plain way to ask its index of words.
type searching struct {
	d     *db.DB
	plain *sql.DB
	page  timeline.Page
}

// newestPlain is the plain FTS5 query for a page of the newest events that print words.
const newestPlain = "select rowid from event_words where event_words match ? order by rowid desc limit 51"

func openSearching(b *testing.B, n int) *searching {
	b.Helper()
	path := large(b, n)
	d, err := db.Open(context.Background(), path, db.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(d.Close)
	plain, err := sql.Open("sqlite", "file:"+path+"?mode=ro&_pragma=query_only(1)&_pragma=cache_size(-16384)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = plain.Close() })
	plain.SetMaxOpenConns(1)
	size := 50
	return &searching{d: d, plain: plain, page: timeline.Page{First: &size}}
}

// view runs one question as an operation does: in a view of its own.
func (s *searching) view(ask func(*db.View) ([]int64, error)) ([]int64, error) {
	v, err := s.d.View(context.Background())
	if err != nil {
		return nil, err
	}
	defer v.Close()
	return ask(v)
}

// events asks for the newest events of a filter, without how many there are.
func (s *searching) events(w *timeline.EventWhere) func(*db.View) ([]int64, error) {
	newest := timeline.Descending
	return func(v *db.View) ([]int64, error) {
		c, err := v.Events(db.EventsAsked{Where: w, Page: s.page,
			Order: []*timeline.EventOrder{{Field: timeline.OrderTime, Direction: &newest}}})
		if err != nil {
			return nil, err
		}
		return c.Rows, nil
	}
}

// counted asks for the same, and how many there are in all.
func (s *searching) counted(w *timeline.EventWhere) func(*db.View) ([]int64, error) {
	newest := timeline.Descending
	return func(v *db.View) ([]int64, error) {
		c, err := v.Events(db.EventsAsked{Where: w, Page: s.page,
			Order: []*timeline.EventOrder{{Field: timeline.OrderTime, Direction: &newest}}})
		if err != nil {
			return nil, err
		}
		_, err = c.TotalCount()
		return c.Rows, err
	}
}

// search asks for the first hits of a text, without how many there are.
func (s *searching) search(text string, kinds ...timeline.SearchKind) func(*db.View) ([]int64, error) {
	return func(v *db.View) ([]int64, error) {
		c, err := v.Search(db.SearchAsked{Text: text, Kinds: kinds, Page: s.page})
		if err != nil {
			return nil, err
		}
		return v.SearchRows(c), nil
	}
}

// newest asks the index of words alone.
func (s *searching) newest(b *testing.B, match string) func() ([]int64, error) {
	b.Helper()
	st, err := s.plain.Prepare(newestPlain)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = st.Close() })
	return func() ([]int64, error) {
		rows, err := st.Query(match)
		if err != nil {
			return nil, err
		}
		defer func() { _ = rows.Close() }()
		var all []int64
		for rows.Next() {
			var number int64
			if err := rows.Scan(&number); err != nil {
				return nil, err
			}
			all = append(all, number&(1<<27-1))
		}
		return all, rows.Err()
	}
}

// printedBy is a word that between so many events print.
func (s *searching) printedBy(b *testing.B, least, most int) string {
	b.Helper()
	rows, err := s.plain.Query("select text from word where length(text) > 5 order by text")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var words []string
	for rows.Next() {
		var w string
		if err := rows.Scan(&w); err != nil {
			b.Fatal(err)
		}
		words = append(words, w)
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	for at := 0; at < len(words); at += 1 + len(words)/5000 {
		n := 0
		err := s.plain.QueryRow("select count(*) from (select 1 from event_words where event_words match ? limit ?)", `"`+words[at]+`"`, most+1).Scan(&n)
		if err != nil {
			b.Fatal(err)
		}
		if n >= least && n <= most {
			return words[at]
		}
	}
	b.Fatal("no such word")
	return ""
}

// sameEvents fails where two pages are not of the same events. Within the last day of a page the plain
// query has an order of its own, so that some may differ there.
func sameEvents(b *testing.B, what string, one, other []int64) {
	b.Helper()
	shared := 0
	for _, row := range one {
		if slices.Contains(other, row) {
			shared++
		}
	}
	if len(one) == 0 || len(one) != min(len(other), 50) || shared < len(one)*9/10 {
		b.Errorf("%s: %d events, and the plain query gives %d, of which %d are the same", what, len(one), len(other), shared)
	}
}

// BenchmarkSearch measures pages of searches beside the plain FTS5 query for the same events, in
// turns, and prints the table that docs/performance.md keeps. BENCH_ROWS says over how many rows.
func BenchmarkSearch(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			s := openSearching(b, n)
			all := s.cases(b)
			for b.Loop() {
				results, err := bench.Interleave(9, 10, all...)
				if err != nil {
					b.Fatal(err)
				}
				fmt.Printf("%d rows\n", n)
				bench.Table(os.Stdout, results)
			}
		})
	}
}

func (s *searching) cases(b *testing.B) []bench.Case {
	// Each question by a common word has a word of its own: what is kept of one speeds up no other.
	const common, beginning, inPlace, counted = "fighting", "figh", "government", "civilians"
	rare := s.printedBy(b, 30, 60)
	text, few, there, kept := common, rare, inPlace, counted
	from, to := edtf.MustParse("2012"), edtf.MustParse("2014")
	when := &timeline.TimeWhere{From: &from, To: &to}
	where := &timeline.PlaceWhere{Within: []string{s.placeCalled(b, "Mali")}}
	var all []bench.Case
	add := func(name string, run func(*db.View) ([]int64, error), plain func() ([]int64, error)) {
		all = append(all, bench.Case{Name: name, Run: func() error { _, err := s.view(run); return err }})
		if plain == nil {
			return
		}
		one, err := s.view(run)
		if err != nil {
			b.Fatal(err)
		}
		other, err := plain()
		if err != nil {
			b.Fatal(err)
		}
		sameEvents(b, name, one, other)
		all = append(all, bench.Case{Name: "… plain FTS5", Run: func() error { _, err := plain(); return err }})
	}
	events := timeline.SearchEvents
	add("a rare word ("+rare+"), `events`", s.events(&timeline.EventWhere{Text: &few}), s.newest(b, `"`+rare+`"`))
	add("a rare word, `search`, told apart by how it is printed", s.search(rare, events), s.newest(b, `"`+rare+`"`))
	add("a common word ("+common+"), newest first, `search`", s.search(common, events), s.newest(b, `"`+common+`"`))
	add("a common word, newest first, `events`", s.events(&timeline.EventWhere{Text: &text}), s.newest(b, `"`+common+`"`))
	add("a beginning of four letters ("+beginning+"*)", s.search(beginning+"*", events), s.newest(b, beginning+"*"))
	add("a name while typing (tomb)", s.search("tomb", timeline.SearchActors, timeline.SearchLocations), nil)
	add("a place and a time (Mali, 2012 to 2014)", s.events(&timeline.EventWhere{Place: where, Time: when}), nil)
	add("a common word with that place and time", s.events(&timeline.EventWhere{Text: &there, Place: where, Time: when}), nil)
	add("a rare word with that place and time", s.events(&timeline.EventWhere{Text: &few, Place: where, Time: when}), nil)
	add("a common word's page and how many there are, once that is known", s.counted(&timeline.EventWhere{Text: &kept}), nil)
	add("… with that place and time", s.events(&timeline.EventWhere{Text: &kept, Place: where, Time: when}), nil)
	return all
}

func (s *searching) placeCalled(b *testing.B, name string) string {
	b.Helper()
	v, err := s.d.View(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	defer v.Close()
	c, err := v.Locations(&timeline.LocationWhere{Name: &name, Kind: []timeline.LocationKind{timeline.LocationCountry}}, nil, timeline.Page{})
	if err != nil || len(c.Nodes) == 0 {
		b.Fatal("no country is called ", name, err)
	}
	return c.Nodes[0].Key
}
