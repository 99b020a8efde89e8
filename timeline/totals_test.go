package timeline

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// tallied is an event of a selection with an exact figure, told by one claim of origin row.
func tallied(row int64, n int, more ...func(*TotalEvent)) TotalEvent {
	e := TotalEvent{Row: row, ID: fmt.Sprintf("ev_%02d", row), Origins: []int64{row}}
	e.Figure = &Casualties{Low: &n, Best: &n, High: &n, ClaimCount: 1, SourceCount: 1, Events: 1}
	for _, m := range more {
		m(&e)
	}
	return e
}

func partOf(rows ...int64) func(*TotalEvent) { return func(e *TotalEvent) { e.Parents = rows } }
func sameAs(rows ...int64) func(*TotalEvent) { return func(e *TotalEvent) { e.SameAs = rows } }
func unknown(e *TotalEvent)                  { e.Figure, e.Origins = nil, nil }
func fromOrigin(o int64) func(*TotalEvent) {
	return func(e *TotalEvent) { e.Origins = []int64{o} }
}

// sides gives an event a low and a high only.
func sides(low, high int) func(*TotalEvent) {
	return func(e *TotalEvent) { e.Figure.Low, e.Figure.Best, e.Figure.High = &low, nil, &high }
}

func TestTotalsAddEveryLossOnce(t *testing.T) {
	tests := []struct {
		name            string
		events          []TotalEvent
		want            string
		events_, unknow int
	}{
		{"nothing", nil, "null/null/null 0c 0s", 0, 0},
		{"no figure", []TotalEvent{tallied(1, 0, unknown)}, "null/null/null 0c 0s", 0, 1},
		{"zero is a figure", []TotalEvent{tallied(1, 0)}, "0/0/0 1c 1s", 1, 0},
		{"two events", []TotalEvent{tallied(1, 3), tallied(2, 4), tallied(3, 0, unknown)}, "7/7/7 2c 2s", 2, 1},
		{"one origin behind both", []TotalEvent{tallied(1, 3), tallied(2, 4, fromOrigin(1))}, "7/7/7 2c 1s", 2, 0},
		{"a best is missing", []TotalEvent{tallied(1, 3), tallied(2, 0, sides(10, 20))}, "13/13/23 open 2c 2s", 2, 0},
		{"a part of a counted whole", []TotalEvent{tallied(1, 9), tallied(2, 4, partOf(1))}, "9/9/9 2c 2s", 1, 0},
		{"a part of a part", []TotalEvent{tallied(1, 9), tallied(3, 4, partOf(2, 1))}, "9/9/9 2c 2s", 1, 0},
		{"the whole has no figure", []TotalEvent{tallied(1, 0, unknown), tallied(2, 4, partOf(1))}, "4/4/4 1c 1s", 1, 1},
		{"the whole is not selected", []TotalEvent{tallied(2, 4, partOf(1))}, "4/4/4 1c 1s", 1, 0},
		{"the same event twice", []TotalEvent{tallied(2, 4, sameAs(1)), tallied(1, 9)}, "9/9/9 2c 2s", 1, 0},
		{"the same through a third", []TotalEvent{tallied(1, 9, sameAs(2)), tallied(2, 0, unknown), tallied(3, 4, sameAs(2))}, "9/9/9 2c 2s", 1, 1},
		{"not through one that is not selected", []TotalEvent{tallied(1, 9, sameAs(2)), tallied(3, 4, sameAs(2))}, "13/13/13 2c 2s", 2, 0},
		{"the smallest id has no figure", []TotalEvent{tallied(1, 0, unknown, sameAs(2)), tallied(2, 4)}, "4/4/4 1c 1s", 1, 1},
		{"the smallest id is left out for its whole",
			[]TotalEvent{tallied(1, 5, partOf(9), sameAs(2)), tallied(2, 4), tallied(9, 7)}, "11/11/11 3c 3s", 2, 0},
	}
	for _, test := range tests {
		c := Total(ClaimKilled, RuleRange, test.events)
		if shown(c) != test.want || c.Events != test.events_ || c.Unknown != test.unknow {
			t.Errorf("%s: %s of %d events, %d unknown; want %s of %d, %d", test.name,
				shown(c), c.Events, c.Unknown, test.want, test.events_, test.unknow)
		}
	}
}

func TestATotalIsContestedWhereSomeEventIs(t *testing.T) {
	e := tallied(1, 0, unknown)
	e.Contested = true
	if !Total(ClaimKilled, RuleRange, []TotalEvent{tallied(2, 1), e}).Contested {
		t.Error("it is not")
	}
}

func TestTotalsDoNotDependOnTheOrderOfEvents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.Int64Range(1, 8)
		var events []TotalEvent
		for i := range int64(8) {
			e := tallied(i+1, rapid.IntRange(0, 9).Draw(t, "n"))
			if rapid.Bool().Draw(t, "unknown") {
				unknown(&e)
			}
			if i > 0 && rapid.Bool().Draw(t, "part") {
				e.Parents = []int64{rapid.Int64Range(1, i).Draw(t, "whole")}
			}
			e.SameAs = rapid.SliceOfN(row, 0, 1).Draw(t, "same")
			events = append(events, e)
		}
		mixed := rapid.Permutation(events).Draw(t, "mixed")
		a, b := Total(ClaimKilled, RuleRange, events), Total(ClaimKilled, RuleRange, mixed)
		if shown(a) != shown(b) || a.Events != b.Events || a.Unknown != b.Unknown {
			t.Fatalf("%s and %s", shown(a), shown(b))
		}
	})
}
