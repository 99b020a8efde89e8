// Package cohort keeps together the records that one statement read, so that a relation of theirs
// is read once for all of them, when the first of them is asked, however many ask and in whatever
// order.
//
// It knows nobody: neither what the records are nor where they are kept. A cohort lives as long
// as the answer that its records are part of; nothing in it is ever forgotten or read again.
package cohort

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// ErrUnfinished is what callers get who waited for a read, or came after one, that panicked (or
// ended its goroutine) in the caller that ran it.
var ErrUnfinished = errors.New("cohort: the read did not finish")

// Cohort is a set of records, by their row ids. Make one with New; it may be used from many
// goroutines.
type Cohort struct {
	ids   []int64
	mu    sync.Mutex
	reads map[any]any // slot[V] to *reading[V]
}

// slot holds the type of a value beside its key, so that two relations which share a key by
// accident never get each other's value.
type slot[V any] struct{ key any }

// reading is a read that is under way until done is closed.
type reading[V any] struct {
	done  chan struct{}
	value V
	err   error
}

// New makes a cohort of the records ids, each counted once. The slice is not kept.
func New(ids []int64) *Cohort {
	c := &Cohort{ids: make([]int64, 0, len(ids)), reads: map[any]any{}}
	seen := make(map[int64]struct{}, len(ids))
	for _, id := range ids {
		if _, again := seen[id]; !again {
			seen[id] = struct{}{}
			c.ids = append(c.ids, id)
		}
	}
	return c
}

// IDs returns the records of the cohort in the order in which they first appeared. Callers share
// the slice and must not write to it.
func (c *Cohort) IDs() []int64 { return slices.Clip(c.ids) }

// Once returns what read gives for the whole cohort. Of all callers with the same key and the
// same V the first one runs read, with its own ctx; the others wait and get the same value and
// the same error, later callers too. A caller whose ctx ends while it waits gets ctx.Err(); a
// value that is there already is given whatever has become of ctx.
//
// A panic of read goes on in the caller that ran it; the others get ErrUnfinished. The key must
// be comparable and name the relation and all its arguments (a struct of both). read must not ask
// its own cohort for its own key: it would wait for itself until its ctx ends.
func Once[V any](ctx context.Context, c *Cohort, key any,
	read func(ctx context.Context, ids []int64) (V, error)) (V, error) {
	r, first := join[V](c, key)
	if first {
		r.run(ctx, c.IDs(), read)
	}
	return r.wait(ctx)
}

// join returns the reading of key, and whether the caller is the first to ask and so has to run it.
func join[V any](c *Cohort, key any) (r *reading[V], first bool) {
	c.mu.Lock()
	defer c.mu.Unlock() // also when key is not comparable, which panics
	if r, ok := c.reads[slot[V]{key}]; ok {
		return r.(*reading[V]), false
	}
	r = &reading[V]{done: make(chan struct{}), err: ErrUnfinished}
	c.reads[slot[V]{key}] = r
	return r, true
}

// run lets read fill r. It does not recover: the panic keeps its stack, and those who wait are
// woken to the error that r began with.
func (r *reading[V]) run(ctx context.Context, ids []int64,
	read func(ctx context.Context, ids []int64) (V, error)) {
	defer close(r.done)
	r.value, r.err = read(ctx, ids)
}

// wait returns what r has, at once when it is finished.
func (r *reading[V]) wait(ctx context.Context) (V, error) {
	select {
	case <-r.done:
		return r.value, r.err
	default:
	}
	select {
	case <-r.done:
		return r.value, r.err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}
