package plan

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

// step is one step of the path to the field at hand: a field, or an item of a list.
type step struct {
	field   *Field // nil: an item
	index   int
	context *graphql.FieldContext // nil: nobody has asked for it yet
}

// Push goes to a field, Pop comes back.
func (r *Run) Push(f *Field) { r.path = append(r.path, step{field: f}) }

// Pop comes back from where Push went.
func (r *Run) Pop() { r.path = r.path[:len(r.path)-1] }

// place is the context of wherever a run is. gqlgen's executor makes one for every field of
// every object; this one finds out only when it is asked.
type place struct {
	context.Context
	run *Run
}

// Value gives gqlgen's contexts of the field at hand.
func (p *place) Value(key any) any {
	switch key {
	case fieldContextKey:
		return p.run.fieldContext()
	case rootFieldContextKey:
		if root := p.run.rootFieldContext(); root != nil {
			return root
		}
	}
	return p.Context.Value(key)
}

// The keys under which gqlgen looks for its contexts, which it does not export.
var (
	fieldContextKey     = keyAskedBy(func(ctx context.Context) { graphql.GetFieldContext(ctx) })
	rootFieldContextKey = keyAskedBy(func(ctx context.Context) { graphql.GetRootFieldContext(ctx) })
)

func keyAskedBy(ask func(ctx context.Context)) any {
	l := &listener{Context: context.Background()}
	ask(l)
	return l.key
}

// listener is a context that remembers what it was asked for.
type listener struct {
	context.Context
	key any
}

// Value knows nothing.
func (l *listener) Value(key any) any {
	l.key = key
	return nil
}

// fieldContext is gqlgen's context of the field at hand, with those of all fields above it.
func (r *Run) fieldContext() *graphql.FieldContext {
	parent := r.base
	for i := range r.path {
		s := &r.path[i]
		if s.context == nil {
			s.context = r.contextOf(s)
			s.context.Parent = parent
		}
		parent = s.context
	}
	return parent
}

func (r *Run) contextOf(s *step) *graphql.FieldContext {
	f := s.field
	if f == nil {
		index := s.index
		return &graphql.FieldContext{Index: &index}
	}
	c := &graphql.FieldContext{Object: f.object, Field: f.collected,
		IsMethod: f.info.IsMethod, IsResolver: f.info.IsResolver,
		Child: func(ctx context.Context, below graphql.CollectedField) (*graphql.FieldContext, error) {
			return r.host.Child(ctx, f, below)
		}}
	if f.arg >= 0 && r.args[f.arg] != nil {
		c.Args = r.args[f.arg].Args
	}
	return c
}

func (r *Run) rootFieldContext() *graphql.RootFieldContext {
	if len(r.path) == 0 {
		return nil
	}
	f := r.path[0].field
	return &graphql.RootFieldContext{Object: f.collected.Name, Field: f.collected}
}

// Collected is the field as gqlgen has it.
func (f *Field) Collected() graphql.CollectedField { return f.collected }
