package resolvers

import (
	"context"

	"tarikh/timeline"
)

// searchConnection answers what is asked of a page of hits.
type searchConnection struct{}

func (searchConnection) Edges(ctx context.Context, c *timeline.SearchConnection) ([]*timeline.SearchEdge, error) {
	return view(ctx).SearchEdges(ctx, c)
}

func (searchConnection) Nodes(ctx context.Context, c *timeline.SearchConnection) ([]timeline.Node, error) {
	return view(ctx).SearchNodes(ctx, c)
}

func (searchConnection) TotalCount(ctx context.Context, c *timeline.SearchConnection) (int, error) {
	return view(ctx).SearchCount(c)
}

// searchEdge answers why a hit was found.
type searchEdge struct{}

func (searchEdge) MatchedBy(ctx context.Context, e *timeline.SearchEdge) (*timeline.Match, error) {
	return view(ctx).SearchMatch(e)
}

func (searchEdge) Snippet(ctx context.Context, e *timeline.SearchEdge) (*timeline.Snippet, error) {
	return view(ctx).SearchSnippet(e)
}
