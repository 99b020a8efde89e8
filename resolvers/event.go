package resolvers

import (
	"context"

	"tarikh/timeline"
)

// event answers the fields of an event that hang on other records.
type event struct{}

func (event) Place(ctx context.Context, e *timeline.Event) (*timeline.EventPlace, error) {
	places, err := view(ctx).Places(ctx, e)
	if len(places) == 0 {
		return nil, err
	}
	return places[0], err
}

func (event) Places(ctx context.Context, e *timeline.Event) ([]*timeline.EventPlace, error) {
	return view(ctx).Places(ctx, e)
}

func (event) Participants(ctx context.Context, e *timeline.Event, role []timeline.ParticipantRole) ([]*timeline.Participation, error) {
	return view(ctx).Participations(ctx, e, role)
}

func (event) Actors(ctx context.Context, e *timeline.Event) ([]*timeline.Actor, error) {
	return view(ctx).EventActors(ctx, e)
}

func (event) Claims(ctx context.Context, e *timeline.Event, kind []timeline.ClaimKind) ([]*timeline.Claim, error) {
	return view(ctx).Claims(ctx, e, kind)
}

func (event) Casualties(ctx context.Context, e *timeline.Event, kind timeline.ClaimKind, rule timeline.CasualtyRule) (*timeline.Casualties, error) {
	return view(ctx).Figure(e, kind, rule)
}

func (event) Citations(ctx context.Context, e *timeline.Event) ([]*timeline.Citation, error) {
	return view(ctx).Citations(ctx, e)
}

func (event) Sources(ctx context.Context, e *timeline.Event) ([]*timeline.Source, error) {
	return view(ctx).EventSources(ctx, e)
}

func (event) Relations(ctx context.Context, e *timeline.Event, kind []timeline.EventRelationKind) ([]*timeline.EventRelation, error) {
	return view(ctx).EventRelations(ctx, e, kind)
}

func (event) PartOf(ctx context.Context, e *timeline.Event) (*timeline.Event, error) {
	return view(ctx).PartOf(ctx, e)
}

func (event) Parts(
	ctx context.Context, e *timeline.Event, where *timeline.EventWhere, order []*timeline.EventOrder,
	first *int, after *string, last *int, before *string,
) (*timeline.EventConnection, error) {
	asked, err := events(ctx, where, order, first, after, last, before)
	if err != nil {
		return nil, err
	}
	return view(ctx).EventsOf(ctx, timeline.KindEvent, e.Family, asked)
}

func (event) Origins(ctx context.Context, e *timeline.Event) ([]*timeline.Origin, error) {
	return view(ctx).Origins(ctx, e)
}

func (event) Identifiers(ctx context.Context, e *timeline.Event) ([]*timeline.Identifier, error) {
	return view(ctx).Identifiers(ctx, timeline.KindEvent, e.Family)
}

// origin answers the fields of a dataset's row.
type origin struct{}

func (origin) Dataset(ctx context.Context, o *timeline.Origin) (*timeline.Source, error) {
	return view(ctx).OriginDataset(ctx, o)
}
