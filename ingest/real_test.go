package ingest_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tarikh/ingest"
	"tarikh/timeline"
)

// tally is what came of a whole file.
type tally struct {
	records map[timeline.Kind]int
	notes   map[string]int // rows that have one of the rule
	refused []string
	ended   error
}

// taken reads a file whole and checks every record by itself.
func taken(t *testing.T, s *ingest.Stream, each func(timeline.Incoming)) tally {
	t.Helper()
	all := tally{records: map[timeline.Kind]int{}, notes: map[string]int{}}
	for in, err := range s.Records() {
		var wrong *timeline.LineError
		switch {
		case errors.As(err, &wrong):
			all.refused = append(all.refused, err.Error())
			continue
		case err != nil:
			all.ended = err
			continue
		}
		all.records[in.Record.Kind()]++
		if err := in.Record.Err(); err != nil {
			t.Fatalf("line %d: %v in %s", in.Line, err, asLine(t, in.Record))
		}
		seen := map[string]bool{}
		for _, n := range in.Notes {
			if !seen[n.Rule] {
				all.notes[n.Rule]++
			}
			seen[n.Rule] = true
		}
		if s.Foreign && !in.Meets {
			t.Fatalf("line %d: a record of a foreign file does not say that it meets others", in.Line)
		}
		if each != nil {
			each(in)
		}
	}
	return all
}

// real opens a file of the folder of real data, or skips.
func real(t testing.TB, name string) *ingest.Stream {
	t.Helper()
	folder := os.Getenv("TARIKH_DATA")
	if folder == "" {
		folder = os.Getenv("TIMELINE_DATA")
	}
	if folder == "" {
		folder = filepath.Join("..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(folder, filepath.FromSlash(name)))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("the real data is not here: TIMELINE_DATA names its folder")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	s, err := ingest.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryRowOfTheRealFilesBecomesItsRecord(t *testing.T) {
	tests := []struct {
		file, format string
		kind         timeline.Kind
		want         int
		notes        map[string]int
	}{
		{"ucdp/Mali.csv", "UCDP GED", timeline.KindEvent, 2120,
			map[string]int{"figure-order": 23, "lists-differ": 4, "source-before-event": 31}},
		{"ucdp/Burkina.csv", "UCDP GED", timeline.KindEvent, 1504, nil},
		{"ucdp/ged231-sample1000.csv", "UCDP GED", timeline.KindEvent, 1000, nil},
		{"ucdp/ged241-mexico.csv.gz", "UCDP GED", timeline.KindEvent, 18957, nil},
		{"ucdp/ged241-myanmar.csv.gz", "UCDP GED", timeline.KindEvent, 7374, nil},
		{"ucdp/ged191-sample.csv", "UCDP GED", timeline.KindEvent, 3194, nil},
		{"ucdp/ucdp-actor-221.csv", "UCDP's actor list", timeline.KindActor, 1725, nil},
		{"gazetteer/geonames-ML-2023-10.txt.gz", "GeoNames", timeline.KindLocation, 24312 + 6, map[string]int{"unnamed-unit": 6}},
		{"timelinejs/all-media-types.json", "TimelineJS JSON", timeline.KindEvent, 41, nil},
		{"timelinejs/cosmo-mixed.json", "TimelineJS JSON", timeline.KindEvent, 11, nil},
		{"timelinejs/cosmo.json", "TimelineJS JSON", timeline.KindEvent, 7, nil},
		{"timelinejs/eras.json", "TimelineJS JSON", timeline.KindEvent, 20, nil},
		{"timelinejs/example.json", "TimelineJS JSON of version 2", timeline.KindEvent, 28, nil},
		{"timelinejs/houston_timeline2.json", "TimelineJS JSON of version 2", timeline.KindEvent, 18, nil},
		{"timelinejs/houston_timeline3.json", "TimelineJS JSON", timeline.KindEvent, 18, nil},
		{"timelinejs/republican_timeline3.json", "TimelineJS JSON", timeline.KindEvent, 13, nil},
		{"timelinejs/twain_marktwain.json", "TimelineJS JSON", timeline.KindEvent, 17, nil},
		{"timelinejs/user-interface_timeline2.json", "TimelineJS JSON of version 2", timeline.KindEvent, 22, nil},
		{"timelinejs/user-interface_timeline3.json", "TimelineJS JSON", timeline.KindEvent, 22, nil},
		{"timelinejs/women_in_computing.json", "TimelineJS JSON", timeline.KindEvent, 10, nil},
		{"timelinejs/my-own-timeline.csv", "TimelineJS sheet", timeline.KindEvent, 10, nil},
		{"timelinejs/women_in_computing.csv", "TimelineJS sheet", timeline.KindEvent, 10, nil},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			s := real(t, tt.file)
			if s.Format != tt.format {
				t.Fatalf("it was taken for %s", s.Format)
			}
			got := taken(t, s, nil)
			if got.ended != nil || len(got.refused) > 0 || got.records[tt.kind] != tt.want {
				t.Errorf("%v, ended by %v, %d refused: %.5q", got.records, got.ended, len(got.refused), got.refused)
			}
			for rule, n := range tt.notes {
				if got.notes[rule] != n {
					t.Errorf("%d rows have the note %s, want %d", got.notes[rule], rule, n)
				}
			}
			t.Log(got.records, got.notes)
		})
	}
}

func TestATableThatIsNoTimelineIsRefusedAsUnknown(t *testing.T) {
	folder := os.Getenv("TIMELINE_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(folder, "timelinejs", "parser_test.csv"))
	if err != nil {
		t.Skip("the real data is not here: TIMELINE_DATA names its folder")
	}
	defer f.Close()
	_, err = ingest.Open(f)
	if timeline.CodeOf(err) != timeline.CodeInvalid || !strings.HasPrefix(err.Error(), "line 1: this is no format") {
		t.Error(err)
	}
}
