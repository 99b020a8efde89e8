package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"

	"tarikh/timeline"
)

func TestAFullDiskIsUnavailableAndTheNextWriteWorks(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	taken(t, d, source("paper"))
	pages := 0
	viewed(t, d, func(v *View) { must(t, v.each(ctx, "pragma page_count", nil, scanInto(&pages))) })
	s, err := d.writer(ctx)
	must(t, err)
	must(t, s.each(ctx, fmt.Sprintf("pragma max_page_count = %d", pages+5), nil, func(rowScanner) error { return nil }))
	d.giveBack(d.writing, s)

	big := func() []*timeline.Record {
		var records []*timeline.Record
		for i := range 200 {
			records = append(records, event(fmt.Sprintf("e-%d", i), func(e *timeline.EventRecord) {
				e.Titles[0].Text = strings.Repeat("تمبكتو ", 200)
			}))
		}
		return records
	}
	_, err = d.Write(ctx, someone(), func(tx *Tx) error {
		_, err := tx.Put(ctx, big())
		return err
	})
	wantCode(t, err, timeline.CodeUnavailable)
	want(t, "that it says so: "+err.Error(), strings.Contains(err.Error(), "disk is full"), true)
	want(t, "records", len(lines(t, d)), 1)
	healthy(t, d)

	taken(t, d, big()...) // over a new connection, without the limit
	want(t, "records", len(lines(t, d)), 201)
	healthy(t, d)
}

func TestALockedFileIsUnavailableAfterAWhile(t *testing.T) {
	d := opened(t, emptyFile(t, t.TempDir()), Options{busy: 30 * time.Millisecond})
	taken(t, d, source("paper"))
	pool, err := sql.Open("sqlite", d.Path())
	must(t, err)
	defer func() { _ = pool.Close() }()
	conn, err := pool.Conn(context.Background())
	must(t, err)
	_, err = conn.ExecContext(context.Background(), "begin immediate")
	must(t, err)
	_, err = d.Write(context.Background(), someone(), func(*Tx) error { return nil })
	wantCode(t, err, timeline.CodeUnavailable)
	want(t, "that reading goes on", len(lines(t, d)), 1)
	_, err = conn.ExecContext(context.Background(), "rollback")
	must(t, err)
	must(t, conn.Close())
	taken(t, d, source("other"))
	healthy(t, d)
}

func TestABackupWhileOthersWriteIsAWholeRevision(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"))
	stop, wrote := make(chan struct{}), make(chan struct{}, 1)
	var writer sync.WaitGroup
	writer.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
				taken(t, d, event(fmt.Sprintf("a-%d", n)), event(fmt.Sprintf("b-%d", n)))
			}
			select {
			case wrote <- struct{}{}:
			default:
			}
		}
	})
	<-wrote
	from := d.current.Load().Revision()
	to := filepath.Join(t.TempDir(), "copy.db")
	err := d.Backup(context.Background(), to)
	until := d.current.Load().Revision()
	close(stop)
	writer.Wait()
	must(t, err)

	c := opened(t, to, Options{ReadOnly: true})
	healthy(t, c)
	viewed(t, c, func(v *View) {
		want(t, fmt.Sprintf("that %d lies from %d to %d", v.Revision(), from, until),
			from <= v.Revision() && v.Revision() <= until+1, true)
		want(t, "events of whole writes", int64(v.Dataset().Events), 2*(v.Revision()-1))
	})
	files, err := os.ReadDir(filepath.Dir(to))
	must(t, err)
	for _, f := range files {
		want(t, "that no part is left: "+f.Name(), strings.Contains(f.Name(), ".part"), false)
	}
}

func TestABackupNeverOverwrites(t *testing.T) {
	d := fresh(t)
	to := filepath.Join(t.TempDir(), "copy.db")
	must(t, os.WriteFile(to, []byte("mine"), 0o600))
	wantCode(t, d.Backup(context.Background(), to), timeline.CodeConflict)
	wantCode(t, d.Backup(context.Background(), d.Path()), timeline.CodeConflict)
	wantCode(t, d.Backup(context.Background(), filepath.Join(to, "below")), timeline.CodeUnavailable)
	kept, err := os.ReadFile(to)
	must(t, err)
	want(t, "the file", string(kept), "mine")
}

func TestAReadOnlyDatabaseIsBackedUp(t *testing.T) {
	path := emptyFile(t, t.TempDir())
	d := opened(t, path, Options{})
	taken(t, d, source("paper"))
	d.Close()
	d = opened(t, path, Options{ReadOnly: true})
	must(t, d.Backup(context.Background(), path+".copy"))
	want(t, "records", len(lines(t, opened(t, path+".copy", Options{}))), 1)
}

func TestErrorsOfSQLiteAreGivenTheCodeOfWhoCanMendThem(t *testing.T) {
	path := filepath.Join(t.TempDir(), "text.db")
	must(t, os.WriteFile(path, []byte(strings.Repeat("no database ", 99)), 0o600))
	pool, err := sql.Open("sqlite", path)
	must(t, err)
	defer func() { _ = pool.Close() }()
	_, real := pool.Exec("select 1 from sqlite_schema")
	var sqliteError *sqlite.Error
	want(t, "that the driver gives its own error", errors.As(real, &sqliteError), true)
	wantCode(t, explain(fmt.Errorf("wrapped: %w", real)), timeline.CodeInvalid)

	for result, code := range map[int]timeline.Code{
		sqlitelib.SQLITE_BUSY: timeline.CodeUnavailable, sqlitelib.SQLITE_BUSY_SNAPSHOT: timeline.CodeUnavailable,
		sqlitelib.SQLITE_LOCKED: timeline.CodeUnavailable, sqlitelib.SQLITE_FULL: timeline.CodeUnavailable,
		sqlitelib.SQLITE_READONLY: timeline.CodeForbidden, sqlitelib.SQLITE_READONLY_DIRECTORY: timeline.CodeForbidden,
		sqlitelib.SQLITE_NOTADB: timeline.CodeInvalid, sqlitelib.SQLITE_CORRUPT: timeline.CodeInvalid,
		sqlitelib.SQLITE_CANTOPEN:          timeline.CodeUnavailable,
		sqlitelib.SQLITE_CONSTRAINT_UNIQUE: timeline.CodeInternal, sqlitelib.SQLITE_IOERR: timeline.CodeInternal,
	} {
		t.Run(fmt.Sprint(result), func(t *testing.T) {
			original := errors.New("the driver's own")
			wantCode(t, explainCode(result, original), code)
			if code == timeline.CodeInternal {
				want(t, "that it stays as it was", explainCode(result, original), original)
			}
		})
	}
	want(t, "an interrupt", errors.Is(explainCode(sqlitelib.SQLITE_INTERRUPT, errors.New("x")), context.Canceled), true)
	want(t, "nil", explain(nil), nil)
	plain, coded := errors.New("not SQLite's"), timeline.Errorf(timeline.CodeConflict, "ours")
	for _, err := range []error{plain, coded, context.Canceled, context.DeadlineExceeded} {
		want(t, "one that is not SQLite's", explain(err), err)
	}
}
