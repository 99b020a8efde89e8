package edtf

import "strconv"

// A vocabulary is what the languages say alike but for the words.
type vocabulary struct {
	months    [12]string
	seasons   [4]string // from spring
	first     string    // the first of a month; empty: 1
	before    string    // behind a year before the common era
	since     string    // behind a year of the common era that is short enough to be mistaken
	far       string    // in front of a year of five digits or more
	separator string    // between groups of three digits
}

// An era tells how a year has to be marked to be understood.
type era uint8

const (
	eraPlain  era = iota // 1000 to 9999: the digits are enough
	eraBefore            // 0 and before: counted backwards from 1 BCE
	eraEarly             // 1 to 999
	eraFar               // 10 000 and later
)

func eraOf(year int64) era {
	switch {
	case year <= 0:
		return eraBefore
	case year < 1000:
		return eraEarly
	case year > 9999:
		return eraFar
	}
	return eraPlain
}

// year says an astronomical year: 0 as 1 BCE.
func (w *vocabulary) year(year int64, leave omission) string {
	digits, era := w.yearDigits(year), eraOf(year)
	if era == eraFar {
		return w.far + digits
	}
	if leave >= dropEra {
		return digits
	}
	return digits + w.eraMark(era)
}

func (w *vocabulary) eraMark(e era) string {
	switch e {
	case eraBefore:
		return " " + w.before
	case eraEarly:
		return " " + w.since
	}
	return ""
}

// years says a run of years: "2012–2013".
func (w *vocabulary) years(first, last int64) string {
	leave := keepAll
	if eraOf(first) == eraOf(last) {
		leave = dropEra
	}
	return w.year(first, leave) + "–" + w.year(last, keepAll)
}

// yearDigits says how far a year lies from the turn of the era.
func (w *vocabulary) yearDigits(year int64) string {
	if year <= 0 {
		year = 1 - year
	}
	return grouped(year, w.separator)
}

// grouped writes a number, from five digits on in groups of three.
func grouped(n int64, separator string) string {
	digits := strconv.FormatInt(n, 10)
	if len(digits) < 5 {
		return digits
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + separator + digits[at:]
	}
	return digits
}

// calendar says a day, month or year: the forms that the three languages put in one order.
func (w *vocabulary) calendar(d date, leave omission) string {
	switch d.form {
	case formDay, formMoment:
		return w.day(d, leave)
	case formMonth:
		if leave >= dropYear {
			return w.month(d)
		}
		return w.month(d) + " " + w.year(d.year, keepAll)
	case formSeason:
		return w.season(d, leave)
	}
	return w.year(d.year, leave)
}

func (w *vocabulary) day(d date, leave omission) string {
	words := strconv.Itoa(int(d.day))
	if d.day == 1 && w.first != "" {
		words = w.first
	}
	if leave < dropMonth {
		words += " " + w.month(d)
	}
	if leave < dropYear {
		words += " " + w.year(d.year, keepAll)
	}
	return words
}

func (w *vocabulary) month(d date) string { return w.months[d.month-1] }

// season says a season; a winter lies in two years and names both.
func (w *vocabulary) season(d date, leave omission) string {
	name := w.seasons[d.month-spring]
	switch {
	case d.month == winter:
		return name + " " + w.years(d.year, d.year+1)
	case leave >= dropYear:
		return name
	}
	return name + " " + w.year(d.year, keepAll)
}

// centuryOf numbers a century from the turn of the era, the first being 1: forwards, or
// backwards before the era.
func centuryOf(d date) (number int, before bool) {
	if d.year < 0 {
		return int(-d.lastYear()/100) + 1, true
	}
	return int(d.year/100) + 1, false
}

// namedByDigits tells whether a decade has a name made of its digits, as the 2010s have.
// Before year 10 there is none, and before the era digits count backwards.
func namedByDigits(decade date) bool { return decade.year >= 10 }

// said words every date of a list, all but the last without what is to be left out.
func said(dates []date, say func(date, omission) string) []string {
	leave := sharedByAll(dates)
	words := make([]string, len(dates))
	for i, d := range dates {
		if i == len(dates)-1 {
			leave = keepAll
		}
		words[i] = say(d, leave)
	}
	return words
}

// joined lists words as "a, b or c", the conjunction with its own spaces.
func joined(words []string, conjunction string) string {
	text := words[0]
	for i, word := range words[1:] {
		if i == len(words)-2 {
			text += conjunction + word
			continue
		}
		text += ", " + word
	}
	return text
}
