package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"tarikh/timeline"
)

// Backup writes a whole, compact copy of the newest revision to a file that must
// not be there yet, while others read and write. The copy stands under its name
// only when it is complete and on the disk. VACUUM INTO is used because a stepped
// backup begins anew with every write and never ends under many (storage.md 5).
func (d *DB) Backup(ctx context.Context, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return timeline.Errorf(timeline.CodeConflict, "%s is there already; a backup never overwrites a file", to)
	}
	part, err := d.emptyBeside(to)
	if err != nil {
		return unwritten(err)
	}
	defer func() { _ = os.Remove(part) }() // gone already where all went well
	if err := d.copyTo(ctx, part); err != nil {
		return fmt.Errorf("back up to %s: %w", to, explain(err))
	}
	if err := keepFile(part, to); err != nil {
		return unwritten(err)
	}
	return nil
}

func unwritten(err error) error {
	return timeline.Errorf(timeline.CodeUnavailable, "the backup cannot be written: %v", err)
}

// emptyBeside makes an empty file of a name of its own in the folder of another, for
// those to read who may read the database: a rename within a folder is whole or not
// at all.
func (d *DB) emptyBeside(path string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part-*")
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(d.path); err == nil {
		_ = os.Chmod(f.Name(), info.Mode().Perm()) // where it fails, only its owner reads it
	}
	return f.Name(), f.Close()
}

// copyTo copies the newest revision to an empty file, over a connection that only
// reads the record.
func (d *DB) copyTo(ctx context.Context, path string) error {
	if d.closed() {
		return errClosed()
	}
	pool, err := sql.Open("sqlite", d.plainDSN("ro"))
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	_, err = pool.ExecContext(ctx, "vacuum into ?", path)
	return err
}

// keepFile brings a finished file to the disk and gives it its name.
func keepFile(part, to string) error {
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(part, to)
}
