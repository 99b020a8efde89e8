package db

import (
	"context"
	"maps"

	"tarikh/index"
	"tarikh/timeline"
)

// A public service gives nobody the rows of datasets whose licence forbids passing
// them on: neither the events that only such a dataset tells of, nor the claims,
// citations and raw rows that such datasets add to other events. Selections, counts
// and totals know nothing of them, because the index never hears of them.

// withheld are the sources whose rows are passed on to nobody; nil where the service
// is not public.
func (d *DB) withheld(ctx context.Context, s *session) (map[int64]bool, error) {
	if !d.options.Public {
		return nil, nil
	}
	rows := map[int64]bool{}
	err := s.each(ctx, "select row from source where not_passed_on = 1", nil, func(r rowScanner) error {
		var row int64
		err := r.Scan(&row)
		rows[row] = true
		return err
	})
	return rows, err
}

// base is the snapshot to apply changes to: the newest one or, where other sources
// are withheld than before, an empty one, so that everything is read again.
func (d *DB) base(ctx context.Context, s *session) (*index.Index, map[int64]bool, error) {
	withheld, err := d.withheld(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	from := d.current.Load()
	if !maps.Equal(withheld, d.hidden) {
		from, d.hidden = index.New(), withheld
	}
	return from, withheld, nil
}

// withhold takes out of the facts what is passed on to nobody. An event that had
// citations and has none left is gone, and so is one that a withheld row made, whatever
// articles the row cites.
func (f *facts) withhold(ctx context.Context, w span, found map[int64]*index.Event) error {
	if len(f.withheld) == 0 {
		return nil
	}
	made, err := f.madeByWithheld(ctx, w, found)
	if err != nil {
		return err
	}
	gone := map[*index.Event]bool{}
	for _, e := range found {
		cited := len(e.Citations)
		e.Citations = keep(e.Citations, func(source int64) bool { return !f.withheld[source] })
		e.Claims = keep(e.Claims, func(c index.Claim) bool { return !f.withheld[c.Source] })
		if made[e.Row] || cited > 0 && len(e.Citations) == 0 {
			gone[e] = true
			f.changes.Gone = append(f.changes.Gone, index.Gone{Kind: timeline.KindEvent, Row: e.Row})
		}
	}
	f.changes.Events = keep(f.changes.Events, func(e *index.Event) bool { return !gone[e] })
	return nil
}

// madeByWithheld are the events that rows of withheld datasets made.
func (f *facts) madeByWithheld(ctx context.Context, w span, found map[int64]*index.Event) (map[int64]bool, error) {
	made := map[int64]bool{}
	err := f.s.each(ctx, "select event, dataset, coalesce(dataset_row, '') from origin where event "+w.in, w.args,
		func(r rowScanner) error {
			var event, dataset int64
			var row string
			err := r.Scan(&event, &dataset, &row)
			if e := found[event]; e != nil && f.withheld[dataset] && timeline.MadeByRow(e.Key, row) {
				made[event] = true
			}
			return err
		})
	return made, err
}

// passedOn is the condition under which a row that a source stands behind is given
// away; empty where everything is.
func (v *View) passedOn(column string) string {
	if !v.d.options.Public {
		return ""
	}
	return " and coalesce(" + column + ", 0) not in (select row from source where not_passed_on = 1)"
}

// touched are the events of which a public service gives away less than the record holds: an image
// of the index, which holds everything, is put right by reading them again.
func (f *facts) touched(ctx context.Context) (events []int64, err error) {
	for source := range f.withheld {
		for _, table := range []string{"citation where source", "claim where source", "origin where dataset"} {
			err := f.s.each(ctx, "select event from "+table+" = ?", []any{source}, func(r rowScanner) error {
				var event int64
				err := r.Scan(&event)
				events = append(events, event)
				return err
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return events, nil
}
