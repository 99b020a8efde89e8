package index

import (
	"tarikh/names"
	"tarikh/timeline"
)

// actorOrder is an order of actors, NAME ASC where none is asked for.
func (x *Index) actorOrder(by []*timeline.ActorOrder, w *timeline.ActorWhere) order[*actor] {
	if len(by) == 0 {
		by = []*timeline.ActorOrder{{Field: timeline.OrderActorName}}
	}
	asked := make([]timeline.ActorOrder, len(by))
	o := order[*actor]{id: func(a *actor) string { return a.ID }}
	for i, term := range by {
		asked[i] = *term
		asked[i].Direction = direction(term.Direction)
		key := actorName(term.Lang)
		if term.Field == timeline.OrderActorEvents {
			key = countKey((*actor).row, x.eventsOfActors())
		}
		o.add(key, term.Direction)
	}
	o.mark = timeline.QuestionMark(asked, w, "actors")
	return o
}

// locationOrder is an order of locations, NAME ASC where none is asked for. Whose is what they are
// asked of: all locations or the children of one.
func (x *Index) locationOrder(
	by []*timeline.LocationOrder, w *timeline.LocationWhere, whose string,
) order[*location] {
	if len(by) == 0 {
		by = []*timeline.LocationOrder{{Field: timeline.OrderLocationName}}
	}
	asked := make([]timeline.LocationOrder, len(by))
	o := order[*location]{id: func(l *location) string { return l.ID }}
	for i, term := range by {
		asked[i] = *term
		asked[i].Direction = direction(term.Direction)
		key := locationName(term.Lang)
		if term.Field == timeline.OrderLocationEvents {
			key = countKey((*location).row, x.eventsOfLocations())
		}
		o.add(key, term.Direction)
	}
	o.mark = timeline.QuestionMark(asked, w, whose)
	return o
}

// actorName is the key of NAME in a language; nil: that of the default name, which is kept folded.
func actorName(lang *names.Language) func(*actor) key {
	if lang == nil {
		return func(a *actor) key { return key{text: a.name} }
	}
	return func(a *actor) key { return key{text: folded(a.Name(lang))} }
}

// locationName is actorName for locations.
func locationName(lang *names.Language) func(*location) key {
	if lang == nil {
		return func(l *location) key { return key{text: l.name} }
	}
	return func(l *location) key { return key{text: folded(l.Name(lang))} }
}

// publishedKey is a source's place among the sources by when it was published.
func publishedKey(s *Source) key {
	if s.Published == nil || s.Published.Undated() {
		return key{last: true}
	}
	return key{n: [3]int64{int64(s.Published.Start.First)}}
}

// countKey is the key of EVENTS.
func countKey[T any](row func(T) int64, count func(row int64) int) func(T) key {
	return func(v T) key { return key{n: [3]int64{int64(count(row(v)))}} }
}
