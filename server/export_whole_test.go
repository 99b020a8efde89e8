package server

import (
	"bytes"
	"context"
	"testing"

	"pgregory.net/rapid"

	"tarikh/db"
	"tarikh/export"
	"tarikh/names"
	"tarikh/timeline"
)

// Everything is the same bytes, whether it was chosen by the index and read in the order of time or
// swept from the file and sorted.
func TestTheWholeRecordIsExportedWithoutItsIndex(t *testing.T) {
	d := filled(t, 300)
	bare, err := db.Open(t.Context(), d.Path(), db.Options{ReadOnly: true, Unindexed: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bare.Close)
	rapid.Check(t, func(rt *rapid.T) {
		s := Selection{
			Lang:      rapid.SampledFrom([]names.Language{"", "ar", "fr", "en"}).Draw(rt, "lang"),
			Rule:      rapid.SampledFrom([]timeline.CasualtyRule{"", "LOWEST", "LATEST", "DATASET"}).Draw(rt, "rule"),
			Centroids: rapid.Bool().Draw(rt, "centroids"),
		}
		f := rapid.SampledFrom(export.Formats()).Draw(rt, "format")
		if NeedsNoIndex(f, s) {
			sameWhole(rt, d, bare, f, s)
		}
	})
}

func sameWhole(t *rapid.T, d, bare *db.DB, f export.Format, s Selection) {
	ctx := context.Background()
	chosen, err := openExport(ctx, d, f, s)
	if err != nil {
		t.Fatal(err)
	}
	var want, got bytes.Buffer
	wantTail, err := chosen.write(ctx, &want)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := openWhole(ctx, bare, f, s)
	if err != nil {
		t.Fatal(err)
	}
	defer whole.whole.Close()
	whole.meta.Generated = chosen.meta.Generated
	gotTail, err := whole.write(ctx, &got)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want.Bytes()) || gotTail != wantTail || want.Len() < 10_000 {
		t.Errorf("%s: %d bytes and %+v, want %d and %+v", f.Name, got.Len(), gotTail, want.Len(), wantTail)
	}
}

func TestOnlyEverythingNeedsNoIndex(t *testing.T) {
	csv, _ := export.ByName("csv")
	lines, _ := export.ByName("lines")
	saved := "saved"
	if !NeedsNoIndex(csv, Selection{}) || !NeedsNoIndex(csv, Selection{Where: &timeline.EventWhere{}, Lang: "ar"}) {
		t.Error("everything as CSV is said to need the index")
	}
	for what, needs := range map[string]bool{
		"lines":      NeedsNoIndex(lines, Selection{}),
		"a timeline": NeedsNoIndex(csv, Selection{Timeline: saved}),
		"a filter":   NeedsNoIndex(csv, Selection{Where: &timeline.EventWhere{Timeline: &saved}}),
	} {
		if needs {
			t.Errorf("%s: said to need no index", what)
		}
	}
}
