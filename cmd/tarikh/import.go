package main

import (
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	"tarikh/dataset"
	"tarikh/db"
	"tarikh/timeline"
)

// importCommand takes files in.
type importCommand struct {
	database
	foreign
	Empty    bool     `help:"Leave a new database without the shipped record."`
	Shipped  bool     `help:"Take in the record that this binary ships, as a newer version of what an older one shipped."`
	Complete bool     `help:"The files hold all that the dataset has for their countries and years: what it has no longer becomes RETRACTED; nothing is deleted."`
	SkipBad  bool     `help:"Leave wrong records out and take the others; else one wrong record keeps all of its file out."`
	Report   string   `placeholder:"FILE" help:"Write every problem to this CSV file."`
	Quiet    bool     `short:"q" help:"Print nothing but errors."`
	Files    []string `arg:"" optional:"" placeholder:"FILE" help:"Files of records, gzipped or not; -: the standard input. Each is one change, taken whole or not at all."`
}

// importGarbage is how much garbage, in percent of what is in use, an import lets lie: a large file makes
// little else, so that less than usual saves memory for little time (157 MB instead of 170 at 50 percent).
const importGarbage = 60

// Run makes the database when it is not there, takes the files in one after the other and says
// what came of each. A file that is wrong is not taken; the others are.
func (c *importCommand) Run(s *shell) error {
	if len(c.Files) == 0 && !c.Shipped {
		return misuse("import", "name a file, or --shipped")
	}
	for _, name := range c.Files { // before a database is made for nothing
		f, err := s.open(name)
		if err != nil {
			return err
		}
		_ = f.Close()
	}
	defer debug.SetGCPercent(debug.SetGCPercent(importGarbage))
	d, err := s.openDatabase(c.DB, db.Options{Unindexed: true})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := c.fill(s, d); err != nil {
		return err
	}
	told := &importReports{}
	if c.Shipped {
		err = c.takeShipped(s, d, told)
	}
	for _, name := range c.Files {
		if err != nil && timeline.CodeOf(err) != timeline.CodeInvalid {
			break // not the file is wrong, but something that the next one would meet, too
		}
		if taking := c.take(s, d, name, told); err == nil {
			err = taking
		}
	}
	if s.ctx.Err() == nil {
		s.keepIndex(d, c.Quiet)
	}
	if c.Report != "" {
		if reporting := writeFile(c.Report, told.write); err == nil {
			err = reporting
		}
	}
	return err
}

// take takes one file in.
func (c *importCommand) take(s *shell, d *db.DB, name string, told *importReports) error {
	bar := s.newProgress([]string{name}, c.Quiet)
	in := &files{shell: s, names: []string{name}, wrap: bar.watch, say: c.options()}
	report, err := d.Import(s.ctx,
		timeline.Change{By: "tarikh import", Reason: "import of " + name, Bulk: true},
		in.records(), db.ImportOptions{SkipBad: c.SkipBad, Complete: c.Complete, Progress: bar.chunk})
	bar.end()
	return c.tell(s, in, report, told, err)
}

// takeShipped takes the shipped record in like any other file.
func (c *importCommand) takeShipped(s *shell, d *db.DB, told *importReports) error {
	report, err := d.Import(s.ctx,
		timeline.Change{By: "tarikh import", Reason: shippedReason + dataset.Version, Bulk: true},
		shippedAnew(), db.ImportOptions{SkipBad: c.SkipBad})
	in := &files{shell: s, names: []string{"shipped"}, formats: []string{"the shipped record " + dataset.Version}}
	return c.tell(s, in, report, told, err)
}

// fill takes the shipped record into a new database.
func (c *importCommand) fill(s *shell, d *db.DB) error {
	if c.Empty {
		return nil
	}
	filled, err := s.fill(d)
	if filled && !c.Quiet {
		s.notice(fmt.Sprintf("%s is new and was filled with the shipped record %s", c.DB, dataset.Version))
	}
	return err
}

// tell prints what came of a file, keeps its problems for the report and makes the command's
// error.
func (c *importCommand) tell(s *shell, in *files, r db.ImportReport, told *importReports, err error) error {
	told.add(in, r.Problems)
	if !c.Quiet {
		printProblems(s.out, in, r.Problems)
		if err == nil {
			c.printSummary(s.out, in, r)
		}
	}
	if err == nil && !r.Kept {
		err = timeline.Errorf(timeline.CodeInvalid,
			"%s: %d of %d records are wrong, so none was taken; --skip-bad takes the others", in.names[0], r.Rejected, r.Read)
	}
	return err
}

// printSummary says what became of a file's rows.
func (c *importCommand) printSummary(w *output, in *files, r db.ImportReport) {
	w.printf("%s: %s\n", in.names[0], strings.Join(in.formats, ", "))
	w.printf("read %d, inserted %d, updated %d, unchanged %d, warned %d, rejected %d; ",
		r.Read, r.Inserted, r.Updated, r.Unchanged, recordsWith(timeline.SeverityWarning, r.Problems), r.Rejected)
	if !r.Kept {
		w.printf("nothing was written, ")
	}
	w.printf("the record is at revision %d\n", r.Revision)
	if r.Aside > 0 {
		w.printf("made besides, because rows name them: %d places, actors and sources\n", r.Aside)
	}
	for _, field := range slices.Sorted(maps.Keys(r.Fields)) {
		w.printf("changed in %s: %d\n", field, r.Fields[field])
	}
	if r.Retracted > 0 {
		w.printf("retracted, because the dataset has them no longer: %d\n", r.Retracted)
	}
	if r.Foreign && c.Version == "" {
		w.printf("no --version was given, so the file counts as the newest of its dataset\n")
	}
}
