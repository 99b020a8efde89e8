package export

import (
	"strconv"
	"strings"

	"tarikh/names"
	"tarikh/timeline"
)

// phrases are the few words that exports add to the record's own, in one language.
type phrases struct {
	lang                                                     names.Language
	timeline, shown, see, undated, leftOut, moved            string
	killed, least, contested, sources, licence, place, comma string
}

// speak gives the phrases of the reader's language, chosen as texts are.
func speak(lang names.Language) phrases {
	all := []phrases{
		{lang: "en", timeline: "Timeline", shown: "{n} of {m} events shown", see: "See all of them",
			undated: "Events that this format cannot date, left out: {n}",
			leftOut: "Events left out because their licence forbids passing them on: {n}",
			moved:   "The record changed while this file was written.",
			killed:  "Killed: {n}", least: "at least {n}", contested: "contested",
			sources: "Sources", licence: "Licence", place: "Place", comma: ", "},
		{lang: "fr", timeline: "Chronologie", shown: "{n} événements affichés sur {m}", see: "Les voir tous",
			undated: "Événements que ce format ne peut dater, omis : {n}",
			leftOut: "Événements omis, leur licence interdisant de les transmettre : {n}",
			moved:   "Les données ont changé pendant l’écriture de ce fichier.",
			killed:  "Tués : {n}", least: "au moins {n}", contested: "chiffre contesté",
			sources: "Sources", licence: "Licence", place: "Lieu", comma: ", "},
		{lang: "ar", timeline: "خط زمني", shown: "المعروض {n} من أصل {m} حدثًا", see: "عرضها كلها",
			undated: "أحداث لا تتيح هذه الصيغة تأريخها فأُسقطت: {n}",
			leftOut: "أحداث أُسقطت لأن رخصتها تمنع نقلها: {n}",
			moved:   "تغيّر السجل أثناء كتابة هذا الملف.",
			killed:  "القتلى: {n}", least: "{n} على الأقل", contested: "الرقم موضع خلاف",
			sources: "المصادر", licence: "الرخصة", place: "المكان", comma: "، "},
	}
	return all[names.Pick([]names.Language{"en", "fr", "ar"}, lang)]
}

// with puts numbers or words into a phrase's places.
func with(phrase, n string, m ...string) string {
	phrase = strings.ReplaceAll(phrase, "{n}", n)
	return strings.ReplaceAll(phrase, "{m}", strings.Join(m, ""))
}

// figure says the number of the killed in words, such as "Killed: 4–12 (contested)"; empty
// where none is known, which is not zero.
func (p phrases) figure(c *timeline.Casualties) string {
	if c == nil || c.Low == nil {
		return ""
	}
	n := strconv.Itoa(*c.Low)
	switch {
	case c.Open:
		n = with(p.least, n)
	case c.High != nil && *c.High != *c.Low:
		n += "–" + strconv.Itoa(*c.High)
	}
	s := with(p.killed, n)
	if c.Contested {
		s += " (" + p.contested + ")"
	}
	return s
}

// notes are the sentences of a tail and of the events that a format had no date for.
func (p phrases) notes(t Tail, undated int) []string {
	var notes []string
	if undated > 0 {
		notes = append(notes, with(p.undated, strconv.Itoa(undated)))
	}
	if t.LeftOut > 0 {
		notes = append(notes, with(p.leftOut, strconv.Itoa(t.LeftOut)))
	}
	if t.Moved {
		notes = append(notes, p.moved)
	}
	return notes
}
