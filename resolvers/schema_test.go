package resolvers_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"tarikh/edtf"
	"tarikh/timeline"
)

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

// bound are the Go types that the schema's objects are bound to.
func bound() map[string]reflect.Type {
	types := map[string]reflect.Type{}
	for _, v := range []any{
		timeline.Event{}, timeline.Origin{}, timeline.Text{}, timeline.Time{}, edtf.Bounds{}, timeline.EventPlace{},
		timeline.Point{}, timeline.Participation{}, timeline.Claim{}, timeline.Range{}, timeline.Quote{},
		timeline.Casualties{}, timeline.Citation{}, timeline.Actor{}, timeline.Name{}, timeline.ActorRelation{},
		timeline.Location{}, timeline.Source{}, timeline.Timeline{}, timeline.Era{}, timeline.EventType{},
		timeline.Identifier{}, timeline.EventRelation{}, timeline.Dataset{}, timeline.EventConnection{},
		timeline.EventEdge{}, timeline.PageInfo{}, timeline.ActorConnection{}, timeline.ActorEdge{},
		timeline.LocationConnection{}, timeline.LocationEdge{}, timeline.SourceConnection{}, timeline.SourceEdge{},
		timeline.TimelineConnection{}, timeline.TimelineEdge{}, timeline.Export{},
		timeline.Bucket{}, timeline.Histogram{}, timeline.Facet{}, timeline.Extent{}, timeline.Cluster{},
		timeline.SearchConnection{}, timeline.SearchEdge{}, timeline.Match{}, timeline.Snippet{}, timeline.TextRange{},
	} {
		types[reflect.TypeOf(v).Name()] = reflect.TypeOf(v)
	}
	return types
}

// gqlgen binds a field with arguments to a struct field of the same name and drops
// the arguments without a word. So no struct field may bear such a name.
func TestNoStructFieldTakesTheNameOfAFieldWithArguments(t *testing.T) {
	types := bound()
	for _, d := range schema(t).Types {
		if d.Kind != ast.Object || strings.HasPrefix(d.Name, "__") || d.Name == "Query" {
			continue
		}
		of, ok := types[d.Name]
		if !ok {
			t.Errorf("object %s is not in this test's list of bound types", d.Name)
			continue
		}
		for _, f := range d.Fields {
			if len(f.Arguments) == 0 {
				continue
			}
			_, taken := of.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, f.Name) })
			if taken {
				t.Errorf("%s.%s has arguments, and %s has a struct field of that name", d.Name, f.Name, of)
			}
		}
	}
}

func TestEveryMemberOfTheSchemaIsDescribed(t *testing.T) {
	for _, d := range schema(t).Types {
		if d.BuiltIn {
			continue
		}
		described(t, d.Name, d.Description)
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			described(t, d.Name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				described(t, d.Name+"."+f.Name+"("+a.Name+")", a.Description)
			}
		}
		for _, v := range d.EnumValues {
			described(t, d.Name+"."+v.Name, v.Description)
		}
	}
}

func described(t *testing.T, member, description string) {
	t.Helper()
	if strings.TrimSpace(description) == "" {
		t.Errorf("%s has no description", member)
	}
}

func TestConnectionsHaveTheShapeThatRelayWants(t *testing.T) {
	s := schema(t)
	for _, d := range s.Types {
		if !strings.HasSuffix(d.Name, "Connection") {
			continue
		}
		for _, want := range []struct{ field, kind string }{
			{"edges", "[" + strings.TrimSuffix(d.Name, "Connection") + "Edge!]!"}, {"pageInfo", "PageInfo!"}, {"totalCount", "Int!"},
		} {
			f := d.Fields.ForName(want.field)
			if f == nil || f.Type.String() != want.kind {
				t.Errorf("%s.%s is not %s", d.Name, want.field, want.kind)
			}
		}
	}
}
