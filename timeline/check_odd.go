package timeline

import (
	"slices"
	"strings"

	"tarikh/edtf"
)

// What is odd about records that people write, each rule born of a mistake that was
// found in the shipped record: none of it is impossible, so it only warns.

// odd warns of what a second reader should look at. Events made from a dataset's rows
// are passed over: their oddities are the dataset's.
func (s *set) odd() {
	s.pointsAbroad()
	s.namesOfOthers()
	alike := map[likeness]int{}
	for i, r := range s.records {
		e := r.Event
		if e == nil || len(e.Origins) > 0 {
			continue
		}
		s.record = i
		s.claimsBeforehand(e)
		s.partsOutside(e)
		s.claimsOutsideSources(e)
		s.titleFigures(e)
		s.languagesDiffer("event.titles", e.Titles)
		s.languagesDiffer("event.summaries", e.Summaries)
		s.likeAnother(e, i, alike)
	}
}

// claimsBeforehand warns of a claim that was made before the event can have begun.
func (s *set) claimsBeforehand(e *EventRecord) {
	start := e.Time.Start()
	for i := range e.Claims {
		made := e.Claims[i].ReportedOn
		if made.IsZero() || !start.First.Finite() {
			continue
		}
		if end := made.End(); end.Last < start.First {
			s.warn(at("event.claims", i)+".reportedOn", "claim-before-event",
				"it was made on %s, before the event began on %s", made, e.Time)
		}
	}
}

// claimsOutsideSources warns of a claim that was made when its source was not yet, or no
// longer, being written.
func (s *set) claimsOutsideSources(e *EventRecord) {
	for i := range e.Claims {
		c := &e.Claims[i]
		if c.Source == nil || c.ReportedOn.IsZero() {
			continue
		}
		from, found := s.find(KindSource, *c.Source)
		if !found || s.records[from].Source.PublishedOn.IsZero() {
			continue
		}
		written := s.records[from].Source.PublishedOn
		window := edtf.Window{From: written.Start().First, To: written.End().Last}
		if !edtf.Possible(c.ReportedOn.Start(), c.ReportedOn.End(), window) {
			s.warn(at("event.claims", i)+".reportedOn", "claim-outside-source", "it was made on %s, and its source is of %s", c.ReportedOn, written)
		}
	}
}

// namesOfOthers warns of a person's alias of one word that is a word of another person's
// name: what says it may mean either.
func (s *set) namesOfOthers() {
	type word struct{ lang, text string }
	bearers := map[word][]int{}
	for i, r := range s.records {
		if r.Actor == nil || r.Actor.Kind != ActorPerson {
			continue
		}
		for _, n := range r.Actor.Names {
			for _, w := range strings.Fields(n.Text) {
				key := word{string(n.Lang), w}
				if all := bearers[key]; len(all) == 0 || all[len(all)-1] != i {
					bearers[key] = append(all, i)
				}
			}
		}
	}
	for i, r := range s.records {
		if r.Actor == nil || r.Actor.Kind != ActorPerson {
			continue
		}
		s.record = i
		for k, n := range r.Actor.Names {
			if all := bearers[word{string(n.Lang), n.Text}]; len(all) > 1 {
				other := all[0]
				if other == i {
					other = all[1]
				}
				s.warn(at("actor.names", k), "name-of-another", "%s is a name of %s as well", n.Text, s.records[other].Actor.Label())
			}
		}
	}
}

// partsOutside warns of a part that cannot have happened during its whole.
func (s *set) partsOutside(e *EventRecord) {
	for i := range e.Relations {
		r := &e.Relations[i]
		whole, found := s.find(KindEvent, r.Event)
		if r.Kind != EventPartOf || !found {
			continue
		}
		w := s.records[whole].Event.Time
		start, end := w.Start(), w.End()
		if !edtf.Possible(e.Time.Start(), e.Time.End(), edtf.Window{From: start.First, To: end.Last}) {
			s.warn(at("event.relations", i), "part-outside", "it happened on %s, and the whole of which it is part on %s", e.Time, w)
		}
	}
}

// likeness is what two events share that look like one.
type likeness struct {
	kind, place, actor string
	day                edtf.Day
}

// likeAnother warns of a second event of one type, day, place and participant that is
// not related to the first.
func (s *set) likeAnother(e *EventRecord, i int, alike map[likeness]int) {
	start := e.Time.Start()
	if e.Time.Precision() != edtf.PrecisionDay || len(e.Places) == 0 || e.Places[0].Location == nil {
		return
	}
	for _, p := range e.Participants {
		same := likeness{e.Type, e.Places[0].Location.String(), p.Actor.String(), start.First}
		other, taken := alike[same]
		if !taken {
			alike[same] = i
			continue
		}
		if other != i && !s.related(e, s.records[other].Event) {
			s.warn("event", "looks-like", "it has the type, day, place and a participant of %s; is it the same event?",
				s.records[other].Event.Label())
			return
		}
	}
}

// related says whether either event names the other, or both belong to one whole.
func (s *set) related(a, b *EventRecord) bool {
	names := func(from, to *EventRecord) bool {
		return slices.ContainsFunc(from.Relations, func(r EventRelationRecord) bool {
			i, found := s.find(KindEvent, r.Event)
			return found && s.records[i].Event == to
		})
	}
	whole := func(e *EventRecord) string {
		for _, r := range e.Relations {
			if r.Kind == EventPartOf {
				return r.Event.String()
			}
		}
		return ""
	}
	return names(a, b) || names(b, a) || (whole(a) != "" && whole(a) == whole(b))
}

// pointsAbroad warns of a point more than half a degree outside all others of its
// country: a swapped or mistyped coordinate, mostly.
func (s *set) pointsAbroad() {
	const enough, margin = 8, 0.5 // fewer points say nothing of a country
	inside := map[int][]int{}     // country → located records in it
	for i, r := range s.records {
		if r.Location != nil && r.Location.Point != nil {
			if country, ok := s.countryOf(i); ok && country != i {
				inside[country] = append(inside[country], i)
			}
		}
	}
	for _, all := range inside {
		if len(all) <= enough {
			continue
		}
		for _, i := range all {
			box := newBox()
			for _, k := range all {
				if k != i {
					box.add(*s.records[k].Location.Point)
				}
			}
			if p := *s.records[i].Location.Point; box.beyond(p, margin) {
				s.record = i
				s.warn("location.point", "point-abroad", "%.3f, %.3f is more than half a degree outside all other points of its country", p.Lat, p.Lon)
			}
		}
	}
}

// countryOf is the record of the country above a location; false where there is none.
func (s *set) countryOf(i int) (int, bool) {
	for range len(s.records) { // a circle of parents is another check's
		l := s.records[i].Location
		if l.Kind == LocationCountry {
			return i, true
		}
		if l.Parent == nil {
			return 0, false
		}
		up, found := s.find(KindLocation, *l.Parent)
		if !found {
			return 0, false
		}
		i = up
	}
	return 0, false
}

// box is the least rectangle around points, in degrees.
type box struct{ south, north, west, east float64 }

func newBox() box { return box{south: 90, north: -90, west: 180, east: -180} }

func (b *box) add(p Point) {
	b.south, b.north = min(b.south, p.Lat), max(b.north, p.Lat)
	b.west, b.east = min(b.west, p.Lon), max(b.east, p.Lon)
}

func (b *box) beyond(p Point, degrees float64) bool {
	return p.Lat < b.south-degrees || p.Lat > b.north+degrees || p.Lon < b.west-degrees || p.Lon > b.east+degrees
}
