package resolvers_test

import (
	"context"
	"errors"
	"hash/fnv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"tarikh/graph"
	"tarikh/resolvers"
	"tarikh/timeline"
)

// faulty are resolvers that now and then fail, panic, or give null or lists with holes: always
// the same at the same path of the answer to the same document.
type faulty struct{ graph.ResolverRoot }

func (faulty) root() graph.ResolverRoot { return faulty{resolvers.New()} }

func (f faulty) Event() graph.EventResolver { return faultyEvent{f.ResolverRoot.Event()} }
func (f faulty) EventConnection() graph.EventConnectionResolver {
	return faultyConnection{f.ResolverRoot.EventConnection()}
}
func (f faulty) Claim() graph.ClaimResolver { return faultyClaim{f.ResolverRoot.Claim()} }
func (f faulty) Query() graph.QueryResolver { return faultyQuery{f.ResolverRoot.Query()} }

// fate decides what becomes of the field at hand.
func fate(ctx context.Context) int {
	h := fnv.New64a()
	seed, _ := ctx.Value(seedKey{}).(uint64)
	_, _ = h.Write([]byte{byte(seed), byte(seed >> 8), byte(seed >> 16)})
	_, _ = h.Write([]byte(graphql.GetPath(ctx).String()))
	return int(h.Sum64() >> 20 % 100)
}

// spoil may spoil what a resolver gave.
func spoil[T any](ctx context.Context, v T, err error) (T, error) {
	var none T
	switch fate(ctx) {
	case 0:
		panic("a resolver panicked")
	case 1:
		var nobody *timeline.Event
		return none, errors.New(nobody.Key)
	case 2:
		return none, errors.New("a resolver failed")
	case 3:
		return v, &timeline.Error{Code: timeline.CodeInvalid, Message: "a resolver refused", Field: "where.time"}
	case 4:
		return none, gqlerror.List{{Message: "first"}, {Message: "second"}}
	case 5:
		return none, &gqlerror.Error{Message: "with a code", Extensions: map[string]any{"code": "X"}}
	case 6:
		graphql.AddErrorf(ctx, "told beside the value")
		return none, nil
	case 7, 8:
		return none, nil
	}
	return v, err
}

// holes may put null into a list.
func holes[T any](ctx context.Context, all []*T, err error) ([]*T, error) {
	if n := fate(ctx); len(all) > 0 && n > 90 {
		spoiled := append([]*T{}, all...)
		spoiled[n%len(all)] = nil
		return spoiled, err
	}
	return spoil(ctx, all, err)
}

type faultyEvent struct{ graph.EventResolver }

func (f faultyEvent) Place(ctx context.Context, e *timeline.Event) (*timeline.EventPlace, error) {
	v, err := f.EventResolver.Place(ctx, e)
	return spoil(ctx, v, err)
}

func (f faultyEvent) Claims(ctx context.Context, e *timeline.Event, kind []timeline.ClaimKind) ([]*timeline.Claim, error) {
	v, err := f.EventResolver.Claims(ctx, e, kind)
	return holes(ctx, v, err)
}

func (f faultyEvent) Participants(ctx context.Context, e *timeline.Event, role []timeline.ParticipantRole) ([]*timeline.Participation, error) {
	v, err := f.EventResolver.Participants(ctx, e, role)
	return holes(ctx, v, err)
}

func (f faultyEvent) Casualties(ctx context.Context, e *timeline.Event, kind timeline.ClaimKind, rule timeline.CasualtyRule) (*timeline.Casualties, error) {
	v, err := f.EventResolver.Casualties(ctx, e, kind, rule)
	return spoil(ctx, v, err)
}

func (f faultyEvent) PartOf(ctx context.Context, e *timeline.Event) (*timeline.Event, error) {
	v, err := f.EventResolver.PartOf(ctx, e)
	return spoil(ctx, v, err)
}

type faultyConnection struct{ graph.EventConnectionResolver }

func (f faultyConnection) Nodes(ctx context.Context, c *timeline.EventConnection) ([]*timeline.Event, error) {
	v, err := f.EventConnectionResolver.Nodes(ctx, c)
	return holes(ctx, v, err)
}

func (f faultyConnection) Edges(ctx context.Context, c *timeline.EventConnection) ([]*timeline.EventEdge, error) {
	v, err := f.EventConnectionResolver.Edges(ctx, c)
	return holes(ctx, v, err)
}

type faultyClaim struct{ graph.ClaimResolver }

func (f faultyClaim) Source(ctx context.Context, c *timeline.Claim) (*timeline.Source, error) {
	v, err := f.ClaimResolver.Source(ctx, c)
	return spoil(ctx, v, err)
}

func (f faultyClaim) Event(ctx context.Context, c *timeline.Claim) (*timeline.Event, error) {
	v, err := f.ClaimResolver.Event(ctx, c)
	return spoil(ctx, v, err)
}

type faultyQuery struct{ graph.QueryResolver }

func (f faultyQuery) Node(ctx context.Context, id string) (timeline.Node, error) {
	v, err := f.QueryResolver.Node(ctx, id)
	return spoil(ctx, v, err)
}

func (f faultyQuery) Nodes(ctx context.Context, ids []string) ([]timeline.Node, error) {
	v, err := f.QueryResolver.Nodes(ctx, ids)
	switch n := fate(ctx); {
	case len(v) > 0 && n > 90:
		v[0] = (*timeline.Event)(nil)
	case len(v) > 0 && n > 80:
		v[len(v)-1] = stranger{}
	}
	return spoil(ctx, v, err)
}

// stranger is a node that the schema does not know.
type stranger struct{}

func (stranger) IsNode()        {}
func (stranger) NodeID() string { return "stranger" }
