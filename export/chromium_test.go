package export_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"tarikh/export"
)

// drawn is what TimelineJS made of a file.
type drawn struct {
	Errors []string
	Scale  string
	Title  struct{ Headline, Text string }
	Slides []struct {
		ID, Display, Group, Headline string
		Start, End                   []float64
	}
	Eras []struct {
		Headline   string
		Start, End []float64
	}
	Drawn   int
	Dates   [][]string // the words of each slide's date as they stand on the page, from the left
	Scripts int
	Foreign []string
}

// draw lets TimelineJS draw a file in Chromium.
func draw(t *testing.T, format string, m export.Meta, o export.Options, items []*export.Item) drawn {
	t.Helper()
	browser := os.Getenv("CHROMIUM")
	if browser == "" {
		browser = "/usr/bin/chromium"
	}
	if _, err := exec.LookPath(browser); err != nil {
		t.Skipf("TimelineJS did not draw the exports: there is no %s (CHROMIUM names another)", browser)
	}
	f, _ := export.ByName(format)
	var d drawn
	read(t, "timelinejs", f.Extension, written(t, format, m, o, items), &d)
	if len(d.Errors) > 0 || len(d.Foreign) > 0 || d.Scripts > 0 {
		t.Fatalf("errors %q, foreign requests %q, elements out of texts %d", d.Errors, d.Foreign, d.Scripts)
	}
	if d.Drawn != len(d.Slides)+1 {
		t.Errorf("%d slides drawn of %d and a title", d.Drawn, len(d.Slides))
	}
	return d
}

func TestTimelineJSDrawsOurJSONInArabic(t *testing.T) {
	d := draw(t, "timelinejs.json", meta(), export.Options{}, items())
	if len(d.Slides) != 9 || d.Scale != "human" {
		t.Fatalf("%d slides on the scale %s", len(d.Slides), d.Scale)
	}
	for _, s := range d.Slides {
		if s.Display == "" || s.Group == "" || s.ID != "شريحة-1" && !strings.HasPrefix(s.ID, "ev_") {
			t.Errorf("a slide reads %+v", s)
		}
	}
	if s := d.Slides[4]; !slices.Equal(s.Start, []float64{2014, 5, 2}) || !slices.Equal(s.End, []float64{2014, 5, 4}) {
		t.Errorf("the battle runs from %v to %v", s.Start, s.End)
	}
	if s := d.Slides[5]; !slices.Equal(s.End, []float64{2015, 12, 31}) {
		t.Errorf("the end of a year was eaten: %v", s.End)
	}
	if !slices.ContainsFunc(d.Dates, func(words []string) bool {
		return slices.Equal(words, []string{"2012", "أبريل", "1"})
	}) {
		t.Errorf("1 April 2012 does not stand from right to left: %q", d.Dates)
	}
	if len(d.Eras) != 3 {
		t.Errorf("eras %+v", d.Eras)
	}
	if !strings.Contains(d.Title.Text, "9 من أصل 1203") {
		t.Errorf("the title does not say how much is shown: %s", d.Title.Text)
	}
}

func TestTimelineJSDrawsOurCSV(t *testing.T) {
	d := draw(t, "timelinejs.csv", meta(), export.Options{}, items())
	if len(d.Slides) != 9 || len(d.Eras) != 3 || d.Title.Headline == "" {
		t.Errorf("%d slides, %d eras, title %q", len(d.Slides), len(d.Eras), d.Title.Headline)
	}
	if s := d.Slides[3]; s.Headline != "&#61;1+1" && s.Headline != "=1+1" {
		t.Errorf("the formula's headline reads %q", s.Headline)
	}
}

func TestTimelineJSDrawsCosmologicalYears(t *testing.T) {
	w := newWorld()
	old := &export.Item{Event: event("big-bang", "other", "Y-13800000000", items()[0].Event.Titles[0])}
	d := draw(t, "timelinejs.json", export.Meta{Lang: "fr"}, export.Options{}, []*export.Item{old, w.takeover()})
	if d.Scale != "cosmological" || len(d.Slides) != 2 || d.Slides[0].Start[0] != -13800000000 {
		t.Errorf("scale %s, slides %+v", d.Scale, d.Slides)
	}
}
