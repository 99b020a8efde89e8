package db

import (
	"context"
	"iter"

	"tarikh/timeline"
)

// Records gives every record of the view's revision, as [Whole.Records] does.
func (v *View) Records(ctx context.Context) iter.Seq2[*timeline.Record, error] {
	return allRecords(ctx, v.s, v.each)
}

// querier runs a query and hands every row to scan.
type querier func(ctx context.Context, text string, args []any, scan func(rowScanner) error) error

// allRecords gives every record that a session's transaction sees; each refuses when that has ended.
func allRecords(ctx context.Context, s *session, each querier) iter.Seq2[*timeline.Record, error] {
	return func(yield func(*timeline.Record, error) bool) {
		for _, kind := range timeline.Kinds() {
			if !recordsOfKind(ctx, s, each, kind, yield) {
				return
			}
		}
	}
}

// recordsOfKind gives the records of one kind; false when the reader has had enough.
func recordsOfKind(ctx context.Context, s *session, each querier, kind timeline.Kind, yield func(*timeline.Record, error) bool) bool {
	for last := int64(0); ; {
		rows, err := rowsAfter(ctx, each, kind, last)
		if err != nil {
			return yield(nil, err) && false
		}
		if len(rows) == 0 {
			return true
		}
		records, err := recordsByRows(ctx, s, kind, rows)
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
func rowsAfter(ctx context.Context, each querier, kind timeline.Kind, last int64) ([]int64, error) {
	var rows []int64
	err := each(ctx, "select row from "+string(kind)+" where row > ? order by row limit +?", []any{last, chunk},
		func(r rowScanner) error {
			var row int64
			err := r.Scan(&row)
			rows = append(rows, row)
			return err
		})
	return rows, err
}
