package bench_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"tarikh/bench"
	"tarikh/db"
	"tarikh/edtf"
	"tarikh/graph"
	"tarikh/resolvers"
	"tarikh/timeline"
)

//go:embed queries/page.graphql
var pageDocument string

const events = 10_000

// open makes a database of the made-up record.
func open(b testing.TB, n int) (*db.DB, string) {
	b.Helper()
	ctx := context.Background()
	path := filepath.Join(b.TempDir(), "bench.db")
	d, err := db.Open(ctx, path, db.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(d.Close)
	_, err = d.Write(ctx, timeline.Change{By: "bench", Bulk: true}, func(tx *db.Tx) error {
		outcomes, err := tx.Put(ctx, bench.Record(n))
		for _, o := range outcomes {
			if o.Err != nil {
				b.Fatal(o.Err)
			}
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return d, path
}

// newExecutor is gqlgen's executor with parsed documents kept.
func newExecutor(root graph.ResolverRoot) *executor.Executor {
	x := executor.New(graph.NewExecutableSchema(graph.Config{Resolvers: root}))
	x.SetQueryCache(graphql.MapCache[*ast.QueryDocument]{})
	return x
}

// answer runs the document in a view, begin and end included.
func answer(d *db.DB, x *executor.Executor, document string) ([]byte, error) {
	ctx := graphql.StartOperationTrace(context.Background())
	v, err := d.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	return execute(db.WithView(ctx, v), x, document)
}

func execute(ctx context.Context, x *executor.Executor, document string) ([]byte, error) {
	oc, errs := x.CreateOperationContext(ctx, &graphql.RawParams{Query: document})
	if errs != nil {
		return nil, errs
	}
	handler, ctx := x.DispatchOperation(ctx, oc)
	response := handler(ctx)
	if len(response.Errors) > 0 {
		return nil, response.Errors
	}
	return response.Data, nil
}

func asked() db.EventsAsked {
	from, to, first := edtf.MustParse("2012"), edtf.MustParse("2025"), 50
	return db.EventsAsked{Page: timeline.Page{First: &first}, Where: &timeline.EventWhere{
		Time: &timeline.TimeWhere{From: &from, To: &to}, Place: &timeline.PlaceWhere{Within: []string{"region-1"}}}}
}

// cases are the page three ways; all three must give the same answer.
func cases(b testing.TB, n int) []bench.Case {
	ctx := context.Background()
	d, path := open(b, n)
	f1, err := bench.NewHandwritten(ctx, path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(f1.Close)
	v, err := d.View(ctx)
	if err != nil {
		b.Fatal(err)
	}
	memory, err := bench.NewMemory(ctx, v, asked())
	v.Close()
	if err != nil {
		b.Fatal(err)
	}
	tarikh, floor := newExecutor(resolvers.New()), newExecutor(memory)
	ways := []struct {
		name string
		run  func() ([]byte, error)
	}{
		{"Tarikh", func() ([]byte, error) { return answer(d, tarikh, pageDocument) }},
		{"F1: hand-written SQL to JSON", func() ([]byte, error) { return f1.Page(ctx, "region-1", "2012", "2025") }},
		{"F2: the same document over memory", func() ([]byte, error) {
			return execute(graphql.StartOperationTrace(ctx), floor, pageDocument)
		}},
	}
	var want any
	all := make([]bench.Case, 0, len(ways))
	for _, w := range ways {
		got, err := w.run()
		if err != nil {
			b.Fatalf("%s: %v", w.name, err)
		}
		var value any
		if err := json.Unmarshal(got, &value); err != nil {
			b.Fatal(err)
		}
		if want == nil {
			want = value
		}
		if !reflect.DeepEqual(value, want) {
			b.Fatalf("%s gives another answer: %.2000s", w.name, cmp.Diff(want, value))
		}
		all = append(all, bench.Case{Name: w.name, Run: func() error { _, err := w.run(); return err }})
	}
	return all
}

func TestTheFloorsGiveTheSameAnswer(t *testing.T) { cases(t, 500) }

// BenchmarkPage measures a page of 50 events with all relations beside its floors
// and prints the table that docs/performance.md keeps.
func BenchmarkPage(b *testing.B) {
	all := cases(b, events)
	for b.Loop() {
		results, err := bench.Interleave(9, 20, all...)
		if err != nil {
			b.Fatal(err)
		}
		bench.Table(os.Stdout, results)
		t, f1, f2 := results[0], results[1], results[2]
		b.ReportMetric(float64(t.CPU)/float64(f1.CPU+f2.CPU), "cpu/(F1+F2)")
		b.ReportMetric(t.Allocs/(f1.Allocs+f2.Allocs), "allocs/(F1+F2)")
		b.ReportMetric(float64(t.CPU)/float64(f1.CPU), "cpu/F1")
	}
}
