package db

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
)

// writerDSN names the writing connection. Pragmas belong in it: through Exec they
// would reach one pooled connection by chance. Its cache of pages takes twice what is
// said here: the driver's allocator gives 8 KiB to a page of 4 KiB with its header. An
// import of 100,000 rows was no slower than with twice the cache.
func (d *DB) writerDSN() string {
	return dsn(d.path, url.Values{
		"_txlock": {"immediate"}, "_dqs": {"0"}, "_error_rc": {"1"},
		"_pragma": {
			d.busyPragma(), "journal_mode(wal)", "synchronous(full)", "foreign_keys(1)",
			"temp_store(memory)", "cache_size(-16384)", "journal_size_limit(67108864)",
		},
	})
}

// readerDSN names the reading connections. They map the file into memory: see docs/decisions.md.
func (d *DB) readerDSN() string {
	v := url.Values{
		"_dqs": {"0"}, "_error_rc": {"1"}, "mode": {"ro"},
		"_pragma": {d.busyPragma(), "query_only(1)", "temp_store(memory)", "cache_size(-16384)"},
	}
	if !d.options.Unindexed { // else the file is read from end to end, and would all be counted as this process's memory
		v.Add("_pragma", "mmap_size(2147418112)")
	}
	if d.options.ReadOnly && Immutable(d.path) {
		v.Set("immutable", "1")
	}
	return dsn(d.path, v)
}

// plainDSN names a connection without a pragma that would change the file: for
// looking at a file that may be another program's, and for copying ours.
func (d *DB) plainDSN(mode string) string {
	v := url.Values{"_dqs": {"0"}, "_error_rc": {"1"}, "mode": {mode}, "_pragma": {d.busyPragma()}}
	if d.options.ReadOnly && Immutable(d.path) {
		v.Set("immutable", "1")
	}
	return dsn(d.path, v)
}

func (d *DB) busyPragma() string {
	return fmt.Sprintf("busy_timeout(%d)", d.options.busy.Milliseconds())
}

// Immutable says whether a read-only opening of path takes it as a file that
// nobody changes: its folder cannot be written, so that SQLite cannot make the files
// that a log beside the database needs. Where such a log is there already it must be
// read, and an immutable opening would pass over it.
func Immutable(path string) bool {
	log, err := os.Stat(path + "-wal")
	logged := err == nil && log.Size() > 0
	return !logged && !writable(filepath.Dir(path))
}

func dsn(path string, v url.Values) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: v.Encode()}
	return u.String()
}

// writable says whether files can be made in a folder, by making one.
func writable(folder string) bool {
	f, err := os.CreateTemp(folder, ".tarikh-*")
	if err != nil {
		return false
	}
	_ = f.Close()
	return os.Remove(f.Name()) == nil
}
