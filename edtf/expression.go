package edtf

// A shape tells what an expression is as a whole.
type shape uint8

const (
	single   shape = iota + 1 // one date
	interval                  // from/to
	oneOf                     // [a,b,c..d]
)

// A mark tells how one side of an interval is written.
type mark uint8

const (
	unknown mark = iota // nothing at all
	open                // ..
	given               // a date
)

// A side is one side of an interval, or the date of a single.
type side struct {
	mark mark
	date date // where given
}

// A kind tells how an element of a one-of list is written.
type kind uint8

const (
	plain   kind = iota // a
	ranged              // a..b
	earlier             // ..b
	later               // a..
)

// An element is one entry of a one-of list.
type element struct {
	kind     kind
	from, to date // equal where plain; of earlier and later both are the date given
}

// An expression is a whole EDTF text, understood.
type expression struct {
	shape    shape
	from, to side      // of a single only from
	clock    string    // of a single date-time what follows the T
	list     []element // of a one-of list its elements as written
}

// bounds returns when the thing began and when it ended.
func (x *expression) bounds() (start, end Bounds) {
	switch x.shape {
	case interval:
		return spanBounds(x.from, x.to)
	case oneOf:
		within := listBounds(x.list)
		return within, within
	}
	within := x.from.bounds()
	return within, within
}

// bounds returns the days of a side looked at alone.
func (s side) bounds() Bounds {
	if s.mark != given {
		within := unbounded()
		within.Open = s.mark == open
		return within
	}
	first, last := s.date.days()
	return Bounds{First: first, Last: last}
}

// spanBounds returns the bounds of an interval. Its one principle is that an end cannot lie
// before its start: so each side limits the other, and where a side is unknown the other
// is all that limits it.
//
// An open end lasts at least until the thing had surely begun, its start.Last. An open start
// mirrors that: the thing has always been going on, so it had surely begun by the first day
// on which it may have ended.
func spanBounds(from, to side) (start, end Bounds) {
	start, end = from.bounds(), to.bounds()
	end.First = max(end.First, start.First)
	start.Last = min(start.Last, end.Last)
	if to.mark == open && from.mark == given {
		end.First = start.Last
	}
	if from.mark == open && to.mark == given {
		start.Last = end.First
	}
	return start, end
}

// listBounds returns the days between which the one true date of a list lies. The gaps
// between the elements are not used.
func listBounds(list []element) Bounds {
	within := Bounds{First: DistantFuture, Last: DistantPast}
	for _, e := range list {
		first, last := e.days()
		within.First = min(within.First, first)
		within.Last = max(within.Last, last)
	}
	return within
}

func (e element) days() (first, last Day) {
	first, _ = e.from.days()
	_, last = e.to.days()
	switch e.kind {
	case earlier:
		first = DistantPast
	case later:
		last = DistantFuture
	}
	return first, last
}

// finest returns the form whose unit is the expression's precision, none where its sides
// differ.
func (x *expression) finest() form {
	switch x.shape {
	case interval:
		if x.from.mark != given || x.to.mark != given || x.from.date.sure() != x.to.date.sure() {
			return 0
		}
	case oneOf:
		first := x.list[0].from.sure()
		for _, e := range x.list {
			if e.kind > ranged || e.from.sure() != first || e.to.sure() != first {
				return 0
			}
		}
		return first.form
	}
	return x.from.date.form
}

// doubt returns what any qualifier anywhere in the expression says.
func (x *expression) doubt() doubt {
	all := x.from.date.doubt | x.to.date.doubt
	for _, e := range x.list {
		all |= e.from.doubt | e.to.doubt
	}
	return all
}
