package resolvers

import (
	"context"

	"tarikh/timeline"
)

// location answers the fields of a location that hang on other records.
type location struct{}

func (location) Parent(ctx context.Context, l *timeline.Location) (*timeline.Location, error) {
	return view(ctx).Parent(ctx, l)
}

func (location) Ancestors(ctx context.Context, l *timeline.Location) ([]*timeline.Location, error) {
	return view(ctx).Ancestors(ctx, l)
}

func (location) Children(
	ctx context.Context, l *timeline.Location, first *int, after *string, last *int, before *string,
) (*timeline.LocationConnection, error) {
	p, err := page(ctx, first, after, last, before)
	if err != nil {
		return nil, err
	}
	return view(ctx).Children(ctx, l, p)
}

func (location) Events(
	ctx context.Context, l *timeline.Location, where *timeline.EventWhere, order []*timeline.EventOrder,
	first *int, after *string, last *int, before *string,
) (*timeline.EventConnection, error) {
	asked, err := events(ctx, where, order, first, after, last, before)
	if err != nil {
		return nil, err
	}
	return view(ctx).EventsOf(ctx, timeline.KindLocation, l.Family, asked)
}
