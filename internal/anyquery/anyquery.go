// Package anyquery makes up valid GraphQL documents over a schema, for tests that compare answers:
// aliases, fields asked for twice, fragments of both kinds on objects, interfaces and unions,
// @skip and @include on literals and variables, every argument by literal and by variable.
//
// A document follows from its seed alone. It knows nothing of what the schema means: values that
// mean something (refs, cursors) are the test's to give.
package anyquery

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Maker makes documents over a schema.
type Maker struct {
	Schema *ast.Schema
	// Value makes up the value of a scalar at a place such as "Query.event(ref)" or
	// "EventWhere.refs": nil for a small value of its kind, Null for null where it may be.
	Value func(r *rand.Rand, scalar, place string) any
	// Skip names the fields ("Type.field") that are never selected.
	Skip map[string]bool
}

// Null is the value null.
const Null = null("null")

type null string

// Document is one made-up query with the values of its variables, as JSON has them.
type Document struct {
	Text      string
	Variables map[string]any
}

// Bounds of a document.
const (
	mostFields = 60
	deepest    = 7
	heaviest   = 64 // items that lists may come to, each taken for four
)

// Make makes the document of a seed.
func (m *Maker) Make(seed uint64) Document {
	d := &document{Maker: m, rand: rand.New(rand.NewPCG(seed, 1)), variables: map[string]any{}, left: mostFields}
	body := d.set(m.Schema.Query, 0, 1, false)
	head := "query Q"
	if len(d.declared) > 0 {
		head += "(" + strings.Join(d.declared, ", ") + ")"
	}
	return Document{head + " " + body + "\n" + strings.Join(d.fragments, "\n"), d.variables}
}

type document struct {
	*Maker
	rand      *rand.Rand
	variables map[string]any
	declared  []string
	fragments []string          // their texts
	named     map[string]string // by the type that they are on: the last one made
	left      int               // fields that may still be selected
}

func (d *document) chance(percent int) bool { return d.rand.IntN(100) < percent }

// set is a selection set of a composite type. among says that it may be merged with sets of other
// types, so that every response key must tell the type of its value.
func (d *document) set(t *ast.Definition, depth, weight int, among bool) string {
	var all []string
	for n := 1 + d.rand.IntN(5); n > 0; n-- {
		all = append(all, d.selection(t, depth, weight, among))
	}
	if len(all) > 1 && d.chance(15) {
		all = append(all, all[0])
	}
	all = slices.DeleteFunc(all, func(s string) bool { return s == "" })
	if len(all) == 0 || d.chance(20) {
		all = append(all, "__typename")
	}
	return "{ " + strings.Join(all, " ") + " }"
}

func (d *document) selection(t *ast.Definition, depth, weight int, among bool) string {
	among = among || t.IsAbstractType()
	switch chosen := d.rand.IntN(100); {
	case chosen < 12 && depth < deepest:
		on, condition := d.narrowed(t)
		return "..." + condition + d.directives() + " " + d.set(on, depth+1, weight, among || on != t)
	case chosen < 24 && depth < deepest:
		return d.spread(t, depth, weight)
	case chosen >= 95:
		return d.alias("__typename", "") + d.directives()
	}
	return d.field(t, depth, weight, among)
}

// narrowed is a type that some values of t are of, and the condition that says so.
func (d *document) narrowed(t *ast.Definition) (*ast.Definition, string) {
	choices := []*ast.Definition{t}
	if t.IsAbstractType() {
		choices = append(choices, d.Schema.GetPossibleTypes(t)...)
	}
	for _, name := range t.Interfaces {
		choices = append(choices, d.Schema.Types[name])
	}
	on := choices[d.rand.IntN(len(choices))]
	if on == t && d.chance(50) {
		return t, ""
	}
	return on, " on " + on.Name
}

// spread is a named fragment: a new one, or the last one on that type.
func (d *document) spread(t *ast.Definition, depth, weight int) string {
	on, _ := d.narrowed(t)
	if name := d.named[on.Name]; name != "" && d.chance(50) {
		return "..." + name + d.directives()
	}
	set := d.set(on, max(depth, 3), max(weight, 4), true)
	name := fmt.Sprintf("F%d", len(d.fragments))
	d.fragments = append(d.fragments, fmt.Sprintf("fragment %s on %s %s", name, on.Name, set))
	if d.named == nil {
		d.named = map[string]string{}
	}
	d.named[on.Name] = name
	return "..." + name + d.directives()
}

// field is one field with its arguments and what is selected of it; nothing when it would be too
// much.
func (d *document) field(t *ast.Definition, depth, weight int, among bool) string {
	var choices []*ast.FieldDefinition
	for _, f := range t.Fields {
		if !strings.HasPrefix(f.Name, "__") && !d.Skip[t.Name+"."+f.Name] {
			choices = append(choices, f)
		}
	}
	if len(choices) == 0 || d.left == 0 {
		return ""
	}
	f := choices[d.rand.IntN(len(choices))]
	of := d.Schema.Types[f.Type.Name()]
	for inner := f.Type; inner.Elem != nil; inner = inner.Elem {
		weight *= 4
	}
	if of.IsCompositeType() && (depth >= deepest || weight > heaviest) {
		return ""
	}
	d.left--
	arguments := d.arguments(t.Name+"."+f.Name, f)
	text := f.Name
	if arguments != "" || among || d.chance(10) {
		text = d.alias(f.Name, fmt.Sprint(arguments, f.Type))
	}
	text += arguments + d.directives()
	if of.IsCompositeType() {
		text += " " + d.set(of, depth+1, weight, among)
	}
	return text
}

// alias is a response key that follows from all that has to be equal where keys are.
func (d *document) alias(field, from string) string {
	sum := uint32(2166136261)
	for _, b := range []byte(from) {
		sum = (sum ^ uint32(b)) * 16777619
	}
	return fmt.Sprintf("k%08x_%s: %s", sum, strings.Trim(field, "_"), field)
}

func (d *document) directives() string {
	text := ""
	for _, name := range []string{"skip", "include"} {
		if !d.chance(6) {
			continue
		}
		value := fmt.Sprint(d.chance(50))
		if d.chance(60) {
			value = d.declare("Boolean!", d.chance(50))
		}
		text += fmt.Sprintf(" @%s(if: %s)", name, value)
	}
	return text
}

// declare makes a variable of a value.
func (d *document) declare(kind string, value any) string {
	name := fmt.Sprintf("v%d", len(d.declared))
	d.declared = append(d.declared, "$"+name+": "+kind)
	d.variables[name] = value
	return "$" + name
}
