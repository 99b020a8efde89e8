package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tarikh/export"
	"tarikh/internal/npmtest"
)

// readers is the folder with other people's readers, their libraries installed.
func readers(t *testing.T) string {
	t.Helper()
	return npmtest.Install(t, "testdata/readers", "other people's readers of the exports")
}

// read lets a reader read a file and decodes what it says into to.
func read(t *testing.T, reader, extension string, file []byte, to any) {
	t.Helper()
	folder := readers(t)
	path := filepath.Join(t.TempDir(), "export."+extension)
	if err := os.WriteFile(path, file, 0o644); err != nil {
		t.Fatal(err)
	}
	node := exec.CommandContext(t.Context(), "node", "run.mjs", reader, path)
	node.Dir = folder
	out, err := node.Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			out = failed.Stderr
		}
		t.Fatalf("%s: %v\n%s", reader, err, out)
	}
	if err := json.Unmarshal(out, to); err != nil {
		t.Fatalf("%s: %v\n%s", reader, err, out)
	}
}

// times are the times of the items that are passed on and that keep accepts, in order.
func times(keep func(*export.Item) bool) []string {
	var all []string
	for _, it := range items() {
		if it.PassedOn() && keep(it) {
			all = append(all, it.Event.Time.String())
		}
	}
	return all
}

func whole(*export.Item) bool { return true }

func dated(it *export.Item) bool { return it.Event.Time.String() != "/" }

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestAGeoJSONCheckerFindsNothingWrong(t *testing.T) {
	var features []struct {
		ID    string
		Time  string
		Point []float64
	}
	read(t, "geojson", "geojson", written(t, "geojson", meta(), export.Options{}, items()), &features)
	var got []string
	placed := 0
	for _, f := range features {
		got = append(got, f.Time)
		if len(f.Point) == 2 {
			placed++
			if f.Point[0] > 0 || f.Point[1] < 16 {
				t.Errorf("%v is not longitude, latitude of Timbuktu", f.Point)
			}
		}
	}
	equal(t, "times", got, times(whole))
	if placed != 2 {
		t.Errorf("%d features have a point; only two events are placed exactly or nearly", placed)
	}
}

func TestACalendarParserReadsEveryDatedEvent(t *testing.T) {
	var calendar struct {
		Name   string
		Events []struct {
			UID, Title, Description, Start, End, EDTF string
			Whole                                     bool
			Geo                                       []float64
		}
		Comments []string
	}
	read(t, "ics", "ics", written(t, "ics", meta(), export.Options{}, items()), &calendar)
	var got []string
	for _, e := range calendar.Events {
		got = append(got, e.EDTF)
		if !e.Whole || !strings.Contains(e.Description, "EDTF: "+e.EDTF) {
			t.Errorf("%s: whole days %v, description %q", e.EDTF, e.Whole, e.Description)
		}
	}
	equal(t, "times", got, times(func(it *export.Item) bool { return dated(it) && it.Event.Key != "ancient" }))
	if e := calendar.Events[2]; e.Start != "2014-05-02" || e.End != "2014-05-05" || !slices.Equal(e.Geo, []float64{16.708, -2.97}) {
		t.Errorf("a battle of three days runs from %s to before %s at %v", e.Start, e.End, e.Geo)
	}
	if e := calendar.Events[1]; !strings.Contains(e.Description, items()[1].Event.Summaries[0].Text) {
		t.Errorf("the long Arabic summary came back as %q", e.Description)
	}
	if len(calendar.Comments) != 3 || !strings.Contains(calendar.Comments[0], ": 2") {
		t.Errorf("the calendar says at its end %q", calendar.Comments)
	}
}

func TestAFeedParserReadsEveryEntry(t *testing.T) {
	var feed struct {
		Title, Updated, Rights string
		Entries                []struct{ ID, Title, Updated, EDTF, Content, Rights string }
	}
	read(t, "atom", "atom", written(t, "atom", meta(), export.Options{}, items()), &feed)
	var got []string
	for _, e := range feed.Entries {
		got = append(got, e.EDTF)
		if !strings.HasPrefix(e.ID, "tag:tarikh,2026-01-01:ev_") || e.Rights == "" || e.Updated == "" {
			t.Errorf("an entry reads %+v", e)
		}
	}
	equal(t, "times", got, times(whole))
	if feed.Entries[2].Title != items()[2].Event.Titles[0].Text {
		t.Errorf("a title with markup came back as %q", feed.Entries[2].Title)
	}
	if feed.Updated != "2025-05-06T07:08:09Z" || !strings.Contains(feed.Rights, "CC-BY-4.0") {
		t.Errorf("updated %s, rights %s", feed.Updated, feed.Rights)
	}
}

func TestAJSONLDProcessorDropsNothing(t *testing.T) {
	var graph struct {
		Events []struct {
			ID, EDTF, Start, End string
			Names                map[string]string
		}
		Articles, Licences, Comments []string
		Points                       [][]float64
	}
	read(t, "jsonld", "jsonld", written(t, "jsonld", meta(), export.Options{}, items()), &graph)
	var got []string
	for _, e := range graph.Events {
		got = append(got, e.EDTF)
		if e.EDTF == "2012-04-01" && (e.Start != "2012-04-01" || e.Names["ar"] != "سقوط تمبكتو" || e.Names["en"] != "Fall of Timbuktu") {
			t.Errorf("the takeover reads %+v", e)
		}
	}
	want := times(whole)
	slices.Sort(got)
	slices.Sort(want)
	equal(t, "times", got, want)
	if len(graph.Articles) != 1 || len(graph.Points) != 2 || len(graph.Comments) != 2 {
		t.Errorf("articles %q, points %v, comments %q", graph.Articles, graph.Points, graph.Comments)
	}
	if !slices.Contains(graph.Licences, "https://creativecommons.org/licenses/by/4.0/") {
		t.Errorf("licences %q", graph.Licences)
	}
}

func TestTimeMapsClosedRulesHold(t *testing.T) {
	var file struct {
		Events []struct {
			Date, Latitude, Longitude, Comments string
		}
		Sources int
	}
	read(t, "timemap", "json", written(t, "timemap.json", meta(), export.Options{}, items()), &file)
	if len(file.Events) != 8 || file.Sources != 3 {
		t.Errorf("%d events, %d sources", len(file.Events), file.Sources)
	}
	if e := file.Events[2]; e.Date != "05/02/2014" || e.Latitude != "16.708" || e.Longitude != "-2.97" ||
		!strings.Contains(e.Comments, "2014-05-02/2014-05-04") {
		t.Errorf("the battle reads %+v", e)
	}
}

func TestTheStandardLibrarysCSVReadsEveryTable(t *testing.T) {
	for _, format := range []string{"csv", "xlsx.csv", "timelinejs.csv"} {
		file := written(t, format, meta(), export.Options{}, items())
		rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
		if err != nil {
			t.Errorf("%s: %v", format, err)
		}
		if want := len(times(whole)) + 1; format != "timelinejs.csv" && len(rows) != want {
			t.Errorf("%s has %d rows, want %d", format, len(rows), want)
		}
		if bytes.Count(file, []byte("\r\n")) != len(rows) {
			t.Errorf("%s does not end each of its rows with CR LF", format)
		}
	}
}
