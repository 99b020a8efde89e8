package edtf

import (
	"errors"
	"fmt"
	"io"
)

// A Value is one EDTF expression: a date, an interval or a one-of set, with the days and the
// precision that follow from it worked out. Two values are equal with == when they are
// written alike. It is seven words long and shares the memory of the text it was parsed from.
//
// The zero Value is no expression: it prints as the empty string and as GraphQL null and
// otherwise answers like "/", a time of which nothing is known.
type Value struct {
	text       string
	start, end days
	form       form // the unit of the precision; none: SPAN
	doubt      doubt
	openStart  bool
	openEnd    bool
}

// days are Bounds without the mark, so that a Value stays small.
type days struct{ first, last Day }

// Parse reads an EDTF expression of at most 256 bytes. It fails with a *[ParseError] that
// names the column and, for what only level 2 has, the feature.
func Parse(s string) (Value, error) {
	p := parser{text: s}
	x, err := p.whole()
	if err != nil {
		return Value{}, err
	}
	start, end := x.bounds()
	return Value{
		text:  s,
		start: days{start.First, start.Last}, end: days{end.First, end.Last},
		form: x.finest(), doubt: x.doubt(),
		openStart: start.Open, openEnd: end.Open,
	}, nil
}

// MustParse is Parse for texts that are constants of the program; it panics where Parse fails.
func MustParse(s string) Value {
	v, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return v
}

// IsZero tells whether v is the zero Value: no expression at all. "/" is not zero.
func (v Value) IsZero() bool { return v.text == "" }

// String returns the canonical text, which is the one that was parsed.
func (v Value) String() string { return v.text }

// Start returns the days between which it began.
func (v Value) Start() Bounds {
	if v.IsZero() {
		return unbounded()
	}
	return Bounds{First: v.start.first, Last: v.start.last, Open: v.openStart}
}

// End returns the days between which it ended.
func (v Value) End() Bounds {
	if v.IsZero() {
		return unbounded()
	}
	return Bounds{First: v.end.first, Last: v.end.last, Open: v.openEnd}
}

// EndReported returns End as a report of the given day leaves it: a thing with an open end
// surely lasted until the newest source that reported it. Any other end stays as it is.
func (v Value) EndReported(day Day) Bounds {
	end := v.End()
	if end.Open {
		end.First = max(end.First, day)
	}
	return end
}

// Precision returns the finest unit that is given as a number: of 2012-04-XX the month.
//
// Of an interval or a one-of set it is SPAN unless its sides are written as the same date,
// qualifiers aside: 2012-04-01/2012-04-02 and 2012/2012-04 are SPAN, 2012/2012 and [2012] are
// YEAR. An open or unknown side makes it SPAN.
func (v Value) Precision() Precision { return v.form.precision() }

// Approximate tells whether any date of the expression carries ~ or %.
func (v Value) Approximate() bool { return v.doubt&approximate != 0 }

// Uncertain tells whether any date of the expression carries ? or %.
func (v Value) Uncertain() bool { return v.doubt&uncertain != 0 }

// expression understands the text anew: rarely asked, it is not worth the memory to keep.
func (v Value) expression() expression {
	if v.IsZero() {
		return expression{shape: interval}
	}
	p := parser{text: v.text}
	x, err := p.whole()
	if err != nil {
		panic(fmt.Sprintf("edtf: a parsed value does not parse: %v", err))
	}
	return x
}

// MarshalText returns the canonical text, empty for the zero Value.
func (v Value) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads what MarshalText writes; an empty text gives the zero Value.
func (v *Value) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*v = Value{}
		return nil
	}
	return v.set(string(text))
}

// MarshalGQL writes the GraphQL scalar EDTF: the text as a quoted string, the zero Value as
// null.
func (v Value) MarshalGQL(w io.Writer) {
	if v.IsZero() {
		writeGQL(w, "null")
		return
	}
	writeGQL(w, `"`) // no accepted character needs escaping
	writeGQL(w, v.text)
	writeGQL(w, `"`)
}

// UnmarshalGQL reads the GraphQL scalar EDTF: a string as Parse takes it.
func (v *Value) UnmarshalGQL(input any) error {
	text, ok := input.(string)
	if !ok {
		return errors.New(`an EDTF date is a text in quotes, such as "2012-04"`)
	}
	return v.set(text)
}

// set reads a value from outside. A lone ".." is no expression of the standard, but filters
// write it for "no limit on this side"; it is taken as the interval that is open on both.
func (v *Value) set(text string) error {
	if text == ".." {
		text = "../.."
	}
	parsed, err := Parse(text)
	if err != nil {
		return err
	}
	*v = parsed
	return nil
}
