package export_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tarikh/export"
	"tarikh/ingest"
	"tarikh/timeline"
)

// foreignTimeline is a timeline as somebody makes one for TimelineJS.
const foreignTimeline = `{"title":{"text":{"headline":"خط","text":""}},"events":[
{"unique_id":"a-1","start_date":{"year":2012},"text":{"headline":"Une année","text":"<p>Texte & plus</p>"},"group":"معارك"},
{"unique_id":"ب","start_date":{"year":2012,"month":4},"end_date":{"year":2013,"month":1},"text":{"headline":"أشهر","text":""},"group":"A; B"},
{"unique_id":"c","start_date":{"year":2012,"month":4,"day":1},"end_date":{"year":2012,"month":4,"day":6},"text":{"headline":"Days","text":""}},
{"unique_id":"d","start_date":{"year":2014,"month":5,"day":2,"hour":16,"minute":30,"second":0},"text":{"headline":"Hour","text":""}},
{"unique_id":"e","start_date":{"year":-43,"month":3,"day":15},"text":{"headline":"Ides","text":""}},
{"unique_id":"f","start_date":{"year":2015},"end_date":{"year":2017,"month":3},"text":{"headline":"Depths","text":""}}],
"eras":[{"start_date":{"year":2012},"end_date":{"year":2013},"text":{"headline":"حقبة"}}]}`

// imported reads a file in and makes items of its events; the eras are those of its timeline.
func imported(t *testing.T, file string) ([]*export.Item, export.Meta) {
	t.Helper()
	in, err := ingest.Open(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var records []*timeline.Record
	var m export.Meta
	for r, err := range in.Records() {
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, r.Record)
		if r.Record.Timeline != nil {
			m.Eras, m.Title = r.Record.Timeline.Eras, r.Record.Timeline.Titles
		}
	}
	return resolved(records), m
}

// told is what must survive of a file of TimelineJS: ids, dates, groups, headlines and eras.
func told(t *testing.T, file []byte) []string {
	t.Helper()
	var f struct {
		Title        struct{ Text struct{ Headline string } }
		Events, Eras []struct {
			ID    string         `json:"unique_id"`
			Start map[string]any `json:"start_date"`
			End   map[string]any `json:"end_date"`
			Group string
			Text  struct{ Headline string }
		}
	}
	if err := json.Unmarshal(file, &f); err != nil {
		t.Fatal(err)
	}
	all := []string{f.Title.Text.Headline}
	for _, e := range f.Events {
		all = append(all, fmt.Sprint(e.ID, e.Start, e.End, e.Group, e.Text.Headline))
	}
	for _, e := range f.Eras {
		all = append(all, fmt.Sprint(e.Start, e.End, e.Text.Headline))
	}
	slices.Sort(all)
	return all
}

func TestATimelineGoesThroughTarikhAndComesBack(t *testing.T) {
	items, m := imported(t, foreignTimeline)
	m.Lang = "ar"
	back := written(t, "timelinejs.json", m, export.Options{}, items)
	equal(t, "what the timeline tells", told(t, back), told(t, []byte(foreignTimeline)))
	if !strings.Contains(string(back), "Texte &amp; plus") {
		t.Errorf("a text was lost: %s", back)
	}
	again, m2 := imported(t, string(back))
	if len(again) != len(items) || len(m2.Eras) != len(m.Eras) {
		t.Errorf("read again: %d events of %d, %d eras of %d", len(again), len(items), len(m2.Eras), len(m.Eras))
	}
	for i, it := range again {
		if it.Event.Time != items[i].Event.Time {
			t.Errorf("%s became %s", items[i].Event.Time, it.Event.Time)
		}
	}
}
