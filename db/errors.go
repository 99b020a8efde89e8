package db

import (
	"context"
	"errors"

	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"

	"tarikh/timeline"
)

// explain gives a code of the taxonomy to those of SQLite's errors that are
// somebody's to mend: a locked file, a full disk, a folder that cannot be written,
// a file that is no database. The rest stay internal.
func explain(err error) error {
	var coded *timeline.Error
	if err == nil || errors.As(err, &coded) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	return explainCode(e.Code(), err)
}

// isLocked says whether an error is that another process holds the file.
func isLocked(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlitelib.SQLITE_BUSY
}

// explainCode explains an error by SQLite's result code; the low byte is the primary
// one, the rest is detail.
func explainCode(result int, err error) error {
	switch result & 0xff {
	case sqlitelib.SQLITE_BUSY, sqlitelib.SQLITE_LOCKED:
		return timeline.Errorf(timeline.CodeUnavailable,
			"the database is locked by another process; try again when it has finished")
	case sqlitelib.SQLITE_FULL:
		return timeline.Errorf(timeline.CodeUnavailable,
			"the disk is full; nothing of this change was kept")
	case sqlitelib.SQLITE_READONLY:
		return timeline.Errorf(timeline.CodeForbidden,
			"the database cannot be written: the file, its folder or this connection is read-only")
	case sqlitelib.SQLITE_NOTADB:
		return timeline.Errorf(timeline.CodeInvalid, "the file is no SQLite database")
	case sqlitelib.SQLITE_CORRUPT:
		return timeline.Errorf(timeline.CodeInvalid, "the database file is damaged: %v", err)
	case sqlitelib.SQLITE_CANTOPEN:
		return timeline.Errorf(timeline.CodeUnavailable,
			"the database file cannot be opened or made; look whether it and its folder may be read and written: %v", err)
	case sqlitelib.SQLITE_INTERRUPT:
		return context.Canceled
	}
	return err
}
