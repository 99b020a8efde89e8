package db

import (
	"context"

	"tarikh/cohort"
	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// events reads events, one statement for all. Their locations come from memory.
func (v *View) events(ctx context.Context, rows []int64) (map[int64]*timeline.Event, error) {
	all := make(map[int64]*timeline.Event, len(rows))
	if len(rows) == 0 {
		return all, nil
	}
	c := cohort.New(rows)
	err := v.sweepRows(ctx, "events", c.IDs(), func(in string) string {
		return "select e.row, " + packed(columns("e.id e.key e.type e.status e.time e.sensitive e.created_at e.updated_at "+
			"e.tags e.titles e.summaries")) + " from event e where e.row " + in
	}, func(r values) error {
		e, err := eventOf(r)
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

func eventOf(r values) (*timeline.Event, error) {
	u := unpacked{rest: r.text(1)}
	e := &timeline.Event{ID: u.text(), Key: u.text(), TypeCode: u.text(), Status: timeline.EventStatus(u.text())}
	e.Row = r.number(0)
	when := u.text()
	e.Sensitive = u.is()
	e.CreatedAt, e.UpdatedAt = timeline.DateTimeOfMillis(u.number()), timeline.DateTimeOfMillis(u.number())
	tags, titles, summaries := u.text(), u.text(), u.text()
	if err := u.ended(); err != nil {
		return nil, err
	}
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
		place := v.x.MainPlace(row)
		if all[row] == nil || place == 0 {
			continue
		}
		at[row] = place
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
	err := v.sweepRows(ctx, "sources", c.IDs(), func(in string) string {
		return "select s.row, " + packed(columns("s.id s.key s.kind s.title_lang s.published_on s.lang s.origin"),
			"s.title", "s.publisher", "s.url", "s.archive_url", "s.licence") + " from source s where s.row " + in
	}, func(r values) error {
		s, err := sourceOf(r)
		if err == nil {
			s.Cohort = c
			all[s.Row] = s
		}
		return err
	})
	return all, err
}

func sourceOf(r values) (*timeline.Source, error) {
	u := unpacked{rest: r.text(1)}
	s := &timeline.Source{ID: u.text(), Key: u.text(), Kind: timeline.SourceKind(u.text()), Title: timeline.Text{Lang: names.Language(u.text())}}
	s.Row = r.number(0)
	published, lang := u.text(), names.Language(u.text())
	s.OriginRow = u.number()
	var publisher, url, archive, licence string
	u.free(&s.Title.Text, &publisher, &url, &archive, &licence)
	if err := u.ended(); err != nil {
		return nil, err
	}
	s.Publisher, s.Licence, s.Lang = given(publisher), given(licence), given(lang)
	s.URL, s.ArchiveURL = given(timeline.URL(url)), given(timeline.URL(archive))
	var err error
	s.PublishedOn, err = edtfOrNil(published)
	return s, err
}

// given is a text that may be missing: an empty one is.
func given[T ~string](text T) *T {
	if text == "" {
		return nil
	}
	return &text
}

func edtfOrNil(text string) (*edtf.Value, error) {
	if text == "" {
		return nil, nil
	}
	v, err := parseEDTF(text)
	return &v, err
}

// claimColumns are what claimOf reads.
func claimColumns() string {
	return "c.event, " + packed(columns("c.id c.kind c.status c.included c.victim_actor c.responsible c.low c.best c.high c.claimant "+
		"c.source c.quote_lang c.reported_on"), "c.counts", "c.victims", "c.words", "c.quote")
}

// claimRow is a claim with the rows of the actors that it names.
type claimRow struct {
	claim                    *timeline.Claim
	event                    int64
	victim, blamed, claimant int64
}

func claimOf(r values) (claimRow, error) {
	u := unpacked{rest: r.text(1)}
	c := &timeline.Claim{ID: u.text(), Kind: timeline.ClaimKind(u.text()), Status: timeline.ClaimStatus(u.text()), Included: u.is()}
	row := claimRow{claim: c, event: r.number(0), victim: u.number(), blamed: u.number()}
	c.Range = u.limits()
	row.claimant, c.SourceRow = u.number(), u.number()
	lang, reported := names.Language(u.text()), u.text()
	var counts, victims, words, quote string
	u.free(&counts, &victims, &words, &quote)
	if err := u.ended(); err != nil {
		return row, err
	}
	c.Counts, c.Victims, c.Words = given(counts), given(victims), given(words)
	c.Quote = quoteOf(quote, lang)
	var err error
	c.ReportedOn, err = edtfOrNil(reported)
	return row, err
}

// quoteOf is a quote; nil where there is none.
func quoteOf(text string, lang names.Language) *timeline.Quote {
	if text == "" {
		return nil
	}
	return &timeline.Quote{Text: text, Lang: lang}
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
	err := v.sweep(ctx, "select "+claimColumns()+" from json_each(?) k cross join claim c on c.id = k.value"+v.passedOn("c.source"),
		[]any{list(ids)}, func(r values) error {
			c, err := claimOf(r)
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
