package edtf

import (
	"fmt"
	"strings"
)

// What is here runs only when a text is refused: it looks at what the writer probably meant.

// badYear explains a year that breaks off after known digits.
func (p *parser) badYear(known int) error {
	c := p.peek()
	switch {
	case c == 'S' && known > 0:
		return p.levelTwo(p.at, "significant digits")
	case c == 'E' && known > 0:
		return p.levelTwo(p.at, "an exponential year")
	case isDigit(c):
		return p.levelTwo(p.at-1, "an unspecified digit before a given one")
	case strings.HasPrefix(p.rest(), "unknown"):
		return p.fail(p.at, "an unknown side is left empty, 2012/")
	case strings.HasPrefix(p.rest(), "open"):
		return p.fail(p.at, `an open side is written "..", 2012/..`)
	case c == 'u' || c == 'x':
		return p.fail(p.at, "an unspecified digit is written X")
	case c == '+':
		return p.fail(p.at, "a year carries no plus")
	case c == 'y':
		return p.fail(p.at, "a year of five digits or more is written with a capital Y")
	case c == 'P':
		return p.fail(p.at, "durations are no part of EDTF")
	case known == 3:
		return p.fail(p.at, "a year has four digits, a decade is written 201X")
	case known == 2:
		return p.fail(p.at, "a year has four digits, a century is written 20XX")
	}
	return p.unexpected("a year of four digits is expected")
}

// overlongYear explains a fifth digit; the digits began at offset first.
func (p *parser) overlongYear(first int) error {
	end := p.at
	for end < len(p.text) && isDigit(p.text[end]) {
		end++
	}
	if end-first == len("20120401") {
		return p.fail(p.at, "a date is written with hyphens, 2012-04-01")
	}
	return p.fail(p.at, "a year of five digits or more is written with Y")
}

// badMonth explains what stands instead of a month.
func (p *parser) badMonth(start int) error {
	c := p.peek()
	switch {
	case doubtOf(c) != 0:
		return p.levelTwo(start, "a qualifier before a part of a date")
	case c == 'W':
		return p.fail(start, "week dates are no part of EDTF")
	case p.halfUnspecified():
		return p.levelTwo(start, "one unspecified digit of a month")
	case isDigit(c):
		return p.fail(start, "a month has two digits")
	}
	return p.unexpected("a month is expected")
}

// badDay explains what stands instead of a day.
func (p *parser) badDay(start int) error {
	c := p.peek()
	switch {
	case doubtOf(c) != 0:
		return p.levelTwo(start, "a qualifier before a part of a date")
	case p.halfUnspecified():
		return p.levelTwo(start, "one unspecified digit of a day")
	case isDigit(c):
		return p.fail(start, "a day has two digits")
	}
	return p.unexpected("a day is expected")
}

// halfUnspecified tells whether a digit and an X come next, in either order.
func (p *parser) halfUnspecified() bool {
	rest := p.rest()
	return len(rest) > 1 && (rest[0] == 'X' && isDigit(rest[1]) || isDigit(rest[0]) && rest[1] == 'X')
}

// noThirdDigit refuses a third digit of what began at offset start.
func (p *parser) noThirdDigit(start int) error {
	c := p.peek()
	switch {
	case c == 'X':
		return p.fail(p.at, "months and days have two digits")
	case isDigit(c):
		return p.fail(start, "months and days have two digits, days of the year are no part of EDTF")
	}
	return nil
}

func (p *parser) noSuchDay(start int, d date) error {
	month := english{}.date(date{form: formMonth, year: d.year, month: d.month}, keepAll)
	return p.fail(start, fmt.Sprintf("%s has %d days", month, daysIn(d.year, int(d.month))))
}

// trailing explains what stands where the text should have ended or gone on otherwise.
func (p *parser) trailing() error {
	switch p.peek() {
	case 'S':
		return p.levelTwo(p.at, "significant digits")
	case '^':
		return p.fail(p.at, "suffixes are no part of EDTF")
	case '/':
		return p.fail(p.at, "an interval has two sides and stands alone")
	}
	return p.unexpected("the date should end here")
}

// unexpected names the next character and what should stand in its place.
func (p *parser) unexpected(instead string) error {
	for _, r := range p.rest() {
		return p.fail(p.at, fmt.Sprintf("%s, not %q", instead, r))
	}
	return p.fail(p.at, instead+", not the end")
}
