package ingest_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tarikh/ingest"
	"tarikh/timeline"
)

var update = flag.Bool("update", false, "write the goldens anew")

// fixtures are small files that we invented, in the layouts of others.
func fixtures() []struct {
	file, format string
	options      ingest.Options
} {
	return []struct {
		file, format string
		options      ingest.Options
	}{
		{"ged-49.csv", "UCDP GED", ingest.Options{Version: "24.1"}},
		{"ged-47.csv", "UCDP GED", ingest.Options{}},
		{"ged-42.csv", "UCDP GED", ingest.Options{Dataset: "our-copy", Version: "19.1"}},
		{"ged-candidate.csv", "UCDP GED Candidate without a header", ingest.Options{Format: "ucdp-ged-candidate"}},
		{"ucdp-actors.csv", "UCDP's actor list", ingest.Options{}},
		{"acled-new.csv", "ACLED CSV", ingest.Options{}},
		{"acled-old.csv", "ACLED CSV", ingest.Options{}},
		{"acled-api.json", "ACLED JSON", ingest.Options{}},
		{"timelinejs.json", "TimelineJS JSON", ingest.Options{}},
		{"timelinejs-v2.json", "TimelineJS JSON of version 2", ingest.Options{Dataset: "old-story"}},
		{"timelinejs-sheet.csv", "TimelineJS sheet", ingest.Options{}},
		{"timemap.json", "TimeMap JSON", ingest.Options{}},
		{"timemap-api.json", "TimeMap JSON", ingest.Options{}},
		{"followthemoney.jsonl", "FollowTheMoney", ingest.Options{}},
		{"points.geojson", "GeoJSON", ingest.Options{}},
		{"geonames.txt", "GeoNames", ingest.Options{}},
		{"sheet.csv", "a spreadsheet as CSV", ingest.Options{Dataset: "my-table"}},
	}
}

func TestEveryFormatBecomesTheRecordsThatItsGoldenSays(t *testing.T) {
	for _, f := range fixtures() {
		t.Run(f.file, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("testdata", f.file))
			if err != nil {
				t.Fatal(err)
			}
			s, err := ingest.OpenAs(strings.NewReader(string(text)), f.options)
			if err != nil {
				t.Fatal(err)
			}
			if s.Format != f.format || !s.Foreign {
				t.Errorf("it was taken for %s", s.Format)
			}
			got := retold(t, s)
			name := filepath.Join("testdata", f.file+".golden")
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// retold is what came of a stream: a line for each record, each note and each mistake. Every
// record must be right by itself.
func retold(t *testing.T, s *ingest.Stream) string {
	t.Helper()
	var b strings.Builder
	for in, err := range s.Records() {
		var wrong *timeline.LineError
		switch {
		case errors.As(err, &wrong):
			fmt.Fprintf(&b, "refused %v\n", err)
			continue
		case err != nil:
			fmt.Fprintf(&b, "ended %v\n", err)
			continue
		}
		if err := in.Record.Err(); err != nil {
			t.Errorf("line %d: %v", in.Line, err)
		}
		fmt.Fprintf(&b, "%d %s\n", in.Line, asLine(t, in.Record))
		for _, n := range in.Notes {
			fmt.Fprintf(&b, "  note %s\n", n)
		}
	}
	return b.String()
}
