package main

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"tarikh/dataset"
	"tarikh/db"
	"tarikh/timeline"
)

// database is the flag that all commands share which need one.
type database struct {
	DB string `name:"db" default:"tarikh.db" placeholder:"FILE" help:"The database file."`
}

// openToRead opens a database that is there and that nothing is written to.
func (s *shell) openToRead(path string, o db.Options) (*db.DB, error) {
	if missing, err := isMissing(path); err != nil {
		return nil, err
	} else if missing {
		return nil, errNoDatabase(path)
	}
	o.ReadOnly = true
	return s.openDatabase(path, o)
}

// errNoDatabase is what a command is told that needs a database which is there.
func errNoDatabase(path string) error {
	return fmt.Errorf("%s: %w", path, timeline.Errorf(timeline.CodeNotFound,
		"there is no such database; tarikh serve and tarikh import make one"))
}

// openDatabase opens a database and tells what a person should know of the opening.
func (s *shell) openDatabase(path string, o db.Options) (*db.DB, error) {
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return nil, makingError(path, err)
	}
	o.Notice = s.notice
	return db.Open(s.ctx, path, o)
}

// notice tells something that is no mistake on the error stream.
func (s *shell) notice(message string) { _, _ = fmt.Fprintf(s.err, "tarikh: %s\n", message) }

// isMissing says whether a database file has still to be made. An empty file counts as none.
func isMissing(path string) (bool, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, fileError(path, err)
	}
	return info.Size() == 0 && info.Mode().IsRegular(), nil
}

// fill takes the shipped record in, as one change, where nothing was ever written to the
// database; so a first start that was cut off is made up for by the next. It says whether it did.
func (s *shell) fill(d *db.DB) (bool, error) {
	revision, err := s.revision(d)
	if err != nil || revision > 0 {
		return false, err
	}
	report, err := d.Import(s.ctx, timeline.Change{
		By: "tarikh", Reason: shippedReason + dataset.Version, Bulk: true,
	}, shipped(), db.ImportOptions{})
	if err == nil && report.Rejected > 0 {
		err = fmt.Errorf("the shipped record: %s", report.Problems[0])
	}
	return err == nil, err
}

// revision is the database's, also where it is open without its index.
func (s *shell) revision(d *db.DB) (int64, error) {
	w, err := d.Rehearse(s.ctx, timeline.Change{By: "tarikh"}, func(*db.Tx) error { return nil })
	return w.Revision, err
}

// shippedReason begins the reason of the change that brings a binary's record.
const shippedReason = "the shipped record "

// tellNewer says when this binary ships a newer record than the one that the database began
// with.
func (s *shell) tellNewer(d *db.DB, name string) error {
	reason, err := d.LastChange(s.ctx, shippedReason)
	if err == nil && reason != "" && reason < shippedReason+dataset.Version {
		s.notice(name + " holds " + reason + "; this tarikh ships " + dataset.Version + ": tarikh import --shipped brings it")
	}
	return err
}

// shippedAnew is the record of the binary for a database that holds an older one.
func shippedAnew() iter.Seq2[timeline.Incoming, error] {
	return func(yield func(timeline.Incoming, error) bool) {
		for in, err := range shipped() {
			in.Renews = true
			if !yield(in, err) {
				return
			}
		}
	}
}

// shipped is the record of the binary as an import takes it; its lines are their places.
func shipped() iter.Seq2[timeline.Incoming, error] {
	return func(yield func(timeline.Incoming, error) bool) {
		n := 0
		for r, err := range dataset.Records() {
			n++
			if !yield(timeline.Incoming{Line: n, Record: r}, err) {
				return
			}
		}
	}
}
