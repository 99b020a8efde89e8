package bench_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tarikh/dataset"
	"tarikh/db"
	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// pair is one row of names/testdata/pairs.tsv, whose head says what the columns mean.
type pair struct{ a, b, must, how string }

func pairs(b testing.TB) []pair {
	b.Helper()
	file, err := os.Open(filepath.Join("..", "names", "testdata", "pairs.tsv"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var all []pair
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) != 4 || strings.HasPrefix(cells[0], "#") || cells[0] == "a" {
			continue
		}
		for i := range cells {
			if strings.Contains(cells[i], `\u`) {
				if cells[i], err = strconv.Unquote(`"` + cells[i] + `"`); err != nil {
					b.Fatal(err)
				}
			}
		}
		all = append(all, pair{cells[0], cells[1], cells[2], cells[3]})
	}
	return all
}

// turned is the pairs the other way round.
func turned(all []pair) []pair {
	other := make([]pair, len(all))
	for i, p := range all {
		other[i] = pair{p.b, p.a, p.must, p.how}
	}
	return other
}

// shippedWith looks at the shipped record with an event for each pair, whose only text is the second.
func shippedWith(b testing.TB, all []pair) *db.View {
	b.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, filepath.Join(b.TempDir(), "pairs.db"), db.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(d.Close)
	report, err := d.Import(ctx, timeline.Change{By: "bench", Bulk: true}, func(yield func(timeline.Incoming, error) bool) {
		for r, err := range dataset.Records() {
			if !yield(timeline.Incoming{Record: r}, err) {
				return
			}
		}
		paper := &timeline.SourceRecord{Kind: timeline.SourceOther, Title: timeline.Text{Lang: "en", Text: "Pairs"}}
		paper.Key = "pairs"
		if !yield(timeline.Incoming{Record: &timeline.Record{Source: paper}}, nil) {
			return
		}
		for i, p := range all {
			e := &timeline.EventRecord{Type: "other", Status: timeline.StatusReported, Time: edtf.MustParse("2012"),
				Titles:    []timeline.Text{{Lang: "en", Text: p.b}},
				Citations: []timeline.CitationRecord{{Source: timeline.RefTo("pairs")}}}
			e.Key = fmt.Sprintf("pair-%d", i)
			if !yield(timeline.Incoming{Record: &timeline.Record{Event: e}}, nil) {
				return
			}
		}
	}, db.ImportOptions{})
	if err != nil || report.Rejected > 0 {
		b.Fatal(err, report.Problems)
	}
	v, err := d.View(ctx)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(v.Close)
	return v
}

// met is how well a search for the first of a pair finds the second: the event that prints it, or an
// actor or a place that is called so. Empty: not at all.
func met(b testing.TB, v *db.View, i int, p pair) timeline.MatchKind {
	b.Helper()
	best := len(timeline.MatchKinds())
	size := 500
	page := timeline.Page{First: &size}
	for {
		c, err := v.Search(db.SearchAsked{Text: p.a, Page: page})
		if err != nil {
			b.Fatalf("%q: %v", p.a, err)
		}
		edges, err := v.SearchEdges(context.Background(), c)
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range edges {
			if !meant(e.Node, i, p) {
				continue
			}
			m, err := v.SearchMatch(e)
			if err != nil {
				b.Fatal(err)
			}
			best = min(best, slices.Index(timeline.MatchKinds(), m.How))
		}
		if !c.PageInfo.HasNextPage {
			break
		}
		page.After = c.PageInfo.EndCursor
	}
	if best == len(timeline.MatchKinds()) {
		return ""
	}
	return timeline.MatchKinds()[best]
}

func meant(n timeline.Node, i int, p pair) bool {
	called := func(all []timeline.Name) bool {
		return slices.ContainsFunc(all, func(n timeline.Name) bool { return names.Fold(n.Text) == names.Fold(p.b) })
	}
	switch n := n.(type) {
	case *timeline.Event:
		return n.Key == fmt.Sprintf("pair-%d", i)
	case *timeline.Actor:
		return called(n.Names)
	case *timeline.Location:
		return called(n.Names)
	}
	return false
}

// better is the better of two ways of matching; empty is none.
func better(one, other timeline.MatchKind) timeline.MatchKind {
	for _, how := range timeline.MatchKinds() {
		if how == one || how == other {
			return how
		}
	}
	return ""
}

// BenchmarkPairs says how many of the pairs that must meet do, and of those that must not, asked for
// one by the other in either way: in the shipped record, by the search itself. It prints the table that docs/performance.md keeps, and what
// went wrong.
func BenchmarkPairs(b *testing.B) {
	all := pairs(b)
	back := turned(all)
	v, w := shippedWith(b, all), shippedWith(b, back)
	for b.Loop() {
		sum := map[string]map[timeline.MatchKind]int{"meet": {}, "not": {}}
		total := map[string]int{}
		for i, p := range all {
			if p.how == "fold" && p.must == "not" {
				continue // that one may stand in the other is no mistake of a search
			}
			how := better(met(b, v, i, p), met(b, w, i, back[i]))
			sum[p.must][how]++
			total[p.must]++
			found := how == timeline.MatchExact || how == timeline.MatchFolded || how == timeline.MatchAlias
			if found != (p.must == "meet") {
				fmt.Printf("  %s and %s must %s: %s\n", p.a, p.b, p.must, how)
			}
		}
		fmt.Println("| pairs | in all | EXACT | FOLDED | ALIAS | only proposed | not found |\n|---|--:|--:|--:|--:|--:|--:|")
		for _, must := range []string{"meet", "not"} {
			n := sum[must]
			fmt.Printf("| must %s | %d | %d | %d | %d | %d | %d |\n", must, total[must], n[timeline.MatchExact], n[timeline.MatchFolded],
				n[timeline.MatchAlias], n[timeline.MatchPrefix]+n[timeline.MatchSkeleton], n[""])
		}
		share := func(must string) float64 {
			n := sum[must]
			return 100 * float64(n[timeline.MatchExact]+n[timeline.MatchFolded]+n[timeline.MatchAlias]) / float64(total[must])
		}
		b.ReportMetric(share("meet"), "%recall")
		b.ReportMetric(share("not"), "%false")
	}
}
