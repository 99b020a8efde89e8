package bench_test

import (
	"context"
	_ "embed"
	"os"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"tarikh/bench"
	"tarikh/graph"
	"tarikh/plan"
)

//go:embed queries/lean.graphql
var leanDocument string

// planning is an executor that answers from plans, with parsed documents kept.
func planning(root graph.ResolverRoot) *executor.Executor {
	return keeping(graph.NewPlannedSchema(graph.Config{Resolvers: root}, plan.Options{Room: 1 << 20}))
}

func keeping(s graphql.ExecutableSchema) *executor.Executor {
	x := executor.New(s)
	x.SetQueryCache(graphql.MapCache[*ast.QueryDocument]{})
	return x
}

// overMemory is a question that is parsed and validated once, like the server's, and answered over
// what its resolvers gave the first time.
func overMemory(b testing.TB, root graph.ResolverRoot, q bench.Question) []bench.Case {
	b.Helper()
	var cases []bench.Case
	for i, x := range []*executor.Executor{newExecutor(root), planning(root)} {
		ctx := graphql.StartOperationTrace(context.Background())
		op, errs := x.CreateOperationContext(ctx, &graphql.RawParams{Query: q.Document, Variables: q.Variables})
		if errs != nil {
			b.Fatal(errs)
		}
		cases = append(cases, bench.Case{Name: q.Name + []string{" stock", " plan"}[i], Run: func() error {
			handler, ctx := x.DispatchOperation(ctx, &graphql.OperationContext{
				RawQuery: op.RawQuery, Variables: op.Variables, Doc: op.Doc, Operation: op.Operation,
				RecoverFunc: op.RecoverFunc, ResolverMiddleware: op.ResolverMiddleware, RootResolverMiddleware: op.RootResolverMiddleware,
			})
			if response := handler(ctx); len(response.Errors) > 0 {
				return response.Errors
			}
			return nil
		}})
	}
	return cases
}

// BenchmarkExecutor measures what writing an answer costs when every row is in memory: by gqlgen's
// executor, and from a plan. Q2 is the rich page.
func BenchmarkExecutor(b *testing.B) {
	ctx := context.Background()
	d, _ := open(b, events)
	v, err := d.View(ctx)
	if err != nil {
		b.Fatal(err)
	}
	subjects, err := bench.Choose(ctx, v)
	v.Close()
	if err != nil {
		b.Fatal(err)
	}
	subjects.Lang = "ar"
	questions, err := bench.Questions(subjects)
	if err != nil {
		b.Fatal(err)
	}
	lean := questions[1]
	lean.Name, lean.Document = "lean", leanDocument
	for _, q := range append(questions, lean) {
		b.Run(q.Name, func(b *testing.B) {
			memory := bench.NewMemory()
			if _, err := answer(d, newExecutor(memory), q); err != nil {
				b.Fatal(err)
			}
			memory.Seal()
			cases := overMemory(b, memory, q)
			for b.Loop() {
				results, err := bench.Interleave(7, 20, cases...)
				if err != nil {
					b.Fatal(err)
				}
				bench.Table(os.Stdout, results)
				b.ReportMetric(float64(results[1].CPU)/float64(results[0].CPU), "cpu/stock")
				b.ReportMetric(results[1].Allocs/results[0].Allocs, "allocs/stock")
			}
		})
	}
}
