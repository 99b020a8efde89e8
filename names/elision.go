package names

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestElided is the length of the longest word that French writes onto the next with an
// apostrophe: quoiqu', lorsqu', puisqu'.
const longestElided = len("puisqu")

// elides tells whether the apostrophe that ends before the byte after of s parts the word before it
// from what follows. Apostrophes inside a name do not (Aguel'hoc, M'Bera, Jama'at); those of a
// grammar do: a French word that lost its vowel before another vowel (l'Azawad, d'Ansongo,
// qu'Iyad), and the English genitive (Mali's).
func (f *folder) elides(s string, after int) bool {
	word := f.lastWord()
	if word == "" || after >= len(s) {
		return false
	}
	next, size := utf8.DecodeRuneInString(s[after:])
	if next == 's' || next == 'S' {
		return !continues(s[after+size:])
	}
	return isElided(word) && sungFirst(s[after:])
}

// lastWord is the word that is being written, as far as it goes; empty between two words, and for
// one that is too long to be elided, of which it gives the end.
func (f *folder) lastWord() string {
	if f.parted {
		return ""
	}
	text := f.out.String()
	from := len(text)
	for from > 0 && text[from-1] != ' ' && len(text)-from <= longestElided {
		from--
	}
	return text[from:]
}

// isElided knows the folded words that French elides.
func isElided(word string) bool {
	switch word {
	case "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu":
		return true
	}
	return false
}

// sungFirst tells whether s begins with a vowel, or with the h that French does not speak.
func sungFirst(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if parts := norm.NFKD.PropertiesString(s[:size]).Decomposition(); parts != nil {
		r, _ = utf8.DecodeRune(parts)
	}
	switch unicode.ToLower(r) {
	case 'a', 'e', 'i', 'o', 'u', 'y', 'h', 'œ', 'æ':
		return true
	}
	return false
}

// continues tells whether s goes on with the word that ended before it.
func continues(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}
