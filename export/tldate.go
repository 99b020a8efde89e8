package export

import (
	"strconv"
	"strings"

	"tarikh/edtf"
)

// tlDate is a date of TimelineJS. It is read in the browser's own time zone, so it is given in
// parts, never as one text.
type tlDate struct {
	Year   int64 `json:"year"`
	Month  *int  `json:"month,omitzero"`
	Day    *int  `json:"day,omitzero"`
	Hour   *int  `json:"hour,omitzero"`
	Minute *int  `json:"minute,omitzero"`
	Second *int  `json:"second,omitzero"`
}

func tlDay(d edtf.Day) *tlDate {
	y, m, n := d.Date()
	return &tlDate{Year: y, Month: &m, Day: &n}
}

// fillDay lets the dates run from the first to the last minute of their one day, which two equal
// dates would not: TimelineJS deletes an end that says the same as its start.
func (t *tlDate) fillDay(end *tlDate) {
	zero, hour, minute := 0, 23, 59
	t.Hour, t.Minute = &zero, &zero
	end.Hour, end.Minute = &hour, &minute
}

// tlDates are the dates between which a slide is drawn: from the first day to the last, and
// display_date and text say how sure that is. Both have the same depth, because TimelineJS
// compares only the parts that the start has, and deletes the end of 2012/2012-06 as equal.
// What has a time of day, and with exact everything, is said as it was written where TimelineJS
// can say it. end is nil where it is the start.
func tlDates(v edtf.Value, exact bool) (start, end *tlDate) {
	from, to, interval := strings.Cut(v.String(), "/")
	if exact || strings.Contains(v.String(), "T") {
		a, okA := written(from)
		b, okB := written(to)
		switch {
		case okA && !interval:
			return a, nil
		case okA && okB && !a.swallows(b):
			return a, b
		}
	}
	first, last, _ := span(v)
	if first == last {
		return tlDay(first), nil
	}
	return tlDay(first), tlDay(last)
}

// written takes a plain date of EDTF apart: a year, with a month, a day and a time of day where
// it has them. False for qualifiers, unspecified digits, seasons, sets and open sides.
func written(s string) (*tlDate, bool) {
	date, clock, _ := strings.Cut(s, "T")
	sign := int64(1)
	date = strings.TrimPrefix(date, "Y")
	if rest, minus := strings.CutPrefix(date, "-"); minus {
		sign, date = -1, rest
	}
	var t tlDate
	clock = strings.TrimSuffix(clock, "Z")
	parts := strings.Split(date, "-")
	if clock != "" {
		parts = append(parts, strings.Split(clock, ":")...)
	}
	to := []**int{nil, &t.Month, &t.Day, &t.Hour, &t.Minute, &t.Second}
	if len(parts) > len(to) {
		return nil, false
	}
	for i, p := range parts {
		n, err := strconv.ParseInt(p, 10, 64)
		switch {
		case err != nil, i == 1 && n > 12:
			return nil, false
		case i == 0:
			t.Year = sign * n
		default:
			part := int(n)
			*to[i] = &part
		}
	}
	return &t, true
}

// swallows says whether TimelineJS would delete the end after this start: every part that the
// start has is the same in the end.
func (t *tlDate) swallows(end *tlDate) bool {
	if t.Year != end.Year {
		return false
	}
	ends := []*int{end.Month, end.Day, end.Hour, end.Minute, end.Second}
	for i, p := range []*int{t.Month, t.Day, t.Hour, t.Minute, t.Second} {
		if p != nil && (ends[i] == nil || *ends[i] != *p) {
			return false
		}
	}
	return true
}
