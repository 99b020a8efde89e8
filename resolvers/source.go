package resolvers

import (
	"context"

	"tarikh/timeline"
)

// source answers the fields of a source that hang on other records.
type source struct{}

func (source) Origin(ctx context.Context, s *timeline.Source) (*timeline.Source, error) {
	return view(ctx).SourceOrigin(ctx, s)
}

func (source) Identifiers(ctx context.Context, s *timeline.Source) ([]*timeline.Identifier, error) {
	return view(ctx).Identifiers(ctx, timeline.KindSource, s.Family)
}

func (source) Events(
	ctx context.Context, s *timeline.Source, where *timeline.EventWhere, order []*timeline.EventOrder,
	first *int, after *string, last *int, before *string,
) (*timeline.EventConnection, error) {
	asked, err := events(ctx, where, order, first, after, last, before)
	if err != nil {
		return nil, err
	}
	return view(ctx).EventsOf(ctx, timeline.KindSource, s.Family, asked)
}

// savedTimeline answers the fields of a saved timeline that hang on other records.
type savedTimeline struct{}

func (savedTimeline) Picked(ctx context.Context, t *timeline.Timeline) ([]*timeline.Event, error) {
	return view(ctx).Picked(ctx, t)
}

func (savedTimeline) Events(
	ctx context.Context, t *timeline.Timeline, where *timeline.EventWhere, order []*timeline.EventOrder,
	first *int, after *string, last *int, before *string,
) (*timeline.EventConnection, error) {
	asked, err := events(ctx, where, order, first, after, last, before)
	if err != nil {
		return nil, err
	}
	return view(ctx).EventsOf(ctx, timeline.KindTimeline, t.Family, asked)
}
