package db

import (
	"context"
	"errors"
	"fmt"

	"tarikh/timeline"
)

// Tx is a write under way. It is not safe for use by several goroutines.
type Tx struct {
	s        *session
	revision int64 // the one that this write makes, if it changes anything
	at       timeline.DateTime
	change   timeline.Change
	changed  int
	minted   map[string]bool           // keys that came from texts in this write, by kind and key
	kept     map[string]string         // keys that records were given besides their own, by kind and key
	moved    map[string]string         // keys of a foreign file that are another's, by kind and key: where they lead
	led      shelf                     // where refs led in this write
	last     map[timeline.Kind]int64   // highest row number given out
	below    map[timeline.Kind][]int64 // rows written that name a record above them
	words    *wordWriter
}

// Written is what a write came to.
type Written struct {
	Revision int64 // the record's revision after it
	Changed  int   // records changed; 0: nothing was raised and nothing logged
}

// Write is the one way to change data. What f does happens whole or not at all:
// the revision rises by one, every changed record is logged with what it was
// before, and whoever asks afterwards sees all of it. If f fails or changes
// nothing, nothing has happened. One write runs at a time; others wait for it
// until their context ends.
func (d *DB) Write(ctx context.Context, c timeline.Change, f func(*Tx) error) (Written, error) {
	return d.transact(ctx, c, f, true)
}

// Rehearse does what Write does and then takes it all back.
func (d *DB) Rehearse(ctx context.Context, c timeline.Change, f func(*Tx) error) (Written, error) {
	return d.transact(ctx, c, f, false)
}

func (d *DB) transact(ctx context.Context, c timeline.Change, f func(*Tx) error, keep bool) (w Written, err error) {
	s, err := d.writer(ctx)
	if err != nil {
		return w, err
	}
	defer d.giveBack(d.writing, s)
	t, err := d.begin(ctx, s, c)
	if err != nil {
		return w, err
	}
	open := true
	defer func() {
		if open { // also where f panics
			_ = s.control(context.WithoutCancel(ctx), "rollback")
		}
	}()
	w.Revision = t.revision - 1
	if err := t.run(ctx, f); err != nil || t.changed == 0 {
		return w, err
	}
	if !keep {
		w.Changed = t.changed
		return w, nil
	}
	if d.closed() {
		return w, errClosed()
	}
	// From here on the context no longer matters: a commit is done or it is not.
	if err := s.control(context.WithoutCancel(ctx), "commit"); err != nil {
		return w, err
	}
	open = false
	d.bringAlong(context.WithoutCancel(ctx), s)
	return Written{Revision: t.revision, Changed: t.changed}, nil
}

// run does what is to be written, up to the commit.
func (t *Tx) run(ctx context.Context, f func(*Tx) error) error {
	if err := f(t); err != nil {
		return err
	}
	if err := t.whole(); err != nil || t.changed == 0 {
		return err
	}
	return t.finish(ctx)
}

// bringAlong advances the index to a revision that was just committed, over the
// writing connection: the readers may all be held by those who wait for this write.
// The write is done whatever comes of it; where it fails, the next question brings
// the index along or says why it cannot.
func (d *DB) bringAlong(ctx context.Context, s *session) {
	if !d.options.Unindexed && d.Ready() {
		_ = d.follow(ctx, s)
	}
}

// errSpoiled is what a write is told that goes on after one of its statements
// failed: SQLite may have rolled back already, and what follows would stand alone.
var errSpoiled = errors.New("a statement of this write failed; nothing more can be written in it")

// whole says whether every statement so far went well.
func (t *Tx) whole() error {
	if t.s.broken {
		return errSpoiled
	}
	return nil
}

// begin opens the transaction and numbers the revision that it will make.
func (d *DB) begin(ctx context.Context, s *session, c timeline.Change) (*Tx, error) {
	// An acknowledged edit outlives a power cut; an import can be repeated. And an import's
	// references were all looked up when they were resolved: to let SQLite do it again costs,
	// while a deferred one is open, a search of every table for every row (measured: 18,957
	// rows in 40 s instead of 3). The doctor checks them.
	level, references := "full", "on"
	if c.Bulk {
		level, references = "normal", "off"
	}
	for _, pragma := range []string{"synchronous = " + level, "foreign_keys = " + references} {
		if err := s.control(ctx, "pragma "+pragma); err != nil {
			return nil, err
		}
	}
	if err := s.control(ctx, "begin immediate"); err != nil {
		return nil, err
	}
	t := &Tx{s: s, at: d.clock(), change: c, minted: map[string]bool{}, kept: map[string]string{},
		moved: map[string]string{},
		led:   shelf{}, last: map[timeline.Kind]int64{}, below: map[timeline.Kind][]int64{}, words: newWordWriter()}
	err := func() error {
		revision, _, err := probe(ctx, s)
		if err != nil {
			return err
		}
		t.revision = revision + 1
		return t.readSequence(ctx)
	}()
	if err != nil {
		return nil, errors.Join(err, s.control(context.WithoutCancel(ctx), "rollback"))
	}
	return t, nil
}

// writer takes the writing connection when it is free.
func (d *DB) writer(ctx context.Context) (*session, error) {
	if d.writing == nil {
		return nil, timeline.Errorf(timeline.CodeForbidden, "the database is open read-only")
	}
	if d.closed() {
		return nil, errClosed()
	}
	select {
	case s := <-d.writing:
		return d.soundWriter(ctx, s)
	case <-d.done:
		return nil, errClosed()
	case <-ctx.Done():
		return nil, timeline.Errorf(timeline.CodeUnavailable, "another write is under way")
	}
}

// soundWriter is the writing connection, opened anew where a statement failed on it.
func (d *DB) soundWriter(ctx context.Context, s *session) (*session, error) {
	if s != nil && !s.broken {
		return s, nil
	}
	if s != nil {
		s.close()
	}
	s, err := openSession(ctx, d.write)
	if err != nil {
		d.giveBack(d.writing, nil)
		return nil, err
	}
	return s, nil
}

// finish checks what only the whole write can be checked for, and writes the
// revision.
func (t *Tx) finish(ctx context.Context) error {
	if err := t.checkCycles(ctx); err != nil {
		return err
	}
	if err := t.writeSequence(ctx); err != nil {
		return err
	}
	if err := t.keepWords(ctx); err != nil {
		return err
	}
	return t.s.exec(ctx, "insert into revision (number, at, by_whom, reason) values (?, ?, ?, ?)",
		t.revision, t.at.UnixMilli(), t.change.By, t.change.Reason)
}

// log appends one entry a record, in order.
func (t *Tx) log(ctx context.Context, entries []logEntry) error {
	rows := make([][]any, 0, len(entries))
	for _, e := range entries {
		var before any
		if e.before != nil {
			b, err := e.before.AppendJSON(nil)
			if err != nil {
				return fmt.Errorf("log %s %s: %w", e.kind, e.id, err)
			}
			before = string(b)
		}
		rows = append(rows, []any{t.revision, string(e.kind), e.row, e.id, string(e.operation), before})
	}
	t.changed += len(entries)
	return t.s.insert(ctx, "change (revision, kind, row, id, operation, before)", "", rows)
}

// logEntry is what the change log says of one record.
type logEntry struct {
	kind      timeline.Kind
	row       int64
	id        string
	operation timeline.Operation
	before    *timeline.Record // nil for an insert
}

// checkCycles refuses a write after which a location lies below itself, an event
// is part of itself or a source repeats itself.
func (t *Tx) checkCycles(ctx context.Context) error {
	for _, c := range []struct {
		kind          timeline.Kind
		field, upward string
	}{
		{timeline.KindLocation, "location.parent", "select row as below, parent as above from location where parent is not null"},
		{timeline.KindSource, "source.origin", "select row as below, origin as above from source where origin is not null"},
		{timeline.KindEvent, "event.relations", "select event as below, other as above from event_relation where kind = 'PART_OF'"},
	} {
		rows := t.below[c.kind]
		if len(rows) == 0 {
			continue
		}
		cyclic := ""
		err := t.s.each(ctx, `
			with recursive up (start, above) as (
				select s.below, s.above from (`+c.upward+`) s where s.below in (select value from json_each(?1))
				union
				select up.start, s.above from up join (`+c.upward+`) s on s.below = up.above
			)
			select r.key from up join `+string(c.kind)+` r on r.row = up.start where up.start = up.above limit 1`,
			[]any{list(rows)}, scanInto(&cyclic))
		if err != nil {
			return err
		}
		if cyclic != "" {
			return timeline.Invalidf(c.field, "%s %s would lie below itself", c.kind, cyclic)
		}
	}
	return nil
}

// readSequence reads the highest row number of each kind.
func (t *Tx) readSequence(ctx context.Context) error {
	return t.s.each(ctx, "select kind, last from sequence", nil, func(r rowScanner) error {
		var kind timeline.Kind
		var last int64
		err := r.Scan(&kind, &last)
		t.last[kind] = last
		return err
	})
}

func (t *Tx) writeSequence(ctx context.Context) error {
	for _, kind := range timeline.Kinds() {
		err := t.s.exec(ctx, `insert into sequence (kind, last) values (?, ?)
			on conflict (kind) do update set last = excluded.last`, string(kind), t.last[kind])
		if err != nil {
			return err
		}
	}
	return nil
}

// nextRow numbers a new record of the kind.
func (t *Tx) nextRow(kind timeline.Kind) int64 {
	t.last[kind]++
	return t.last[kind]
}
