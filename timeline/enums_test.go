package timeline

import (
	"maps"
	"slices"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

func TestTheWordsAreTheSchemasEnums(t *testing.T) {
	inSchema := map[string][]string{}
	for name, def := range schema(t).Types {
		if def.Kind != ast.Enum || def.BuiltIn {
			continue
		}
		for _, v := range def.EnumValues {
			inSchema[name] = append(inSchema[name], v.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(inSchema)) {
		if !slices.Equal(Words()[name], inSchema[name]) {
			t.Errorf("%s is %v here and %v in the schema", name, Words()[name], inSchema[name])
		}
	}
	for name := range Words() {
		if inSchema[name] == nil {
			t.Errorf("the schema has no enum %s", name)
		}
	}
}

func TestNobodyCanChangeTheWords(t *testing.T) {
	Words()["TimeMode"][0] = "NEVER"
	if !knownWord("TimeMode", ModePossible) || knownWord("TimeMode", TimeMode("NEVER")) {
		t.Error("a caller's change reached the checks")
	}
}
