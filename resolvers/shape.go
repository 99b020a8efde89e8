package resolvers

import (
	"context"

	"tarikh/names"
	"tarikh/timeline"
)

// eventConnection answers what is asked of a selection of events.
type eventConnection struct{}

func (eventConnection) Edges(ctx context.Context, c *timeline.EventConnection) ([]*timeline.EventEdge, error) {
	return view(ctx).EventEdges(ctx, c)
}

func (eventConnection) Nodes(ctx context.Context, c *timeline.EventConnection) ([]*timeline.Event, error) {
	return view(ctx).EventNodes(ctx, c)
}

func (eventConnection) Casualties(_ context.Context, c *timeline.EventConnection, kind timeline.ClaimKind, rule timeline.CasualtyRule) (*timeline.Casualties, error) {
	return c.Selection.Casualties(kind, rule)
}

func (eventConnection) Exports(ctx context.Context, c *timeline.EventConnection) ([]*timeline.Export, error) {
	return exportsOf(ctx, c.Where), nil
}

func (eventConnection) Buckets(ctx context.Context, c *timeline.EventConnection, by timeline.BucketUnit, splitBy *timeline.FacetField) ([]*timeline.Bucket, error) {
	return view(ctx).Buckets(ctx, c, by, splitBy)
}

func (eventConnection) Histogram(_ context.Context, c *timeline.EventConnection, by timeline.BucketUnit, splitBy *timeline.FacetField) (*timeline.Histogram, error) {
	return c.Selection.Histogram(by, splitBy)
}

func (eventConnection) Facets(ctx context.Context, c *timeline.EventConnection, by timeline.FacetField, first *int, excludeOwn *bool) ([]*timeline.Facet, error) {
	return view(ctx).Facets(ctx, c, by, first, excludeOwn != nil && *excludeOwn)
}

func (eventConnection) Extent(_ context.Context, c *timeline.EventConnection) (*timeline.Extent, error) {
	return c.Selection.Extent()
}

func (eventConnection) Clusters(ctx context.Context, c *timeline.EventConnection, bbox []float64, zoom int) ([]*timeline.Cluster, error) {
	return view(ctx).Clusters(ctx, c, bbox, zoom)
}

// facet answers what a facet is called and which record it is.
type facet struct{}

func (facet) Label(ctx context.Context, f *timeline.Facet, lang *names.Language) (*timeline.Text, error) {
	return view(ctx).FacetLabel(ctx, f, lang)
}

func (facet) Node(ctx context.Context, f *timeline.Facet) (timeline.Node, error) {
	return view(ctx).FacetNode(ctx, f)
}

// cluster answers the records of a cluster.
type cluster struct{}

func (cluster) Location(ctx context.Context, k *timeline.Cluster) (*timeline.Location, error) {
	return view(ctx).ClusterLocation(ctx, k)
}

func (cluster) Event(ctx context.Context, k *timeline.Cluster) (*timeline.Event, error) {
	return view(ctx).ClusterEvent(ctx, k)
}
