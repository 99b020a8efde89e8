package small

import (
	"context"
	"errors"
	"hash/fnv"
	"math/rand/v2"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

type seedKey struct{}

// WithSeed chooses what the resolvers make: the same at the same path for the same seed.
func WithSeed(ctx context.Context, seed uint64) context.Context {
	return context.WithValue(ctx, seedKey{}, seed)
}

// Resolvers are the root.
type Resolvers struct{}

// Query is the root of queries.
func (Resolvers) Query() QueryResolver { return query{} }

// Thing resolves what things do not have themselves.
func (Resolvers) Thing() ThingResolver { return thing{} }

// Other resolves what others do not have themselves.
func (Resolvers) Other() OtherResolver { return other{} }

// at is the chance of the field at hand.
func at(ctx context.Context) chance {
	h := fnv.New64a()
	_, _ = h.Write([]byte(graphql.GetPath(ctx).String()))
	seed, _ := ctx.Value(seedKey{}).(uint64)
	return chance{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// result is a value, an error, a panic or nothing.
func result[T any](ctx context.Context, c chance, v T) (T, error) {
	var none T
	switch c.IntN(60) {
	case 0:
		panic("a resolver panicked")
	case 1:
		var nobody *Thing
		return none, errors.New(nobody.ID)
	case 2:
		return v, errors.New("a resolver failed")
	case 3:
		return none, gqlerror.List{{Message: "first"}, {Message: "second"}}
	case 4:
		return none, &gqlerror.Error{Message: "elsewhere", Path: graphql.GetPath(ctx), Extensions: map[string]any{"code": "X"}}
	case 5:
		graphql.AddErrorf(ctx, "told beside the value")
		return none, nil
	case 6, 7:
		return none, nil
	}
	return v, nil
}

// named is something with a name, or nothing in one of its ways.
func (c chance) named() Named {
	switch c.IntN(20) {
	case 0:
		return nil
	case 1:
		return (*Thing)(nil)
	case 2:
		return (*Other)(nil)
	case 3:
		return stranger{}
	case 4, 5, 6, 7:
		return c.other()
	case 8, 9, 10:
		o := c.other()
		return &o
	}
	return c.thing()
}

func (c chance) nameds() []Named { return list(c, c.named) }

func (c chance) either() Either {
	if c.of(30) {
		return c.other().Either()
	}
	return c.named()
}

func (c chance) marked() Marked {
	if c.of(5) {
		return stranger{}
	}
	if c.of(10) {
		return nil
	}
	return c.thing()
}

func (c chance) maybeThing() *Thing {
	if c.of(15) {
		return nil
	}
	return c.thing()
}

type query struct{}

func (query) Thing(ctx context.Context, _ *int) (*Thing, error) {
	c := at(ctx)
	return result(ctx, c, c.maybeThing())
}

func (query) Must(ctx context.Context, _ int) (*Thing, error) {
	c := at(ctx)
	return result(ctx, c, c.maybeThing())
}

func (query) Things(ctx context.Context, first *int, where *Filter) ([]*Thing, error) {
	c := at(ctx)
	if where != nil && where.N > 3 {
		return nil, errors.New("n is too much")
	}
	var all []*Thing
	for range min(5, max(0, *orZero(first))) {
		all = append(all, c.thing())
	}
	return result(ctx, c, all)
}

func orZero(n *int) *int {
	if n == nil {
		return new(int)
	}
	return n
}

func (query) Maybe(ctx context.Context, _ []*Filter) ([]*Thing, error) {
	c := at(ctx)
	return result(ctx, c, list(c, c.maybeThing))
}

func (query) Values(ctx context.Context) ([]*Other, error) {
	c := at(ctx)
	return result(ctx, c, list(c, func() *Other { return maybe(c, c.other()) }))
}

func (query) Named(ctx context.Context, _ *int) (Named, error) {
	c := at(ctx)
	return result(ctx, c, c.named())
}

func (query) MustNamed(ctx context.Context) (Named, error) {
	c := at(ctx)
	return result(ctx, c, c.named())
}

func (query) Nameds(ctx context.Context) ([]Named, error) {
	c := at(ctx)
	return result(ctx, c, c.nameds())
}

func (query) Gaps(ctx context.Context) ([]Named, error) {
	c := at(ctx)
	return result(ctx, c, c.nameds())
}

func (query) Nested(ctx context.Context) ([][]Named, error) {
	c := at(ctx)
	return result(ctx, c, list(c, c.nameds))
}

func (query) Either(ctx context.Context) ([]Either, error) {
	c := at(ctx)
	return result(ctx, c, list(c, c.either))
}

func (query) MustEither(ctx context.Context) (Either, error) {
	c := at(ctx)
	return result(ctx, c, c.either())
}

func (query) Marked(ctx context.Context) ([]Marked, error) {
	c := at(ctx)
	return result(ctx, c, list(c, c.marked))
}

func (query) Count(ctx context.Context) (int, error) {
	c := at(ctx)
	return result(ctx, c, c.Int())
}

func (query) Words(ctx context.Context) ([]string, error) {
	c := at(ctx)
	return result(ctx, c, list(c, c.text))
}

func (query) Bag(context.Context) (map[string]any, error) { return map[string]any{"name": "bag"}, nil }

type thing struct{}

func (thing) Made(ctx context.Context, t *Thing) (string, error) {
	at := at(ctx)
	return result(ctx, at, t.Name+at.text())
}

func (thing) Leaf(ctx context.Context, _ *Thing, n *int) (*int, error) {
	return result(ctx, at(ctx), n)
}

func (thing) Leaves(ctx context.Context, _ *Thing) ([]Plain, error) {
	c := at(ctx)
	return result(ctx, c, list(c, func() Plain { return Plain(c.text()) }))
}

func (thing) Kin(ctx context.Context, _ *Thing, _ *int) (Named, error) {
	c := at(ctx)
	return result(ctx, c, c.named())
}

func (thing) Kins(ctx context.Context, _ *Thing, _ *int) ([]Named, error) {
	c := at(ctx)
	return result(ctx, c, c.nameds())
}

func (thing) Grid(ctx context.Context, _ *Thing) ([][]*Thing, error) {
	c := at(ctx)
	return result(ctx, c, list(c, func() []*Thing { return list(c, c.maybeThing) }))
}

func (thing) Batch(_ context.Context, all []*Thing) ([]*string, error) {
	names := make([]*string, len(all))
	for i, t := range all {
		names[i] = &t.Name
	}
	return names, nil
}

func (thing) Loud(context.Context, *Thing) (*string, error) { return nil, nil }

type other struct{}

func (other) Thing(ctx context.Context, o *Other) (*Thing, error) {
	c := at(ctx)
	if o.N == 3 {
		return nil, errors.New("three")
	}
	return result(ctx, c, c.maybeThing())
}

// Directives are those that run.
func Directives() DirectiveRoot {
	pass := func(ctx context.Context, _ any, next graphql.Resolver) (any, error) { return next(ctx) }
	return DirectiveRoot{Loud: pass, Aside: pass}
}

func (query) Again(context.Context) (*Query, error) { return &Query{}, nil }
