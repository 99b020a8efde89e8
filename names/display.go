package names

import (
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// NameIn is what a language is called in another: "Arabic", "arabe", "العربية", by the Unicode
// CLDR. What it has no name for is called by its tag.
func (l Language) NameIn(other Language) string {
	tag, err := language.Raw.Parse(string(l))
	in, inErr := language.Raw.Parse(string(other))
	if err != nil || inErr != nil {
		return string(l)
	}
	name := display.Tags(in).Name(tag)
	if name == "" {
		return string(l)
	}
	return name
}

// Undetermined is the language of a text that nobody gave one, by its script: und, or und-Arab for
// one that begins in Arabic letters (ISO 639-2, RFC 5646 4.1).
func Undetermined(text string) Language {
	for _, r := range text {
		if unicode.IsLetter(r) {
			if unicode.Is(unicode.Arabic, r) {
				return "und-Arab"
			}
			break
		}
	}
	return "und"
}
