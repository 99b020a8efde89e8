package names

import "strings"

// Pick chooses the text that a reader of wanted gets, from the languages of the texts that a
// record has, in their order. It returns the index of one, -1 only when there are none. It is the
// lookup of RFC 4647, 3.4: the wanted tag, then the tag shortened part by part from its end; then
// French, English and Arabic, in that order; then the record's first text. wanted "" asks for the
// first text, which is the record's original language. So ar-MR gets ar, else fr, else en.
//
// At each step the exact tag comes before a regional form of it ("ar" gets ar-DZ where there is
// no ar). RFC 4647 stops at exact tags; a text in ar-DZ would then be out of reach for a reader
// of ar, who reads it without trouble. A form in another script is not the same to a reader: "ar"
// does not get ar-Latn, nor "zh" zh-Hant, except as the record's first text.
//
// Pick does not allocate.
func Pick(langs []Language, wanted Language) int {
	if len(langs) == 0 {
		return -1
	}
	if wanted == "" {
		return 0
	}
	for tag := wanted; tag != ""; tag = shorten(tag) {
		if i := pickTag(langs, tag); i >= 0 {
			return i
		}
	}
	for _, tag := range [...]Language{"fr", "en", "ar"} {
		if i := pickTag(langs, tag); i >= 0 {
			return i
		}
	}
	return 0
}

// pickTag returns the first text in the language tag itself, else the first in a form of it that is
// written in the same script, else -1.
func pickTag(langs []Language, tag Language) int {
	near := -1
	for i, l := range langs {
		if !l.extends(tag) {
			continue
		}
		if len(l) == len(tag) {
			return i
		}
		if near < 0 && strings.EqualFold(l.script(), tag.script()) {
			near = i
		}
	}
	return near
}

// shorten drops the last part of a tag, and with it a single character that only introduced it
// (RFC 4647, 3.4). "" when it was the only one.
func shorten(tag Language) Language {
	i := strings.LastIndexByte(string(tag), '-')
	if i < 0 {
		return ""
	}
	if i >= 2 && tag[i-2] == '-' {
		i -= 2
	}
	return tag[:i]
}
