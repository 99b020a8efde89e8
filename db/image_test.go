package db

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

// imaged is a file with a few records and the image of their index, closed again.
func imaged(t *testing.T) (path string) {
	t.Helper()
	d := fresh(t)
	records := []*timeline.Record{source("paper"), location("gao"), actor("mission"), event("e"), event("f")}
	for n := range 9 { // so that a few changes are few
		records = append(records, event(fmt.Sprint("e", n)))
	}
	taken(t, d, records...)
	must(t, d.KeepIndex(context.Background(), nil))
	path = d.Path()
	d.Close()
	return path
}

// damaged changes a file behind Tarikh's back.
func damaged(t failer, path string, statements ...string) {
	t.Helper()
	d, err := Open(context.Background(), path, Options{Unindexed: true})
	must(t, err)
	defer d.Close()
	s, err := d.writer(context.Background())
	must(t, err)
	defer d.giveBack(d.writing, s)
	for _, text := range statements {
		must(t, s.exec(context.Background(), text))
	}
}

// typeOf is an event's type as the index knows it.
func typeOf(t *testing.T, d *DB, ref string) (code string) {
	t.Helper()
	viewed(t, d, func(v *View) {
		row, ok := v.x.Resolve(timeline.KindEvent, ref)
		want(t, "that "+ref+" is there", ok, true)
		code = v.x.Event(row).Type
	})
	return code
}

func TestAnOpeningReadsTheImageAndTheChangesAfterIt(t *testing.T) {
	path := imaged(t)
	d := opened(t, path, Options{Unindexed: true})
	taken(t, d, event("g"), location("kidal"))
	must(t, remove(d, timeline.KindEvent, "f"))
	d.Close()
	damaged(t, path, "update event set type = 'elsewhere' where key = 'e'") // not logged: who reads the image does not see it
	d = opened(t, path, Options{})
	want(t, "the type in the image", typeOf(t, d, "e"), event("e").Event.Type)
	damaged(t, path, fmt.Sprintf("update event set type = '%s' where key = 'e'", event("e").Event.Type))
	healthy(t, d)
	viewed(t, d, func(v *View) {
		want(t, "events", v.Dataset().Events, 11)
		want(t, "locations", v.Dataset().Locations, 2)
	})
}

func TestAnImageThatCannotBeTrustedIsPassedOver(t *testing.T) {
	for what, damage := range map[string][]string{
		"another format":      {"update index_image set format = 'another'"},
		"one never finished":  {"update index_image set format = ''"},
		"a missing block":     {"delete from index_block where pos = 0"},
		"a block too few":     {"update index_image set blocks = blocks + 1"},
		"a changed block":     {"update index_block set data = cast(replace(hex(data), 'A', 'B') as blob)"},
		"a wrong sum":         {"update index_block set sum = sum + 1"},
		"a later revision":    {"update index_image set revision = 99"},
		"an empty first one":  {"update index_block set data = x'', sum = 0"},
		"none of its blocks":  {"delete from index_block"},
		"a cut one":           {"update index_block set data = substr(data, 1, 40), sum = 0"},
		"blocks without name": {"delete from index_image"},
	} {
		t.Run(what, func(t *testing.T) {
			path := imaged(t)
			damaged(t, path, append(damage, "update event set type = 'elsewhere' where key = 'e'")...)
			d := opened(t, path, Options{})
			want(t, "the type in the table", typeOf(t, d, "e"), "elsewhere")
			healthy(t, d)
		})
	}
}

func TestAnotherImageTakesThePlaceOfAllOthers(t *testing.T) {
	path := imaged(t)
	damaged(t, path, "insert into index_image (image, format, revision, blocks) values (7, '', 0, 0)",
		"insert into index_block (image, pos, sum, data) values (7, 0, 0, x'00'), (9, 0, 0, x'00')")
	d := opened(t, path, Options{})
	must(t, d.KeepIndex(context.Background(), nil))
	want(t, "images", count(t, d, "select count(*) from index_image"), 1)
	want(t, "images with blocks", count(t, d, "select count(distinct image) from index_block"), 1)
	want(t, "its number", count(t, d, "select image from index_block limit 1"), count(t, d, "select image from index_image"))
}

// count is the number that a query gives.
func count(t failer, d *DB, query string) (n int) {
	t.Helper()
	s, err := d.reader(context.Background())
	must(t, err)
	defer d.release(s)
	must(t, s.each(context.Background(), query, nil, scanInto(&n)))
	return n
}

func TestAnImageOfEverythingServesAPublicOpening(t *testing.T) {
	ctx := context.Background()
	d := fresh(t)
	taken(t, d, sourceNamed("open", false), sourceNamed("closed", true),
		eventCiting("told-by-both", "open", "closed"), eventCiting("told-by-closed", "closed"), eventCiting("told-by-open", "open"))
	must(t, d.KeepIndex(ctx, nil))
	path := d.Path()
	d.Close()
	public := opened(t, path, Options{Public: true})
	viewed(t, public, func(v *View) { want(t, "events", v.Dataset().Events, 2) })
	healthy(t, public)
	before := count(t, public, "select max(image) from index_image")
	must(t, public.KeepIndex(ctx, nil)) // holds less than everything, and is not kept
	want(t, "the image", count(t, public, "select max(image) from index_image"), before)
}

func TestTheImageIsWrittenOnceNoWriteComes(t *testing.T) {
	path := emptyFile(t, t.TempDir())
	d := opened(t, path, Options{imageFrom: 3, idle: 10 * time.Millisecond})
	taken(t, d, source("paper"), event("e"))
	taken(t, d, event("f"))
	eventually(t, func() bool { return count(t, d, "select count(*) from index_image where revision = 2") == 1 })
	taken(t, d, event("g"))
	eventually(t, func() bool { return count(t, d, "select count(*) from index_image where revision = 3") == 1 })
	healthy(t, d)
}

func TestAnImageIsWrittenWithoutAnIndex(t *testing.T) {
	d := opened(t, imaged(t), Options{Unindexed: true, imageFrom: 3})
	stale := func(is bool) {
		t.Helper()
		got, err := d.IndexStale(context.Background())
		must(t, err)
		want(t, "that the image is stale", got, is)
	}
	stale(false)
	taken(t, d, event("g"))
	stale(false)
	for n := range 12 {
		taken(t, d, event(fmt.Sprint("more", n)))
	}
	stale(true)
	done := 0
	must(t, d.KeepIndex(context.Background(), func(n int) { done = n }))
	want(t, "events and sources told of", done, 25)
	stale(false)
	path := d.Path()
	d.Close()
	damaged(t, path, "update event set type = 'elsewhere' where key = 'e'")
	d = opened(t, path, Options{})
	want(t, "the type in the image", typeOf(t, d, "e"), event("e").Event.Type)
	damaged(t, path, fmt.Sprintf("update event set type = '%s' where key = 'e'", event("e").Event.Type))
	healthy(t, d)
}

func TestASmallRecordHasNoImage(t *testing.T) {
	d := opened(t, emptyFile(t, t.TempDir()), Options{idle: time.Millisecond})
	taken(t, d, source("paper"), event("e"))
	time.Sleep(50 * time.Millisecond)
	want(t, "images", count(t, d, "select count(*) from index_image"), 0)
}

// eventually waits until something is so.
func eventually(t *testing.T, is func() bool) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("it never came")
		}
	}
}

// TestEveryImageStandsForItsRevision keeps images between writes and opens the file from them.
func TestEveryImageStandsForItsRevision(t *testing.T) {
	folder := t.TempDir()
	checks(t, 20, func(t *rapid.T) {
		d := openedIn(t, folder)
		path := d.Path()
		for range rapid.IntRange(1, 4).Draw(t, "sets") {
			writePieces(t, d, recordtest.Records(rapid.IntRange(1, 8).Draw(t, "events")).Draw(t, "records"))
			if rapid.Bool().Draw(t, "kept") {
				must(t, d.KeepIndex(context.Background(), nil))
			}
			if rapid.Bool().Draw(t, "opened anew") {
				d.Close()
				var err error
				d, err = Open(context.Background(), path, Options{})
				must(t, err)
				healthy(t, d)
			}
		}
		d.Close()
	})
}

func TestAWritingThatIsCutOffLeavesTheImageBefore(t *testing.T) {
	path := imaged(t)
	d := opened(t, path, Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.KeepIndex(ctx, nil); err == nil {
		t.Fatal("an image was written although it was given up")
	}
	want(t, "images", count(t, d, "select count(*) from index_image"), 1)
	d.Close()
	healthy(t, opened(t, filepath.Clean(path), Options{}))
}
