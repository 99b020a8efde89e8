package edtf

// moment reads the time of day of a date-time (EDTF level 0, "Date and Time"): T, hh:mm:ss and
// nothing, Z, ±hh or ±hh:mm. It is kept as written and moves no day.
func (p *parser) moment(d date) (date, error) {
	p.at++
	start := p.at
	if err := p.timeOfDay(); err != nil {
		return date{}, err
	}
	if err := p.shift(); err != nil {
		return date{}, err
	}
	d.form = formMoment
	p.clock = p.text[start:p.at]
	return d, nil
}

func (p *parser) timeOfDay() error {
	start := p.at
	hour, okHour := p.number()
	minute, okMinute := p.behindColon()
	second, okSecond := p.behindColon()
	switch {
	case !okHour || !okMinute || !okSecond:
		return p.fail(p.at, "a time of day is hh:mm:ss")
	case hour == 24 && minute == 0 && second == 0:
		return nil
	case hour > 23 || minute > 59 || second > 59:
		return p.fail(start, "there is no such time of day")
	}
	return nil
}

// shift reads the distance from UTC, at most 14 hours.
func (p *parser) shift() error {
	start := p.at
	sign := p.peek()
	switch sign {
	case 'Z':
		p.at++
		return nil
	case '+', '-':
		p.at++
	default:
		return nil
	}
	hours, ok := p.number()
	minutes := 0
	if ok && p.peek() == ':' {
		minutes, ok = p.behindColon()
	}
	switch {
	case !ok:
		return p.fail(p.at, "a shift from UTC is Z, ±hh or ±hh:mm")
	case minutes > 59 || hours*60+minutes > 14*60:
		return p.fail(start, "shifts from UTC reach from -14:00 to +14:00")
	case sign == '-' && hours+minutes == 0:
		return p.fail(start, "no shift from UTC is written Z or +00:00")
	}
	return nil
}

// number reads two digits.
func (p *parser) number() (int, bool) {
	value, ok := twoDigits(p.rest())
	if ok {
		p.at += 2
	}
	return value, ok
}

// behindColon reads a colon and two digits.
func (p *parser) behindColon() (int, bool) {
	if !p.accept(":") {
		return 0, false
	}
	return p.number()
}
