package db

import (
	"context"

	"tarikh/cohort"
	"tarikh/edtf"
	"tarikh/timeline"
)

// events reads events, one statement for all. Their locations come from memory.
func (v *View) events(ctx context.Context, rows []int64) (map[int64]*timeline.Event, error) {
	all := make(map[int64]*timeline.Event, len(rows))
	if len(rows) == 0 {
		return all, nil
	}
	c := cohort.New(rows)
	err := v.each(ctx, `select e.row, e.id, e.key, e.type, e.status, e.time, e.sensitive, e.created_at, e.updated_at,
			e.tags, e.titles, e.summaries
		from json_each(?) k cross join event e on e.row = k.value`, []any{list(c.IDs())}, func(r rowScanner) error {
		e, err := scanEvent(r)
		if err != nil {
			return err
		}
		e.Cohort = c
		all[e.Row] = e
		return nil
	})
	if err != nil {
		return nil, err
	}
	v.placeHints(all, c.IDs())
	return all, nil
}

func scanEvent(r rowScanner) (*timeline.Event, error) {
	e := &timeline.Event{}
	var created, updated int64
	var when, tags, titles, summaries string
	err := r.Scan(&e.Row, &e.ID, &e.Key, &e.TypeCode, &e.Status, &when, &e.Sensitive, &created, &updated,
		&tags, &titles, &summaries)
	if err != nil {
		return nil, err
	}
	e.CreatedAt, e.UpdatedAt = timeline.DateTimeOfMillis(created), timeline.DateTimeOfMillis(updated)
	value, err := parseEDTF(when)
	if err != nil {
		return nil, err
	}
	e.Time = timeline.NewTime(value)
	e.Tags = []string{}
	if err := readList(tags, &e.Tags); err != nil {
		return nil, err
	}
	if err := readList(titles, &e.Titles); err != nil {
		return nil, err
	}
	return e, readList(summaries, &e.Summaries)
}

// placeHints gives every event the location of its main place, all of one cohort.
func (v *View) placeHints(all map[int64]*timeline.Event, order []int64) {
	at := make(map[int64]int64, len(all))
	rows := make([]int64, 0, len(all))
	for _, row := range order {
		facts := v.x.Event(row)
		if all[row] == nil || facts == nil || len(facts.Places) == 0 || facts.Places[0].Location == 0 {
			continue
		}
		at[row] = facts.Places[0].Location
		rows = append(rows, at[row])
	}
	locations := v.locations(rows)
	for row, location := range at {
		all[row].Location = locations[location]
	}
}

// sources reads sources, one statement for all.
func (v *View) sources(ctx context.Context, rows []int64) (map[int64]*timeline.Source, error) {
	all := make(map[int64]*timeline.Source, len(rows))
	if len(rows) == 0 {
		return all, nil
	}
	c := cohort.New(rows)
	err := v.each(ctx, `select s.row, s.id, s.key, s.kind, s.title, s.title_lang, s.publisher, s.published_on, s.lang,
			s.url, s.archive_url, coalesce(s.origin, 0), s.licence
		from json_each(?) k cross join source s on s.row = k.value`, []any{list(c.IDs())}, func(r rowScanner) error {
		s := &timeline.Source{}
		s.Cohort = c
		var published *string
		err := r.Scan(&s.Row, &s.ID, &s.Key, &s.Kind, &s.Title.Text, &s.Title.Lang, &s.Publisher, &published, &s.Lang,
			&s.URL, &s.ArchiveURL, &s.OriginRow, &s.Licence)
		if err != nil {
			return err
		}
		all[s.Row] = s
		s.PublishedOn, err = edtfOrNil(published)
		return err
	})
	return all, err
}

func edtfOrNil(text *string) (*edtf.Value, error) {
	if text == nil {
		return nil, nil
	}
	v, err := parseEDTF(*text)
	return &v, err
}

// claimColumns are what scanClaim scans.
const claimColumns = `c.event, c.id, c.kind, c.status, c.included, c.counts, c.victims, coalesce(c.victim_actor, 0),
	coalesce(c.responsible, 0), c.low, c.best, c.high, c.words, coalesce(c.claimant, 0), coalesce(c.source, 0),
	c.quote, c.quote_lang, c.reported_on, c.pos`

// claimRow is a claim with the rows of the actors that it names.
type claimRow struct {
	claim                    *timeline.Claim
	event                    int64
	victim, blamed, claimant int64
}

func scanClaim(r rowScanner) (claimRow, error) {
	c := &timeline.Claim{}
	row := claimRow{claim: c}
	var g timeline.Range
	var quote, lang, reported *string
	var pos int
	err := r.Scan(&row.event, &c.ID, &c.Kind, &c.Status, &c.Included, &c.Counts, &c.Victims, &row.victim,
		&row.blamed, &g.Low, &g.Best, &g.High, &c.Words, &row.claimant, &c.SourceRow,
		&quote, &lang, &reported, &pos)
	if err != nil {
		return row, err
	}
	c.Range, c.Quote = rangeOrNil(g), quoteOrNil(quote, lang)
	c.ReportedOn, err = edtfOrNil(reported)
	return row, err
}

// withActors gives claims the actors that they name, all of one cohort, and makes
// the claims a cohort themselves, of the sources that they stand in.
func (v *View) withActors(rows []claimRow) {
	var actorRows, sourceRows, eventRows []int64
	for _, c := range rows {
		eventRows = append(eventRows, c.event)
		actorRows = append(actorRows, nonZero(c.victim, c.blamed, c.claimant)...)
		sourceRows = append(sourceRows, nonZero(c.claim.SourceRow)...)
	}
	actors, sources, events := v.actors(actorRows), cohort.New(sourceRows), cohort.New(eventRows)
	for _, c := range rows {
		c.claim.VictimActor, c.claim.Responsible, c.claim.Claimant = actors[c.victim], actors[c.blamed], actors[c.claimant]
		c.claim.Family, c.claim.Events = timeline.Family{Row: c.event, Cohort: sources}, events
	}
}

func nonZero(rows ...int64) []int64 {
	kept := rows[:0]
	for _, row := range rows {
		if row != 0 {
			kept = append(kept, row)
		}
	}
	return kept
}

// claimsByIDs reads claims by their ids, with their events: one statement each.
func (v *View) claimsByIDs(ctx context.Context, ids []string) ([]*timeline.Claim, error) {
	var rows []claimRow
	err := v.each(ctx, "select "+claimColumns+" from json_each(?) k cross join claim c on c.id = k.value"+v.passedOn("c.source"),
		[]any{list(ids)}, func(r rowScanner) error {
			c, err := scanClaim(r)
			rows = append(rows, c)
			return err
		})
	if err != nil {
		return nil, err
	}
	v.withActors(rows)
	claims := make([]*timeline.Claim, 0, len(rows))
	for _, c := range rows {
		claims = append(claims, c.claim)
	}
	return claims, nil
}
