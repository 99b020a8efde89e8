package bench_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/google/go-cmp/cmp"

	"tarikh/bench"
	"tarikh/db"
	"tarikh/graph"
	"tarikh/resolvers"
	"tarikh/server"
	"tarikh/timeline"
)

const events = 10_000

// open makes a database of the made-up record.
func open(b testing.TB, n int) (*db.DB, string) {
	b.Helper()
	ctx := context.Background()
	path := filepath.Join(b.TempDir(), "bench.db")
	d := openPath(b, path)
	_, err := d.Write(ctx, timeline.Change{By: "bench", Bulk: true}, func(tx *db.Tx) error {
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

func openPath(b testing.TB, path string) *db.DB {
	b.Helper()
	d, err := db.Open(context.Background(), path, db.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(d.Close)
	return d
}

// newExecutor is gqlgen's own executor with parsed documents kept.
func newExecutor(root graph.ResolverRoot) *executor.Executor {
	return keeping(graph.NewExecutableSchema(graph.Config{Resolvers: root}))
}

// answer runs a document in a view, begin and end included.
func answer(d *db.DB, x *executor.Executor, q bench.Question) ([]byte, error) {
	ctx := context.Background()
	v, err := d.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	return execute(db.WithView(ctx, v), x, q)
}

func execute(ctx context.Context, x *executor.Executor, q bench.Question) ([]byte, error) {
	ctx = graphql.StartOperationTrace(ctx)
	oc, errs := x.CreateOperationContext(ctx, &graphql.RawParams{Query: q.Document, Variables: q.Variables})
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

// way is one way to answer a question: in process, and as a handler.
type way struct {
	name string
	run  func() ([]byte, error)
	http http.Handler
}

// asking is a question and its ways: Tarikh, F1, F2.
type asking struct {
	bench.Question
	ways []way
}

// askings are the questions about a database, each three ways; all three must give the same answer.
func askings(b testing.TB, d *db.DB, path, lang string) []asking {
	b.Helper()
	ctx := context.Background()
	v, err := d.View(ctx)
	if err != nil {
		b.Fatal(err)
	}
	subjects, err := bench.Choose(ctx, v)
	v.Close()
	if err != nil {
		b.Fatal(err)
	}
	subjects.Lang = lang
	b.Logf("%+v", subjects)
	questions, err := bench.Questions(subjects)
	if err != nil {
		b.Fatal(err)
	}
	f1, err := bench.NewHandwritten(ctx, path, lang)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(f1.Close)
	s := serving(b, d)
	tarikh := planning(resolvers.New())
	all := make([]asking, 0, len(questions))
	for _, q := range questions {
		memory := bench.NewMemory()
		floor := planning(memory)
		if _, err := answer(d, floor, q); err != nil {
			b.Fatalf("%s: %v", q.Name, err)
		}
		memory.Seal()
		overF1 := func() ([]byte, error) { return q.F1(ctx, f1) }
		overF2 := func() ([]byte, error) { return execute(ctx, floor, q) }
		a := asking{q, []way{
			{"Tarikh", func() ([]byte, error) { return answer(d, tarikh, q) }, s.Handler()},
			{"F1", overF1, plain(overF1)},
			{"F2", overF2, plain(overF2)},
		}}
		same(b, a)
		all = append(all, a)
	}
	return all
}

// serving is the real server, without kept answers, because what is measured is answering and not
// remembering, and with the patience that a busy machine needs.
func serving(b testing.TB, d *db.DB) *server.Server {
	b.Helper()
	limits := server.DefaultLimits()
	limits.Answers, limits.Wait, limits.Time, limits.Write = 0, time.Minute, time.Minute, 3*time.Minute
	s, err := server.New(server.Options{DB: d, Limits: limits, Version: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// plain is a handler that answers what it is asked without looking at it.
func plain(run func() ([]byte, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked struct {
			Query     string
			Variables map[string]any
		}
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		data, err := run()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"data":%s}`, data)
	})
}

// same holds the answers of all ways against each other.
func same(b testing.TB, a asking) {
	b.Helper()
	var want any
	for _, w := range a.ways {
		got, err := w.run()
		if err != nil {
			b.Fatalf("%s %s: %v", a.Name, w.name, err)
		}
		sent, err := request(a, w)
		if err != nil {
			b.Fatalf("%s %s: %v", a.Name, w.name, err)
		}
		for _, text := range [][]byte{got, sent} {
			var value any
			if err := json.Unmarshal(text, &value); err != nil {
				b.Fatalf("%s %s: %v in %.200s", a.Name, w.name, err, text)
			}
			if want == nil {
				want = value
			}
			if !reflect.DeepEqual(value, want) {
				b.Fatalf("%s: %s gives another answer: %.2000s", a.Name, w.name, cmp.Diff(want, value))
			}
		}
	}
}

// request asks a way's handler and gives the data.
func request(a asking, w way) ([]byte, error) {
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body(a)))
	r.Header.Set("Content-Type", "application/json")
	out := httptest.NewRecorder()
	w.http.ServeHTTP(out, r)
	var reply struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	text, err := io.ReadAll(out.Body)
	if err == nil {
		err = json.Unmarshal(text, &reply)
	}
	if err != nil || reply.Errors != nil {
		return nil, fmt.Errorf("%w %.300s", err, text)
	}
	return reply.Data, nil
}

// body is the question as a client posts it.
func body(a asking) []byte {
	b, err := json.Marshal(map[string]any{"query": a.Document, "variables": a.Variables})
	if err != nil {
		panic(err) // texts and numbers
	}
	return b
}

func TestTheFloorsGiveTheSameAnswer(t *testing.T) {
	t.Run("made-up record", func(t *testing.T) {
		d, path := open(t, 500)
		askings(t, d, path, "ar")
	})
	t.Run("made GED rows", func(t *testing.T) {
		path := large(t, 3000)
		askings(t, openPath(t, path), path, "")
	})
}
