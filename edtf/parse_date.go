package edtf

// date reads one date with its qualifier.
func (p *parser) date() (date, error) {
	if doubtOf(p.peek()) != 0 {
		return date{}, p.levelTwo(p.at, "a qualifier before a part of a date")
	}
	d, err := p.dateAlone()
	if err != nil {
		return date{}, err
	}
	return p.qualified(d)
}

func (p *parser) dateAlone() (date, error) {
	if p.peek() == 'Y' {
		return p.longYear()
	}
	d, err := p.year()
	if err != nil || p.peek() != '-' {
		return d, err
	}
	if d.form != formYear {
		return date{}, p.levelTwo(p.at, "a month after an unspecified year")
	}
	p.at++
	d, err = p.monthOrSeason(d)
	if err != nil || p.peek() != '-' {
		return d, err
	}
	if d.form == formSeason {
		return date{}, p.fail(p.at, "a season has no days")
	}
	p.at++
	d, err = p.dayOfMonth(d)
	if err != nil || d.form != formDay || p.peek() != 'T' {
		return d, err
	}
	return p.moment(d)
}

// qualified reads the qualifier of a whole date (EDTF level 1, "Qualification of a date").
func (p *parser) qualified(d date) (date, error) {
	start := p.at
	if d.doubt = doubtOf(p.peek()); d.doubt == 0 {
		return d, nil
	}
	if d.form == formMoment {
		return date{}, p.fail(start, "a date-time takes no qualifier")
	}
	p.at++
	switch {
	case p.peek() == '-':
		return date{}, p.levelTwo(start, "a qualifier of a part of a date")
	case doubtOf(p.peek()) != 0:
		return date{}, p.fail(p.at, "one qualifier is enough: % means both ? and ~")
	}
	return d, nil
}

func doubtOf(c byte) doubt {
	switch c {
	case '~':
		return approximate
	case '?':
		return uncertain
	case '%':
		return both
	}
	return 0
}

// year reads a year of four digits, of which the last one or two may be X (EDTF level 0,
// "Date", level 1, "Negative calendar year" and "Unspecified digit(s) from the right").
func (p *parser) year() (date, error) {
	start := p.at
	negative := p.accept("-")
	value, known, first := int64(0), 0, p.at
	for p.at < first+4 {
		c := p.peek()
		switch {
		case isDigit(c) && p.at == first+known:
			value, known = value*10+int64(c-'0'), known+1
		case c == 'X':
			value *= 10
		default:
			return date{}, p.badYear(known)
		}
		p.at++
	}
	if isDigit(p.peek()) {
		return date{}, p.overlongYear(first)
	}
	if known < 2 {
		return date{}, p.levelTwo(first+known, "more than two unspecified digits of a year")
	}
	if negative && known == 4 && value == 0 {
		return date{}, p.fail(start, "there is no year -0000, 1 BCE is 0000")
	}
	return yearOrSpan(value, known, negative), nil
}

// yearOrSpan makes the date of a year of which only the first known digits are given.
func yearOrSpan(value int64, known int, negative bool) date {
	d := date{year: value, form: formYear}
	width := int64(1)
	switch known {
	case 3:
		d.form, width = formDecade, 10
	case 2:
		d.form, width = formCentury, 100
	}
	if negative {
		d.year = -value - (width - 1) // the earliest year has the greatest digits
	}
	return d
}

// longYear reads a year of five digits or more behind a Y (EDTF level 1, "Letter-prefixed
// calendar year").
func (p *parser) longYear() (date, error) {
	start := p.at
	p.at++
	sign := int64(1)
	if p.accept("-") {
		sign = -1
	}
	first, value := p.at, int64(0)
	for isDigit(p.peek()) {
		if value > maxYear {
			return date{}, p.fail(start, errYearRange.Error())
		}
		value = value*10 + int64(p.peek()-'0')
		p.at++
	}
	if err := p.longYearAllowed(first, value); err != nil {
		return date{}, err
	}
	return date{year: sign * value, form: formYear}, nil
}

// longYearAllowed checks what stands behind Y, its digits from offset first being read.
func (p *parser) longYearAllowed(first int, value int64) error {
	digits := p.at - first
	switch {
	case p.peek() == 'E' && digits > 0:
		return p.levelTwo(p.at, "an exponential year")
	case p.peek() == 'S' && digits > 0:
		return p.levelTwo(p.at, "significant digits")
	case p.peek() == 'X':
		return p.levelTwo(p.at, "an unspecified digit of a year behind Y")
	case digits < 5 || p.text[first] == '0':
		return p.fail(first, "behind Y stands a year of five digits or more, without leading zeros")
	case value > maxYear:
		return p.fail(first, errYearRange.Error())
	case p.peek() == '-':
		return p.fail(p.at, "a year behind Y has no months")
	}
	return nil
}

// monthOrSeason reads what follows the first hyphen.
func (p *parser) monthOrSeason(d date) (date, error) {
	start := p.at
	if p.accept("XX") {
		d.form = formMonthOfYear
		return d, p.noThirdDigit(start)
	}
	code, ok := twoDigits(p.rest())
	if !ok {
		return date{}, p.badMonth(start)
	}
	p.at += 2
	d.form, d.month = formMonth, uint8(code)
	switch {
	case code >= spring && code <= winter:
		d.form = formSeason
	case code > winter && code <= 41:
		return date{}, p.levelTwo(start, "sub-year groupings 25 to 41")
	case code < 1 || code > 12:
		return date{}, p.fail(start, "months are 01 to 12, seasons 21 to 24")
	}
	return d, p.noThirdDigit(start)
}

// dayOfMonth reads what follows the second hyphen.
func (p *parser) dayOfMonth(d date) (date, error) {
	start := p.at
	if p.accept("XX") {
		if d.form == formMonthOfYear {
			d.form = formDayOfYear
		} else {
			d.form = formDayOfMonth
		}
		return d, p.noThirdDigit(start)
	}
	number, ok := twoDigits(p.rest())
	switch {
	case !ok:
		return date{}, p.badDay(start)
	case d.form == formMonthOfYear:
		return date{}, p.levelTwo(start, "a day of an unspecified month")
	case number < 1 || number > daysIn(d.year, int(d.month)):
		return date{}, p.noSuchDay(start, d)
	}
	p.at += 2
	d.form, d.day = formDay, uint8(number)
	return d, p.noThirdDigit(start)
}
