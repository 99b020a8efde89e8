package anyquery

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// enum is the name of an enum value, which a literal writes without quotes.
type enum string

// arguments are those of a field, in parentheses; nothing where none is given.
func (d *document) arguments(of string, f *ast.FieldDefinition) string {
	var all []string
	for _, a := range f.Arguments {
		required := a.Type.NonNull && a.DefaultValue == nil
		if !required && d.chance(60) {
			continue
		}
		all = append(all, a.Name+": "+d.argument(a.Type, of+"("+a.Name+")"))
	}
	if len(all) == 0 {
		return ""
	}
	return "(" + strings.Join(all, ", ") + ")"
}

// argument is a literal, or a variable of the same type, which may then be absent.
func (d *document) argument(t *ast.Type, place string) string {
	value := d.value(t, place, 0)
	if !d.chance(40) {
		return d.literal(value, t)
	}
	text := d.declare(t.String(), plainJSON(value))
	if !t.NonNull && d.chance(20) {
		delete(d.variables, text[1:])
		if d.chance(50) {
			d.declared[len(d.declared)-1] += " = " + d.constant(value)
		}
	}
	return text
}

// value makes up a value of an input type.
func (d *document) value(t *ast.Type, place string, depth int) any {
	if !t.NonNull && d.chance(8) {
		return nil
	}
	if t.Elem != nil {
		if d.chance(10) {
			return d.value(t.Elem, place, depth) // one item stands for a list of it
		}
		items := make([]any, d.rand.IntN(3))
		for i := range items {
			items[i] = d.value(t.Elem, place, depth+1)
		}
		return items
	}
	def := d.Schema.Types[t.NamedType]
	switch def.Kind {
	case ast.Enum:
		return enum(def.EnumValues[d.rand.IntN(len(def.EnumValues))].Name)
	case ast.InputObject:
		return d.input(def, depth)
	}
	if d.Value != nil {
		switch v := d.Value(d.rand, def.Name, place); {
		case v == Null && !t.NonNull:
			return nil
		case v != nil && v != Null:
			return v
		}
	}
	return scalar(d.rand, def.Name)
}

// scalar is a small value of a scalar.
func scalar(r *rand.Rand, name string) any {
	switch name {
	case "Int":
		return r.IntN(5)
	case "Float":
		return float64(r.IntN(400)) / 4
	case "Boolean":
		return r.IntN(2) == 0
	}
	return strconv.Itoa(r.IntN(9))
}

func (d *document) input(def *ast.Definition, depth int) any {
	members := map[string]any{}
	oneOf := def.Directives.ForName("oneOf") != nil
	fields := def.Fields
	if oneOf {
		fields = ast.FieldList{fields[d.rand.IntN(len(fields))]}
	}
	for _, f := range fields {
		required := f.Type.NonNull && f.DefaultValue == nil || oneOf
		if !required && (depth > 3 || !d.chance(100/(len(def.Fields)/2+2))) {
			continue
		}
		of := *f.Type
		of.NonNull = of.NonNull || oneOf
		members[f.Name] = d.value(&of, def.Name+"."+f.Name, depth+1)
	}
	return members
}

// literal writes a value into the document, with a variable in place of some of its parts.
func (d *document) literal(value any, t *ast.Type) string {
	switch v := value.(type) {
	case []any:
		all := make([]string, len(v))
		for i, item := range v {
			all[i] = d.literal(item, t.Elem)
		}
		return "[" + strings.Join(all, ", ") + "]"
	case map[string]any:
		for t.Elem != nil {
			t = t.Elem
		}
		return d.object(v, d.Schema.Types[t.NamedType])
	}
	return d.constant(value)
}

func (d *document) object(members map[string]any, def *ast.Definition) string {
	var all []string
	for _, name := range sorted(members) {
		f := def.Fields.ForName(name)
		text := ""
		if d.chance(15) {
			of := *f.Type
			of.NonNull = of.NonNull || def.Directives.ForName("oneOf") != nil
			text = d.declare(of.String(), plainJSON(members[name]))
		} else {
			text = d.literal(members[name], f.Type)
		}
		all = append(all, name+": "+text)
	}
	return "{" + strings.Join(all, ", ") + "}"
}

// constant writes a value without variables.
func (d *document) constant(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case enum:
		return string(v)
	case string:
		return strconv.Quote(v)
	case []any:
		all := make([]string, len(v))
		for i, item := range v {
			all[i] = d.constant(item)
		}
		return "[" + strings.Join(all, ", ") + "]"
	case map[string]any:
		var all []string
		for _, name := range sorted(v) {
			all = append(all, name+": "+d.constant(v[name]))
		}
		return "{" + strings.Join(all, ", ") + "}"
	}
	return fmt.Sprint(value)
}

// plainJSON is a value as a request's JSON has it.
func plainJSON(value any) any {
	switch v := value.(type) {
	case enum:
		return string(v)
	case []any:
		all := make([]any, len(v))
		for i, item := range v {
			all[i] = plainJSON(item)
		}
		return all
	case map[string]any:
		all := make(map[string]any, len(v))
		for name, member := range v {
			all[name] = plainJSON(member)
		}
		return all
	}
	return value
}

func sorted(members map[string]any) []string {
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
