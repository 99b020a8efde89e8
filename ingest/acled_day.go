package ingest

import (
	"strings"

	"tarikh/edtf"
)

// acledDay reads the dates that ACLED's files were seen to have: 2023-01-31, 16-Feb-21,
// 5 February 2021, 31-01-2023 and 31/01/2023 with the day first. Of two digits a year is one of
// 1970 to 2069. The year 0025, which stood in live data for 2025, is no year.
func acledDay(s string) (edtf.Day, bool) {
	parts := strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune("-/. ", c) })
	if len(parts) < 3 {
		return 0, false
	}
	if i := strings.IndexByte(parts[2], 'T'); i > 0 {
		parts[2] = parts[2][:i]
	}
	first, ok := digits(parts[0])
	if !ok {
		return 0, false
	}
	if len(parts[0]) == 4 {
		m, ok1 := digits(parts[1])
		d, ok2 := digits(parts[2])
		return acledDate(first, m, d, ok1 && ok2)
	}
	year, ok := digits(parts[2])
	if len(parts[2]) == 2 {
		year += 1900
		if year < 1970 {
			year += 100
		}
	}
	if m, is := digits(parts[1]); is {
		return acledDate(year, m, first, ok)
	}
	return acledDate(year, monthOf(parts[1]), first, ok)
}

func acledDate(y, m, d int, ok bool) (edtf.Day, bool) {
	if !ok || y < 1900 || y > 2099 {
		return 0, false
	}
	return newDay(y, m, d)
}

// monthOf is the number of an English month, by its first three letters; 0 for none.
func monthOf(word string) int {
	if len(word) < 3 {
		return 0
	}
	at := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(word[:3]))
	if at < 0 || at%3 != 0 {
		return 0
	}
	return at/3 + 1
}
