package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"tarikh/edtf"
)

// readDay reads the day of a date as tables write it: 2012-01-24, 01/24/2012 (the month first, as
// UCDP writes it), either followed by a time of day, which is left out.
func readDay(s string) (edtf.Day, bool) {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "T "); i > 0 {
		s = s[:i]
	}
	if y, m, d, ok := threeNumbers(s, "-"); ok && len(s) >= len("2012-1-1") {
		return newDay(y, m, d)
	}
	if m, d, y, ok := threeNumbers(s, "/"); ok {
		return newDay(y, m, d)
	}
	return 0, false
}

// newDay is the day of a date of the years 1000 to 9999: tables with others are mistaken (the
// year 0025 for 2025 was seen).
func newDay(y, m, d int) (edtf.Day, bool) {
	if y < 1000 || y > 9999 {
		return 0, false
	}
	day, err := edtf.NewDay(int64(y), m, d)
	return day, err == nil
}

// threeNumbers reads three numbers with a sign between them.
func threeNumbers(s, sign string) (a, b, c int, ok bool) {
	first, rest, ok1 := strings.Cut(s, sign)
	second, third, ok2 := strings.Cut(rest, sign)
	if !ok1 || !ok2 {
		return 0, 0, 0, false
	}
	a, ok1 = digits(first)
	b, ok2 = digits(second)
	c, ok = digits(third)
	return a, b, c, ok && ok1 && ok2
}

// digits reads a number of one to four digits, without a sign.
func digits(s string) (int, bool) {
	if s == "" || len(s) > 4 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// wholeUnit is the month or the year that the days are exactly, as EDTF.
func wholeUnit(start, end edtf.Day) (string, bool) {
	y, m, d := start.Date()
	y2, m2, d2 := end.Date()
	_, _, tomorrow := (end + 1).Date()
	if y != y2 || d != 1 || tomorrow != 1 {
		return "", false
	}
	switch {
	case m == m2:
		return fmt.Sprintf("%04d-%02d", y, m), true
	case m == 1 && m2 == 12 && d2 == 31:
		return fmt.Sprintf("%04d", y), true
	}
	return "", false
}

// someDay is a day between two, both included, as EDTF: the day, the month or year that they
// are, else a one-of set.
func someDay(start, end edtf.Day) string {
	if start == end {
		return start.String()
	}
	if unit, ok := wholeUnit(start, end); ok {
		return unit
	}
	return "[" + start.String() + ".." + end.String() + "]"
}
