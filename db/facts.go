package db

import (
	"context"
	"encoding/json"
	"fmt"

	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// facts reads what the index is told of: of rows that changed, or of everything.
type facts struct {
	s        *session
	changes  *index.Changes
	withheld map[int64]bool // sources whose rows are passed on to nobody
	to       taker          // takes the facts as they come, events without their titles; nil: they stay in changes
}

// taker takes out of changes what it makes something of.
type taker interface{ Take(c *index.Changes) }

// span says which rows of a kind are read: a list of them, or all from one number
// to another. The two read the same tables by the same columns; a range is read in
// one sweep, a list by one search each.
type span struct {
	in   string // what follows the column that numbers the record
	args []any
}

func listed(rows []int64) span {
	if len(rows) == 1 { // a list costs as much as to find several rows
		return span{"= ?1", []any{rows[0]}}
	}
	return span{"in (select value from json_each(?1))", []any{list(rows)}}
}

func between(from, to int64) span { return span{"between ?1 and ?2", []any{from, to}} }

// everything reads all records.
func (f *facts) everything(ctx context.Context) error {
	for _, kind := range timeline.Kinds() {
		if err := f.all(ctx, kind); err != nil {
			return err
		}
	}
	return nil
}

// all reads all records of a kind, in chunks so that memory stays bounded.
func (f *facts) all(ctx context.Context, kind timeline.Kind) error {
	const chunk = 2000
	var last int64
	if err := f.s.each(ctx, "select coalesce(max(row), 0) from "+string(kind), nil, scanInto(&last)); err != nil {
		return err
	}
	for from := int64(1); from <= last; from += chunk {
		if err := f.read(ctx, kind, between(from, from+chunk-1)); err != nil {
			return fmt.Errorf("read facts of %ss: %w", kind, err)
		}
		if f.to != nil {
			f.to.Take(f.changes)
		}
	}
	return nil
}

// changed reads the records that are still there and names those that are gone.
func (f *facts) changed(ctx context.Context, kind timeline.Kind, rows []int64) error {
	if len(rows) == 0 {
		return nil
	}
	if err := f.read(ctx, kind, listed(rows)); err != nil {
		return fmt.Errorf("read facts of %ss: %w", kind, err)
	}
	there, err := keysByRows(ctx, f.s, kind, rows)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if _, ok := there[row]; !ok {
			f.changes.Gone = append(f.changes.Gone, index.Gone{Kind: kind, Row: row})
		}
	}
	return nil
}

func (f *facts) read(ctx context.Context, kind timeline.Kind, w span) error {
	switch kind {
	case timeline.KindSource:
		return f.sources(ctx, w)
	case timeline.KindLocation:
		return f.locations(ctx, w)
	case timeline.KindActor:
		return f.actors(ctx, w)
	case timeline.KindEvent:
		return f.events(ctx, w)
	case timeline.KindTimeline:
		return f.timelines(ctx, w)
	}
	return nil
}

// refs reads the identifiers and former refs of a kind, by row.
func (f *facts) refs(ctx context.Context, kind timeline.Kind, w span) (ids map[int64][]timeline.Identifier, former map[int64][]string, err error) {
	ids, former = map[int64][]timeline.Identifier{}, map[int64][]string{}
	err = f.s.sweep(ctx, "select row, scheme, value from identifier where kind = '"+string(kind)+"' and row "+w.in+
		" order by row, pos", w.args, func(v values) error {
		row := v.number(0)
		ids[row] = append(ids[row], timeline.Identifier{Scheme: v.text(1), Value: v.text(2)})
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	err = f.s.sweep(ctx, "select row, ref from former_ref where kind = '"+string(kind)+"' and row "+w.in+
		" order by row, pos", w.args, func(v values) error {
		row := v.number(0)
		former[row] = append(former[row], v.text(1))
		return nil
	})
	return ids, former, err
}

// answering are all the refs that lead to a record.
func answering(id, key string, ids []timeline.Identifier, former []string) []string {
	refs := append(make([]string, 0, 2+len(ids)+len(former)), id, key)
	return append(append(refs, identifierTexts(ids)...), former...)
}

// names reads the names of actors or locations with their folded forms, by row.
func (f *facts) names(ctx context.Context, kind timeline.Kind, w span) (all map[int64][]timeline.Name, folded map[int64][]string, err error) {
	all, folded = map[int64][]timeline.Name{}, map[int64][]string{}
	err = f.s.sweep(ctx, "select row, text, lang, name_kind, since, until, folded from name where kind = '"+
		string(kind)+"' and row "+w.in+" order by row, pos", w.args, func(v values) error {
		row := v.number(0)
		n := timeline.Name{Text: v.text(1), Lang: names.Language(v.text(2)), Kind: timeline.NameKind(v.text(3))}
		var err error
		if n.From, err = parseEDTF(v.text(4)); err != nil {
			return err
		}
		n.To, err = parseEDTF(v.text(5))
		all[row], folded[row] = append(all[row], n), append(folded[row], v.text(6))
		return err
	})
	return all, folded, err
}

func (f *facts) sources(ctx context.Context, w span) error {
	ids, former, err := f.refs(ctx, timeline.KindSource, w)
	if err != nil {
		return err
	}
	return f.s.sweep(ctx, "select row, id, key, kind, lang, publisher, published_on, origin, licence from source where row "+w.in,
		w.args, func(v values) (err error) {
			s := &index.Source{Row: v.number(0), ID: v.text(1), Key: v.text(2), Kind: timeline.SourceKind(v.text(3)),
				Lang: names.Language(v.text(4)), Publisher: names.Fold(v.text(5)), Origin: v.number(7), Licence: v.text(8)}
			s.Refs = answering(s.ID, s.Key, ids[s.Row], former[s.Row])
			s.Published, err = timeOrNil(v.text(6))
			f.changes.Sources = append(f.changes.Sources, s)
			return err
		})
}

// timeOrNil reads an optional time.
func timeOrNil(text string) (*timeline.Time, error) {
	if text == "" {
		return nil, nil
	}
	v, err := parseEDTF(text)
	t := timeline.NewTime(v)
	return &t, err
}

func (f *facts) locations(ctx context.Context, w span) error {
	ids, former, err := f.refs(ctx, timeline.KindLocation, w)
	if err != nil {
		return err
	}
	all, folded, err := f.names(ctx, timeline.KindLocation, w)
	if err != nil {
		return err
	}
	return f.s.sweep(ctx, "select row, id, key, kind, parent, lat, lon from location where row "+w.in,
		w.args, func(v values) error {
			l := &index.Location{Parent: v.number(4)}
			l.Row, l.ID, l.Key, l.Kind = v.number(0), v.text(1), v.text(2), timeline.LocationKind(v.text(3))
			l.Point, l.Identifiers = pointOrNil(v.real(5), v.real(6)), orEmpty(ids[l.Row])
			l.Names, l.Folded = all[l.Row], folded[l.Row]
			l.Refs = answering(l.ID, l.Key, ids[l.Row], former[l.Row])
			f.changes.Locations = append(f.changes.Locations, l)
			return nil
		})
}

// orEmpty is the list, never nil: a list that is answered is never null.
func orEmpty[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

func (f *facts) actors(ctx context.Context, w span) error {
	ids, former, err := f.refs(ctx, timeline.KindActor, w)
	if err != nil {
		return err
	}
	all, folded, err := f.names(ctx, timeline.KindActor, w)
	if err != nil {
		return err
	}
	relations := map[int64][]index.ActorRelation{}
	err = f.s.each(ctx, "select actor, kind, other, coalesce(time, ''), coalesce(source, 0) from actor_relation where actor "+w.in+
		" order by actor, pos", w.args, func(r rowScanner) error {
		var actor int64
		var time string
		var rel index.ActorRelation
		err := r.Scan(&actor, &rel.Kind, &rel.Actor, &time, &rel.Source)
		if err != nil {
			return err
		}
		rel.Time, err = timeOrNil(time)
		relations[actor] = append(relations[actor], rel)
		return err
	})
	if err != nil {
		return err
	}
	return f.s.each(ctx, "select row, id, key, kind, generic, summaries, coalesce(active, '') from actor where row "+w.in,
		w.args, func(r rowScanner) error {
			a := &index.Actor{}
			var summaries, active string
			err := r.Scan(&a.Row, &a.ID, &a.Key, &a.Kind, &a.Generic, &summaries, &active)
			if err != nil {
				return err
			}
			a.Names, a.Folded, a.Relations = all[a.Row], folded[a.Row], relations[a.Row]
			a.Identifiers = orEmpty(ids[a.Row])
			a.Refs = answering(a.ID, a.Key, ids[a.Row], former[a.Row])
			if a.Active, err = timeOrNil(active); err != nil {
				return err
			}
			f.changes.Actors = append(f.changes.Actors, a)
			return readList(summaries, &a.Summaries)
		})
}

func (f *facts) timelines(ctx context.Context, w span) error {
	ids, former, err := f.refs(ctx, timeline.KindTimeline, w)
	if err != nil {
		return err
	}
	events := map[bool]map[int64][]int64{false: {}, true: {}}
	err = f.s.each(ctx, "select timeline, event, omitted from timeline_event where timeline "+w.in+
		" order by timeline, pos", w.args, func(r rowScanner) error {
		var row, event int64
		var omitted bool
		err := r.Scan(&row, &event, &omitted)
		events[omitted][row] = append(events[omitted][row], event)
		return err
	})
	if err != nil {
		return err
	}
	return f.s.each(ctx, "select row, id, key, titles, summaries, selection, eras from timeline where row "+w.in,
		w.args, func(r rowScanner) error {
			t := &index.Timeline{}
			err := scanTimeline(r, t)
			t.Identifiers = orEmpty(ids[t.Row])
			t.Refs = answering(t.ID, t.Key, ids[t.Row], former[t.Row])
			t.Picked, t.Omitted = events[false][t.Row], events[true][t.Row]
			f.changes.Timelines = append(f.changes.Timelines, t)
			return err
		})
}

func scanTimeline(r rowScanner, t *index.Timeline) error {
	var titles, summaries, eras string
	if err := r.Scan(&t.Row, &t.ID, &t.Key, &titles, &summaries, &t.Timeline.Where, &eras); err != nil {
		return err
	}
	if t.Timeline.Where != nil {
		t.Where = &timeline.EventWhere{}
		if err := json.Unmarshal([]byte(*t.Timeline.Where), t.Where); err != nil {
			return err
		}
	}
	if err := readList(titles, &t.Titles); err != nil {
		return err
	}
	if err := readList(summaries, &t.Summaries); err != nil {
		return err
	}
	var read []timeline.EraRecord
	if err := readList(eras, &read); err != nil {
		return err
	}
	t.Eras = make([]*timeline.Era, 0, len(read))
	for _, e := range read {
		t.Eras = append(t.Eras, &timeline.Era{Titles: e.Titles, Time: timeline.NewTime(e.Time)})
	}
	return nil
}
