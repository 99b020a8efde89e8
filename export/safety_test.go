package export_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"tarikh/export"
	"tarikh/timeline"
)

func TestWhatMayNotBePassedOnIsInNoFormat(t *testing.T) {
	for _, f := range export.Formats() {
		got := string(written(t, f.Name, meta(), export.Options{Most: 200, Centroids: true}, items()))
		for what, secret := range map[string]string{"the row of a forbidden dataset": "SECRETROW",
			"a forbidden claim": "987654", "the point of a sensitive event": "16.1111"} {
			if strings.Contains(got, secret) {
				t.Errorf("%s passes on %s", f.Name, what)
			}
		}
	}
}

func TestWhatIsLeftOutIsCounted(t *testing.T) {
	f, _ := export.ByName("csv")
	tail, err := export.Stream(f.New(io.Discard, export.Options{}), meta(), all(items()), nil)
	if want := (export.Tail{LeftOut: 1, Withheld: 1}); err != nil || tail != want {
		t.Errorf("%+v, %v, want %+v", tail, err, want)
	}
	tail, _ = export.Stream(f.New(io.Discard, export.Options{}), meta(), all(nil), func() bool { return true })
	if !tail.Moved {
		t.Error("nobody was told that the record changed")
	}
}

func TestNoWriterTakesWhatMayNotBePassedOn(t *testing.T) {
	for _, f := range export.Formats() {
		var out bytes.Buffer
		w := f.New(&out, export.Options{})
		if err := w.Begin(meta()); err != nil {
			t.Fatal(err)
		}
		if err := w.Item(one("forbidden")[0]); !errors.Is(err, export.ErrNotPassedOn) {
			t.Errorf("%s answered %v", f.Name, err)
		}
	}
	lost := one("forbidden")[0]
	lost.Sources = nil
	if lost.PassedOn() {
		t.Error("a dataset that nobody knows counts as free")
	}
}

func TestAnErrorOfTheWriterIsToldByEveryFormat(t *testing.T) {
	lost := errors.New("lost")
	for _, f := range export.Formats() {
		many := func(yield func(*export.Item, error) bool) {
			for range 100 {
				for _, it := range items() {
					if !yield(it, nil) {
						return
					}
				}
			}
		}
		for _, o := range []export.Options{{}, {Most: 200}} {
			if _, err := export.Stream(f.New(closed{lost}, o), meta(), many, nil); !errors.Is(err, lost) {
				t.Errorf("%s answered %v", f.Name, err)
			}
		}
	}
}

// closed is a writer that takes nothing.
type closed struct{ err error }

func (f closed) Write([]byte) (int, error) { return 0, f.err }

func TestAnErrorOfTheIteratorEndsTheStream(t *testing.T) {
	lost := errors.New("lost")
	f, _ := export.ByName("geojson")
	broken := func(yield func(*export.Item, error) bool) { yield(nil, lost) }
	if _, err := export.Stream(f.New(io.Discard, export.Options{}), meta(), broken, nil); !errors.Is(err, lost) {
		t.Errorf("answered %v", err)
	}
}

func TestNoCellForExcelIsAFormula(t *testing.T) {
	it := one("formula")[0]
	for _, start := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "\n="} {
		it.Event.Titles[0].Text = start + "1+1"
		file := written(t, "xlsx.csv", meta(), export.Options{}, []*export.Item{it})
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\uFEFF")))).ReadAll()
		if err != nil || !bytes.HasPrefix(file, []byte("\uFEFFid,")) {
			t.Fatalf("%v, starts with %q", err, file[:8])
		}
		for i, c := range rows[1] {
			if strings.ContainsAny(c[:min(1, len(c))], "=+-@\t\r\n") || strings.HasPrefix(c, "＝") || strings.HasPrefix(c, "＠") {
				t.Errorf("%s is %q", rows[0][i], c)
			}
		}
	}
}

func TestANegativeNumberIsNoFormula(t *testing.T) {
	if got := string(written(t, "xlsx.csv", meta(), export.Options{}, one("takeover"))); !strings.Contains(got, ",16.7735,-3.0074,") {
		t.Errorf("a longitude is no number any more: %s", got)
	}
}

func TestNoTextBecomesMarkupInTimelineJS(t *testing.T) {
	tag := regexp.MustCompile(`<(script|b|img|iframe)\b|javascript:`)
	it := one("battle")[0]
	it.Sources[0].URL = timeline.URL(`javascript:alert(1)`)
	it.Sources[0].Title.Text = `<img src=x onerror=alert(1)>`
	m := meta()
	m.Title = []timeline.Text{{Lang: "en", Text: "<b>x</b>"}}
	m.Attribution = []string{"<iframe>"}
	m.Address = "javascript:alert(1)"
	m.Eras[0].Titles[0].Text = "<b>era</b>"
	for _, f := range []string{"timelinejs.json", "timelinejs.csv"} {
		if found := tag.Find(written(t, f, m, export.Options{}, []*export.Item{it})); found != nil {
			t.Errorf("%s holds %s", f, found)
		}
	}
}

func TestATabSeparatedCellHoldsNoTabAndNoLineBreak(t *testing.T) {
	file := string(written(t, "tsv", meta(), export.Options{}, items()))
	lines := strings.Split(strings.TrimSuffix(file, "\r\n"), "\r\n")
	for _, line := range lines {
		if strings.Count(line, "\t") != len(export.Columns())-1 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a row of %d cells: %q", strings.Count(line, "\t")+1, line)
		}
	}
	if len(lines) != 11 || !strings.Contains(file, `city,\nwithout a fight; \\o/.`) {
		t.Errorf("%d lines: %s", len(lines), file)
	}
}
