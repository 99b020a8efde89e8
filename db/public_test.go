package db

import (
	"context"
	"path/filepath"
	"testing"

	"tarikh/edtf"
	"tarikh/timeline"
)

// sourceNamed is a source of a dataset whose rows may or may not be passed on.
func sourceNamed(key string, withheld bool) *timeline.Record {
	s := &timeline.SourceRecord{Kind: timeline.SourceDataset, Title: timeline.Text{Lang: "en", Text: key}, NotPassedOn: withheld}
	s.Key = key
	return &timeline.Record{Source: s}
}

// eventCiting is an event that cites the sources, with a claim in each.
func eventCiting(key string, sources ...string) *timeline.Record {
	e := &timeline.EventRecord{Type: "battle", Status: timeline.StatusReported, Titles: []timeline.Text{{Lang: "en", Text: key}},
		Time: edtf.MustParse("2020-01-01")}
	e.Key = key
	for _, s := range sources {
		ref, dead := timeline.RefTo(s), len(s)
		e.Citations = append(e.Citations, timeline.CitationRecord{Source: ref})
		e.Claims = append(e.Claims, timeline.ClaimRecord{Kind: timeline.ClaimKilled, Status: timeline.ClaimCurrent,
			Source: &ref, Range: &timeline.Range{Best: &dead}})
		e.Origins = append(e.Origins, timeline.OriginRecord{Dataset: ref, Row: "raw " + s})
	}
	return &timeline.Record{Event: e}
}

func TestAPublicServiceWithholdsWhatMayNotBePassedOn(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "public.db")
	d, err := Open(ctx, path, Options{Public: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	write := func(records ...*timeline.Record) {
		t.Helper()
		_, err := d.Write(ctx, timeline.Change{By: "test"}, func(tx *Tx) error {
			outcomes, err := tx.Put(ctx, records)
			for _, o := range outcomes {
				if o.Err != nil {
					t.Error(o.Err)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	write(sourceNamed("open", false), sourceNamed("closed", true),
		eventCiting("told-by-both", "open", "closed"), eventCiting("told-by-closed", "closed"), eventCiting("told-by-open", "open"))
	row := eventCiting("closed-mli1", "closed", "open") // an article that the row cites may be told of, the row not
	row.Event.Origins = []timeline.OriginRecord{{Dataset: timeline.RefTo("closed"), DatasetRow: "MLI1", Row: "raw"}}
	write(row)

	look := func(wantEvents int, wantClaims ...int) {
		t.Helper()
		v, err := d.View(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		ten := 10
		c, err := v.Events(EventsAsked{Page: timeline.Page{First: &ten}})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := c.TotalCount(); err != nil || n != wantEvents {
			t.Errorf("%d events (%v), want %d", n, err, wantEvents)
		}
		both, err := v.Event(ctx, "told-by-both")
		if err != nil {
			t.Fatal(err)
		}
		claims, err := v.Claims(ctx, both, nil)
		if err != nil {
			t.Fatal(err)
		}
		citations, err := v.Citations(ctx, both)
		if err != nil {
			t.Fatal(err)
		}
		origins, err := v.Origins(ctx, both)
		if err != nil {
			t.Fatal(err)
		}
		if want := wantClaims[0]; len(claims) != want || len(citations) != want || len(origins) != want {
			t.Errorf("%d claims, %d citations, %d origins; want %d of each", len(claims), len(citations), len(origins), want)
		}
		findings, err := d.Doctor(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range findings {
			if !f.OK {
				t.Errorf("%s: %s", f.Check, f.Detail)
			}
		}
	}
	look(2, 1)
	write(sourceNamed("closed", false)) // its licence changed
	look(4, 2)
	write(sourceNamed("closed", true))
	look(2, 1)
}
