package main

import (
	"cmp"
	"errors"
	"iter"
	"slices"

	"tarikh/db"
	"tarikh/timeline"
)

// checkCommand says what is wrong with files before they are taken in.
type checkCommand struct {
	DB string `name:"db" placeholder:"FILE" help:"Check against this database, too: what refs lead to, what collides with what is there."`
	foreign
	Files []string `arg:"" placeholder:"FILE" help:"Files of records, gzipped or not; -: the standard input. They are checked together and may name one another's records."`
}

// Run checks the records one by one, together, and against the database where one is named.
func (c *checkCommand) Run(s *shell) error {
	in := &files{shell: s, names: c.Files, say: c.options()}
	all, err := readChecked(in)
	if err != nil {
		return err
	}
	all.together(c.DB != "")
	if c.DB == "" {
		all.alone()
	} else if err := all.against(s, c.DB); err != nil {
		printProblems(s.out, in, all.sorted())
		return err
	}
	printProblems(s.out, in, all.sorted())
	wrong := recordsWith(timeline.SeverityError, all.problems)
	s.out.printf("read %d, warned %d, wrong %d\n",
		all.read, recordsWith(timeline.SeverityWarning, all.problems), wrong)
	if r := all.taken; r != nil {
		s.out.printf("import would insert %d, update %d and leave %d as they are\n", r.Inserted, r.Updated, r.Unchanged)
	}
	if wrong > 0 {
		return timeline.Errorf(timeline.CodeInvalid, "%d of %d records are wrong", wrong, all.read)
	}
	return nil
}

// checked are records on their way through the checks. They are all in memory, because what is
// wrong with them together can only be seen so.
type checked struct {
	records  []timeline.Incoming
	problems []db.ImportProblem
	read     int              // rows; what they name besides is not counted
	taken    *db.ImportReport // what a database would make of them; nil: none was asked
}

// readChecked reads all files. What is no record becomes a problem.
func readChecked(in *files) (*checked, error) {
	c := &checked{}
	for r, err := range in.records() {
		var wrong *timeline.LineError
		switch {
		case errors.As(err, &wrong):
			c.problems = append(c.problems, db.ImportProblem{Line: wrong.Line, Problem: timeline.Problem{
				Severity: timeline.SeverityError, Rule: "unreadable", Message: wrong.Err.Error()}})
		case err != nil:
			return nil, err
		default:
			c.records = append(c.records, r)
		}
		if !r.Aside {
			c.read++
		}
	}
	return c, nil
}

func (c *checked) add(r timeline.Incoming, p timeline.Problem) {
	c.problems = append(c.problems,
		db.ImportProblem{Line: r.Line, Problem: p, Name: r.Record.Identity().Label()})
}

// alone checks each record by itself. Of a foreign file's records only what is wrong is said,
// and what its reader found odd, as when they are taken in.
func (c *checked) alone() {
	for _, r := range c.records {
		for _, p := range r.Record.Check() {
			if !r.Meets || p.Severity == timeline.SeverityError {
				c.add(r, p)
			}
		}
		for _, p := range r.Notes {
			c.add(r, p)
		}
	}
}

// together checks the records as one set. What dangles is left to the database, if there is one.
func (c *checked) together(haveDatabase bool) {
	records := make([]*timeline.Record, len(c.records))
	for i, r := range c.records {
		records[i] = r.Record
	}
	for _, p := range timeline.CheckTogether(records) {
		if p.Rule != "dangling" || !haveDatabase {
			c.add(c.records[p.Record], p)
		}
	}
}

// against takes the records into the database and takes all of it back.
func (c *checked) against(s *shell, path string) error {
	d, err := s.openToRehearse(path)
	if err != nil {
		return err
	}
	defer d.Close()
	report, err := d.Import(s.ctx, timeline.Change{By: "tarikh check", Bulk: true}, c.incoming(),
		db.ImportOptions{DryRun: true, SkipBad: true})
	c.problems = append(c.problems, report.Problems...)
	c.taken = &report
	if timeline.CodeOf(err) == timeline.CodeInvalid && recordsWith(timeline.SeverityError, c.problems) > 0 {
		return nil // records that go round in circles: said of each already
	}
	return err
}

func (c *checked) incoming() iter.Seq2[timeline.Incoming, error] {
	return func(yield func(timeline.Incoming, error) bool) {
		for _, r := range c.records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// sorted are the problems in the order of the files.
func (c *checked) sorted() []db.ImportProblem {
	slices.SortStableFunc(c.problems, func(a, b db.ImportProblem) int { return cmp.Compare(a.Line, b.Line) })
	return c.problems
}

// openToRehearse opens a database for a write that is taken back. It is opened to be read
// first, because that makes no file and migrates nothing.
func (s *shell) openToRehearse(path string) (*db.DB, error) {
	d, err := s.openToRead(path, db.Options{Unindexed: true})
	if err != nil {
		return nil, err
	}
	d.Close()
	return s.openDatabase(path, db.Options{Unindexed: true})
}
