package db

import (
	"context"
	"sync"

	"tarikh/cohort"
	"tarikh/index"
	"tarikh/timeline"
)

// View is one revision of the record, seen whole: an immutable snapshot of the
// index and a read transaction at the same revision. One operation has one view.
// Its methods are safe for use side by side; its statements run one after another.
type View struct {
	d *DB
	s *session
	x *index.Index

	ctx context.Context // of the operation: questions by text read while they are evaluated

	closed bool // with ran: guarded by the session's lock, as its statements are
	ran    int  // statements run in all, once it is closed

	mu    sync.Mutex
	asked map[string]*index.Answer // by question

	matched map[string]*index.Rows // records that print words, by what was asked of the index of words
}

// View opens the newest revision. It must be closed. When every reader is busy it
// waits until ctx ends, and is UNAVAILABLE then.
func (d *DB) View(ctx context.Context) (*View, error) {
	if d.options.Unindexed {
		return nil, timeline.Errorf(timeline.CodeUnavailable, "the database is open without its index")
	}
	if err := d.Loaded(ctx); err != nil {
		return nil, err
	}
	s, err := d.reader(ctx)
	if err != nil {
		return nil, err
	}
	x, err := d.beginRead(ctx, s)
	if err != nil {
		s.broken = true
		d.release(s)
		return nil, err
	}
	return &View{d: d, s: s, x: x, ctx: ctx, asked: map[string]*index.Answer{}, matched: map[string]*index.Rows{}}, nil
}

// beginRead begins a read transaction and finds the snapshot that stands for it. It
// begins anew when writers were so fast that the snapshot is no longer kept.
func (d *DB) beginRead(ctx context.Context, s *session) (*index.Index, error) {
	const tries = 8
	for range tries {
		if err := s.beginRead(); err != nil {
			return nil, err
		}
		x, err := d.indexAt(ctx, s)
		if x != nil || err != nil {
			s.statements = 0 // what the index read is no part of the question
			return x, err
		}
		if err := s.endRead(); err != nil {
			return nil, err
		}
	}
	return nil, timeline.Errorf(timeline.CodeUnavailable, "the record changes too fast to be read; try again")
}

// Close ends the view and gives its reader back. It can be called twice.
func (v *View) Close() {
	if v.end() {
		v.d.release(v.s)
	}
}

// end ends the transaction; false where that was done before. It waits for a field
// that was given up and is still reading.
func (v *View) end() bool {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	if v.closed {
		return false
	}
	v.closed, v.ran = true, v.s.statements
	_ = v.s.endRead() // where it fails, the session is broken
	return true
}

// Revision is the revision that the view sees.
func (v *View) Revision() int64 { return v.x.Revision() }

// Statements is how many SQL statements the view has run; begin, commit and the
// probe of the revision are not counted.
func (v *View) Statements() int {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	if v.closed { // its reader serves another view by now
		return v.ran
	}
	return v.s.statements
}

// each reads through the view's transaction.
func (v *View) each(ctx context.Context, text string, args []any, scan func(rowScanner) error) error {
	return v.read(ctx, func() error { return v.s.eachUncounted(ctx, text, args, scan) })
}

// sweep is each below database/sql, for what is asked so often that database/sql's own share counts.
func (v *View) sweep(ctx context.Context, text string, args []any, take func(values) error) error {
	return v.read(ctx, func() error { return v.s.sweepUncounted(ctx, text, args, take) })
}

// read runs one statement, unless the view or who asks has ended.
func (v *View) read(ctx context.Context, statement func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	if v.closed {
		return timeline.Errorf(timeline.CodeUnavailable, "the question has ended already")
	}
	v.s.statements++
	return statement()
}

// sweepRows sweeps what hangs on some rows. text is the statement by what follows the column that
// numbers them; name stands for it, since to put it together takes as long as to find one row by it.
func (v *View) sweepRows(
	ctx context.Context, name string, rows []int64, text func(in string) string, take func(values) error,
) error {
	w := listed(rows)
	v.s.mu.Lock()
	statement := v.s.sweeps.statement(name+" "+w.in, func() string { return text(w.in) })
	v.s.mu.Unlock()
	return v.sweep(ctx, statement, w.args, take)
}

// viewKey is the key of the view in a context.
type viewKey struct{}

// WithView puts a view into a context.
func WithView(ctx context.Context, v *View) context.Context {
	return context.WithValue(ctx, viewKey{}, v)
}

// ViewOf is the view of a context. A context without one is a mistake of ours, and
// the nil view's first use says so.
func ViewOf(ctx context.Context) *View {
	v, _ := ctx.Value(viewKey{}).(*View)
	return v
}

// Dataset tells what the whole record holds.
func (v *View) Dataset() *timeline.Dataset {
	d := v.x.Dataset()
	return &d
}

// together makes rows of one kind and the cohort that they share. made is called
// once for each different row, in order of first appearance.
func together[T any](rows []int64, made func(row int64, c *cohort.Cohort) *T) map[int64]*T {
	c := cohort.New(rows)
	all := make(map[int64]*T, len(rows))
	for _, row := range c.IDs() {
		if one := made(row, c); one != nil {
			all[row] = one
		}
	}
	return all
}

// actors makes actors from memory.
func (v *View) actors(rows []int64) map[int64]*timeline.Actor {
	return together(rows, func(row int64, c *cohort.Cohort) *timeline.Actor {
		known := v.x.Actor(row)
		if known == nil {
			return nil
		}
		a := known.Actor
		a.Family = timeline.Family{Row: row, Cohort: c}
		return &a
	})
}

// locations makes locations from memory.
func (v *View) locations(rows []int64) map[int64]*timeline.Location {
	return together(rows, func(row int64, c *cohort.Cohort) *timeline.Location {
		known := v.x.Location(row)
		if known == nil {
			return nil
		}
		l := known.Location
		l.Family = timeline.Family{Row: row, Cohort: c}
		return &l
	})
}

// timelines makes saved timelines from memory.
func (v *View) timelines(rows []int64) map[int64]*timeline.Timeline {
	return together(rows, func(row int64, c *cohort.Cohort) *timeline.Timeline {
		known := v.x.Timeline(row)
		if known == nil {
			return nil
		}
		t := known.Timeline
		t.Family = timeline.Family{Row: row, Cohort: c}
		return &t
	})
}

// inOrder lists the rows that there are, in the order given.
func inOrder[T any](rows []int64, all map[int64]*T) []*T {
	list := make([]*T, 0, len(rows))
	for _, row := range rows {
		if one := all[row]; one != nil {
			list = append(list, one)
		}
	}
	return list
}
