package main

import (
	"cmp"
	"errors"
	"iter"
	"os"
	"path/filepath"
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
	foreign, records, stop := ahead(in.records())
	defer stop()
	all := &checked{}
	check := all.written
	if foreign {
		check = all.foreign
	}
	err := check(s, c.DB, records)
	if err != nil && len(all.problems) == 0 {
		return err
	}
	printProblems(s.out, in, all.sorted())
	if err != nil {
		return err
	}
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

// ahead says whether a stream begins with a record of a foreign file. The stream is to be read from
// what it gives back, and to be stopped.
func ahead(all iter.Seq2[timeline.Incoming, error]) (foreign bool, whole iter.Seq2[timeline.Incoming, error], stop func()) {
	next, stop := iter.Pull2(all)
	in, err, more := next()
	foreign = in.Record != nil && in.Meets
	return foreign, func(yield func(timeline.Incoming, error) bool) {
		for ; more; in, err, more = next() {
			if !yield(in, err) {
				return
			}
		}
	}, stop
}

// checked is what was found while records went by. None of them is kept, but what is looked at
// together.
type checked struct {
	set      *timeline.Together
	lines    []int // of the records in the set
	problems []db.ImportProblem
	read     int              // rows; what they name besides is not counted
	taken    *db.ImportReport // what a database would make of them; nil: none was asked
}

// written checks records that people write: each by itself, all together, and against the database.
func (c *checked) written(s *shell, path string, records iter.Seq2[timeline.Incoming, error]) error {
	var fatal error
	each := c.gather(records, &fatal)
	var err error
	if path == "" {
		for r := range each {
			c.alone(r)
		}
	} else {
		err = c.rehearse(s, path, func(yield func(timeline.Incoming, error) bool) {
			for r := range each {
				if !yield(r, nil) {
					return
				}
			}
		})
	}
	if fatal != nil {
		c.problems = nil // what could be read is not what was meant
		return fatal
	}
	alone := c.problems
	c.problems = nil
	c.together(path != "")
	c.problems = append(c.problems, alone...)
	return c.unlessSaid(err)
}

// gather adds records to those that are looked at together, as they go by. What is none becomes a
// problem, what ends the stream is left in fatal.
func (c *checked) gather(records iter.Seq2[timeline.Incoming, error], fatal *error) iter.Seq[timeline.Incoming] {
	return func(yield func(timeline.Incoming) bool) {
		for r, err := range records {
			var wrong *timeline.LineError
			switch {
			case errors.As(err, &wrong):
				c.read++
				c.problems = append(c.problems, db.ImportProblem{Line: wrong.Line, Problem: timeline.Problem{
					Severity: timeline.SeverityError, Rule: "unreadable", Message: wrong.Err.Error()}})
				continue
			case err != nil:
				*fatal = err
				return
			}
			if !r.Aside {
				c.read++
			}
			c.see(r)
			if !yield(r) {
				return
			}
		}
	}
}

// see adds a record to those that are looked at together.
func (c *checked) see(r timeline.Incoming) {
	if c.set == nil {
		c.set = timeline.NewTogether()
	}
	c.set.Add(r.Record)
	c.lines = append(c.lines, r.Line)
}

// foreign checks foreign files, which may be large: they are taken into the database, or else into
// an empty one, and all of it is taken back. No more than a chunk of them is in memory, and their
// places, which are looked at together.
func (c *checked) foreign(s *shell, path string, records iter.Seq2[timeline.Incoming, error]) error {
	records = c.remember(records)
	if path != "" {
		err := c.unlessSaid(c.rehearse(s, path, records))
		c.read = c.taken.Read
		c.together(true)
		return err
	}
	folder, err := os.MkdirTemp("", "tarikh-check-*")
	if err != nil {
		return makingError(os.TempDir(), err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	empty := filepath.Join(folder, "check.db")
	d, err := s.openDatabase(empty, db.Options{Unindexed: true})
	if err != nil {
		return err
	}
	d.Close()
	err = c.unlessSaid(c.rehearse(s, empty, records))
	c.read, c.taken = c.taken.Read, nil
	c.together(true) // what dangles was said
	return err
}

// remember keeps the places of a stream as they are before they are taken in.
func (c *checked) remember(records iter.Seq2[timeline.Incoming, error]) iter.Seq2[timeline.Incoming, error] {
	return func(yield func(timeline.Incoming, error) bool) {
		for in, err := range records {
			if in.Record != nil && in.Record.Location != nil {
				c.see(in)
			}
			if !yield(in, err) {
				return
			}
		}
	}
}

// alone checks a record by itself. Of a foreign file's records only what is wrong is said,
// and what its reader found odd, as when they are taken in.
func (c *checked) alone(r timeline.Incoming) {
	for _, p := range r.Record.Check() {
		if !r.Meets || p.Severity == timeline.SeverityError {
			c.add(r, p)
		}
	}
	for _, p := range r.Notes {
		c.add(r, p)
	}
}

func (c *checked) add(r timeline.Incoming, p timeline.Problem) {
	c.problems = append(c.problems,
		db.ImportProblem{Line: r.Line, Problem: p, Name: r.Record.Identity().Label()})
}

// together checks the records as one set. What dangles is left to the database, if there is one.
func (c *checked) together(haveDatabase bool) {
	if c.set == nil {
		return
	}
	for _, p := range c.set.Problems() {
		if p.Rule != "dangling" || !haveDatabase {
			c.problems = append(c.problems, db.ImportProblem{Line: c.lines[p.Record], Problem: p, Name: c.set.Label(p.Record)})
		}
	}
}

// rehearse takes the records into the database and takes all of it back.
func (c *checked) rehearse(s *shell, path string, records iter.Seq2[timeline.Incoming, error]) error {
	c.taken = &db.ImportReport{}
	d, err := s.openToRehearse(path)
	if err != nil {
		return err
	}
	defer d.Close()
	report, err := d.Import(s.ctx, timeline.Change{By: "tarikh check", Bulk: true}, records,
		db.ImportOptions{DryRun: true, SkipBad: true})
	c.problems = append(c.problems, report.Problems...)
	c.taken = &report
	return err
}

// unlessSaid is the error, but for records that go round in circles where that was said of each.
func (c *checked) unlessSaid(err error) error {
	if timeline.CodeOf(err) == timeline.CodeInvalid && recordsWith(timeline.SeverityError, c.problems) > 0 {
		return nil
	}
	return err
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
