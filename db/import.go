package db

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"

	"tarikh/timeline"
)

// ImportOptions say how a file's records are taken in.
type ImportOptions struct {
	SkipBad  bool // leave wrong records out and keep the others; else one wrong record keeps all out
	DryRun   bool // do everything and take it back
	Complete bool // what the dataset has no longer, for the countries and years of the stream, is retracted
	Progress func(ImportReport)
}

// ImportReport is what became of a file's records.
type ImportReport struct {
	Read, Inserted, Updated, Unchanged, Rejected int             // rows
	Aside                                        int             // places, actors and sources made because rows name them
	Fields                                       map[string]int  // of the updated: how many changed in each member
	Retracted                                    int             // events that the dataset has no longer
	Foreign                                      bool            // it was no file of Tarikh's own lines
	Problems                                     []ImportProblem // in the order of their lines
	Revision                                     int64           // the record's revision afterwards
	Kept                                         bool            // false: nothing was written
}

// ImportProblem is one thing wrong with one record.
type ImportProblem struct {
	Line int
	timeline.Problem
	Name string // the record's key, identifier or id, where it has one
}

// Rejected as a whole: the file has wrong records and they are not to be left out.
var errRejected = errors.New("the file has wrong records")

// chunk is how many records are written together by set statements.
const chunk = 500

// Import takes a stream of records in as one change: all of them or, where one is
// wrong and SkipBad is not set, none. A record that names one that comes later is
// held until the end of the stream. The report tells what happened to each, also
// where the error is not nil; the error is nil for a file that was merely rejected.
//
// Circles of parents, origins or parts are found when all is there: they are an
// INVALID error, and nothing is kept, also where SkipBad is set.
func (d *DB) Import(ctx context.Context, c timeline.Change, records iter.Seq2[timeline.Incoming, error], o ImportOptions) (ImportReport, error) {
	run := &importing{options: o}
	write := d.Write
	if o.DryRun {
		write = d.Rehearse
	}
	w, err := write(ctx, c, func(t *Tx) error { return run.all(ctx, t, records) })
	slices.SortStableFunc(run.report.Problems, func(a, b ImportProblem) int { return cmp.Compare(a.Line, b.Line) })
	run.report.Revision = w.Revision
	run.report.Kept = err == nil && !o.DryRun
	if errors.Is(err, errRejected) {
		err = nil
	}
	return run.report, err
}

// importing is one import under way.
type importing struct {
	options ImportOptions
	report  ImportReport
	covers  coverage            // where the stream is all that a dataset has
	waiting []timeline.Incoming // those that name records which have not come yet
}

func (i *importing) all(ctx context.Context, t *Tx, records iter.Seq2[timeline.Incoming, error]) error {
	var batch []timeline.Incoming
	for in, err := range records {
		var wrong *timeline.LineError
		switch {
		case errors.As(err, &wrong):
			i.report.Read++
			i.reject(timeline.Incoming{Line: wrong.Line}, nil, wrong.Err)
		case err != nil:
			return err
		default:
			if !in.Aside {
				i.report.Read++
			}
			i.report.Foreign = i.report.Foreign || in.Meets
			batch = append(batch, in)
		}
		if len(batch) == chunk {
			if err := i.put(ctx, t, batch, true); err != nil {
				return err
			}
			batch = batch[:0]
			i.progress()
		}
	}
	if err := i.put(ctx, t, batch, true); err != nil {
		return err
	}
	if err := i.settle(ctx, t); err != nil {
		return err
	}
	if i.options.Complete {
		var err error
		if i.report.Retracted, err = t.retract(ctx, &i.covers); err != nil {
			return err
		}
	}
	i.progress()
	if i.report.Rejected > 0 && !i.options.SkipBad {
		return errRejected
	}
	return nil
}

// settle writes the records that waited, again as long as one of them finds what it
// names: those that are named by a name are found only when they are there.
func (i *importing) settle(ctx context.Context, t *Tx) error {
	for before := 0; len(i.waiting) > 0 && len(i.waiting) != before; {
		waiting := i.waiting
		before, i.waiting = len(waiting), nil
		if err := i.put(ctx, t, waiting, true); err != nil {
			return err
		}
	}
	return i.put(ctx, t, i.waiting, false)
}

func (i *importing) progress() {
	if i.options.Progress != nil {
		i.options.Progress(i.report)
	}
}

// put writes a chunk. With hold, records that name one that is not there are kept
// for the end of the stream.
func (i *importing) put(ctx context.Context, t *Tx, batch []timeline.Incoming, hold bool) error {
	if len(batch) == 0 {
		return nil
	}
	problems := make([][]timeline.Problem, len(batch)) // of the records as they came
	wrong := make([]error, len(batch))
	for n, in := range batch {
		in.Record.Normalise()
		problems[n] = in.Record.Check()
		wrong[n] = timeline.FirstError(problems[n])
		problems[n] = append(told(in, problems[n]), in.Notes...)
	}
	outcomes, err := t.take(ctx, batch, wrong)
	if err != nil {
		return err
	}
	for n, out := range outcomes {
		switch {
		case hold && timeline.CodeOf(out.Err) == timeline.CodeNotFound:
			i.waiting = append(i.waiting, batch[n])
		case out.Err != nil:
			i.reject(batch[n], problems[n], out.Err)
		default:
			i.count(batch[n], out)
			if i.options.Complete {
				i.covers.see(out.Row, batch[n].Record.Event)
			}
			i.note(batch[n], append(problems[n], out.Notes...)...) // what is odd, and was taken in as it is
		}
	}
	return nil
}

// told is what is said of a record's own problems. What is merely odd (no summary, one
// language) is said of what people write, not of a dataset's rows: whoever reads those
// notes what is odd about them.
func told(in timeline.Incoming, problems []timeline.Problem) []timeline.Problem {
	if !in.Meets {
		return problems
	}
	return keep(problems, func(p timeline.Problem) bool { return p.Severity == timeline.SeverityError })
}

func (i *importing) count(in timeline.Incoming, out timeline.Outcome) {
	if in.Aside {
		if out.Operation == timeline.OperationInsert {
			i.report.Aside++
		}
		return
	}
	for _, field := range out.Fields {
		if i.report.Fields == nil {
			i.report.Fields = map[string]int{}
		}
		i.report.Fields[field]++
	}
	switch out.Operation {
	case timeline.OperationInsert:
		i.report.Inserted++
	case timeline.OperationUpdate:
		i.report.Updated++
	case timeline.OperationUnchanged:
		i.report.Unchanged++
	}
}

// reject notes why a record was refused: everything that is wrong with it.
func (i *importing) reject(in timeline.Incoming, problems []timeline.Problem, err error) {
	i.report.Rejected++
	var wrong []timeline.Problem
	for _, p := range problems {
		if p.Severity == timeline.SeverityError {
			wrong = append(wrong, p)
		}
	}
	if len(wrong) == 0 { // by itself it is right
		wrong = append(wrong, problemOf(err))
	}
	i.note(in, wrong...)
}

// problemOf is a refusal that no rule of a single record made.
func problemOf(err error) timeline.Problem {
	p := timeline.Problem{Severity: timeline.SeverityError, Rule: ruleOf(err), Message: err.Error(), Record: -1}
	var coded *timeline.Error
	if errors.As(err, &coded) {
		p.Field, p.Message = coded.Field, coded.Message
	}
	return p
}

func (i *importing) note(in timeline.Incoming, problems ...timeline.Problem) {
	name := ""
	if in.Record != nil && in.Record.Identity() != nil {
		name = in.Record.Identity().Label()
	}
	for _, p := range problems {
		i.report.Problems = append(i.report.Problems, ImportProblem{Line: in.Line, Problem: p, Name: name})
	}
}

// ruleOf is the short word for a refusal that no rule of a single record made.
func ruleOf(err error) string {
	switch timeline.CodeOf(err) {
	case timeline.CodeNotFound:
		return "names-nothing"
	case timeline.CodeConflict:
		return "conflict"
	case timeline.CodeInvalid:
		return "unreadable"
	}
	return "refused"
}
