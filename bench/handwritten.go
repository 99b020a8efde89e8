package bench

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// Handwritten is floor F1 for the page: SQL in, JSON out, for this one question, as
// a careful programmer would write it who knows the question beforehand. It has a
// table of its own with the days of every event, because without one it would have
// to read them all.
type Handwritten struct {
	pool *sql.DB
	text map[string]*sql.Stmt
}

// daysTable is what F1 needs to find a page by its days.
const daysTable = `
	create table if not exists bench_days (
		event integer primary key, start_first integer, start_last integer, end_first integer, end_last integer, id text) strict;
	create index if not exists bench_days_order on bench_days (start_first, start_last, end_last, id)`

// The statements of the page, each planned once.
const (
	below = `with recursive below (row) as (
		select row from location where key = ?1
		union all select l.row from below b join location l on l.parent = b.row)
	`
	meant = ` from bench_days d where d.start_first <= ?3 and d.end_last >= ?2 and exists (
		select 1 from event_place p where p.event = d.event and p.role <> 'NEARBY' and p.location in below)`
	pageText  = below + "select d.event" + meant + " order by d.start_first, d.start_last, d.end_last, d.id limit 51"
	countText = below + "select count(*)" + meant
	eventText = `select e.row, e.id, e.key, e.type, e.status, e.time, e.titles, e.summaries, coalesce(p.location, 0)
		from json_each(?) k cross join event e on e.row = k.value
		left join event_place p on p.event = e.row and p.pos = 0`
	placeText = `with recursive up (start, row, depth) as (
			select value, value, 0 from json_each(?1)
			union all select up.start, l.parent, up.depth + 1 from up join location l on l.row = up.row where l.parent is not null)
		select up.start, up.depth, l.key, l.kind, l.lat, l.lon, (
			select n.text from name n where n.kind = 'location' and n.row = l.row and n.lang = 'ar' and n.name_kind = 'PREFERRED')
		from up join location l on l.row = up.row order by up.start, up.depth desc`
	partText = `select p.event, p.role, p.certainty, a.key, a.kind, (
			select n.text from name n where n.kind = 'actor' and n.row = a.row and n.lang = 'ar' and n.name_kind = 'PREFERRED')
		from json_each(?) k cross join participation p on p.event = k.value
		cross join actor a on a.row = p.actor order by p.event, p.pos`
	claimText = `select c.event, c.id, c.kind, c.status, c.victims, c.words, c.low, c.best, c.high, c.claimant, a.key, (
			select n.text from name n where n.kind = 'actor' and n.row = a.row and n.lang = 'ar' and n.name_kind = 'PREFERRED'),
			s.key, s.publisher, c.reported_on
		from json_each(?) k cross join claim c on c.event = k.value
		left join actor a on a.row = c.claimant left join source s on s.row = c.source order by c.event, c.status <> 'CURRENT', c.reported_on, c.id`
	citeText = `select c.event, c.locator, s.key, s.publisher, s.published_on, s.title, s.title_lang
		from json_each(?) k cross join citation c on c.event = k.value
		cross join source s on s.row = c.source order by c.event, c.pos`
)

// NewHandwritten prepares F1 on a database file.
func NewHandwritten(ctx context.Context, path string) (*Handwritten, error) {
	pool, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	h := &Handwritten{pool: pool, text: map[string]*sql.Stmt{}}
	if err := h.fillDays(ctx); err != nil {
		return nil, fmt.Errorf("fill the days of F1: %w", err)
	}
	for _, text := range []string{pageText, countText, eventText, placeText, partText, claimText, citeText} {
		h.text[text], err = pool.PrepareContext(ctx, text) //nolint:sqlclosecheck // closed with the pool
		if err != nil {
			return nil, fmt.Errorf("prepare F1: %w", err)
		}
	}
	return h, nil
}

// Close ends F1's connection.
func (h *Handwritten) Close() { _ = h.pool.Close() }

func (h *Handwritten) fillDays(ctx context.Context) error {
	if _, err := h.pool.ExecContext(ctx, daysTable); err != nil {
		return err
	}
	type days struct {
		row        int64
		id         string
		start, end edtf.Bounds
	}
	var all []days
	rows, err := h.pool.QueryContext(ctx, "select row, id, time from event")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var d days
		var text string
		if err := rows.Scan(&d.row, &d.id, &text); err != nil {
			return err
		}
		v, err := edtf.Parse(text)
		if err != nil {
			return err
		}
		d.start, d.end = v.Start(), v.End()
		all = append(all, d)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, d := range all {
		_, err := h.pool.ExecContext(ctx, "insert or replace into bench_days values (?, ?, ?, ?, ?, ?)",
			d.row, int64(d.start.First), int64(d.start.Last), int64(d.end.First), int64(d.end.Last), d.id)
		if err != nil {
			return err
		}
	}
	return nil
}

// The shapes of the answer, member by member as the document asks for them.
type (
	named struct {
		Key  string `json:"key"`
		Name *word  `json:"name"`
	}
	word struct {
		Text string `json:"text"`
	}
	langText struct {
		Text string `json:"text"`
		Lang string `json:"lang"`
		Dir  string `json:"dir"`
	}
	bounds struct {
		Earliest *edtf.Day `json:"earliest"`
		Latest   *edtf.Day `json:"latest"`
	}
	when struct {
		EDTF      string `json:"edtf"`
		Display   string `json:"display"`
		Start     bounds `json:"start"`
		End       bounds `json:"end"`
		Precision string `json:"precision"`
	}
	place struct {
		Key       string          `json:"key"`
		Name      *word           `json:"name"`
		Kind      string          `json:"kind"`
		Point     *timeline.Point `json:"point"`
		Ancestors []named         `json:"ancestors"`
	}
	part struct {
		Role      string `json:"role"`
		Certainty string `json:"certainty"`
		Actor     struct {
			Key  string `json:"key"`
			Kind string `json:"kind"`
			Name *word  `json:"name"`
		} `json:"actor"`
	}
	figure struct {
		Low  *int `json:"low"`
		Best *int `json:"best"`
		High *int `json:"high"`
	}
	keyed struct {
		Key       string  `json:"key"`
		Publisher *string `json:"publisher"`
	}
	onlyKey struct {
		Key string `json:"key"`
	}
	claimed struct {
		Kind     string  `json:"kind"`
		Status   string  `json:"status"`
		Victims  *string `json:"victims"`
		Words    *string `json:"words"`
		Range    *figure `json:"range"`
		Claimant *named  `json:"claimant"`
		Source   *keyed  `json:"source"`
	}
	toll struct {
		Low         *int `json:"low"`
		Best        *int `json:"best"`
		High        *int `json:"high"`
		Open        bool `json:"open"`
		Contested   bool `json:"contested"`
		ClaimCount  int  `json:"claimCount"`
		SourceCount int  `json:"sourceCount"`
	}
	source struct {
		Key         string  `json:"key"`
		Publisher   *string `json:"publisher"`
		PublishedOn *string `json:"publishedOn"`
		Title       struct {
			Text string `json:"text"`
			Lang string `json:"lang"`
		} `json:"title"`
	}
	cited struct {
		Locator *string `json:"locator"`
		Source  onlyKey `json:"source"`
	}
	node struct {
		ID      string    `json:"id"`
		Key     string    `json:"key"`
		Title   *langText `json:"title"`
		Summary *langText `json:"summary"`
		Time    when      `json:"time"`
		Type    struct {
			Code  string `json:"code"`
			Label word   `json:"label"`
		} `json:"type"`
		Status       string    `json:"status"`
		Location     *place    `json:"location"`
		Participants []part    `json:"participants"`
		Claims       []claimed `json:"claims"`
		Casualties   *toll     `json:"casualties"`
		Sources      []source  `json:"sources"`
		Citations    []cited   `json:"citations"`
	}
	edge struct {
		Node *node `json:"node"`
	}
	page struct {
		Events struct {
			TotalCount int `json:"totalCount"`
			PageInfo   struct {
				HasNextPage     bool `json:"hasNextPage"`
				HasPreviousPage bool `json:"hasPreviousPage"`
			} `json:"pageInfo"`
			Edges []edge `json:"edges"`
		} `json:"events"`
	}
)

// each runs a prepared statement.
func (h *Handwritten) each(ctx context.Context, text string, scan func(*sql.Rows) error, args ...any) error {
	rows, err := h.text[text].QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Page is the answer's data.
func (h *Handwritten) Page(ctx context.Context, within, from, to string) ([]byte, error) {
	first, last := edtf.MustParse(from).Start().First, edtf.MustParse(to).End().Last
	var ids []int64
	var answer page
	err := h.each(ctx, pageText, func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	}, within, int64(first), int64(last))
	if err != nil {
		return nil, err
	}
	err = h.each(ctx, countText, func(r *sql.Rows) error { return r.Scan(&answer.Events.TotalCount) },
		within, int64(first), int64(last))
	if err != nil {
		return nil, err
	}
	if len(ids) > 50 {
		answer.Events.PageInfo.HasNextPage, ids = true, ids[:50]
	}
	nodes, err := h.nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	answer.Events.Edges = make([]edge, len(ids))
	for i, id := range ids {
		answer.Events.Edges[i].Node = nodes[id]
	}
	return json.Marshal(answer)
}

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
		n.Type.Label.Text = timeline.TypeByCode(n.Type.Code).Labels[2].Text
		v, err := edtf.Parse(time)
		if err != nil {
			return err
		}
		start, end := v.Start(), v.End()
		n.Time = when{EDTF: v.String(), Display: v.Display("ar"), Precision: string(v.Precision()),
			Start: bounds{start.Earliest(), start.Latest()}, End: bounds{end.Earliest(), end.Latest()}}
		if n.Title, err = arabic(titles); err != nil {
			return err
		}
		n.Summary, err = arabic(summaries)
		return err
	}, keys)
}

func arabic(list string) (*langText, error) {
	var all []langText
	if err := json.Unmarshal([]byte(list), &all); err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Lang == "ar" {
			all[i].Dir = string(names.Language("ar").Direction())
			return &all[i], nil
		}
	}
	return nil, nil
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
		var claimant *int64
		var actor, name, sourceKey, publisher, reported *string
		if err := r.Scan(&row, &id, &c.Kind, &c.Status, &c.Victims, &c.Words, &g.Low, &g.Best, &g.High,
			&claimant, &actor, &name, &sourceKey, &publisher, &reported); err != nil {
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
			Low: number(g.Low), Best: number(g.Best), High: number(g.High)}
		if c.Victims != nil {
			s.Victims = names.Fold(*c.Victims)
		}
		if claimant != nil {
			s.Origin = *claimant
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
