package edtf

import (
	"strconv"
	"strings"
)

// french says dates as the French-language press does: 1er avril 2012.
type french struct{}

var frenchWords = vocabulary{
	months: [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet",
		"août", "septembre", "octobre", "novembre", "décembre"},
	seasons:   [4]string{"printemps", "été", "automne", "hiver"},
	first:     "1er",
	before:    "av. J.-C.",
	since:     "apr. J.-C.",
	far:       "an ",
	separator: "\u202f", // narrow no-break space
}

// A nominal is a date as French grammar needs it.
type nominal struct {
	article string // "le ", "la ", "l’", "les " or none
	name    string // "printemps 2012"
	within  string // the preposition that says "in" it, with its article: "au "
}

func (n nominal) definite() string { return n.article + n.name }

// of puts the preposition "de" in front.
func (n nominal) of() string {
	switch n.article {
	case "le ":
		return "du " + n.name
	case "les ":
		return "des " + n.name
	case "":
		if strings.ContainsAny(n.name[:1], "aou") {
			return "d’" + n.name
		}
	}
	return "de " + n.definite()
}

// to puts the preposition "à" in front.
func (n nominal) to() string {
	switch n.article {
	case "le ":
		return "au " + n.name
	case "les ":
		return "aux " + n.name
	}
	return "à " + n.definite()
}

// upTo puts "jusque" in front.
func (n nominal) upTo() string {
	if n.within == "en " {
		return "jusqu’en " + n.definite()
	}
	return "jusqu’" + n.to()
}

// noun words a date without its qualifier.
func (f french) noun(d date, leave omission) nominal {
	name := frenchWords.calendar
	switch d.form {
	case formDay, formMoment:
		return nominal{"le ", name(d, leave), "le "}
	case formSeason:
		if d.month == spring {
			return nominal{"le ", name(d, leave), "au "}
		}
		return nominal{"l’", name(d, leave), "à l’"}
	case formDecade:
		return f.decade(d)
	case formCentury:
		return nominal{"le ", f.century(d), "au "}
	case formDayOfMonth, formMonthOfYear, formDayOfYear:
		return nominal{"", f.someday(d), ""}
	}
	if d.form == formYear && eraOf(d.year) == eraFar {
		return nominal{"l’", name(d, leave), "en l’"}
	}
	return nominal{"", name(d, leave), "en "}
}

func (f french) someday(d date) string {
	switch d.form {
	case formMonthOfYear:
		return "un mois de " + frenchWords.year(d.year, keepAll)
	case formDayOfYear:
		return "un jour de " + frenchWords.year(d.year, keepAll)
	}
	d.form = formMonth
	return "un jour " + f.noun(d, keepAll).of()
}

func (french) decade(d date) nominal {
	if !namedByDigits(d) {
		return nominal{"la ", "décennie " + frenchWords.years(d.year, d.lastYear()), "dans la "}
	}
	name := "années " + strconv.FormatInt(d.year, 10) + frenchWords.eraMark(eraOf(d.year))
	return nominal{"les ", name, "dans les "}
}

func (french) century(d date) string {
	number, before := centuryOf(d)
	ending := "e"
	if number == 1 {
		ending = "er"
	}
	words := roman(number) + ending + " siècle"
	if before {
		words += frenchWords.eraMark(eraBefore)
	}
	return words
}

// roman writes a number from 1 to 100 in Roman numerals.
func roman(n int) string {
	tens := [...]string{"", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC", "C"}
	ones := [...]string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}
	return tens[n/10] + ones[n%10]
}

func (f french) alone(d date) string {
	n := f.noun(d, keepAll)
	switch d.doubt {
	case approximate:
		return "vers " + n.definite()
	case uncertain:
		return "peut-être " + n.within + n.name
	case both:
		return "peut-être vers " + n.definite()
	}
	return n.name
}

// aside puts a date with its preposition between what its qualifier says around it.
func (french) aside(d date, words string) string {
	if d.doubt&uncertain != 0 {
		words = "peut-être " + words
	}
	if d.doubt&approximate != 0 {
		words += " environ"
	}
	return words
}

func (f french) at(d date, clock string) string {
	return f.noun(d, keepAll).name + " à " + clock
}

func (f french) lasting(from, to date) string {
	return f.noun(from, shared(from, to)).of() + " " + f.noun(to, keepAll).to()
}

func (f french) since(d date, end mark) string {
	n := f.noun(d, keepAll)
	if end == open {
		return f.aside(d, "depuis "+n.definite())
	}
	return f.aside(d, "à partir "+n.of()) + ", fin inconnue"
}

func (f french) until(d date, start mark) string {
	words := f.aside(d, f.noun(d, keepAll).upTo())
	if start == open {
		return words
	}
	return words + ", début inconnu"
}

func (french) sideless(start, end mark) string {
	switch {
	case start == open && end == open:
		return "sans début ni fin"
	case start == open:
		return "sans début, fin inconnue"
	case end == open:
		return "en cours, début inconnu"
	}
	return "date inconnue"
}

func (f french) between(from, to date) string {
	return "entre " + f.noun(from, shared(from, to)).definite() +
		" et " + f.noun(to, keepAll).definite()
}

func (f french) before(d date) string { return f.noun(d, keepAll).name + " ou avant" }

func (f french) after(d date) string { return f.noun(d, keepAll).name + " ou après" }

func (f french) choice(dates []date) string {
	name := func(d date, leave omission) string { return f.noun(d, leave).name }
	return f.either(said(dates, name))
}

func (french) either(words []string) string { return joined(words, " ou ") }
