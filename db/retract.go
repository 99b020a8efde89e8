package db

import (
	"context"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/timeline"
)

// coverage is what a whole file of a dataset speaks of: which events, of which years.
type coverage struct {
	dataset string // key of the source; empty: no row has come
	version string // of the dataset; empty: the newest
	mixed   bool   // rows of more than one dataset have come
	rows    []int64
	held    map[string]bool // the dataset's rows that the file has
	window  edtf.Window
}

// see widens the coverage by an event that the file has.
func (c *coverage) see(row int64, e *timeline.EventRecord) {
	if e == nil || len(e.Origins) == 0 {
		return
	}
	dataset := e.Origins[0].Dataset.Ref
	start, end := e.Time.Start(), e.Time.End()
	if c.dataset == "" {
		c.held = map[string]bool{}
		c.dataset, c.version = dataset, e.Origins[0].Version
		c.window = edtf.Window{From: edtf.DistantFuture, To: edtf.DistantPast}
	}
	for _, o := range e.Origins {
		c.mixed = c.mixed || o.Dataset.Ref != c.dataset
		c.held[strings.Clone(o.DatasetRow)] = true
	}
	c.rows = append(c.rows, row)
	if start.First.Finite() {
		c.window.From = min(c.window.From, start.First)
	}
	if end.Last.Finite() {
		c.window.To = max(c.window.To, end.Last)
	}
}

// years widens the window to whole years.
func (c *coverage) years() edtf.Window {
	first, _, _ := c.window.From.Date()
	last, _, _ := c.window.To.Date()
	from, err := edtf.NewDay(first, 1, 1)
	to, err2 := edtf.NewDay(last, 12, 31)
	if err != nil || err2 != nil {
		return c.window
	}
	return edtf.Window{From: from, To: to}
}

// countries gives, for events, the country that lies above their main place.
const countries = `with recursive up (event, row) as (
		select p.event, p.location from event_place p
		where p.pos = 0 and p.location is not null and p.event in (select value from json_each(?1))
		union
		select up.event, l.parent from up join location l on l.row = up.row where l.parent is not null)
	select up.event, up.row from up join location l on l.row = up.row where l.parent is null`

func (t *Tx) countriesOf(ctx context.Context, rows []int64) (map[int64]int64, error) {
	of := make(map[int64]int64, len(rows))
	for some := range slices.Chunk(rows, 5000) {
		err := t.s.each(ctx, countries, []any{list(some)}, func(r rowScanner) error {
			var event, country int64
			err := r.Scan(&event, &country)
			of[event] = country
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return of, nil
}

// retract withdraws the rows that the dataset had and has no longer, in the countries
// and years that the file covers: their claims become RETRACTED, and the events that the
// dataset made of them. An event that somebody else made, or of which another row is left,
// loses the claims only. Rows of a newer version than the file's stay. Nothing is deleted.
func (t *Tx) retract(ctx context.Context, c *coverage) (int, error) {
	if c.mixed {
		return 0, timeline.Errorf(timeline.CodeInvalid, "a complete file holds the rows of one dataset; this one holds several")
	}
	if c.dataset == "" {
		return 0, nil
	}
	gone, err := t.missing(ctx, c)
	if err != nil {
		return 0, err
	}
	retracted := 0
	for some := range slices.Chunk(gone, chunk) {
		n, err := t.retractSome(ctx, c, some)
		if err != nil {
			return retracted, err
		}
		retracted += n
	}
	return retracted, nil
}

// missing are the events with rows of the dataset that the file has not, in the
// countries that it covers.
func (t *Tx) missing(ctx context.Context, c *coverage) ([]int64, error) {
	var candidates []int64
	err := t.s.each(ctx, `select o.event, o.dataset_row from source s cross join origin o on o.dataset = s.row
		where s.key = ?1 and o.dataset_row is not null order by o.event`,
		[]any{c.dataset}, func(r rowScanner) error {
			var event int64
			var row string
			err := r.Scan(&event, &row)
			if !c.held[row] {
				candidates = append(candidates, event)
			}
			return err
		})
	candidates = slices.Compact(candidates)
	if err != nil {
		return nil, err
	}
	covered, err := t.countriesOf(ctx, c.rows)
	if err != nil {
		return nil, err
	}
	spoken := map[int64]bool{}
	for _, country := range covered {
		spoken[country] = true
	}
	of, err := t.countriesOf(ctx, candidates)
	return keep(candidates, func(row int64) bool { return spoken[of[row]] }), err
}

func (t *Tx) retractSome(ctx context.Context, c *coverage, rows []int64) (int, error) {
	records, err := recordsByRows(ctx, t.s, timeline.KindEvent, rows)
	if err != nil {
		return 0, err
	}
	var changed []*timeline.Record
	for _, row := range rows {
		e := records[row].Event
		if edtf.Certain(e.Time.Start(), e.Time.End(), c.years()) &&
			e.Retract(c.dataset, c.version, c.held) {
			changed = append(changed, records[row])
		}
	}
	outcomes, err := t.Put(ctx, changed)
	for _, o := range outcomes {
		if o.Err != nil {
			return 0, o.Err
		}
	}
	return len(changed), err
}
