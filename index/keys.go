package index

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tarikh/timeline"
)

// key is a record's place in one term of an order.
type key struct {
	last bool     // after all others in both directions: it has nothing to be ordered by
	n    [3]int64 // numbers, compared from left to right
	text string   // compared by code point
}

// term is one term of an order.
type term[T any] struct {
	key  func(T) key
	desc bool
}

// An order is how a selection is sorted. What is equal in every term is told apart by the public
// id, which runs in the direction of the last term: so an order survives export and import.
type order[T any] struct {
	terms []term[T]
	id    func(T) string
	mark  string // of the question, for cursors
}

// position is where a record stands in an order, or stood when a cursor was made.
type position struct {
	keys []key
	id   string
}

// add appends a term; a nil direction is ASC.
func (o *order[T]) add(key func(T) key, d *timeline.Direction) {
	o.terms = append(o.terms, term[T]{key, *direction(d) == timeline.Descending})
}

func (o *order[T]) position(v T) position {
	keys := make([]key, len(o.terms))
	o.fill(keys, v)
	return position{keys, o.id(v)}
}

func (o *order[T]) fill(keys []key, v T) {
	for i, t := range o.terms {
		keys[i] = t.key(v)
	}
}

func (o *order[T]) compare(a, b position) int {
	desc := false
	for i, t := range o.terms {
		desc = t.desc
		if a.keys[i].last != b.keys[i].last {
			if a.keys[i].last {
				return 1
			}
			return -1
		}
		if c := compareKeys(&a.keys[i], &b.keys[i]); c != 0 {
			return turned(c, desc)
		}
	}
	return turned(strings.Compare(a.id, b.id), desc)
}

func compareKeys(a, b *key) int {
	if a.last && b.last { // a cursor does not keep what nobody is ordered by
		return 0
	}
	return cmp.Or(slices.Compare(a.n[:], b.n[:]), strings.Compare(a.text, b.text))
}

func turned(c int, desc bool) int {
	if desc {
		return -c
	}
	return c
}

// sort gives the records in order. The list given stays as it is.
func (o *order[T]) sort(list []T) []T {
	type placed struct {
		position
		record T
	}
	keys := make([]key, len(list)*len(o.terms)) // of all records in one piece
	places := make([]placed, len(list))
	for i, v := range list {
		own := keys[i*len(o.terms) : (i+1)*len(o.terms)]
		o.fill(own, v)
		places[i] = placed{position{own, o.id(v)}, v}
	}
	slices.SortFunc(places, func(a, b placed) int { return o.compare(a.position, b.position) })
	sorted := make([]T, len(list))
	for i := range places {
		sorted[i] = places[i].record
	}
	return sorted
}

// cursor is a record's position as text.
func (o *order[T]) cursor(v T) string { return o.written(o.position(v)) }

// written is a position as text.
func (o *order[T]) written(p position) string {
	values := make([]string, len(p.keys))
	for i := range p.keys {
		values[i] = p.keys[i].String()
	}
	return timeline.Cursor{Mark: o.mark, Values: values, ID: p.id}.Encode()
}

// parse reads a cursor of this very order. Anything else is INVALID and names the field.
func (o *order[T]) parse(field, text string) (position, error) {
	c, err := timeline.DecodeCursor(field, text, o.mark, len(o.terms))
	if err != nil {
		return position{}, err
	}
	p := position{id: c.ID}
	for _, v := range c.Values {
		k, ok := parseKey(v)
		if !ok {
			return position{}, timeline.Invalidf(field, "this is no cursor of this service")
		}
		p.keys = append(p.keys, k)
	}
	return p, nil
}

// Marks of what a key's text holds.
const (
	keyLast    = "-" // nothing
	keyText    = "=" // a text, which follows
	keyNumbers = "#" // three numbers in base 36, parted by commas
)

// String is the key as cursors write it.
func (k *key) String() string {
	switch {
	case k.last:
		return keyLast
	case k.text != "":
		return keyText + k.text
	}
	b := []byte(keyNumbers)
	for i, n := range k.n {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 36)
	}
	return string(b)
}

// parseKey reads what String wrote.
func parseKey(s string) (k key, ok bool) {
	if s == keyLast {
		return key{last: true}, true
	}
	if text, ok := strings.CutPrefix(s, keyText); ok {
		return key{text: text}, true
	}
	numbers, ok := strings.CutPrefix(s, keyNumbers)
	parts := strings.Split(numbers, ",")
	if !ok || len(parts) != len(k.n) {
		return key{}, false
	}
	for i, part := range parts {
		n, err := strconv.ParseInt(part, 36, 64)
		if err != nil {
			return key{}, false
		}
		k.n[i] = n
	}
	return k, true
}
