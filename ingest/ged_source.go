package ingest

import (
	"regexp"
	"slices"
	"strings"

	"tarikh/timeline"
)

// gedArticle is what a row says of one of its sources.
type gedArticle struct{ office, date, headline string }

// citations are the dataset itself and the articles that the row lists.
func (g *ged) citations(r row, id string, when gedWhen) ([]timeline.CitationRecord, []timeline.Problem) {
	all := []timeline.CitationRecord{{Source: g.out.dataset, Locator: "GED id " + id}}
	articles, notes := gedArticles(r)
	early := ""
	for _, a := range articles {
		if day, ok := readDay(a.date); ok && day < when.start && early == "" {
			early = a.date
		}
		ref, ok := g.out.article(r.line, timeline.SourceArticle, a.office, a.date, a.headline, "")
		if ok && !cites(all, ref) {
			all = append(all, timeline.CitationRecord{Source: ref})
		}
	}
	if early != "" {
		notes = append(notes, note("source-before-event", "source_date",
			"a source is dated %s, before the event began on %s", clipped(early), when.start))
	}
	return all, notes
}

func cites(all []timeline.CitationRecord, ref timeline.Ref) bool {
	return slices.ContainsFunc(all, func(c timeline.CitationRecord) bool {
		return c.Source.Ref == ref.Ref
	})
}

// gedArticles reads the parallel lists of a row. Where they do not agree, the list of whole
// articles tells; old rows have only that, as a text of no certain form.
func gedArticles(r row) ([]gedArticle, []timeline.Problem) {
	offices, dates := r.cell("source_office"), r.cell("source_date")
	headlines := r.cell("source_headline")
	if offices == "" && dates == "" && headlines == "" {
		return wholeArticles(r.cell("source_article")), nil
	}
	n := strings.Count(offices, ";")
	if strings.Count(dates, ";") != n || strings.Count(headlines, ";") != n {
		return wholeArticles(r.cell("source_article")), noted("lists-differ",
			"source_office, source_date, source_headline",
			"the lists name %d offices, %d dates and %d headlines",
			n+1, strings.Count(dates, ";")+1, strings.Count(headlines, ";")+1)
	}
	all := make([]gedArticle, 0, n+1)
	for range n + 1 {
		var a gedArticle
		a.office, offices, _ = strings.Cut(offices, ";")
		a.date, dates, _ = strings.Cut(dates, ";")
		a.headline, headlines, _ = strings.Cut(headlines, ";")
		all = append(all, a)
	}
	return all, nil
}

// articleDate is the date between the office and the headline of a whole article.
var articleDate = regexp.MustCompile(`,\s*(\d{4}-\d{2}-\d{2}),`)

// wholeArticles reads source_article: "office,date,headline" in quotation marks, between
// semicolons. What has no date in it is a headline.
func wholeArticles(list string) []gedArticle {
	if list == "" {
		return nil
	}
	var all []gedArticle
	for piece := range strings.SplitSeq(list, `";"`) {
		piece = strings.TrimSpace(strings.Trim(strings.TrimSpace(piece), `"`))
		if piece == "" {
			continue
		}
		at := articleDate.FindStringSubmatchIndex(piece)
		if at == nil {
			all = append(all, gedArticle{headline: piece})
			continue
		}
		all = append(all, gedArticle{piece[:at[0]], piece[at[2]:at[3]], piece[at[1]:]})
	}
	return all
}
