package db

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tarikh/index"
	"tarikh/timeline"
)

// kept is how many of the newest snapshots are kept for questions that began to
// read before a change and reach for the index after it.
const kept = 16

// probe reads the revision that the transaction at hand sees.
func probe(ctx context.Context, s *session) (revision int64, at timeline.DateTime, err error) {
	var millis int64
	s.mu.Lock()
	defer s.mu.Unlock()
	err = s.sweepUncounted(ctx, "select number, at from revision order by number desc limit 1", nil, func(v values) error {
		revision, millis = v.number(0), v.number(1)
		return nil
	})
	return revision, timeline.DateTimeOfMillis(millis), err
}

// makeIndex makes the index of an opened file, and tends it from then on.
func (d *DB) makeIndex(ctx context.Context) {
	defer close(d.loaded)
	if d.options.pause != nil {
		<-d.options.pause
	}
	if err := d.load(ctx); err != nil {
		d.unread = fmt.Errorf("read the index of %s: %w", d.path, err)
		return
	}
	d.aside.Go(func() { d.tend(d.life) })
}

// Ready says whether the index is made, so that questions are answered at once.
func (d *DB) Ready() bool {
	select {
	case <-d.loaded:
		return d.unread == nil
	default:
		return false
	}
}

// Loaded waits until the index is made. Where it cannot be, the error says why; where the database
// is closed or ctx ends before, it is UNAVAILABLE.
func (d *DB) Loaded(ctx context.Context) error {
	select {
	case <-d.loaded:
		return d.unread
	default:
	}
	select {
	case <-d.loaded:
		return d.unread
	case <-d.done:
		return errClosed()
	case <-ctx.Done():
		return timeline.Errorf(timeline.CodeUnavailable, "the record is still being read; try again soon")
	}
}

// load builds the index.
func (d *DB) load(ctx context.Context) error {
	x := index.New()
	d.current.Store(x)
	d.recent.Store(&[]*index.Index{x})
	s, err := d.reader(ctx)
	if err != nil {
		return err
	}
	defer d.release(s)
	return d.follow(ctx, s)
}

// follow brings the index to the newest revision that an idle connection sees.
func (d *DB) follow(ctx context.Context, s *session) error {
	if err := s.beginRead(); err != nil {
		return err
	}
	defer func() { _ = s.endRead() }()
	_, err := d.indexAt(ctx, s)
	return err
}

// indexAt is the snapshot of the index for the revision that the transaction at
// hand sees. It is nil where that revision is older than every snapshot kept: then
// the transaction has to begin anew.
func (d *DB) indexAt(ctx context.Context, s *session) (*index.Index, error) {
	revision, at, err := probe(ctx, s)
	if err != nil {
		return nil, err
	}
	if x := d.snapshot(revision); x != nil {
		return x, nil
	}
	d.advancing.Lock()
	defer d.advancing.Unlock()
	if x := d.snapshot(revision); x != nil {
		return x, nil
	}
	newest := d.current.Load()
	if revision < newest.Revision() {
		return nil, nil
	}
	from, withheld, err := d.base(ctx, s)
	if err != nil {
		return nil, err
	}
	x, err := advance(ctx, s, from, withheld, revision, at)
	if err != nil {
		return nil, fmt.Errorf("bring the index to revision %d: %w", revision, err)
	}
	d.publish(x)
	return x, nil
}

// snapshot is the kept snapshot of a revision; nil where there is none.
func (d *DB) snapshot(revision int64) *index.Index {
	recent := *d.recent.Load()
	for i := len(recent) - 1; i >= 0; i-- {
		if recent[i].Revision() == revision {
			return recent[i]
		}
	}
	return nil
}

func (d *DB) publish(x *index.Index) {
	recent := append(append([]*index.Index{}, *d.recent.Load()...), x)
	if len(recent) > kept {
		recent = recent[len(recent)-kept:]
	}
	d.recent.Store(&recent)
	d.current.Store(x)
	select {
	case d.published <- struct{}{}:
	default:
	}
}

// advance applies what changed since the snapshot: only that is read. From an
// empty snapshot the image in the file is, and without one everything.
func advance(
	ctx context.Context, s *session, from *index.Index, withheld map[int64]bool, revision int64, at timeline.DateTime,
) (*index.Index, error) {
	c := index.Changes{Revision: revision, UpdatedAt: at}
	f := &facts{s: s, changes: &c, withheld: withheld}
	changed := map[timeline.Kind][]int64{}
	if from.Revision() == 0 {
		var err error
		if from, err = fromImage(ctx, s); errors.Is(err, errNoImage) {
			return f.fresh(ctx)
		} else if err != nil {
			return nil, err
		}
		if changed[timeline.KindEvent], err = f.touched(ctx); err != nil {
			return nil, err
		}
	}
	if err := changedSince(ctx, s, from.Revision(), changed); err != nil {
		return nil, err
	}
	if len(changed[timeline.KindEvent])+len(changed[timeline.KindSource]) > from.Many()/rebuiltFrom {
		return f.fresh(ctx)
	}
	for _, kind := range timeline.Kinds() {
		if err := f.changed(ctx, kind, changed[kind]); err != nil {
			return nil, err
		}
	}
	return from.With(c), nil
}

// rebuiltFrom is which part of the events and sources has to change for all of them to be read.
const rebuiltFrom = 2

// fresh reads everything.
func (f *facts) fresh(ctx context.Context) (*index.Index, error) {
	load := index.NewLoad()
	f.to = load
	if err := f.everything(ctx); err != nil {
		return nil, err
	}
	return load.Index(*f.changes), nil
}

// changedSince adds the rows of each kind that changed after a revision, each once.
// The list is sorted here: asked to sort, SQLite reads the whole log in that order.
func changedSince(ctx context.Context, s *session, revision int64, changed map[timeline.Kind][]int64) error {
	err := s.each(ctx, "select kind, row from change where revision > ?", []any{revision}, func(r rowScanner) error {
		var kind timeline.Kind
		var row int64
		err := r.Scan(&kind, &row)
		changed[kind] = append(changed[kind], row)
		return err
	})
	for kind, rows := range changed {
		slices.Sort(rows)
		changed[kind] = slices.Compact(rows)
	}
	return err
}

// LastChange is the reason of the newest change whose reason begins so; empty where
// there is none.
func (d *DB) LastChange(ctx context.Context, beginning string) (reason string, err error) {
	v, err := d.View(ctx)
	if err != nil {
		return "", err
	}
	defer v.Close()
	err = v.each(ctx, "select reason from revision where substr(reason, 1, length(?1)) = ?1 order by number desc limit 1",
		[]any{beginning}, scanInto(&reason))
	return reason, err
}
