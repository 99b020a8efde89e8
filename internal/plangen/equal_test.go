package plangen_test

import (
	"cmp"
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"tarikh/internal/anyquery"
	"tarikh/internal/plangen/small"
	"tarikh/plan"
)

// schemas are gqlgen's schema and the one that plans, which counts what it planned.
func schemas(planned *int) (stock, plans graphql.ExecutableSchema) {
	config := small.Config{Resolvers: small.Resolvers{}, Directives: small.Directives()}
	return small.NewExecutableSchema(config), small.NewPlannedSchema(config, plan.Options{Room: 1 << 20,
		Answered: func(by bool) {
			if by {
				*planned++
			}
		}})
}

// unknown are the fields that plans leave to gqlgen.
func unknown() map[string]bool {
	return map[string]bool{"Query.bag": true, "Query.again": true, "Thing.batch": true, "Thing.loud": true}
}

func TestPlansOfEveryKindOfFieldAnswerAsTheStockExecutorDoes(t *testing.T) {
	planned, asked, panicked, failed := 0, 0, 0, 0
	stock, plans := schemas(&planned)
	maker := &anyquery.Maker{Schema: stock.Schema(), Skip: unknown(), Value: func(r *rand.Rand, scalar, _ string) any {
		switch scalar {
		case "Instant":
			return []any{"2026-01-02T03:04:05Z", "yesterday"}[r.IntN(2)]
		}
		return nil
	}}
	count, _ := strconv.Atoi(os.Getenv("TARIKH_DOCUMENTS"))
	n := cmp.Or(count, 2000)
	for seed := range uint64(n) {
		doc := maker.Make(seed)
		parsed, variables, err := anyquery.Read(stock.Schema(), doc)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, doc.Text)
		}
		ctx := small.WithSeed(context.Background(), seed)
		want := anyquery.Ask(ctx, stock, parsed, variables)
		got := anyquery.Ask(ctx, plans, parsed, variables)
		if want.Panic != "" { // what gqlgen told before it panicked depends on when it did
			want.Errors, got.Errors = nil, nil
			panicked++
		}
		if !got.Equal(want) {
			t.Fatalf("seed %d: %s\n%v\nstock %+q\nplans %+q", seed, doc.Text, variables, want, got)
		}
		asked++
		if len(want.Errors) > 0 {
			failed++
		}
	}
	t.Logf("%d documents, %d from plans, %d with errors, %d panicked", asked, planned, failed, panicked)
	if planned != asked || failed < asked/5 || panicked == 0 {
		t.Error("the documents show too little")
	}
}

func TestWhatIsNotKnownIsLeftToTheStockExecutor(t *testing.T) {
	for _, text := range []string{
		"{ bag { name } }", "{ again { count } }", "{ things { batch } }", "{ things { loud } }", "{ count @aside }",
		"{ __schema { queryType { name } } }", `{ __type(name: "Thing") { name } }`,
	} {
		planned := 0
		stock, plans := schemas(&planned)
		parsed, variables, err := anyquery.Read(stock.Schema(), anyquery.Document{Text: text})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		ctx := small.WithSeed(context.Background(), 12)
		want, got := anyquery.Ask(ctx, stock, parsed, variables), anyquery.Ask(ctx, plans, parsed, variables)
		if planned != 0 || !got.Equal(want) {
			t.Errorf("%s: planned %d\nstock %+q\nplans %+q", text, planned, want, got)
		}
	}
}

// What has ended before it begins fails at every root field, with its path, in both.
func TestAnOperationThatHasEndedFailsAsTheStockExecutorDoes(t *testing.T) {
	planned := 0
	stock, plans := schemas(&planned)
	parsed, variables, err := anyquery.Read(stock.Schema(), anyquery.Document{
		Text: `{ a: thing { id } b: things(first: 1, where: {n: 1, when: "yesterday"}) { id } __typename words named { name } }`})
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	end()
	want, got := anyquery.Ask(ctx, stock, parsed, variables), anyquery.Ask(ctx, plans, parsed, variables)
	if planned != 1 || len(want.Errors) != 4 || !got.Equal(want) {
		t.Errorf("stock %+q\nplans %+q", want, got)
	}
}

// quota lets so many fields through.
type quota struct{ left int }

func (q *quota) Take(n int) error {
	if q.left -= n; q.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

func TestAQuotaEndsAnAnswerInTheMiddleOfAList(t *testing.T) {
	planned := 0
	_, plans := schemas(&planned)
	parsed, variables, err := anyquery.Read(plans.Schema(), anyquery.Document{Text: `{ maybe { id name } }`})
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(200) {
		whole := anyquery.Ask(small.WithSeed(context.Background(), seed), plans, parsed, variables)
		items := strings.Count(whole.Data, `"id"`)
		if items < 2 || len(whole.Errors) > 0 {
			continue
		}
		ctx := small.WithSeed(context.Background(), seed)
		just := anyquery.Ask(plan.WithQuota(ctx, &quota{1 + 2*items}), plans, parsed, variables)
		if !just.Equal(whole) {
			t.Errorf("seed %d: just enough gives %+q, not %+q", seed, just, whole)
		}
		short := anyquery.Ask(plan.WithQuota(ctx, &quota{2*items - 1}), plans, parsed, variables)
		if len(short.Errors) == 0 || strings.Count(short.Data, `"id"`) != items-1 {
			t.Errorf("seed %d: one item too few gives %+q, whole %+q", seed, short, whole)
		}
		return
	}
	t.Error("no seed makes a list")
}

// stopwatch ends an operation while its answer is written: when so many fields were let through.
type stopwatch struct {
	after int
	end   func()
}

func (s *stopwatch) Take(n int) error {
	if s.after -= n; s.after < 0 {
		s.end()
	}
	return nil
}

func TestADeadlineInTheMiddleOfAListLeavesWhatStandsAndFailsTheRest(t *testing.T) {
	planned := 0
	_, plans := schemas(&planned)
	parsed, variables, err := anyquery.Read(plans.Schema(), anyquery.Document{Text: `{ maybe { made } }`})
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(400) {
		whole := anyquery.Ask(small.WithSeed(context.Background(), seed), plans, parsed, variables)
		items := strings.Count(whole.Data, `"made"`)
		if items < 3 || len(whole.Errors) > 0 {
			continue
		}
		ctx, end := context.WithCancelCause(small.WithSeed(context.Background(), seed))
		defer end(nil)
		watch := &stopwatch{1 + 2, func() { end(context.DeadlineExceeded) }} // the root, the fields of two items
		short := anyquery.Ask(plan.WithQuota(ctx, watch), plans, parsed, variables)
		kept := strings.Count(short.Data, `"made"`)
		if !strings.HasPrefix(short.Data, whole.Data[:len(`{"maybe":[`)]) || kept == 0 || kept >= items {
			t.Errorf("seed %d: %d of %d items stand in %s, whole %s", seed, kept, items, short.Data, whole.Data)
		}
		if len(short.Errors) != items-kept {
			t.Errorf("seed %d: %d items failed with %+q", seed, items-kept, short.Errors)
		}
		for _, told := range short.Errors {
			if !strings.Contains(told, "maybe") || !strings.Contains(told, "made") || !strings.Contains(told, context.Canceled.Error()) {
				t.Errorf("seed %d: an item failed with %q", seed, told)
			}
		}
		return
	}
	t.Error("no seed makes a list")
}
