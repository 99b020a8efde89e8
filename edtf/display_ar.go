package edtf

import (
	"strconv"
	"strings"
)

// arabic says dates as the press of Egypt and the Gulf does, with Latin digits: 28 يناير 2013.
// Months, years and numerals do not inflect; centuries from the eleventh on are written in
// digits because their names would.
type arabic struct{}

var arabicWords = vocabulary{
	months: [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو",
		"أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
	seasons:   [4]string{"ربيع", "صيف", "خريف", "شتاء"},
	before:    "ق.م",
	since:     "م",
	far:       "سنة ",
	separator: ",",
}

var (
	// arabicOrdinals name the first ten centuries.
	arabicOrdinals = [10]string{"الأول", "الثاني", "الثالث", "الرابع", "الخامس",
		"السادس", "السابع", "الثامن", "التاسع", "العاشر"}
	// arabicDecades name the ten decades of a century, its years 00 to 09 first.
	arabicDecades = [10]string{"العقد الأول من", "العقد الثاني من", "عشرينيات",
		"ثلاثينيات", "أربعينيات", "خمسينيات", "ستينيات", "سبعينيات", "ثمانينيات", "تسعينيات"}
)

// date says a date without its qualifier.
func (a arabic) date(d date, leave omission) string {
	w := &arabicWords
	switch d.form {
	case formDayOfMonth:
		d.form = formMonth
		return "أحد أيام " + w.calendar(d, keepAll)
	case formMonthOfYear:
		return "أحد أشهر عام " + w.year(d.year, keepAll)
	case formDayOfYear:
		return "أحد أيام عام " + w.year(d.year, keepAll)
	case formDecade:
		return a.decade(d)
	case formCentury:
		return a.century(d)
	}
	return w.calendar(d, leave)
}

func (a arabic) decade(d date) string {
	if !namedByDigits(d) {
		return "العقد " + arabicWords.years(d.year, d.lastYear())
	}
	return arabicDecades[d.year/10%10] + " " + a.century(d)
}

func (arabic) century(d date) string {
	number, before := centuryOf(d)
	words := "القرن الـ" + strconv.Itoa(number)
	if number <= len(arabicOrdinals) {
		words = "القرن " + arabicOrdinals[number-1]
	}
	if before {
		words += arabicWords.eraMark(eraBefore)
	}
	return words
}

func (a arabic) alone(d date) string {
	switch d.doubt {
	case approximate:
		return a.roughly(d)
	case uncertain:
		return "ربما في " + a.date(d, keepAll)
	case both:
		return "ربما " + a.roughly(d)
	}
	return a.date(d, keepAll)
}

// perhaps returns what stands in front of an uncertain date and its preposition.
func (arabic) perhaps(d date) string {
	if d.doubt&uncertain != 0 {
		return "ربما "
	}
	return ""
}

// roughly says a date with its approximation.
func (a arabic) roughly(d date) string {
	if d.doubt&approximate != 0 {
		return "نحو " + a.date(d, keepAll)
	}
	return a.date(d, keepAll)
}

func (a arabic) at(d date, clock string) string {
	return a.date(d, keepAll) + "، الساعة " + clock
}

func (a arabic) lasting(from, to date) string {
	return "من " + a.date(from, shared(from, to)) + " إلى " + a.date(to, keepAll)
}

func (a arabic) since(d date, end mark) string {
	if end == open {
		return a.perhaps(d) + "منذ " + a.roughly(d)
	}
	return a.perhaps(d) + "من " + a.roughly(d) + "، تاريخ النهاية غير معروف"
}

func (a arabic) until(d date, start mark) string {
	words := a.perhaps(d) + "حتى " + a.roughly(d)
	if start == open {
		return words
	}
	return words + "، تاريخ البداية غير معروف"
}

func (arabic) sideless(start, end mark) string {
	switch {
	case start == open && end == open:
		return "بلا بداية ولا نهاية"
	case start == open:
		return "بلا بداية، تاريخ النهاية غير معروف"
	case end == open:
		return "مستمر، تاريخ البداية غير معروف"
	}
	return "تاريخ غير معروف"
}

// between joins the two with a و that is written onto the word or number behind it.
func (a arabic) between(from, to date) string {
	return "بين " + a.date(from, shared(from, to)) + " و" + a.date(to, keepAll)
}

func (a arabic) before(d date) string { return a.date(d, keepAll) + " أو قبل ذلك" }

func (a arabic) after(d date) string { return a.date(d, keepAll) + " أو بعد ذلك" }

func (a arabic) choice(dates []date) string { return a.either(said(dates, a.date)) }

// either repeats "or", as Arabic does between all members of a list.
func (arabic) either(words []string) string { return strings.Join(words, " أو ") }
