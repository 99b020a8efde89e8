package db

import (
	"cmp"
	"context"
	"slices"

	"tarikh/index"
	"tarikh/timeline"
)

// What exports read: whole records of a selection, chunk by chunk, each in a view of
// its own, so that a slow reader never holds one open.

// SelectedRows are the rows of the events that a filter selects, in order.
func (v *View) SelectedRows(where *timeline.EventWhere, order []*timeline.EventOrder) ([]int64, error) {
	s, err := v.whole(EventsAsked{Where: where, Order: order}, index.Parent{})
	if err != nil {
		return nil, err
	}
	return s.Rows(), nil
}

// EventRecords are events by row, whole but for the raw rows of datasets, which are
// empty unless asked for. An event that is no longer there, or that is passed on to
// nobody, is absent.
func (v *View) EventRecords(ctx context.Context, rows []int64, withRaw bool) (map[int64]*timeline.EventRecord, error) {
	var shown []int64
	for _, row := range rows {
		if v.x.HasEvent(row) {
			shown = append(shown, row)
		}
	}
	raw := "''"
	if withRaw {
		raw = "o.raw"
	}
	records, err := loadRecords(ctx, v.s, timeline.KindEvent, shown, raw)
	if err != nil {
		return nil, err
	}
	events := make(map[int64]*timeline.EventRecord, len(records))
	for row, r := range records {
		events[row] = r.Event
	}
	return events, nil
}

// RecordsByKeys are whole records of one kind by their keys.
func (v *View) RecordsByKeys(ctx context.Context, kind timeline.Kind, keys []string) (map[string]*timeline.Record, error) {
	var rows []int64
	for _, key := range keys {
		if row, ok := v.x.Resolve(kind, key); ok {
			rows = append(rows, row)
		}
	}
	records, err := recordsByRows(ctx, v.s, kind, rows)
	if err != nil {
		return nil, err
	}
	byKey := make(map[string]*timeline.Record, len(records))
	for _, r := range records {
		byKey[r.Identity().Key] = r
	}
	return byKey, nil
}

// FigureOf is what a rule makes of those claims of the event of a row that are meant, by
// their ids: from memory.
func (v *View) FigureOf(row int64, kind timeline.ClaimKind, rule timeline.CasualtyRule, meant func(id string) bool) (*timeline.Casualties, error) {
	return v.x.FigureOf(row, kind, rule, func(c *index.Claim) bool { return meant(c.ID) })
}

// Above are the locations above one, outermost first: from memory.
func (v *View) Above(l *timeline.Location) []*timeline.Location {
	rows := v.x.Ancestors(l.Row)
	return inOrder(rows, v.locations(rows))
}

// Revisited says whether the record has changed since a revision.
func (d *DB) Revisited(ctx context.Context, since int64) bool {
	v, err := d.View(ctx)
	if err != nil {
		return false
	}
	defer v.Close()
	return v.Revision() != since
}

// where is the filter that selects at the root what a question selects below a parent;
// nil where no filter can say it.
func (v *View) where(asked *timeline.EventWhere, parent index.Parent) *timeline.EventWhere {
	var below timeline.EventWhere
	switch parent.Kind {
	case "":
		if asked == nil {
			return &timeline.EventWhere{}
		}
		return asked
	case timeline.KindActor:
		below.Actor = &timeline.ActorRefWhere{Any: []string{v.x.Actor(parent.Row).Key}}
	case timeline.KindLocation:
		below.Place = &timeline.PlaceWhere{Within: []string{v.x.Location(parent.Row).Key}}
	case timeline.KindSource:
		below.Sources = &timeline.SourcesWhere{Some: &timeline.SourceWhere{Refs: []string{v.x.Source(parent.Row).Key}}}
	case timeline.KindTimeline:
		key := v.x.Timeline(parent.Row).Key
		below.Timeline = &key
	default:
		return nil
	}
	if asked == nil {
		return &below
	}
	return &timeline.EventWhere{And: []*timeline.EventWhere{&below, asked}}
}

// Terms are what the sources of events ask of whoever passes their facts on: the
// licences and the attributions, each once, sorted.
func (v *View) Terms(ctx context.Context, rows []int64) (licences, attributions []string, err error) {
	sources := map[int64]bool{}
	for _, row := range rows {
		for _, source := range v.x.EventSources(row) {
			sources[source] = true
		}
	}
	ids := make([]int64, 0, len(sources))
	for source := range sources {
		ids = append(ids, source)
	}
	for column, into := range map[string]*[]string{"licence": &licences, "attribution": &attributions} {
		err := v.each(ctx, "select distinct s."+column+" from json_each(?) k cross join source s on s.row = k.value where s."+
			column+" is not null order by 1", []any{list(ids)}, func(r rowScanner) error {
			var term string
			err := r.Scan(&term)
			*into = append(*into, term)
			return err
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return licences, attributions, nil
}

// PassedOnKeys are the keys of those events that may be given to others: none of their
// rows is of a dataset whose licence forbids it.
func (v *View) PassedOnKeys(ctx context.Context, rows []int64) (map[string]bool, error) {
	kept := map[int64]bool{}
	err := v.each(ctx, `select distinct o.event from source s cross join origin o on o.dataset = s.row where s.not_passed_on = 1`,
		nil, func(r rowScanner) error {
			var row int64
			err := r.Scan(&row)
			kept[row] = true
			return err
		})
	keys := make(map[string]bool, len(rows))
	for _, row := range rows {
		if !kept[row] {
			keys[v.x.Event(row).Key] = true
		}
	}
	return keys, err
}

// MostTold keeps, of events in order, the n that most is told about: by sources, then
// by claims, then by id; nothing is left out silently, because whoever calls says so.
func (v *View) MostTold(rows []int64, n int) []int64 {
	if len(rows) <= n {
		return rows
	}
	told := slices.Clone(rows)
	slices.SortStableFunc(told, func(a, b int64) int {
		return cmp.Or(
			cmp.Compare(len(v.x.EventSources(b)), len(v.x.EventSources(a))),
			cmp.Compare(len(v.x.Event(b).Claims), len(v.x.Event(a).Claims)),
			cmp.Compare(v.x.Event(a).ID, v.x.Event(b).ID))
	})
	kept := make(map[int64]bool, n)
	for _, row := range told[:n] {
		kept[row] = true
	}
	return keep(rows, func(row int64) bool { return kept[row] })
}
