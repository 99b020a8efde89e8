package resolvers_test

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"tarikh/db"
	"tarikh/graph"
	"tarikh/internal/anyquery"
	"tarikh/plan"
)

// run answers a document that has been read, in a view.
func run(ctx context.Context, t testing.TB, d *db.DB, s graphql.ExecutableSchema, doc *ast.QueryDocument, variables map[string]any) anyquery.Answer {
	t.Helper()
	v, err := d.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	return anyquery.Ask(db.WithView(ctx, v), s, doc, variables)
}

// documents is how many documents are compared: make fuzz compares more.
func documents(t testing.TB, fewest int) int {
	n, _ := strconv.Atoi(os.Getenv("TARIKH_DOCUMENTS"))
	if testing.Short() {
		fewest /= 10
	}
	return cmp.Or(n, fewest)
}

func TestPlansAnswerAsTheStockExecutorDoes(t *testing.T) {
	d := openRecord(t, 12)
	planned := 0
	config := graph.Config{Resolvers: faulty{}.root()}
	stock := graph.NewExecutableSchema(config)
	plans := graph.NewPlannedSchema(config, plan.Options{Room: 1 << 20, Answered: func(by bool) {
		if by {
			planned++
		}
	}})
	maker := &anyquery.Maker{Schema: stock.Schema(), Value: values(t, d)}
	n, asked, invalid := documents(t, 2000), 0, 0
	var seen struct{ null, failed, panicked, bytes int }
	for seed := range uint64(n) {
		doc := maker.Make(seed)
		parsed, given, err := anyquery.Read(stock.Schema(), doc)
		if err != nil {
			if invalid++; invalid < 5 {
				t.Logf("seed %d: %v\n%s", seed, err, doc.Text)
			}
			continue
		}
		for _, variables := range []map[string]any{given, flipped(given)} {
			ctx := context.WithValue(context.Background(), seedKey{}, seed)
			want := run(ctx, t, d, stock, parsed, variables)
			got := run(ctx, t, d, plans, parsed, variables)
			if !got.Equal(want) {
				t.Fatalf("seed %d: %s\n%v\nstock %+q\nplans %+q", seed, doc.Text, variables, want, got)
			}
			asked++
			seen.bytes += len(want.Data)
			seen.null += bit(want.Data == "null")
			seen.failed += bit(len(want.Errors) > 0)
			seen.panicked += bit(strings.Contains(strings.Join(want.Errors, ""), "panic"))
		}
	}
	if planned < asked || invalid > n/100 {
		t.Errorf("of %d documents %d were not valid; of %d questions %d were answered from plans", n, invalid, asked, planned)
	}
	if seen.failed < asked/10 || seen.panicked < asked/100 || seen.null > asked/3 || seen.bytes < 500*asked {
		t.Errorf("the documents show too little: %+v", seen)
	}
	t.Logf("%d documents, %d not valid, %d questions answered from plans: %+v", n, invalid, planned, seen)
}

// flipped are variables with every truth turned over: the same document as another choice.
func flipped(variables map[string]any) map[string]any {
	all := maps.Clone(variables)
	for name, value := range all {
		if truth, ok := value.(bool); ok {
			all[name] = !truth
		}
	}
	return all
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

type seedKey struct{}

// values makes arguments that often mean something in a record.
func values(t testing.TB, d *db.DB) func(r *rand.Rand, scalar, place string) any {
	t.Helper()
	ids, keys := known(t, d)
	return func(r *rand.Rand, scalar, place string) any {
		one := func(all ...string) any { return all[r.IntN(len(all))] }
		name := place[strings.LastIndexAny(place, ".(")+1:]
		switch scalar {
		case "EDTF":
			return one("2012", "2012-04-01", "1990/2020", "2012-04/..", "2013?", "0900/2050", "1900", "2030", "~")
		case "Date":
			return one("2012-04-01", "2015-01-01", "1990-12-31", "2013-02-30")
		case "DateTime":
			return one("2026-01-02T03:04:05Z", "yesterday")
		case "Language":
			return one("ar", "fr", "en", "fr-ML", "tmh", "ar", "fr", "en", "fr-ML", "tmh", "a language")
		case "ID":
			return one(ids...)
		}
		switch strings.TrimSuffix(name, ")") {
		case "first":
			return []any{1, 2, 3, 4, 5, 0, anyquery.Null, anyquery.Null, -1, 1000}[r.IntN(10)]
		case "last":
			return []any{2, 3, anyquery.Null, anyquery.Null, anyquery.Null, anyquery.Null, anyquery.Null, -1}[r.IntN(8)]
		case "after", "before":
			return []any{"nothing", anyquery.Null, anyquery.Null, anyquery.Null, anyquery.Null, anyquery.Null}[r.IntN(6)]
		}
		if of := keys[place]; of != nil && r.IntN(12) > 0 {
			return one(of...)
		}
		return nil
	}
}

// known are the ids of a record's things, and the keys that mean something at a place.
func known(t testing.TB, d *db.DB) (ids []string, keys map[string][]string) {
	t.Helper()
	var got map[string]struct{ Nodes []struct{ ID, Key string } }
	a := ask(t, d, `{ events { nodes { id key } } actors { nodes { id key } } locations { nodes { id key } }
		sources { nodes { id key } } timelines { nodes { id key } } }`, nil)
	if err := json.Unmarshal(a.Data, &got); err != nil {
		t.Fatal(err)
	}
	keys = map[string][]string{"EventWhere.type": {"violence", "battle", "politics"}}
	for kind, places := range map[string][]string{
		"events":    {"Query.event(ref)", "EventWhere.refs"},
		"actors":    {"Query.actor(ref)", "ActorWhere.refs", "ActorRefWhere.any", "ActorRefWhere.all"},
		"locations": {"Query.location(ref)", "LocationWhere.refs", "LocationWhere.within", "PlaceWhere.within", "PlaceWhere.exactly"},
		"sources":   {"Query.source(ref)", "SourceWhere.refs"},
		"timelines": {"Query.timeline(ref)", "EventWhere.timeline"},
	} {
		for _, n := range got[kind].Nodes {
			ids = append(ids, n.ID)
			for _, place := range places {
				keys[place] = append(keys[place], n.Key)
			}
		}
	}
	slices.Sort(ids)
	return append(ids, "ev_nothing"), keys
}
