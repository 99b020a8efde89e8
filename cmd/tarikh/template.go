package main

import (
	"io"

	"tarikh/ingest"
)

// templateCommand writes the empty spreadsheet.
type templateCommand struct {
	File string `arg:"" optional:"" default:"-" placeholder:"FILE" help:"The file to write; - or none: the standard output."`
}

// Run writes the columns that import knows and one example row.
func (c *templateCommand) Run(s *shell) error {
	write := func(w io.Writer) error {
		_, err := w.Write(ingest.Template())
		return err
	}
	if c.File == standard {
		return write(s.out)
	}
	return writeFile(c.File, write)
}
