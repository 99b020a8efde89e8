package names

import (
	"unicode"
	"unicode/utf8"
)

// class says what becomes of a character when its text is folded.
type class uint8

const (
	nothing class = iota // leaves no trace: an apostrophe, a bidirectional control
	silent               // leaves no letter but belongs to its word: a mark, a tatweel, a hamza
	spoken               // a letter or a digit
	parting              // parts words
)

// reading is what one character is in a folded text: a class and, when spoken, one or two letters.
type reading struct {
	first, second rune
	class         class
	foreign       bool // neighbours may compose with it, so the text is composed again at the end
	quote         bool // an apostrophe: it leaves no trace inside a name, and parts l'Azawad
}

func says(r rune) reading     { return reading{first: r, class: spoken} }
func says2(a, b rune) reading { return reading{first: a, second: b, class: spoken} }

// asciiLetter reads an ASCII character.
func asciiLetter(c byte) reading {
	switch {
	case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		return says(rune(c))
	case 'A' <= c && c <= 'Z':
		return says(rune(c) + 'a' - 'A')
	case c == '\'', c == '`':
		return reading{class: nothing, quote: true}
	}
	return reading{class: parting}
}

// wholeLetter reads the characters that must not be, or need not be, decomposed first: Arabic,
// for speed; shapes of the apostrophe and lone marks whose decomposition holds a space that is
// not there.
func wholeLetter(r rune) (reading, bool) {
	switch {
	case 0x0600 <= r && r <= 0x06FF:
		return arabicLetter(r)
	case isApostrophe(r):
		return reading{class: nothing, quote: true}, true
	case 0xFC5E <= r && r <= 0xFC63, 0xFE70 <= r && r <= 0xFE7F:
		return reading{class: silent}, true // vowel marks that were typeset apart from their letter
	}
	return reading{}, false
}

// letter reads a character that has no decomposition, or is part of one.
func letter(r rune) reading {
	if r < utf8.RuneSelf {
		return asciiLetter(byte(r))
	}
	if got, ok := wholeLetter(r); ok {
		return got
	}
	if isAccent(r) || isModifier(r) {
		return reading{class: silent}
	}
	r = unicode.ToLower(r)
	if got, ok := latinLetter(r); ok {
		return got
	}
	switch {
	case unicode.Is(unicode.Cf, r):
		return reading{class: nothing}
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		return reading{first: r, class: spoken, foreign: true}
	}
	return reading{class: parting}
}

// plainArabic tells whether r is an Arabic letter that folds to itself.
func plainArabic(r rune) bool {
	switch r {
	case 'ا', 'و', 'ه', 'ي':
		return true
	case 'ة', 'ى', 'ـ':
		return false
	}
	return 'ب' <= r && r <= 'غ' || 'ف' <= r && r <= 'ن'
}

// arabicLetter reads the block U+0600 to U+06FF. Not ok: a rarer one, that letter reads.
func arabicLetter(r rune) (reading, bool) {
	if plainArabic(r) {
		return says(r), true
	}
	switch {
	case isArabicMark(r):
		return reading{class: silent}, true
	case '٠' <= r && r <= '٩':
		return says(r - '٠' + '0'), true
	case '۰' <= r && r <= '۹':
		return says(r - '۰' + '0'), true
	}
	if to := arabicVariant(r); to != 0 {
		return says(to), true
	}
	return reading{}, false
}

// arabicVariant returns the plain letter that r is another writing of, or 0. To the letters of
// the Arab press it adds their twins of Persian and Urdu keyboards and of Maghreb script, since
// pages of the Maghreb mix them: ڪ, ہ ھ ە, ڧ ڢ (qaf and fa with the Maghreb dots), ڭ ݣ (g), ڥ
// (v).
func arabicVariant(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ', 'ٲ', 'ٳ':
		return 'ا'
	case 'ى', 'ئ', 'ی':
		return 'ي'
	case 'ة', 'ۀ', 'ۂ', 'ۃ', 'ہ', 'ھ', 'ە':
		return 'ه'
	case 'ؤ':
		return 'و'
	case 'ک', 'ڪ':
		return 'ك'
	case 'گ', 'ڨ', 'ڭ', 'ݣ':
		return 'غ'
	case 'پ':
		return 'ب'
	case 'ڤ', 'ڥ', 'ڢ':
		return 'ف'
	case 'ڧ':
		return 'ق'
	}
	return 0
}

// isArabicMark: vowel marks (U+064B to U+065F, U+0670), honorifics, Quranic signs, the tatweel, and
// hamza on the line (U+0621, and U+0674 of Kazakh): all that may be written or left out.
func isArabicMark(r rune) bool {
	switch {
	case 0x064B <= r && r <= 0x065F, 0x0610 <= r && r <= 0x061A, 0x06D6 <= r && r <= 0x06DC,
		0x06DF <= r && r <= 0x06E4, 0x06EA <= r && r <= 0x06ED:
		return true
	}
	return r == 'ء' || r == 'ـ' || r == 0x0670 || r == 0x0674 || r == 0x06E7 || r == 0x06E8
}

// latinLetter reads lower-case letters that Unicode does not decompose and French and English do
// not write. ɣ is gh because Aguelhok and Iyad ag Ghali are written so; ŋ and ɲ lose what n cannot
// show, as in Goundam.
func latinLetter(r rune) (reading, bool) {
	switch r {
	case 'œ':
		return says2('o', 'e'), true
	case 'æ':
		return says2('a', 'e'), true
	case 'ß':
		return says2('s', 's'), true
	case 'þ':
		return says2('t', 'h'), true
	case 'ɣ':
		return says2('g', 'h'), true
	}
	if to := latinVariant(r); to != 0 {
		return says(to), true
	}
	return reading{}, false
}

// latinVariant returns the letter of the basic alphabet that the lower-case r stands for, or 0.
func latinVariant(r rune) rune {
	switch r {
	case 'ɛ', 'ə', 'ǝ':
		return 'e'
	case 'ɔ', 'ø':
		return 'o'
	case 'ŋ', 'ɲ':
		return 'n'
	case 'ı':
		return 'i'
	case 'ɓ':
		return 'b'
	case 'ɗ', 'đ', 'ð':
		return 'd'
	case 'ƴ':
		return 'y'
	case 'ł':
		return 'l'
	case 'ħ':
		return 'h'
	case 'ŧ':
		return 't'
	case 'ς':
		return 'σ' // Greek: the sigma of a word's end
	}
	return 0
}

// isApostrophe: the marks that people type for an apostrophe or for ʿayn and hamza, punctuation by
// their nature: ‘ ’ ‛ ′ ‵ ´ and those of other keyboards.
func isApostrophe(r rune) bool {
	switch r {
	case '‘', '’', '‛', '′', '‵', '´', '＇', '՚', '׳', '\uA78B', '\uA78C':
		return true
	}
	return false
}

// isModifier: the apostrophes that Unicode counts among the letters (ʹ ʺ ʻ ʼ ʽ ʾ ʿ ˀ ˁ), and the
// glottal letters ʔ ʕ of transcriptions.
func isModifier(r rune) bool {
	return 0x02B9 <= r && r <= 0x02C1 || r == 'ʔ' || r == 'ʕ'
}

// isAccent: marks that a name may lose and still be the same. Marks of the scripts of India, of
// kana and of Thai are not among them: without those it is another name.
func isAccent(r rune) bool {
	switch {
	case 0x0300 <= r && r <= 0x036F, 0x0483 <= r && r <= 0x0487: // Latin, Greek; Cyrillic
		return true
	case 0x08D3 <= r && r <= 0x08E1, 0x08E3 <= r && r <= 0x08FF: // Arabic, extended
		return true
	case 0x1AB0 <= r && r <= 0x1AFF, 0x1DC0 <= r && r <= 0x1DFF, 0x20D0 <= r && r <= 0x20F0:
		return true
	case 0xFE00 <= r && r <= 0xFE0F, 0xFE20 <= r && r <= 0xFE2F, 0xE0100 <= r && r <= 0xE01EF:
		return true // variation selectors, half marks
	}
	return false
}
