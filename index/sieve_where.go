package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"tarikh/timeline"
)

// sieve is the sieve of a filter that has been compiled without a mistake.
func (c *compiler) sieve(w *timeline.EventWhere) sieve {
	if w == nil {
		return everything
	}
	var list []sieve
	add := func(on bool, one func() sieve) {
		if on {
			list = append(list, one())
		}
	}
	add(w.Refs != nil, func() sieve { return c.eventsSieve(w.Refs) })
	add(w.Type != nil, func() sieve { return codesSieve(func(s *segment) *postings { return &s.types }, coveredTypes(w.Type)) })
	add(w.Status != nil, func() sieve {
		return codesSieve(func(s *segment) *postings { return &s.statuses }, texts(w.Status))
	})
	add(w.Tags != nil, func() sieve { return tagsSieve(w.Tags) })
	add(w.Time != nil, func() sieve { return c.timeSieve(w.Time) })
	add(w.Place != nil, func() sieve { return c.placeSieve(w.Place) })
	add(w.Actor != nil, func() sieve { return c.actorSieve(w.Actor) })
	add(w.Participants != nil, func() sieve { return c.participantsSieve(w.Participants) })
	add(w.Sources != nil, func() sieve { return c.sourcesSieve(w.Sources) })
	add(w.Text != nil, func() sieve { return c.texts[w] })
	add(w.Claims != nil, func() sieve { return anything })
	add(w.Casualties != nil, func() sieve { return casualtiesSieve(w.Casualties) })
	add(w.Contested != nil, func() sieve { return contestedSieve(*w.Contested) })
	add(w.Timeline != nil, func() sieve { return c.timelineSieve(*w.Timeline) })
	for _, inner := range w.And {
		list = append(list, c.sieve(inner))
	}
	if w.Or != nil {
		var either []sieve
		for _, inner := range w.Or {
			either = append(either, c.sieve(inner))
		}
		list = append(list, anySieve(either))
	}
	if w.Not != nil {
		list = append(list, notSieve(c.sieve(w.Not)))
	}
	return allSieves(list)
}

func texts[S ~string](list []S) []string {
	all := make([]string, len(list))
	for i, s := range list {
		all[i] = string(s)
	}
	return all
}

// known is the rows of refs, which have been resolved before.
func (c *compiler) known(kind timeline.Kind, refs []string) []int64 {
	rows, _ := c.rows(kind, refs, "")
	return rows
}

// eventsSieve passes the events of refs.
func (c *compiler) eventsSieve(refs []string) sieve {
	return ordinalsOf(c.known(timeline.KindEvent, refs))
}

// ordinalsOf passes the events of rows.
func ordinalsOf(rows []int64) sieve {
	return func(s *segment) sifted {
		set := roaring.New()
		for _, row := range rows {
			if o, ok := s.find(row); ok {
				set.Add(o)
			}
		}
		return sifted{set: set, exact: true}
	}
}

// onlySieve passes the events of a set of rows; nil: any.
func onlySieve(rows *Rows) sieve {
	if rows == nil {
		return everything
	}
	return func(s *segment) sifted {
		set := roaring.New()
		if rows.Len() < s.n/16 {
			for row := range rows.All() {
				if o, ok := s.find(row); ok {
					set.Add(o)
				}
			}
			return sifted{set: set, exact: true}
		}
		dense := make([]uint64, (s.n+63)/64)
		for o, row := range s.row {
			if rows.Has(int64(row)) {
				dense[o>>6] |= 1 << (o & 63)
			}
		}
		return sifted{set: roaring.FromDense(dense, false), exact: true}
	}
}

// tagsSieve passes events with one of the tags. Where a segment has so many words that tags were not
// numbered any more, it knows nothing.
func tagsSieve(tags []string) sieve {
	return func(s *segment) sifted {
		if len(s.words) >= mostPooled {
			return sifted{}
		}
		var values []uint32
		for i, word := range s.words {
			if slices.Contains(tags, word) {
				values = append(values, uint32(i))
			}
		}
		return sifted{set: s.tags.union(s.n, values), exact: true}
	}
}

// placeSieve passes events with a place of the filter. It is exact where one member says all of it.
func (c *compiler) placeSieve(w *timeline.PlaceWhere) sieve {
	var list []sieve
	one := 0 // members that speak of one and the same place
	if w.Within != nil {
		one++
		list = append(list, c.x.hereSieve(c.known(timeline.KindLocation, w.Within)))
	}
	if w.Exactly != nil {
		one++
		list = append(list, rowsSieve(locationsOf, c.known(timeline.KindLocation, w.Exactly)))
	}
	if w.Bbox != nil || w.Near != nil {
		one += 2 // nothing is known of where points lie
		if w.Precision == nil {
			list = append(list, lent(func(s *segment) *roaring.Bitmap { return s.positioned }))
		}
	}
	if w.Precision != nil {
		one += 2
	}
	if w.Known != nil {
		known := lent(func(s *segment) *roaring.Bitmap { return s.placed })
		if !*w.Known {
			known = notSieve(known)
		} else {
			one++
		}
		list = append(list, known)
	}
	if one > 1 {
		return inexact(allSieves(list))
	}
	return allSieves(list)
}

func locationsOf(s *segment) *postings { return &s.locations }
func actorsOf(s *segment) *postings    { return &s.actors }
func sourcesOf(s *segment) *postings   { return &s.sources }

// hereSieve passes events at one of the locations, or below it.
func (x *Index) hereSieve(locations []int64) sieve {
	return lent(func(s *segment) *roaring.Bitmap { return x.hereIn(s, locations) })
}

// actorSieve passes events in which somebody of each family takes part. Roles, and memberships that
// must hold at the event's time, are left to the test.
func (c *compiler) actorSieve(a *timeline.ActorRefWhere) sieve {
	if hasEmpty(a) {
		return nothing
	}
	var list []sieve
	family := func(rows []int64) {
		f := c.x.family(rows, a.Include)
		var members []int64
		for row := range f.always {
			members = append(members, row)
		}
		for row := range f.wholes {
			members = append(members, row)
		}
		one := rowsSieve(actorsOf, members)
		if a.Role != nil || len(f.wholes) > 0 {
			one = inexact(one)
		}
		list = append(list, one)
	}
	if a.Any != nil {
		family(c.known(timeline.KindActor, a.Any))
	}
	for _, row := range c.known(timeline.KindActor, a.All) {
		family([]int64{row})
	}
	if a.Any == nil && a.All == nil && a.Role != nil {
		return anything
	}
	return allSieves(list)
}

// participantsSieve passes what some and none of a filter of participations pass.
func (c *compiler) participantsSieve(p *timeline.ParticipationsWhere) sieve {
	var list []sieve
	if p.Some != nil {
		list = append(list, c.participationSieve(p.Some))
	}
	if p.None != nil {
		list = append(list, notSieve(c.participationSieve(p.None)))
	}
	if p.Every != nil {
		list = append(list, anything)
	}
	return allSieves(list)
}

// participationSieve passes events in which an actor of the filter takes part.
func (c *compiler) participationSieve(w *timeline.ParticipationWhere) sieve {
	if w.Actor == nil {
		return anything
	}
	meant, err := c.actors(w.Actor, "")
	if err != nil || meant(nil) { // nobody is one of whom no list is kept: somebody who is gone
		return anything
	}
	var rows []int64
	for row, a := range c.x.actors.all() {
		if meant(a.Actor) {
			rows = append(rows, row)
		}
	}
	one := rowsSieve(actorsOf, rows)
	if w.Role != nil || w.Side != nil || w.Certainty != nil {
		return inexact(one)
	}
	return one
}

// sourcesSieve passes what some and none of a filter of sources pass.
func (c *compiler) sourcesSieve(q *timeline.SourcesWhere) sieve {
	var list []sieve
	if q.Some != nil {
		list = append(list, c.sourceSieve(q.Some))
	}
	if q.None != nil {
		list = append(list, notSieve(c.sourceSieve(q.None)))
	}
	if q.Every != nil {
		list = append(list, anything)
	}
	return allSieves(list)
}

// sourceSieve passes events with a source of the filter.
func (c *compiler) sourceSieve(w *timeline.SourceWhere) sieve {
	meant, err := c.source(w, "")
	if err != nil || meant(nil) {
		return anything
	}
	var rows []int64
	if w.Refs != nil {
		for _, row := range c.known(timeline.KindSource, w.Refs) {
			if meant(c.x.sourceFacts(row)) {
				rows = append(rows, row)
			}
		}
	} else {
		rows = keptSources(c.x, meant)
	}
	return rowsSieve(sourcesOf, rows)
}

// casualtiesSieve passes events by the figure that is kept in a column: the best, else the low, of
// those killed, by RANGE.
func casualtiesSieve(f *timeline.CasualtyWhere) sieve {
	kind, rule := f.Figure()
	if kind != timeline.ClaimKilled || rule != timeline.RuleRange || f.AtLeast == nil || *f.AtLeast > hugeFigure {
		return anything
	}
	return func(s *segment) sifted { return sifted{s.deadly.atLeast(s.killed, *f.AtLeast), f.AtMost == nil, true} }
}

// contestedSieve passes events with several claims, of which alone some may be contested.
func contestedSieve(is bool) sieve {
	if !is {
		return anything
	}
	return func(s *segment) sifted { return sifted{set: s.disputable, lent: true} }
}

// timelineSieve passes the events of a saved timeline.
func (c *compiler) timelineSieve(ref string) sieve {
	row, ok := c.x.Resolve(timeline.KindTimeline, ref)
	if !ok {
		return anything
	}
	return c.savedSieve(row)
}

func (c *compiler) savedSieve(row int64) sieve {
	t := c.x.Timeline(row)
	if t == nil || slices.Contains(c.saved, row) {
		return anything
	}
	either := []sieve{ordinalsOf(t.Picked)}
	if t.Where != nil {
		c.saved = append(c.saved, row)
		either = append(either, c.sieve(t.Where))
		c.saved = c.saved[:len(c.saved)-1]
	}
	return allSieves([]sieve{anySieve(either), notSieve(ordinalsOf(t.Omitted))})
}

// parentSieve passes the events below a parent.
func (c *compiler) parentSieve(p Parent) sieve {
	switch p.Kind {
	case timeline.KindActor:
		return rowsSieve(actorsOf, []int64{p.Row})
	case timeline.KindLocation:
		return c.x.hereSieve([]int64{p.Row})
	case timeline.KindSource:
		return rowsSieve(sourcesOf, []int64{p.Row})
	case timeline.KindTimeline:
		return c.savedSieve(p.Row)
	case timeline.KindEvent:
		return ordinalsOf(c.x.parts(p.Row))
	}
	return everything
}
