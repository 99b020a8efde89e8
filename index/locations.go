package index

import (
	"tarikh/timeline"
)

// locations is the test of a filter of locations.
func (c *compiler) locations(w *timeline.LocationWhere, field string) (test[*Location], error) {
	if w == nil {
		w = &timeline.LocationWhere{}
	}
	tests, err := branches(w.And, w.Or, w.Not, field, c.locations)
	if err != nil {
		return nil, err
	}
	if w.Refs != nil {
		rows, err := c.rows(timeline.KindLocation, w.Refs, field+".refs")
		if err != nil {
			return nil, err
		}
		tests = append(tests, member(rows, func(l *Location) int64 { return l.Row }))
	}
	if w.Within != nil {
		rows, err := c.rows(timeline.KindLocation, w.Within, field+".within")
		if err != nil {
			return nil, err
		}
		below := c.x.below(rows)
		tests = append(tests, func(l *Location) bool { return below[l.Row] })
	}
	if w.Name != nil {
		rows, err := c.named(timeline.KindLocation, *w.Name, field+".name")
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(l *Location) bool { return rows[l.Row] })
	}
	if w.Kind != nil {
		tests = append(tests, member(w.Kind, func(l *Location) timeline.LocationKind { return l.Kind }))
	}
	return all(tests), nil
}
