package main

import (
	"os"
	"path/filepath"

	"tarikh/db"
	"tarikh/timeline"
)

// record opens the record to be served; done gives everything back that it took.
func (c *serveCommand) record(s *shell) (_ *db.DB, done func(), err error) {
	if !c.ReadOnly {
		d, err := s.openDatabase(c.DB, db.Options{Public: c.Public, Background: true})
		if err != nil {
			return nil, nil, err
		}
		if err := c.fill(s, d, c.DB); err != nil {
			d.Close()
			return nil, nil, err
		}
		return d, d.Close, nil
	}
	missing, err := isMissing(c.DB)
	if err != nil {
		return nil, nil, err
	}
	if missing {
		return c.temporary(s)
	}
	if db.Immutable(c.DB) {
		s.notice("the folder of " + c.DB + " cannot be written, so the file is taken as one that nobody changes")
	}
	d, err := s.openToRead(c.DB, db.Options{Public: c.Public, Background: true})
	if err != nil {
		return nil, nil, err
	}
	return d, d.Close, nil
}

// fill takes the shipped record into a new database, unless it shall stay empty.
func (c *serveCommand) fill(s *shell, d *db.DB, name string) error {
	if c.Empty {
		return nil
	}
	filled, err := s.fill(d)
	if filled {
		s.notice(name + " is new and was filled with the shipped record")
	}
	return err
}

// temporary serves the shipped record from a file that is removed at the end: what --read-only
// does where there is no database.
func (c *serveCommand) temporary(s *shell) (_ *db.DB, done func(), err error) {
	folder, err := os.MkdirTemp("", "tarikh-")
	if err != nil {
		return nil, nil, timeline.Errorf(timeline.CodeUnavailable, "no temporary folder can be made: %v", err)
	}
	remove := func() { _ = os.RemoveAll(folder) }
	defer func() {
		if err != nil {
			remove()
		}
	}()
	path := filepath.Join(folder, "tarikh.db")
	if err := c.makeTemporary(s, path); err != nil {
		return nil, nil, err
	}
	d, err := s.openToRead(path, db.Options{Public: c.Public, Background: true})
	if err != nil {
		return nil, nil, err
	}
	s.notice("there is no " + c.DB + " and nothing is written: " + c.content() + ", in a temporary file")
	return d, func() { d.Close(); remove() }, nil
}

// makeTemporary writes the temporary file and closes it.
func (c *serveCommand) makeTemporary(s *shell, path string) error {
	d, err := s.openDatabase(path, db.Options{Unindexed: true})
	if err != nil {
		return err
	}
	defer d.Close()
	if c.Empty {
		return nil
	}
	_, err = s.fill(d)
	return err
}

// content says what a new database holds.
func (c *serveCommand) content() string {
	if c.Empty {
		return "this is an empty record"
	}
	return "this is the shipped record"
}
