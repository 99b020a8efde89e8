package timeline

import (
	"tarikh/edtf"
	"tarikh/names"
)

// Time is when something happened, as surely as it is known: two pairs of days.
// The day it began lies within Start, the day it ended within End.
type Time struct {
	EDTF        edtf.Value
	Start, End  edtf.Bounds
	Precision   edtf.Precision
	Approximate bool
	Uncertain   bool
}

// NewTime works out the bounds of an EDTF expression.
func NewTime(v edtf.Value) Time {
	return Time{
		EDTF: v, Start: v.Start(), End: v.End(), Precision: v.Precision(),
		Approximate: v.Approximate(), Uncertain: v.Uncertain(),
	}
}

// Undated says that no day bounds the time on any side: it may lie anywhere.
func (t *Time) Undated() bool {
	return !t.Start.First.Finite() && !t.Start.Last.Finite() &&
		!t.End.First.Finite() && !t.End.Last.Finite()
}

// Earliest is the first day on which it can have begun; nil when open or unknown.
func (t *Time) Earliest() *edtf.Day { return t.Start.Earliest() }

// Latest is the last day on which it can have ended; nil when open or unknown.
func (t *Time) Latest() *edtf.Day { return t.End.Latest() }

// Display is the time in words, in Arabic, French or English.
func (t *Time) Display(lang *names.Language) string {
	if lang == nil {
		return t.EDTF.Display("")
	}
	return t.EDTF.Display(string(*lang))
}
