package recordtest

import (
	"fmt"

	"tarikh/edtf"
	"tarikh/timeline"
)

// time is a time of any sort: dated to the day or hardly, open, unknown, before our era,
// one of several, or not dated at all.
func (m *maker) time() edtf.Value {
	switch m.upTo(11) {
	case 0:
		return edtf.MustParse("/")
	case 1:
		return m.open("%s/")
	case 2:
		return m.open("/%s")
	case 3:
		return m.open("%s/..")
	case 4:
		return m.open("../%s")
	case 5:
		return m.span("%s/%s")
	case 6:
		return m.span("[%s..%s]")
	case 7:
		return m.span("[%s,%s]")
	case 8:
		return edtf.MustParse(pick(m, []string{"../..", "[2013-01..]", "[..2012-04-06]", "Y-13800000000"}))
	}
	return edtf.MustParse(m.date())
}

// maybeTime is a time once in so many draws, else none.
func (m *maker) maybeTime(in int) edtf.Value {
	if !m.oneIn(in) {
		return edtf.Value{}
	}
	return m.time()
}

// open writes a date with the other side open or unknown.
func (m *maker) open(form string) edtf.Value {
	date := m.date()
	return formed(date, form, date)
}

// span writes two dates in the order in which they come.
func (m *maker) span(form string) edtf.Value {
	a, b := m.date(), m.date()
	if edtf.MustParse(b).Start().First < edtf.MustParse(a).Start().First {
		a, b = b, a
	}
	return formed(a, form, a, b)
}

// formed fills in a form; where the dates cannot stand in it, one stands alone.
func formed(alone, form string, dates ...any) edtf.Value {
	v, err := edtf.Parse(fmt.Sprintf(form, dates...))
	if err != nil {
		return edtf.MustParse(alone)
	}
	return v
}

// date is one date of a few years, so that equal and touching ones come up.
func (m *maker) date() string {
	year := pick(m, []string{"2012", "2012", "2013", "2014", "1893", "-0500"})
	month, day := 1+m.upTo(11), 1+m.upTo(27)
	switch m.upTo(8) {
	case 0:
		return year
	case 1:
		return pick(m, []string{"201X", "18XX", "2012-XX", "2012-04-XX"})
	case 2:
		return fmt.Sprintf("%s-%d", year, 21+m.upTo(3))
	case 3:
		return fmt.Sprintf("%s-%02d%s", year, month, pick(m, []string{"~", "?", "%"}))
	case 4:
		return fmt.Sprintf("%s-%02d", year, month)
	}
	return fmt.Sprintf("%s-%02d-%02d", year, month, day)
}

// instant is a moment of 2024, to the millisecond.
func (m *maker) instant() timeline.DateTime {
	const begin, year = 1_704_067_200_000, 366 * 24 * 3600 * 1000
	return timeline.DateTimeOfMillis(begin + int64(m.upTo(year-1)))
}
