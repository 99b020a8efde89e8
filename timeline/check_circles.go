package timeline

import "strings"

// circles refuses records that come back to themselves: locations that lie in one another,
// events that are part of one another, sources that repeat one another and saved timelines
// that stand on one another.
func (s *set) circles() {
	s.circle("location.parent", "parent-cycle", func(r *Record) []int {
		if r.Location == nil || r.Location.Parent == nil {
			return nil
		}
		return s.found(KindLocation, *r.Location.Parent)
	})
	s.circle("source.origin", "origin-cycle", func(r *Record) []int {
		if r.Source == nil || r.Source.Origin == nil {
			return nil
		}
		return s.found(KindSource, *r.Source.Origin)
	})
	s.circle("event.relations", "part-of-cycle", s.wholes)
	s.circle("timeline.where", "timeline-cycle", s.basis)
}

// found is the record that a ref names, as a list.
func (s *set) found(kind Kind, r Ref) []int {
	if i, ok := s.find(kind, r); ok {
		return []int{i}
	}
	return nil
}

// wholes are the events that an event is part of.
func (s *set) wholes(r *Record) []int {
	if r.Event == nil {
		return nil
	}
	var all []int
	for _, relation := range r.Event.Relations {
		if relation.Kind == EventPartOf {
			all = append(all, s.found(KindEvent, relation.Event)...)
		}
	}
	return all
}

// basis are the saved timelines on which one stands.
func (s *set) basis(r *Record) []int {
	if r.Timeline == nil {
		return nil
	}
	var all []int
	r.Timeline.Where.timelines("", func(_, ref string) {
		all = append(all, s.found(KindTimeline, RefTo(ref))...)
	})
	return all
}

// The colours of a record while circles are looked for.
const (
	white = iota // not seen yet
	grey         // on the way
	black        // led nowhere new
)

// circle tells once of each circle that the arrows make, at the record that closes it.
func (s *set) circle(field, rule string, arrows func(*Record) []int) {
	colour := make([]uint8, len(s.records))
	for i := range s.records {
		if colour[i] == white {
			s.follow(i, field, rule, colour, arrows)
		}
	}
}

// follow walks depth first with a stack of its own: a chain may be as long as the file.
func (s *set) follow(from int, field, rule string, colour []uint8, arrows func(*Record) []int) {
	type step struct {
		record int
		left   []int
	}
	colour[from] = grey
	way := []step{{from, arrows(s.records[from])}}
	for len(way) > 0 {
		last := &way[len(way)-1]
		if len(last.left) == 0 {
			colour[last.record] = black
			way = way[:len(way)-1]
			continue
		}
		next := last.left[0]
		last.left = last.left[1:]
		switch colour[next] {
		case white:
			colour[next] = grey
			way = append(way, step{next, arrows(s.records[next])})
		case grey:
			var labels []string
			for _, w := range way {
				if len(labels) > 0 || w.record == next {
					labels = append(labels, s.records[w.record].Identity().Label())
				}
			}
			s.record = last.record
			s.fail(field, rule, "it comes back to itself: %s", clip(strings.Join(labels, ", ")))
		}
	}
}
