package db

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

// TestTheIndexStaysInStepWithTheFile writes several sets whose records bear the same
// keys one over the other, in random pieces and order, with deletions in between.
func TestTheIndexStaysInStepWithTheFile(t *testing.T) {
	folder := t.TempDir()
	checks(t, 30, func(t *rapid.T) {
		d := openedIn(t, folder)
		defer d.Close()
		for range rapid.IntRange(1, 4).Draw(t, "sets") {
			records := recordtest.Records(rapid.IntRange(1, 10).Draw(t, "events")).Draw(t, "records")
			writePieces(t, d, records)
			healthy(t, d)
		}
		other, err := Open(context.Background(), d.Path(), Options{})
		must(t, err)
		defer other.Close()
		healthy(t, other)
		viewed(t, d, func(v *View) {
			viewed(t, other, func(w *View) { want(t, "revision", w.Revision(), v.Revision()) })
		})
	})
}

// writePieces writes records in writes of a few, some of them followed by a deletion.
// Records may be refused: they name others that were deleted.
func writePieces(t *rapid.T, d *DB, records []*timeline.Record) {
	ctx := context.Background()
	for len(records) > 0 {
		n := rapid.IntRange(1, len(records)).Draw(t, "piece")
		piece := records[:n]
		records = records[n:]
		for _, r := range piece {
			r.Identity().ID = "" // another set may have given it another
			if r.Event != nil {
				for i := range r.Event.Claims {
					r.Event.Claims[i].ID = ""
				}
			}
		}
		victim := rapid.SampledFrom(piece).Draw(t, "victim")
		_, err := d.Write(ctx, someone(), func(tx *Tx) error {
			if _, err := tx.Put(ctx, piece); err != nil {
				return err
			}
			err := tx.Delete(ctx, victim.Kind(), victim.Identity().Label())
			if code := timeline.CodeOf(err); code == timeline.CodeConflict || code == timeline.CodeNotFound {
				return nil
			}
			return err
		})
		must(t, err)
	}
}

func TestAWriteInAProcessWithoutAnIndexIsNoticedByTheOthers(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"))
	importer := opened(t, d.Path(), Options{Unindexed: true})
	_, err := importer.View(context.Background())
	wantCode(t, err, timeline.CodeUnavailable)
	taken(t, importer, event("e"), location("gao"))
	must(t, remove(importer, timeline.KindLocation, "gao"))
	viewed(t, d, func(v *View) {
		want(t, "revision", v.Revision(), 3)
		_, err := v.Event(context.Background(), "e")
		must(t, err)
		_, err = v.Location("gao")
		wantCode(t, err, timeline.CodeNotFound)
	})
	healthy(t, d)
}

func TestTheDoctorFindsWhatIsWrong(t *testing.T) {
	for check, damage := range map[string]string{
		"words":      "update name set folded = 'otherwise'",
		"index":      "update event set type = 'elsewhere'",
		"references": "update citation set source = 404",
		"revision":   "delete from change",
	} {
		t.Run(check, func(t *testing.T) {
			d := fresh(t)
			taken(t, d, source("paper"), event("e"), location("gao"))
			s, err := d.writer(context.Background())
			must(t, err)
			must(t, s.exec(context.Background(), "pragma foreign_keys = 0"))
			must(t, s.exec(context.Background(), damage))
			d.giveBack(d.writing, s)
			findings, err := d.Doctor(context.Background())
			must(t, err)
			found := map[string]bool{}
			for _, f := range findings {
				found[f.Check] = !f.OK
			}
			want(t, "that "+check+" is found wrong", found[check], true)
		})
	}
}
