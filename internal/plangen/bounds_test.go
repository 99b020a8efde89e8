package plangen_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"tarikh/internal/anyquery"
	"tarikh/internal/plangen/small"
	"tarikh/plan"
)

// Selections of abstract types are resolved once for each type; nested, that is exponential.
func TestAPlanThatWouldBeTooLargeIsLeftToTheStockExecutor(t *testing.T) {
	planned := 0
	stock, plans := schemas(&planned)
	text := "name"
	for range 14 {
		text = "name ... on Thing { kin { " + text + " } } ... on Other { either { ... on Named { " + text + " } } }"
		if len(text) > 200_000 {
			break
		}
	}
	parsed, variables, err := anyquery.Read(stock.Schema(), anyquery.Document{Text: "{ named { " + text + " } }"})
	if err != nil {
		t.Fatal(err)
	}
	ctx := small.WithSeed(context.Background(), 5)
	if want, got := anyquery.Ask(ctx, stock, parsed, variables), anyquery.Ask(ctx, plans, parsed, variables); planned != 0 || !got.Equal(want) {
		t.Errorf("planned %d\nstock %+.500q\nplans %+.500q", planned, want, got)
	}
}

func TestTheSameDocumentIsPlannedOnceAndAnotherChoiceApart(t *testing.T) {
	s := small.NewPlannedSchema(small.Config{Resolvers: small.Resolvers{}}, plan.Options{Room: 1 << 20})
	text := "query($a: Boolean!) { words"
	for i := range 50 {
		text += fmt.Sprintf(" a%d: __typename @include(if: $a)", i)
	}
	parsed, _, err := anyquery.Read(s.Schema(), anyquery.Document{Text: text + " }", Variables: map[string]any{"a": true}})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(a bool) anyquery.Answer {
		return anyquery.Ask(small.WithSeed(context.Background(), 1), s, parsed, map[string]any{"a": a})
	}
	if with, without := ask(true), ask(false); strings.Count(with.Data, "a4") < 5 || strings.Contains(without.Data, "a4") {
		t.Errorf("with %.100s, without %.100s", with.Data, without.Data)
	}
	first := testing.AllocsPerRun(20, func() { ask(true) })
	none := small.NewPlannedSchema(small.Config{Resolvers: small.Resolvers{}}, plan.Options{})
	again := testing.AllocsPerRun(20, func() {
		anyquery.Ask(small.WithSeed(context.Background(), 1), none, parsed, map[string]any{"a": true})
	})
	if again < first+50 {
		t.Errorf("%.0f allocations with kept plans, %.0f without", first, again)
	}
}
