package db

import (
	"context"

	"tarikh/timeline"
)

func (l *loader) events(ctx context.Context) error {
	for _, read := range []func(context.Context) error{
		l.eventHeads, l.eventPlaces, l.eventParticipations, l.eventClaims,
		l.eventCitations, l.eventRelations, l.eventOrigins,
	} {
		if err := read(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) eventHeads(ctx context.Context) error {
	return l.each(ctx, `select e.row, e.id, e.key, e.type, e.status, e.time, e.sensitive, e.created_at, e.updated_at,
			e.tags, e.titles, e.summaries
		from json_each(?) k cross join event e on e.row = k.value`, func(r rowScanner) error {
		var row, created, updated int64
		var when, tags, titles, summaries string
		e := &timeline.EventRecord{}
		err := r.Scan(&row, &e.ID, &e.Key, &e.Type, &e.Status, &when, &e.Sensitive, &created, &updated,
			&tags, &titles, &summaries)
		if err != nil {
			return err
		}
		l.found[row] = &timeline.Record{Event: e}
		e.CreatedAt, e.UpdatedAt = timeline.DateTimeOfMillis(created), timeline.DateTimeOfMillis(updated)
		if e.Time, err = parseEDTF(when); err != nil {
			return err
		}
		if err := readList(tags, &e.Tags); err != nil {
			return err
		}
		if err := readList(titles, &e.Titles); err != nil {
			return err
		}
		return readList(summaries, &e.Summaries)
	})
}

func (l *loader) eventPlaces(ctx context.Context) error {
	return l.each(ctx, `select p.event, l.key, p.role, p.precision, p.radius_km, p.lat, p.lon, coalesce(p.words, '')
		from json_each(?) k cross join event_place p on p.event = k.value
		left join location l on l.row = p.location order by p.event, p.pos`, func(r rowScanner) error {
		var row int64
		var location *string
		var lat, lon *float64
		var p timeline.PlaceRecord
		if err := r.Scan(&row, &location, &p.Role, &p.Precision, &p.RadiusKm, &lat, &lon, &p.Words); err != nil {
			return err
		}
		p.Location, p.Point = refOrNil(location), pointOrNil(lat, lon)
		e := l.found[row].Event
		e.Places = append(e.Places, p)
		return nil
	})
}

func (l *loader) eventParticipations(ctx context.Context) error {
	return l.each(ctx, `select p.event, a.key, p.role, coalesce(p.side, ''), p.certainty, coalesce(p.words, '')
		from json_each(?) k cross join participation p on p.event = k.value
		cross join actor a on a.row = p.actor order by p.event, p.pos`, func(r rowScanner) error {
		var row int64
		var p timeline.ParticipationRecord
		if err := r.Scan(&row, &p.Actor.Ref, &p.Role, &p.Side, &p.Certainty, &p.Words); err != nil {
			return err
		}
		e := l.found[row].Event
		e.Participants = append(e.Participants, p)
		return nil
	})
}

func (l *loader) eventClaims(ctx context.Context) error {
	return l.each(ctx, `select c.event, c.id, c.kind, c.status, c.included, coalesce(c.counts, ''), coalesce(c.victims, ''),
			v.key, b.key, c.low, c.best, c.high, coalesce(c.words, ''), a.key, s.key, c.quote, c.quote_lang,
			coalesce(c.reported_on, ''), coalesce(c.dataset_row, ''), coalesce(c.vintage, ''), c.created_at
		from json_each(?) k cross join claim c on c.event = k.value
		left join actor v on v.row = c.victim_actor left join actor b on b.row = c.responsible
		left join actor a on a.row = c.claimant left join source s on s.row = c.source
		order by c.event, c.pos`, func(r rowScanner) error {
		var row, created int64
		var victim, blamed, claimant, source, quote, lang *string
		var reported string
		var g timeline.Range
		var c timeline.ClaimRecord
		err := r.Scan(&row, &c.ID, &c.Kind, &c.Status, &c.Included, &c.Counts, &c.Victims, &victim, &blamed,
			&g.Low, &g.Best, &g.High, &c.Words, &claimant, &source, &quote, &lang, &reported,
			&c.DatasetRow, &c.Vintage, &created)
		if err != nil {
			return err
		}
		c.VictimActor, c.Responsible, c.Claimant, c.Source = refOrNil(victim), refOrNil(blamed), refOrNil(claimant), refOrNil(source)
		c.Range, c.Quote, c.CreatedAt = rangeOrNil(g), quoteOrNil(quote, lang), timeline.DateTimeOfMillis(created)
		if c.ReportedOn, err = parseEDTF(reported); err != nil {
			return err
		}
		e := l.found[row].Event
		e.Claims = append(e.Claims, c)
		return nil
	})
}

func (l *loader) eventCitations(ctx context.Context) error {
	return l.each(ctx, `select c.event, s.key, coalesce(c.locator, ''), c.quote, c.quote_lang
		from json_each(?) k cross join citation c on c.event = k.value
		cross join source s on s.row = c.source order by c.event, c.pos`, func(r rowScanner) error {
		var row int64
		var quote, lang *string
		var c timeline.CitationRecord
		if err := r.Scan(&row, &c.Source.Ref, &c.Locator, &quote, &lang); err != nil {
			return err
		}
		c.Quote = quoteOrNil(quote, lang)
		e := l.found[row].Event
		e.Citations = append(e.Citations, c)
		return nil
	})
}

func (l *loader) eventRelations(ctx context.Context) error {
	return l.each(ctx, `select r.event, r.kind, o.key from json_each(?) k
		cross join event_relation r on r.event = k.value
		cross join event o on o.row = r.other order by r.event, r.pos`, func(r rowScanner) error {
		var row int64
		var rel timeline.EventRelationRecord
		if err := r.Scan(&row, &rel.Kind, &rel.Event.Ref); err != nil {
			return err
		}
		e := l.found[row].Event
		e.Relations = append(e.Relations, rel)
		return nil
	})
}

func (l *loader) eventOrigins(ctx context.Context) error {
	return l.each(ctx, `select o.event, s.key, coalesce(o.dataset_row, ''), coalesce(o.version, ''), coalesce(o.line, 0), `+l.raw+`
		from json_each(?) k cross join origin o on o.event = k.value
		cross join source s on s.row = o.dataset order by o.event, o.pos`, func(r rowScanner) error {
		var row int64
		var o timeline.OriginRecord
		if err := r.Scan(&row, &o.Dataset.Ref, &o.DatasetRow, &o.Version, &o.Line, &o.Row); err != nil {
			return err
		}
		e := l.found[row].Event
		e.Origins = append(e.Origins, o)
		return nil
	})
}
