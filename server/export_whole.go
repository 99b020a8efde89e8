package server

import (
	"context"
	"io"
	"iter"
	"slices"
	"time"

	"tarikh/db"
	"tarikh/export"
	"tarikh/timeline"
)

// NeedsNoIndex says whether a selection is everything, in a format that can be written in any order:
// then [ExportWhole] writes it.
func NeedsNoIndex(f export.Format, s Selection) bool {
	return f.Apart && s.Timeline == "" && (s.Where == nil || timeline.Canonical(s.Where) == "{}")
}

// wholeChunk is how many events are held at once.
const wholeChunk = 250

// ExportWhole is [Export] of everything, out of a database that may be open without its index: the
// same bytes, for a fraction of the time and the memory. It reads one revision from beginning to
// end and lets the parts of the file wait in a temporary one, so it is for commands, not for
// a service that many ask at once.
func ExportWhole(ctx context.Context, d *db.DB, w io.Writer, f export.Format, s Selection) (export.Tail, error) {
	x, err := openWhole(ctx, d, f, s)
	if err != nil {
		return export.Tail{}, err
	}
	defer x.whole.Close()
	return x.write(ctx, w)
}

// exportingWhole is an export of everything under way.
type exportingWhole struct {
	exporting
	whole  *db.Whole
	places []int // of the rows
}

func openWhole(ctx context.Context, d *db.DB, f export.Format, s Selection) (_ *exportingWhole, err error) {
	if s.Rule == "" {
		s.Rule = timeline.RuleRange
	}
	if err := timeline.CheckFigure(timeline.ClaimKilled, s.Rule); err != nil {
		return nil, err
	}
	v, err := d.Whole(ctx)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			v.Close()
		}
	}()
	rows, places, err := v.Events(ctx)
	if err != nil {
		return nil, err
	}
	x := &exportingWhole{exporting{db: d, format: f, asked: s, rows: rows, meta: export.Meta{Lang: s.Lang, Address: s.Address,
		Rule: s.Rule, Revision: v.Revision(), Generated: time.Now().UTC(), Total: len(rows), Shown: len(rows)}}, v, places}
	x.meta.Licences, x.meta.Attribution, err = v.Terms(ctx)
	return x, err
}

func (x *exportingWhole) write(ctx context.Context, w io.Writer) (export.Tail, error) {
	o := export.Options{Most: x.asked.Most, Centroids: x.asked.Centroids}
	return x.format.StreamPlaced(w, o, x.meta, x.placed(ctx), len(x.rows), nil)
}

// placed reads the events in the order in which they lie, chunk by chunk.
func (x *exportingWhole) placed(ctx context.Context) iter.Seq2[export.Placed, error] {
	return func(yield func(export.Placed, error) bool) {
		places := x.places
		for chunk := range slices.Chunk(x.rows, wholeChunk) {
			items, err := x.readWhole(ctx, chunk)
			if err != nil {
				yield(export.Placed{}, err)
				return
			}
			for i, it := range items {
				if !yield(export.Placed{Item: it, Place: places[i]}, nil) {
					return
				}
			}
			places = places[len(chunk):]
		}
	}
}

// readWhole reads a chunk; all of it is there, because one revision is read.
func (x *exportingWhole) readWhole(ctx context.Context, rows []int64) ([]*export.Item, error) {
	events, err := x.whole.ShownEvents(ctx, rows)
	if err != nil {
		return nil, err
	}
	return x.gather(ctx, x.whole, rows, events)
}
