package export_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"tarikh/edtf"
	"tarikh/export"
	"tarikh/timeline"
)

// slideFile is as much of TimelineJS's JSON as these tests look at.
type slideFile struct {
	Events []struct {
		ID      string          `json:"unique_id"`
		Start   json.RawMessage `json:"start_date"`
		End     json.RawMessage `json:"end_date"`
		Display string          `json:"display_date"`
		Group   string          `json:"group"`
	}
	Eras  []struct{ Text struct{ Headline string } }
	Title struct {
		Text struct{ Headline, Text string }
	}
	Scale string
}

func slidesOf(t *testing.T, m export.Meta, o export.Options, items []*export.Item) slideFile {
	t.Helper()
	var f slideFile
	if err := json.Unmarshal(written(t, "timelinejs.json", m, o, items), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestDatesOfASlideHaveOneDepthAndAreNeverEaten(t *testing.T) {
	for _, tt := range []struct{ time, start, end string }{
		{"2012", `{"year":2012,"month":1,"day":1}`, `{"year":2012,"month":12,"day":31}`},
		{"2012-04", `{"year":2012,"month":4,"day":1}`, `{"year":2012,"month":4,"day":30}`},
		{"2012/2012-06", `{"year":2012,"month":1,"day":1}`, `{"year":2012,"month":6,"day":30}`},
		{"2012-04/2012-04-15", `{"year":2012,"month":4,"day":1}`, `{"year":2012,"month":4,"day":15}`},
		{"2012-04-01", `{"year":2012,"month":4,"day":1}`, ``},
		{"2012-04-01/2012-04-01", `{"year":2012,"month":4,"day":1}`, ``},
		{"2023-08-08/..", `{"year":2023,"month":8,"day":8}`, ``},
		{"../2012-04-06", `{"year":2012,"month":4,"day":6}`, ``},
		{"[..2012-04-06]", `{"year":2012,"month":4,"day":6}`, ``},
		{"-0043-03-15", `{"year":-43,"month":3,"day":15}`, ``},
		{"2012-21", `{"year":2012,"month":3,"day":1}`, `{"year":2012,"month":5,"day":31}`},
		{"2012-04-01T10:30:00Z", `{"year":2012,"month":4,"day":1,"hour":10,"minute":30,"second":0}`, ``},
	} {
		f := slidesOf(t, meta(), export.Options{}, []*export.Item{{Event: event("e", "battle", tt.time, timeline.Text{Lang: "ar", Text: "أ"})}})
		if got := f.Events[0]; string(got.Start) != tt.start || string(got.End) != tt.end {
			t.Errorf("%s is drawn from %s to %s, want %s to %s", tt.time, got.Start, got.End, tt.start, tt.end)
		}
	}
}

func TestASlideOfTimelineJSGoesBackAsItCame(t *testing.T) {
	for when, want := range map[string][2]string{
		"2012":                {`{"year":2012}`, ``},
		"2012-04":             {`{"year":2012,"month":4}`, ``},
		"2012/2014":           {`{"year":2012}`, `{"year":2014}`},
		"2012/2014-06":        {`{"year":2012}`, `{"year":2014,"month":6}`},
		"2012/2012-06":        {`{"year":2012,"month":1,"day":1}`, `{"year":2012,"month":6,"day":30}`}, // would be eaten
		"Y-13800000000/-4500": {`{"year":-13800000000}`, `{"year":-4500}`},
		"2012~":               {`{"year":2012,"month":1,"day":1}`, `{"year":2012,"month":12,"day":31}`}, // edited since
	} {
		it := one("slide")[0]
		it.Event.Time = edtf.MustParse(when)
		got := slidesOf(t, meta(), export.Options{}, []*export.Item{it}).Events[0]
		if got.ID != "شريحة-1" || got.Group != "معارك" || string(got.Start) != want[0] || string(got.End) != want[1] {
			t.Errorf("%s: %s %s %s %s, want %s", when, got.ID, got.Group, got.Start, got.End, want)
		}
	}
}

func TestArabicDatesAreIsolated(t *testing.T) {
	got := slidesOf(t, meta(), export.Options{}, one("takeover")).Events[0].Display
	if got != "\u20671 أبريل 2012\u2069" {
		t.Errorf("display_date is %q", got)
	}
	m := meta()
	m.Lang = "fr"
	if got := slidesOf(t, m, export.Options{}, one("takeover")).Events[0].Display; got != "1er avril 2012" {
		t.Errorf("display_date for a reader of French is %q", got)
	}
}

func TestTheTimelineIsCappedAndSaysSo(t *testing.T) {
	var many []*export.Item
	for i := range 300 {
		many = append(many, &export.Item{Event: event(fmt.Sprint("e-", i), "battle", "2012", timeline.Text{Lang: "en", Text: "x"})})
	}
	m := meta()
	m.Lang = "en"
	for asked, want := range map[int]int{0: 40, 1: 1, 200: 200, 1000: 200, -5: 40} {
		f := slidesOf(t, m, export.Options{Most: asked}, many)
		said := fmt.Sprintf("%d of 1203 events shown", want)
		if len(f.Events) != want || !strings.Contains(f.Title.Text.Text, said) {
			t.Errorf("asked for %d: %d slides, title says %s", asked, len(f.Events), f.Title.Text.Text)
		}
	}
}

func TestATimelineWithoutEventsHasATitleAndEras(t *testing.T) {
	f := slidesOf(t, export.Meta{Eras: meta().Eras, Lang: "fr"}, export.Options{}, nil)
	if f.Events == nil || len(f.Eras) != 3 || f.Title.Text.Headline != "Chronologie" || f.Scale != "human" {
		t.Errorf("%+v", f)
	}
}
