package plan

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
)

// Host is what the generated half does for a run besides writing.
type Host interface {
	// Coerce makes Go of a field's arguments with gqlgen's own functions.
	Coerce(ctx context.Context, f *Field, raw map[string]any) (map[string]any, error)
	// Child is gqlgen's context of a field below f.
	Child(ctx context.Context, f *Field, below graphql.CollectedField) (*graphql.FieldContext, error)
}

// Quota bounds how many fields an operation may resolve.
type Quota interface {
	// Take takes n fields; when they are not left, the error ends the run.
	Take(n int) error
}

type quotaKey struct{}

// WithQuota bounds the operations run in a context.
func WithQuota(ctx context.Context, q Quota) context.Context {
	return context.WithValue(ctx, quotaKey{}, q)
}

// Run is one answer being written, by one goroutine.
//
// B ends with what has been written so far. A false result of a method that writes means that it
// wrote null where gqlgen's executor would have its Null: a member that must not be null then
// makes its object null.
type Run struct {
	B []byte
	// Ctx is what resolvers get: at any time it is that of the field at hand.
	Ctx context.Context

	outer context.Context
	op    *graphql.OperationContext
	plan  *Plan
	host  Host
	quota Quota
	done  <-chan struct{} // of outer
	stop  error           // why every field from here on fails; nil: none does

	base *graphql.FieldContext // of the root object
	path []step
	args []*Arguments // coerced, by number; nil: not yet
	late []late
}

// Arguments are a field's, coerced; they are the same for all its parents.
type Arguments struct{ Args map[string]any }

func newRun(ctx context.Context, op *graphql.OperationContext, p *Plan, buffer []byte) *Run {
	r := &Run{B: buffer, outer: ctx, op: op, plan: p, done: ctx.Done(),
		path: make([]step, 0, 24), args: make([]*Arguments, p.arguments)}
	r.quota, _ = ctx.Value(quotaKey{}).(Quota)
	r.Ctx = &place{ctx, r}
	return r
}

// Root begins the answer: it is what is selected of the root of queries.
func (r *Run) Root(h Host, rootName string) *Object {
	r.host = h
	r.base = &graphql.FieldContext{Object: rootName, Parent: graphql.GetFieldContext(r.outer)}
	return r.plan.root
}

// Operation is what is answered.
func (r *Run) Operation() *graphql.OperationContext { return r.op }

// Write lets scalars write themselves.
func (r *Run) Write(p []byte) (int, error) {
	r.B = append(r.B, p...)
	return len(p), nil
}

// WriteString lets scalars write themselves.
func (r *Run) WriteString(s string) (int, error) {
	r.B = append(r.B, s...)
	return len(s), nil
}

// AvailableBuffer lends the room behind what has been written, as that of bytes.Buffer does.
func (r *Run) AvailableBuffer() []byte { return r.B[len(r.B):] }

// Arguments are the coerced arguments of the field at hand; nil where they are wrong, which has
// then been told.
func (r *Run) Arguments(f *Field) *Arguments {
	if a := r.args[f.arg]; a != nil {
		return a
	}
	values, ok := r.coerce(f)
	if !ok {
		return nil // the next parent tells it again, with its own path
	}
	a := &Arguments{values}
	r.args[f.arg] = a
	if at := &r.path[len(r.path)-1]; at.context != nil {
		at.context.Args = values
	}
	return a
}

func (r *Run) coerce(f *Field) (values map[string]any, ok bool) {
	defer func() {
		if value := recover(); value != nil {
			r.op.Error(r.Ctx, r.op.Recover(r.Ctx, value))
			values, ok = nil, false
		}
	}()
	values, err := r.host.Coerce(r.Ctx, f, f.collected.ArgumentMap(r.op.Variables))
	if err != nil {
		r.op.Error(r.Ctx, err)
		return nil, false
	}
	return values, true
}

// Live says whether the field at hand may still be resolved; if not, it has failed.
func (r *Run) Live() bool {
	r.look()
	if r.stop != nil {
		r.Fail(r.stop)
	}
	return r.stop == nil
}

// look notices that the operation has been given up.
func (r *Run) look() {
	if r.stop != nil {
		return
	}
	select {
	case <-r.done:
		r.stop = r.outer.Err()
	default:
	}
}

// take counts n fields.
func (r *Run) take(n int) {
	if r.stop != nil || n == 0 {
		return
	}
	if r.quota != nil {
		if r.stop = r.quota.Take(n); r.stop != nil {
			return
		}
	}
	r.look()
}

// Fail tells the error of the field at hand and writes null in its place.
func (r *Run) Fail(err error) bool {
	r.op.Error(r.Ctx, graphql.AddFieldLocationToError(r.Ctx, err))
	return r.Null()
}

// MissingValue writes null where a resolver gave no value at all.
func (r *Run) MissingValue(nonNull bool) bool {
	if nonNull && !graphql.HasFieldError(r.Ctx, graphql.GetFieldContext(r.Ctx)) {
		r.op.Error(r.Ctx, errMissing)
	}
	return r.Null()
}

// NullValue writes null for a value that is null.
func (r *Run) NullValue(nonNull bool) bool {
	if nonNull && !graphql.HasFieldError(r.Ctx, graphql.GetFieldContext(r.Ctx)) {
		r.op.Error(r.Ctx, errNull)
	}
	return r.Null()
}

// Null writes null.
func (r *Run) Null() bool {
	r.B = append(r.B, "null"...)
	return false
}

// late is an error that counts only if what it is the error of is not taken back: gqlgen writes
// scalars when the whole answer stands, and lets those fail then.
type late struct {
	at       int // where in the buffer
	path     []step
	err      error
	panicked any
}

// cut takes back what was written from n on.
func (r *Run) cut(n int) {
	r.B = r.B[:n]
	for i := len(r.late); i > 0 && r.late[i-1].at >= n; i-- {
		r.late = r.late[:i-1]
	}
}

// later keeps the error of a scalar that was to be written at a place of the buffer.
func (r *Run) later(at int, err error, panicked any) {
	r.late = append(r.late, late{at, slices.Clone(r.path), err, panicked})
}

// settle tells the late errors that still count.
func (r *Run) settle() {
	for _, l := range r.late {
		if l.panicked != nil {
			panic(l.panicked)
		}
		r.path = l.path
		graphql.AddError(r.Ctx, l.err)
	}
}
