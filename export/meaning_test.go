package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tarikh/export"
	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

// resolved makes items of random records: every event with the rows of all that the set holds.
func resolved(records []*timeline.Record) []*export.Item {
	var places []export.Place
	var actors []*timeline.Actor
	var sources []*timeline.SourceRecord
	var all []*export.Item
	for _, r := range records {
		switch {
		case r.Source != nil:
			sources = append(sources, r.Source)
		case r.Location != nil:
			l := r.Location
			places = append(places, export.Place{Location: &timeline.Location{ID: l.ID, Key: l.Key,
				Names: l.Names, Kind: l.Kind, Point: l.Point, Identifiers: l.Identifiers}})
		case r.Actor != nil:
			a := r.Actor
			actors = append(actors, &timeline.Actor{ID: a.ID, Key: a.Key, Names: a.Names, Kind: a.Kind,
				Generic: a.Generic, Identifiers: a.Identifiers})
		case r.Event != nil:
			all = append(all, &export.Item{Event: r.Event, Places: places, Actors: actors, Sources: sources})
		}
	}
	return slices.DeleteFunc(all, func(it *export.Item) bool { return !it.PassedOn() })
}

// rows reads a table back; objects reads NDJSON back.
func rows(t *rapid.T, file []byte) []map[string]string {
	all, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var named []map[string]string
	for _, row := range all[1:] {
		m := map[string]string{}
		for i, c := range row {
			m[all[0][i]] = c
		}
		named = append(named, m)
	}
	return named
}

func objects(t *rapid.T, file []byte) []map[string]any {
	var all []map[string]any
	for line := range bytes.Lines(file) {
		d := json.NewDecoder(bytes.NewReader(line))
		d.UseNumber()
		var m map[string]any
		if err := d.Decode(&m); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		all = append(all, m)
	}
	return all
}

// said is a JSON value as CSV writes it.
func said(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func TestCSVAndNDJSONSayWhatTheRecordSays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := resolved(recordtest.Records(6).Draw(rt, "records"))
		for _, it := range all {
			it.Figure = rapid.SampledFrom([]*timeline.Casualties{nil, killed(0, 0, 0, false), killed(3, -1, 9, true)}).Draw(rt, "figure")
		}
		table := rows(rt, written(t, "csv", meta(), export.Options{}, all))
		flat := objects(rt, written(t, "ndjson", meta(), export.Options{}, all))
		if len(table) != len(all) || len(flat) != len(all) {
			rt.Fatalf("%d rows and %d objects of %d events", len(table), len(flat), len(all))
		}
		for i, it := range all {
			for name, v := range flat[i] {
				if s := said(v); strings.ReplaceAll(s, "\r\n", "\n") != table[i][name] {
					rt.Errorf("%s is %q in NDJSON and %q in CSV", name, s, table[i][name])
				}
			}
			for name, want := range expected(it) {
				if got := table[i][name]; got != want {
					rt.Errorf("%s of %s is %q, want %q", name, it.Event.Key, got, want)
				}
			}
		}
	})
}

// expected is what the record says, written down without the code under test.
func expected(it *export.Item) map[string]string {
	e := it.Event
	m := map[string]string{"id": e.ID, "key": e.Key, "time": e.Time.String(), "type": e.Type,
		"status": string(e.Status), "sensitive": strconv.FormatBool(e.Sensitive),
		"killed_low": "", "killed_best": "", "killed_high": ""}
	for name, d := range map[string]interface{ Finite() bool }{
		"start_earliest": e.Time.Start().First, "start_latest": e.Time.Start().Last,
		"end_earliest": e.Time.End().First, "end_latest": e.Time.End().Last} {
		m[name] = ""
		if d.Finite() {
			m[name] = fmt.Sprint(d)
		}
	}
	for _, t := range e.Titles {
		if t.Lang == "ar" || t.Lang == "fr" || t.Lang == "en" {
			m["title_"+string(t.Lang)] = t.Text
		}
	}
	var identifiers []string
	for _, i := range e.Identifiers {
		identifiers = append(identifiers, i.String())
	}
	m["identifiers"] = strings.Join(identifiers, "; ")
	if c := it.Figure; c != nil {
		for name, n := range map[string]*int{"killed_low": c.Low, "killed_best": c.Best, "killed_high": c.High} {
			if n != nil {
				m[name] = strconv.Itoa(*n)
			}
		}
	}
	return m
}

func TestNullZeroAndNotReportedDiffer(t *testing.T) {
	for _, tt := range []struct{ key, want string }{
		{"takeover", `"killed_low":0,"killed_best":0,"killed_high":0`},         // somebody says nobody died
		{"battle", `"killed_low":4,"killed_best":null,"killed_high":12`},       // no best that all agree on
		{"undated", `"killed_low":null,"killed_best":null,"killed_high":null`}, // claimed without a number …
		{"undated", `"killed_open":null,"killed_claims":1`},                    // … by somebody
		{"siege", `"killed_open":null,"killed_claims":0`},                      // nobody speaks of killed
		{"foreign", `"killed_low":100,"killed_best":null,"killed_high":100`},   // at least a hundred …
		{"foreign", `"killed_open":true`},                                      // … and perhaps more
		{"siege", `"end_earliest":"2023-08-08","end_latest":null`},             // no end
		{"undated", `"start_earliest":null,"start_latest":null,"end_earliest":null,"end_latest":null`},
	} {
		got := string(written(t, "ndjson", meta(), export.Options{}, one(tt.key)))
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s lacks %s:\n%s", tt.key, tt.want, got)
		}
	}
}

func TestAListCanBeTakenApart(t *testing.T) {
	file := string(written(t, "ndjson", meta(), export.Options{}, one("takeover")))
	if want := `"tags":"timbuktu-city; a\\;b"`; !strings.Contains(file, want) {
		t.Errorf("lacks %s: %s", want, file)
	}
}

func TestWhatIsRepeatedInEveryFormatIsTheTimeAsEDTF(t *testing.T) {
	for _, f := range export.Formats() {
		got := string(written(t, f.Name, meta(), export.Options{}, one("formula")))
		if !strings.Contains(got, "2014-05~") {
			t.Errorf("%s loses that May 2014 is approximate:\n%s", f.Name, got)
		}
		if f.Name != "lines" && !strings.Contains(got, "CC-BY-4.0") && !strings.Contains(got, "licenses/by/4.0") &&
			f.Name != "timemap.json" {
			t.Errorf("%s names no licence:\n%s", f.Name, got)
		}
	}
}

func TestColumnsAreDocumentedOnceEach(t *testing.T) {
	first := "id,key,time,start_earliest,start_latest,end_earliest,end_latest,precision,display,type,status," +
		"title_ar,title_fr,title_en,summary_ar,summary_fr,summary_en,location,location_kind,country,region,lat,lon," +
		"place_precision,place_words,participants,killed_low,killed_best,killed_high,killed_rule,contested,claims," +
		"sources,identifiers,tags,licence,attribution"
	var got []string
	for _, c := range export.Columns() {
		if slices.Contains(got, c.Name) || c.About == "" || strings.HasSuffix(c.About, ".") {
			t.Errorf("column %s: about %q", c.Name, c.About)
		}
		got = append(got, c.Name)
	}
	if !strings.HasPrefix(strings.Join(got, ","), first) {
		t.Errorf("the order of the columns changed: %s", strings.Join(got, ","))
	}
}
