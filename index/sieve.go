package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"tarikh/edtf"
	"tarikh/timeline"
)

// A sieve is what inverted lists and columns know of a filter: of each segment the ordinals that may
// be meant. The plain test of the filter (see compile.go) is the truth; the sieve only keeps it from
// being asked of everything, and, where it is exact, of anything.
type sieve func(s *segment) sifted

// sifted is some ordinals of a segment: no event outside of them is meant and, where they are exact,
// every one of them is. A nil set is all ordinals. A lent set is not to be written to.
type sifted struct {
	set   *roaring.Bitmap
	exact bool
	lent  bool // the set is not ours to write to
}

// anything is the sieve that knows nothing, and everything the one of no restriction.
func anything(*segment) sifted   { return sifted{} }
func everything(*segment) sifted { return sifted{exact: true} }
func nothing(*segment) sifted    { return sifted{set: roaring.New(), exact: true} }

// allSieves passes what all of them pass.
func allSieves(list []sieve) sieve {
	switch len(list) {
	case 0:
		return everything
	case 1:
		return list[0]
	}
	return func(s *segment) sifted {
		all := sifted{exact: true}
		for _, one := range list {
			f := one(s)
			all.exact = all.exact && f.exact
			switch {
			case f.set == nil:
			case all.set == nil:
				all.set, all.lent = f.set, f.lent
			case all.lent:
				all.set, all.lent = roaring.And(all.set, f.set), false
			default:
				all.set.And(f.set)
			}
		}
		return all
	}
}

// anySieve passes what one of them passes; of none of them, nothing.
func anySieve(list []sieve) sieve {
	return func(s *segment) sifted {
		some := sifted{set: roaring.New(), exact: true}
		for _, one := range list {
			f := one(s)
			if f.set == nil {
				return sifted{exact: f.exact}
			}
			some.exact = some.exact && f.exact
			some.set.Or(f.set)
		}
		return some
	}
}

// notSieve passes what the other does not pass. Of one that is not exact that may be anything.
func notSieve(one sieve) sieve {
	return func(s *segment) sifted {
		f := one(s)
		switch {
		case !f.exact:
			return sifted{}
		case f.set == nil:
			return nothing(s)
		}
		return sifted{set: roaring.Flip(f.set, 0, uint64(s.n)), exact: true}
	}
}

// inexact passes the same and is sure of none of it.
func inexact(one sieve) sieve {
	return func(s *segment) sifted {
		f := one(s)
		f.exact = false
		return f
	}
}

// lent is the sieve of a set that the segment keeps.
func lent(of func(s *segment) *roaring.Bitmap) sieve {
	return func(s *segment) sifted { return sifted{of(s), true, true} }
}

// codesSieve passes events of which a column has one of the codes.
func codesSieve(of func(s *segment) *postings, codes []string) sieve {
	return func(s *segment) sifted {
		var values []uint32
		for _, code := range codes {
			if i := slices.Index(s.codes, code); i >= 0 {
				values = append(values, uint32(i))
			}
		}
		return sifted{set: of(s).union(s.n, values), exact: true}
	}
}

// rowsSieve passes events that have one of the rows in an inverted list.
func rowsSieve(of func(s *segment) *postings, rows []int64) sieve {
	values := make([]uint32, 0, len(rows))
	for _, row := range rows {
		values = append(values, uint32(row))
	}
	return func(s *segment) sifted {
		if len(values) == 1 {
			return sifted{of(s).of(values[0]), true, true}
		}
		return sifted{set: of(s).union(s.n, values), exact: true}
	}
}

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

// timeSieve passes what a filter of time means, exactly.
func (c *compiler) timeSieve(w *timeline.TimeWhere) sieve {
	list := []sieve{c.windowSieve(w)}
	if w.Precision != nil {
		list = append(list, codesSieve(func(s *segment) *postings { return &s.precisions }, texts(w.Precision)))
	}
	if w.Qualified != nil {
		qualified := lent(func(s *segment) *roaring.Bitmap { return s.qualified })
		if !*w.Qualified {
			qualified = notSieve(qualified)
		}
		list = append(list, qualified)
	}
	if w.Known != nil {
		from, to := func(s *segment) int { return 0 }, func(s *segment) int { return s.dated }
		if !*w.Known {
			from, to = to, func(s *segment) int { return s.n }
		}
		list = append(list, func(s *segment) sifted {
			set := roaring.New()
			set.AddRange(uint64(from(s)), uint64(to(s)))
			return sifted{set: set, exact: true}
		})
	}
	return allSieves(list)
}

// windowSieve passes what may, or what surely does, touch a window.
func (c *compiler) windowSieve(w *timeline.TimeWhere) sieve {
	window := windowOf(w)
	if w.Mode == nil || *w.Mode == timeline.ModePossible {
		if window.From == edtf.DistantPast && window.To == edtf.DistantFuture {
			return everything // whatever there is may touch all of time
		}
		return func(s *segment) sifted { return sifted{set: s.possible(window), exact: true} }
	}
	certain := windowTest(w)
	return func(s *segment) sifted {
		set := s.certain(window)
		s.eachOf(s.open, wantTime|wantCitations|wantClaims, func(e *Event) bool {
			if o, _ := s.find(e.Row); certain(span{&e.Time, c.x, e}) {
				set.Add(o)
			} else {
				set.Remove(o)
			}
			return true
		})
		return sifted{set: set, exact: true}
	}
}

// possible is the ordinals of what may touch a window. In the order of time those that began too
// late end the list; of those before, whole blocks that ended too early are passed over.
func (s *segment) possible(w edtf.Window) *roaring.Bitmap {
	set := roaring.New()
	from, to := clampDay(w.From), clampDay(w.To)
	dated := s.startMin[:s.dated]
	end, _ := slices.BinarySearchFunc(dated, to, func(day, to int32) int {
		if day <= to {
			return -1
		}
		return 1
	})
	begin, _ := slices.BinarySearch(dated, from)
	for block := 0; block*blockSize < min(begin, end); block++ {
		if s.late[block] < from {
			continue
		}
		for o := block * blockSize; o < min((block+1)*blockSize, begin, end); o++ {
			if s.endMax[o] >= from {
				set.Add(uint32(o))
			}
		}
	}
	if begin < end {
		set.AddRange(uint64(begin), uint64(end))
	}
	set.AddRange(uint64(s.dated), uint64(s.n)) // undated: may be at any time
	return s.exceptFar(set, func(t *timeline.Time) bool { return edtf.Possible(t.Start, t.End, w) })
}

// certain is the ordinals of what surely touches a window, those of an open end apart.
func (s *segment) certain(w edtf.Window) *roaring.Bitmap {
	set := roaring.New()
	from, to := clampDay(w.From), clampDay(w.To)
	run := 0 // where the ordinals at hand that pass began
	for o := 0; o <= s.n; o++ {
		passes := o < s.n && s.startMax[o] <= to && s.endMin[o] >= from &&
			(s.startMax[o] != futureDay || s.endMin[o] != pastDay)
		if !passes {
			if run < o {
				set.AddRange(uint64(run), uint64(o))
			}
			run = o + 1
		}
	}
	return s.exceptFar(set, func(t *timeline.Time) bool { return edtf.Certain(t.Start, t.End, w) })
}

// exceptFar looks at the few times with a day that no column holds by themselves.
func (s *segment) exceptFar(set *roaring.Bitmap, passes func(*timeline.Time) bool) *roaring.Bitmap {
	for o, t := range s.far {
		if passes(&t) {
			set.Add(o)
		} else {
			set.Remove(o)
		}
	}
	return set
}

// clampDay is a window's day as columns hold days.
func clampDay(d edtf.Day) int32 {
	packed, _ := packDay(d)
	return packed
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
			if meant(c.x.Source(row)) {
				rows = append(rows, row)
			}
		}
	} else {
		for _, s := range keptSources(c.x, meant) {
			rows = append(rows, s.Row)
		}
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
	return func(s *segment) sifted {
		set, least := roaring.New(), *f.AtLeast
		for o, n := range s.killed {
			if n != unknownFigure && int(n) >= least {
				set.Add(uint32(o))
			}
		}
		return sifted{set: set, exact: f.AtMost == nil}
	}
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
