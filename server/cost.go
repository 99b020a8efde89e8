package server

import (
	"math"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"tarikh/timeline"
)

// How many items a list is taken to have that nobody gave a size.
const (
	assumedList    = 4
	assumedBuckets = 100 // also clusters of a map, and numbers of a histogram
)

// costing foretells how many fields an answer holds, from the operation alone.
type costing struct {
	schema    *ast.Schema
	variables map[string]any
}

// cost is the expected number of fields. A connection has as many records as it is
// asked for (absent: a page), a list of ids as many as there are ids, another list of
// objects assumedList. Introspection costs nothing here: the guard bounds its
// document, and Limits.Values its answer.
func cost(schema *ast.Schema, op *ast.OperationDefinition, variables map[string]any) int {
	c := costing{schema, variables}
	return c.set(op.SelectionSet, 1)
}

// set is the cost of a selection set; page is the size of the connection that it is
// selected of, 1 elsewhere.
func (c costing) set(set ast.SelectionSet, page int) (sum int) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			sum = plus(sum, c.field(s, page))
		case *ast.InlineFragment:
			sum = plus(sum, c.set(s.SelectionSet, page))
		case *ast.FragmentSpread:
			sum = plus(sum, c.set(s.Definition.SelectionSet, page))
		}
	}
	return sum
}

func (c costing) field(f *ast.Field, page int) int {
	if strings.HasPrefix(f.Name, "__") {
		return 1
	}
	if len(f.SelectionSet) == 0 {
		return c.leaf(f)
	}
	args := f.ArgumentMap(c.variables)
	if isConnection(f.Definition.Type) {
		return plus(1, c.set(f.SelectionSet, pageSize(args)))
	}
	items := 1
	switch {
	case f.Definition.Type.Elem == nil:
	case isConnection(ast.NamedType(f.ObjectDefinition.Name, nil)):
		items = c.ofConnection(f, args, page)
	default:
		items = listSize(args)
	}
	return plus(1, times(items, c.set(f.SelectionSet, 1)))
}

// ofConnection is the size of a list that a connection has: its page is as long as
// asked for; buckets, facets and clusters are of the whole selection.
func (c costing) ofConnection(f *ast.Field, args map[string]any, page int) int {
	switch f.Name {
	case "nodes", "edges":
		return page
	case "buckets", "clusters":
		return assumedBuckets
	case "facets":
		if _, ok := args["first"]; !ok {
			return timeline.DefaultFacet
		}
	}
	return listSize(args)
}

// leaf is the cost of a field without a selection: of the lists of a histogram that of their
// numbers, ten of which cost as much as a field.
func (c costing) leaf(f *ast.Field) int {
	if f.Definition == nil || f.Definition.Type.Elem == nil || f.ObjectDefinition == nil || f.ObjectDefinition.Name != "Histogram" {
		return 1
	}
	numbers := assumedBuckets
	if f.Definition.Type.Elem.Elem != nil {
		numbers *= assumedList
	}
	return numbers / numbersOfField
}

// isConnection says whether a type is a page of records (Relay's connections are
// told by the end of their name).
func isConnection(t *ast.Type) bool {
	return t.Elem == nil && strings.HasSuffix(t.NamedType, "Connection")
}

// listSize is the size of a list by its arguments.
func listSize(args map[string]any) int {
	if ids, ok := args["ids"].([]any); ok {
		return len(ids)
	}
	if n, ok := number(args["first"]); ok {
		return int(max(0, min(n, timeline.MaxRootPage)))
	}
	return assumedList
}

// pageSize is how many records a connection is asked for. More than there may be is
// not refused here but by the connection, which names the argument.
func pageSize(args map[string]any) int {
	for _, name := range []string{"first", "last"} {
		if n, ok := number(args[name]); ok {
			return int(max(0, min(n, timeline.MaxRootPage)))
		}
	}
	return timeline.DefaultPage
}

// plus and times stop at the largest number instead of running over.
func plus(a, b int) int {
	if a > math.MaxInt-b {
		return math.MaxInt
	}
	return a + b
}

func times(a, b int) int {
	if b != 0 && a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}
