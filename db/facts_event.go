package db

import (
	"context"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// events reads the facts of events, a sweep over each table that they are kept in.
func (f *facts) events(ctx context.Context, w span) error {
	ids, former, err := f.refs(ctx, timeline.KindEvent, w)
	if err != nil {
		return err
	}
	found := map[int64]*index.Event{}
	titles := "titles"
	if f.load != nil {
		titles = "''"
	}
	err = f.s.each(ctx, "select row, id, key, type, status, time, updated_at, tags, "+titles+" from event where row "+w.in,
		w.args, func(r rowScanner) error {
			e, err := scanEventFacts(r)
			if err != nil {
				return err
			}
			e.Refs = answering(e.ID, e.Key, ids[e.Row], former[e.Row])
			found[e.Row] = e
			f.changes.Events = append(f.changes.Events, e)
			return nil
		})
	if err != nil {
		return err
	}
	for _, read := range []func(context.Context, span, map[int64]*index.Event) error{
		f.places, f.participations, f.claims, f.citations, f.relations,
	} {
		if err := read(ctx, w, found); err != nil {
			return err
		}
	}
	return f.withhold(ctx, w, found)
}

func scanEventFacts(r rowScanner) (*index.Event, error) {
	e := &index.Event{}
	var when, tags, titles string
	if err := r.Scan(&e.Row, &e.ID, &e.Key, &e.Type, &e.Status, &when, &e.Updated, &tags, &titles); err != nil {
		return nil, err
	}
	v, err := parseEDTF(when)
	if err != nil {
		return nil, err
	}
	e.Time = timeline.NewTime(v)
	if err := readList(tags, &e.Tags); err != nil {
		return nil, err
	}
	if titles == "" {
		return e, nil
	}
	e.Titles, err = foldedTitles(titles)
	return e, err
}

// foldedTitles is the titles of an event as it is ordered by.
func foldedTitles(titles string) ([]index.Title, error) {
	var texts []timeline.Text
	if err := readList(titles, &texts); err != nil {
		return nil, err
	}
	folded := make([]index.Title, len(texts))
	for i, t := range texts {
		folded[i] = index.Title{Lang: t.Lang, Folded: names.Fold(t.Text)}
	}
	return folded, nil
}

// titlesOf reads the folded titles of events, in the order of the rows: what the index asks for when
// an order does.
func (v *View) titlesOf(ctx context.Context) index.TitleReader {
	return func(rows []int64) ([][]index.Title, error) {
		byRow := make(map[int64][]index.Title, len(rows))
		v.s.mu.Lock()
		defer v.s.mu.Unlock()
		err := v.s.eachUncounted(ctx, "select e.row, e.titles from json_each(?) k cross join event e on e.row = k.value",
			[]any{list(rows)}, func(r rowScanner) error {
				var row int64
				var titles string
				if err := r.Scan(&row, &titles); err != nil {
					return err
				}
				folded, err := foldedTitles(titles)
				byRow[row] = folded
				return err
			})
		all := make([][]index.Title, len(rows))
		for i, row := range rows {
			all[i] = byRow[row]
		}
		return all, err
	}
}

func (f *facts) places(ctx context.Context, w span, found map[int64]*index.Event) error {
	return f.s.each(ctx, "select p.event, coalesce(p.location, 0), p.role, p.precision, p.lat, p.lon, e.sensitive "+
		"from event_place p cross join event e on e.row = p.event where p.event "+w.in+" order by p.event, p.pos", w.args, func(r rowScanner) error {
		var event int64
		var lat, lon *float64
		var sensitive bool
		var p index.Place
		if err := r.Scan(&event, &p.Location, &p.Role, &p.Precision, &lat, &lon, &sensitive); err != nil {
			return err
		}
		p.Point = shown(lat, lon, sensitive)
		found[event].Places = append(found[event].Places, p)
		return nil
	})
}

func (f *facts) participations(ctx context.Context, w span, found map[int64]*index.Event) error {
	return f.s.each(ctx, "select event, actor, role, coalesce(side, ''), certainty from participation where event "+w.in+
		" order by event, pos", w.args, func(r rowScanner) error {
		var event int64
		var p index.Participant
		if err := r.Scan(&event, &p.Actor, &p.Role, &p.Side, &p.Certainty); err != nil {
			return err
		}
		found[event].Participants = append(found[event].Participants, p)
		return nil
	})
}

func (f *facts) claims(ctx context.Context, w span, found map[int64]*index.Event) error {
	return f.s.each(ctx, `select event, id, kind, status, coalesce(responsible, 0), coalesce(victim_actor, 0),
			coalesce(claimant, 0), coalesce(source, 0), coalesce(victims, ''), coalesce(counts, ''), included,
			coalesce(low, -1), coalesce(best, -1), coalesce(high, -1), coalesce(reported_on, ''),
			coalesce(dataset_row, ''), coalesce(vintage, ''), created_at
		from claim where event `+w.in+" order by event, pos", w.args, func(r rowScanner) error {
		var event, created int64
		var c index.Claim
		var reported string
		err := r.Scan(&event, &c.ID, &c.Kind, &c.Status, &c.Responsible, &c.VictimActor, &c.Claimant, &c.Source,
			&c.Victims, &c.Counts, &c.Included, &c.Low, &c.Best, &c.High, &reported, &c.DatasetRow, &c.Vintage, &created)
		if err != nil {
			return err
		}
		c.Victims, c.Counts = names.Fold(c.Victims), names.Fold(c.Counts)
		c.Created = dayOfMillis(created)
		c.ReportedOn = edtf.DistantPast
		if reported != "" {
			v, err := parseEDTF(reported)
			if err != nil {
				return err
			}
			c.ReportedOn = latestDay(v)
		}
		found[event].Claims = append(found[event].Claims, c)
		return nil
	})
}

// dayOfMillis is the day, in UTC, of an instant.
func dayOfMillis(ms int64) edtf.Day {
	const perDay = 24 * 60 * 60 * 1000
	day := ms / perDay
	if ms%perDay < 0 {
		day--
	}
	return edtf.Day(day)
}

// latestDay is the latest day of a time, DistantPast where it has none.
func latestDay(v edtf.Value) edtf.Day {
	if end := v.End(); end.Last.Finite() {
		return end.Last
	}
	return edtf.DistantPast
}

func (f *facts) citations(ctx context.Context, w span, found map[int64]*index.Event) error {
	return f.s.each(ctx, "select event, source from citation where event "+w.in+" order by event, pos",
		w.args, func(r rowScanner) error {
			var event, source int64
			if err := r.Scan(&event, &source); err != nil {
				return err
			}
			found[event].Citations = append(found[event].Citations, source)
			return nil
		})
}

func (f *facts) relations(ctx context.Context, w span, found map[int64]*index.Event) error {
	return f.s.each(ctx, "select event, kind, other from event_relation where event "+w.in+" order by event, pos",
		w.args, func(r rowScanner) error {
			var event int64
			var rel index.EventRelation
			if err := r.Scan(&event, &rel.Kind, &rel.Event); err != nil {
				return err
			}
			found[event].Relations = append(found[event].Relations, rel)
			return nil
		})
}
