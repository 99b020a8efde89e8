package server

import (
	"context"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"tarikh/db"
	"tarikh/export"
	"tarikh/graph"
	"tarikh/internal/lru"
	"tarikh/plan"
	"tarikh/resolvers"
	"tarikh/timeline"
)

// engine answers questions, wherever they come from.
type engine struct {
	db        *db.DB
	version   string
	schema    graphql.ExecutableSchema
	limits    Limits
	queue     *queue
	documents *documents
	persisted *persisted
	answers   *answers
	metrics   *metrics
	log       *slog.Logger
}

func newEngine(o Options, m *metrics) *engine {
	turns := o.Limits.Concurrency
	if turns == 0 {
		turns = o.DB.Readers()
	}
	schema := newSchema(o, m)
	return &engine{
		db:      o.DB,
		version: o.Version,
		schema:  schema,
		limits:  o.Limits,
		queue:   newQueue(turns, o.Limits.Queue, o.Limits.Wait),
		documents: &documents{schema: schema.Schema(), limits: o.Limits, suggestions: o.Suggestions,
			known: lru.New[string, *document](o.Limits.Documents), metrics: m},
		persisted: &persisted{known: lru.New[string, string](o.Limits.Persisted), metrics: m},
		answers:   newAnswers(o.Limits.Answers, m),
		metrics:   m,
		log:       o.Logger,
	}
}

// newSchema answers queries from plans and leaves everything else to gqlgen's executor.
func newSchema(o Options, m *metrics) graphql.ExecutableSchema {
	return graph.NewPlannedSchema(graph.Config{Resolvers: resolvers.New()},
		plan.Options{Off: o.Executor == ExecutorStock, Room: o.Limits.Plans, Answered: m.executed})
}

// formatNames are those of the files that a selection can be had as.
func formatNames() []string {
	formats := export.Formats()
	all := make([]string, len(formats))
	for i, f := range formats {
		all[i] = f.Name
	}
	return all
}

// operation is a question of which everything is known but the answer.
type operation struct {
	*ast.OperationDefinition
	doc       *document
	variables map[string]any
}

// about is what may be told of an operation; nil of none.
func (o *operation) about() *about {
	if o == nil {
		return nil
	}
	return &about{kind: string(o.Operation), name: o.Name, document: o.doc.hash}
}

// operation is the document's operation of that name, or its only one; nil where there
// is none, or no document.
func (d *document) operation(name string) *operation {
	if d == nil {
		return nil
	}
	def := d.Operations.ForName(name)
	if def == nil {
		return nil
	}
	return &operation{OperationDefinition: def, doc: d}
}

// ask answers a question: out of what is kept, or by working it out. Then waiting for
// a turn comes first, because validation cannot be interrupted; the view is closed
// before the caller gets the answer, so a slow client holds neither a reader nor a turn.
func (e *engine) ask(ctx context.Context, q *question) (a *answer) {
	if refused := e.persisted.resolve(q); refused != nil {
		return &answer{refused: refused}
	}
	if a = e.recall(ctx, q); a != nil {
		return a
	}
	a = &answer{}
	leave, refused := e.queue.enter(ctx)
	if refused != nil {
		a.refused = refused
		return a
	}
	defer leave()
	started := time.Now()
	defer func() { a.took = time.Since(started) }()
	ctx, end := context.WithTimeoutCause(ctx, e.limits.Time, errTooLong)
	defer end()

	p := &presenter{log: e.log, request: requestID(ctx), limits: e.limits}
	defer func() {
		if value := recover(); value != nil {
			*a = answer{refused: e.failed(ctx, p, p.recovered(ctx, value)), about: a.about}
		}
	}()
	op, refused := e.prepare(q)
	a.about = op.about()
	if a.refused = refused; refused != nil {
		return a
	}
	if err := ctx.Err(); err != nil { // nothing so far could be interrupted
		a.refused = e.failed(ctx, p, err)
		return a
	}
	view, err := e.db.View(ctx)
	if err != nil {
		a.refused = e.failed(ctx, p, err)
		return a
	}
	defer view.Close()
	ctx = resolvers.WithAddresses(db.WithView(ctx, view), resolvers.Addresses{Base: q.base, Formats: formatNames()})
	e.answer(ctx, view, q, op, p, a)
	return a
}

// prepare does all that needs no record.
func (e *engine) prepare(q *question) (*operation, *refusal) {
	doc, refused := e.documents.read(q.Query)
	op := doc.operation(q.Operation)
	switch {
	case op != nil && q.readOnly && op.Operation == ast.Mutation:
		return op, notByGet() // even where the document is wrong besides
	case refused != nil:
		return op, refused
	case op == nil && q.Operation == "" && len(doc.Operations) > 1:
		return nil, invalid("the document has several operations; operationName says which of them is asked")
	case op == nil:
		return nil, invalid("operationName names none of the document's operations")
	}
	e.persisted.keep(q, doc)
	if op.variables, refused = e.documents.variables(op.OperationDefinition, q.Variables); refused != nil {
		return op, refused
	}
	if n := cost(e.schema.Schema(), op.OperationDefinition, op.variables); n > e.limits.Cost {
		return op, tooMuch("cost", "the answer may hold %d fields, and the limit is %d: "+
			"ask for smaller pages or fewer fields", n, e.limits.Cost)
	}
	return op, nil
}

// answer answers an operation out of a view.
func (e *engine) answer(ctx context.Context, view *db.View, q *question, op *operation, p *presenter, a *answer) {
	a.revision = view.Revision()
	if q.readOnly && !q.statements {
		a.tag = entityTag(e.version, a.revision, q)
	}
	if q.holds != nil && a.tag != "" && q.holds(a.tag) {
		a.unchanged = true
		return
	}
	response := e.execute(ctx, q, op, p)
	a.data, a.errs = response.Data, response.Errors
	a.extensions = response.Extensions
	a.statements = view.Statements()
	if len(a.errs) > 0 {
		a.tag = "" // it may be right the next time
	}
	if p.omitted > 0 {
		a.extend(keyOmitted, p.omitted)
	}
	if q.statements {
		a.extend(keyStatements, a.statements)
		a.extend(keyRevision, a.revision)
	}
	e.remember(q, op, a)
}

// execute runs an operation, from its plan or on gqlgen's executor.
func (e *engine) execute(ctx context.Context, q *question, op *operation, p *presenter) *graphql.Response {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	b := &budget{end: end}
	b.left.Store(int64(e.limits.Values))
	ctx = graphql.WithOperationContext(ctx, &graphql.OperationContext{
		RawQuery:               q.Query,
		Variables:              op.variables,
		OperationName:          q.Operation,
		Doc:                    op.doc.QueryDocument,
		Extensions:             q.Extensions,
		Operation:              op.OperationDefinition,
		RecoverFunc:            p.recovered,
		ResolverMiddleware:     b.field,
		RootResolverMiddleware: rootField,
	})
	ctx = plan.WithQuota(graphql.WithResponseContext(ctx, p.present, p.recovered), b)
	response := e.schema.Exec(ctx)(ctx)
	response.Errors = append(response.Errors, graphql.GetErrors(ctx)...)
	return response
}

func rootField(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) }

// failed makes a refusal of an error that came before execution.
func (e *engine) failed(ctx context.Context, p *presenter, err error) *refusal {
	shown := p.translate(ctx, err)
	shown.Path = nil
	code, _ := shown.Extensions[keyCode].(string)
	status := timeline.StatusOf(&timeline.Error{Code: timeline.Code(code)})
	r := &refusal{status: status.HTTP, errs: gqlerror.List{shown}}
	if status.Code == timeline.CodeUnavailable {
		r.after = time.Second
	}
	return r
}
