package ingest

import "strings"

// Template is an empty spreadsheet as CSV: our columns and one example row, which is invented.
// It begins with the byte order mark, by which Excel knows UTF-8, and ends its lines as RFC 4180
// says.
func Template() []byte {
	example := map[string]string{
		"id": "1", "date": "2014-05-02", "end_date": "2014-05-04", "type": "battle", "status": "REPORTED",
		"title_en": "Clash near a village (invented)",
		"title_fr": "Affrontement près d’un village (inventé)",
		"title_ar": "اشتباك قرب قرية (مثال)", "summary_en": "Replace this row by your own.",
		"country": "Mali", "region": "Tombouctou", "place": "Example", "place_kind": "VILLAGE",
		"latitude": "16.70", "longitude": "-2.97", "precision": "NEAR",
		"actors": "First Example Group; Second Example Group", "killed_low": "4", "killed_high": "12",
		"source_title": "Example headline", "source_publisher": "Example Agency",
		"source_date": "2014-05-05", "source_url": "https://example.org/article", "tags": "example",
	}
	fields := Fields()
	cells := make([]string, len(fields))
	for i, f := range fields {
		cells[i] = example[f]
		if strings.ContainsAny(cells[i], ",\"") {
			cells[i] = `"` + strings.ReplaceAll(cells[i], `"`, `""`) + `"`
		}
	}
	return []byte("\uFEFF" + strings.Join(fields, ",") + "\r\n" + strings.Join(cells, ",") + "\r\n")
}
