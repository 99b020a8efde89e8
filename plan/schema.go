package plan

import (
	"bytes"
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"tarikh/internal/lru"
)

// Options say how queries are answered.
type Options struct {
	// Off leaves everything to the stock schema.
	Off bool
	// Room is how many bytes the plans kept may take, with the documents that they hold on to;
	// 0: none is kept, each question makes its own.
	Room int
	// Answered is told of every operation whether a plan answers it; nil: nobody is.
	Answered func(planned bool)
}

// Schema is a generated schema that answers queries from plans. It calls no middleware of fields
// and root fields: whoever needs one uses the stock schema.
type Schema struct {
	graphql.ExecutableSchema // gqlgen's, which answers everything else

	table   *Table
	options Options
	write   func(r *Run)
	plans   *lru.Cache[planKey, *Plan]
	buffers sync.Pool // of *[]byte
}

// planKey is what a plan follows from: an operation of one parsed document, by identity, and the
// values of its boolean variables.
type planKey struct {
	op     *ast.OperationDefinition
	choice string
}

// New puts plans before a stock schema. write is the generated half: it begins at [Run.Root].
func New(stock graphql.ExecutableSchema, t *Table, o Options, write func(r *Run)) *Schema {
	return &Schema{ExecutableSchema: stock, table: t, options: o, write: write,
		plans: lru.New[planKey, *Plan](o.Room), buffers: sync.Pool{New: func() any { return new([]byte) }}}
}

// Exec answers the operation of ctx.
func (s *Schema) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	p := s.plan(op)
	if s.options.Answered != nil {
		s.options.Answered(p != nil)
	}
	if p == nil {
		return s.ExecutableSchema.Exec(ctx)
	}
	answered := false
	return func(ctx context.Context) *graphql.Response {
		if answered {
			return nil
		}
		answered = true
		return &graphql.Response{Data: s.answer(ctx, op, p)}
	}
}

// answer runs a plan in a borrowed buffer.
func (s *Schema) answer(ctx context.Context, op *graphql.OperationContext, p *Plan) []byte {
	const mostKept = 1 << 20 // one huge answer must not stay in memory for ever
	buffer := s.buffers.Get().(*[]byte)
	r := newRun(ctx, op, p, (*buffer)[:0])
	s.write(r)
	r.settle()
	data := bytes.Clone(r.B)
	if cap(r.B) <= mostKept {
		*buffer = r.B
	}
	s.buffers.Put(buffer)
	return data
}

// plan is the plan of an operation, kept or made; nil where there is none.
func (s *Schema) plan(op *graphql.OperationContext) *Plan {
	if s.options.Off {
		return nil
	}
	key := planKey{op.Operation, choice(op)}
	if p, ok := s.plans.Get(key); ok {
		return p
	}
	p, err := build(s.table, op)
	if err != nil {
		p = nil
	}
	s.plans.Put(key, p, size(op, p))
	return p
}

// choice tells apart the values of the boolean variables, the only ones that @skip and @include
// can read.
func choice(op *graphql.OperationContext) string {
	var values []byte
	for _, v := range op.Operation.VariableDefinitions {
		if v.Type.NamedType != "Boolean" {
			continue
		}
		switch value, known := op.Variables[v.Variable].(bool); {
		case !known:
			values = append(values, '-')
		case value:
			values = append(values, '1')
		default:
			values = append(values, '0')
		}
	}
	return string(values)
}

// size is how many bytes a kept plan takes, about.
func size(op *graphql.OperationContext, p *Plan) int {
	const (
		entry  = 256 // of the cache
		parsed = 40  // bytes of a parsed document, a byte of its text
	)
	n := entry + parsed*len(op.RawQuery)
	if p != nil {
		n += p.size
	}
	return n
}
