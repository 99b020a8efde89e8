package index_test

import (
	"math"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// naive answers questions the slow and plain way: over whole records, sentence by sentence of the
// page of meanings. It shares nothing with the index.
type naive struct {
	sources   []*timeline.SourceRecord
	locations []*timeline.LocationRecord
	actors    []*timeline.ActorRecord
	events    []*timeline.EventRecord
	timelines []*timeline.TimelineRecord
}

func newNaive(records []*timeline.Record) *naive {
	n := &naive{}
	for _, r := range records {
		switch r.Kind() {
		case timeline.KindSource:
			n.sources = append(n.sources, r.Source)
		case timeline.KindLocation:
			n.locations = append(n.locations, r.Location)
		case timeline.KindActor:
			n.actors = append(n.actors, r.Actor)
		case timeline.KindEvent:
			n.events = append(n.events, r.Event)
		case timeline.KindTimeline:
			n.timelines = append(n.timelines, r.Timeline)
		}
	}
	return n
}

// answers says whether a record answers to a ref.
func answers(id *timeline.Identity, ref string) bool { return slices.Contains(refsOf(id), ref) }

func (n *naive) source(ref string) *timeline.SourceRecord {
	return find(n.sources, func(r *timeline.SourceRecord) bool { return answers(&r.Identity, ref) })
}

func (n *naive) location(ref string) *timeline.LocationRecord {
	return find(n.locations, func(r *timeline.LocationRecord) bool { return answers(&r.Identity, ref) })
}

func (n *naive) actor(ref string) *timeline.ActorRecord {
	return find(n.actors, func(r *timeline.ActorRecord) bool { return answers(&r.Identity, ref) })
}

func (n *naive) event(ref string) *timeline.EventRecord {
	return find(n.events, func(r *timeline.EventRecord) bool { return answers(&r.Identity, ref) })
}

func (n *naive) timeline(ref string) *timeline.TimelineRecord {
	return find(n.timelines, func(r *timeline.TimelineRecord) bool { return answers(&r.Identity, ref) })
}

func find[R any](list []*R, ok func(*R) bool) *R {
	for _, r := range list {
		if ok(r) {
			return r
		}
	}
	return nil
}

// some says whether a value of the list passes.
func some[V any](list []V, ok func(V) bool) bool { return slices.ContainsFunc(list, ok) }

// every says whether every value of the list passes.
func every[V any](list []V, ok func(V) bool) bool {
	return !some(list, func(v V) bool { return !ok(v) })
}

func (n *naive) matches(e *timeline.EventRecord, w *timeline.EventWhere) bool {
	if w == nil {
		return true
	}
	is := func(inner *timeline.EventWhere) bool { return n.matches(e, inner) }
	return every(w.And, is) &&
		(w.Or == nil || some(w.Or, is)) &&
		(w.Not == nil || !is(w.Not)) &&
		(w.Time == nil || inWindow(e.Time, n.newestReport(e), w.Time)) &&
		(w.Place == nil || n.placed(e, w.Place)) &&
		(w.Type == nil || some(w.Type, func(code string) bool { return timeline.TypeByCode(code).Covers(e.Type) })) &&
		(w.Status == nil || slices.Contains(w.Status, e.Status)) &&
		(w.Participants == nil || n.participated(e, w.Participants)) &&
		(w.Actor == nil || n.took(e, w.Actor)) &&
		(w.Claims == nil || n.claimed(e, w.Claims)) &&
		(w.Sources == nil || n.sourced(e, w.Sources)) &&
		(w.Casualties == nil || n.cost(e, w.Casualties)) &&
		(w.Contested == nil || *w.Contested == timeline.ContestedAtAll(n.statements(e))) &&
		(w.Tags == nil || some(w.Tags, func(tag string) bool { return slices.Contains(e.Tags, tag) })) &&
		(w.Timeline == nil || n.inTimeline(e, n.timeline(*w.Timeline))) &&
		(w.Refs == nil || some(w.Refs, func(ref string) bool { return answers(&e.Identity, ref) }))
}

// inWindow reads TimeWhere. A day that is not known is infinitely far away.
func inWindow(v edtf.Value, report *edtf.Day, w *timeline.TimeWhere) bool {
	start, end := v.Start(), v.End()
	from, to := edtf.DistantPast, edtf.DistantFuture
	if w.From != nil {
		from = w.From.Start().First
	}
	if w.To != nil {
		to = w.To.End().Last
	}
	undated := start.Earliest() == nil && start.Latest() == nil && end.Earliest() == nil && end.Latest() == nil
	touches := start.First <= to && end.Last >= from
	if w.Mode != nil && *w.Mode == timeline.ModeCertain {
		// An open end lasts to the newest report, else to the latest start.
		if end.Open && report != nil {
			end.First = max(*report, end.First)
			start.Last = min(start.Last, end.First) // by then it had begun
		}
		known := start.Last != edtf.DistantFuture || end.First != edtf.DistantPast
		touches = known && start.Last <= to && end.First >= from
	}
	return touches &&
		(w.Precision == nil || slices.Contains(w.Precision, v.Precision())) &&
		(w.Qualified == nil || *w.Qualified == (v.Approximate() || v.Uncertain())) &&
		(w.Known == nil || *w.Known == !undated)
}

// newestReport is the latest day on which a source of the event was published.
func (n *naive) newestReport(e *timeline.EventRecord) *edtf.Day {
	var newest *edtf.Day
	for _, s := range n.eventSources(e) {
		end := s.PublishedOn.End()
		if day := end.Latest(); day != nil && (newest == nil || *day > *newest) {
			newest = day
		}
	}
	return newest
}

func (n *naive) placed(e *timeline.EventRecord, w *timeline.PlaceWhere) bool {
	known := some(e.Places, func(p timeline.PlaceRecord) bool { return p.Precision != timeline.PlaceUnknown })
	if w.Known != nil && !*w.Known && known {
		return false
	}
	rest := *w
	if w.Known != nil && !*w.Known {
		rest.Known = nil
	}
	if timeline.Canonical(rest) == "{}" {
		return true
	}
	return some(e.Places, func(p timeline.PlaceRecord) bool { return n.placeMatches(p, &rest) })
}

func (n *naive) placeMatches(p timeline.PlaceRecord, w *timeline.PlaceWhere) bool {
	nearby := p.Role == timeline.RoleNearby
	position := n.position(p)
	if w.Precision == nil && p.Precision != timeline.PlaceExact && p.Precision != timeline.PlaceNear {
		position = nil
	}
	if w.Within != nil && (nearby || !some(w.Within, func(ref string) bool { return n.under(p.Location, ref) })) {
		return false
	}
	if w.Exactly != nil && (nearby || !some(w.Exactly, func(ref string) bool {
		return p.Location != nil && n.location(p.Location.Ref) == n.location(ref)
	})) {
		return false
	}
	if w.Bbox != nil && (nearby || position == nil || !boxed(*position, w.Bbox)) {
		return false
	}
	if w.Near != nil && (nearby || position == nil || arc(*position, *w.Near) > w.Near.Km) {
		return false
	}
	return (w.Precision == nil || slices.Contains(w.Precision, p.Precision)) &&
		(w.Known == nil || p.Precision != timeline.PlaceUnknown)
}

func (n *naive) position(p timeline.PlaceRecord) *timeline.Point {
	if p.Point != nil || p.Location == nil {
		return p.Point
	}
	return n.location(p.Location.Ref).Point
}

// under says whether a location is at the one named or below it.
func (n *naive) under(at *timeline.Ref, ref string) bool {
	for at != nil {
		l := n.location(at.Ref)
		if l == n.location(ref) {
			return true
		}
		at = l.Parent
	}
	return false
}

// boxed looks for the point on the unrolled globe.
func boxed(p timeline.Point, b []float64) bool {
	if len(b) == 0 {
		return false
	}
	east := b[2]
	if east < b[0] {
		east += 360
	}
	return p.Lat >= b[1] && p.Lat <= b[3] && some([]float64{-360, 0, 360}, func(turn float64) bool {
		return p.Lon+turn >= b[0] && p.Lon+turn <= east
	})
}

// arc is the distance in kilometres, by the angle between two vectors.
func arc(p timeline.Point, w timeline.NearWhere) float64 {
	vector := func(lat, lon float64) [3]float64 {
		a, o := lat*math.Pi/180, lon*math.Pi/180
		return [3]float64{math.Cos(a) * math.Cos(o), math.Cos(a) * math.Sin(o), math.Sin(a)}
	}
	a, b := vector(p.Lat, p.Lon), vector(w.Lat, w.Lon)
	cross := math.Hypot(math.Hypot(a[1]*b[2]-a[2]*b[1], a[2]*b[0]-a[0]*b[2]), a[0]*b[1]-a[1]*b[0])
	return 6371.0088 * math.Atan2(cross, a[0]*b[0]+a[1]*b[1]+a[2]*b[2])
}

func (n *naive) participated(e *timeline.EventRecord, w *timeline.ParticipationsWhere) bool {
	match := func(w *timeline.ParticipationWhere) func(timeline.ParticipationRecord) bool {
		return func(p timeline.ParticipationRecord) bool {
			return n.actorMatches(n.actor(p.Actor.Ref), w.Actor) &&
				(w.Role == nil || slices.Contains(w.Role, p.Role)) &&
				(w.Side == nil || *w.Side == p.Side) &&
				(w.Certainty == nil || slices.Contains(w.Certainty, p.Certainty))
		}
	}
	return (w.Some == nil || some(e.Participants, match(w.Some))) &&
		(w.None == nil || !some(e.Participants, match(w.None))) &&
		(w.Every == nil || every(e.Participants, match(w.Every)))
}

// actorMatches reads ActorWhere; of nobody, no member of it is true.
func (n *naive) actorMatches(a *timeline.ActorRecord, w *timeline.ActorWhere) bool {
	if w == nil {
		return true
	}
	is := func(inner *timeline.ActorWhere) bool { return n.actorMatches(a, inner) }
	return every(w.And, is) && (w.Or == nil || some(w.Or, is)) && (w.Not == nil || !is(w.Not)) &&
		(w.Refs == nil || a != nil && some(w.Refs, func(ref string) bool { return answers(&a.Identity, ref) })) &&
		(w.Name == nil || a != nil && n.named(a, *w.Name)) &&
		(w.Kind == nil || a != nil && slices.Contains(w.Kind, a.Kind))
}

// named reads ActorWhere.name: who is called so or, where nobody is, of whom every word begins a
// word of one name. Generic actors are not found by name.
func (n *naive) named(a *timeline.ActorRecord, name string) bool {
	words := strings.Fields(names.Fold(name))
	if a.Generic || len(words) == 0 {
		return false
	}
	whole := func(text timeline.Name) bool { return names.Fold(text.Text) == names.Fold(name) }
	if some(n.actors, func(other *timeline.ActorRecord) bool { return !other.Generic && some(other.Names, whole) }) {
		return some(a.Names, whole)
	}
	return some(a.Names, func(text timeline.Name) bool {
		return every(words, func(w string) bool {
			return some(strings.Fields(names.Fold(text.Text)), func(of string) bool { return strings.HasPrefix(of, w) })
		})
	})
}

func (n *naive) took(e *timeline.EventRecord, w *timeline.ActorRefWhere) bool {
	takes := func(refs ...string) bool {
		who := n.widened(refs, w.Include, e.Time)
		return some(e.Participants, func(p timeline.ParticipationRecord) bool {
			return slices.Contains(who, n.actor(p.Actor.Ref)) && (w.Role == nil || slices.Contains(w.Role, p.Role))
		})
	}
	for _, list := range []int{length(w.Any), length(w.All), length(w.Role), length(w.Include)} {
		if list == 0 {
			return false // an empty list matches nothing
		}
	}
	anyRole := func(p timeline.ParticipationRecord) bool { return slices.Contains(w.Role, p.Role) }
	return (w.Any == nil || takes(w.Any...)) &&
		every(w.All, func(ref string) bool { return takes(ref) }) &&
		(w.Any != nil || w.All != nil || w.Role == nil || some(e.Participants, anyRole))
}

// length is -1 for a list that is not given.
func length[V any](list []V) int {
	if list == nil {
		return -1
	}
	return len(list)
}

// widened is the actors named and those of the lineages, each from the actors named.
func (n *naive) widened(refs []string, include []timeline.ActorLineage, when edtf.Value) []*timeline.ActorRecord {
	var given []*timeline.ActorRecord
	for _, ref := range refs {
		given = append(given, n.actor(ref))
	}
	all := slices.Clone(given)
	for _, lineage := range include {
		reached := slices.Clone(given)
		for i := 0; i < len(reached); i++ {
			for _, a := range n.actors {
				if !slices.Contains(reached, a) && n.isOf(lineage, a, reached[i], when) {
					reached = append(reached, a)
				}
			}
		}
		all = append(all, reached...)
	}
	return all
}

// isOf says whether a is a component, predecessor or successor of whole; a membership at a time.
func (n *naive) isOf(lineage timeline.ActorLineage, a, whole *timeline.ActorRecord, when edtf.Value) bool {
	if a.Generic || whole.Generic {
		return false
	}
	says := func(from, to *timeline.ActorRecord, kind timeline.ActorRelationKind, timed bool) bool {
		return some(from.Relations, func(r timeline.ActorRelationRecord) bool {
			held := !timed || r.Time.IsZero() ||
				r.Time.Start().First <= when.End().Last && r.Time.End().Last >= when.Start().First
			return r.Kind == kind && n.actor(r.Actor.Ref) == to && held
		})
	}
	switch lineage {
	case timeline.LineageComponents:
		return says(whole, a, timeline.RelationComponent, true) || says(a, whole, timeline.RelationMemberOf, true)
	case timeline.LineagePredecessors:
		return says(whole, a, timeline.RelationPredecessor, false) || says(a, whole, timeline.RelationSuccessor, false)
	}
	return says(whole, a, timeline.RelationSuccessor, false) || says(a, whole, timeline.RelationPredecessor, false)
}

func (n *naive) claimed(e *timeline.EventRecord, w *timeline.ClaimsWhere) bool {
	match := func(w *timeline.ClaimWhere) func(timeline.ClaimRecord) bool {
		return func(c timeline.ClaimRecord) bool {
			var claimant *timeline.ActorRecord
			if c.Claimant != nil {
				claimant = n.actor(c.Claimant.Ref)
			}
			return (w.Kind == nil || slices.Contains(w.Kind, c.Kind)) &&
				(w.Status == nil || slices.Contains(w.Status, c.Status)) &&
				n.actorMatches(claimant, w.Claimant) && sourceMatches(n.source(c.Source.Ref), w.Source)
		}
	}
	return (w.Some == nil || some(e.Claims, match(w.Some))) &&
		(w.None == nil || !some(e.Claims, match(w.None))) &&
		(w.Every == nil || every(e.Claims, match(w.Every)))
}

func (n *naive) sourced(e *timeline.EventRecord, w *timeline.SourcesWhere) bool {
	match := func(w *timeline.SourceWhere) func(*timeline.SourceRecord) bool {
		return func(s *timeline.SourceRecord) bool { return sourceMatches(s, w) }
	}
	all := n.eventSources(e)
	return (w.Some == nil || some(all, match(w.Some))) &&
		(w.None == nil || !some(all, match(w.None))) &&
		(w.Every == nil || every(all, match(w.Every)))
}

func (n *naive) eventSources(e *timeline.EventRecord) []*timeline.SourceRecord {
	var all []*timeline.SourceRecord
	for _, c := range e.Citations {
		all = append(all, n.source(c.Source.Ref))
	}
	for _, c := range e.Claims {
		all = append(all, n.source(c.Source.Ref))
	}
	return all
}

func sourceMatches(s *timeline.SourceRecord, w *timeline.SourceWhere) bool {
	if w == nil {
		return true
	}
	published := s.PublishedOn
	if published.IsZero() {
		published = edtf.MustParse("/") // as undated
	}
	return (w.Refs == nil || some(w.Refs, func(ref string) bool { return answers(&s.Identity, ref) })) &&
		(w.Lang == nil || some(w.Lang, func(l names.Language) bool { return s.Lang.Matches(l) })) &&
		(w.Publisher == nil || names.Fold(s.Publisher) != "" &&
			some(w.Publisher, func(p string) bool { return names.Fold(p) == names.Fold(s.Publisher) })) &&
		(w.Published == nil || inWindow(published, nil, w.Published))
}

func (n *naive) cost(e *timeline.EventRecord, w *timeline.CasualtyWhere) bool {
	kind, rule := timeline.ClaimKilled, timeline.RuleRange
	if w.Kind != nil {
		kind = *w.Kind
	}
	if w.Rule != nil {
		rule = *w.Rule
	}
	return w.Match(n.figure(e, kind, rule))
}

func (n *naive) inTimeline(e *timeline.EventRecord, t *timeline.TimelineRecord) bool {
	is := func(r timeline.Ref) bool { return answers(&e.Identity, r.Ref) }
	return !some(t.Omitted, is) && (some(t.Picked, is) || t.Where != nil && n.matches(e, t.Where))
}
