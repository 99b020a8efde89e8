package index

import (
	"fmt"

	"tarikh/timeline"
)

// A test says whether a thing is meant by a filter, or by a part of one. Tests are put together
// once for a question, where every ref is resolved and every mistake found, and run over all
// events: running one cannot fail.
type test[T any] func(T) bool

// all holds where every one of the tests does; of none of them, everywhere.
func all[T any](tests []test[T]) test[T] {
	switch len(tests) {
	case 0:
		return func(T) bool { return true }
	case 1:
		return tests[0]
	}
	return func(v T) bool {
		for _, t := range tests {
			if !t(v) {
				return false
			}
		}
		return true
	}
}

// allOrNil is all of the tests; nil, which restricts nothing, of none of them.
func allOrNil[T any](tests []test[T]) test[T] {
	if len(tests) == 0 {
		return nil
	}
	return all(tests)
}

// anyOf holds where one of the tests does; of none of them, nowhere.
func anyOf[T any](tests []test[T]) test[T] {
	return func(v T) bool {
		for _, t := range tests {
			if t(v) {
				return true
			}
		}
		return false
	}
}

// not holds where the test does not.
func not[T any](t test[T]) test[T] { return func(v T) bool { return !t(v) } }

// member makes the test that a value of a thing is in a list. Of an empty list it holds nowhere.
func member[T any, V comparable](list []V, of func(T) V) test[T] {
	set := setOf(list)
	return func(v T) bool { return set[of(v)] }
}

func setOf[V comparable](list []V) map[V]bool {
	set := make(map[V]bool, len(list))
	for _, v := range list {
		set[v] = true
	}
	return set
}

// quantified is the test of some, none and every, each nil where it restricts nothing. exists says
// whether an event has an element that passes a test.
func quantified[E any](exists func(*Event, test[E]) bool, some, none, every test[E]) test[*Event] {
	var tests []test[*Event]
	if some != nil {
		tests = append(tests, func(e *Event) bool { return exists(e, some) })
	}
	if none != nil {
		tests = append(tests, func(e *Event) bool { return !exists(e, none) })
	}
	if every != nil {
		other := not(every)
		tests = append(tests, func(e *Event) bool { return !exists(e, other) })
	}
	return all(tests)
}

// A compiler puts together the test of one question.
type compiler struct {
	x      *Index
	words  Words
	texts  map[*timeline.EventWhere]sieve // of the filters with a text, once they are compiled
	saved  []int64                        // the saved timelines that the filter at hand came through, outermost first
	opened int                            // how many saved timelines the question went through so far
}

// compiled is the test of each filter of a list.
func compiled[W any, T any](
	list []*W, field string, compile func(*W, string) (test[T], error),
) ([]test[T], error) {
	tests := make([]test[T], 0, len(list))
	for i, w := range list {
		t, err := compile(w, at(field, i))
		if err != nil {
			return nil, err
		}
		tests = append(tests, t)
	}
	return tests, nil
}

// branches is the test of the members and, or and not, which every kind of filter that has them
// reads alike: nil and restricts nothing, nil or restricts nothing, an empty or matches nothing.
func branches[W any, T any](
	and, or []*W, except *W, field string, compile func(*W, string) (test[T], error),
) ([]test[T], error) {
	tests, err := compiled(and, field+".and", compile)
	if err != nil {
		return nil, err
	}
	if or != nil {
		either, err := compiled(or, field+".or", compile)
		if err != nil {
			return nil, err
		}
		tests = append(tests, anyOf(either))
	}
	if except != nil {
		t, err := compile(except, field+".not")
		if err != nil {
			return nil, err
		}
		tests = append(tests, not(t))
	}
	return tests, nil
}

// rows resolves a list of refs. One that names nothing is NOT_FOUND.
func (c *compiler) rows(kind timeline.Kind, refs []string, field string) ([]int64, error) {
	rows := make([]int64, 0, len(refs))
	for i, text := range refs {
		row, ok := c.x.Resolve(kind, text)
		if !ok {
			return nil, timeline.NotFoundf(at(field, i), "there is no %s %.60q", kind, text)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// at is the path of an element of a list.
func at(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }
