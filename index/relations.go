package index

import (
	"cmp"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/timeline"
)

// Ancestors is the way down to a location, outermost first, without itself. A tree that has a
// cycle, which the checker refuses, is followed only until it comes round.
func (x *Index) Ancestors(location int64) []int64 {
	var up []int64
	for l := x.Location(location); l != nil && l.Parent != 0; {
		if l.Parent == location || slices.Contains(up, l.Parent) || x.Location(l.Parent) == nil {
			break
		}
		up = append(up, l.Parent)
		l = x.Location(l.Parent)
	}
	slices.Reverse(up)
	return up
}

// Children is the locations right below one, by folded default name, then id. The slice is shared.
func (x *Index) Children(location int64) []int64 { return x.children.of(location) }

// walkBelow is the locations given and everything below them.
func (x *Index) walkBelow(locations []int64) map[int64]bool {
	found := make(map[int64]bool, len(locations))
	for todo := slices.Clone(locations); len(todo) > 0; {
		row := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !found[row] {
			found[row] = true
			todo = append(todo, x.children.of(row)...)
		}
	}
	return found
}

// EventActors is who takes part in an event, each once, as entered.
func (x *Index) EventActors(event int64) []int64 {
	var space Event
	e := x.facts(event, wantParticipants, &space)
	if e == nil {
		return nil
	}
	rows := make([]int64, 0, len(e.Participants))
	for i := range e.Participants {
		rows = appendNew(rows, e.Participants[i].Actor)
	}
	return rows
}

// EventSources is the sources of an event, each once: those cited, as entered, then those of its
// claims.
func (x *Index) EventSources(event int64) []int64 {
	var space Event
	e := x.facts(event, wantCitations|wantSources, &space)
	if e == nil {
		return nil
	}
	rows := make([]int64, 0, len(e.Citations))
	for _, row := range e.Citations {
		rows = appendNew(rows, row)
	}
	for i := range e.Claims {
		if row := e.Claims[i].Source; row != 0 {
			rows = appendNew(rows, row)
		}
	}
	return rows
}

// EventRelations is an event's relations: those kept with it, as entered, then the SAME_AS and
// CONTRADICTS that others keep to it, which hold both ways, by their ids. Each is told once.
func (x *Index) EventRelations(event int64) []EventRelation {
	var space, other Event
	e := x.facts(event, wantRelations, &space)
	if e == nil {
		return nil
	}
	var all []EventRelation
	for _, r := range e.Relations {
		if x.HasEvent(r.Event) {
			all = appendNew(all, r)
		}
	}
	own := len(all)
	for _, row := range x.related.of(event) {
		for _, r := range x.facts(row, wantRelations, &other).Relations {
			mutual := r.Kind == timeline.EventSameAs || r.Kind == timeline.EventContradicts
			if mutual && r.Event == event {
				all = appendNew(all, EventRelation{Kind: r.Kind, Event: row})
			}
		}
	}
	slices.SortStableFunc(all[own:], func(a, b EventRelation) int {
		return strings.Compare(x.Event(a.Event).ID, x.Event(b.Event).ID)
	})
	return all
}

// PartOf is the event that an event is part of; 0: none.
func (x *Index) PartOf(event int64) int64 {
	var space Event
	e := x.facts(event, wantRelations, &space)
	if e == nil {
		return 0
	}
	for _, r := range e.Relations {
		if r.Kind == timeline.EventPartOf && x.HasEvent(r.Event) {
			return r.Event
		}
	}
	return 0
}

// MainPlace is the location of an event's main place; 0: it has none.
func (x *Index) MainPlace(event int64) int64 {
	var space Event
	e := x.facts(event, wantPlaces, &space)
	if e == nil || len(e.Places) == 0 {
		return 0
	}
	return e.Places[0].Location
}

// parts is the events that are part of an event, in no order that means anything.
func (x *Index) parts(event int64) []int64 {
	return slices.DeleteFunc(slices.Clone(x.related.of(event)), func(row int64) bool {
		return x.PartOf(row) != event
	})
}

// ActorRelations is an actor's relations as read from it to the others, of the kinds asked for
// (nil: all). Predecessor and successor, component and member, led by and leads are kept once and
// told on both sides; an ally is one on both sides; splinter and part of a state only as kept. With
// at, those that may have held on that day: one without a time may have held on any. In the order
// of kinds, then of when they began (unknown first), then of the other's id; none twice.
func (x *Index) ActorRelations(
	actor int64, kinds []timeline.ActorRelationKind, at *edtf.Day,
) []ActorRelation {
	asked := func(r ActorRelation) bool {
		return (kinds == nil || slices.Contains(kinds, r.Kind)) && mayHold(r.Time, at)
	}
	all := slices.DeleteFunc(x.bothSides(actor), func(r ActorRelation) bool { return !asked(r) })
	slices.SortStableFunc(all, x.compareRelations)
	return slices.CompactFunc(all, func(a, b ActorRelation) bool {
		return a.Kind == b.Kind && a.Actor == b.Actor && spelled(a.Time) == spelled(b.Time)
	})
}

// bothSides is the relations kept with an actor, then those that others keep to it, turned round.
func (x *Index) bothSides(actor int64) []ActorRelation {
	a := x.Actor(actor)
	if a == nil {
		return nil
	}
	var all []ActorRelation
	for _, r := range a.Relations {
		if x.Actor(r.Actor) != nil {
			all = append(all, r)
		}
	}
	for _, row := range x.relatives.of(actor) {
		for _, r := range x.Actor(row).Relations {
			if kind := inverse(r.Kind); r.Actor == actor && kind != "" {
				all = append(all, ActorRelation{Kind: kind, Actor: row, Time: r.Time, Source: r.Source})
			}
		}
	}
	return all
}

// inverse is what a relation is as read from the other side; empty where it is only told as kept.
func inverse(kind timeline.ActorRelationKind) timeline.ActorRelationKind {
	switch kind {
	case timeline.RelationPredecessor:
		return timeline.RelationSuccessor
	case timeline.RelationSuccessor:
		return timeline.RelationPredecessor
	case timeline.RelationComponent:
		return timeline.RelationMemberOf
	case timeline.RelationMemberOf:
		return timeline.RelationComponent
	case timeline.RelationLedBy:
		return timeline.RelationLeads
	case timeline.RelationLeads:
		return timeline.RelationLedBy
	case timeline.RelationAlly:
		return timeline.RelationAlly
	}
	return ""
}

func (x *Index) compareRelations(a, b ActorRelation) int {
	return cmp.Or(
		cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)),
		cmp.Compare(began(a.Time), began(b.Time)),
		strings.Compare(x.Actor(a.Actor).ID, x.Actor(b.Actor).ID),
		strings.Compare(spelled(a.Time), spelled(b.Time)))
}

// kindRank is the place of a kind in the schema's enum.
func kindRank(kind timeline.ActorRelationKind) int {
	return slices.Index([]timeline.ActorRelationKind{
		timeline.RelationPredecessor, timeline.RelationSuccessor, timeline.RelationComponent,
		timeline.RelationMemberOf, timeline.RelationSplinter, timeline.RelationAlly,
		timeline.RelationLedBy, timeline.RelationLeads, timeline.RelationPartOfState,
	}, kind)
}

// began is the first day on which a time can have begun; none at all lies before every day.
func began(t *timeline.Time) edtf.Day {
	if t == nil {
		return edtf.DistantPast
	}
	return t.Start.First
}

// spelled is a time as it is written; empty for none.
func spelled(t *timeline.Time) string {
	if t == nil {
		return ""
	}
	return t.EDTF.String()
}

// mayHold says whether what lasted for the time may have held on the day. No time is any time, and
// no day is any day.
func mayHold(t *timeline.Time, day *edtf.Day) bool {
	return t == nil || day == nil ||
		edtf.Possible(t.Start, t.End, edtf.Window{From: *day, To: *day})
}

// appendNew appends what the list does not hold yet. The lists are an event's: short.
func appendNew[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}
