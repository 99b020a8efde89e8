package names

import (
	"strings"
	"unicode/utf8"
)

// minBare is the least number of letters of a word that is looked for with others written onto
// it, or with those taken off: below it نك would find بنك, and لد بلد.
const minBare = 3

// onto lists what Arabic writes onto the word after it: and, then, in, like, to and for, the
// article, and those of them that stand before each other. The word itself comes first.
var onto = [...]string{
	"", "و", "ف", "ب", "ل", "ك", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "وبال", "وب", "ول",
}

// Forms lists the folded words of a text in which the folded word meets: itself first and, where it
// is an Arabic one of at least three letters, itself with the proclitics that Arabic writes onto
// it (وتمبكتو and بتمبكتو for تمبكتو). An article that the word has already is taken off first
// where three letters remain: الهجوم meets هجوم, بالهجوم and للهجوم.
//
// A text keeps its words as they are and a question is widened, not the other way round: so phrases
// and highlights work, and these rules can change without reading the texts again.
func Forms(word string) []string {
	bare := bareWord(word)
	if !arabicWord(word) || utf8.RuneCountInString(bare) < minBare {
		return []string{word}
	}
	forms := make([]string, 0, len(onto)+1)
	forms = append(forms, word)
	for _, p := range onto {
		if form := p + bare; form != word {
			forms = append(forms, form)
		}
	}
	return forms
}

// Bare lists what a folded word may be without the proclitics that are written onto it, the longest
// rest first, itself left out: وبالجزائر may be بالجزائر, الجزائر and جزائر. Most of these are no
// words. They are for asking whether one of them is a name; nobody should take one for granted.
func Bare(word string) []string {
	if !arabicWord(word) {
		return nil
	}
	var all []string
	for rest := word; ; {
		first, size := utf8.DecodeRuneInString(rest)
		switch {
		case strings.HasPrefix(rest, "لل"):
			all = appendBare(all, "ال"+rest[len("لل"):])
			rest = rest[len("لل"):]
		case strings.HasPrefix(rest, "ال"):
			rest = rest[len("ال"):]
		case strings.ContainsRune("وفبكل", first):
			rest = rest[size:]
		default:
			return all
		}
		if utf8.RuneCountInString(rest) < minBare {
			return all
		}
		all = appendBare(all, rest)
	}
}

func appendBare(all []string, word string) []string {
	if utf8.RuneCountInString(word) < minBare {
		return all
	}
	return append(all, word)
}

// bareWord is an Arabic word without its article.
func bareWord(word string) string {
	if rest, found := strings.CutPrefix(word, "ال"); found && utf8.RuneCountInString(rest) >= minBare {
		return rest
	}
	return word
}

// arabicWord tells whether a folded word begins with an Arabic letter. Folded, those are of one
// block, and digits are ASCII.
func arabicWord(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return 0x0620 <= r && r <= 0x06FF
}
