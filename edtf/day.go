package edtf

import (
	"errors"
	"fmt"
	"math"
)

// A Day is one day of the proleptic Gregorian calendar, counted from 1970-01-01 (day 0).
// Days order and subtract as integers. NewDay and ParseDay give days of the years
// -25 000 000 000 000 000 to 25 000 000 000 000 000.
type Day int64

const (
	// DistantPast lies before every day: an earliest side that is unbounded or unknown.
	DistantPast Day = math.MinInt64
	// DistantFuture lies after every day: a latest side that is unbounded or unknown.
	DistantFuture Day = math.MaxInt64
)

// maxYear keeps every day of every accepted year, and the days around it, within an int64:
// 365.2425 × 25e15 is 9.13e18, the largest int64 9.22e18.
const maxYear = 25_000_000_000_000_000

// The Gregorian calendar repeats every 400 years. Counting from the March that begins such
// a cycle puts the leap day last, and 1970-01-01 is 719 468 days after 0000-03-01.
const (
	daysPerCycle  = 146_097
	yearsPerCycle = 400
	epochCycles   = 719_468 / daysPerCycle
	epochDays     = 719_468 % daysPerCycle
)

// NewDay returns the day of a date: an astronomical year (0 is 1 BCE), a month from 1 and
// a day of the month from 1. It fails where the calendar has no such date and where the year
// lies beyond ±25 000 000 000 000 000.
func NewDay(year int64, month, day int) (Day, error) {
	if err := checkDate(year, month, day); err != nil {
		return 0, fmt.Errorf("edtf: no day of year %d, month %d, day %d: %w", year, month, day, err)
	}
	return dayOf(year, month, day), nil
}

var errYearRange = errors.New("years reach from -25e15 to 25e15")

// checkDate tells why the calendar has no such date, nil where it has.
func checkDate(year int64, month, day int) error {
	switch {
	case year < -maxYear || year > maxYear:
		return errYearRange
	case month < 1 || month > 12:
		return errors.New("months are 1 to 12")
	case day < 1 || day > daysIn(year, month):
		return fmt.Errorf("this month has %d days", daysIn(year, month))
	}
	return nil
}

// dayOf is NewDay for a date that is known to exist.
func dayOf(year int64, month, day int) Day {
	fromMarch := month - 3
	if month < 3 {
		fromMarch += 12
		year--
	}
	cycle, yearOfCycle := floorDiv(year, yearsPerCycle)
	// (153m + 2) / 5 is the number of days in the m months that follow a March.
	dayOfYear := int64((153*fromMarch+2)/5 + day - 1)
	dayOfCycle := yearOfCycle*365 + yearOfCycle/4 - yearOfCycle/100 + dayOfYear
	return Day((cycle-epochCycles)*daysPerCycle + dayOfCycle - epochDays)
}

// Date returns the astronomical year, the month from 1 and the day of the month from 1.
// The date of a day that is not finite means nothing.
func (d Day) Date() (year int64, month, day int) {
	// The epoch is split into cycles and days so that no sum can overflow near the ends.
	cycle, dayOfCycle := floorDiv(int64(d), daysPerCycle)
	cycle, dayOfCycle = cycle+epochCycles, dayOfCycle+epochDays
	if dayOfCycle >= daysPerCycle {
		cycle, dayOfCycle = cycle+1, dayOfCycle-daysPerCycle
	}
	// Leap days shift the count: one in 1 461 days, none in 36 525, one again in 146 097.
	yearOfCycle := (dayOfCycle - dayOfCycle/1460 + dayOfCycle/36524 - dayOfCycle/146096) / 365
	dayOfYear := dayOfCycle - (365*yearOfCycle + yearOfCycle/4 - yearOfCycle/100)
	fromMarch := int(5*dayOfYear+2) / 153
	day = int(dayOfYear) - (153*fromMarch+2)/5 + 1
	year = cycle*yearsPerCycle + yearOfCycle
	if fromMarch < 10 {
		return year, fromMarch + 3, day
	}
	return year + 1, fromMarch - 9, day
}

// Finite tells whether d is a day at all and neither DistantPast nor DistantFuture.
func (d Day) Finite() bool { return d != DistantPast && d != DistantFuture }

// daysIn returns the number of days of a month.
func daysIn(year int64, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// floorDiv divides towards the past, so that the remainder is never negative.
func floorDiv(a, b int64) (quotient, remainder int64) {
	quotient, remainder = a/b, a%b
	if remainder < 0 {
		return quotient - 1, remainder + b
	}
	return quotient, remainder
}
