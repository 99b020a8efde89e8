package resolvers

import (
	"context"

	"tarikh/db"
	"tarikh/timeline"
)

// query answers the roots of questions.
type query struct{}

func (query) Node(ctx context.Context, id string) (timeline.Node, error) {
	nodes, err := view(ctx).Nodes(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	return nodes[0], nil
}

func (query) Nodes(ctx context.Context, ids []string) ([]timeline.Node, error) {
	if len(ids) > timeline.MaxRootPage {
		return nil, &timeline.Error{Code: timeline.CodeTooLarge, Field: "ids",
			Message: "at most 500 records can be asked for by id at once"}
	}
	return view(ctx).Nodes(ctx, ids)
}

func (query) Event(ctx context.Context, ref string) (*timeline.Event, error) {
	return orNull(view(ctx).Event(ctx, ref))
}

func (query) Actor(ctx context.Context, ref string) (*timeline.Actor, error) {
	return orNull(view(ctx).Actor(ref))
}

func (query) Location(ctx context.Context, ref string) (*timeline.Location, error) {
	return orNull(view(ctx).Location(ref))
}

func (query) Source(ctx context.Context, ref string) (*timeline.Source, error) {
	return orNull(view(ctx).Source(ctx, ref))
}

func (query) Timeline(ctx context.Context, ref string) (*timeline.Timeline, error) {
	return orNull(view(ctx).Timeline(ref))
}

func (query) Events(
	ctx context.Context, where *timeline.EventWhere, order []*timeline.EventOrder,
	first *int, after *string, last *int, before *string,
) (*timeline.EventConnection, error) {
	asked, err := events(ctx, where, order, first, after, last, before)
	if err != nil {
		return nil, err
	}
	return view(ctx).Events(asked)
}

func (query) Actors(
	ctx context.Context, where *timeline.ActorWhere, order []*timeline.ActorOrder,
	first *int, after *string, last *int, before *string,
) (*timeline.ActorConnection, error) {
	p, err := page(ctx, first, after, last, before)
	if err != nil {
		return nil, err
	}
	return view(ctx).Actors(where, order, p)
}

func (query) Locations(
	ctx context.Context, where *timeline.LocationWhere, order []*timeline.LocationOrder,
	first *int, after *string, last *int, before *string,
) (*timeline.LocationConnection, error) {
	p, err := page(ctx, first, after, last, before)
	if err != nil {
		return nil, err
	}
	return view(ctx).Locations(where, order, p)
}

func (query) Sources(
	ctx context.Context, where *timeline.SourceWhere,
	first *int, after *string, last *int, before *string,
) (*timeline.SourceConnection, error) {
	p, err := page(ctx, first, after, last, before)
	if err != nil {
		return nil, err
	}
	return view(ctx).Sources(ctx, where, p)
}

func (query) Timelines(
	ctx context.Context, first *int, after *string, last *int, before *string,
) (*timeline.TimelineConnection, error) {
	p, err := page(ctx, first, after, last, before)
	if err != nil {
		return nil, err
	}
	return view(ctx).Timelines(p)
}

func (query) Search(
	ctx context.Context, text string, kinds []timeline.SearchKind, strict *bool, first *int, after *string,
) (*timeline.SearchConnection, error) {
	p, err := page(ctx, first, after, nil, nil)
	if err != nil {
		return nil, err
	}
	return view(ctx).Search(db.SearchAsked{Text: text, Kinds: kinds, Strict: strict != nil && *strict, Page: p})
}

func (query) EventTypes(context.Context) ([]*timeline.EventType, error) {
	return timeline.EventTypes(), nil
}

func (query) Dataset(ctx context.Context) (*timeline.Dataset, error) {
	return view(ctx).Dataset(), nil
}
