package edtf

import (
	"fmt"
	"io"
	"strconv"
)

// A Precision is the finest unit that a date gives, or SPAN for what has two differing sides.
// It is the GraphQL enum TimePrecision.
type Precision string

// The precisions, finest first.
const (
	PrecisionDay     Precision = "DAY"     // 2013-01-28, 2013-01-28T10:00:00Z
	PrecisionMonth   Precision = "MONTH"   // 2012-04, 2012-04-XX
	PrecisionSeason  Precision = "SEASON"  // 2012-21
	PrecisionYear    Precision = "YEAR"    // 2012, 2012-XX, 2012-XX-XX, Y12345
	PrecisionDecade  Precision = "DECADE"  // 201X
	PrecisionCentury Precision = "CENTURY" // 20XX
	PrecisionSpan    Precision = "SPAN"    // 2012/2013, 2012/.., [2012,2013], /
)

// IsValid tells whether p is one of the seven precisions.
func (p Precision) IsValid() bool {
	switch p {
	case PrecisionDay, PrecisionMonth, PrecisionSeason, PrecisionYear,
		PrecisionDecade, PrecisionCentury, PrecisionSpan:
		return true
	}
	return false
}

// MarshalGQL writes the enum value as GraphQL's JSON does: a quoted name.
func (p Precision) MarshalGQL(w io.Writer) {
	if !p.IsValid() {
		writeGQL(w, strconv.Quote(string(p)))
		return
	}
	writeGQL(w, `"`)
	writeGQL(w, string(p))
	writeGQL(w, `"`)
}

// UnmarshalGQL reads the name of an enum value and refuses any other.
func (p *Precision) UnmarshalGQL(input any) error {
	name, ok := input.(string)
	if !ok {
		return fmt.Errorf("edtf: a precision is a name, not %T", input)
	}
	if !Precision(name).IsValid() {
		return fmt.Errorf("edtf: no precision %q", shorten(name))
	}
	*p = Precision(name)
	return nil
}
