package anyquery

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Read parses and validates a document and coerces its variables; an error where it is not valid.
func Read(s *ast.Schema, d Document) (*ast.QueryDocument, map[string]any, error) {
	doc, err := parser.ParseQuery(&ast.Source{Input: d.Text})
	if err != nil {
		return nil, nil, err
	}
	if errs := validator.ValidateWithRules(s, doc, rules.NewDefaultRules()); len(errs) > 0 {
		return nil, nil, errs
	}
	variables, err := validator.VariableValues(s, doc.Operations[0], d.Variables)
	return doc, variables, err
}

// Answer is an answer as far as two executors must give the same.
type Answer struct {
	Data   string
	Errors []string // each as JSON, sorted: their order is nobody's promise
	Panic  string   // what came out of the executor instead of an answer
}

// Ask answers the only operation of a document. Fields fail when ctx has ended.
func Ask(ctx context.Context, s graphql.ExecutableSchema, doc *ast.QueryDocument, variables map[string]any) (a Answer) {
	op := &graphql.OperationContext{
		Doc: doc, Operation: doc.Operations[0], Variables: variables, RecoverFunc: recovered,
		ResolverMiddleware: func(ctx context.Context, next graphql.Resolver) (any, error) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			return next(ctx)
		},
		RootResolverMiddleware: func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) },
	}
	ctx = graphql.WithResponseContext(graphql.WithOperationContext(ctx, op), present, recovered)
	defer func() {
		if value := recover(); value != nil {
			a.Panic = fmt.Sprint(value)
		}
		for _, err := range graphql.GetErrors(ctx) {
			text, _ := json.Marshal(err)
			a.Errors = append(a.Errors, string(text))
		}
		slices.Sort(a.Errors)
	}()
	a.Data = string(s.Exec(ctx)(ctx).Data)
	return a
}

// recovered makes an error of a panic.
func recovered(_ context.Context, value any) error { return gqlerror.Errorf("panic: %v", value) }

// present adds to an error where its presenter was told that it is.
func present(ctx context.Context, err error) *gqlerror.Error {
	e := *graphql.DefaultErrorPresenter(ctx, err)
	e.Extensions = map[string]any{"own": e.Extensions, "at": graphql.GetPath(ctx).String(), "field": graphql.GetFieldContext(ctx).Object}
	return &e
}

// Equal says whether two answers are the same.
func (a Answer) Equal(b Answer) bool {
	return a.Data == b.Data && a.Panic == b.Panic && slices.Equal(a.Errors, b.Errors)
}
