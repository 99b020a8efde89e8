package timeline

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"tarikh/edtf"
	"tarikh/names"
)

// schema is the service's own schema.
func schema(t *testing.T) *ast.Schema {
	t.Helper()
	text, err := os.ReadFile("../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// members are the JSON names of a struct's fields with the words of their types in GraphQL.
func members(of reflect.Type) map[string]string {
	all := map[string]string{}
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		all[name] = graphType(of.Field(i).Type)
	}
	return all
}

// graphType is how the schema writes a Go type, without exclamation marks.
func graphType(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[edtf.Value]():
		return "EDTF"
	case reflect.TypeFor[edtf.Precision]():
		return "TimePrecision"
	case reflect.TypeFor[names.Language]():
		return "Language"
	}
	if name, ok := map[reflect.Kind]string{reflect.Bool: "Boolean", reflect.Int: "Int",
		reflect.Float64: "Float"}[t.Kind()]; ok {
		return name
	}
	switch {
	case t.Kind() == reflect.Pointer:
		return graphType(t.Elem())
	case t.Kind() == reflect.Slice:
		return "[" + graphType(t.Elem()) + "]"
	case t.Name() == "string":
		return "String"
	}
	return t.Name()
}

func TestFiltersAndOrdersAreTheSchemasInputs(t *testing.T) {
	s := schema(t)
	types := []any{EventWhere{}, TimeWhere{}, PlaceWhere{}, NearWhere{}, ActorRefWhere{},
		ParticipationsWhere{}, ParticipationWhere{}, ClaimsWhere{}, ClaimWhere{}, SourcesWhere{},
		SourceWhere{}, ActorWhere{}, LocationWhere{}, CasualtyWhere{}, EventOrder{}, ActorOrder{},
		LocationOrder{}}
	var known []string
	for _, of := range types {
		goType := reflect.TypeOf(of)
		known = append(known, goType.Name())
		input := s.Types[goType.Name()]
		if input == nil || input.Kind != ast.InputObject {
			t.Errorf("the schema has no input %s", goType.Name())
			continue
		}
		want := map[string]string{}
		for _, f := range input.Fields {
			want[f.Name] = strings.ReplaceAll(f.Type.String(), "!", "")
		}
		if got := members(goType); !reflect.DeepEqual(got, want) {
			t.Errorf("%s has %v, the schema %v", goType.Name(), got, want)
		}
	}
	for name, def := range s.Types {
		if def.Kind == ast.InputObject && !slices.Contains(known, name) {
			t.Errorf("no filter or order stands for the schema's input %s", name)
		}
	}
}

func TestEmptyAndAbsentMembersStayApartInJSON(t *testing.T) {
	for _, text := range []string{
		`{}`, `{"and":[]}`, `{"type":[]}`, `{"tags":["a"],"refs":[]}`, `{"contested":false}`,
		`{"place":{"bbox":[]}}`, `{"actor":{"any":[]}}`, `{"time":{}}`, `{"or":[{},{"not":{}}]}`,
		`{"time":{"from":"2012-04~","to":"2025","mode":"CERTAIN","known":true}}`,
		`{"place":{"near":{"lat":0,"lon":0,"km":1}}}`, `{"casualties":{"atLeast":0}}`,
	} {
		w, err := ParseEventWhere([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := Canonical(w); got != text {
			t.Errorf("%s comes back as %s", text, got)
		}
	}
}

func TestTheCanonicalFormForgetsNullsAndTheOrderOfMembers(t *testing.T) {
	a, errA := ParseEventWhere([]byte(`{"tags":["a"],"type":null,"contested":true,"time":null}`))
	b, errB := ParseEventWhere([]byte(` {"contested": true, "tags": ["a"]} `))
	if errA != nil || errB != nil || Canonical(a) != Canonical(b) {
		t.Errorf("%s and %s: %v, %v", Canonical(a), Canonical(b), errA, errB)
	}
}

func FuzzParseEventWhere(f *testing.F) {
	for _, seed := range []string{`{}`, `{"and":[{"or":[{"not":null}]}]}`, `{"place":{"bbox":[1,2,3,4]}}`,
		`{"time":{"from":"2012","to":"../2013"}}`, `{"actor":{"include":["COMPONENTS"],"any":["a"]}}`,
		`{"casualties":{"kind":"KILLED","atLeast":1}}`, `{"sources":{"some":{"lang":["ar"]}}}`, `null`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		w, err := ParseEventWhere(text)
		if err != nil {
			if CodeOf(err) == CodeInternal {
				t.Fatalf("an error without a code: %v", err)
			}
			return
		}
		once := Canonical(w)
		again, err := ParseEventWhere([]byte(once))
		if err != nil || Canonical(again) != once {
			t.Fatalf("%s comes back as %s, %v", once, Canonical(again), err)
		}
	})
}
