package plangen

import (
	"fmt"
	"strings"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2/ast"
)

// value is a call that writes a value of a type; the function called is written later, once.
func (g *generator) value(t *config.TypeReference, expression string) string {
	name := "v" + strings.TrimPrefix(t.MarshalFunc(), "marshal")
	if !g.written[name] {
		g.written[name] = true
		g.left = append(g.left, func() { g.function(name, t) })
	}
	if byAddress(t) {
		expression = "&" + expression
	}
	return fmt.Sprintf("x.%s(f, %s)", name, expression)
}

// parameter is a type as functions of values take it.
func (g *generator) parameter(t *config.TypeReference) string {
	if byAddress(t) {
		return "*" + g.ref(t.GO)
	}
	return g.ref(t.GO)
}

// function writes how values of a type are written, case by case as gqlgen's type.gotpl.
func (g *generator) function(name string, t *config.TypeReference) {
	if t.IsSlice() && !t.IsScalar() {
		g.list(name, t)
		return
	}
	result := "bool"
	if t.IsMarshaler && !t.IsSlice() {
		result = "(ok bool)"
	}
	g.put("\nfunc (x *planRun) %s(f *plan.Field, v %s) %s {", name, g.parameter(t), result)
	switch {
	case t.IsPtrToSlice(), t.IsPtrToIntf(), t.IsPtrToPtr() && t.Marshaler == nil && !t.IsMarshaler:
		g.put("if v == nil {\nreturn x.Null()\n}\nreturn %s", g.value(t.Elem(), "*v"))
	case t.IsSlice():
		g.scalars(t)
	default:
		if t.IsNilable() {
			g.put("if v == nil {\nreturn x.NullValue(%t)\n}", t.GQL.NonNull)
		}
		g.one(t)
	}
	g.put("}")
}

// scalars writes the body for a list of scalars: gqlgen gives its items no place of their own.
func (g *generator) scalars(t *config.TypeReference) {
	if !t.GQL.NonNull {
		g.put("if v == nil {\nreturn x.Null()\n}")
	}
	g.put(`l := x.OpenList(len(v))
	for l.More() {
		x.ScalarDone(&l, %s)
	}
	return x.CloseList(&l, %t)`, g.value(t.Elem(), "v[x.Scalar(&l)]"), t.Elem().GQL.NonNull)
}

// list writes the functions for any other list.
func (g *generator) list(name string, t *config.TypeReference) {
	g.put("\nfunc (x *planRun) %s(f *plan.Field, v %s) bool {", name, g.ref(t.GO))
	if !t.GQL.NonNull {
		g.put("if v == nil {\nreturn x.Null()\n}")
	}
	g.put(`l := x.OpenList(len(v))
	for l.More() {
		x.i%[1]s(f, &l, v)
	}
	return x.CloseList(&l, %[2]t)
}

func (x *planRun) i%[1]s(f *plan.Field, l *plan.Listing, v %[3]s) {
	defer x.MendItem(l)
	for l.More() {
		i := x.Item(l)
		x.ItemDone(l, %[4]s)
	}
}`, name, t.Elem().GQL.NonNull, g.ref(t.GO), g.value(t.Elem(), "v[i]"))
}

// one writes the body for a single value that is not nil.
func (g *generator) one(t *config.TypeReference) {
	switch {
	case t.IsMarshaler && t.IsContext:
		g.put("x.SelfContext(v)\nreturn true")
	case t.IsMarshaler:
		g.put("ok = true\ndefer x.Guard(len(x.B))\nv.MarshalGQL(x.Run)\nreturn")
	case t.Marshaler != nil:
		g.marshaled(t)
	case t.Definition.Kind == ast.Object:
		g.put("return x.o%s(f.Of, v)", t.Definition.Name)
	default:
		g.concrete(t)
	}
}

// marshaled writes the body for a value that a function marshals.
func (g *generator) marshaled(t *config.TypeReference) {
	v := "v"
	switch {
	case t.IsTargetNilable() && !t.IsNilable():
		v = "&v"
	case !t.IsTargetNilable() && t.IsNilable():
		v = "*v"
	}
	if format := builtin(t); format != "" && !t.HasEnumValues() {
		g.put("return x."+format, v)
		return
	}
	if t.HasEnumValues() {
		v = t.EnumMarshalVar(false) + "[" + v + "]"
	} else if t.CastType != nil {
		v = g.ref(t.CastType) + "(" + v + ")"
	}
	call := templates.Call(t.Marshaler) + "(" + v + ")"
	if !t.IsContext {
		g.put("return x.Marshal(%s, %t)", call, t.GQL.NonNull)
		return
	}
	g.put("m := %s\nif m == graphql.ContextMarshaler(graphql.Null) {\nreturn x.NullValue(%t)\n}\nx.SelfContext(m)\nreturn true", call, t.GQL.NonNull)
}

// concrete writes the body for a value of an interface or union, in gqlgen's order of types.
func (g *generator) concrete(t *config.TypeReference) {
	g.put("switch v := v.(type) {")
	for _, i := range g.data.Interfaces[t.Definition.Name].Implementors {
		g.put("case %s:", g.ref(i.Type))
		if i.CanBeNil() {
			g.put("if v == nil {\nreturn x.Null()\n}")
		}
		take := ""
		if i.TakeRef {
			take = "&"
		}
		g.put("return x.o%[1]s(f.Among[plan%[1]s], %[2]sv)", i.Name, take)
	}
	g.put(`case graphql.Marshaler:
		x.Self(v)
		return true
	}
	panic(fmt.Errorf("unexpected type %%T; non-generated variants of %s must implement graphql.Marshaler", v))`, t.Definition.Name)
}
