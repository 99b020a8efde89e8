package index_test

import (
	"time"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// A library numbers records and turns them into facts, as a store does. A record keeps its row in
// every version of it, told by its key.
type library struct {
	rows map[timeline.Kind]map[string]int64 // by every ref of every version
	last map[timeline.Kind]int64
}

func newLibrary(versions ...[]*timeline.Record) *library {
	l := &library{rows: map[timeline.Kind]map[string]int64{}, last: map[timeline.Kind]int64{}}
	for _, records := range versions {
		for _, r := range records {
			l.number(r)
		}
	}
	return l
}

func (l *library) number(r *timeline.Record) {
	kind, id := r.Kind(), r.Identity()
	if l.rows[kind] == nil {
		l.rows[kind] = map[string]int64{}
	}
	row, ok := l.rows[kind][id.Key]
	if !ok {
		l.last[kind]++
		row = l.last[kind]
	}
	for _, ref := range refsOf(id) {
		l.rows[kind][ref] = row
	}
}

// refsOf lists every ref that a record answers to.
func refsOf(id *timeline.Identity) []string {
	refs := append([]string{id.ID, id.Key}, id.Former...)
	for _, i := range id.Identifiers {
		refs = append(refs, i.String())
	}
	return refs
}

func (l *library) row(kind timeline.Kind, r *timeline.Ref) int64 {
	if r == nil {
		return 0
	}
	return l.rows[kind][r.Ref]
}

func (l *library) rowOf(r *timeline.Record) int64 { return l.rows[r.Kind()][r.Identity().Key] }

// changes is the facts of records that are new or changed.
func (l *library) changes(records ...*timeline.Record) index.Changes {
	var c index.Changes
	for _, r := range records {
		row := l.rowOf(r)
		switch r.Kind() {
		case timeline.KindSource:
			c.Sources = append(c.Sources, l.source(row, r.Source))
		case timeline.KindLocation:
			c.Locations = append(c.Locations, l.location(row, r.Location))
		case timeline.KindActor:
			c.Actors = append(c.Actors, l.actor(row, r.Actor))
		case timeline.KindEvent:
			c.Events = append(c.Events, l.event(row, r.Event))
		case timeline.KindTimeline:
			c.Timelines = append(c.Timelines, l.timeline(row, r.Timeline))
		}
	}
	return c
}

// build is the index of the records, made at once.
func (l *library) build(records []*timeline.Record) *index.Index {
	return index.New().With(l.changes(records...))
}

func (l *library) source(row int64, r *timeline.SourceRecord) *index.Source {
	return &index.Source{
		Row: row, ID: r.ID, Key: r.Key, Refs: refsOf(&r.Identity), Kind: r.Kind, Lang: r.Lang,
		Publisher: names.Fold(r.Publisher), Published: optionalTime(r.PublishedOn),
		Origin: l.row(timeline.KindSource, r.Origin), Licence: r.Licence,
	}
}

func (l *library) location(row int64, r *timeline.LocationRecord) *index.Location {
	loc := &index.Location{
		Parent: l.row(timeline.KindLocation, r.Parent), Refs: refsOf(&r.Identity), Folded: foldedNames(r.Names),
	}
	loc.Row, loc.ID, loc.Key, loc.Names, loc.Kind, loc.Point = row, r.ID, r.Key, r.Names, r.Kind, r.Point
	return loc
}

func (l *library) actor(row int64, r *timeline.ActorRecord) *index.Actor {
	a := &index.Actor{Refs: refsOf(&r.Identity), Folded: foldedNames(r.Names)}
	a.Row, a.ID, a.Key, a.Names, a.Kind, a.Generic = row, r.ID, r.Key, r.Names, r.Kind, r.Generic
	for i := range r.Relations {
		rel := &r.Relations[i]
		a.Relations = append(a.Relations, index.ActorRelation{
			Kind: rel.Kind, Actor: l.row(timeline.KindActor, &rel.Actor),
			Time: optionalTime(rel.Time), Source: l.row(timeline.KindSource, rel.Source),
		})
	}
	return a
}

func (l *library) event(row int64, r *timeline.EventRecord) *index.Event {
	e := &index.Event{
		Row: row, ID: r.ID, Key: r.Key, Refs: refsOf(&r.Identity), Time: timeline.NewTime(r.Time),
		Type: r.Type, Status: r.Status, Updated: r.UpdatedAt.UnixMilli(), Tags: r.Tags,
	}
	for _, t := range r.Titles {
		e.Titles = append(e.Titles, index.Title{Lang: t.Lang, Folded: names.Fold(t.Text)})
	}
	for _, p := range r.Places {
		e.Places = append(e.Places, index.Place{
			Location: l.row(timeline.KindLocation, p.Location), Role: p.Role, Precision: p.Precision, Point: p.Point})
	}
	for _, p := range r.Participants {
		e.Participants = append(e.Participants, index.Participant{
			Actor: l.row(timeline.KindActor, &p.Actor), Role: p.Role, Side: p.Side, Certainty: p.Certainty})
	}
	for i := range r.Claims {
		e.Claims = append(e.Claims, l.claim(&r.Claims[i]))
	}
	for _, c := range r.Citations {
		e.Citations = append(e.Citations, l.row(timeline.KindSource, &c.Source))
	}
	for _, rel := range r.Relations {
		e.Relations = append(e.Relations, index.EventRelation{
			Kind: rel.Kind, Event: l.row(timeline.KindEvent, &rel.Event)})
	}
	return e
}

func (l *library) claim(r *timeline.ClaimRecord) index.Claim {
	c := index.Claim{
		ID: r.ID, Kind: r.Kind, Status: r.Status,
		Responsible: l.row(timeline.KindActor, r.Responsible),
		VictimActor: l.row(timeline.KindActor, r.VictimActor),
		Claimant:    l.row(timeline.KindActor, r.Claimant),
		Source:      l.row(timeline.KindSource, r.Source),
		Victims:     names.Fold(r.Victims), Counts: names.Fold(r.Counts), Included: r.Included,
		Low: timeline.Unknown, Best: timeline.Unknown, High: timeline.Unknown,
		ReportedOn: edtf.DistantPast, DatasetRow: r.DatasetRow, Vintage: r.Vintage,
		Created: dayOf(r.CreatedAt.Time),
	}
	if !r.ReportedOn.IsZero() {
		c.ReportedOn = r.ReportedOn.End().Last
	}
	if r.Range != nil {
		c.Low, c.Best, c.High = orUnknown(r.Range.Low), orUnknown(r.Range.Best), orUnknown(r.Range.High)
	}
	return c
}

func (l *library) timeline(row int64, r *timeline.TimelineRecord) *index.Timeline {
	t := &index.Timeline{Refs: refsOf(&r.Identity), Where: r.Where}
	t.Row, t.ID, t.Key = row, r.ID, r.Key
	for i := range r.Picked {
		t.Picked = append(t.Picked, l.row(timeline.KindEvent, &r.Picked[i]))
	}
	for i := range r.Omitted {
		t.Omitted = append(t.Omitted, l.row(timeline.KindEvent, &r.Omitted[i]))
	}
	return t
}

func foldedNames(all []timeline.Name) []string {
	var folded []string
	for _, n := range all {
		folded = append(folded, names.Fold(n.Text))
	}
	return folded
}

func optionalTime(v edtf.Value) *timeline.Time {
	if v.IsZero() {
		return nil
	}
	t := timeline.NewTime(v)
	return &t
}

func orUnknown(n *int) int {
	if n == nil {
		return timeline.Unknown
	}
	return *n
}

func dayOf(t time.Time) edtf.Day { return edtf.Day(t.Unix() / (24 * 60 * 60)) }
