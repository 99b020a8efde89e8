package db

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// batch gathers the rows that a set of records comes to, table by table.
type batch map[string][][]any

func (b batch) add(into string, row ...any) { b[into] = append(b[into], row) }

// The tables and columns that are written, heads before what hangs on them. Heads
// are upserted: their row stays, whatever names it.
const (
	intoSource = "source (row, id, key, kind, title, title_lang, publisher, published_on, lang, url, archive_url, origin, licence, attribution, not_passed_on)"
	tailSource = `on conflict (row) do update set kind = excluded.kind, title = excluded.title, title_lang = excluded.title_lang,
		publisher = excluded.publisher, published_on = excluded.published_on, lang = excluded.lang, url = excluded.url,
		archive_url = excluded.archive_url, origin = excluded.origin, licence = excluded.licence,
		attribution = excluded.attribution, not_passed_on = excluded.not_passed_on`
	intoLocation = "location (row, id, key, kind, parent, lat, lon)"
	tailLocation = `on conflict (row) do update set kind = excluded.kind, parent = excluded.parent, lat = excluded.lat, lon = excluded.lon`
	intoActor    = "actor (row, id, key, kind, generic, summaries, active)"
	tailActor    = `on conflict (row) do update set kind = excluded.kind, generic = excluded.generic,
		summaries = excluded.summaries, active = excluded.active`
	intoEvent = "event (row, id, key, type, status, time, sensitive, created_at, updated_at, tags, titles, summaries)"
	tailEvent = `on conflict (row) do update set type = excluded.type, status = excluded.status, time = excluded.time,
		sensitive = excluded.sensitive, created_at = excluded.created_at, updated_at = excluded.updated_at,
		tags = excluded.tags, titles = excluded.titles, summaries = excluded.summaries`
	intoTimeline = "timeline (row, id, key, titles, summaries, selection, eras)"
	tailTimeline = `on conflict (row) do update set titles = excluded.titles, summaries = excluded.summaries,
		selection = excluded.selection, eras = excluded.eras`

	intoIdentifier    = "identifier (kind, scheme, value, row, pos)"
	intoFormer        = "former_ref (kind, ref, row, pos)"
	intoName          = "name (kind, row, pos, text, lang, name_kind, since, until, folded)"
	intoActorRelation = "actor_relation (actor, pos, kind, other, time, source)"
	intoPlace         = "event_place (event, pos, location, role, precision, radius_km, lat, lon, words)"
	intoParticipation = "participation (event, pos, actor, role, side, certainty, words)"
	intoClaim         = "claim (event, pos, id, kind, status, included, counts, victims, victim_actor, responsible, low, best, high, words, claimant, source, quote, quote_lang, reported_on, dataset_row, vintage, created_at)"
	intoCitation      = "citation (event, pos, source, locator, quote, quote_lang)"
	intoEventRelation = "event_relation (event, pos, kind, other)"
	intoOrigin        = "origin (event, pos, dataset, dataset_row, version, line, raw)"
	intoTimelineEvent = "timeline_event (timeline, pos, event, omitted)"
)

// tables is the order of writing with what follows the values.
func tables() []struct{ into, tail string } {
	return []struct{ into, tail string }{
		{intoSource, tailSource}, {intoLocation, tailLocation}, {intoActor, tailActor},
		{intoEvent, tailEvent}, {intoTimeline, tailTimeline},
		{intoIdentifier, ""}, {intoFormer, ""}, {intoName, ""}, {intoActorRelation, ""},
		{intoPlace, ""}, {intoParticipation, ""}, {intoClaim, ""}, {intoCitation, ""},
		{intoEventRelation, ""}, {intoOrigin, ""}, {intoTimelineEvent, ""},
	}
}

// store writes records of one kind: heads by upsert, what hangs on them anew.
func (t *Tx) store(ctx context.Context, kind timeline.Kind, items []*item, b *book) error {
	var old []int64
	rows := batch{}
	for _, it := range items {
		if it.before != nil {
			old = append(old, it.row)
		}
		rows.identity(kind, it)
		switch kind {
		case timeline.KindSource:
			rows.source(it.row, it.record.Source, b)
		case timeline.KindLocation:
			rows.location(it.row, it.record.Location, b)
		case timeline.KindActor:
			rows.actor(it.row, it.record.Actor, b)
		case timeline.KindEvent:
			rows.event(it.row, it.record.Event, b)
		case timeline.KindTimeline:
			rows.timeline(it.row, it.record.Timeline, b)
		}
	}
	if err := t.clear(ctx, kind, old); err != nil {
		return err
	}
	for _, table := range tables() {
		if err := t.s.insert(ctx, table.into, table.tail, rows[table.into]); err != nil {
			return fmt.Errorf("write %.20s: %w", table.into, err)
		}
	}
	return t.reword(ctx, kind, items)
}

// hanging are the tables whose rows hang on a record of the kind, each with the
// column that names it.
func hanging(kind timeline.Kind) []string {
	switch kind {
	case timeline.KindActor:
		return []string{"actor_relation where actor"}
	case timeline.KindEvent:
		return []string{"event_place where event", "participation where event", "claim where event",
			"citation where event", "event_relation where event", "origin where event"}
	case timeline.KindTimeline:
		return []string{"timeline_event where timeline"}
	}
	return nil
}

// clear deletes what hangs on records, before it is written anew or for good.
func (t *Tx) clear(ctx context.Context, kind timeline.Kind, rows []int64) error {
	if len(rows) == 0 {
		return nil
	}
	for _, table := range hanging(kind) {
		if err := t.s.exec(ctx, "delete from "+table+" in (select value from json_each(?))", list(rows)); err != nil {
			return err
		}
	}
	for _, table := range []string{"identifier", "former_ref", "name"} {
		err := t.s.exec(ctx, "delete from "+table+" where kind = ?1 and row in (select value from json_each(?2))",
			string(kind), list(rows))
		if err != nil {
			return err
		}
	}
	return nil
}

func (b batch) identity(kind timeline.Kind, it *item) {
	id := it.record.Identity()
	for pos, i := range id.Identifiers {
		b.add(intoIdentifier, string(kind), i.Scheme, i.Value, it.row, pos)
	}
	for pos, ref := range id.Former {
		b.add(intoFormer, string(kind), ref, it.row, pos)
	}
}

func (b batch) names(kind timeline.Kind, row int64, all []timeline.Name) {
	for pos, n := range all {
		b.add(intoName, string(kind), row, pos, n.Text, string(n.Lang), string(n.Kind),
			edtfText(n.From), edtfText(n.To), names.Fold(n.Text))
	}
}

func (b batch) source(row int64, s *timeline.SourceRecord, k *book) {
	b.add(intoSource, row, s.ID, s.Key, string(s.Kind), s.Title.Text, string(s.Title.Lang), orNull(s.Publisher),
		edtfOrNull(s.PublishedOn), orNull(string(s.Lang)), orNull(string(s.URL)), orNull(string(s.ArchiveURL)),
		k.row(timeline.KindSource, s.Origin), orNull(s.Licence), orNull(s.Attribution), s.NotPassedOn)
}

func (b batch) location(row int64, l *timeline.LocationRecord, k *book) {
	lat, lon := pointOrNull(l.Point)
	b.add(intoLocation, row, l.ID, l.Key, string(l.Kind), k.row(timeline.KindLocation, l.Parent), lat, lon)
	b.names(timeline.KindLocation, row, l.Names)
}

func (b batch) actor(row int64, a *timeline.ActorRecord, k *book) {
	b.add(intoActor, row, a.ID, a.Key, string(a.Kind), a.Generic, jsonText(a.Summaries), edtfOrNull(a.Active))
	b.names(timeline.KindActor, row, a.Names)
	for pos, r := range a.Relations {
		b.add(intoActorRelation, row, pos, string(r.Kind), k.row(timeline.KindActor, &r.Actor),
			edtfOrNull(r.Time), k.row(timeline.KindSource, r.Source))
	}
}

func (b batch) event(row int64, e *timeline.EventRecord, k *book) {
	b.add(intoEvent, row, e.ID, e.Key, e.Type, string(e.Status), e.Time.String(), e.Sensitive,
		e.CreatedAt.UnixMilli(), e.UpdatedAt.UnixMilli(), jsonText(e.Tags), jsonText(e.Titles), jsonText(e.Summaries))
	for pos, p := range e.Places {
		lat, lon := pointOrNull(p.Point)
		b.add(intoPlace, row, pos, k.row(timeline.KindLocation, p.Location), string(p.Role), string(p.Precision),
			numberOrNull(p.RadiusKm), lat, lon, orNull(p.Words))
	}
	for pos, p := range e.Participants {
		b.add(intoParticipation, row, pos, k.row(timeline.KindActor, &p.Actor), string(p.Role), orNull(p.Side),
			string(p.Certainty), orNull(p.Words))
	}
	for pos := range e.Claims {
		b.claim(row, pos, &e.Claims[pos], k)
	}
	for pos, c := range e.Citations {
		quote, lang := quoteOrNull(c.Quote)
		b.add(intoCitation, row, pos, k.row(timeline.KindSource, &c.Source), orNull(c.Locator), quote, lang)
	}
	for pos, r := range e.Relations {
		b.add(intoEventRelation, row, pos, string(r.Kind), k.row(timeline.KindEvent, &r.Event))
	}
	for pos, o := range e.Origins {
		var line any
		if o.Line > 0 {
			line = o.Line
		}
		b.add(intoOrigin, row, pos, k.row(timeline.KindSource, &o.Dataset), orNull(o.DatasetRow), orNull(o.Version), line, o.Row)
	}
}

func (b batch) claim(event int64, pos int, c *timeline.ClaimRecord, k *book) {
	r := c.Range
	if r == nil {
		r = &timeline.Range{}
	}
	quote, lang := quoteOrNull(c.Quote)
	b.add(intoClaim, event, pos, c.ID, string(c.Kind), string(c.Status), c.Included, orNull(c.Counts), orNull(c.Victims),
		k.row(timeline.KindActor, c.VictimActor), k.row(timeline.KindActor, c.Responsible),
		numberOrNull(r.Low), numberOrNull(r.Best), numberOrNull(r.High), orNull(c.Words),
		k.row(timeline.KindActor, c.Claimant), k.row(timeline.KindSource, c.Source), quote, lang,
		edtfOrNull(c.ReportedOn), orNull(c.DatasetRow), orNull(c.Vintage), c.CreatedAt.UnixMilli())
}

func (b batch) timeline(row int64, t *timeline.TimelineRecord, k *book) {
	var where any
	if t.Where != nil {
		where = timeline.Canonical(t.Where)
	}
	b.add(intoTimeline, row, t.ID, t.Key, jsonText(t.Titles), jsonText(t.Summaries), where, jsonText(t.Eras))
	pos := 0
	for omitted, refs := range [][]timeline.Ref{t.Picked, t.Omitted} {
		for i := range refs {
			b.add(intoTimelineEvent, row, pos, k.row(timeline.KindEvent, &refs[i]), omitted)
			pos++
		}
	}
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func numberOrNull[N int | float64](n *N) any {
	if n == nil {
		return nil
	}
	return *n
}

func edtfText(v edtf.Value) string {
	if v.IsZero() {
		return ""
	}
	return v.String()
}

func edtfOrNull(v edtf.Value) any { return orNull(edtfText(v)) }

func pointOrNull(p *timeline.Point) (lat, lon any) {
	if p == nil {
		return nil, nil
	}
	return p.Lat, p.Lon
}

func quoteOrNull(q *timeline.Quote) (text, lang any) {
	if q == nil {
		return nil, nil
	}
	return q.Text, string(q.Lang)
}

// jsonText writes a list as JSON with letters of any script as they are.
func jsonText[T any](items []T) string {
	if len(items) == 0 {
		return "[]"
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(items); err != nil {
		return "[]" // texts, tags and eras always encode
	}
	return string(bytes.TrimRight(b.Bytes(), "\n"))
}
