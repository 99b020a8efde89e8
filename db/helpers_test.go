package db

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tarikh/edtf"
	"tarikh/timeline"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(writerFile); path != "" {
		os.Exit(writeUntilKilled(path))
	}
	goleak.VerifyTestMain(m)
}

// template is the bytes of a new, empty database: made once, because migrating a
// new file costs more than most tests.
var template = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "tarikh-db-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "empty.db")
	d, err := Open(context.Background(), path, Options{Unindexed: true})
	if err != nil {
		return nil, err
	}
	d.Close()
	return os.ReadFile(path)
})

// failer is a test of the testing package or of rapid.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// emptyFile writes a new, empty database file.
func emptyFile(t failer, folder string) string {
	t.Helper()
	bytes, err := template()
	must(t, err)
	f, err := os.CreateTemp(folder, "*.db")
	must(t, err)
	_, err = f.Write(bytes)
	must(t, err)
	must(t, f.Close())
	return f.Name()
}

// clockAt is the time of every change in tests.
func clockAt() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 678_900_000, time.UTC) }

// fresh opens a new, empty database that is closed when the test ends.
func fresh(t *testing.T) *DB {
	t.Helper()
	return opened(t, emptyFile(t, t.TempDir()), Options{Now: clockAt})
}

func opened(t *testing.T, path string, o Options) *DB {
	t.Helper()
	d, err := Open(context.Background(), path, o)
	must(t, err)
	t.Cleanup(d.Close)
	return d
}

func must(t failer, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

func wantCode(t failer, err error, code timeline.Code) {
	t.Helper()
	if timeline.CodeOf(err) != code {
		t.Fatalf("got %v (%s), want the code %s", err, timeline.CodeOf(err), code)
	}
}

func want[V comparable](t failer, what string, got, want V) {
	t.Helper()
	if got != want {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

func someone() timeline.Change { return timeline.Change{By: "tester", Reason: "to test"} }

// put writes records in a write of their own and gives what became of them.
func put(t failer, d *DB, records ...*timeline.Record) ([]timeline.Outcome, Written) {
	t.Helper()
	var outcomes []timeline.Outcome
	w, err := d.Write(context.Background(), someone(), func(tx *Tx) (err error) {
		outcomes, err = tx.Put(context.Background(), records)
		return err
	})
	must(t, err)
	return outcomes, w
}

// taken writes records of which none may be refused.
func taken(t failer, d *DB, records ...*timeline.Record) Written {
	t.Helper()
	outcomes, w := put(t, d, records...)
	for i, o := range outcomes {
		if o.Err != nil {
			t.Fatalf("record %d, %s, was refused: %v", i, records[i].Identity().Label(), o.Err)
		}
	}
	return w
}

// refused writes one record that must be refused with a code.
func refused(t failer, d *DB, r *timeline.Record, code timeline.Code) *timeline.Error {
	t.Helper()
	outcomes, w := put(t, d, r)
	wantCode(t, outcomes[0].Err, code)
	want(t, "records changed by a refused one", w.Changed, 0)
	return coded(t, outcomes[0].Err)
}

// coded is the error of the taxonomy in an error.
func coded(t failer, err error) *timeline.Error {
	t.Helper()
	var e *timeline.Error
	want(t, fmt.Sprintf("that %v is of the taxonomy", err), errors.As(err, &e), true)
	return e
}

func remove(d *DB, kind timeline.Kind, ref string) error {
	_, err := d.Write(context.Background(), someone(), func(tx *Tx) error {
		return tx.Delete(context.Background(), kind, ref)
	})
	return err
}

// viewed looks at the newest revision and gives the reader back.
func viewed(t failer, d *DB, look func(*View)) {
	t.Helper()
	v, err := d.View(context.Background())
	must(t, err)
	defer v.Close()
	look(v)
}

// recordOf reads one whole record.
func recordOf(t failer, d *DB, kind timeline.Kind, ref string) *timeline.Record {
	t.Helper()
	var r *timeline.Record
	viewed(t, d, func(v *View) {
		row, ok := v.x.Resolve(kind, ref)
		want(t, fmt.Sprintf("that %s %s is there", kind, ref), ok, true)
		all, err := recordsByRows(context.Background(), v.s, kind, []int64{row})
		must(t, err)
		r = all[row]
	})
	return r
}

func line(t failer, r *timeline.Record) string {
	t.Helper()
	b, err := r.AppendJSON(nil)
	must(t, err)
	return string(b)
}

// lines are all records of the newest revision, sorted.
func lines(t failer, d *DB) []string {
	t.Helper()
	var all []string
	viewed(t, d, func(v *View) {
		for r, err := range v.Records(context.Background()) {
			must(t, err)
			all = append(all, line(t, r))
		}
	})
	return slices.Sorted(slices.Values(all))
}

// healthy fails where the doctor finds anything.
func healthy(t failer, d *DB) {
	t.Helper()
	findings, err := d.Doctor(context.Background())
	must(t, err)
	want(t, "checks of the doctor", len(findings), 6)
	for _, f := range findings {
		if !f.OK {
			t.Fatalf("%s: %s", f.Check, f.Detail)
		}
	}
}

// logged is one entry of the change log.
type logged struct {
	Revision            int64
	Kind, ID, Operation string
	Before              *string
}

func changeLog(t failer, d *DB) []logged {
	t.Helper()
	var all []logged
	viewed(t, d, func(v *View) {
		must(t, v.each(context.Background(), "select revision, kind, id, operation, before from change order by seq", nil,
			func(r rowScanner) error {
				var l logged
				err := r.Scan(&l.Revision, &l.Kind, &l.ID, &l.Operation, &l.Before)
				all = append(all, l)
				return err
			}))
	})
	return all
}

// Small right records, to be changed by the tests that need more.

func source(key string, change ...func(*timeline.SourceRecord)) *timeline.Record {
	s := &timeline.SourceRecord{Identity: timeline.Identity{Key: key}, Kind: timeline.SourceArticle,
		Title: timeline.Text{Lang: "fr", Text: "Un article"}}
	for _, f := range change {
		f(s)
	}
	return &timeline.Record{Source: s}
}

func location(key string, change ...func(*timeline.LocationRecord)) *timeline.Record {
	l := &timeline.LocationRecord{Identity: timeline.Identity{Key: key}, Kind: timeline.LocationCity,
		Names: []timeline.Name{{Text: "Ville " + key, Lang: "fr", Kind: timeline.NamePreferred}}}
	for _, f := range change {
		f(l)
	}
	return &timeline.Record{Location: l}
}

func actor(key string, change ...func(*timeline.ActorRecord)) *timeline.Record {
	a := &timeline.ActorRecord{Identity: timeline.Identity{Key: key}, Kind: timeline.ActorArmedGroup,
		Names: []timeline.Name{{Text: key, Lang: "fr", Kind: timeline.NamePreferred}}}
	for _, f := range change {
		f(a)
	}
	return &timeline.Record{Actor: a}
}

// event is an event that cites the source "paper".
func event(key string, change ...func(*timeline.EventRecord)) *timeline.Record {
	e := &timeline.EventRecord{Identity: timeline.Identity{Key: key}, Type: timeline.EventTypes()[0].Code,
		Status: timeline.StatusReported, Time: edtf.MustParse("2012-04-01"),
		Titles:    []timeline.Text{{Lang: "fr", Text: "Prise de la ville"}},
		Citations: []timeline.CitationRecord{{Source: timeline.RefTo("paper")}}}
	for _, f := range change {
		f(e)
	}
	return &timeline.Record{Event: e}
}

func saved(key string, picked ...string) *timeline.Record {
	t := &timeline.TimelineRecord{Identity: timeline.Identity{Key: key},
		Titles: []timeline.Text{{Lang: "fr", Text: "Une chronologie"}}}
	for _, ref := range picked {
		t.Picked = append(t.Picked, timeline.RefTo(ref))
	}
	return &timeline.Record{Timeline: t}
}

func ref(to string) *timeline.Ref {
	r := timeline.RefTo(to)
	return &r
}

func wikidata(values ...string) []timeline.Identifier {
	var all []timeline.Identifier
	for _, v := range values {
		all = append(all, timeline.Identifier{Scheme: "wikidata", Value: v})
	}
	return all
}

func killed(best int) timeline.ClaimRecord {
	return timeline.ClaimRecord{Kind: timeline.ClaimKilled, Status: timeline.ClaimCurrent,
		Source: ref("paper"), Range: &timeline.Range{Best: &best}}
}

func relatedTo(kind timeline.EventRelationKind, to string) func(*timeline.EventRecord) {
	return func(e *timeline.EventRecord) {
		e.Relations = append(e.Relations, timeline.EventRelationRecord{Kind: kind, Event: timeline.RefTo(to)})
	}
}

func under(parent string) func(*timeline.LocationRecord) {
	return func(l *timeline.LocationRecord) { l.Parent = ref(parent) }
}

func keysOf[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
