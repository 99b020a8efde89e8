package db

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"tarikh/names"
	"tarikh/timeline"
)

// Exports read hundreds of thousands of events, of which most formats write a part. So that part
// has a way of its own: one statement a table, only the columns that are written, what refs lead
// to from memory. The lists stand behind "in", because SQLite walks such a list in order and so
// sorts nothing.

// ShownEvents are events by row with what every format but Tarikh's own lines writes of them: all
// but former refs, quotes and locators, the words, days, rows and vintages of claims, the words of
// participations, and of datasets' rows all but their dataset. They are to be read only: refs are
// shared. An event that is no longer there, or that is passed on to nobody, is absent.
func (v *View) ShownEvents(ctx context.Context, rows []int64) (map[int64]*timeline.EventRecord, error) {
	events := make([]timeline.EventRecord, 0, len(rows))
	n := &narrow{v: v, events: make(map[int64]*timeline.EventRecord, len(rows)), refs: map[thing]*timeline.Ref{}}
	var shown []int64
	for _, row := range rows {
		if v.x.Event(row) != nil {
			shown = append(shown, row)
			events = append(events, timeline.EventRecord{})
			n.events[row] = &events[len(events)-1]
		}
	}
	keys := list(shown)
	for _, part := range []struct {
		text string
		take func(*timeline.EventRecord, values) error
	}{
		{`e.row, e.id, e.key, e.type, e.status, e.time, e.sensitive, e.created_at, e.updated_at, e.tags, e.titles,
			e.summaries from event e where e.row in (select value from json_each(?))`, n.head},
		{`i.row, i.scheme, i.value from identifier i
			where i.kind = 'event' and i.row in (select value from json_each(?)) order by i.row, i.pos`, n.identifier},
		{`p.event, p.location, p.role, p.precision, p.radius_km, p.lat, p.lon, p.words
			from event_place p where p.event in (select value from json_each(?)) order by p.event, p.pos`, n.place},
		{`p.event, p.actor, p.role, p.side, p.certainty
			from participation p where p.event in (select value from json_each(?)) order by p.event, p.pos`, n.participation},
		{`c.event, c.id, c.kind, c.status, c.included, c.counts, c.victims, c.victim_actor, c.responsible, c.claimant,
			c.source, c.low, c.best, c.high
			from claim c where c.event in (select value from json_each(?)) order by c.event, c.pos`, n.claim},
		{`c.event, c.source from citation c where c.event in (select value from json_each(?)) order by c.event, c.pos`, n.citation},
		{`r.event, r.kind, r.other from event_relation r
			where r.event in (select value from json_each(?)) order by r.event, r.pos`, n.relation},
		{`o.event, o.dataset from origin o where o.event in (select value from json_each(?)) order by o.event, o.pos`, n.origin},
	} {
		err := v.s.sweep(ctx, "select "+part.text, keys, func(row values) error {
			return part.take(n.events[row.number(0)], row)
		})
		if err != nil {
			return nil, err
		}
	}
	return n.events, nil
}

// narrow fills events table by table.
type narrow struct {
	v      *View
	events map[int64]*timeline.EventRecord
	refs   map[thing]*timeline.Ref
}

// thing is a record by its row.
type thing struct {
	kind timeline.Kind
	row  int64
}

// ref is the ref to a record of a row, by its key; nil for none. What this service passes on to
// nobody has no key here: the ref to it leads nowhere.
func (n *narrow) ref(kind timeline.Kind, row int64) *timeline.Ref {
	if row == 0 {
		return nil
	}
	if known := n.refs[thing{kind, row}]; known != nil {
		return known
	}
	ref := timeline.RefTo(n.key(kind, row))
	n.refs[thing{kind, row}] = &ref
	return &ref
}

func (n *narrow) key(kind timeline.Kind, row int64) string {
	switch kind {
	case timeline.KindLocation:
		if l := n.v.x.Location(row); l != nil {
			return l.Key
		}
	case timeline.KindActor:
		if a := n.v.x.Actor(row); a != nil {
			return a.Key
		}
	case timeline.KindSource:
		if s := n.v.x.Source(row); s != nil {
			return s.Key
		}
	case timeline.KindEvent:
		if e := n.v.x.Event(row); e != nil {
			return e.Key
		}
	}
	return "?" + strconv.FormatInt(row, 10)
}

func (n *narrow) head(e *timeline.EventRecord, r values) (err error) {
	e.ID, e.Key, e.Type, e.Status = r.text(1), r.text(2), r.text(3), timeline.EventStatus(r.text(4))
	e.Sensitive = r.is(6)
	e.CreatedAt, e.UpdatedAt = timeline.DateTimeOfMillis(r.number(7)), timeline.DateTimeOfMillis(r.number(8))
	if e.Time, err = parseEDTF(r.text(5)); err != nil {
		return err
	}
	if e.Tags, err = readWords(r.text(9)); err != nil {
		return err
	}
	if e.Titles, err = readTexts(r.text(10)); err != nil {
		return err
	}
	e.Summaries, err = readTexts(r.text(11))
	return err
}

func (n *narrow) identifier(e *timeline.EventRecord, r values) error {
	e.Identifiers = append(e.Identifiers, timeline.Identifier{Scheme: r.text(1), Value: r.text(2)})
	return nil
}

func (n *narrow) place(e *timeline.EventRecord, r values) error {
	e.Places = append(e.Places, timeline.PlaceRecord{Location: n.ref(timeline.KindLocation, r.number(1)),
		Role: timeline.PlaceRole(r.text(2)), Precision: timeline.PlacePrecision(r.text(3)), RadiusKm: r.real(4),
		Point: pointOrNil(r.real(5), r.real(6)), Words: r.text(7)})
	return nil
}

func (n *narrow) participation(e *timeline.EventRecord, r values) error {
	e.Participants = append(e.Participants, timeline.ParticipationRecord{Actor: *n.ref(timeline.KindActor, r.number(1)),
		Role: timeline.ParticipantRole(r.text(2)), Side: r.text(3), Certainty: timeline.Certainty(r.text(4))})
	return nil
}

func (n *narrow) claim(e *timeline.EventRecord, r values) error {
	c := timeline.ClaimRecord{ID: r.text(1), Kind: timeline.ClaimKind(r.text(2)), Status: timeline.ClaimStatus(r.text(3)),
		Included: r.is(4), Counts: r.text(5), Victims: r.text(6)}
	c.VictimActor, c.Responsible = n.ref(timeline.KindActor, r.number(7)), n.ref(timeline.KindActor, r.number(8))
	c.Claimant, c.Source = n.ref(timeline.KindActor, r.number(9)), n.ref(timeline.KindSource, r.number(10))
	c.Range = rangeOrNil(timeline.Range{Low: r.count(11), Best: r.count(12), High: r.count(13)})
	e.Claims = append(e.Claims, c)
	return nil
}

func (n *narrow) citation(e *timeline.EventRecord, r values) error {
	e.Citations = append(e.Citations, timeline.CitationRecord{Source: *n.ref(timeline.KindSource, r.number(1))})
	return nil
}

func (n *narrow) relation(e *timeline.EventRecord, r values) error {
	e.Relations = append(e.Relations, timeline.EventRelationRecord{Kind: timeline.EventRelationKind(r.text(1)),
		Event: *n.ref(timeline.KindEvent, r.number(2))})
	return nil
}

func (n *narrow) origin(e *timeline.EventRecord, r values) error {
	e.Origins = append(e.Origins, timeline.OriginRecord{Dataset: *n.ref(timeline.KindSource, r.number(1))})
	return nil
}

// ShownSources are sources by their keys with what formats write of them: all but outside
// identifiers, former refs and the source that they repeat.
func (v *View) ShownSources(ctx context.Context, keys []string) (map[string]*timeline.SourceRecord, error) {
	var rows []int64
	for _, key := range keys {
		if row, ok := v.x.Resolve(timeline.KindSource, key); ok {
			rows = append(rows, row)
		}
	}
	found := make(map[string]*timeline.SourceRecord, len(rows))
	err := v.s.sweep(ctx, `select s.id, s.key, s.kind, s.title, s.title_lang, s.publisher, s.published_on, s.lang, s.url,
			s.archive_url, s.licence, s.attribution, s.not_passed_on
		from source s where s.row in (select value from json_each(?))`, list(rows), func(r values) (err error) {
		s := &timeline.SourceRecord{Identity: timeline.Identity{ID: r.text(0), Key: r.text(1)},
			Kind: timeline.SourceKind(r.text(2)), Title: timeline.Text{Text: r.text(3), Lang: names.Language(r.text(4))},
			Publisher: r.text(5), Lang: names.Language(r.text(7)), URL: timeline.URL(r.text(8)),
			ArchiveURL: timeline.URL(r.text(9)), Licence: r.text(10), Attribution: r.text(11), NotPassedOn: r.is(12)}
		s.PublishedOn, err = parseEDTF(r.text(6))
		found[s.Key] = s
		return err
	})
	return found, err
}

// readTexts reads titles or summaries. What jsonText writes is read at sight, unless it holds an
// escape; whatever else is JSON goes the long way.
func readTexts(text string) ([]timeline.Text, error) {
	if text == "[]" {
		return nil, nil
	}
	var all []timeline.Text
	for rest := text; !strings.Contains(text, `\`); {
		lang, after, ok := cutBetween(rest[min(1, len(rest)):], `{"lang":"`, `","text":"`)
		if !ok {
			break
		}
		said, after, ok := cutBetween(after, "", `"}`)
		if !ok {
			break
		}
		all = append(all, timeline.Text{Lang: names.Language(lang), Text: said})
		if after == "]" {
			return all, nil
		}
		rest = after
	}
	all = nil
	return all, json.Unmarshal([]byte(text), &all)
}

// readWords reads tags like readTexts.
func readWords(text string) ([]string, error) {
	if text == "[]" {
		return nil, nil
	}
	if inner, ok := strings.CutPrefix(text, `["`); ok && !strings.Contains(text, `\`) {
		if inner, ok = strings.CutSuffix(inner, `"]`); ok {
			if tags := strings.Split(inner, `","`); !strings.Contains(strings.Join(tags, ""), `"`) {
				return tags, nil
			}
		}
	}
	var all []string
	return all, json.Unmarshal([]byte(text), &all)
}

// cutBetween is what stands between a beginning and the next end, and what follows.
func cutBetween(s, beginning, end string) (inner, after string, ok bool) {
	s, ok = strings.CutPrefix(s, beginning)
	if !ok {
		return "", "", false
	}
	return strings.Cut(s, end)
}
