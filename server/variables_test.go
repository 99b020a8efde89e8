package server

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"tarikh/internal/lru"
)

// sampled reads variables against a schema with everything that can go wrong.
func sampled(t *testing.T, kind, value string) (map[string]any, *refusal) {
	t.Helper()
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `
		scalar Any
		enum Colour { RED GREEN }
		input One @oneOf { id: ID  key: String  one: One }
		input Many { int: Int  list: [Int!]  many: Many  needed: Int! = 3  one: One }
		type Query { ask(id: ID, int: Int, float: Float, string: String, bool: Boolean,
			any: Any, colour: Colour, one: One, many: Many, lists: [[Int!]]): Int }`})
	d := &documents{schema: schema, limits: DefaultLimits(), known: lru.New[string, *document](0), metrics: newMetrics()}
	doc, r := d.read("query($v: " + kind + "){__typename ...F} fragment F on Query{ask(" + argument(kind) + ":$v)}")
	if r != nil {
		t.Fatal(r.errs)
	}
	given := map[string]any{}
	if err := decodeJSON([]byte(value), &given); err != nil {
		t.Fatal(err)
	}
	return d.variables(doc.Operations[0], given)
}

func argument(kind string) string {
	name := strings.ToLower(strings.Trim(kind, "![]"))
	switch {
	case strings.HasPrefix(kind, "[["):
		return "lists"
	case name == "boolean":
		return "bool"
	}
	return name
}

func TestVariablesAreWhatTheirTypeSays(t *testing.T) {
	for _, test := range []struct{ kind, value, wrong string }{
		{"Int", `{"v":5}`, ""},
		{"Int", `{"v":5.0}`, "v"},
		{"Int", `{"v":1e2}`, "v"},
		{"Int", `{"v":null}`, ""},
		{"Int", `{}`, ""},
		{"Int", `{"v":"5"}`, "v"},
		{"Int", `{"v":5.5}`, "v"},
		{"Int", `{"v":true}`, "v"},
		{"Int", `{"v":[5]}`, "v"},
		{"Int", `{"v":3000000000}`, "v"},
		{"Int", `{"v":-2147483648}`, ""},
		{"Int", `{"v":-2147483649}`, "v"},
		{"Int", `{"v":1e999}`, "v"},
		{"Int!", `{"v":null}`, "v"},
		{"Int!", `{}`, "v"},
		{"Float", `{"v":5}`, ""},
		{"Float", `{"v":5.5}`, ""},
		{"Float", `{"v":"5.5"}`, "v"},
		{"Float", `{"v":1e999}`, "v"},
		{"String", `{"v":"5"}`, ""},
		{"String", `{"v":5}`, "v"},
		{"String", `{"v":true}`, "v"},
		{"Boolean", `{"v":true}`, ""},
		{"Boolean", `{"v":"true"}`, "v"},
		{"Boolean", `{"v":1}`, "v"},
		{"ID", `{"v":"a"}`, ""},
		{"ID", `{"v":5}`, ""},
		{"ID", `{"v":5.5}`, "v"},
		{"Colour", `{"v":"RED"}`, ""},
		{"Colour", `{"v":"red"}`, "v"},
		{"Colour", `{"v":1}`, "v"},
		{"Any", `{"v":{"a":[1,"x",null]}}`, ""},
		{"One", `{"v":{"id":"1"}}`, ""},
		{"One", `{"v":{"one":{"key":"a"}}}`, ""},
		{"One", `{"v":{}}`, "v"},
		{"One", `{"v":{"id":"1","key":"a"}}`, "v"},
		{"One", `{"v":{"id":null}}`, "v.id"},
		{"One", `{"v":{"id":"1","key":null}}`, "v"},
		{"One", `{"v":{"one":{}}}`, "v.one"},
		{"Many", `{"v":{}}`, ""},
		{"Many", `{"v":[]}`, "v"},
		{"Many", `{"v":"x"}`, "v"},
		{"Many", `{"v":{"nothing":1}}`, "v.nothing"},
		{"Many", `{"v":{"int":"1"}}`, "v.int"},
		{"Many", `{"v":{"list":1}}`, ""},
		{"Many", `{"v":{"list":[1,"2"]}}`, "v.list[1]"},
		{"Many", `{"v":{"list":[1,null]}}`, "v.list[1]"},
		{"Many", `{"v":{"many":{"one":{}}}}`, "v.many.one"},
		{"Many", `{"v":{"needed":null}}`, "v.needed"},
		{"[[Int!]]", `{"v":[[1],[2]]}`, ""},
		{"[[Int!]]", `{"v":[[1],["2"]]}`, "v[1][0]"},
		{"[[Int!]]", `{"v":1}`, ""},
	} {
		_, r := sampled(t, test.kind, test.value)
		switch {
		case r == nil && test.wrong == "":
		case r == nil:
			t.Errorf("%s %s: taken", test.kind, test.value)
		case r.errs[0].Extensions[keyField] != test.wrong || r.code() != "GRAPHQL_VALIDATION_FAILED":
			t.Errorf("%s %s: %v, want field %q", test.kind, test.value, r.errs, test.wrong)
		case !strings.HasPrefix(r.errs[0].Message, "variable "+test.wrong+": "):
			t.Errorf("%s %s: the message does not say which variable: %s", test.kind, test.value, r.errs[0].Message)
		case r.errs[0].Path != nil:
			t.Errorf("%s %s: a path in the answer %v", test.kind, test.value, r.errs[0].Path)
		}
	}
}

func TestVariablesNestOnlySoDeep(t *testing.T) {
	for kind, value := range map[string]string{
		"Many":     strings.Repeat(`{"many":`, 50) + "{}" + strings.Repeat("}", 50),
		"Any":      strings.Repeat(`[`, 50) + strings.Repeat("]", 50),
		"[[Int!]]": strings.Repeat(`[`, 50) + strings.Repeat("]", 50),
	} {
		if _, r := sampled(t, kind, `{"v":`+value+`}`); r == nil {
			t.Errorf("%s: taken", kind)
		} else if r.sized != "nesting" && kind != "[[Int!]]" {
			t.Errorf("%s: %v", kind, r.errs)
		}
	}
}

func TestNumbersMayBeGosOwn(t *testing.T) {
	for _, n := range []any{1, int32(1), int64(1), 1.0, json.Number("1")} {
		if !fits("Int", n) || !fits("Float", n) || !fits("ID", n) || fits("String", n) {
			t.Errorf("%T", n)
		}
	}
}

func TestAWrongVariableIsRefusedOverHTTP(t *testing.T) {
	s := serving(t)
	const query = "query($w: EventWhere, $n: Int){events(where:$w, first:$n){totalCount}}"
	for body, field := range map[string]any{
		`{"n":"5"}`:                          "n",
		`{"w":{"place":{"bbox":[1,2,"3"]}}}`: "w.place.bbox[2]",
		`{"w":{"status":["reported"]}}`:      "w.status[0]",
		`{"w":{"nothing":1}}`:                "w.nothing",
	} {
		got := do(t, s, post(query, json.RawMessage(body)))
		if got.StatusCode != 400 || len(got.Errors) != 1 || got.Errors[0].Extensions["field"] != field {
			t.Errorf("%s: %d %s", body, got.StatusCode, got.text)
		}
	}
}

func TestARefusedVariableRepeatsLittleOfAMadeUpName(t *testing.T) {
	_, r := sampled(t, "Many", `{"v":{"`+strings.Repeat("ت", 30000)+`":1}}`)
	if r == nil {
		t.Fatal("taken")
	}
	field, _ := r.errs[0].Extensions[keyField].(string)
	if len(field) > 300 || len(r.errs[0].Message) > 400 || !strings.HasPrefix(field, "v.ت") {
		t.Errorf("the error repeats %d and %d bytes", len(field), len(r.errs[0].Message))
	}
	if !utf8.ValidString(field) {
		t.Error("a character was cut through")
	}
}
