package server

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"tarikh/db"
	"tarikh/export"
	"tarikh/ingest"
	"tarikh/timeline"
)

func fetch(t *testing.T, h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestEveryFormatIsServed(t *testing.T) {
	d := filled(t, 40)
	h := serving(t, func(o *Options) { o.DB = d }).Handler()
	for _, f := range export.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			w := fetch(t, h, "/export."+f.Name+"?lang=ar")
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != f.ContentType || w.Body.Len() == 0 {
				t.Fatalf("%d %s: %.200s", w.Code, w.Header().Get("Content-Type"), w.Body)
			}
			if w.Header().Get("Access-Control-Allow-Origin") != "*" {
				t.Error("pages of other origins cannot read it")
			}
			if !strings.Contains(w.Header().Get("Content-Disposition"), `filename="tarikh.`+f.Extension+`"`) {
				t.Error(w.Header().Get("Content-Disposition"))
			}
			again := fetch(t, h, "/export."+f.Name+"?lang=ar", "If-None-Match", w.Header().Get("ETag"))
			if again.Code != http.StatusNotModified || again.Body.Len() > 0 {
				t.Errorf("asked again: %d with %d bytes", again.Code, again.Body.Len())
			}
		})
	}
}

func TestAnExportHoldsExactlyTheSelection(t *testing.T) {
	d := filled(t, 60)
	h := serving(t, func(o *Options) { o.DB = d }).Handler()
	for _, query := range []string{"", "from=2000&to=2015", "from=2000&to=2015&mode=certain", "type=violence", "text=Tombouctou", "text=%D9%84", `where={"status":["REPORTED"]}`,
		"type=violence&where=" + url.QueryEscape(`{"not":{"status":["REPORTED"]}}`)} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		s, err := ParseSelection(values)
		if err != nil {
			t.Fatal(query, err)
		}
		want := count(t, d, s.Where)
		w := fetch(t, h, "/export.csv?"+values.Encode())
		rows, err := csv.NewReader(w.Body).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got := len(rows) - 1 + leftOut(t, w); got != want {
			t.Errorf("%s: %d rows or left out, and the selection has %d events", query, got, want)
		}
	}
}

// leftOut is how many events an export says that it may not pass on.
func leftOut(t *testing.T, w *httptest.ResponseRecorder) int {
	t.Helper()
	n, err := strconv.Atoi(w.Result().Trailer.Get(trailerLeftOut))
	if err != nil {
		t.Error(err)
	}
	return n
}

// count asks GraphQL's own way how many events a filter selects.
func count(t *testing.T, d *db.DB, where *timeline.EventWhere) int {
	t.Helper()
	v, err := d.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	none := 0
	c, err := v.Events(db.EventsAsked{Where: where, Page: timeline.Page{First: &none}})
	if err != nil {
		t.Fatal(err)
	}
	total, err := c.TotalCount()
	if err != nil {
		t.Fatal(err)
	}
	return total
}

func TestWrongExportsAreToldBeforeAnythingIsSent(t *testing.T) {
	h := serving(t).Handler()
	for address, want := range map[string]struct {
		status int
		field  string
	}{
		"/export.pdf":                                  {http.StatusNotFound, ""},
		"/export.csv?from=yesterday":                   {http.StatusBadRequest, "from"},
		"/export.csv?from=2015&to=2012":                {http.StatusBadRequest, "where.time"},
		"/export.csv?text=" + strings.Repeat("a+", 30): {http.StatusRequestEntityTooLarge, "where.text"},
		"/export.csv?colour=red":                       {http.StatusBadRequest, "colour"},
		"/export.csv?within=atlantis":                  {http.StatusNotFound, "where.place.within[0]"},
		"/export.csv?where={":                          {http.StatusBadRequest, "where"},
		"/export.csv?mode=maybe":                       {http.StatusBadRequest, "where.time.mode"},
		"/export.csv?rule=mean":                        {http.StatusBadRequest, "rule"},
		"/export.csv?lang=klingonese-x":                {http.StatusBadRequest, "lang"},
		"/export.timelinejs.json?most=lots":            {http.StatusBadRequest, "most"},
		"/timelines/nowhere.timelinejs.json":           {http.StatusNotFound, "where.timeline"},
		"/timelines/NoKey.timelinejs.json":             {http.StatusNotFound, "timeline"},
		"/export.csv?where=%7B%22kolor%22%3A1%7D":      {http.StatusBadRequest, "where"},
		"/export.csv?actor=&within=&type=violences":    {http.StatusNotFound, "where.type[0]"},
	} {
		w := fetch(t, h, address)
		var body struct {
			Errors []struct{ Extensions struct{ Code, Field string } }
		}
		if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || len(body.Errors) != 1 {
			t.Errorf("%s: %d %s", address, w.Code, w.Body)
			continue
		}
		if w.Code != want.status || (want.field != "" && body.Errors[0].Extensions.Field != want.field) {
			t.Errorf("%s: %d %+v, want %+v", address, w.Code, body.Errors[0].Extensions, want)
		}
	}
}

func TestOwnLinesOfASelectionCanBeReadIntoAnEmptyDatabase(t *testing.T) {
	d := filled(t, 80)
	h := serving(t, func(o *Options) { o.DB = d }).Handler()
	w := fetch(t, h, "/export.lines?from=1990&to=2020")
	stream, err := ingest.Open(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	empty, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "empty.db"), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(empty.Close)
	report, err := empty.Import(t.Context(), timeline.Change{By: "test"}, stream.Records(), db.ImportOptions{})
	if err != nil || report.Rejected > 0 {
		t.Fatalf("%v %+v", err, report.Problems)
	}
	s, err := ParseSelection(url.Values{"from": {"1990"}, "to": {"2020"}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := count(t, empty, nil)+leftOut(t, w), count(t, d, s.Where); got != want {
		t.Errorf("%d events came over, want %d", got, want)
	}
}

func TestASelectionNamesItsExports(t *testing.T) {
	d := filled(t, 60)
	h := serving(t, func(o *Options) { o.DB = d }).Handler()
	r := httptest.NewRequest(http.MethodPost, "http://tarikh.example/graphql", strings.NewReader(
		`{"query":"{ actors(first: 5) { nodes { events(where: {time: {from: \"1900\"}}) { totalCount exports { format url } } } } }"}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var answer struct {
		Data struct {
			Actors struct {
				Nodes []struct {
					Events struct {
						TotalCount int
						Exports    []struct{ Format, URL string }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatal(err, w.Body)
	}
	for _, n := range answer.Data.Actors.Nodes {
		if len(n.Events.Exports) != len(export.Formats()) {
			t.Fatalf("%d exports", len(n.Events.Exports))
		}
		e := n.Events.Exports[0]
		if !strings.HasPrefix(e.URL, "http://tarikh.example/export.csv?where=") {
			t.Errorf("address %s", e.URL)
		}
		w := fetch(t, h, strings.TrimPrefix(e.URL, "http://tarikh.example"))
		rows, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || len(rows)-1+leftOut(t, w) != n.Events.TotalCount {
			t.Errorf("%s holds %d rows, the selection %d: %v", e.URL, len(rows)-1, n.Events.TotalCount, err)
		}
	}
}
