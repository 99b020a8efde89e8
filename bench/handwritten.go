package bench

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"tarikh/edtf"
	"tarikh/timeline"
)

// Handwritten is floor F1: SQL in, JSON out, for the questions of this room and no others, as a
// careful programmer would write it who knows them beforehand. It has tables of its own: every
// event under each location that it is at or below, and under each actor, in the order of time,
// with its days, type and dead beside it.
type Handwritten struct {
	pool *sql.DB
	lang string // in which texts are given; empty: the first that there is
	text map[string]*sql.Stmt
}

// The statements of the questions, each planned once.
const (
	atText    = ` from bench_at a where a.location = (select row from location where key = ?1) and a.start_first <= ?3 and a.end_last >= ?2`
	pageText  = "select a.event" + atText + " order by a.start_first, a.rank limit 51"
	countText = "select count(*)" + atText
	firstText = `select a.event, e.key from bench_at a cross join event e on e.row = a.event
		where a.location = (select row from location where key = ?) order by a.start_first, a.rank limit 20`
	whoText = `select p.event, p.actor, a.key, @name actor
		from json_each(?) k cross join participation p on p.event = k.value cross join actor a on a.row = p.actor order by p.event, p.pos`
	nextText = `select k.value, e.key, e.time, l.key, @name location
		from json_each(?) k cross join json_each((select json_group_array(event) from (
			select b.event from bench_by b where b.actor = k.value order by b.start_first, b.rank limit 5))) x
		cross join event e on e.row = x.value
		left join event_place p on p.event = e.row and p.pos = 0 left join location l on l.row = p.location
		order by k.key, x.key`
	monthText = `select a.start_first, a.end_last, a.type, count(*) from bench_at a
		where a.location = (select row from location where key = ?) group by 1, 2, 3`
	deadlyText = `select b.event from bench_by b where b.actor = (select row from actor where key = ?1)
		and b.start_first <= ?3 and b.end_last >= ?2 and b.killed >= ?4 order by b.start_first desc, b.rank desc limit 50`
	topText = `select x.n, a.key, a.kind, @name actor from (
			select p.actor, count(distinct p.event) n from bench_at a cross join participation p on p.event = a.event
			where a.location = (select row from location where key = ?1) and a.start_first <= ?3 and a.end_last >= ?2
			group by p.actor) x
		cross join actor a on a.row = x.actor where a.generic = 0 order by x.n desc, a.key limit 10`
	refText = "select row from event where id = ?"
)

// statements are all of them, with the tables that some need.
func statements() []string {
	return []string{pageText, countText, firstText, whoText, nextText, monthText, deadlyText, topText, refText,
		eventText, placeText, partText, claimText, citeText}
}

// NewHandwritten prepares F1 on a database file.
func NewHandwritten(ctx context.Context, path, lang string) (*Handwritten, error) {
	pool, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)&_pragma=mmap_size(2147418112)&_pragma=cache_size(-16384)")
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(4)
	h := &Handwritten{pool: pool, lang: lang, text: map[string]*sql.Stmt{}}
	if err := h.fill(ctx); err != nil {
		return nil, fmt.Errorf("fill the tables of F1: %w", err)
	}
	for _, text := range statements() {
		h.text[text], err = pool.PrepareContext(ctx, withNames(text, lang)) //nolint:sqlclosecheck // closed with the pool
		if err != nil {
			return nil, fmt.Errorf("prepare F1: %w", err)
		}
	}
	return h, nil
}

// Close ends F1's connection.
func (h *Handwritten) Close() { _ = h.pool.Close() }

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

// numbers are the only column of a statement.
func (h *Handwritten) numbers(ctx context.Context, text string, args ...any) (all []int64, err error) {
	err = h.each(ctx, text, func(r *sql.Rows) error {
		var n int64
		err := r.Scan(&n)
		all = append(all, n)
		return err
	}, args...)
	return all, err
}

// days are the first and the last day of two years.
func days(from, to string) (first, last int64) {
	return int64(edtf.MustParse(from).Start().First), int64(edtf.MustParse(to).End().Last)
}

// One answers Q1: an event by its id with everything.
func (h *Handwritten) One(ctx context.Context, id string) ([]byte, error) {
	rows, err := h.numbers(ctx, refText, id)
	if err != nil {
		return nil, err
	}
	nodes, err := h.nodes(ctx, rows)
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]*node{"event": nodes[rows[0]]})
}

// Page answers Q2: the first 50 events in a place and below, between two years.
func (h *Handwritten) Page(ctx context.Context, within, from, to string) ([]byte, error) {
	first, last := days(from, to)
	var answer page
	ids, err := h.numbers(ctx, pageText, within, first, last)
	if err != nil {
		return nil, err
	}
	count, err := h.numbers(ctx, countText, within, first, last)
	if err != nil {
		return nil, err
	}
	answer.Events.TotalCount = int(count[0])
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

// Deadly answers Q6: the newest 50 events in which somebody took part and so many were killed.
func (h *Handwritten) Deadly(ctx context.Context, actor, from, to string, killed int) ([]byte, error) {
	first, last := days(from, to)
	ids, err := h.numbers(ctx, deadlyText, actor, first, last, killed)
	if err != nil {
		return nil, err
	}
	nodes, err := h.nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	answer := map[string]map[string][]*node{"events": {"nodes": make([]*node, len(ids))}}
	for i, id := range ids {
		answer["events"]["nodes"][i] = nodes[id]
	}
	return json.Marshal(answer)
}

// Around answers Q3: a place, 20 of its events, who took part, five events of each, and where.
func (h *Handwritten) Around(ctx context.Context, key string) ([]byte, error) {
	answer := around{Key: key}
	var ids []int64
	err := h.each(ctx, firstText, func(r *sql.Rows) error {
		var id int64
		b := busy{Actors: []actor{}}
		err := r.Scan(&id, &b.Key)
		ids, answer.Events.Nodes = append(ids, id), append(answer.Events.Nodes, b)
		return err
	}, key)
	if err != nil {
		return nil, err
	}
	who, known, err := h.who(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		for _, row := range who[id] {
			answer.Events.Nodes[i].Actors = append(answer.Events.Nodes[i].Actors, *known[row])
		}
	}
	return json.Marshal(map[string]around{"location": answer})
}

// who are the actors of events, each with five of its events.
func (h *Handwritten) who(ctx context.Context, events []int64) (of map[int64][]int64, known map[int64]*actor, err error) {
	keys, err := json.Marshal(events)
	if err != nil {
		return nil, nil, err
	}
	of, known = map[int64][]int64{}, map[int64]*actor{}
	var rows []int64
	err = h.each(ctx, whoText, func(r *sql.Rows) error {
		var event, row int64
		a := &actor{}
		var name *string
		if err := r.Scan(&event, &row, &a.Key, &name); err != nil {
			return err
		}
		a.Name = wordOf(name)
		if known[row] == nil {
			known[row], rows = a, append(rows, row)
		}
		if !slices.Contains(of[event], row) {
			of[event] = append(of[event], row)
		}
		return nil
	}, string(keys))
	if err != nil {
		return nil, nil, err
	}
	if keys, err = json.Marshal(rows); err != nil {
		return nil, nil, err
	}
	err = h.each(ctx, nextText, func(r *sql.Rows) error {
		var row int64
		var b brief
		var at, name *string
		if err := r.Scan(&row, &b.Key, &b.Time.EDTF, &at, &name); err != nil {
			return err
		}
		if at != nil {
			b.Location = &named{*at, wordOf(name)}
		}
		known[row].Events.Nodes = append(known[row].Events.Nodes, b)
		return nil
	}, string(keys))
	return of, known, err
}

// Months answers Q4: the months of a place, split by type.
func (h *Handwritten) Months(ctx context.Context, key string) ([]byte, error) {
	type group struct {
		first, last edtf.Day
		code        string
		n           int
	}
	var groups []group
	totals := map[string]int{}
	first, last := edtf.DistantFuture, edtf.DistantPast
	err := h.each(ctx, monthText, func(r *sql.Rows) error {
		var g group
		err := r.Scan((*int64)(&g.first), (*int64)(&g.last), &g.code, &g.n)
		groups, first, last = append(groups, g), min(first, g.first), max(last, g.last)
		totals[g.code] += g.n
		return err
	}, key)
	if err != nil {
		return nil, err
	}
	axis, err := timeline.NewAxis(timeline.ByMonth, first, last)
	if err != nil {
		return nil, err
	}
	out := histogram{Starts: axis.Starts, Possible: make([]int, len(axis.Starts)), Keys: largestOf(totals)}
	for range out.Keys {
		out.Splits = append(out.Splits, make([]int, len(axis.Starts)))
	}
	for _, g := range groups {
		slot := slices.Index(out.Keys, g.code)
		if i, j, ok := axis.Between(g.first, g.last); ok {
			for ; i <= j; i++ {
				out.Possible[i] += g.n
				out.Splits[slot][i] += g.n
			}
		}
	}
	return json.Marshal(map[string]map[string]histogram{"events": {"histogram": out}})
}

// Top answers Q7: the ten actors of most events in a place, between two years.
func (h *Handwritten) Top(ctx context.Context, within, from, to string) ([]byte, error) {
	first, last := days(from, to)
	all := []facet{}
	err := h.each(ctx, topText, func(r *sql.Rows) error {
		var f facet
		var name *string
		err := r.Scan(&f.Count, &f.Key, &f.Node.Kind, &name)
		f.Label = wordOf(name)
		all = append(all, f)
		return err
	}, within, first, last)
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]map[string][]facet{"events": {"facets": all}})
}
