package ingest

import (
	"strings"

	"tarikh/timeline"
)

// sheetClaims are the row's figures of killed and injured.
func sheetClaims(r row) ([]timeline.ClaimRecord, error) {
	var all []timeline.ClaimRecord
	for _, kind := range []timeline.ClaimKind{timeline.ClaimKilled, timeline.ClaimInjured} {
		var g timeline.Range
		for _, n := range []struct {
			to   **int
			name string
		}{{&g.Low, "low"}, {&g.Best, "best"}, {&g.High, "high"}} {
			read, err := r.count(strings.ToLower(string(kind)) + "_" + n.name)
			if err != nil {
				return nil, err
			}
			*n.to = read
		}
		if g != (timeline.Range{}) {
			all = append(all, timeline.ClaimRecord{Kind: kind, Status: timeline.ClaimCurrent, Range: &g})
		}
	}
	return all, nil
}

// sourced says who makes the claims: the row's source, else the table itself.
func (s *sheet) sourced(
	claims []timeline.ClaimRecord, id string, by timeline.Ref,
) []timeline.ClaimRecord {
	for i := range claims {
		source := by
		claims[i].Source, claims[i].DatasetRow, claims[i].Vintage = &source, id, s.out.options.Version
	}
	return claims
}

// cited are the row's source, where it names one, and the table itself.
func (s *sheet) cited(r row) []timeline.CitationRecord {
	var all []timeline.CitationRecord
	address, err := timeline.ParseURL(r.cell("source_url"))
	if err != nil {
		address = ""
	}
	title := orWord(r.cell("source_title"), string(address))
	ref, ok := s.out.article(r.line, timeline.SourceArticle, r.cell("source_publisher"),
		r.cell("source_date"), title, address)
	if ok {
		all = append(all, timeline.CitationRecord{Source: ref})
	}
	return append(all, timeline.CitationRecord{Source: s.out.dataset})
}
