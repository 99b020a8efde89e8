package db

import (
	"context"
	"maps"
	"time"

	"tarikh/index"
)

// The index is tended beside the questions: its parts are joined when changes have made them many,
// and when no write has come for a while and much has changed since its image, the image is written
// anew. What goes wrong in it harms nobody, and is tried again after the next change.

// idle is how long no write has to come before the image is written.
const idle = 5 * time.Second

const (
	imageFrom  = 20_000 // events and sources from which reading an image is faster than reading the tables
	imageShare = 16     // an image is written again when one in so many of them has changed
)

// tend does so until ctx ends.
func (d *DB) tend(ctx context.Context) {
	quiet := time.NewTimer(d.options.idle)
	joined := false // since the image was written
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.published:
			done, err := d.join(ctx)
			joined = joined || done && err == nil
			quiet.Reset(d.options.idle)
		case <-quiet.C:
			if due, err := d.imageDue(ctx, joined); err == nil && due {
				_ = d.KeepIndex(ctx, nil)
			}
			joined = false
		}
	}
}

// newest is the newest snapshot and the sources that are withheld in it.
func (d *DB) newest() (*index.Index, map[int64]bool) {
	d.advancing.Lock()
	defer d.advancing.Unlock()
	return d.current.Load(), d.hidden
}

// join joins the parts of the index, brings the result to the newest revision and publishes it. It
// says whether there was anything to join.
func (d *DB) join(ctx context.Context) (bool, error) {
	x, hidden := d.newest()
	if !x.Crowded() {
		return false, nil
	}
	x = x.Joined()
	s, err := d.reader(ctx)
	if err != nil {
		return true, err
	}
	defer d.release(s)
	if err := s.beginRead(); err != nil {
		return true, err
	}
	defer func() { _ = s.endRead() }()
	return true, d.replace(ctx, s, x, hidden)
}

// replace brings an index to the revision that the transaction at hand sees and publishes it,
// unless a newer one was published meanwhile or other sources are withheld now: then the next look
// finds what there is to join.
func (d *DB) replace(ctx context.Context, s *session, x *index.Index, hidden map[int64]bool) error {
	revision, at, err := probe(ctx, s)
	if err != nil {
		return err
	}
	d.advancing.Lock()
	defer d.advancing.Unlock()
	withheld, err := d.withheld(ctx, s)
	if err != nil {
		return err
	}
	if d.current.Load().Revision() > revision || !maps.Equal(withheld, d.hidden) || !maps.Equal(withheld, hidden) {
		return nil
	}
	if x.Revision() != revision {
		if x, err = advance(ctx, s, x, withheld, revision, at); err != nil {
			return err
		}
	}
	d.publish(x)
	return nil
}

// imageDue says whether the image in the file is missing or too old to be worth reading, or whether
// the index was joined since.
func (d *DB) imageDue(ctx context.Context, joined bool) (bool, error) {
	x, hidden := d.newest()
	if d.options.ReadOnly || len(hidden) > 0 {
		return false, nil // an image holds all of the record, also what is passed on to nobody
	}
	if joined && x.Many() >= d.options.imageFrom {
		return true, nil
	}
	return d.stale(ctx, x.Many(), imageShare)
}

// IndexStale says of a file that is open without its index whether so much has changed since the
// image in it that another is worth writing before somebody asks.
func (d *DB) IndexStale(ctx context.Context) (bool, error) {
	s, err := d.reader(ctx)
	if err != nil {
		return false, err
	}
	many := 0
	err = s.each(ctx, "select (select coalesce(max(row), 0) from event) + (select coalesce(max(row), 0) from source)",
		nil, scanInto(&many))
	d.release(s)
	if err != nil {
		return false, err
	}
	return d.stale(ctx, many, rebuiltFrom)
}

// stale says whether there is no image although there are many events and sources, or whether one in
// so many of them has changed since.
func (d *DB) stale(ctx context.Context, many, share int) (bool, error) {
	if many < d.options.imageFrom {
		return false, nil
	}
	s, err := d.reader(ctx)
	if err != nil {
		return false, err
	}
	defer d.release(s)
	i, ok, err := newestImage(ctx, s)
	if err != nil || !ok {
		return err == nil, err
	}
	changed := 0
	err = s.each(ctx, "select count(*) from change where revision > ?", []any{i.revision}, scanInto(&changed))
	return changed > many/share, err
}
