package db

import (
	"context"
	"strconv"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// Exports read hundreds of thousands of events, of which most formats write a part. So that part
// has a way of its own: a sweep a table, only the columns that are written, most of them packed.
// What the rows name is looked up afterwards, each thing once.

// shownEvents are events as most formats write them: all but former refs, quotes and locators, the words
// of claims and participations, and of datasets' rows all but their dataset.
type shownEvents struct {
	events         map[int64]*timeline.EventRecord
	identifiers    hangers[timeline.Identifier]
	places         hangers[timeline.PlaceRecord]
	participations hangers[timeline.ParticipationRecord]
	claims         hangers[timeline.ClaimRecord]
	claimed        []claimRows // of claims, in their order
	citations      hangers[timeline.CitationRecord]
	relations      hangers[timeline.EventRelationRecord]
	origins        hangers[timeline.OriginRecord]
}

// hangers are what hangs on events, those of one event together and in its order, each with the row of
// the one thing that it names, 0 for none.
type hangers[T any] struct {
	events, others []int64
	what           []T
}

func (h *hangers[T]) add(event, other int64, what T) {
	h.events, h.others, h.what = append(h.events, event), append(h.others, other), append(h.what, what)
}

func (h *hangers[T]) empty() { h.events, h.others, h.what = h.events[:0], h.others[:0], h.what[:0] }

// hang gives every event what hangs on it.
func (h *hangers[T]) hang(events map[int64]*timeline.EventRecord, list func(*timeline.EventRecord) *[]T) {
	for from := 0; from < len(h.events); {
		to := from + 1
		for to < len(h.events) && h.events[to] == h.events[from] {
			to++
		}
		*list(events[h.events[from]]) = h.what[from:to:to]
		from = to
	}
}

// claimRows are the rows of the actors that a claim names; its source is the thing that it names.
type claimRows struct{ victim, responsible, claimant int64 }

// among says which rows are swept: a list of them, or all between two. A list stands behind "in",
// because SQLite walks such a list in order and so sorts nothing.
type among struct{ in, list string }

func amongRows(rows []int64) among { return among{"in (select value from json_each(?1))", list(rows)} }

// amongAll are the rows from the first to the last.
func amongAll(first, last int64) among {
	return among{"between ?1 ->> 0 and ?1 ->> 1", list([]int64{first, last})}
}

// anyRow are all rows there are.
func anyRow() among { return among{"is not null and ?1 = ''", ""} }

// emptied is n for other events, in the same memory.
func (n *shownEvents) emptied() *shownEvents {
	clear(n.events)
	n.identifiers.empty()
	n.places.empty()
	n.participations.empty()
	n.claims.empty()
	n.claimed = n.claimed[:0]
	n.citations.empty()
	n.relations.empty()
	n.origins.empty()
	return n
}

// readShown sweeps the tables of events into n, which is empty.
func readShown(ctx context.Context, s *session, a among, n *shownEvents) error {
	for _, part := range []struct {
		columns, from, order string
		take                 func(values) error
	}{
		{"x.row, " + packed(columns("x.id x.key x.type x.status x.time x.sensitive x.created_at x.updated_at x.tags x.titles x.summaries")),
			"event x where x.row ", "x.row", n.head},
		{"x.row, " + packed(columns("x.scheme"), "x.value"), "identifier x where x.kind = 'event' and x.row ", "x.row, x.pos", n.identifier},
		{"x.event, x.radius_km, x.lat, x.lon, " + packed(columns("x.location x.role x.precision"), "x.words"),
			"event_place x where x.event ", "x.event, x.pos", n.place},
		{"x.event, " + packed(columns("x.actor x.role x.certainty"), "x.side"),
			"participation x where x.event ", "x.event, x.pos", n.participation},
		{"x.event, " + packed(columns("x.id x.kind x.status x.included x.victim_actor x.responsible x.claimant x.source x.low x.best x.high x.reported_on x.created_at"),
			"x.counts", "x.victims", "x.dataset_row", "x.vintage"), "claim x where x.event ", "x.event, x.pos", n.claim},
		{"x.event, x.source", "citation x where x.event ", "x.event, x.pos", n.citation},
		{"x.event, x.other, x.kind", "event_relation x where x.event ", "x.event, x.pos", n.relation},
		{"x.event, x.dataset", "origin x where x.event ", "x.event, x.pos", n.origin},
	} {
		text := "select " + part.columns + " from " + part.from + a.in + " order by " + part.order
		if err := s.sweep(ctx, text, []any{a.list}, part.take); err != nil {
			return err
		}
	}
	return nil
}

func (n *shownEvents) head(r values) (err error) {
	e, u := &timeline.EventRecord{}, unpacked{rest: r.text(1)}
	n.events[r.number(0)] = e
	e.ID, e.Key, e.Type, e.Status = u.text(), u.text(), u.text(), timeline.EventStatus(u.text())
	when := u.text()
	e.Sensitive = u.is()
	e.CreatedAt, e.UpdatedAt = timeline.DateTimeOfMillis(u.number()), timeline.DateTimeOfMillis(u.number())
	tags, titles, summaries := u.text(), u.text(), u.text()
	if err := u.ended(); err != nil {
		return err
	}
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
}

func (n *shownEvents) identifier(r values) error {
	u := unpacked{rest: r.text(1)}
	i := timeline.Identifier{Scheme: u.text()}
	u.free(&i.Value)
	n.identifiers.add(r.number(0), 0, i)
	return u.ended()
}

func (n *shownEvents) place(r values) error {
	u := unpacked{rest: r.text(4)}
	p := timeline.PlaceRecord{RadiusKm: r.real(1), Point: pointOrNil(r.real(2), r.real(3))}
	location := u.number()
	p.Role, p.Precision = timeline.PlaceRole(u.text()), timeline.PlacePrecision(u.text())
	u.free(&p.Words)
	n.places.add(r.number(0), location, p)
	return u.ended()
}

func (n *shownEvents) participation(r values) error {
	u := unpacked{rest: r.text(1)}
	actor := u.number()
	p := timeline.ParticipationRecord{Role: timeline.ParticipantRole(u.text()), Certainty: timeline.Certainty(u.text())}
	u.free(&p.Side)
	n.participations.add(r.number(0), actor, p)
	return u.ended()
}

func (n *shownEvents) claim(r values) (err error) {
	u := unpacked{rest: r.text(1)}
	c := timeline.ClaimRecord{ID: u.text(), Kind: timeline.ClaimKind(u.text()), Status: timeline.ClaimStatus(u.text()), Included: u.is()}
	n.claimed = append(n.claimed, claimRows{u.number(), u.number(), u.number()})
	source := u.number()
	c.Range = u.limits()
	reported := u.text()
	c.CreatedAt = timeline.DateTimeOfMillis(u.number())
	u.free(&c.Counts, &c.Victims, &c.DatasetRow, &c.Vintage)
	if c.ReportedOn, err = parseEDTF(reported); err != nil {
		return err
	}
	n.claims.add(r.number(0), source, c)
	return u.ended()
}

// limits are the next three columns as least, best and most; nil where none is given.
func (u *unpacked) limits() *timeline.Range {
	var all struct {
		timeline.Range
		numbers [3]int
	}
	some := false
	for i, into := range []**int{&all.Low, &all.Best, &all.High} {
		if n, given := u.count(); given {
			all.numbers[i], some = int(n), true
			*into = &all.numbers[i]
		}
	}
	if !some {
		return nil
	}
	return &all.Range
}

// facts are the claim of a place in the list as figures are made of it.
func (n *shownEvents) facts(i int) index.Claim {
	c, rows := &n.claims.what[i], n.claimed[i]
	f := index.Claim{ID: c.ID, Kind: c.Kind, Status: c.Status, Responsible: rows.responsible, VictimActor: rows.victim,
		Claimant: rows.claimant, Source: n.claims.others[i], Victims: names.Fold(c.Victims), Counts: names.Fold(c.Counts),
		Included: c.Included, Low: timeline.Unknown, Best: timeline.Unknown, High: timeline.Unknown,
		ReportedOn: edtf.DistantPast, DatasetRow: c.DatasetRow, Vintage: c.Vintage, Created: dayOfMillis(c.CreatedAt.UnixMilli())}
	if !c.ReportedOn.IsZero() {
		f.ReportedOn = latestDay(c.ReportedOn)
	}
	if c.Range != nil {
		f.Low, f.Best, f.High = or(c.Range.Low, f.Low), or(c.Range.Best, f.Best), or(c.Range.High, f.High)
	}
	return f
}

// or is a number that may be missing, or what stands for it.
func or(n *int, otherwise int) int {
	if n == nil {
		return otherwise
	}
	return *n
}

func (n *shownEvents) citation(r values) error {
	n.citations.add(r.number(0), r.number(1), timeline.CitationRecord{})
	return nil
}

func (n *shownEvents) relation(r values) error {
	n.relations.add(r.number(0), r.number(1), timeline.EventRelationRecord{Kind: timeline.EventRelationKind(r.text(2))})
	return nil
}

func (n *shownEvents) origin(r values) error {
	n.origins.add(r.number(0), r.number(1), timeline.OriginRecord{})
	return nil
}

// eachNamed visits every row of another record that the events name, some several times.
func (n *shownEvents) eachNamed(visit func(kind timeline.Kind, row int64)) {
	some := func(kind timeline.Kind, rows ...int64) {
		for _, row := range rows {
			if row != 0 {
				visit(kind, row)
			}
		}
	}
	some(timeline.KindLocation, n.places.others...)
	some(timeline.KindActor, n.participations.others...)
	for _, c := range n.claimed {
		some(timeline.KindActor, c.responsible, c.victim, c.claimant)
	}
	some(timeline.KindSource, n.claims.others...)
	some(timeline.KindSource, n.citations.others...)
	some(timeline.KindEvent, n.relations.others...)
	some(timeline.KindSource, n.origins.others...)
}

// assemble gives the events what hangs on them, with refs to what that names by its key. A record
// without one (this service passes it on to nobody) has a ref that leads nowhere. The refs are
// shared: nobody may write to them.
func (n *shownEvents) assemble(key func(kind timeline.Kind, row int64) string) map[int64]*timeline.EventRecord {
	refs := referrer{key, map[thing]*timeline.Ref{}}
	for i, row := range n.places.others {
		n.places.what[i].Location = refs.ref(timeline.KindLocation, row)
	}
	for i, row := range n.participations.others {
		n.participations.what[i].Actor = *refs.ref(timeline.KindActor, row)
	}
	for i, rows := range n.claimed {
		c := &n.claims.what[i]
		c.VictimActor, c.Responsible = refs.ref(timeline.KindActor, rows.victim), refs.ref(timeline.KindActor, rows.responsible)
		c.Claimant, c.Source = refs.ref(timeline.KindActor, rows.claimant), refs.ref(timeline.KindSource, n.claims.others[i])
	}
	for i, row := range n.citations.others {
		n.citations.what[i].Source = *refs.ref(timeline.KindSource, row)
	}
	for i, row := range n.relations.others {
		n.relations.what[i].Event = *refs.ref(timeline.KindEvent, row)
	}
	for i, row := range n.origins.others {
		n.origins.what[i].Dataset = *refs.ref(timeline.KindSource, row)
	}
	n.identifiers.hang(n.events, func(e *timeline.EventRecord) *[]timeline.Identifier { return &e.Identifiers })
	n.places.hang(n.events, func(e *timeline.EventRecord) *[]timeline.PlaceRecord { return &e.Places })
	n.participations.hang(n.events, func(e *timeline.EventRecord) *[]timeline.ParticipationRecord { return &e.Participants })
	n.claims.hang(n.events, func(e *timeline.EventRecord) *[]timeline.ClaimRecord { return &e.Claims })
	n.citations.hang(n.events, func(e *timeline.EventRecord) *[]timeline.CitationRecord { return &e.Citations })
	n.relations.hang(n.events, func(e *timeline.EventRecord) *[]timeline.EventRelationRecord { return &e.Relations })
	n.origins.hang(n.events, func(e *timeline.EventRecord) *[]timeline.OriginRecord { return &e.Origins })
	return n.events
}

// referrer makes refs, one for each thing.
type referrer struct {
	key  func(kind timeline.Kind, row int64) string
	refs map[thing]*timeline.Ref
}

// thing is a record by its row.
type thing struct {
	kind timeline.Kind
	row  int64
}

// ref is the ref to a thing; nil for none.
func (n *referrer) ref(kind timeline.Kind, row int64) *timeline.Ref {
	if row == 0 {
		return nil
	}
	if known := n.refs[thing{kind, row}]; known != nil {
		return known
	}
	text := n.key(kind, row)
	if text == "" {
		text = "?" + strconv.FormatInt(row, 10)
	}
	ref := timeline.RefTo(text)
	n.refs[thing{kind, row}] = &ref
	return &ref
}

// ShownEvents are events by row with what every format but Tarikh's own lines writes of them, see
// [shownEvents]. They are to be read only: refs are shared. An event that is no longer there, or that is
// passed on to nobody, is absent.
func (v *View) ShownEvents(ctx context.Context, rows []int64) (map[int64]*timeline.EventRecord, error) {
	n := &shownEvents{events: make(map[int64]*timeline.EventRecord, len(rows))}
	if err := readShown(ctx, v.s, amongRows(keep(rows, v.x.HasEvent)), n); err != nil {
		return nil, err
	}
	return n.assemble(v.keyOf), nil
}

// keyOf is the key of a record by its row, from memory; empty where this service knows of none.
func (v *View) keyOf(kind timeline.Kind, row int64) string {
	switch kind {
	case timeline.KindLocation:
		if l := v.x.Location(row); l != nil {
			return l.Key
		}
	case timeline.KindActor:
		if a := v.x.Actor(row); a != nil {
			return a.Key
		}
	case timeline.KindSource:
		if s := v.x.Source(row); s != nil {
			return s.Key
		}
	case timeline.KindEvent:
		if e := v.x.Event(row); e != nil {
			return e.Key
		}
	}
	return ""
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
	err := eachShownSource(ctx, v.s, rows, func(_, _ int64, s *timeline.SourceRecord) { found[s.Key] = s })
	return found, err
}

// eachShownSource reads sources by row, each with the row of the source that it repeats, 0 for none.
func eachShownSource(ctx context.Context, s *session, rows []int64, take func(row, origin int64, s *timeline.SourceRecord)) error {
	a := amongRows(rows)
	text := "select x.row, " + packed(columns("x.id x.key x.kind x.published_on x.not_passed_on x.origin"),
		"x.title_lang", "x.lang", "x.title", "x.publisher", "x.url", "x.archive_url", "x.licence", "x.attribution") +
		" from source x where x.row " + a.in
	return s.sweep(ctx, text, []any{a.list}, func(r values) (err error) {
		u := unpacked{rest: r.text(1)}
		s := &timeline.SourceRecord{Identity: timeline.Identity{ID: u.text(), Key: u.text()}, Kind: timeline.SourceKind(u.text())}
		published := u.text()
		s.NotPassedOn = u.is()
		origin := u.number()
		var titleLang, lang, url, archive string
		u.free(&titleLang, &lang, &s.Title.Text, &s.Publisher, &url, &archive, &s.Licence, &s.Attribution)
		s.Title.Lang, s.Lang = names.Language(titleLang), names.Language(lang)
		s.URL, s.ArchiveURL = timeline.URL(url), timeline.URL(archive)
		if err := u.ended(); err != nil {
			return err
		}
		s.PublishedOn, err = parseEDTF(published)
		take(r.number(0), origin, s)
		return err
	})
}

// eachShownLocation reads locations by row, without their former refs.
func eachShownLocation(ctx context.Context, s *session, rows []int64, take func(*index.Location)) error {
	a := amongRows(rows)
	found := make(map[int64]*index.Location, len(rows))
	err := s.sweep(ctx, "select x.row, x.lat, x.lon, "+packed(columns("x.id x.key x.kind x.parent"))+" from location x where x.row "+a.in, []any{a.list},
		func(r values) error {
			u, l := unpacked{rest: r.text(3)}, &index.Location{}
			l.Row, l.Point = r.number(0), pointOrNil(r.real(1), r.real(2))
			l.ID, l.Key, l.Kind, l.Parent = u.text(), u.text(), timeline.LocationKind(u.text()), u.number()
			found[l.Row] = l
			return u.ended()
		})
	if err != nil {
		return err
	}
	err = s.sweep(ctx, "select x.row, "+packed(columns("x.name_kind x.since x.until"), "x.lang", "x.text")+
		" from name x where x.kind = 'location' and x.row "+a.in+" order by x.row, x.pos", []any{a.list}, func(r values) (err error) {
		u, l := unpacked{rest: r.text(1)}, found[r.number(0)]
		n := timeline.Name{Kind: timeline.NameKind(u.text())}
		since, until := u.text(), u.text()
		var lang string
		u.free(&lang, &n.Text)
		n.Lang = names.Language(lang)
		if n.From, err = parseEDTF(since); err != nil {
			return err
		}
		if n.To, err = parseEDTF(until); err != nil {
			return err
		}
		l.Names = append(l.Names, n)
		return u.ended()
	})
	if err != nil {
		return err
	}
	err = s.sweep(ctx, "select x.row, "+packed(columns("x.scheme"), "x.value")+
		" from identifier x where x.kind = 'location' and x.row "+a.in+" order by x.row, x.pos", []any{a.list}, func(r values) error {
		u, l := unpacked{rest: r.text(1)}, found[r.number(0)]
		i := timeline.Identifier{Scheme: u.text()}
		u.free(&i.Value)
		l.Identifiers = append(l.Identifiers, i)
		return u.ended()
	})
	for _, l := range found {
		take(l)
	}
	return err
}
