package resolvers

import (
	"context"

	"tarikh/timeline"
)

// claim answers the fields of a claim that hang on other records.
type claim struct{}

func (claim) Event(ctx context.Context, c *timeline.Claim) (*timeline.Event, error) {
	return view(ctx).ClaimEvent(ctx, c)
}

func (claim) Source(ctx context.Context, c *timeline.Claim) (*timeline.Source, error) {
	return view(ctx).ClaimSource(ctx, c)
}

// citation answers the fields of a citation that hang on other records.
type citation struct{}

func (citation) Source(ctx context.Context, c *timeline.Citation) (*timeline.Source, error) {
	return view(ctx).CitationSource(ctx, c)
}
