package server

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"pgregory.net/rapid"
)

// guarded is what the guard says of a text: the limit's name, the code, or nothing.
func guarded(t testing.TB, text string, l Limits) string {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		t.Fatal(err)
	}
	switch r := guard(doc, l); {
	case r == nil:
		return ""
	case r.sized != "":
		return r.sized
	default:
		return r.code()
	}
}

func TestTheGuardMeasuresDocuments(t *testing.T) {
	l := DefaultLimits()
	l.Depth, l.Fields, l.Aliases, l.Directives = 4, 8, 2, 2
	l.Repeats, l.Operations, l.Fragments, l.Nesting = 3, 2, 3, 3
	for text, want := range map[string]string{
		`{a{b{c{d}}}}`:                                          "",
		`{a{b{c{d{e}}}}}`:                                       "depth",
		`{a{...F}} fragment F on T{b{c{d}}}`:                    "",
		`{a{...F}} fragment F on T{b{c{d{e}}}}`:                 "depth",
		`{a{...on T{b{...on T{c{...on T{d}}}}}}}`:               "",
		`{a b c d e f g h}`:                                     "",
		`{a b c d e f g h i}`:                                   "fields",
		`{a{...F ...F}} fragment F on T{b c d}`:                 "",
		`{x{...F}y{...F}z{...F}} fragment F on T{b c d}`:        "fields",
		`{a:x b:x c}`:                                           "",
		`{a:x b:x c:x}`:                                         "aliases",
		`{...F} fragment F on Q{a:x b:x c:x}`:                   "aliases",
		`{a @skip(if:true) b @skip(if:true)}`:                   "",
		`{a @skip(if:true) b @skip(if:true) c @x}`:              "directives",
		`query @a{...F @b} fragment F on Q @c{a}`:               "directives",
		`query($a:Int @a @b @c){a}`:                             "directives",
		`{a a a}`:                                               "",
		`{a a a a}`:                                             "repeats",
		`{a ...{a} ...{a ...{a}}}`:                              "repeats",
		`{b:a b b b}`:                                           "repeats",
		`{x{a a} y{a a}}`:                                       "",
		`{...F ...F ...F ...F} fragment F on Q{a}`:              "repeats",
		`query A{a} query B{a}`:                                 "",
		`query A{a} query B{a} query C{a}`:                      "operations",
		`{a}` + numbered(" fragment F%d on Q{a}", 3):            "",
		`{a}` + numbered(" fragment F%d on Q{a}", 4):            "fragments",
		`{a(b:{c:[{d:1}]})}`:                                    "",
		`{a(b:{c:[{d:[1]}]})}`:                                  "nesting",
		`{a @x(b:[[[[1]]]])}`:                                   "nesting",
		`query($v:T=[[[[1]]]]){a}`:                              "nesting",
		`{...F} fragment F on Q{...G} fragment G on Q{...F}`:    "GRAPHQL_VALIDATION_FAILED",
		`{a} fragment F on Q{...F}`:                             "GRAPHQL_VALIDATION_FAILED",
		`{a} fragment F on Q{a{b{c{d{e}}}}}`:                    "depth",
		`{a} fragment F on Q{a} fragment F on Q{a{b{c{d{e}}}}}`: "depth",
		`subscription{a}`:                                       "GRAPHQL_VALIDATION_FAILED",
		`{a ... @defer{b}}`:                                     "GRAPHQL_VALIDATION_FAILED",
		`{...F @defer} fragment F on Q{a}`:                      "GRAPHQL_VALIDATION_FAILED",
		`{a @stream}`:                                           "GRAPHQL_VALIDATION_FAILED",
		`mutation{a}`:                                           "",
		`{...nowhere}`:                                          "",
		`{__schema{a{b{c{d{e{f g h i j k}}}}}}}`:                "",
		`{__type(name:"T"){...F}} fragment F on __Type{a{b{c{d{e{f g h i j k}}}}}}`: "",
	} {
		if got := guarded(t, text, l); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestIntrospectionIsBoundedToo(t *testing.T) {
	many := strings.Repeat("a{"+numbered("f%d ", 20)+"}", 60)
	l := DefaultLimits()
	l.Repeats = 1000
	if got := guarded(t, "{__schema{"+many+"}}", l); got != "fields" {
		t.Errorf("%q", got)
	}
	if got := guarded(t, doubling("__Type", "{__schema{types{...F0}}}", "name", 60), DefaultLimits()); got != "fields" {
		t.Errorf("%q", got)
	}
}

func TestTheGuardCountsWhatSpreadingOutWouldGive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// fragment i spreads some of those after it, and has some fields of its own
		n := rapid.IntRange(1, 8).Draw(t, "fragments")
		total := make([]int, n+1)
		var b strings.Builder
		for i := n - 1; i >= 0; i-- {
			fields := rapid.IntRange(1, 4).Draw(t, "fields")
			total[i] = fields
			fmt.Fprintf(&b, " fragment F%d on Q{%s", i, numbered(fmt.Sprintf("f%d_%%d ", i), fields))
			for j := i + 1; j < n; j++ {
				if rapid.Bool().Draw(t, "spread") {
					fmt.Fprintf(&b, "...F%d ", j)
					total[i] += total[j]
				}
			}
			b.WriteString("}")
		}
		l := DefaultLimits()
		l.Fields = total[0]
		for i := range n {
			l.Fields = max(l.Fields, total[i])
		}
		text := "{...F0}" + b.String()
		doc, err := parser.ParseQuery(&ast.Source{Input: text})
		if err != nil {
			t.Fatal(err)
		}
		if r := guard(doc, l); r != nil {
			t.Fatalf("refused at its own size %d: %s", l.Fields, text)
		}
		l.Fields--
		if r := guard(doc, l); r == nil {
			t.Fatalf("not refused above %d: %s", l.Fields, text)
		}
	})
}

func FuzzGuard(f *testing.F) {
	f.Add("{a ...F} fragment F on Q{b{...G}} fragment G on Q{...F}")
	f.Add("{__schema{types{...T}}} fragment T on __Type{ofType{...T}}")
	l := DefaultLimits()
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := parser.ParseQuery(&ast.Source{Input: text})
		if err == nil {
			guard(doc, l)
		}
	})
}
