package edtf

import "strings"

// maxLength bounds what one text may cost. The longest useful list is far shorter.
const maxLength = 256

// A parser reads one text from left to right and never goes back: its time is linear.
type parser struct {
	text  string
	at    int    // offset of the next byte
	clock string // what followed the T of a date-time
}

// whole reads the entire text as one expression.
func (p *parser) whole() (expression, error) {
	if len(p.text) > maxLength {
		return expression{}, p.fail(maxLength, "the text is longer than 256 bytes")
	}
	x, err := p.expression()
	if err != nil {
		return expression{}, err
	}
	if p.at < len(p.text) {
		return expression{}, p.trailing()
	}
	return x, nil
}

func (p *parser) expression() (expression, error) {
	switch p.peek() {
	case '[':
		return p.oneOf()
	case '{':
		return expression{}, p.levelTwo(p.at, "a set whose members all hold, {}")
	}
	from, err := p.side()
	if err != nil {
		return expression{}, err
	}
	if p.peek() == '/' {
		return p.interval(from)
	}
	switch from.mark {
	case unknown:
		return expression{}, p.fail(0, "the text is empty")
	case open:
		return expression{}, p.fail(0, `".." needs a date beyond "/" or inside [ ]`)
	}
	return expression{shape: single, from: from, clock: p.clock}, nil
}

// side reads one side of an interval, or the date that turns out to be no interval.
func (p *parser) side() (side, error) {
	switch {
	case p.at == len(p.text), p.peek() == '/':
		return side{mark: unknown}, nil
	case p.accept(".."):
		return side{mark: open}, nil
	}
	d, err := p.date()
	return side{mark: given, date: d}, err
}

// interval reads the slash and the end, the start being read (EDTF level 0, "Time Interval",
// and level 1, "Extended Interval").
func (p *parser) interval(from side) (expression, error) {
	if err := p.sideAllowed(from, 0); err != nil {
		return expression{}, err
	}
	p.at++
	start := p.at
	to, err := p.side()
	if err != nil {
		return expression{}, err
	}
	if err := p.sideAllowed(to, start); err != nil {
		return expression{}, err
	}
	if reversed(from, to) {
		return expression{}, p.fail(start, "the interval ends before it begins")
	}
	return expression{shape: interval, from: from, to: to}, nil
}

// sideAllowed refuses dates that no interval of level 1 has. The side begins at offset start.
func (p *parser) sideAllowed(s side, start int) error {
	switch {
	case s.mark != given:
		return nil
	case s.date.form == formMoment:
		at := start + strings.IndexByte(p.text[start:], 'T')
		return p.fail(at, "an interval has dates without a time of day")
	case s.date.form.unspecified():
		at := start + strings.IndexByte(p.text[start:], 'X')
		return p.levelTwo(at, "an unspecified digit in an interval")
	}
	return nil
}

func reversed(from, to side) bool {
	return from.mark == given && to.mark == given && endsBefore(to.date, from.date)
}

// endsBefore tells whether a is over before b may have begun.
func endsBefore(a, b date) bool {
	_, last := a.days()
	first, _ := b.days()
	return last < first
}

// oneOf reads a set of which one member holds (EDTF level 2, "Set representation").
func (p *parser) oneOf() (expression, error) {
	x := expression{shape: oneOf}
	p.at++
	for {
		e, err := p.element()
		if err != nil {
			return expression{}, err
		}
		x.list = append(x.list, e)
		switch {
		case p.accept("]"):
			return x, nil
		case !p.accept(","):
			return expression{}, p.trailing()
		case e.kind == later:
			return expression{}, p.fail(p.at-1, `only the last entry of a list may end with ".."`)
		}
	}
}

// element reads one entry of a one-of list: a, a..b, and at the ends of the list ..b and a...
func (p *parser) element() (element, error) {
	start := p.at
	if p.accept("..") {
		if start != 1 {
			return element{}, p.fail(start, `only the first entry of a list may begin with ".."`)
		}
		to, err := p.rangeEnd()
		return element{kind: earlier, from: to, to: to}, err
	}
	from, err := p.listed()
	if err != nil {
		return element{}, err
	}
	dots := p.at
	switch {
	case !p.accept(".."):
		return element{kind: plain, from: from, to: from}, nil
	case !from.bare():
		return element{}, p.fail(dots, "a range needs dates without qualifier and X")
	case p.peek() == ']', p.peek() == ',':
		return element{kind: later, from: from, to: from}, nil
	}
	return p.rangeFrom(from)
}

// rangeFrom reads the end of a range whose start and dots are read.
func (p *parser) rangeFrom(from date) (element, error) {
	start := p.at
	to, err := p.rangeEnd()
	switch {
	case err != nil:
		return element{}, err
	case to.form != from.form:
		return element{}, p.fail(start, "both ends of a range need the same precision")
	case endsBefore(to, from):
		return element{}, p.fail(start, "the range ends before it begins")
	}
	return element{kind: ranged, from: from, to: to}, nil
}

func (p *parser) rangeEnd() (date, error) {
	start := p.at
	d, err := p.listed()
	if err == nil && !d.bare() {
		err = p.fail(start, "a range needs dates without qualifier and X")
	}
	return d, err
}

// listed reads one date of a list.
func (p *parser) listed() (date, error) {
	start := p.at
	if c := p.peek(); c == ']' || c == ',' || c == 0 {
		return date{}, p.fail(start, "a date is missing")
	}
	d, err := p.date()
	if err == nil && d.form == formMoment {
		err = p.fail(start, "a list has dates without a time of day")
	}
	return d, err
}

// bare tells whether the date is whole and unqualified, so that a range may begin with it.
func (d date) bare() bool { return d.doubt == 0 && !d.form.unspecified() }

// peek returns the next byte, 0 at the end of the text.
func (p *parser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// rest returns what is not read yet.
func (p *parser) rest() string { return p.text[p.at:] }

// accept steps over the token if it comes next.
func (p *parser) accept(token string) bool {
	if !strings.HasPrefix(p.rest(), token) {
		return false
	}
	p.at += len(token)
	return true
}
