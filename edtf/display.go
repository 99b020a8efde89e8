package edtf

import (
	"strings"
)

// A prose says dates in one language. Every method gets dates with their qualifiers; those
// that get two dates or more may leave out of the first what the last repeats.
type prose interface {
	// alone says one date: "about April 2012".
	alone(d date) string
	// at says a date-time, the time of day being worded already.
	at(d date, clock string) string
	// lasting says from when to when: "1–4 April 2012". Neither date is qualified.
	lasting(from, to date) string
	// since says a start whose end is open, or else unknown.
	since(d date, end mark) string
	// until says an end whose start is open, or else unknown.
	until(d date, start mark) string
	// sideless says an interval neither side of which is a date.
	sideless(start, end mark) string
	// between says one day out of a range: "between 3 and 6 April 2012".
	between(from, to date) string
	// before and after say a date or any earlier, any later one.
	before(d date) string
	after(d date) string
	// choice says one date out of several unqualified ones: "10 or 11 January 2013".
	choice(dates []date) string
	// either joins worded alternatives.
	either(words []string) string
}

// Display says the time in natural words of a language, given by its BCP 47 tag: Arabic
// (months as in Egypt and the Gulf, Latin digits), French or English. A tag is matched by
// lookup (RFC 4647, section 3.4): ar-MR gets Arabic, a language that is none of the three,
// or one of them in a foreign script, gets French. A date-time is said as written, in its
// own zone.
func (v Value) Display(lang string) string {
	x, p := v.expression(), proseFor(lang)
	switch x.shape {
	case interval:
		return x.sayInterval(p)
	case oneOf:
		return x.sayList(p)
	}
	if x.from.date.form == formMoment {
		return p.at(x.from.date, clockWords(x.clock))
	}
	return p.alone(x.from.date)
}

func (x *expression) sayInterval(p prose) string {
	from, to := x.from, x.to
	switch {
	case from.mark != given && to.mark != given:
		return p.sideless(from.mark, to.mark)
	case from.mark != given:
		return p.until(to.date, from.mark)
	case to.mark != given:
		return p.since(from.date, to.mark)
	case from.date == to.date:
		return p.alone(from.date)
	case (from.date.doubt | to.date.doubt) != 0:
		return p.alone(from.date) + " – " + p.alone(to.date)
	}
	return p.lasting(from.date, to.date)
}

func (x *expression) sayList(p prose) string {
	if dates, ok := x.sureDates(); ok {
		return p.choice(dates)
	}
	words := make([]string, len(x.list))
	for i, e := range x.list {
		words[i] = e.say(p)
	}
	return p.either(words)
}

// sureDates returns the elements of a list that is but unqualified dates.
func (x *expression) sureDates() (dates []date, ok bool) {
	for _, e := range x.list {
		if e.kind != plain || e.from.doubt != 0 {
			return nil, false
		}
		dates = append(dates, e.from)
	}
	return dates, true
}

func (e element) say(p prose) string {
	switch {
	case e.kind == earlier:
		return p.before(e.from)
	case e.kind == later:
		return p.after(e.from)
	case e.from == e.to:
		return p.alone(e.from)
	}
	return p.between(e.from, e.to)
}

// proseFor looks a language up. Only three languages are spoken, so of the tag no more than
// the language and the script matter; what matches none falls to French, the first of
// French, English and Arabic.
func proseFor(tag string) prose {
	language, rest, _ := strings.Cut(strings.ToLower(tag), "-")
	script := scriptOf(rest)
	switch {
	case language == "ar" && (script == "" || script == "arab"):
		return arabic{}
	case language == "en" && (script == "" || script == "latn"):
		return english{}
	}
	return french{}
}

// scriptOf returns the script among the subtags that follow a language: four letters, before
// any extension (RFC 5646, section 2.1).
func scriptOf(subtags string) string {
	for part := range strings.SplitSeq(subtags, "-") {
		switch {
		case len(part) == 1:
			return ""
		case len(part) == 4 && !isDigit(part[0]):
			return part
		}
	}
	return ""
}

// clockWords says a time of day as written, Z and shifts as distances from UTC.
func clockWords(clock string) string {
	time, zone := clock[:len("hh:mm:ss")], clock[len("hh:mm:ss"):]
	switch zone {
	case "":
		return time
	case "Z":
		return time + " UTC"
	}
	return time + " UTC" + zone
}

// An omission is what a date may leave out because a later one says it.
type omission uint8

const (
	keepAll omission = iota
	dropEra
	dropYear
	dropMonth // and the year
)

// shared returns what a may leave out when b follows.
func shared(a, b date) omission {
	sameYear := a.year == b.year
	switch {
	case a.form != b.form || a.doubt|b.doubt != 0:
		return keepAll
	case a.form == formDay && sameYear && a.month == b.month:
		return dropMonth
	case a.form == formDay && sameYear, a.form == formMonth && sameYear:
		return dropYear
	case a.form == formSeason && sameYear && b.month != winter && a.month != winter:
		return dropYear
	case a.form == formYear && eraOf(a.year) == eraOf(b.year):
		return dropEra
	}
	return keepAll
}

// sharedByAll returns what every date but the last may leave out.
func sharedByAll(dates []date) omission {
	last := len(dates) - 1
	least := dropMonth
	for _, d := range dates[:last] {
		least = min(least, shared(d, dates[last]))
	}
	return least
}
