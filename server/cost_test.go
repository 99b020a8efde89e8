package server

import (
	"math"
	"testing"

	"tarikh/docs"
)

func TestTheCostIsTheNumberOfFieldsThatAreExpected(t *testing.T) {
	s := serving(t)
	for query, want := range map[string]int{
		`{__typename}`:                             1,
		`{dataset{revision}}`:                      2,
		`{eventTypes{code}}`:                       1 + 4,
		`{events{totalCount}}`:                     1 + 1,
		`{events{nodes{id}}}`:                      1 + 1 + 50,
		`{events(first:3){nodes{id key}}}`:         1 + 1 + 6,
		`{events(last:3){edges{cursor node{id}}}}`: 1 + 1 + 3*(1+2),
		`{events(first:100000){nodes{id}}}`:        1 + 1 + 500,
		`{events(first:-1){nodes{id}}}`:            1 + 1,
		`{events(first:3){...F}} fragment F on EventConnection{nodes{id}}`:                1 + 1 + 3,
		`query($n:Int=2){events(first:$n){nodes{id}}}`:                                    1 + 1 + 2,
		`{nodes(ids:["a","b","c"]){id}}`:                                                  1 + 3,
		`{location(ref:"a"){events(first:2){nodes{actors{events(first:3){nodes{id}}}}}}}`: 1 + 1 + 1 + 2*(1+4*(1+1+3)),
		`{events(first:0){buckets(by:YEAR){start possible splits{key}}}}`:                 1 + 1 + 100*(2+1+4),
		`{events(first:0){histogram(by:YEAR){starts possible keys splits}}}`:              1 + 1 + 10 + 10 + 10 + 40,
		`{events(first:0){facets(by:TYPE){key} b:facets(by:TAG,first:3){key}}}`:           1 + (1 + 10) + (1 + 3),
		`{events(first:0){clusters(bbox:[0,0,1,1],zoom:3){count}}}`:                       1 + 1 + 100,
		`{__schema{types{name}}}`:                                                         1,
	} {
		q := &question{Query: query}
		op, r := s.engine.prepare(q)
		if r != nil {
			t.Errorf("%s: %v", query, r.errs)
			continue
		}
		if got := cost(s.engine.schema.Schema(), op.OperationDefinition, op.variables); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
}

func TestAListIsAsLongAsItsArgumentsSay(t *testing.T) {
	for _, test := range []struct {
		args map[string]any
		want int
	}{
		{nil, assumedList},
		{map[string]any{"first": nil}, assumedList},
		{map[string]any{"first": int64(7)}, 7},
		{map[string]any{"first": int64(7000)}, 500},
		{map[string]any{"ids": []any{"a", "b"}}, 2},
		{map[string]any{"ids": "a"}, assumedList},
	} {
		if got := listSize(test.args); got != test.want {
			t.Errorf("%v: %d, want %d", test.args, got, test.want)
		}
	}
}

func TestCostsDoNotRunOver(t *testing.T) {
	if plus(math.MaxInt, 1) != math.MaxInt || times(math.MaxInt/2, 3) != math.MaxInt ||
		times(0, 5) != 0 || times(5, 0) != 0 {
		t.Error("they do")
	}
}

func TestEveryQuestionOfTheDocsIsWithinTheLimits(t *testing.T) {
	queries, err := docs.Queries()
	if err != nil {
		t.Fatal(err)
	}
	s := serving(t)
	for _, q := range queries {
		variables := map[string]any{}
		if q.Variables != "" {
			if err := decodeJSON([]byte(q.Variables), &variables); err != nil {
				t.Fatal(err)
			}
		}
		if _, refused := s.engine.prepare(&question{Query: q.Document, Variables: variables}); refused != nil {
			t.Errorf("%s: %v", q.File, refused.errs)
		}
	}
}

func TestARichPageOfEveryConnectionIsWithinTheCost(t *testing.T) {
	s := serving(t)
	const rich = `{events(first:100){totalCount pageInfo{hasNextPage endCursor} edges{cursor node{
		id key title(lang:"ar"){text lang dir} summary{text} status type{code label{text}}
		time{edtf earliest latest precision approximate uncertain display(lang:"ar")}
		place{location{key name{text} point{lat lon}} role precision point{lat lon} words}
		participants{actor{key name{text} kind} role side certainty}
		claims{kind range{low best high} words claimant{name{text}} source{title{text} url} status}
		casualties{low best high open contested sourceCount} citations{source{key title{text}} locator}
		tags identifiers{scheme value url}}}}}`
	if got := do(t, s, post(rich, nil)); len(got.Errors) > 0 {
		t.Error(got.text)
	}
}
