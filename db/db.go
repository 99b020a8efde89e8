package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"tarikh/index"
	"tarikh/timeline"
)

// Options say how a database file is opened.
type Options struct {
	// ReadOnly never changes the record. The two small files beside it that a reader of a
	// write-ahead log needs are there while it is open, and are taken away at the end.
	ReadOnly bool
	// Public serves to nobody what a source's licence forbids passing on: see public.go.
	Public bool
	// Unindexed opens without the index: for processes that only write.
	Unindexed bool
	// Background opens before the index is made: questions wait for it. See [DB.Ready].
	Background bool
	// Now gives the time of changes; nil: the system's clock.
	Now func() time.Time
	// Notice is told what a person should know of the opening, such as the copy made
	// before a migration; nil: nobody.
	Notice func(string)

	schema    fs.FS           // the migrations; nil: those in the binary
	busy      time.Duration   // how long a locked file is waited for; zero: busyTimeout
	idle      time.Duration   // how long no write comes before the image of the index is written; zero: idle
	pause     <-chan struct{} // what reading the index waits for; nil: nothing
	imageFrom int             // events and sources from which there is an image; zero: imageFrom
}

// busyTimeout is how long a statement waits for another process's lock.
const busyTimeout = 5 * time.Second

// DB is one record in one SQLite file. It is safe for use by many goroutines.
type DB struct {
	path    string
	now     func() time.Time
	notice  func(string)
	options Options

	pool     *sql.DB       // query-only connections
	readers  chan *session // those that are open and idle, nil for one not yet opened
	watching chan *session // a reader more, which only asks for the revision
	write    *sql.DB       // one connection
	writing  chan *session // a place for one: whoever holds it writes
	done     chan struct{} // closed by Close
	closing  sync.Once
	worded   atomic.Bool // the index of words stands for the record
	tidies   bool        // the files beside the database are ours to take away

	life      context.Context // of what runs beside the questions; ended by end
	end       context.CancelFunc
	aside     sync.WaitGroup // what runs beside the questions
	loaded    chan struct{}  // closed once the index is made, or failed to be: then unread says why
	unread    error
	published chan struct{} // holds one thing when an index was published that was not yet looked at

	advancing sync.Mutex
	hidden    map[int64]bool // sources withheld in the newest snapshot; nil where not public
	current   atomic.Pointer[index.Index]
	recent    atomic.Pointer[[]*index.Index] // the newest snapshots, newest last
}

// Open opens the database file, makes it when it is not there and brings an older
// one to this version after a copy is made. A file of a newer version, a file that
// is no database and one that is not Tarikh's are refused and left as they are.
func Open(ctx context.Context, path string, o Options) (_ *DB, err error) {
	d := newDB(path, o)
	defer func() {
		if err != nil {
			d.Close()
		}
	}()
	d.tidies = o.ReadOnly && alone(path) && !Immutable(path)
	if err := d.prepareFile(ctx); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, explain(err))
	}
	if err := d.openPools(ctx); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, explain(err))
	}
	if err := d.openWords(ctx); err != nil {
		return nil, fmt.Errorf("make the index of words of %s: %w", path, err)
	}
	switch {
	case o.Unindexed:
	case o.Background:
		d.aside.Go(func() { d.makeIndex(d.life) })
	default:
		d.makeIndex(ctx)
		return d, d.unread
	}
	return d, nil
}

// newDB fills in what the options leave open.
func newDB(path string, o Options) *DB {
	o.busy, o.idle, o.imageFrom = cmp.Or(o.busy, busyTimeout), cmp.Or(o.idle, idle), cmp.Or(o.imageFrom, imageFrom)
	d := &DB{path: path, options: o, now: o.Now, notice: o.Notice, done: make(chan struct{}),
		loaded: make(chan struct{}), published: make(chan struct{}, 1)}
	d.life, d.end = context.WithCancel(context.Background())
	if d.now == nil {
		d.now = time.Now
	}
	if d.notice == nil {
		d.notice = func(string) {}
	}
	return d
}

// Path is the database file.
func (d *DB) Path() string { return d.path }

// Readers is how many questions can be read from the file at once.
func (d *DB) Readers() int { return cap(d.readers) }

// Close ends every connection; what is asked afterwards is UNAVAILABLE. A write
// that has not been committed by then is rolled back, and the readers of views that
// are still open are ended with them. It can be called twice.
func (d *DB) Close() {
	d.closing.Do(func() {
		close(d.done)
		d.end()
	})
	d.aside.Wait()
	drain(d.readers)
	drain(d.watching)
	drain(d.writing)
	for _, pool := range []*sql.DB{d.pool, d.write} {
		if pool != nil {
			_ = pool.Close()
		}
	}
	if d.tidies {
		d.tidy()
	}
}

// besides are the files that SQLite keeps beside a database while it is open.
func besides(path string) []string { return []string{path + "-wal", path + "-shm"} }

// alone says whether none of SQLite's files stands beside the database.
func alone(path string) bool {
	for _, beside := range besides(path) {
		if _, err := os.Lstat(beside); !errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	return true
}

// tidy removes the files that reading made beside the database. A reader cannot; so
// the file is opened once more and closed: whoever closes last takes them away, and
// where another process has the file open, they are its own and stay.
func (d *DB) tidy() {
	pool, err := sql.Open("sqlite", dsn(d.path, url.Values{"mode": {"rw"}}))
	if err != nil {
		return
	}
	_, _ = pool.Exec("select 1 from sqlite_schema")
	_ = pool.Close()
}

// drain closes the sessions that nobody holds.
func drain(idle chan *session) {
	for {
		select {
		case s := <-idle:
			if s != nil {
				s.close()
			}
		default: // empty, or there never was one
			return
		}
	}
}

// closed says whether Close was called.
func (d *DB) closed() bool {
	select {
	case <-d.done:
		return true
	default:
		return false
	}
}

// errClosed is what a question or a write is told after Close.
func errClosed() error {
	return timeline.Errorf(timeline.CodeUnavailable, "the database is closed")
}

// openPools opens the readers and, where the file may be written, the writer. The
// writer comes first: it makes the files that readers need.
func (d *DB) openPools(ctx context.Context) error {
	if !d.options.ReadOnly {
		if err := d.openWriter(ctx); err != nil {
			return err
		}
	}
	var err error
	if d.pool, err = sql.Open("sqlite", d.readerDSN()); err != nil {
		return err
	}
	// Twice as many readers as processors: measured as the best of 1 to 8 (storage.md 3).
	n := 2 * runtime.GOMAXPROCS(0)
	d.pool.SetMaxOpenConns(n + 1)
	d.pool.SetMaxIdleConns(n + 1)
	d.readers, d.watching = places(n), places(1)
	return nil
}

// places is room for n sessions, none of which is open yet.
func places(n int) chan *session {
	idle := make(chan *session, n)
	for range n {
		idle <- nil
	}
	return idle
}

func (d *DB) openWriter(ctx context.Context) (err error) {
	if d.write, err = sql.Open("sqlite", d.writerDSN()); err != nil {
		return err
	}
	d.write.SetMaxOpenConns(1)
	s, err := openSession(ctx, d.write)
	if err != nil {
		return err
	}
	d.writing = make(chan *session, 1)
	d.writing <- s
	return nil
}

// sqliteHeader is the size in bytes of the header that every SQLite database begins with.
const sqliteHeader = 100

// exists says whether a file is there and holds anything.
func exists(path string) (bool, error) {
	info, err := os.Stat(path)
	switch {
	case path == "" || path == ":memory:": // SQLite's names for no file, whose connections share nothing
		return false, timeline.Errorf(timeline.CodeInvalid, "%q names no file, and the record is kept in one", path)
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, timeline.Errorf(timeline.CodeUnavailable, "the database file cannot be opened: %v", err)
	case info.IsDir():
		return false, timeline.Errorf(timeline.CodeInvalid, "this is a folder, not a database file")
	case !info.Mode().IsRegular():
		return false, timeline.Errorf(timeline.CodeInvalid, "this is a device or a pipe, not a database file")
	case info.Size() > 0 && info.Size() < sqliteHeader: // SQLite would take a single byte for an empty database
		return false, timeline.Errorf(timeline.CodeInvalid, "the file is no SQLite database")
	}
	return info.Size() > 0, nil
}

// reader takes an idle reader, opening it when it is its first use.
func (d *DB) reader(ctx context.Context) (*session, error) { return d.take(ctx, d.readers) }

// take takes a session out of its place, opening it when it is its first use.
func (d *DB) take(ctx context.Context, idle chan *session) (*session, error) {
	if d.closed() {
		return nil, errClosed()
	}
	select {
	case s := <-idle:
		if s == nil {
			return d.openReader(ctx, idle)
		}
		s.statements = 0
		return s, nil
	case <-d.done:
		return nil, errClosed()
	case <-ctx.Done():
		return nil, timeline.Errorf(timeline.CodeUnavailable, "every reader of the database is busy")
	}
}

// openReader opens the reader whose place was taken, or gives the place back.
func (d *DB) openReader(ctx context.Context, idle chan *session) (*session, error) {
	s, err := openSession(ctx, d.pool)
	if err != nil {
		d.giveBack(idle, nil)
		return nil, err
	}
	return s, nil
}

// release gives a reader back. One whose last statement failed is closed and its
// place opened anew, because an interrupted connection may be lost.
func (d *DB) release(s *session) { d.releaseTo(d.readers, s) }

func (d *DB) releaseTo(idle chan *session, s *session) {
	if s.broken {
		s.close()
		s = nil
	}
	d.giveBack(idle, s)
}

// Revision is the newest revision of the record that the file holds now, whichever
// process wrote it. It has a reader of its own, so that it waits for no question.
func (d *DB) Revision(ctx context.Context) (int64, error) {
	s, err := d.take(ctx, d.watching)
	if err != nil {
		return 0, err
	}
	defer d.releaseTo(d.watching, s)
	revision, _, err := probe(context.WithoutCancel(ctx), s) // one row of the end of an index
	return revision, err
}

// giveBack returns a session, or its place. After Close nobody would take it again,
// so that it is closed at once, whichever of the two came first.
func (d *DB) giveBack(idle chan *session, s *session) {
	idle <- s
	if d.closed() {
		drain(idle)
	}
}
