package names

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form under which spellings of a name or of a word meet: lower-case words parted
// by single spaces, composed (Unicode NFC of what remains of NFKC).
//
//   - Arabic: vowel marks and other marks, tatweel and hamza on the line are dropped; أإآٱ become
//     ا, ىئی become ي, ةۀ become ه, ؤ becomes و; Persian and Maghreb letters become the Arabic
//     ones they stand for (ک ك, گ ڨ غ, پ ب, ڤ ف); presentation forms are taken apart.
//   - Latin: lower case, no accents, œ oe, æ ae, ß ss; the letters of Songhay, Tamasheq and
//     Fulfulde as the press writes them in French (ɛ e, ɔ o, ŋ n, ɲ n, ɣ gh, ə e, ɓ b, ɗ d, ƴ y).
//   - Digits: Arabic-Indic and Persian ones become ASCII.
//   - Apostrophes of any shape are dropped (Aguel'hoc, Aguelhoc), but for those of a grammar, which
//     part words: l'Azawad folds to "l azawad", Mali's to "mali s". Hyphens, other punctuation,
//     symbols, controls and bytes that are not UTF-8 part words. Bidirectional controls and
//     zero-width characters are dropped.
//   - Other scripts keep their letters and their marks, composed.
//
// Fold is idempotent, so a folded text may be folded again. It is "" when s has neither letter
// nor digit, and for a lone hamza. A text that is folded already comes back uncopied (unless it
// is in a script with marks of its own).
func Fold(s string) string {
	at := settled(s)
	if at == len(s) {
		return s
	}
	var f folder
	f.out.Grow(len(s)) // folding seldom lengthens: the result is the only allocation
	f.out.WriteString(s[:at])
	f.read(s, at)
	text, _ := f.composed()
	return text
}

// settled returns the length of the longest start of s that is folded already, as far as a glance
// tells, from one character at a time. It never ends in a space, since a space at the end does
// not stay.
func settled(s string) int {
	at, spaced := 0, true // spaced: a space here would be the first, or the second in a row
	for at < len(s) {
		size := settledChar(s[at:])
		if size == 0 || spaced && s[at] == ' ' {
			break
		}
		spaced = s[at] == ' '
		at += size
	}
	if spaced && at > 0 {
		at--
	}
	return at
}

// settledChar returns the size of the first character of s when folding leaves it, else 0.
func settledChar(s string) int {
	switch c := s[0]; {
	case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == ' ':
		return 1
	case c < utf8.RuneSelf:
		return 0
	}
	r, size := utf8.DecodeRuneInString(s)
	if plainArabic(r) || settledForeign(s, r) {
		return size
	}
	return 0
}

// settledForeign tells whether r, the first character of s, is a letter of another script that
// folds to itself and composes with nothing before it.
func settledForeign(s string, r rune) bool {
	if norm.NFKD.PropertiesString(s).Decomposition() != nil {
		return false
	}
	got := letter(r)
	return got.first == r && got.second == 0 && norm.NFC.PropertiesString(s).BoundaryBefore()
}

// folder builds a folded text, and beside it, when asked, where each byte of it comes from.
type folder struct {
	out     strings.Builder
	spans   []span // one for each byte of out; used only when tracked
	tracked bool
	parted  bool // a separator was read since the last letter
	gap     span // that separator, its neighbours included
	led     bool // silent characters were read that belong to the next letter
	lead    int  // where they began
	foreign bool // a letter was kept whose neighbours may compose with it
}

// span is a half-open range of bytes of the original.
type span struct{ from, to int32 }

// read folds s from the byte at on.
func (f *folder) read(s string, at int) {
	for at < len(s) {
		size := 1
		if c := s[at]; c < utf8.RuneSelf {
			f.take(f.apostrophe(asciiLetter(c), s, at+1), at, at+1)
		} else {
			var r rune
			r, size = utf8.DecodeRuneInString(s[at:])
			f.readRune(s, r, at, at+size)
		}
		at += size
	}
}

// apostrophe turns an apostrophe, which leaves no trace, into what parts words where it does.
func (f *folder) apostrophe(got reading, s string, after int) reading {
	if got.quote && f.elides(s, after) {
		return reading{class: parting}
	}
	return got
}

// readRune folds one character beyond ASCII. What has a compatibility decomposition is read part by
// part: folding then needs no table of accented letters, and ﻻ is read as the two letters it shows.
func (f *folder) readRune(s string, r rune, at, to int) {
	if got, ok := wholeLetter(r); ok {
		f.take(f.apostrophe(got, s, to), at, to)
		return
	}
	parts := norm.NFKD.PropertiesString(s[at:to]).Decomposition()
	if parts == nil {
		f.take(letter(r), at, to)
		return
	}
	for len(parts) > 0 {
		part, size := utf8.DecodeRune(parts)
		f.take(letter(part), at, to)
		parts = parts[size:]
	}
}

// take adds what one character of the original, the bytes from..to, is in the folded text.
func (f *folder) take(got reading, from, to int) {
	switch got.class {
	case spoken:
		f.speak(got, from, to)
	case silent:
		f.hush(from, to)
	case parting:
		f.part(from, to)
	case nothing:
	}
}

// speak adds a letter, after the one space that stands for whatever parted it from the last.
func (f *folder) speak(got reading, from, to int) {
	if f.parted {
		f.out.WriteByte(' ')
		f.mark(f.gap)
	}
	if f.led {
		from = f.lead
	}
	f.parted, f.led = false, false
	f.out.WriteRune(got.first)
	if got.second != 0 {
		f.out.WriteRune(got.second)
	}
	f.mark(span{int32(from), int32(to)})
	f.foreign = f.foreign || got.foreign
}

// hush drops a character that belongs to its word (a mark, a tatweel, a hamza), so that whoever
// highlights the word highlights it too: it goes to the letter before, at a word's start to the
// next.
func (f *folder) hush(from, to int) {
	if !f.tracked {
		return
	}
	last := len(f.spans) - 1
	if last < 0 || f.parted {
		if !f.led {
			f.lead, f.led = from, true
		}
		return
	}
	for origin, i := f.spans[last].from, last; i >= 0 && f.spans[i].from == origin; i-- {
		f.spans[i].to = int32(to)
	}
}

// part notes a separator. A text begins and ends with a letter, so it is written with the next one.
func (f *folder) part(from, to int) {
	f.led = false
	if f.out.Len() == 0 {
		return
	}
	if !f.parted {
		f.parted, f.gap.from = true, int32(from)
	}
	f.gap.to = int32(to)
}

// mark gives the bytes of out that have no span yet the span s.
func (f *folder) mark(s span) {
	if !f.tracked {
		return
	}
	for len(f.spans) < f.out.Len() {
		f.spans = append(f.spans, s)
	}
}

// composed returns the folded text and its spans, and joins what decomposition and dropping have
// left apart (kana and its voicing, jamo, the marks of Indic scripts). A composed character comes
// from all of the characters that it is made of.
func (f *folder) composed() (string, []span) {
	text := f.out.String()
	if !f.foreign || norm.NFC.IsNormalString(text) {
		return text, f.spans
	}
	var it norm.Iter
	it.InitString(norm.NFC, text)
	joined := folder{tracked: f.tracked}
	for !it.Done() {
		i := it.Pos()
		joined.out.Write(it.Next())
		if f.tracked {
			joined.mark(around(f.spans[i:it.Pos()]))
		}
	}
	return joined.out.String(), joined.spans
}

// around returns the smallest span that holds all of spans, of which there is at least one.
func around(spans []span) span {
	all := spans[0]
	for _, s := range spans[1:] {
		all.from, all.to = min(all.from, s.from), max(all.to, s.to)
	}
	return all
}
