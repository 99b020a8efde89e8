package resolvers

import (
	"context"

	"tarikh/edtf"
	"tarikh/timeline"
)

// actor answers the fields of an actor that hang on other records.
type actor struct{}

func (actor) Relations(ctx context.Context, a *timeline.Actor, kind []timeline.ActorRelationKind, at *edtf.Day) ([]*timeline.ActorRelation, error) {
	return view(ctx).ActorRelations(ctx, a, kind, at)
}

func (actor) Predecessors(ctx context.Context, a *timeline.Actor) ([]*timeline.Actor, error) {
	return view(ctx).RelatedActors(ctx, a, timeline.RelationPredecessor, nil)
}

func (actor) Successors(ctx context.Context, a *timeline.Actor) ([]*timeline.Actor, error) {
	return view(ctx).RelatedActors(ctx, a, timeline.RelationSuccessor, nil)
}

func (actor) Components(ctx context.Context, a *timeline.Actor, at *edtf.Day) ([]*timeline.Actor, error) {
	return view(ctx).RelatedActors(ctx, a, timeline.RelationComponent, at)
}

func (actor) MemberOf(ctx context.Context, a *timeline.Actor, at *edtf.Day) ([]*timeline.Actor, error) {
	return view(ctx).RelatedActors(ctx, a, timeline.RelationMemberOf, at)
}

func (actor) Events(
	ctx context.Context, a *timeline.Actor, where *timeline.EventWhere, order []*timeline.EventOrder,
	first *int, after *string, last *int, before *string,
) (*timeline.EventConnection, error) {
	asked, err := events(ctx, where, order, first, after, last, before)
	if err != nil {
		return nil, err
	}
	return view(ctx).EventsOf(ctx, timeline.KindActor, a.Family, asked)
}

// actorRelation answers the fields of a relation that hang on other records.
type actorRelation struct{}

func (actorRelation) Source(ctx context.Context, r *timeline.ActorRelation) (*timeline.Source, error) {
	return view(ctx).RelationSource(ctx, r)
}
