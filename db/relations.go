package db

import (
	"context"
	"slices"

	"tarikh/cohort"
	"tarikh/names"
	"tarikh/timeline"
)

// Relations are read for all rows that were read together, once, when the first of
// them is asked. There is no way to read one for a single row.

// relation names a relation in a cohort; args are part of its name where they
// change what is read.
type relation struct {
	name string
	args any
}

// Participations are who took part in an event, as entered, in the given roles;
// nil roles: in any.
func (v *View) Participations(ctx context.Context, e *timeline.Event, roles []timeline.ParticipantRole) ([]*timeline.Participation, error) {
	all, err := cohort.Once(ctx, e.Cohort, relation{name: "participations"}, v.participationsByEvents)
	if err != nil || roles == nil {
		return orEmpty(all[e.Row]), err
	}
	return keep(all[e.Row], func(p *timeline.Participation) bool { return slices.Contains(roles, p.Role) }), nil
}

// keep is the sublist that passes.
func keep[T any](all []T, pass func(T) bool) []T {
	kept := []T{}
	for _, one := range all {
		if pass(one) {
			kept = append(kept, one)
		}
	}
	return kept
}

func (v *View) participationsByEvents(ctx context.Context, events []int64) (map[int64][]*timeline.Participation, error) {
	type part struct {
		event, actor int64
		row          *timeline.Participation
	}
	var parts []part
	var actorRows []int64
	err := v.sweepRows(ctx, "participations", events, func(in string) string {
		return "select p.event, " + packed(columns("p.actor p.role p.certainty"), "p.side", "p.words") +
			" from participation p where p.event " + in + " order by p.event, p.pos"
	}, func(r values) error {
		u := unpacked{rest: r.text(1)}
		p := part{event: r.number(0), actor: u.number(), row: &timeline.Participation{
			Role: timeline.ParticipantRole(u.text()), Certainty: timeline.Certainty(u.text())}}
		var side, words string
		u.free(&side, &words)
		p.row.Side, p.row.Words = given(side), given(words)
		parts, actorRows = append(parts, p), append(actorRows, p.actor)
		return u.ended()
	})
	if err != nil {
		return nil, err
	}
	actors := v.actors(actorRows)
	all := make(map[int64][]*timeline.Participation, len(events))
	for _, p := range parts {
		p.row.Actor = actors[p.actor]
		all[p.event] = append(all[p.event], p.row)
	}
	return all, nil
}

// Places are the places of an event, the main one first.
func (v *View) Places(ctx context.Context, e *timeline.Event) ([]*timeline.EventPlace, error) {
	all, err := cohort.Once(ctx, e.Cohort, relation{name: "places"}, v.placesByEvents)
	return orEmpty(all[e.Row]), err
}

// shown is a point as it is answered and selected by: that of an event by which people
// could be harmed is coarsened.
func shown(lat, lon *float64, sensitive bool) *timeline.Point {
	p := pointOrNil(lat, lon)
	if p != nil && sensitive {
		coarse := p.Coarse()
		return &coarse
	}
	return p
}

func (v *View) placesByEvents(ctx context.Context, events []int64) (map[int64][]*timeline.EventPlace, error) {
	type place struct {
		event, location int64
		row             *timeline.EventPlace
	}
	var places []place
	var rows []int64
	err := v.sweepRows(ctx, "places", events, func(in string) string {
		return "select p.event, p.location, p.role, p.precision, p.radius_km, p.lat, p.lon, p.words, e.sensitive " +
			"from event_place p cross join event e on e.row = p.event where p.event " + in + " order by p.event, p.pos"
	}, func(r values) error {
		p := place{event: r.number(0), location: r.number(1), row: &timeline.EventPlace{Role: timeline.PlaceRole(r.text(2)),
			Precision: timeline.PlacePrecision(r.text(3)), RadiusKm: r.real(4), Words: given(r.text(7))}}
		p.row.Point = shown(r.real(5), r.real(6), r.is(8))
		places, rows = append(places, p), append(rows, nonZero(p.location)...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	locations := v.locations(rows)
	all := make(map[int64][]*timeline.EventPlace, len(events))
	for _, p := range places {
		p.row.Location = locations[p.location]
		if p.row.Point == nil && p.row.Location != nil {
			p.row.Point = p.row.Location.Point
		}
		all[p.event] = append(all[p.event], p.row)
	}
	return all, nil
}

// EventActors are the actors of an event, each once, as entered: from memory.
func (v *View) EventActors(ctx context.Context, e *timeline.Event) ([]*timeline.Actor, error) {
	all, err := cohort.Once(ctx, e.Cohort, relation{name: "actors"},
		func(_ context.Context, events []int64) (map[int64]*timeline.Actor, error) {
			var rows []int64
			for _, event := range events {
				rows = append(rows, v.x.EventActors(event)...)
			}
			return v.actors(rows), nil
		})
	return inOrder(v.x.EventActors(e.Row), all), err
}

// Claims are what is said of an event, CURRENT ones first, then by the day on
// which they were reported, then by id; nil kinds: of any.
func (v *View) Claims(ctx context.Context, e *timeline.Event, kinds []timeline.ClaimKind) ([]*timeline.Claim, error) {
	all, err := cohort.Once(ctx, e.Cohort, relation{name: "claims"}, v.claimsByEvents)
	if err != nil {
		return nil, err
	}
	of := all[e.Row]
	if kinds == nil {
		return orEmpty(of), nil
	}
	return keep(of, func(c *timeline.Claim) bool { return slices.Contains(kinds, c.Kind) }), nil
}

func (v *View) claimsByEvents(ctx context.Context, events []int64) (map[int64][]*timeline.Claim, error) {
	var rows []claimRow
	err := v.sweepRows(ctx, "claims", events, func(in string) string {
		return "select " + claimColumns() + " from claim c where c.event " + in + v.passedOn("c.source") + " order by c.event, c.pos"
	}, func(r values) error {
		c, err := claimOf(r)
		rows = append(rows, c)
		return err
	})
	if err != nil {
		return nil, err
	}
	v.withActors(rows)
	all := make(map[int64][]*timeline.Claim, len(events))
	for _, c := range rows {
		all[c.event] = append(all[c.event], c.claim)
	}
	for _, claims := range all {
		slices.SortStableFunc(claims, timeline.CompareClaims)
	}
	return all, nil
}

// ClaimEvent is the event that a claim is about.
func (v *View) ClaimEvent(ctx context.Context, c *timeline.Claim) (*timeline.Event, error) {
	all, err := cohort.Once(ctx, c.Events, relation{name: "events"}, v.events)
	return all[c.Row], err
}

// ClaimSource is the source that a claim stands in; nil where it has none.
func (v *View) ClaimSource(ctx context.Context, c *timeline.Claim) (*timeline.Source, error) {
	return v.sourceOf(ctx, c.Cohort, c.SourceRow)
}

// sourceOf reads the sources of a cohort of source rows, and gives one of them.
func (v *View) sourceOf(ctx context.Context, c *cohort.Cohort, row int64) (*timeline.Source, error) {
	if row == 0 {
		return nil, nil
	}
	all, err := cohort.Once(ctx, c, relation{name: "sources"}, v.sources)
	return all[row], err
}

// Citations are where sources speak of an event, as entered.
func (v *View) Citations(ctx context.Context, e *timeline.Event) ([]*timeline.Citation, error) {
	all, err := cohort.Once(ctx, e.Cohort, relation{name: "citations"}, v.citationsByEvents)
	return orEmpty(all[e.Row]), err
}

func (v *View) citationsByEvents(ctx context.Context, events []int64) (map[int64][]*timeline.Citation, error) {
	all := make(map[int64][]*timeline.Citation, len(events))
	var rows []int64
	err := v.sweepRows(ctx, "citations", events, func(in string) string {
		return "select c.event, c.source, c.locator, c.quote, c.quote_lang from citation c where c.event " + in +
			v.passedOn("c.source") + " order by c.event, c.pos"
	}, func(r values) error {
		event := r.number(0)
		c := &timeline.Citation{SourceRow: r.number(1), Locator: given(r.text(2)),
			Quote: quoteOf(r.text(3), names.Language(r.text(4)))}
		all[event], rows = append(all[event], c), append(rows, c.SourceRow)
		return nil
	})
	sources := cohort.New(rows)
	for _, citations := range all {
		for _, c := range citations {
			c.Cohort = sources
		}
	}
	return all, err
}

// CitationSource is the source that is cited.
func (v *View) CitationSource(ctx context.Context, c *timeline.Citation) (*timeline.Source, error) {
	return v.sourceOf(ctx, c.Cohort, c.SourceRow)
}

// EventSources are the sources that an event cites and those of its claims, each
// once.
func (v *View) EventSources(ctx context.Context, e *timeline.Event) ([]*timeline.Source, error) {
	all, err := cohort.Once(ctx, e.Cohort, relation{name: "sources"},
		func(ctx context.Context, events []int64) (map[int64]*timeline.Source, error) {
			var rows []int64
			for _, event := range events {
				rows = append(rows, v.x.EventSources(event)...)
			}
			return v.sources(ctx, rows)
		})
	return inOrder(v.x.EventSources(e.Row), all), err
}

// SourceOrigin is the source whose report a source repeats; nil: its own.
func (v *View) SourceOrigin(ctx context.Context, s *timeline.Source) (*timeline.Source, error) {
	all, err := cohort.Once(ctx, s.Cohort, relation{name: "origins"},
		func(ctx context.Context, sources []int64) (map[int64]*timeline.Source, error) {
			var rows []int64
			for _, row := range sources {
				if known := v.x.Source(row); known != nil {
					rows = append(rows, nonZero(known.Origin)...)
				}
			}
			return v.sources(ctx, rows)
		})
	return all[s.OriginRow], err
}

// Identifiers are the outside identifiers of an event or a source.
func (v *View) Identifiers(ctx context.Context, kind timeline.Kind, f timeline.Family) ([]*timeline.Identifier, error) {
	all, err := cohort.Once(ctx, f.Cohort, relation{name: "identifiers"},
		func(ctx context.Context, rows []int64) (map[int64][]*timeline.Identifier, error) {
			all := make(map[int64][]*timeline.Identifier, len(rows))
			err := v.sweepRows(ctx, "identifiers of "+string(kind), rows, func(in string) string {
				return "select i.row, i.scheme, i.value from identifier i where i.kind = '" + string(kind) + "' and i.row " + in +
					" order by i.row, i.pos"
			}, func(r values) error {
				row := r.number(0)
				all[row] = append(all[row], &timeline.Identifier{Scheme: r.text(1), Value: r.text(2)})
				return nil
			})
			return all, err
		})
	return orEmpty(all[f.Row]), err
}

// Origins are the dataset rows that an event was made from.
func (v *View) Origins(ctx context.Context, e *timeline.Event) ([]*timeline.Origin, error) {
	all, err := cohort.Once(ctx, e.Cohort, relation{name: "origins"}, v.originsByEvents)
	return orEmpty(all[e.Row]), err
}

func (v *View) originsByEvents(ctx context.Context, events []int64) (map[int64][]*timeline.Origin, error) {
	all := make(map[int64][]*timeline.Origin, len(events))
	var rows []int64
	err := v.sweepRows(ctx, "origins", events, func(in string) string {
		return "select o.event, o.dataset, o.version, o.line, o.raw from origin o where o.event " + in +
			v.passedOn("o.dataset") + " order by o.event, o.pos"
	}, func(r values) error {
		event := r.number(0)
		o := &timeline.Origin{SourceRow: r.number(1), Version: given(r.text(2)), Line: r.count(3), Row: r.text(4)}
		all[event], rows = append(all[event], o), append(rows, o.SourceRow)
		return nil
	})
	sources := cohort.New(rows)
	for _, origins := range all {
		for _, o := range origins {
			o.Cohort = sources
		}
	}
	return all, err
}

// OriginDataset is the dataset that a row was read from.
func (v *View) OriginDataset(ctx context.Context, o *timeline.Origin) (*timeline.Source, error) {
	return v.sourceOf(ctx, o.Cohort, o.SourceRow)
}

// EventRelations are how an event relates to others; nil kinds: in any way.
func (v *View) EventRelations(ctx context.Context, e *timeline.Event, kinds []timeline.EventRelationKind) ([]*timeline.EventRelation, error) {
	all, err := cohort.Once(ctx, e.Cohort, relation{name: "relations"},
		func(ctx context.Context, events []int64) (map[int64]*timeline.Event, error) {
			var rows []int64
			for _, event := range events {
				for _, r := range v.x.EventRelations(event) {
					rows = append(rows, r.Event)
				}
			}
			return v.events(ctx, rows)
		})
	related := []*timeline.EventRelation{}
	for _, r := range v.x.EventRelations(e.Row) {
		if other := all[r.Event]; other != nil && (kinds == nil || slices.Contains(kinds, r.Kind)) {
			related = append(related, &timeline.EventRelation{Kind: r.Kind, Event: other})
		}
	}
	return related, err
}

// PartOf is the longer event of which an event is part; nil where it is not.
func (v *View) PartOf(ctx context.Context, e *timeline.Event) (*timeline.Event, error) {
	all, err := cohort.Once(ctx, e.Cohort, relation{name: "part of"},
		func(ctx context.Context, events []int64) (map[int64]*timeline.Event, error) {
			var rows []int64
			for _, event := range events {
				rows = append(rows, nonZero(v.x.PartOf(event))...)
			}
			return v.events(ctx, rows)
		})
	return all[v.x.PartOf(e.Row)], err
}

// Figure is what a rule makes of an event's claims of a kind: from memory.
func (v *View) Figure(e *timeline.Event, kind timeline.ClaimKind, rule timeline.CasualtyRule) (*timeline.Casualties, error) {
	return v.x.Figure(e.Row, kind, rule)
}

// Picked are the events of a timeline besides its selection, as entered.
func (v *View) Picked(ctx context.Context, t *timeline.Timeline) ([]*timeline.Event, error) {
	all, err := cohort.Once(ctx, t.Cohort, relation{name: "picked"},
		func(ctx context.Context, timelines []int64) (map[int64]*timeline.Event, error) {
			var rows []int64
			for _, row := range timelines {
				rows = append(rows, v.x.Timeline(row).Picked...)
			}
			return v.events(ctx, rows)
		})
	return inOrder(v.x.Timeline(t.Row).Picked, all), err
}
