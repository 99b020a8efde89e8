package plan

import (
	"errors"

	"github.com/99designs/gqlgen/graphql"
)

// What gqlgen says of null where the schema allows none.
var (
	errMissing = errors.New("must not be null")
	errNull    = errors.New("the requested element is null which the schema does not allow")
)

// Writing is an object being written, member by member:
//
//	w := r.Open(o)
//	for w.More() { members(&w) } // again after each member that panicked
//	return r.Close(&w)
type Writing struct {
	object *Object
	at     int // the member at hand
	start  int // of the object in the buffer
	mark   int // of the value of the member at hand
	depth  int // of the path
	bad    bool
}

// Open begins an object.
func (r *Run) Open(o *Object) Writing {
	r.take(o.counted)
	return Writing{object: o, start: len(r.B), depth: len(r.path)}
}

// More says whether members are left.
func (w *Writing) More() bool { return w.at < len(w.object.Fields) }

// Next writes the key of the member at hand.
func (r *Run) Next(w *Writing) *Field {
	f := &w.object.Fields[w.at]
	r.B = append(r.B, f.key...)
	w.mark = len(r.B)
	return f
}

// Case is the number of a field, or what else has to be done with it.
func (r *Run) Case(f *Field) int {
	if r.stop != nil && f.ID != Typename {
		return Stopped
	}
	return f.ID
}

// Done ends the member at hand; ok is what its value's writing said.
func (w *Writing) Done(f *Field, ok bool) {
	if !ok && f.NonNull {
		w.bad = true
	}
	w.at++
}

// Close ends an object; where a member is null that must not be, null takes its place.
func (r *Run) Close(w *Writing) bool {
	if w.bad {
		r.cut(w.start)
		return r.Null()
	}
	if len(r.B) == w.start {
		r.B = append(r.B, '{')
	}
	r.B = append(r.B, '}')
	return true
}

// Mend is deferred around members: it makes an error of the panic of the member at hand.
func (r *Run) Mend(w *Writing) {
	value := recover()
	if value == nil {
		return
	}
	f := &w.object.Fields[w.at]
	r.cut(w.mark)
	r.path = append(r.path[:w.depth], step{field: f})
	r.op.Error(r.Ctx, r.op.Recover(r.Ctx, value))
	r.Pop()
	w.Done(f, r.Null())
}

// Name writes the member __typename.
func (r *Run) Name(w *Writing) bool {
	r.B = append(r.B, w.object.typename...)
	return true
}

// Refuse writes null for a field of a run that has ended early. Wrong arguments go before.
func (r *Run) Refuse(f *Field) {
	r.Push(f)
	if f.arg >= 0 && r.Arguments(f) == nil {
		r.Null()
	} else {
		r.Fail(r.stop)
	}
	r.Pop()
}

// Listing is a list being written, item by item:
//
//	l := r.OpenList(len(v))
//	for l.More() { items(&l, v) } // again after each item that panicked
//	return r.CloseList(&l, nonNullItems)
type Listing struct {
	at, length int
	start      int // of the list in the buffer
	mark       int // of the item at hand
	depth      int // of the path
	null       bool
	broken     bool
}

// OpenList begins a list of so many items.
func (r *Run) OpenList(length int) Listing {
	l := Listing{length: length, start: len(r.B), depth: len(r.path)}
	r.B = append(r.B, '[')
	return l
}

// More says whether items are left.
func (l *Listing) More() bool { return l.at < l.length }

// Item goes to the item at hand.
func (r *Run) Item(l *Listing) int {
	if l.at > 0 {
		r.B = append(r.B, ',')
	}
	l.mark = len(r.B)
	r.path = append(r.path, step{index: l.at})
	return l.at
}

// ItemDone comes back from an item; ok is what its writing said.
func (r *Run) ItemDone(l *Listing, ok bool) {
	r.Pop()
	l.null = l.null || !ok
	l.at++
}

// CloseList ends a list. Where an item is null that must not be, null takes its place; where one
// panicked, gqlgen has no items at all.
func (r *Run) CloseList(l *Listing, nonNullItems bool) bool {
	switch {
	case l.broken:
		r.cut(l.start)
		r.B = append(r.B, "[]"...)
		return true
	case l.null && nonNullItems:
		r.cut(l.start)
		return r.Null()
	}
	r.B = append(r.B, ']')
	return true
}

// MendItem is deferred around items: it makes an error of the panic of the item at hand.
func (r *Run) MendItem(l *Listing) {
	value := recover()
	if value == nil {
		return
	}
	r.cut(l.mark)
	r.path = append(r.path[:l.depth], step{index: l.at})
	graphql.AddError(r.Ctx, graphql.Recover(r.Ctx, value))
	r.Null()
	l.broken = true
	r.ItemDone(l, true)
}

// Scalar goes to the item at hand of a list of scalars, which have no place of their own.
func (r *Run) Scalar(l *Listing) int {
	if l.at > 0 {
		r.B = append(r.B, ',')
	}
	return l.at
}

// ScalarDone ends an item of a list of scalars; ok is what its writing said.
func (*Run) ScalarDone(l *Listing, ok bool) {
	l.null = l.null || !ok
	l.at++
}
