package db

import (
	"context"
	"slices"

	"tarikh/cohort"
	"tarikh/edtf"
	"tarikh/timeline"
)

// ActorRelations are how an actor relates to others, from memory; nil kinds: in
// any way. at: those that may have held on that day; nil: at any time.
func (v *View) ActorRelations(ctx context.Context, a *timeline.Actor, kinds []timeline.ActorRelationKind, at *edtf.Day) ([]*timeline.ActorRelation, error) {
	args := timeline.Canonical([]any{kinds, at})
	all, err := cohort.Once(ctx, a.Cohort, relation{"relations", args},
		func(_ context.Context, actors []int64) (map[int64][]*timeline.ActorRelation, error) {
			return v.actorRelations(actors, kinds, at), nil
		})
	return orEmpty(all[a.Row]), err
}

func (v *View) actorRelations(actors []int64, kinds []timeline.ActorRelationKind, at *edtf.Day) map[int64][]*timeline.ActorRelation {
	var others, sources []int64
	for _, actor := range actors {
		for _, r := range v.x.ActorRelations(actor, kinds, at) {
			others, sources = append(others, r.Actor), append(sources, nonZero(r.Source)...)
		}
	}
	known, together := v.actors(others), cohort.New(sources)
	all := make(map[int64][]*timeline.ActorRelation, len(actors))
	for _, actor := range actors {
		for _, r := range v.x.ActorRelations(actor, kinds, at) {
			all[actor] = append(all[actor], &timeline.ActorRelation{
				Family: timeline.Family{Row: actor, Cohort: together},
				Kind:   r.Kind, Actor: known[r.Actor], Time: r.Time, SourceRow: r.Source,
			})
		}
	}
	return all
}

// RelatedActors are the other ends of an actor's relations of one kind, each once.
func (v *View) RelatedActors(ctx context.Context, a *timeline.Actor, kind timeline.ActorRelationKind, at *edtf.Day) ([]*timeline.Actor, error) {
	related, err := v.ActorRelations(ctx, a, []timeline.ActorRelationKind{kind}, at)
	others := make([]*timeline.Actor, 0, len(related))
	for _, r := range related {
		if !slices.Contains(others, r.Actor) {
			others = append(others, r.Actor)
		}
	}
	return others, err
}

// RelationSource is who says that two actors are related; nil where nobody is named.
func (v *View) RelationSource(ctx context.Context, r *timeline.ActorRelation) (*timeline.Source, error) {
	return v.sourceOf(ctx, r.Cohort, r.SourceRow)
}

// Parent is the location above; nil at the top. From memory.
func (v *View) Parent(ctx context.Context, l *timeline.Location) (*timeline.Location, error) {
	all, err := cohort.Once(ctx, l.Cohort, relation{name: "parents"},
		func(_ context.Context, rows []int64) (map[int64]*timeline.Location, error) {
			var parents []int64
			for _, row := range rows {
				parents = append(parents, nonZero(v.x.Location(row).Parent)...)
			}
			return v.locations(parents), nil
		})
	return all[v.x.Location(l.Row).Parent], err
}

// Ancestors are the locations above, outermost first. From memory.
func (v *View) Ancestors(ctx context.Context, l *timeline.Location) ([]*timeline.Location, error) {
	all, err := cohort.Once(ctx, l.Cohort, relation{name: "ancestors"},
		func(_ context.Context, rows []int64) (map[int64]*timeline.Location, error) {
			var above []int64
			for _, row := range rows {
				above = append(above, v.x.Ancestors(row)...)
			}
			return v.locations(above), nil
		})
	return inOrder(v.x.Ancestors(l.Row), all), err
}
