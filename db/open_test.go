package db

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"tarikh/timeline"
)

func TestANewFileIsMadeAndOpenedAgain(t *testing.T) {
	// A name that a URL would take apart.
	path := filepath.Join(t.TempDir(), "تاريخ 100% #1?mode=ro&x.db")
	d := opened(t, path, Options{Notice: func(s string) { t.Errorf("told of a new file: %s", s) }})
	want(t, "path", d.Path(), path)
	taken(t, d, source("paper"))
	d.Close()
	want(t, "that the file has its name", fileExists(path), true)
	d = opened(t, path, Options{ReadOnly: true})
	want(t, "records", len(lines(t, d)), 1)
}

func TestARelativePathIsOpenedWhereTheProcessStands(t *testing.T) {
	t.Chdir(t.TempDir())
	d := opened(t, "a:b.db", Options{})
	taken(t, d, source("paper"))
	want(t, "that the file has its name", fileExists("a:b.db"), true)
}

func TestAnEmptyFileIsTakenAsANewOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "zero.db")
	must(t, os.WriteFile(path, nil, 0o600))
	_, err := Open(context.Background(), path, Options{ReadOnly: true})
	wantCode(t, err, timeline.CodeNotFound)
	healthy(t, opened(t, path, Options{}))
}

func TestAFileOfOthersIsRefusedAndLeftAsItIs(t *testing.T) {
	sqlite := func(statements ...string) func(*testing.T, string) {
		return func(t *testing.T, path string) { execute(t, path, statements...) }
	}
	for name, c := range map[string]struct {
		made func(*testing.T, string)
		says string
	}{
		"a text": {func(t *testing.T, path string) {
			must(t, os.WriteFile(path, []byte(strings.Repeat("this is no database\n", 99)), 0o600))
		}, "no SQLite database"},
		"another program's database": {sqlite("create table notes (text)", "insert into notes values ('keep me')"), "another program"},
		"another program's mark":     {sqlite("pragma application_id = 7"), "another program"},
		"one of a newer version": {func(t *testing.T, path string) {
			opened(t, path, Options{schema: nextSchema(t)}).Close()
		}, "newer"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "file.db")
			c.made(t, path)
			before, err := os.ReadFile(path)
			must(t, err)
			for _, o := range []Options{{}, {ReadOnly: true}} {
				_, err := Open(context.Background(), path, o)
				wantCode(t, err, timeline.CodeInvalid)
				want(t, "that it says why: "+err.Error(), strings.Contains(err.Error(), c.says), true)
			}
			after, err := os.ReadFile(path)
			must(t, err)
			want(t, "that the file is as it was", string(after) == string(before), true)
		})
	}
}

func TestAFolderOrAMissingFolderIsRefused(t *testing.T) {
	folder := t.TempDir()
	_, err := Open(context.Background(), folder, Options{})
	wantCode(t, err, timeline.CodeInvalid)
	_, err = Open(context.Background(), filepath.Join(folder, "missing", "x.db"), Options{})
	wantCode(t, err, timeline.CodeUnavailable)
	_, err = Open(context.Background(), filepath.Join(folder, "x.db"), Options{ReadOnly: true})
	wantCode(t, err, timeline.CodeNotFound)
	want(t, "that reading makes no file", fileExists(filepath.Join(folder, "x.db")), false)
}

func TestADamagedFileIsTold(t *testing.T) {
	path := emptyFile(t, t.TempDir())
	bytes, err := os.ReadFile(path)
	must(t, err)
	for i := 100; i < len(bytes); i++ { // all but the header
		bytes[i] = 0xAA
	}
	must(t, os.WriteFile(path, bytes, 0o600))
	_, err = Open(context.Background(), path, Options{})
	wantCode(t, err, timeline.CodeInvalid)
}

func TestAnOlderFileIsCopiedAndMigrated(t *testing.T) {
	path := emptyFile(t, t.TempDir())
	d := opened(t, path, Options{})
	taken(t, d, source("paper"), event("e"))
	was := lines(t, d)
	d.Close()

	_, err := Open(context.Background(), path, Options{ReadOnly: true, schema: nextSchema(t)})
	wantCode(t, err, timeline.CodeInvalid)
	want(t, "that it says what to do: "+err.Error(), strings.Contains(err.Error(), "older"), true)

	var told []string
	next := Options{schema: nextSchema(t), Now: clockAt, Notice: func(s string) { told = append(told, s) }}
	d = opened(t, path, next)
	copied := fmt.Sprintf("%s.v%d-20260102T030405Z", path, newestVersion(t))
	want(t, "notices", len(told), 1)
	want(t, "that the copy is named: "+told[0], strings.Contains(told[0], copied), true)
	want(t, "records", len(lines(t, d)), len(was))
	viewed(t, d, func(v *View) {
		n := 0
		must(t, v.each(context.Background(), "select count(*) from note", nil, scanInto(&n)))
	})
	healthy(t, d)
	d.Close()

	old := opened(t, copied, Options{ReadOnly: true}) // by the version that does not know the last migration
	want(t, "records of the copy", strings.Join(lines(t, old), "\n"), strings.Join(was, "\n"))
	healthy(t, old)
	opened(t, path, next)
	want(t, "notices when there is nothing to migrate", len(told), 1)
}

func TestRecordsOutliveEveryMigrationSinceTheIndexOfWords(t *testing.T) {
	for version := int64(2); version < newestVersion(t); version++ {
		path := filepath.Join(t.TempDir(), "old.db")
		old := opened(t, path, Options{schema: schemaUpTo(t, version), Now: clockAt, Unindexed: true})
		d := opened(t, emptyFile(t, t.TempDir()), Options{Now: clockAt})
		e := event("e")
		e.Event.Origins = []timeline.OriginRecord{
			{Dataset: timeline.RefTo("paper"), DatasetRow: "2", Line: 7, Row: `{"a":"` + strings.Repeat("x", 5000) + `"}`},
			{Dataset: timeline.RefTo("paper"), DatasetRow: "1", Version: "24.1", Row: "{}"},
		}
		taken(t, old, source("paper"), e, event("f"))
		old.Close()
		taken(t, d, source("paper"), e, event("f"))
		was := lines(t, d)
		d = opened(t, path, Options{})
		want(t, "the records", strings.Join(lines(t, d), "\n"), strings.Join(was, "\n"))
		healthy(t, d)
	}
}

func TestAMigrationThatWouldOverwriteACopyDoesNotBegin(t *testing.T) {
	path := emptyFile(t, t.TempDir())
	must(t, os.WriteFile(fmt.Sprintf("%s.v%d-20260102T030405Z", path, newestVersion(t)), []byte("mine"), 0o600))
	_, err := Open(context.Background(), path, Options{schema: nextSchema(t), Now: clockAt})
	wantCode(t, err, timeline.CodeConflict)
	opened(t, path, Options{}) // still of this version
}

func TestAFirstOpeningThatWasCutOffIsTakenUpAgain(t *testing.T) {
	for name, cut := range map[string]func(*testing.T, string){
		"after the mark": func(t *testing.T, path string) {
			execute(t, path, "pragma journal_mode = wal", "pragma application_id = 1953655656")
		},
		"after goose's table": func(t *testing.T, path string) {
			empty := fstest.MapFS{"00001_record.sql": {Data: []byte("-- +goose Up\nselect broken;\n")}}
			_, err := Open(context.Background(), path, Options{schema: empty})
			want(t, "that it fails", err != nil, true)
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "cut.db")
			cut(t, path)
			d := opened(t, path, Options{Notice: func(s string) { t.Errorf("told of a new file: %s", s) }})
			taken(t, d, source("paper"))
			healthy(t, d)
		})
	}
}

func TestAReadOnlyDatabaseIsReadAndNeverWritten(t *testing.T) {
	path := emptyFile(t, t.TempDir())
	writer := opened(t, path, Options{})
	taken(t, writer, source("paper"))
	d := opened(t, path, Options{ReadOnly: true})
	want(t, "records", len(lines(t, d)), 1)
	_, err := d.Write(context.Background(), someone(), func(*Tx) error { return nil })
	wantCode(t, err, timeline.CodeForbidden)
	taken(t, writer, source("other"))
	want(t, "records after another's write", len(lines(t, d)), 2)
	healthy(t, d)
}

func TestAFileInAFolderThatCannotBeWrittenIsOpenedAsUnchanging(t *testing.T) {
	folder := t.TempDir()
	path := emptyFile(t, folder)
	d := opened(t, path, Options{})
	taken(t, d, source("paper"))
	d.Close()
	must(t, os.Chmod(folder, 0o500))
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
	if writable(folder) {
		t.Skip("this user writes to every folder (root does)")
	}
	want(t, "immutable", Immutable(path), true)
	d = opened(t, path, Options{ReadOnly: true})
	want(t, "records", len(lines(t, d)), 1)
	_, err := Open(context.Background(), path, Options{})
	want(t, "that it is refused for writing", timeline.CodeOf(err) != timeline.CodeInternal && err != nil, true)
}

func TestOnlyAReadOnlyFileWithoutALogIsTakenAsUnchanging(t *testing.T) {
	// A folder in which no file can be made, whoever asks: one that is not there.
	path := filepath.Join(t.TempDir(), "missing", "x.db")
	want(t, "no folder", Immutable(path), true)
	read := newDB(path, Options{ReadOnly: true})
	want(t, "reader's name", strings.Contains(read.readerDSN(), "immutable=1"), true)
	want(t, "reader's name of one that writes", strings.Contains(newDB(path, Options{}).readerDSN(), "immutable"), false)

	path = emptyFile(t, t.TempDir())
	want(t, "a folder that can be written", Immutable(path), false)
}

// nextSchema is a schema of one version more than this one.
func nextSchema(t *testing.T) fs.FS {
	t.Helper()
	next := schemaUpTo(t, newestVersion(t)).(fstest.MapFS)
	next[fmt.Sprintf("%05d_note.sql", newestVersion(t)+1)] = &fstest.MapFile{
		Data: []byte("-- +goose Up\ncreate table note (text text not null) strict;\n")}
	return next
}

// newestVersion is the version of the schema of this binary.
func newestVersion(t *testing.T) int64 {
	t.Helper()
	newest, err := newestMigration(newDB("", Options{}).migrations())
	must(t, err)
	return newest
}

// schemaUpTo is the schema as it was at a version.
func schemaUpTo(t *testing.T, version int64) fs.FS {
	t.Helper()
	schema := fstest.MapFS{}
	all, err := embedded.ReadDir("migrations")
	must(t, err)
	for _, f := range all {
		text, err := embedded.ReadFile("migrations/" + f.Name())
		must(t, err)
		if f.Name()[:5] <= fmt.Sprintf("%05d", version) {
			schema[f.Name()] = &fstest.MapFile{Data: text}
		}
	}
	return schema
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// execute runs statements on a file as another program would.
func execute(t *testing.T, path string, statements ...string) {
	t.Helper()
	pool, err := sql.Open("sqlite", path)
	must(t, err)
	defer func() { must(t, pool.Close()) }()
	for _, s := range statements {
		_, err := pool.Exec(s)
		must(t, err)
	}
}

func TestWhatIsNoOrdinaryFileIsRefused(t *testing.T) {
	for _, path := range []string{"", ":memory:", os.DevNull} {
		for _, o := range []Options{{}, {ReadOnly: true}} {
			_, err := Open(context.Background(), path, o)
			wantCode(t, err, timeline.CodeInvalid)
		}
	}
}

func TestOpeningANewFileTwiceAtOnceMakesItOnce(t *testing.T) {
	for range 5 {
		path := filepath.Join(t.TempDir(), "new.db")
		const all = 4
		errs := make(chan error, all)
		for range all {
			go func() {
				d, err := Open(context.Background(), path, Options{})
				if err == nil {
					d.Close()
				}
				errs <- err
			}()
		}
		for range all {
			must(t, <-errs)
		}
		healthy(t, opened(t, path, Options{}))
	}
}

func TestAFileTooShortForADatabaseIsNotOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), path, Options{})
	if timeline.CodeOf(err) != timeline.CodeInvalid {
		t.Errorf("got %v", err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "x" {
		t.Errorf("the file holds %q now, %v", b, err)
	}
}
