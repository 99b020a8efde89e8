package edtf

import (
	"strconv"
	"strings"
)

// english says dates in British order: 28 January 2013.
type english struct{}

var englishWords = vocabulary{
	months: [12]string{"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"},
	seasons:   [4]string{"spring", "summer", "autumn", "winter"},
	before:    "BCE",
	since:     "CE",
	far:       "the year ",
	separator: ",",
}

// date says a date without its qualifier.
func (english) date(d date, leave omission) string {
	w := &englishWords
	switch d.form {
	case formDayOfMonth:
		d.form = formMonth
		return "a day in " + w.calendar(d, keepAll)
	case formMonthOfYear:
		return "a month in " + w.year(d.year, keepAll)
	case formDayOfYear:
		return "a day in " + w.year(d.year, keepAll)
	case formDecade:
		return english{}.decade(d)
	case formCentury:
		return english{}.century(d)
	}
	return w.calendar(d, leave)
}

func (english) decade(d date) string {
	if !namedByDigits(d) {
		return "the decade " + englishWords.years(d.year, d.lastYear())
	}
	return "the " + strconv.FormatInt(d.year, 10) + "s" + englishWords.eraMark(eraOf(d.year))
}

func (english) century(d date) string {
	number, before := centuryOf(d)
	words := "the " + strconv.Itoa(number) + ordinalEnding(number) + " century"
	if before {
		words += englishWords.eraMark(eraBefore)
	}
	return words
}

// ordinalEnding returns what follows the digits of an English ordinal number.
func ordinalEnding(n int) string {
	if n%100 >= 11 && n%100 <= 13 {
		return "th"
	}
	switch n % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}

func (e english) alone(d date) string { return e.perhaps(d) + e.roughly(d) }

// perhaps returns what stands in front of an uncertain date and its preposition.
func (english) perhaps(d date) string {
	if d.doubt&uncertain != 0 {
		return "possibly "
	}
	return ""
}

// roughly says a date with its approximation.
func (e english) roughly(d date) string {
	if d.doubt&approximate != 0 {
		return "about " + e.date(d, keepAll)
	}
	return e.date(d, keepAll)
}

func (e english) at(d date, clock string) string { return e.date(d, keepAll) + ", " + clock }

// lasting sets the dash close between single words and with spaces otherwise.
func (e english) lasting(from, to date) string {
	first, last := e.date(from, shared(from, to)), e.date(to, keepAll)
	if from.form == to.form && !strings.Contains(first, " ") {
		return first + "–" + last
	}
	return first + " – " + last
}

func (e english) since(d date, end mark) string {
	if end == open {
		return e.perhaps(d) + "since " + e.roughly(d)
	}
	return e.perhaps(d) + "from " + e.roughly(d) + ", end unknown"
}

func (e english) until(d date, start mark) string {
	words := e.perhaps(d) + "until " + e.roughly(d)
	if start == open {
		return words
	}
	return words + ", start unknown"
}

func (english) sideless(start, end mark) string {
	switch {
	case start == open && end == open:
		return "without beginning or end"
	case start == open:
		return "without beginning, end unknown"
	case end == open:
		return "ongoing, start unknown"
	}
	return "date unknown"
}

func (e english) between(from, to date) string {
	return "between " + e.date(from, shared(from, to)) + " and " + e.date(to, keepAll)
}

func (e english) before(d date) string { return e.date(d, keepAll) + " or earlier" }

func (e english) after(d date) string { return e.date(d, keepAll) + " or later" }

func (e english) choice(dates []date) string { return e.either(said(dates, e.date)) }

func (english) either(words []string) string { return joined(words, " or ") }
