package index

import (
	"slices"

	"tarikh/edtf"
	"tarikh/timeline"
)

// family is actors and those who count as them by lineage.
type family struct {
	always map[int64]bool         // the actors given, and those before and after them
	wholes map[int64][]membership // who may be a component of one of those given, and of whom
	given  map[int64]bool
}

// membership is that an actor belongs to a whole for a time; nil: at any time.
type membership struct {
	whole int64
	time  *timeline.Time
}

// family is the actors given, widened: by predecessors and successors at any depth and time, and by
// components, at any depth, while every membership on the way may hold. Each widening begins with
// the actors given. Generic actors have no lineage, neither up nor down.
func (x *Index) family(given []int64, include []timeline.ActorLineage) *family {
	f := &family{always: setOf(given), given: setOf(given), wholes: map[int64][]membership{}}
	always := func(_ int64, r ActorRelation) { f.always[r.Actor] = true }
	for _, lineage := range include {
		switch lineage {
		case timeline.LineagePredecessors:
			x.walk(given, timeline.RelationPredecessor, always)
		case timeline.LineageSuccessors:
			x.walk(given, timeline.RelationSuccessor, always)
		case timeline.LineageComponents:
			x.walk(given, timeline.RelationComponent, func(whole int64, r ActorRelation) {
				f.wholes[r.Actor] = append(f.wholes[r.Actor], membership{whole, r.Time})
			})
		}
	}
	return f
}

// walk visits every relation of a kind that is reached from the actors given.
func (x *Index) walk(
	given []int64, kind timeline.ActorRelationKind, visit func(from int64, r ActorRelation),
) {
	seen := map[int64]bool{}
	for todo := slices.Clone(given); len(todo) > 0; {
		row := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if a := x.Actor(row); seen[row] || a == nil || a.Generic {
			continue
		}
		seen[row] = true
		for _, r := range x.bothSides(row) {
			if r.Kind == kind && !x.Actor(r.Actor).Generic {
				visit(row, r)
				todo = append(todo, r.Actor)
			}
		}
	}
}

// has says whether an actor counts as one of the family in something that happened at the time.
func (f *family) has(actor int64, when *timeline.Time) bool {
	return f.always[actor] || len(f.wholes[actor]) > 0 && f.belongs(actor, when, new([]int64))
}

// belongs says whether memberships that may hold at the time lead from an actor to one of those
// given. Seen are the actors that were tried already: memberships may fork and go round.
func (f *family) belongs(actor int64, when *timeline.Time, seen *[]int64) bool {
	if f.given[actor] {
		return true
	}
	if slices.Contains(*seen, actor) {
		return false
	}
	*seen = append(*seen, actor)
	return slices.ContainsFunc(f.wholes[actor], func(m membership) bool {
		return mayMeet(m.time, when) && f.belongs(m.whole, when, seen)
	})
}

// mayMeet says whether two times may share a day; no time is any time.
func mayMeet(t, when *timeline.Time) bool {
	return t == nil ||
		edtf.Possible(t.Start, t.End, edtf.Window{From: when.Start.First, To: when.End.Last})
}
