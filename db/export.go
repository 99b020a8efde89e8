package db

import (
	"context"
	"iter"

	"tarikh/timeline"
)

// Records gives every record of the view's revision, kind by kind in the order of
// timeline.Kinds and in each kind in the order in which they came, a chunk in
// memory at a time. Refs are keys. The first error ends it.
func (v *View) Records(ctx context.Context) iter.Seq2[*timeline.Record, error] {
	return func(yield func(*timeline.Record, error) bool) {
		for _, kind := range timeline.Kinds() {
			if !v.recordsOf(ctx, kind, yield) {
				return
			}
		}
	}
}

// recordsOf gives the records of one kind; false when the reader has had enough.
func (v *View) recordsOf(ctx context.Context, kind timeline.Kind, yield func(*timeline.Record, error) bool) bool {
	for last := int64(0); ; {
		rows, err := v.rowsAfter(ctx, kind, last)
		if err != nil {
			return yield(nil, err) && false
		}
		if len(rows) == 0 {
			return true
		}
		records, err := recordsByRows(ctx, v.s, kind, rows)
		if err != nil {
			return yield(nil, err) && false
		}
		for _, row := range rows {
			if !yield(records[row], nil) {
				return false
			}
		}
		last = rows[len(rows)-1]
	}
}

// rowsAfter are the next row numbers of a kind.
func (v *View) rowsAfter(ctx context.Context, kind timeline.Kind, last int64) ([]int64, error) {
	var rows []int64
	err := v.each(ctx, "select row from "+string(kind)+" where row > ? order by row limit +?", []any{last, chunk},
		func(r rowScanner) error {
			var row int64
			err := r.Scan(&row)
			rows = append(rows, row)
			return err
		})
	return rows, err
}
