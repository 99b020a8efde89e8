package bench

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// ownTables are the tables of F1. rank is an event's place in the order of time.
const ownTables = `
	create table if not exists bench_at (location integer, start_first integer, rank integer, event integer, end_last integer,
		type text, primary key (location, start_first, rank)) strict, without rowid;
	create table if not exists bench_by (actor integer, start_first integer, rank integer, event integer, end_last integer,
		killed integer, primary key (actor, start_first, rank)) strict, without rowid;
	create table if not exists bench_filled (events integer) strict`

// placed is what the tables say of an event.
type placed struct {
	row        int64
	id, code   string
	start, end edtf.Bounds
	killed     *int
	locations  []int64 // and what is above them, each once
	actors     []int64 // each once
}

// fill makes the tables, where they are not there yet.
func (h *Handwritten) fill(ctx context.Context) error {
	if _, err := h.pool.ExecContext(ctx, ownTables); err != nil {
		return err
	}
	var filled int
	if err := h.pool.QueryRowContext(ctx, "select count(*) from bench_filled").Scan(&filled); err != nil || filled > 0 {
		return err
	}
	all, err := h.placed(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b *placed) int {
		return cmp.Or(cmp.Compare(a.start.First, b.start.First), cmp.Compare(a.start.Last, b.start.Last),
			cmp.Compare(a.end.Last, b.end.Last), strings.Compare(a.id, b.id))
	})
	tx, err := h.pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	at, err := tx.PrepareContext(ctx, "insert into bench_at values (?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer func() { _ = at.Close() }()
	by, err := tx.PrepareContext(ctx, "insert into bench_by values (?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer func() { _ = by.Close() }()
	for rank, e := range all {
		for _, location := range e.locations {
			if _, err := at.ExecContext(ctx, location, int64(e.start.First), rank, e.row, int64(e.end.Last), e.code); err != nil {
				return err
			}
		}
		for _, actor := range e.actors {
			if _, err := by.ExecContext(ctx, actor, int64(e.start.First), rank, e.row, int64(e.end.Last), e.killed); err != nil {
				return err
			}
		}
	}
	if _, err := tx.ExecContext(ctx, "insert into bench_filled values (?)", len(all)); err != nil {
		return err
	}
	return tx.Commit()
}

// placed reads what the tables are made of.
func (h *Handwritten) placed(ctx context.Context) ([]*placed, error) {
	var all []*placed
	byRow := map[int64]*placed{}
	parents := map[int64]int64{}
	if err := h.plain(ctx, "select row, id, type, time from event", func(r *sql.Rows) error {
		e := &placed{}
		var text string
		if err := r.Scan(&e.row, &e.id, &e.code, &text); err != nil {
			return err
		}
		v, err := edtf.Parse(text)
		e.start, e.end = v.Start(), v.End()
		all, byRow[e.row] = append(all, e), e
		return err
	}); err != nil {
		return nil, err
	}
	if err := h.plain(ctx, "select row, coalesce(parent, 0) from location", func(r *sql.Rows) error {
		var row, parent int64
		err := r.Scan(&row, &parent)
		parents[row] = parent
		return err
	}); err != nil {
		return nil, err
	}
	if err := h.plain(ctx, "select event, location from event_place where role <> 'NEARBY' and location is not null", func(r *sql.Rows) error {
		var event, location int64
		err := r.Scan(&event, &location)
		for e := byRow[event]; location != 0; location = parents[location] {
			if !slices.Contains(e.locations, location) {
				e.locations = append(e.locations, location)
			}
		}
		return err
	}); err != nil {
		return nil, err
	}
	if err := h.plain(ctx, "select event, actor from participation", func(r *sql.Rows) error {
		var event, actor int64
		err := r.Scan(&event, &actor)
		if e := byRow[event]; !slices.Contains(e.actors, actor) {
			e.actors = append(e.actors, actor)
		}
		return err
	}); err != nil {
		return nil, err
	}
	return all, h.dead(ctx, byRow)
}

// dead works out how many were killed, as orders and filters read the figure.
func (h *Handwritten) dead(ctx context.Context, byRow map[int64]*placed) error {
	var of int64
	var claims []timeline.Statement
	end := func() error {
		figure, err := timeline.Figure(claims, timeline.ClaimKilled, timeline.RuleRange)
		if n, known := figure.OrderKey(); known && err == nil {
			byRow[of].killed = &n
		}
		claims = nil
		return err
	}
	err := h.plain(ctx, `select event, kind, status, included, victims, low, best, high, coalesce(-claimant, source, 0)
		from claim order by event`, func(r *sql.Rows) error {
		var event int64
		var s timeline.Statement
		var victims *string
		var low, best, high *int
		if err := r.Scan(&event, &s.Kind, &s.Status, &s.Included, &victims, &low, &best, &high, &s.Origin); err != nil {
			return err
		}
		if victims != nil {
			s.Victims = names.Fold(*victims)
		}
		s.Low, s.Best, s.High = number(low), number(best), number(high)
		if event != of {
			if err := end(); err != nil {
				return err
			}
			of = event
		}
		claims = append(claims, s)
		return nil
	})
	if err != nil || len(claims) == 0 {
		return err
	}
	return end()
}

// plain runs a statement that is run once.
func (h *Handwritten) plain(ctx context.Context, text string, scan func(*sql.Rows) error) error {
	rows, err := h.pool.QueryContext(ctx, text)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("%.40s: %w", text, err)
		}
	}
	return rows.Err()
}

// largestOf is the keys of counts, the largest first, equal ones by key.
func largestOf(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
}
