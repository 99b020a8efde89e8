// Package resolvers says which call of the store answers which field. Every method
// is a line or three: the view of the operation is in the context, and what has to
// be read is read there for all records at once.
//
// gqlgen.yml has no resolver section, so the generator never touches this package;
// the compiler lists what is missing after a change of the schema.
package resolvers

//go:generate go -C .. run ./internal/plangen/generate

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"tarikh/db"
	"tarikh/graph"
	"tarikh/timeline"
)

// New is the root of all resolvers. The operation's view comes with the context:
// see db.WithView.
func New() graph.ResolverRoot { return root{} }

type root struct{}

func (root) Actor() graph.ActorResolver                     { return actor{} }
func (root) ActorRelation() graph.ActorRelationResolver     { return actorRelation{} }
func (root) Citation() graph.CitationResolver               { return citation{} }
func (root) Claim() graph.ClaimResolver                     { return claim{} }
func (root) Cluster() graph.ClusterResolver                 { return cluster{} }
func (root) Event() graph.EventResolver                     { return event{} }
func (root) EventConnection() graph.EventConnectionResolver { return eventConnection{} }
func (root) Facet() graph.FacetResolver                     { return facet{} }
func (root) Location() graph.LocationResolver               { return location{} }
func (root) Origin() graph.OriginResolver                   { return origin{} }
func (root) Query() graph.QueryResolver                     { return query{} }
func (root) SearchConnection() graph.SearchConnectionResolver {
	return searchConnection{}
}
func (root) SearchEdge() graph.SearchEdgeResolver { return searchEdge{} }
func (root) Source() graph.SourceResolver         { return source{} }
func (root) Timeline() graph.TimelineResolver     { return savedTimeline{} }

// view is the revision that the operation sees.
func view(ctx context.Context) *db.View { return db.ViewOf(ctx) }

// page checks a connection's four arguments against the limit that holds where the
// connection stands.
func page(ctx context.Context, first *int, after *string, last *int, before *string) (timeline.Page, error) {
	return timeline.NewPage(first, after, last, before, belowConnection(ctx))
}

// belowConnection says whether the field at hand hangs below a connection.
func belowConnection(ctx context.Context) bool {
	at := graphql.GetFieldContext(ctx)
	for up := at.Parent; up != nil; up = up.Parent {
		if strings.HasSuffix(up.Object, "Connection") {
			return true
		}
	}
	return false
}

// events gathers what is asked of a connection of events.
func events(
	ctx context.Context, where *timeline.EventWhere, order []*timeline.EventOrder,
	first *int, after *string, last *int, before *string,
) (db.EventsAsked, error) {
	p, err := page(ctx, first, after, last, before)
	return db.EventsAsked{Where: where, Order: order, Page: p}, err
}

// orNull turns "there is no such record" into null where the schema allows it.
func orNull[T any](found *T, err error) (*T, error) {
	if timeline.CodeOf(err) == timeline.CodeNotFound {
		return nil, nil
	}
	return found, err
}
