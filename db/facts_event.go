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
	if f.to != nil {
		titles = "''"
	}
	err = f.s.sweep(ctx, "select row, id, key, type, status, time, updated_at, tags, "+titles+" from event where row "+w.in,
		w.args, func(v values) error {
			e, err := eventFacts(v)
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

// eventFacts is an event as its own row tells it.
func eventFacts(v values) (*index.Event, error) {
	e := &index.Event{Row: v.number(0), ID: v.text(1), Key: v.text(2), Type: v.text(3),
		Status: timeline.EventStatus(v.text(4)), Updated: v.number(6)}
	when, err := parseEDTF(v.text(5))
	if err != nil {
		return nil, err
	}
	e.Time = timeline.NewTime(when)
	if err := readList(v.text(7), &e.Tags); err != nil {
		return nil, err
	}
	if v.text(8) == "" {
		return e, nil
	}
	e.Titles, err = foldedTitles(v.text(8))
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
	return f.s.sweep(ctx, "select p.event, p.location, p.role, p.precision, p.lat, p.lon, e.sensitive "+
		"from event_place p cross join event e on e.row = p.event where p.event "+w.in+" order by p.event, p.pos", w.args, func(v values) error {
		e := found[v.number(0)]
		e.Places = append(e.Places, index.Place{Location: v.number(1), Role: timeline.PlaceRole(v.text(2)),
			Precision: timeline.PlacePrecision(v.text(3)), Point: shown(v.real(4), v.real(5), v.is(6))})
		return nil
	})
}

func (f *facts) participations(ctx context.Context, w span, found map[int64]*index.Event) error {
	return f.s.sweep(ctx, "select event, actor, role, side, certainty from participation where event "+w.in+
		" order by event, pos", w.args, func(v values) error {
		e := found[v.number(0)]
		e.Participants = append(e.Participants, index.Participant{Actor: v.number(1),
			Role: timeline.ParticipantRole(v.text(2)), Side: v.text(3), Certainty: timeline.Certainty(v.text(4))})
		return nil
	})
}

func (f *facts) claims(ctx context.Context, w span, found map[int64]*index.Event) error {
	return f.s.sweep(ctx, `select event, id, kind, status, responsible, victim_actor, claimant, source, victims, counts, included,
			low, best, high, reported_on, dataset_row, vintage, created_at
		from claim where event `+w.in+" order by event, pos", w.args, func(v values) error {
		e := found[v.number(0)]
		c := index.Claim{ID: v.text(1), Kind: timeline.ClaimKind(v.text(2)), Status: timeline.ClaimStatus(v.text(3)),
			Responsible: v.number(4), VictimActor: v.number(5), Claimant: v.number(6), Source: v.number(7),
			Victims: names.Fold(v.text(8)), Counts: names.Fold(v.text(9)), Included: v.is(10),
			Low: orUnknown(v.count(11)), Best: orUnknown(v.count(12)), High: orUnknown(v.count(13)),
			ReportedOn: edtf.DistantPast, DatasetRow: v.text(15), Vintage: v.text(16), Created: dayOfMillis(v.number(17))}
		if reported := v.text(14); reported != "" {
			when, err := parseEDTF(reported)
			if err != nil {
				return err
			}
			c.ReportedOn = latestDay(when)
		}
		e.Claims = append(e.Claims, c)
		return nil
	})
}

// orUnknown is a figure, timeline.Unknown where there is none.
func orUnknown(n *int) int {
	if n == nil {
		return timeline.Unknown
	}
	return *n
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
	return f.s.sweep(ctx, "select event, source from citation where event "+w.in+" order by event, pos",
		w.args, func(v values) error {
			e := found[v.number(0)]
			e.Citations = append(e.Citations, v.number(1))
			return nil
		})
}

func (f *facts) relations(ctx context.Context, w span, found map[int64]*index.Event) error {
	return f.s.sweep(ctx, "select event, kind, other from event_relation where event "+w.in+" order by event, pos",
		w.args, func(v values) error {
			e := found[v.number(0)]
			e.Relations = append(e.Relations, index.EventRelation{Kind: timeline.EventRelationKind(v.text(1)), Event: v.number(2)})
			return nil
		})
}
