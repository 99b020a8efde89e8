package plan

import (
	"errors"
	"fmt"
	"unsafe"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Plan is an operation resolved against the schema, for one choice of the variables that @skip and
// @include read. It is never changed and is shared by all who ask the operation.
type Plan struct {
	root      *Object
	arguments int // fields with arguments, numbered from 0
	fields    int
	size      int // bytes that it takes, about
}

// Object is what is selected of an object type at one place of an operation.
type Object struct {
	Fields []Field

	typename []byte // the name of the type as JSON
	counted  int    // fields besides __typename
}

// Field is one member of an answered object.
type Field struct {
	// ID is the field's number, or Typename.
	ID int
	// NonNull says that null in its place makes the object null.
	NonNull bool
	// Of is what is selected of the field's value where that is of an object type.
	Of *Object
	// Among is what is selected of it where that is of an interface or a union, by the number
	// of the object type that it turns out to be.
	Among []*Object

	key       []byte // `,"alias":`, or `{"alias":` for the first
	arg       int    // number of its arguments; -1: it has none
	object    string // the type that it is a field of
	info      FieldInfo
	collected graphql.CollectedField
}

// Numbers that are no field of the schema.
const (
	Typename = -1 // __typename
	Stopped  = -2 // any field of a run that has ended early
)

// mostFields bounds a plan: the selection of an abstract type is resolved once for each type that
// it can be, and such selections can be nested.
const mostFields = 20_000

// errUnknown is why an operation is left to gqlgen's executor.
var errUnknown = errors.New("plan: the operation is left to the stock executor")

// build makes the plan of an operation. An error means that there is none: the operation selects
// what the table does not have, carries directives other than @skip and @include, or is too large.
func build(t *Table, op *graphql.OperationContext) (p *Plan, err error) {
	defer func() {
		if value := recover(); value != nil { // gqlgen panics on what validation should refuse
			p, err = nil, fmt.Errorf("%w: %v", errUnknown, value)
		}
	}()
	if op.Operation.Operation != ast.Query || directed(op) {
		return nil, errUnknown
	}
	b := builder{t, op, &Plan{size: int(unsafe.Sizeof(Plan{}))}}
	b.plan.root, err = b.object(t.Query, op.Operation.SelectionSet)
	return b.plan, err
}

type builder struct {
	table *Table
	op    *graphql.OperationContext
	plan  *Plan
}

// object plans a selection set of an object type.
func (b *builder) object(number int, set ast.SelectionSet) (*Object, error) {
	info := &b.table.Objects[number]
	collected := graphql.CollectFields(b.op, set, info.Satisfies)
	if b.plan.fields += len(collected); b.plan.fields > mostFields {
		return nil, errUnknown
	}
	o := &Object{Fields: make([]Field, 0, len(collected)), typename: AppendString(nil, info.Name)}
	b.plan.size += int(unsafe.Sizeof(*o)) + len(collected)*int(unsafe.Sizeof(Field{}))
	seen := make(map[string]bool, len(collected))
	for _, c := range collected {
		switch {
		case len(c.Deferrables) > 0:
			return nil, errUnknown
		case seen[c.Alias] && c.Name == "__typename":
			continue // selected of two interfaces: gqlgen writes the first
		case seen[c.Alias]:
			return nil, errUnknown
		}
		seen[c.Alias] = true
		f, err := b.field(info, c)
		if err != nil {
			return nil, err
		}
		f.key = key(len(o.Fields), c.Alias)
		b.plan.size += cap(f.key) + cap(f.Among)*int(unsafe.Sizeof(f.Of)) + cap(c.Selections)*int(unsafe.Sizeof(c.Selections[0]))
		if f.ID != Typename {
			o.counted++
		}
		o.Fields = append(o.Fields, f)
	}
	return o, nil
}

// key is what stands before the i-th member's value.
func key(i int, alias string) []byte {
	sign := byte(',')
	if i == 0 {
		sign = '{'
	}
	return append(AppendString([]byte{sign}, alias), ':')
}

func (b *builder) field(of *ObjectInfo, c graphql.CollectedField) (Field, error) {
	if c.Name == "__typename" {
		return Field{ID: Typename, NonNull: true, arg: -1}, nil
	}
	info, ok := of.Fields[c.Name]
	if !ok {
		return Field{}, fmt.Errorf("%w: %s.%s", errUnknown, of.Name, c.Name)
	}
	f := Field{ID: info.ID, NonNull: c.Definition.Type.NonNull, arg: -1, object: of.Name, info: info, collected: c}
	if info.HasArgs {
		f.arg = b.plan.arguments
		b.plan.arguments++
	}
	return f, b.below(&f)
}

// below plans what is selected of a field's value.
func (b *builder) below(f *Field) error {
	if len(f.collected.Selections) == 0 {
		return nil
	}
	numbers, abstract := b.table.possible(f.collected.Definition.Type.Name())
	if len(numbers) == 0 {
		return errUnknown
	}
	if abstract {
		f.Among = make([]*Object, len(b.table.Objects))
	}
	for _, n := range numbers {
		o, err := b.object(n, f.collected.Selections)
		if err != nil {
			return err
		}
		if abstract {
			f.Among[n] = o
		} else {
			f.Of = o
		}
	}
	return nil
}

// directed says whether an operation carries directives that gqlgen may run.
func directed(op *graphql.OperationContext) bool {
	if len(op.Operation.Directives) > 0 || directedSet(op.Operation.SelectionSet) {
		return true
	}
	for _, f := range op.Doc.Fragments {
		if len(f.Directives) > 0 || directedSet(f.SelectionSet) {
			return true
		}
	}
	return false
}

func directedSet(set ast.SelectionSet) bool {
	for _, selection := range set {
		var on ast.DirectiveList
		var below ast.SelectionSet
		switch s := selection.(type) {
		case *ast.Field:
			on, below = s.Directives, s.SelectionSet
		case *ast.InlineFragment:
			on, below = s.Directives, s.SelectionSet
		case *ast.FragmentSpread:
			on = s.Directives
		}
		for _, d := range on {
			if d.Name != "skip" && d.Name != "include" {
				return true
			}
		}
		if directedSet(below) {
			return true
		}
	}
	return false
}
