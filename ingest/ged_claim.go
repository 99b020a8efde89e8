package ingest

import (
	"fmt"

	"tarikh/timeline"
)

// gedFigures are the numbers of a row, as it gives them.
type gedFigures struct {
	total timeline.Range
	parts []gedPart
	notes []timeline.Problem
}

// gedPart is how many of the best figure were of one sort.
type gedPart struct {
	victims string
	killed  int
}

// gedToll reads the numbers of a row. An order other than low, best, high is kept and noted.
func gedToll(r row) (gedFigures, error) {
	var f gedFigures
	for _, n := range []struct {
		to      **int
		columns []string
	}{
		{&f.total.Low, []string{"low", "low_est"}},
		{&f.total.Best, []string{"best", "best_est"}},
		{&f.total.High, []string{"high", "high_est"}},
	} {
		read, err := r.count(n.columns...)
		if err != nil {
			return f, err
		}
		*n.to = read
	}
	for _, p := range []struct{ column, victims string }{
		{"deaths_a", "side A: " + r.cell("side_a")},
		{"deaths_b", "side B: " + r.cell("side_b")},
		{"deaths_civilians", "civilians"},
		{"deaths_unknown", "not known who"},
	} {
		n, err := r.count(p.column)
		if err != nil {
			return f, err
		}
		if n != nil && *n > 0 {
			f.parts = append(f.parts, gedPart{p.victims, *n})
		}
	}
	f.notes = figureOrder(f.total)
	return f, nil
}

// figureOrder notes numbers that are not in order.
func figureOrder(g timeline.Range) []timeline.Problem {
	last := -1
	for _, n := range []*int{g.Low, g.Best, g.High} {
		if n == nil {
			continue
		}
		if *n < last {
			return noted("figure-order", "low, best, high",
				"low %s, best %s, high %s are not in order; kept as they are",
				number(g.Low), number(g.Best), number(g.High))
		}
		last = *n
	}
	return nil
}

// number writes a count, or that there is none.
func number(n *int) string {
	if n == nil {
		return "none"
	}
	return fmt.Sprint(*n)
}

// claims are the row's figures: how many were killed in all, and of each sort, which the total
// counts already.
func (g *ged) claims(id string, f gedFigures) []timeline.ClaimRecord {
	claim := timeline.ClaimRecord{Kind: timeline.ClaimKilled, Status: timeline.ClaimCurrent,
		DatasetRow: id, Vintage: g.out.options.Version}
	all := make([]timeline.ClaimRecord, 0, 1+len(f.parts))
	total := claim
	source := g.out.dataset
	total.Source, total.Range = &source, &f.total
	all = append(all, total)
	for _, p := range f.parts {
		part, source := claim, g.out.dataset
		part.Source, part.Victims, part.Included = &source, p.victims, true
		part.Range = &timeline.Range{Best: &p.killed}
		all = append(all, part)
	}
	return all
}
