package plan

// Table is what the generated half knows of the schema and the Go behind it.
type Table struct {
	// Query is the number of the root of queries.
	Query int
	// Objects are the schema's object types by their numbers.
	Objects []ObjectInfo
	// Possible are the numbers of the objects that an interface or union can be, by its name.
	Possible map[string][]int
}

// ObjectInfo is one object type.
type ObjectInfo struct {
	Name string
	// Satisfies are the type conditions that hold for it: its own name, its interfaces and unions.
	Satisfies []string
	// Fields are those that the generated half can answer, by name. An operation that selects
	// another one is left to gqlgen.
	Fields map[string]FieldInfo
}

// FieldInfo is one field of an object type.
type FieldInfo struct {
	ID         int // its number, one for the whole schema
	HasArgs    bool
	IsMethod   bool // as graphql.FieldContext has it
	IsResolver bool // likewise
}

// number is the number of an object type; -1 where there is none of that name.
func (t *Table) number(name string) int {
	for i := range t.Objects {
		if t.Objects[i].Name == name {
			return i
		}
	}
	return -1
}

// possible are the objects that a type of that name can be.
func (t *Table) possible(name string) (objects []int, abstract bool) {
	if objects, abstract = t.Possible[name]; abstract {
		return objects, true
	}
	if n := t.number(name); n >= 0 {
		return []int{n}, false
	}
	return nil, false
}
