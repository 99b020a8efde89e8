package edtf

// A form is the shape in which one date is written.
type form uint8

const (
	formDay         form = iota + 1 // 1985-04-12
	formMoment                      // 1985-04-12T23:20:30Z
	formMonth                       // 1985-04
	formDayOfMonth                  // 1985-04-XX
	formSeason                      // 2001-21
	formYear                        // 1985, -0500, Y170000002
	formMonthOfYear                 // 1985-XX
	formDayOfYear                   // 1985-XX-XX
	formDecade                      // 201X
	formCentury                     // 20XX
)

// precision returns the finest unit that dates of the form give as a number.
func (f form) precision() Precision {
	switch f {
	case formDay, formMoment:
		return PrecisionDay
	case formMonth, formDayOfMonth:
		return PrecisionMonth
	case formSeason:
		return PrecisionSeason
	case formYear, formMonthOfYear, formDayOfYear:
		return PrecisionYear
	case formDecade:
		return PrecisionDecade
	case formCentury:
		return PrecisionCentury
	}
	return PrecisionSpan
}

// unspecified tells whether the form has digits written X.
func (f form) unspecified() bool {
	switch f {
	case formDayOfMonth, formMonthOfYear, formDayOfYear, formDecade, formCentury:
		return true
	}
	return false
}

// A doubt is what a qualifier says of a date.
type doubt uint8

const (
	approximate doubt = 1 << iota // ~
	uncertain                     // ?

	both = approximate | uncertain // %
)

// The codes of the seasons (EDTF level 1, "Seasons").
const (
	spring = 21
	summer = 22
	autumn = 23
	winter = 24
)

// A date is one date as it was written. Dates compare with ==.
type date struct {
	year  int64 // of a decade or century its earliest year
	form  form
	month uint8 // from 1; the code of a season
	day   uint8 // from 1
	doubt doubt
}

// days returns the first and the last day on which the date may lie. Qualifiers do not widen.
func (d date) days() (first, last Day) {
	switch d.form {
	case formDay, formMoment:
		day := dayOf(d.year, int(d.month), int(d.day))
		return day, day
	case formMonth, formDayOfMonth:
		return monthsFrom(d.year, int(d.month), 1)
	case formSeason:
		return monthsFrom(d.year, int(d.month-spring)*3+3, 3)
	}
	return dayOf(d.year, 1, 1), dayOf(d.lastYear(), 12, 31)
}

// lastYear returns the latest year of a year, decade or century.
func (d date) lastYear() int64 {
	years := int64(1)
	switch d.form {
	case formDecade:
		years = 10
	case formCentury:
		years = 100
	}
	last := d.year + years - 1
	if d.year < 0 && last == 0 {
		return -1 // -000X and -00XX: there is no year -0000
	}
	return last
}

// monthsFrom returns the first and the last day of count months, which may run into the
// next year as a winter does.
func monthsFrom(year int64, month, count int) (first, last Day) {
	first = dayOf(year, month, 1)
	month += count - 1
	if month > 12 {
		year, month = year+1, month-12
	}
	return first, dayOf(year, month, daysIn(year, month))
}

// sure returns the date without its qualifier.
func (d date) sure() date {
	d.doubt = 0
	return d
}
