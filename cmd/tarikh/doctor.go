package main

import (
	"fmt"
	"text/tabwriter"

	"tarikh/db"
	"tarikh/timeline"
)

// doctorCommand looks whether a database is whole.
type doctorCommand struct{ database }

// Run prints a line for every check. One that finds something wrong is the command's error.
func (c *doctorCommand) Run(s *shell) error {
	d, err := s.openToRead(c.DB, db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	findings, err := d.Doctor(s.ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	wrong := 0
	for _, f := range findings {
		verdict := "ok"
		if !f.OK {
			verdict = "WRONG"
			wrong++
		}
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\n", f.Check, verdict, f.Detail)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if wrong > 0 {
		return fmt.Errorf("%s: %w", c.DB, timeline.Errorf(timeline.CodeInvalid,
			"%d of %d checks found something wrong; go back to a backup", wrong, len(findings)))
	}
	return nil
}
