package plangen

import (
	"go/types"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/vektah/gqlparser/v2/ast"
)

// object writes how an object type is written.
func (g *generator) object(o *codegen.Object) {
	name, receiver, pass := o.Name, "", ""
	if !o.Root {
		receiver, pass = ", obj "+g.ref(o.Reference()), ", obj"
	}
	g.put(`
func (x *planRun) o%[1]s(o *plan.Object%[2]s) bool {
	w := x.Open(o)
	for w.More() {
		x.m%[1]s(&w%[3]s)
	}
	return x.Close(&w)
}

func (x *planRun) m%[1]s(w *plan.Writing%[2]s) {
	defer x.Mend(w)
	for w.More() {
		f := x.Next(w)
		ok := false
		switch x.Case(f) {
		case plan.Stopped:
			x.Refuse(f)
		case plan.Typename:
			ok = x.Name(w)`, name, receiver, pass)
	for _, f := range o.Fields {
		if known(f) {
			g.put("case %d: // %s", g.number, f.Name)
			g.field(f)
		}
		g.number++
	}
	g.put("}\nw.Done(f, ok)\n}\n}")
}

// field writes one case: the value is had as gqlgen has it, in the order in which it does so.
func (g *generator) field(f *codegen.Field) {
	if !placed(f) {
		g.put("ok = %s", g.value(f.TypeReference, "obj."+f.GoFieldName))
		return
	}
	g.put("x.Push(f)")
	if len(f.Args) > 0 {
		g.put("if fc := x.Arguments(f); fc == nil {\nx.Null()\n} else {")
	}
	if f.IsResolver || f.MethodHasContext {
		g.put("if x.Live() {")
	}
	g.resolved(f)
	if f.IsResolver || f.MethodHasContext {
		g.put("}")
	}
	if len(f.Args) > 0 {
		g.put("}")
	}
	g.put("x.Pop()")
}

// resolved writes how a value is had and written.
func (g *generator) resolved(f *codegen.Field) {
	write := func(value string) {
		if types.IsInterface(f.TypeReference.GO) { // only then can gqlgen's resolver have nothing at all
			g.put("if %s == nil {\nx.MissingValue(%t)\n} else {\nok = %s\n}", value, f.TypeReference.GQL.NonNull, g.value(f.TypeReference, value))
			return
		}
		g.put("ok = %s", g.value(f.TypeReference, value))
	}
	call := "obj." + f.GoFieldName + "(" + f.CallArgs() + ")"
	if f.IsResolver {
		call = "x.resolvers." + f.ShortInvocation()
	}
	if f.IsResolver || f.MethodHasContext {
		g.put("ctx := x.Ctx")
	}
	switch {
	case f.IsVariable() && !f.IsResolver:
		write("obj." + f.GoFieldName)
	case f.VOkFunc:
		g.put("if v, known := %s; !known {\nx.MissingValue(%t)\n} else {", call, f.TypeReference.GQL.NonNull)
		write("v")
		g.put("}")
	case f.NoErr && !f.IsResolver:
		g.put("v := %s", call)
		write("v")
	default:
		g.put("if v, err := %s; err != nil {\nx.Fail(err)\n} else {", call)
		write("v")
		g.put("}")
	}
}

// placed says whether writing a field needs its place in the answer: for an error, for what lies
// below it, or for the context of whoever resolves it.
func placed(f *codegen.Field) bool {
	t := f.TypeReference
	return !f.IsVariable() || f.IsResolver || t.Definition.IsCompositeType() || !plain(t) ||
		t.IsNilable() && t.GQL.NonNull || types.IsInterface(t.GO)
}

// plain says whether a type is a single text, whole number or truth that cannot fail.
func plain(t *config.TypeReference) bool {
	return !t.IsSlice() && t.Marshaler != nil && !t.IsContext && !t.HasEnumValues() && builtin(t) != ""
}

// builtin is the method of plan.Run that writes what one of gqlgen's marshal functions does.
func builtin(t *config.TypeReference) string {
	switch t.Marshaler.FullName() {
	case graphqlPackage + "MarshalString", graphqlPackage + "MarshalID":
		return "String(string(%s))"
	case graphqlPackage + "MarshalInt", graphqlPackage + "MarshalInt8", graphqlPackage + "MarshalInt16",
		graphqlPackage + "MarshalInt32", graphqlPackage + "MarshalInt64":
		return "Int(int64(%s))"
	case graphqlPackage + "MarshalUint", graphqlPackage + "MarshalUint8", graphqlPackage + "MarshalUint16",
		graphqlPackage + "MarshalUint32", graphqlPackage + "MarshalUint64":
		return "Uint(uint64(%s))"
	case graphqlPackage + "MarshalBoolean":
		return "Bool(bool(%s))"
	case graphqlPackage + "MarshalFloatContext":
		return "Float(float64(%s))"
	}
	return ""
}

const graphqlPackage = "github.com/99designs/gqlgen/graphql."

// byAddress says whether values of a type are handed on by address: structs that are objects.
func byAddress(t *config.TypeReference) bool {
	return t.Definition.Kind == ast.Object && !t.IsMarshaler && t.Marshaler == nil && !t.IsNilable()
}
