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

// executors are a document over memory, on gqlgen's executor and from a plan; both must give the
// same bytes.
func executors(b testing.TB, document string, n int) (stock, planned bench.Case) {
	ctx := context.Background()
	d, _ := open(b, n)
	v, err := d.View(ctx)
	if err != nil {
		b.Fatal(err)
	}
	memory, err := bench.NewMemory(ctx, v, asked())
	v.Close()
	if err != nil {
		b.Fatal(err)
	}
	config := graph.Config{Resolvers: memory}
	stock = overMemory(b, "stock", graph.NewExecutableSchema(config), document)
	planned = overMemory(b, "planned", graph.NewPlannedSchema(config, plan.Options{Room: 1 << 20}), document)
	return stock, planned
}

// overMemory is a document that is parsed and validated once, like the server's.
func overMemory(b testing.TB, name string, s graphql.ExecutableSchema, document string) bench.Case {
	ctx := graphql.StartOperationTrace(context.Background())
	x := executor.New(s)
	x.SetQueryCache(graphql.MapCache[*ast.QueryDocument]{})
	op, errs := x.CreateOperationContext(ctx, &graphql.RawParams{Query: document})
	if errs != nil {
		b.Fatal(errs)
	}
	return bench.Case{Name: name, Run: func() error {
		again := *op
		handler, ctx := x.DispatchOperation(ctx, &again)
		if response := handler(ctx); len(response.Errors) > 0 {
			return response.Errors
		} else if len(response.Data) < 1000 {
			b.Fatalf("%s answers %s", name, response.Data)
		}
		return nil
	}}
}

// BenchmarkExecutor measures what writing an answer costs when every row is in memory: from a
// plan, beside gqlgen's executor.
func BenchmarkExecutor(b *testing.B) {
	for name, document := range map[string]string{"rich": pageDocument, "lean": leanDocument} {
		b.Run(name, func(b *testing.B) {
			stock, planned := executors(b, document, events)
			for b.Loop() {
				results, err := bench.Interleave(9, 20, stock, planned)
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

