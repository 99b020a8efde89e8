package server

import (
	"context"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"

	"tarikh/timeline"
)

// budget counts the fields of an answer while they are resolved and ends the
// operation when there are too many. The cost of an operation is foretold; this is
// what it comes to: lists may be longer than assumed, and introspection has no cost.
type budget struct {
	left atomic.Int64
	end  context.CancelCauseFunc
}

// Take takes n fields; a plan does so before it writes an object.
func (b *budget) Take(n int) error {
	if b.left.Add(int64(-n)) < 0 {
		b.end(errTooMuch)
		return errTooMuch
	}
	return nil
}

// field is gqlgen's middleware around every field. It also makes fields that need no
// statement notice that the time is up.
func (b *budget) field(ctx context.Context, next graphql.Resolver) (any, error) {
	if err := b.Take(1); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	value, err := next(ctx)
	if h, ok := value.(*timeline.Histogram); ok && h != nil {
		b.left.Add(-int64(h.Numbers() / numbersOfField))
	}
	return value, err
}

// numbersOfField is how many numbers of a histogram are sent for what a field costs.
const numbersOfField = 10
