package server

import (
	"bytes"
	"context"
	"iter"
	"testing"

	"tarikh/export"
	"tarikh/timeline"
)

// The narrow way of reading events gives every format what whole records give it.
func TestFormatsNeedNoWholeRecords(t *testing.T) {
	d := filled(t, 200)
	ctx := context.Background()
	for _, f := range export.Formats() {
		if f.Name == "lines" {
			continue
		}
		x, err := openExport(ctx, d, f, Selection{Lang: "ar"})
		if err != nil {
			t.Fatal(err)
		}
		var narrow, whole bytes.Buffer
		if _, err := x.write(ctx, &narrow); err != nil {
			t.Fatal(err)
		}
		items := func(yield func(*export.Item, error) bool) {
			for it, err := range x.items(ctx) {
				if err != nil {
					t.Fatal(err)
				}
				if !yield(wholly(t, x, it), nil) {
					return
				}
			}
		}
		writer := f.New(&whole, export.Options{})
		if _, err := export.Stream(writer, x.meta, iter.Seq2[*export.Item, error](items), nil); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(narrow.Bytes(), whole.Bytes()) || whole.Len() == 0 {
			t.Errorf("%s: %d bytes from what is shown, %d from whole records", f.Name, narrow.Len(), whole.Len())
		}
	}
}

// wholly is an item with the whole records of its event and its sources.
func wholly(t *testing.T, x *exporting, it *export.Item) *export.Item {
	t.Helper()
	v, err := x.db.View(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	e, err := v.Event(context.Background(), it.Event.Key)
	if err != nil {
		t.Fatal(err)
	}
	records, err := v.EventRecords(context.Background(), []int64{e.Row}, true)
	if err != nil || records[e.Row] == nil {
		t.Fatal(err)
	}
	full := *it
	full.Event, full.Sources = records[e.Row], nil
	for _, s := range it.Sources {
		found, err := v.RecordsByKeys(context.Background(), timeline.KindSource, []string{s.Key})
		if err != nil {
			t.Fatal(err)
		}
		full.Sources = append(full.Sources, found[s.Key].Source)
	}
	return &full
}
