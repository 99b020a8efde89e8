package names

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a text that is searched for. What goes beyond them is [ErrTooLong].
const (
	MaxQueryChars = 500 // characters (code points)
	MaxQueryWords = 20  // folded words, so a hyphenated name is two
)

// ErrTooLong is what ReadQuery gives for a text beyond its limits.
var ErrTooLong = errors.New("a text to search for has at most 500 characters and 20 words")

// Query is what a text asks to be searched for: every term has to be met, but for those that are
// excluded, of which none may be. A query without a term that is not excluded finds nothing.
type Query struct {
	Text  string // as it was given, without the space around it
	Terms []Term
}

// Term is one word of a query, or several that have to follow each other.
type Term struct {
	Written string   // as the query writes it, without its quotation marks, hyphen and asterisk
	Words   []string // folded; at least one
	Quoted  bool     // its words stand between quotation marks
	Exclude bool     // -word: what meets it is left out
	Prefix  bool     // word*: the last word is the beginning of one
}

// ReadQuery reads a text that somebody searches for. It knows three signs and takes everything else
// for plain text, whatever it may mean in some query language:
//
//   - "…", «…» or “…” hold words together that have to follow each other;
//   - a hyphen right before a word or a quotation mark, after a space or at the start, excludes it;
//   - an asterisk right behind a word stands for any end of it.
//
// Words that only punctuation parts follow each other as well: Gourma-Rharous is one term. An
// elided article of French (l'Azawad) is left away. There is no mistake in a query; the only error
// is ErrTooLong. A text without letters and digits has no terms.
func ReadQuery(text string) (Query, error) {
	if len(text) > utf8.UTFMax*MaxQueryChars || utf8.RuneCountInString(text) > MaxQueryChars {
		return Query{}, ErrTooLong
	}
	q := Query{Text: strings.TrimSpace(text)}
	words := 0
	for rest := q.Text; rest != ""; {
		var t Term
		t, rest = readTerm(rest)
		if len(t.Words) > 0 {
			q.Terms = append(q.Terms, t)
			words += len(t.Words)
		}
	}
	if words > MaxQueryWords {
		return Query{}, ErrTooLong
	}
	return q, nil
}

// readTerm reads the first term of a text, which may turn out to have no words.
func readTerm(text string) (t Term, rest string) {
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	inner := text
	if after, found := strings.CutPrefix(text, "-"); found && startsTerm(after) {
		t.Exclude, inner = true, after
	}
	if quoted, after, found := cutQuoted(inner); found {
		t.Quoted, t.Written = true, strings.TrimSpace(quoted)
		if star, found := strings.CutPrefix(after, "*"); found {
			t.Prefix, after = true, star
		}
		t.Words = words(t.Written)
		return t, after
	}
	end := strings.IndexFunc(inner, unicode.IsSpace)
	if end < 0 {
		end = len(inner)
	}
	t.Written, rest = inner[:end], inner[end:]
	if at := openingQuote(t.Written); at > 0 { // a phrase begins without a space before it
		t.Written, rest = inner[:at], inner[at:]
	}
	t.Written, t.Prefix = strings.CutSuffix(t.Written, "*")
	t.Words = withoutElided(words(t.Written))
	return t, rest
}

// words is the folded words of a text; nil for none.
func words(text string) []string {
	folded := Fold(text)
	if folded == "" {
		return nil
	}
	return strings.Split(folded, " ")
}

// withoutElided drops the elided word that a single term begins with: who asks for l'Azawad means
// Azawad.
func withoutElided(words []string) []string {
	if len(words) > 1 && isElided(words[0]) {
		return words[1:]
	}
	return words
}

// startsTerm tells whether a hyphen right before s excludes it.
func startsTerm(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || closing(r) != 0
}

// closing is the mark that ends what r, a quotation mark, begins; 0 for no such mark.
func closing(r rune) rune {
	switch r {
	case '"':
		return '"'
	case '«':
		return '»'
	case '“':
		return '”'
	}
	return 0
}

// cutQuoted cuts the text between the quotation marks that s begins with. A mark that nothing ends
// is plain text.
func cutQuoted(s string) (quoted, after string, found bool) {
	r, size := utf8.DecodeRuneInString(s)
	end := closing(r)
	if end == 0 {
		return "", s, false
	}
	quoted, after, found = strings.Cut(s[size:], string(end))
	return quoted, after, found
}

// openingQuote is where the first quotation mark of s stands that ends later on in it; -1: nowhere.
func openingQuote(s string) int {
	for i, r := range s {
		if closing(r) != 0 {
			return i
		}
	}
	return -1
}
