package db

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/timeline"
)

// Whole is one revision of the record as it lies in the file, for whoever wants all of it: it needs no
// index (see [Options], Unindexed), reads the tables from their beginning to their end and holds what
// a chunk of them names. It withholds nothing: a public service must not give it out. It is not safe
// for use by many goroutines, and must be closed.
type Whole struct {
	d        *DB
	s        *session
	revision int64
	facts    *facts // reads actors and locations

	locations    map[int64]*index.Location
	actors       map[int64]*index.Actor
	locationRows map[string]int64 // by key, of those in locations
	actorRows    map[string]int64
	events       *shownEvents // the chunk read last
	sources      map[int64]*index.Source
	shown        map[string]*timeline.SourceRecord
	claims       []index.Claim // of the event at hand
}

// wholeKnown is how many locations, and how many actors, a Whole remembers between chunks.
const wholeKnown = 2048

// Whole opens the newest revision.
func (d *DB) Whole(ctx context.Context) (*Whole, error) {
	s, err := d.reader(ctx)
	if err != nil {
		return nil, err
	}
	w := &Whole{d: d, s: s, facts: &facts{s: s, changes: &index.Changes{}}, events: &shownEvents{events: map[int64]*timeline.EventRecord{}}}
	w.forget()
	// What is read from beginning to end is read once: a small cache of pages does, and is given back.
	if err = s.control(ctx, "pragma cache_size = -2048"); err == nil {
		err = s.control(ctx, "begin")
	}
	if err == nil {
		w.revision, _, err = probe(ctx, s)
	}
	if err != nil {
		s.broken = true
		d.release(s)
		return nil, err
	}
	return w, nil
}

// Close gives the reader back.
func (w *Whole) Close() {
	_ = w.s.control(context.Background(), "rollback")
	w.s.broken = true // it has another cache than readers have
	w.d.release(w.s)
}

// Revision is the revision that is read.
func (w *Whole) Revision() int64 { return w.revision }

// Records gives every record, kind by kind in the order of timeline.Kinds and in each kind in the
// order in which they came, a chunk in memory at a time. Refs are keys. The first error ends it.
func (w *Whole) Records(ctx context.Context) iter.Seq2[*timeline.Record, error] {
	return allRecords(ctx, w.s, w.s.each)
}

// Events are the rows of all events in their own order, and the place that each has in the order of
// time: by when they began, how surely, when they ended, and their ids; undated ones last.
func (w *Whole) Events(ctx context.Context) (rows []int64, places []int, err error) {
	type event struct {
		undated      bool
		from, by, to edtf.Day
		byID, number int32
	}
	var count int
	if err := w.s.each(ctx, "select count(*) from event", nil, scanInto(&count)); err != nil {
		return nil, nil, err
	}
	all := make([]event, 0, count)
	rows = make([]int64, 0, count)
	err = w.s.sweep(ctx, "select x.row, x.time from event x where x.row "+anyRow().in+" order by x.row", []any{anyRow().list}, func(r values) error {
		v, err := parseEDTF(r.text(1))
		t := timeline.NewTime(v)
		e := event{undated: t.Undated(), number: int32(len(rows))}
		if !e.undated {
			e.from, e.by, e.to = t.Start.First, t.Start.Last, t.End.Last
		}
		rows, all = append(rows, r.number(0)), append(all, e)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	n := int32(0)
	err = w.s.sweep(ctx, "select x.row from event x where x.row "+anyRow().in+" order by x.id", []any{anyRow().list}, func(r values) error {
		if i, ok := slices.BinarySearch(rows, r.number(0)); ok {
			all[i].byID = n
		}
		n++
		return nil
	})
	slices.SortFunc(all, func(a, b event) int {
		if a.undated != b.undated {
			if a.undated {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.by, b.by), cmp.Compare(a.to, b.to), cmp.Compare(a.byID, b.byID))
	})
	places = make([]int, len(all))
	for place, e := range all {
		places[e.number] = place
	}
	return rows, places, err
}

// Terms are what the sources of the events ask of whoever passes their facts on: the licences and the
// attributions, each once, sorted.
func (w *Whole) Terms(ctx context.Context) (licences, attributions []string, err error) {
	for column, into := range map[string]*[]string{"licence": &licences, "attribution": &attributions} {
		err := w.s.each(ctx, "select distinct s."+column+" from source s where s."+column+` is not null
			and (exists (select 1 from citation c where c.source = s.row) or exists (select 1 from claim c where c.source = s.row))
			order by 1`, nil, func(r rowScanner) error {
			var term string
			err := r.Scan(&term)
			*into = append(*into, term)
			return err
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return licences, attributions, nil
}

// ShownEvents are the events of rows, ascending, as [View.ShownEvents] gives them. What they name is
// good until the next call: [Whole.ShownSources], [Whole.Location], [Whole.Above], [Whole.Actor] and
// [Whole.FigureOf] speak of them alone.
func (w *Whole) ShownEvents(ctx context.Context, rows []int64) (map[int64]*timeline.EventRecord, error) {
	a := amongRows(rows)
	if n := len(rows); n > 0 && rows[n-1]-rows[0] < 2*int64(n) { // a sweep that leaves some out
		a = amongAll(rows[0], rows[n-1])
	}
	if err := readShown(ctx, w.s, a, w.events.emptied()); err != nil {
		return nil, err
	}
	if len(w.locations) > wholeKnown || len(w.actors) > wholeKnown {
		w.forget()
	}
	keys, err := w.meet(ctx)
	if err != nil {
		return nil, err
	}
	return w.events.assemble(func(kind timeline.Kind, row int64) string {
		switch kind {
		case timeline.KindLocation:
			if l := w.locations[row]; l != nil {
				return l.Key
			}
		case timeline.KindActor:
			if a := w.actors[row]; a != nil {
				return a.Key
			}
		}
		return keys[kind][row]
	}), nil
}

// forget drops the locations and actors of earlier chunks.
func (w *Whole) forget() {
	w.locations, w.locationRows = map[int64]*index.Location{}, map[string]int64{}
	w.actors, w.actorRows = map[int64]*index.Actor{}, map[string]int64{}
}

// meet reads what the chunk names and is not known, and gives the keys of sources and events.
func (w *Whole) meet(ctx context.Context) (map[timeline.Kind]map[int64]string, error) {
	named := map[timeline.Kind]map[int64]bool{}
	for _, kind := range timeline.Kinds() {
		named[kind] = map[int64]bool{}
	}
	w.events.eachNamed(func(kind timeline.Kind, row int64) {
		if w.locations[row] != nil && kind == timeline.KindLocation || w.actors[row] != nil && kind == timeline.KindActor {
			return
		}
		named[kind][row] = true
	})
	keys, err := keysByRows(ctx, w.s, timeline.KindEvent, ascending(named[timeline.KindEvent]))
	sources := map[int64]string{}
	return map[timeline.Kind]map[int64]string{timeline.KindSource: sources, timeline.KindEvent: keys}, errors.Join(err,
		w.meetSources(ctx, named[timeline.KindSource], sources),
		w.meetLocations(ctx, named[timeline.KindLocation]),
		w.meetActors(ctx, named[timeline.KindActor]))
}

// meetSources reads sources, and those that they repeat, as far as that goes.
func (w *Whole) meetSources(ctx context.Context, named map[int64]bool, keys map[int64]string) error {
	w.sources, w.shown = make(map[int64]*index.Source, len(named)), make(map[string]*timeline.SourceRecord, len(named))
	for len(named) > 0 {
		repeated := map[int64]bool{}
		err := eachShownSource(ctx, w.s, ascending(named), func(row, origin int64, s *timeline.SourceRecord) {
			facts := &index.Source{Row: row, Origin: origin}
			if !s.PublishedOn.IsZero() {
				t := timeline.NewTime(s.PublishedOn)
				facts.Published = &t
			}
			w.sources[row], w.shown[s.Key], keys[row] = facts, s, s.Key
			if origin != 0 {
				repeated[origin] = true
			}
		})
		if err != nil {
			return err
		}
		maps.DeleteFunc(repeated, func(row int64, _ bool) bool { return w.sources[row] != nil })
		named = repeated
	}
	return nil
}

// meetLocations reads locations and all above them.
func (w *Whole) meetLocations(ctx context.Context, named map[int64]bool) error {
	for len(named) > 0 {
		parents := map[int64]bool{}
		err := eachShownLocation(ctx, w.s, ascending(named), func(l *index.Location) {
			w.locations[l.Row], w.locationRows[l.Key] = l, l.Row
			parents[l.Parent] = l.Parent != 0
		})
		if err != nil {
			return err
		}
		maps.DeleteFunc(parents, func(row int64, is bool) bool { return !is || w.locations[row] != nil })
		named = parents
	}
	return nil
}

func (w *Whole) meetActors(ctx context.Context, named map[int64]bool) error {
	if len(named) == 0 {
		return nil
	}
	w.facts.changes.Actors = nil
	err := w.facts.actors(ctx, listed(ascending(named)))
	for _, a := range w.facts.changes.Actors {
		w.actors[a.Row], w.actorRows[a.Key] = a, a.Row
	}
	return err
}

// ascending is a set of rows in order.
func ascending(set map[int64]bool) []int64 {
	rows := make([]int64, 0, len(set))
	for row := range set {
		rows = append(rows, row)
	}
	slices.Sort(rows)
	return rows
}

// ShownSources are sources by their keys.
func (w *Whole) ShownSources(_ context.Context, keys []string) (map[string]*timeline.SourceRecord, error) {
	found := make(map[string]*timeline.SourceRecord, len(keys))
	for _, key := range keys {
		if s := w.shown[key]; s != nil {
			found[key] = s
		}
	}
	return found, nil
}

// Location is a location by its key; NOT_FOUND where there is none.
func (w *Whole) Location(key string) (*timeline.Location, error) {
	if l := w.locations[w.locationRows[key]]; l != nil {
		return &l.Location, nil
	}
	return nil, timeline.NotFoundf("ref", "there is no location of that ref")
}

// Above are the locations above one, outermost first. A circle, which the checker refuses, ends it.
func (w *Whole) Above(l *timeline.Location) []*timeline.Location {
	var above []*timeline.Location
	for up := w.locations[w.locationRows[l.Key]]; up != nil; {
		up = w.locations[up.Parent]
		if up == nil || slices.Contains(above, &up.Location) {
			break
		}
		above = append(above, &up.Location)
	}
	slices.Reverse(above)
	return above
}

// Actor is an actor by its key; NOT_FOUND where there is none.
func (w *Whole) Actor(key string) (*timeline.Actor, error) {
	if a := w.actors[w.actorRows[key]]; a != nil {
		return &a.Actor, nil
	}
	return nil, timeline.NotFoundf("ref", "there is no actor of that ref")
}

// FigureOf is what a rule makes of those claims of the event of a row that are meant, by their ids.
func (w *Whole) FigureOf(row int64, kind timeline.ClaimKind, rule timeline.CasualtyRule, meant func(id string) bool) (*timeline.Casualties, error) {
	n := w.events
	w.claims = w.claims[:0]
	for i, _ := slices.BinarySearch(n.claims.events, row); i < len(n.claims.events) && n.claims.events[i] == row; i++ {
		w.claims = append(w.claims, n.facts(i))
	}
	source := func(row int64) *index.Source { return w.sources[row] }
	return index.FigureOfClaims(w.claims, source, kind, rule, func(c *index.Claim) bool { return meant(c.ID) })
}
