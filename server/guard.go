package server

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// maxMeta is the most fields below __schema and __type of one operation. Tools ask for
// the whole schema with about 250, whatever the limits for data are.
const maxMeta = 1000

// manyFields stands for any larger number: fragments that spread each other twice
// double their size with every line of a document.
const manyFields = 1 << 30

// size is how large a selection set is with its fragments spread out.
type size struct {
	fields int // of data
	meta   int // of introspection
	depth  int // of fields in fields
}

func (s *size) add(o size) {
	s.fields = min(s.fields+o.fields, manyFields)
	s.meta = min(s.meta+o.meta, manyFields)
	s.depth = max(s.depth, o.depth)
}

// guard refuses a parsed document that is larger than the limits before validation
// sees it: the rule on overlapping fields is quadratic in fields that repeat, and
// whatever expands fragments is exponential in their number. The guard itself looks
// at each node of the document once.
func guard(doc *ast.QueryDocument, l Limits) *refusal {
	if len(doc.Operations) > l.Operations {
		return tooMuch("operations", "the document has more than %d operations", l.Operations)
	}
	if len(doc.Fragments) > l.Fragments {
		return tooMuch("fragments", "the document has more than %d fragments", l.Fragments)
	}
	g := &walker{limits: l, doc: doc, sizes: map[*ast.FragmentDefinition]size{}}
	for _, op := range doc.Operations {
		g.operation(op)
	}
	for _, f := range doc.Fragments {
		g.fragment(f) // those that no operation spreads are validated, too
	}
	return g.refused
}

// walker measures a document and keeps the first thing that is too much.
type walker struct {
	limits  Limits
	doc     *ast.QueryDocument
	sizes   map[*ast.FragmentDefinition]size
	open    []*ast.FragmentDefinition // those being measured, each spread by the one before
	refused *refusal

	aliases, directives int
}

func (g *walker) refuse(r *refusal) {
	if g.refused == nil {
		g.refused = r
	}
}

func (g *walker) operation(op *ast.OperationDefinition) {
	if op.Operation == ast.Subscription {
		g.refuse(invalid("subscriptions are not served here"))
	}
	g.directed(op.Directives)
	for _, v := range op.VariableDefinitions {
		g.directed(v.Directives)
		g.value(v.DefaultValue, 0)
	}
	g.check(g.set(op.SelectionSet, map[string]int{}))
}

// fragment measures a fragment once.
func (g *walker) fragment(f *ast.FragmentDefinition) size {
	if s, ok := g.sizes[f]; ok {
		return s
	}
	if slices.Contains(g.open, f) {
		g.refuse(invalid("a fragment spreads itself"))
		return size{}
	}
	g.open = append(g.open, f)
	g.directed(f.Directives)
	s := g.set(f.SelectionSet, map[string]int{})
	if strings.HasPrefix(f.TypeCondition, "__") {
		g.check(size{meta: s.fields}) // it can stand below __schema and __type only
	} else {
		g.check(s)
	}
	g.open = g.open[:len(g.open)-1]
	g.sizes[f] = s
	return s
}

func (g *walker) check(s size) {
	switch l := g.limits; {
	case s.depth > l.Depth:
		g.refuse(tooMuch("depth", "the question nests deeper than %d fields", l.Depth))
	case s.fields > l.Fields:
		g.refuse(tooMuch("fields", "the question has more than %d fields", l.Fields))
	case s.meta > maxMeta:
		g.refuse(tooMuch("fields", "the question has more than %d fields of introspection", maxMeta))
	}
}

// set measures a selection set. keys counts the response keys of the set that it is
// part of: inline fragments do not begin a new one.
func (g *walker) set(set ast.SelectionSet, keys map[string]int) (s size) {
	for _, selection := range set {
		switch sel := selection.(type) {
		case *ast.Field:
			g.repeated(keys, sel.Alias)
			s.add(g.field(sel))
		case *ast.InlineFragment:
			g.directed(sel.Directives)
			s.add(g.set(sel.SelectionSet, keys))
		case *ast.FragmentSpread:
			g.repeated(keys, "..."+sel.Name)
			g.directed(sel.Directives)
			if f := g.doc.Fragments.ForName(sel.Name); f != nil {
				s.add(g.fragment(f))
			}
		}
	}
	return s
}

func (g *walker) field(f *ast.Field) size {
	if f.Alias != f.Name {
		if g.aliases++; g.aliases > g.limits.Aliases {
			g.refuse(tooMuch("aliases", "the document has more than %d aliases", g.limits.Aliases))
		}
	}
	g.directed(f.Directives)
	for _, a := range f.Arguments {
		g.value(a.Value, 0)
	}
	below := g.set(f.SelectionSet, map[string]int{})
	if f.Name == "__schema" || f.Name == "__type" {
		return size{meta: min(1+below.fields+below.meta, manyFields), depth: 1}
	}
	below.add(size{fields: 1})
	below.depth++
	return below
}

func (g *walker) repeated(keys map[string]int, key string) {
	if keys[key]++; keys[key] > g.limits.Repeats {
		g.refuse(tooMuch("repeats", "one selection repeats a field more than %d times",
			g.limits.Repeats))
	}
}

func (g *walker) directed(list ast.DirectiveList) {
	if g.directives += len(list); g.directives > g.limits.Directives {
		g.refuse(tooMuch("directives", "the document has more than %d directives",
			g.limits.Directives))
	}
	for _, d := range list {
		if d.Name == "defer" || d.Name == "stream" {
			g.refuse(invalid("@defer and @stream are not served: an answer comes whole"))
		}
		for _, a := range d.Arguments {
			g.value(a.Value, 0)
		}
	}
}

// value measures how deep a literal nests.
func (g *walker) value(v *ast.Value, depth int) {
	if v == nil {
		return
	}
	if depth > g.limits.Nesting {
		g.refuse(tooDeep(g.limits))
		return
	}
	for _, child := range v.Children {
		g.value(child.Value, depth+1)
	}
}

func tooDeep(l Limits) *refusal {
	return tooMuch("nesting", "a value nests deeper than %d lists and objects", l.Nesting)
}
