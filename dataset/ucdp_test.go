package dataset

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tarikh/edtf"
	"tarikh/timeline"
)

// gedRow is what this test asks of a row of UCDP GED.
type gedRow struct {
	from, to        edtf.Day
	low, best, high int
	at              timeline.Point
	where           int // where_prec: 1 exact, 2 near, 3 district, 4 region, 5 vague, 6 country
}

// readGED reads the export for Mali by the names of its columns.
func readGED(t *testing.T) map[string]gedRow {
	t.Helper()
	folder := os.Getenv("TIMELINE_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(folder, "ucdp", "Mali.csv"))
	if err != nil {
		t.Skip("UCDP's export for Mali is not here; set TIMELINE_DATA to the folder that holds ucdp/Mali.csv")
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range all[0] {
		column[strings.TrimPrefix(name, "\ufeff")] = i
	}
	rows := map[string]gedRow{}
	for _, line := range all[1:] {
		cell := func(name string) string { return line[column[name]] }
		number := func(name string) float64 {
			n, err := strconv.ParseFloat(cell(name), 64)
			if err != nil {
				t.Fatalf("row %s: %s %q", cell("id"), name, cell(name))
			}
			return n
		}
		rows[cell("id")] = gedRow{from: gedDay(t, cell("date_start")), to: gedDay(t, cell("date_end")),
			low: int(number("low_est")), best: int(number("best_est")), high: int(number("high_est")),
			at: timeline.Point{Lat: number("latitude"), Lon: number("longitude")}, where: int(number("where_prec"))}
	}
	return rows
}

func gedDay(t *testing.T, s string) edtf.Day {
	t.Helper()
	at, err := time.Parse("01/02/2006 15:04:05", s)
	if err != nil {
		t.Fatal(err)
	}
	return edtf.MustParse(at.Format(time.DateOnly)).Start().First
}

// Every ucdp: identifier is a row that agrees in time, place and figures.
func TestTheRowsOfUCDPThatEventsBearAgreeWithThem(t *testing.T) {
	rows, taken := readGED(t), map[string]string{}
	points := map[string]timeline.Point{}
	for _, r := range shippedRecords(t) {
		if l := r.Location; l != nil && l.Point != nil {
			points[l.Key] = *l.Point
		}
	}
	for _, e := range shippedEvents(t) {
		for _, id := range e.Identifiers {
			if id.Scheme != "ucdp" {
				continue
			}
			row, ok := rows[id.Value]
			if !ok {
				t.Errorf("%s bears %s, which is not in the export", e.Key, id)
				continue
			}
			if other := taken[id.Value]; other != "" {
				t.Errorf("%s and %s both bear %s", other, e.Key, id)
			}
			taken[id.Value] = e.Key
			agreesWithRow(t, e, id.Value, row, points)
		}
	}
	if len(taken) < 30 {
		t.Errorf("only %d rows are borne by events", len(taken))
	}
}

func agreesWithRow(t *testing.T, e *timeline.EventRecord, id string, row gedRow, points map[string]timeline.Point) {
	t.Helper()
	if !edtf.Possible(e.Time.Start(), e.Time.End(), edtf.Window{From: row.from, To: row.to}) {
		t.Errorf("%s (%s) and ucdp:%s (%s to %s) are of different days", e.Key, e.Time, id, row.from, row.to)
	}
	claimed := slices.ContainsFunc(e.Claims, func(c timeline.ClaimRecord) bool {
		return c.DatasetRow == id && c.Kind == timeline.ClaimKilled && !c.Included && c.Range != nil &&
			is(c.Range.Low, row.low) && is(c.Range.Best, row.best) && is(c.Range.High, row.high)
	})
	if !claimed {
		t.Errorf("%s has no claim of ucdp:%s with %d/%d/%d", e.Key, id, row.low, row.best, row.high)
	}
	// Kilometres, by where_prec: an exact row may stand for the nearest town, the middle of
	// a region is far from anything, the middle of the country says nothing.
	limit := []float64{0, 75, 75, 200, 500, 500}[min(row.where, 5)]
	if row.where > 5 {
		limit = math.Inf(1)
	}
	closest := math.Inf(1)
	for _, p := range e.Places {
		at := p.Point
		if at == nil && p.Location != nil {
			if known, ok := points[p.Location.Ref]; ok {
				at = &known
			}
		}
		if p.Precision != timeline.PlaceExact && p.Precision != timeline.PlaceNear {
			limit = max(limit, 500)
		}
		if at != nil {
			closest = min(closest, kilometres(*at, row.at))
		}
	}
	if closest > limit && !math.IsInf(closest, 1) {
		t.Errorf("%s is %.0f km from ucdp:%s", e.Key, closest, id)
	}
}

func is(n *int, want int) bool { return n != nil && *n == want }

func kilometres(a, b timeline.Point) float64 {
	const perDegree, rad = 111.2, math.Pi / 180
	return perDegree * math.Hypot(a.Lat-b.Lat, (a.Lon-b.Lon)*math.Cos(a.Lat*rad))
}

// Every event up to 2023 in which people died bears rows of UCDP's or says in a
// citation that there is none.
func TestEveryLethalEventUpTo2023BearsRowsOrSaysThatThereAreNone(t *testing.T) {
	end := edtf.MustParse("2023-12-31").End().Last
	for _, e := range shippedEvents(t) {
		if !lethal(e) || e.Time.Start().First > end {
			continue
		}
		bears := slices.ContainsFunc(e.Identifiers, func(i timeline.Identifier) bool { return i.Scheme == "ucdp" })
		says := slices.ContainsFunc(e.Citations, func(c timeline.CitationRecord) bool {
			return strings.HasPrefix(c.Source.Ref, "ucdp") && c.Locator != ""
		})
		if !bears && !says {
			t.Errorf("%s (%s) has deaths, but neither rows of UCDP's nor a word about them", e.Key, e.Time)
		}
	}
}

func lethal(e *timeline.EventRecord) bool {
	return slices.ContainsFunc(e.Claims, func(c timeline.ClaimRecord) bool {
		if c.Kind != timeline.ClaimKilled || c.Status != timeline.ClaimCurrent {
			return false
		}
		g := c.Range
		return g == nil || positive(g.Low) || positive(g.Best) || positive(g.High)
	})
}

func positive(n *int) bool { return n != nil && *n > 0 }
