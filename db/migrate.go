package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"

	"tarikh/timeline"
)

//go:embed migrations/*.sql
var embedded embed.FS

// applicationID marks a file as Tarikh's in SQLite's header: "trkh" as four bytes.
const applicationID = 0x74726b68

// prepareFile makes or migrates the file before anything reads it. What is there is
// looked at first, by a connection that changes nothing: a file that is not ours
// stays as it is.
func (d *DB) prepareFile(ctx context.Context) error {
	there, err := exists(d.path)
	if err != nil {
		return err
	}
	if !there && d.options.ReadOnly {
		return timeline.Errorf(timeline.CodeNotFound, "there is no such database file")
	}
	newest, err := newestMigration(d.migrations())
	if err != nil {
		return err
	}
	var s schemaState
	if there {
		if s, err = d.look(ctx); err != nil {
			return err
		}
	}
	switch err := s.refuse(newest); {
	case err != nil || s.version == newest:
		return err
	case d.options.ReadOnly:
		return timeline.Errorf(timeline.CodeInvalid,
			"the database has schema version %d, older than %d; open it once without --read-only to migrate it", s.version, newest)
	}
	if s.version > 0 {
		if err := d.copyBefore(ctx, s.version); err != nil {
			return err
		}
	}
	return d.migrateFrom(ctx, s, newest)
}

// migrateFrom migrates a file that was seen in state s. Another process may be at the same
// work, as when two servers start on one new file. Then one of them fails at what the other
// has done already, or at its lock, which SQLite does not wait for while the log is set up;
// it goes on from there while there is a step forward, and waits no longer than for any lock.
func (d *DB) migrateFrom(ctx context.Context, s schemaState, newest int64) error {
	patience := time.Now().Add(d.options.busy)
	for {
		failed := d.migrate(ctx)
		if failed == nil {
			return nil
		}
		now, err := d.look(ctx)
		switch {
		case err == nil && now.version == newest:
			return nil
		case err == nil && now != s:
			s = now
		case !isLocked(failed) && !isLocked(err), time.Now().After(patience), ctx.Err() != nil:
			return failed
		default:
			time.Sleep(lockPause)
		}
	}
}

// lockPause is the time between two tries at a lock that SQLite itself does not wait for.
const lockPause = 10 * time.Millisecond

// look reads what a file says of itself. A file that was cut off in the middle of a
// change made without a log must be written to be read: then it is.
func (d *DB) look(ctx context.Context) (schemaState, error) {
	s, err := d.lookAs(ctx, "ro")
	if timeline.CodeOf(explain(err)) == timeline.CodeForbidden && !d.options.ReadOnly {
		return d.lookAs(ctx, "rw")
	}
	return s, err
}

func (d *DB) lookAs(ctx context.Context, mode string) (schemaState, error) {
	pool, err := sql.Open("sqlite", d.plainDSN(mode))
	if err != nil {
		return schemaState{}, err
	}
	defer func() { _ = pool.Close() }()
	pool.SetMaxOpenConns(1)
	return readState(ctx, pool)
}

// schemaState is what a file says of itself.
type schemaState struct {
	application int64 // SQLite's application_id
	tables      int   // how many tables and views it has
	version     int64 // newest migration applied; 0: none
}

func readState(ctx context.Context, pool *sql.DB) (s schemaState, err error) {
	if err = pool.QueryRowContext(ctx, "pragma application_id").Scan(&s.application); err != nil {
		return s, err
	}
	migrated := 0 // whether goose's own table is there: not yet, where the first opening was cut off
	if err = pool.QueryRowContext(ctx, `
		select count(*), count(*) filter (where name = 'goose_db_version')
		from sqlite_schema where type in ('table', 'view')`).
		Scan(&s.tables, &migrated); err != nil || s.application != applicationID || migrated == 0 {
		return s, err
	}
	err = pool.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from goose_db_version where is_applied").
		Scan(&s.version)
	return s, err
}

// refuse says why a file cannot be opened by this version; nil when it can.
func (s schemaState) refuse(newest int64) error {
	switch {
	case s.application != applicationID && (s.application != 0 || s.tables > 0):
		return timeline.Errorf(timeline.CodeInvalid,
			"this is an SQLite database of another program, not Tarikh's; nothing in it was touched")
	case s.version > newest:
		return timeline.Errorf(timeline.CodeInvalid,
			"the database has schema version %d, newer than the %d that this version of tarikh knows; use a newer tarikh", s.version, newest)
	}
	return nil
}

// copyBefore keeps the file as it was before a migration, and names the copy to
// whoever listens.
func (d *DB) copyBefore(ctx context.Context, version int64) error {
	path := fmt.Sprintf("%s.v%d-%s", d.path, version, d.now().UTC().Format("20060102T150405Z"))
	if err := d.Backup(ctx, path); err != nil {
		return fmt.Errorf("copy before migrating: %w", err)
	}
	d.notice(fmt.Sprintf("the database is older than this version; it was copied to %s and is migrated", path))
	return nil
}

// migrate runs the migrations that are missing, each in a transaction of its own.
// The mark comes first: what goose begins is Tarikh's from its first table on.
func (d *DB) migrate(ctx context.Context) error {
	pool, err := sql.Open("sqlite", d.writerDSN())
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	pool.SetMaxOpenConns(1)
	if _, err := pool.ExecContext(ctx, fmt.Sprintf("pragma application_id = %d", applicationID)); err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, pool, d.migrations())
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// migrations are the files by which the schema came to be, by number.
func (d *DB) migrations() fs.FS {
	if d.options.schema != nil {
		return d.options.schema
	}
	return builtIn()
}

// builtIn are the migrations in the binary.
func builtIn() fs.FS {
	files, err := fs.Sub(embedded, "migrations")
	if err != nil {
		return embedded // the folder is in the binary by the line that embeds it
	}
	return files
}

// SchemaVersion is the version of the tables that this binary makes and reads.
func SchemaVersion() (int64, error) { return newestMigration(builtIn()) }

// newestMigration is the highest number among the migrations.
func newestMigration(files fs.FS) (int64, error) {
	entries, err := fs.Glob(files, "*.sql")
	if err != nil || len(entries) == 0 {
		return 0, fmt.Errorf("no migrations in the binary: %w", errors.Join(err, fs.ErrNotExist))
	}
	return goose.NumericComponent(entries[len(entries)-1])
}

// clock is the instant of a change, to the millisecond in which it is kept.
func (d *DB) clock() timeline.DateTime {
	return timeline.NewDateTime(d.now().Truncate(time.Millisecond))
}
