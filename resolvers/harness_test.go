package resolvers_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"tarikh/db"
	"tarikh/graph"
	"tarikh/internal/recordtest"
	"tarikh/resolvers"
	"tarikh/timeline"
)

// openRecord fills a new database with a random but always equal record of n events.
func openRecord(t testing.TB, n int) *db.DB {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, filepath.Join(t.TempDir(), "test.db"), db.Options{
		Now: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	put(t, d, recordtest.Records(n).Example(7))
	return d
}

// put writes records that must all be accepted.
func put(t testing.TB, d *db.DB, records []*timeline.Record) {
	t.Helper()
	_, err := d.Write(context.Background(), timeline.Change{By: "test"}, func(tx *db.Tx) error {
		outcomes, err := tx.Put(context.Background(), records)
		for _, o := range outcomes {
			if o.Err != nil {
				t.Errorf("%s %s: %v", o.Kind, o.Key, o.Err)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// answer is what a document was answered with.
type answer struct {
	Data       json.RawMessage
	Errors     []string
	Statements int
}

// ask answers a document through gqlgen's executor and these resolvers.
func ask(t testing.TB, d *db.DB, document string, variables map[string]any) answer {
	t.Helper()
	ctx := graphql.StartOperationTrace(context.Background())
	v, err := d.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	exec := executor.New(graph.NewExecutableSchema(graph.Config{Resolvers: resolvers.New()}))
	oc, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: document, Variables: variables})
	if errs != nil {
		t.Fatalf("%v\n%s", errs, document)
	}
	if oc.Operation.Operation != ast.Query {
		t.Fatal("only queries are asked here")
	}
	handler, ctx := exec.DispatchOperation(db.WithView(ctx, v), oc)
	response := handler(ctx)
	a := answer{Data: response.Data, Statements: v.Statements()}
	for _, e := range response.Errors {
		a.Errors = append(a.Errors, e.Error())
	}
	return a
}
