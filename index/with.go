package index

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// actor is an actor with what it is ordered by where no language is asked for.
type actor struct {
	*Actor
	name string
}

// location is a location with what it is ordered by where no language is asked for.
type location struct {
	*Location
	name string
}

// With is the index after the changes; x stays as it was and as good. It costs what the changes
// cost: nothing is sorted or mapped anew but what they touch. A first load of everything is one
// With of everything, in n log n.
func (x *Index) With(c Changes) *Index {
	next := *x
	next.revision, next.updatedAt = c.Revision, c.UpdatedAt
	e := new(edit)
	next.putSources(e, c)
	next.putLocations(e, c)
	next.putActors(e, c)
	next.putEvents(e, c)
	next.putTimelines(e, c)
	if len(c.Locations)+len(gone(c, timeline.KindLocation)) > 0 {
		next.tree = &tree{}
	}
	next.renew(len(c.Actors)+len(c.Locations)+len(gone(c, timeline.KindActor))+len(gone(c, timeline.KindLocation)) > 0)
	return &next
}

func (x *Index) putSources(e *edit, c Changes) {
	given := map[int64]*Source{}
	for _, s := range c.Sources {
		given[s.Row] = s
	}
	for _, row := range gone(c, timeline.KindSource) {
		if given[row] == nil {
			x.putSource(e, row, nil)
		}
	}
	if x.cited == 0 { // the first ones come at once, and are packed at once
		x.clearShelves()
		x.addShelf(e, shelve(slices.Collect(maps.Values(given))))
		return
	}
	for row, s := range given {
		x.putSource(e, row, s)
	}
}

// clearShelves takes all sources out.
func (x *Index) clearShelves() {
	x.shelves, x.sources, x.cited = nil, trie[int64, *Source]{hash: identity}, 0
	x.licences = trie[string, int]{hash: x.licences.hash}
}

// addShelf adds sources of which none was there before.
func (x *Index) addShelf(e *edit, s *shelf) {
	x.shelves = append(slices.Clip(x.shelves), s)
	x.cited += len(s.row)
	for licence, n := range s.licences {
		x.countLicence(e, licence, n)
	}
}

// putSource puts one source in the place of what its row was; nil: it is gone.
func (x *Index) putSource(e *edit, row int64, s *Source) {
	if old := x.Source(row); old != nil {
		x.forget(e, timeline.KindSource, row, old.Refs)
		x.countLicence(e, old.Licence, -1)
		x.cited--
	}
	_, _, shelved := x.onShelf(row)
	if s == nil && !shelved {
		x.sources.del(e, row)
		return
	}
	x.sources.set(e, row, s)
	if s != nil {
		x.learn(e, timeline.KindSource, row, s.Refs)
		x.countLicence(e, s.Licence, 1)
		x.cited++
	}
}

func (x *Index) putLocations(e *edit, c Changes) {
	given := make([]*location, len(c.Locations))
	for i, l := range c.Locations {
		given[i] = &location{l, shownFolded(l.Names, l.Folded, l.Name(nil))}
	}
	out, in := replace(&x.locations, e, given, (*location).row, gone(c, timeline.KindLocation))
	below := newRelink()
	for _, l := range out {
		x.forget(e, timeline.KindLocation, l.Row, l.Refs)
		below.drop[l.Parent] = append(below.drop[l.Parent], l.Row)
	}
	for _, l := range in {
		x.learn(e, timeline.KindLocation, l.Row, l.Refs)
		below.add[l.Parent] = append(below.add[l.Parent], l.Row)
	}
	below.apply(&x.children, e, x.compareLocations)
}

func (x *Index) putActors(e *edit, c Changes) {
	given := make([]*actor, len(c.Actors))
	for i, a := range c.Actors {
		given[i] = &actor{a, shownFolded(a.Names, a.Folded, a.Name(nil))}
	}
	out, in := replace(&x.actors, e, given, (*actor).row, gone(c, timeline.KindActor))
	pointing := newRelink()
	for _, a := range out {
		x.forget(e, timeline.KindActor, a.Row, a.Refs)
		for _, r := range a.Relations {
			pointing.drop[r.Actor] = append(pointing.drop[r.Actor], a.Row)
		}
	}
	for _, a := range in {
		x.learn(e, timeline.KindActor, a.Row, a.Refs)
		for _, r := range a.Relations {
			pointing.add[r.Actor] = append(pointing.add[r.Actor], a.Row)
		}
	}
	pointing.apply(&x.relatives, e, cmp.Compare[int64])
}

func (x *Index) putEvents(e *edit, c Changes) {
	out, in := replace(&x.events, e, c.Events, (*Event).row, gone(c, timeline.KindEvent))
	recent := out
	out = append(slices.Clone(out), x.mask(c)...)
	pointing := newRelink()
	for _, ev := range out {
		x.forget(e, timeline.KindEvent, ev.Row, ev.Refs)
		x.forget(e, timeline.KindClaim, ev.Row, claimIDs(ev))
		for _, r := range ev.Relations {
			pointing.drop[r.Event] = append(pointing.drop[r.Event], ev.Row)
		}
	}
	for _, ev := range in {
		x.learn(e, timeline.KindEvent, ev.Row, ev.Refs)
		x.learn(e, timeline.KindClaim, ev.Row, claimIDs(ev))
		for _, r := range ev.Relations {
			pointing.add[r.Event] = append(pointing.add[r.Event], ev.Row)
		}
	}
	pointing.apply(&x.related, e, cmp.Compare[int64])
	x.inTime = x.inTime.with(recent, in)
	x.settle(e)
}

// mask takes the events that a change speaks of out of the segments, and gives them as they were.
func (x *Index) mask(c Changes) (out []*Event) {
	x.segments = slices.Clone(x.segments)
	for _, row := range gone(c, timeline.KindEvent) {
		if old, ok := mask(x.segments, row); ok {
			out = append(out, old)
		}
	}
	for _, e := range c.Events {
		if old, ok := mask(x.segments, e.Row); ok {
			out = append(out, old)
		}
	}
	return out
}

func (x *Index) putTimelines(e *edit, c Changes) {
	out, in := replace(&x.timelines, e, c.Timelines, (*Timeline).row, gone(c, timeline.KindTimeline))
	for _, t := range out {
		x.forget(e, timeline.KindTimeline, t.Row, t.Refs)
	}
	for _, t := range in {
		x.learn(e, timeline.KindTimeline, t.Row, t.Refs)
	}
}

func (s *Source) row() int64   { return s.Row }
func (l *location) row() int64 { return l.Row }
func (a *actor) row() int64    { return a.Row }
func (e *Event) row() int64    { return e.Row }
func (t *Timeline) row() int64 { return t.Row }

// replace puts records into a table and takes those that are gone out. It gives what was there
// before and is no longer, and what is there now and was not.
func replace[V any](
	t *trie[int64, V], e *edit, given []V, row func(V) int64, gone []int64,
) (out, in []V) {
	last := make(map[int64]int, len(given))
	for i, v := range given {
		last[row(v)] = i
	}
	leave := func(row int64) {
		if old, ok := t.get(row); ok {
			out = append(out, old)
			t.del(e, row)
		}
	}
	for _, r := range gone {
		leave(r)
	}
	for i, v := range given {
		if last[row(v)] == i {
			leave(row(v))
			in = append(in, v)
		}
	}
	for _, v := range in {
		t.set(e, row(v), v)
	}
	return out, in
}

// gone lists the rows of a kind that a change takes out.
func gone(c Changes, kind timeline.Kind) []int64 {
	var rows []int64
	for _, g := range c.Gone {
		if g.Kind == kind {
			rows = append(rows, g.Row)
		}
	}
	return rows
}

// learn makes a record answer to its refs.
func (x *Index) learn(e *edit, kind timeline.Kind, row int64, refs []string) {
	for _, text := range refs {
		x.refs.set(e, ref{kind, text}, row)
	}
}

// forget undoes learn.
func (x *Index) forget(e *edit, kind timeline.Kind, row int64, refs []string) {
	for _, text := range refs {
		if now, ok := x.refs.get(ref{kind, text}); ok && now == row {
			x.refs.del(e, ref{kind, text})
		}
	}
}

func (x *Index) countLicence(e *edit, licence string, by int) {
	if licence == "" {
		return
	}
	n, _ := x.licences.get(licence)
	if n+by == 0 {
		x.licences.del(e, licence)
		return
	}
	x.licences.set(e, licence, n+by)
}

// compareLocations is the order of children: the folded default name, then the id.
func (x *Index) compareLocations(a, b int64) int {
	l, _ := x.locations.get(a)
	m, _ := x.locations.get(b)
	return cmp.Or(strings.Compare(l.name, m.name), strings.Compare(l.ID, m.ID), cmp.Compare(a, b))
}

func claimIDs(e *Event) []string {
	ids := make([]string, len(e.Claims))
	for i := range e.Claims {
		ids[i] = e.Claims[i].ID
	}
	return ids
}

// shownFolded is the folded form of the name that is shown; empty where there is none.
func shownFolded(all []timeline.Name, folded []string, shown *timeline.Text) string {
	if shown == nil {
		return ""
	}
	for i, n := range all {
		if n.Text == shown.Text && i < len(folded) {
			return folded[i]
		}
	}
	return names.Fold(shown.Text)
}

// folded is the folded text; empty for none.
func folded(t *timeline.Text) string {
	if t == nil {
		return ""
	}
	return names.Fold(t.Text)
}

// latestDay is the last day of a time where it has one; DistantPast: none.
func latestDay(t *timeline.Time) edtf.Day {
	if t == nil || !t.End.Last.Finite() {
		return edtf.DistantPast
	}
	return t.End.Last
}
