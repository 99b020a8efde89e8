package main

import "tarikh/db"

// backupCommand copies a database.
type backupCommand struct {
	database
	File string `arg:"" placeholder:"FILE" help:"The file to make; one that is there is never overwritten."`
}

// Run makes the copy: complete, compact and of one revision.
func (c *backupCommand) Run(s *shell) error {
	d, err := s.openToRead(c.DB, db.Options{Unindexed: true})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Backup(s.ctx, c.File); err != nil {
		return err
	}
	s.out.printf("%s is a whole copy of %s\n", c.File, c.DB)
	return nil
}
