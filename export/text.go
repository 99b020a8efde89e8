package export

import (
	"strings"
	"unicode"

	"tarikh/names"
	"tarikh/timeline"
)

// pick chooses the text for a reader by the rule of [names.Pick]; empty when there are none.
func pick(texts []timeline.Text, lang names.Language) timeline.Text {
	if len(texts) == 0 {
		return timeline.Text{}
	}
	var space [8]names.Language
	langs := space[:0]
	for i := range texts {
		langs = append(langs, texts[i].Lang)
	}
	return texts[names.Pick(langs, lang)]
}

// in is the text in a language, a regional form of it included, and in no other; empty where
// there is none.
func in(texts []timeline.Text, lang names.Language) string {
	if t := pick(texts, lang); t.Lang.Matches(lang) && t.Lang.Direction() == lang.Direction() {
		return t.Text
	}
	return ""
}

// named gives what a row's Name method gives, empty where it has no name.
func named(t *timeline.Text) string {
	if t == nil {
		return ""
	}
	return t.Text
}

// The Unicode isolates: what stands between them is laid out in its own direction and does not
// mix with what stands around it (UAX #9, 2.4).
const (
	rightToLeft = "\u2067" // RIGHT-TO-LEFT ISOLATE
	popIsolate  = "\u2069" // POP DIRECTIONAL ISOLATE
)

// isolated keeps a text with Arabic letters in its order wherever it is shown: without isolates
// a left-to-right page shows "30 يونيو 2012" with its numbers exchanged.
func isolated(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
		return s
	}
	return rightToLeft + s + popIsolate
}

// dir is the value of HTML's attribute dir.
func dir(lang names.Language) string { return strings.ToLower(string(lang.Direction())) }
