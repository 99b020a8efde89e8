package bench

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// nameOf stands in the statements for the name of a record of a kind.
const nameOf = "@name"

// withNames fills in how a name is found: in the language, or the first preferred one.
func withNames(text, lang string) string {
	for kind, row := range map[string]string{"location": "l.row", "actor": "a.row"} {
		name := "(select n.text from name n where n.kind = '" + kind + "' and n.row = " + row
		if lang == "" {
			name += " order by n.name_kind <> 'PREFERRED', n.pos limit 1)"
		} else {
			name += " and n.lang = '" + lang + "' and n.name_kind = 'PREFERRED')"
		}
		text = strings.ReplaceAll(text, nameOf+" "+kind, name)
	}
	return text
}

// The statements that read what hangs on events.
const (
	eventText = `select e.row, e.id, e.key, e.type, e.status, e.time, e.titles, e.summaries, coalesce(p.location, 0)
		from json_each(?) k cross join event e on e.row = k.value
		left join event_place p on p.event = e.row and p.pos = 0`
	placeText = `with recursive up (start, row, depth) as (
			select value, value, 0 from json_each(?1)
			union all select up.start, l.parent, up.depth + 1 from up join location l on l.row = up.row where l.parent is not null)
		select up.start, up.depth, l.key, l.kind, l.lat, l.lon, @name location
		from up join location l on l.row = up.row order by up.start, up.depth desc`
	partText = `select p.event, p.role, p.certainty, a.key, a.kind, @name actor
		from json_each(?) k cross join participation p on p.event = k.value
		cross join actor a on a.row = p.actor order by p.event, p.pos`
	claimText = `select c.event, c.id, c.kind, c.status, c.victims, c.words, c.low, c.best, c.high, c.claimant, a.key, @name actor,
			s.key, s.publisher, c.reported_on, coalesce(s.origin, s.row), c.included
		from json_each(?) k cross join claim c on c.event = k.value
		left join actor a on a.row = c.claimant left join source s on s.row = c.source order by c.event, c.status <> 'CURRENT', c.reported_on, c.id`
	citeText = `select c.event, c.locator, s.key, s.publisher, s.published_on, s.title, s.title_lang
		from json_each(?) k cross join citation c on c.event = k.value
		cross join source s on s.row = c.source order by c.event, c.pos`
)

func (h *Handwritten) nodes(ctx context.Context, ids []int64) (map[int64]*node, error) {
	keys, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	nodes := make(map[int64]*node, len(ids))
	at := make(map[int64]int64, len(ids))
	for _, fill := range []func() error{
		func() error { return h.events(ctx, string(keys), nodes, at) },
		func() error { return h.places(ctx, nodes, at) },
		func() error { return h.parts(ctx, string(keys), nodes) },
		func() error { return h.claims(ctx, string(keys), nodes) },
		func() error { return h.cites(ctx, string(keys), nodes) },
	} {
		if err := fill(); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

func (h *Handwritten) events(ctx context.Context, keys string, nodes map[int64]*node, at map[int64]int64) error {
	return h.each(ctx, eventText, func(r *sql.Rows) error {
		n := &node{Participants: []part{}, Claims: []claimed{}, Sources: []source{}, Citations: []cited{}}
		var row, location int64
		var time, titles, summaries string
		if err := r.Scan(&row, &n.ID, &n.Key, &n.Type.Code, &n.Status, &time, &titles, &summaries, &location); err != nil {
			return err
		}
		nodes[row], at[row] = n, location
		n.Type.Label.Text = timeline.TypeByCode(n.Type.Code).Label(h.language()).Text
		v, err := edtf.Parse(time)
		if err != nil {
			return err
		}
		start, end := v.Start(), v.End()
		n.Time = when{EDTF: v.String(), Display: v.Display(h.lang), Precision: string(v.Precision()),
			Start: bounds{start.Earliest(), start.Latest()}, End: bounds{end.Earliest(), end.Latest()}}
		if n.Title, err = h.pick(titles); err != nil {
			return err
		}
		n.Summary, err = h.pick(summaries)
		return err
	}, keys)
}

// pick is the text in the language, or the first where none is asked for.
func (h *Handwritten) pick(list string) (*langText, error) {
	var all []langText
	if err := json.Unmarshal([]byte(list), &all); err != nil {
		return nil, err
	}
	for i := range all {
		if h.lang == "" || all[i].Lang == h.lang {
			all[i].Dir = string(names.Language(all[i].Lang).Direction())
			return &all[i], nil
		}
	}
	return nil, nil
}

// language is the language asked for; nil: none.
func (h *Handwritten) language() *names.Language {
	if h.lang == "" {
		return nil
	}
	l := names.Language(h.lang)
	return &l
}

func (h *Handwritten) places(ctx context.Context, nodes map[int64]*node, at map[int64]int64) error {
	rows := make([]int64, 0, len(at))
	for _, location := range at {
		if !slices.Contains(rows, location) {
			rows = append(rows, location)
		}
	}
	keys, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	places := map[int64]*place{}
	err = h.each(ctx, placeText, func(r *sql.Rows) error {
		var start int64
		var depth int
		var key, kind string
		var name *string
		var lat, lon *float64
		if err := r.Scan(&start, &depth, &key, &kind, &lat, &lon, &name); err != nil {
			return err
		}
		p := places[start]
		if p == nil {
			p = &place{Ancestors: []named{}}
			places[start] = p
		}
		if depth > 0 {
			p.Ancestors = append(p.Ancestors, named{key, wordOf(name)})
			return nil
		}
		p.Key, p.Kind, p.Name = key, kind, wordOf(name)
		if lat != nil && lon != nil {
			p.Point = &timeline.Point{Lat: *lat, Lon: *lon}
		}
		return nil
	}, string(keys))
	for row, location := range at {
		nodes[row].Location = places[location]
	}
	return err
}

func wordOf(s *string) *word {
	if s == nil {
		return nil
	}
	return &word{*s}
}

func (h *Handwritten) parts(ctx context.Context, keys string, nodes map[int64]*node) error {
	return h.each(ctx, partText, func(r *sql.Rows) error {
		var row int64
		var p part
		var name *string
		if err := r.Scan(&row, &p.Role, &p.Certainty, &p.Actor.Key, &p.Actor.Kind, &name); err != nil {
			return err
		}
		p.Actor.Name = wordOf(name)
		nodes[row].Participants = append(nodes[row].Participants, p)
		return nil
	}, keys)
}

// claims reads the claims and works out the figures from them.
func (h *Handwritten) claims(ctx context.Context, keys string, nodes map[int64]*node) error {
	statements := map[int64][]timeline.Statement{}
	err := h.each(ctx, claimText, func(r *sql.Rows) error {
		var row int64
		var id string
		var c claimed
		var g figure
		var included bool
		var claimant, source *int64
		var actor, name, sourceKey, publisher, reported *string
		if err := r.Scan(&row, &id, &c.Kind, &c.Status, &c.Victims, &c.Words, &g.Low, &g.Best, &g.High,
			&claimant, &actor, &name, &sourceKey, &publisher, &reported, &source, &included); err != nil {
			return err
		}
		if g.Low != nil || g.Best != nil || g.High != nil {
			c.Range = &g
		}
		if actor != nil {
			c.Claimant = &named{*actor, wordOf(name)}
		}
		if sourceKey != nil {
			c.Source = &keyed{*sourceKey, publisher}
		}
		nodes[row].Claims = append(nodes[row].Claims, c)
		s := timeline.Statement{ID: id, Kind: timeline.ClaimKind(c.Kind), Status: timeline.ClaimStatus(c.Status),
			Included: included, Low: number(g.Low), Best: number(g.Best), High: number(g.High)}
		if c.Victims != nil {
			s.Victims = names.Fold(*c.Victims)
		}
		switch {
		case claimant != nil:
			s.Origin = -*claimant
		case source != nil:
			s.Origin = *source
		}
		statements[row] = append(statements[row], s)
		return nil
	}, keys)
	for row, all := range statements {
		f, err := timeline.Figure(all, timeline.ClaimKilled, timeline.RuleRange)
		if err != nil {
			return err
		}
		if f != nil {
			nodes[row].Casualties = &toll{f.Low, f.Best, f.High, f.Open, f.Contested, f.ClaimCount, f.SourceCount}
		}
	}
	return err
}

func number(n *int) int {
	if n == nil {
		return timeline.Unknown
	}
	return *n
}

func (h *Handwritten) cites(ctx context.Context, keys string, nodes map[int64]*node) error {
	return h.each(ctx, citeText, func(r *sql.Rows) error {
		var row int64
		var c cited
		var s source
		if err := r.Scan(&row, &c.Locator, &s.Key, &s.Publisher, &s.PublishedOn, &s.Title.Text, &s.Title.Lang); err != nil {
			return err
		}
		c.Source.Key = s.Key
		n := nodes[row]
		n.Citations = append(n.Citations, c)
		for _, known := range n.Sources {
			if known.Key == s.Key {
				return nil
			}
		}
		n.Sources = append(n.Sources, s)
		return nil
	}, keys)
}
