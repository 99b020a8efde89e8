package timeline

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tarikh/edtf"
	"tarikh/names"
)

func dayAt(t *testing.T, s string) edtf.Day {
	t.Helper()
	day, err := edtf.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func TestAnAxisHasTheBordersOfItsUnit(t *testing.T) {
	for _, c := range []struct {
		by          BucketUnit
		first, last string
		want        string // the first days, then the last of all
	}{
		{ByDay, "2012-02-28", "2012-03-01", "2012-02-28 2012-02-29 2012-03-01 2012-03-01"},
		{ByWeek, "2012-01-01", "2012-01-02", "2011-12-26 2012-01-02 2012-01-08"}, // 1 January 2012 was a Sunday
		{ByWeek, "1969-12-31", "1970-01-01", "1969-12-29 1970-01-04"},
		{ByMonth, "2012-12-31", "2013-01-01", "2012-12-01 2013-01-01 2013-01-31"},
		{ByMonth, "-0001-12-31", "0000-01-01", "-0001-12-01 0000-01-01 0000-01-31"},
		{ByQuarter, "2012-03-31", "2012-04-01", "2012-01-01 2012-04-01 2012-06-30"},
		{ByYear, "0000-06-01", "0001-06-01", "0000-01-01 0001-01-01 0001-12-31"},
		{ByDecade, "-0001-06-01", "0000-06-01", "-0010-01-01 0000-01-01 0009-12-31"},
		{ByDecade, "2019-12-31", "2020-01-01", "2010-01-01 2020-01-01 2029-12-31"},
	} {
		a, err := NewAxis(c.by, dayAt(t, c.first), dayAt(t, c.last))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, start := range append(slices.Clone(a.Starts), a.End) {
			got = append(got, start.String())
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s %s to %s: %s, want %s", c.by, c.first, c.last, text, c.want)
		}
	}
}

func TestEveryDayLiesInTheBucketThatHoldsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		by := rapid.SampledFrom(bucketUnits()).Draw(t, "unit")
		first := edtf.Day(rapid.Int64Range(-2_000_000, 2_000_000).Draw(t, "first"))
		days := rapid.IntRange(0, 100_000).Draw(t, "days")
		a, err := NewAxis(by, first, first+edtf.Day(days))
		if err != nil {
			if CodeOf(err) != CodeTooLarge {
				t.Fatal(err)
			}
			return
		}
		if a.Starts[0] > first || a.End < first+edtf.Day(days) {
			t.Fatalf("%v to %v does not hold %v and %d days", a.Starts[0], a.End, first, days)
		}
		if rapid.Bool().Draw(t, "clip") {
			a.Clip(first, first+edtf.Day(days))
		}
		for range 20 {
			from := first + edtf.Day(rapid.IntRange(-5000, days+5000).Draw(t, "from"))
			to := first + edtf.Day(rapid.IntRange(-5000, days+5000).Draw(t, "to"))
			var want []int
			for i := range a.Starts {
				if a.EndOf(i) >= from && a.Starts[i] <= to {
					want = append(want, i)
				}
			}
			i, j, ok := a.Between(from, to)
			if ok != (len(want) > 0) || ok && (i != want[0] || j != want[len(want)-1]) {
				t.Fatalf("%v to %v: %d to %d %v, want %v", from, to, i, j, ok, want)
			}
		}
	})
}

func TestTooManyBucketsNameWhatToAskInstead(t *testing.T) {
	for _, c := range []struct {
		by          BucketUnit
		first, last string
		says        string // empty: not too many
	}{
		{ByDay, "2012-01-01", "2016-02-08", ""}, // 1500 days
		{ByDay, "2012-01-01", "2016-02-09", "ask by WEEK"},
		{ByDay, "1900-01-01", "2000-01-01", "WEEK makes too many as well, MONTH does not"},
		{ByYear, "0001-01-01", "1501-01-01", "ask by DECADE"},
		{ByMonth, "-7000-01-01", "7000-01-01", "QUARTER makes too many as well, DECADE does not"},
		{ByYear, "-9000-01-01", "9000-01-01", "ask by DECADE within a window of where.time"},
		{ByDecade, "-9000-01-01", "9000-01-01", "give where.time a window"},
	} {
		_, err := NewAxis(c.by, dayAt(t, c.first), dayAt(t, c.last))
		if c.says == "" && err == nil {
			continue
		}
		if CodeOf(err) != CodeTooLarge || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "by: ") {
			t.Errorf("%s %s to %s: %v, want %q", c.by, c.first, c.last, err, c.says)
		}
	}
	for _, by := range bucketUnits() {
		first, last := edtf.DistantPast+1_000_000, edtf.DistantFuture-1_000_000
		if _, err := NewAxis(by, first, last); CodeOf(err) != CodeTooLarge {
			t.Errorf("%s of all time: %v", by, err)
		}
	}
}

func TestTheEndsOfTimeHaveBuckets(t *testing.T) {
	first, err := edtf.NewDay(-25_000_000_000_000_000, 1, 1)
	last, lastErr := edtf.NewDay(25_000_000_000_000_000, 12, 31)
	if err != nil || lastErr != nil {
		t.Fatal(err, lastErr)
	}
	for _, by := range bucketUnits() {
		for _, day := range []edtf.Day{first, last} {
			a, err := NewAxis(by, day, day)
			if err != nil || a.Starts[0] > day || a.End < day {
				t.Errorf("%s: %+v does not hold %d, %v", by, a, day, err)
			}
		}
	}
}

func TestWhatIsWrongWithAMap(t *testing.T) {
	for _, c := range []struct {
		bbox  []float64
		zoom  int
		field string
	}{
		{[]float64{-180, -90, 180, 90}, 0, ""},
		{[]float64{170, -10, -170, 10}, MaxZoom, ""},
		{nil, 0, "bbox"},
		{[]float64{}, 0, "bbox"},
		{[]float64{1, 2, 3}, 0, "bbox"},
		{[]float64{1, 2, 3, 1}, 0, "bbox"},
		{[]float64{math.NaN(), 0, 1, 1}, 0, "bbox"},
		{[]float64{0, 0, math.Inf(1), 1}, 0, "bbox"},
		{[]float64{0, 0, 1, 1}, -1, "zoom"},
		{[]float64{0, 0, 1, 1}, math.MaxInt32, "zoom"},
	} {
		err := CheckMap(c.bbox, c.zoom)
		if c.field == "" && err == nil {
			continue
		}
		if CodeOf(err) != CodeInvalid || !strings.HasPrefix(err.Error(), c.field+": ") {
			t.Errorf("%v at %d: %v, want INVALID %s", c.bbox, c.zoom, err, c.field)
		}
	}
}

func TestWhatIsWrongWithAListOfFacets(t *testing.T) {
	for first, code := range map[int]Code{0: "", 500: "", 501: CodeTooLarge, -1: CodeInvalid} {
		if _, err := CheckFacets(FacetType, &first); CodeOf(err) != code {
			t.Errorf("first %d: %v", first, err)
		}
	}
	if n, err := CheckFacets(FacetTag, nil); n != 10 || err != nil {
		t.Errorf("absent: %d, %v", n, err)
	}
	if _, err := CheckFacets("COLOUR", nil); CodeOf(err) != CodeInvalid {
		t.Errorf("COLOUR: %v", err)
	}
}

func TestAFilterWithoutAFieldKeepsTheRest(t *testing.T) {
	whole := func() *EventWhere {
		w, err := ParseEventWhere([]byte(`{"type": ["battle"], "actor": {"any": ["a"]}, "participants": {}, "place": {"known": true},
			"sources": {}, "status": ["VERIFIED"], "tags": ["x"], "time": {}, "and": [{"type": ["siege"], "place": {}}]}`))
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	for by, members := range map[FacetField][]string{
		FacetType: {"type"}, FacetActor: {"actor", "participants"}, FacetLocation: {"place"}, FacetRegion: {"place"},
		FacetCountry: {"place"}, FacetSource: {"sources"}, FacetLanguage: {"sources"}, FacetStatus: {"status"}, FacetTag: {"tags"},
	} {
		w := whole()
		rest := w.Without(by)
		if Canonical(w) != Canonical(whole()) {
			t.Errorf("%s changes the filter that it was asked of", by)
		}
		var kept map[string]json.RawMessage
		if err := json.Unmarshal([]byte(Canonical(rest)), &kept); err != nil {
			t.Fatal(err)
		}
		for _, m := range []string{"type", "actor", "participants", "place", "sources", "status", "tags", "time"} {
			if _, there := kept[m]; there == slices.Contains(members, m) {
				t.Errorf("%s without %s: %s", m, by, Canonical(rest))
			}
		}
		if string(kept["and"]) != `[{"place":{},"type":["siege"]}]` {
			t.Errorf("%s takes from below and: %s", by, kept["and"])
		}
	}
	if (*EventWhere)(nil).Without(FacetType) != nil {
		t.Error("no filter becomes one")
	}
}

func TestFacetsThatAreNoRecordHaveLabels(t *testing.T) {
	for _, c := range []struct {
		by   FacetField
		key  string
		lang names.Language
		want Text
	}{
		{FacetType, "siege", "fr", Text{"fr", "Siège ou blocus"}},
		{FacetStatus, "VERIFIED", "en", Text{"en", "Verified"}},
		{FacetStatus, "VERIFIED", "ar-MR", Text{"ar", "تم التحقق منه"}},
		{FacetLanguage, "ar", "fr", Text{"fr", "arabe"}},
		{FacetTag, "حصار", "fr", Text{"und-Arab", "حصار"}},
		{FacetTag, "river", "ar", Text{"und", "river"}},
		{FacetActor, OtherKey, "fr", Text{"fr", "Autre"}},
	} {
		if got := (&Facet{By: c.by, Key: c.key}).OwnLabel(&c.lang); got == nil || *got != c.want {
			t.Errorf("%s %s in %s: %+v, want %+v", c.by, c.key, c.lang, got, c.want)
		}
	}
}

func TestEveryStatusHasALabel(t *testing.T) {
	for _, status := range Words()["EventStatus"] {
		if len(statusLabels[EventStatus(status)]) != 3 {
			t.Errorf("%s has none in three languages", status)
		}
	}
}
