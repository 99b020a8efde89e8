package main

import (
	"fmt"
	"time"

	"tarikh/db"
)

// reindexCommand makes the index of words anew, and where the record is large the image from which a
// start reads the other index.
type reindexCommand struct {
	database
	Quiet bool `short:"q" help:"Print no progress."`
}

// Run makes it, all of it or nothing; the record stays as it is.
func (c *reindexCommand) Run(s *shell) error {
	if missing, err := isMissing(c.DB); err != nil {
		return err
	} else if missing {
		return errNoDatabase(c.DB)
	}
	d, err := s.openDatabase(c.DB, db.Options{Unindexed: true})
	if err != nil {
		return err
	}
	defer d.Close()
	told := time.Now()
	made, err := d.Reindex(s.ctx, func(done int) {
		if c.Quiet || time.Since(told) < linesEvery {
			return
		}
		told = time.Now()
		_, _ = fmt.Fprintf(s.err, "%d events and sources done\n", done)
	})
	if err != nil {
		return err
	}
	s.out.printf("the words of %d events and %d sources were indexed; %d names were folded anew\n", made.Events, made.Sources, made.Names)
	s.keepIndex(d, c.Quiet)
	return nil
}
