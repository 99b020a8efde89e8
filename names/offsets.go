package names

import (
	"strings"
	"unicode/utf8"
)

// Folded is a folded text that remembers where it comes from, for snippets and highlights. Its
// original must be shorter than 2 GiB.
type Folded struct {
	Text  string // what Fold gives
	spans []span // of each byte of Text; nil: Text is the original
}

// FoldOffsets folds s as Fold does, and keeps the way back.
func FoldOffsets(s string) Folded {
	if settled(s) == len(s) {
		return Folded{Text: s}
	}
	f := folder{tracked: true, spans: make([]span, 0, len(s))}
	f.out.Grow(len(s))
	f.read(s, 0)
	text, spans := f.composed()
	return Folded{Text: text, spans: spans}
}

// Original returns the bytes from..to of the original that the bytes i..j of Text come from:
// whole characters, with the marks, tatweels and hamzas that were dropped from them. A folded
// space comes from all that parted its neighbours. i and j beyond Text are taken as its ends,
// inside a character as its start and its end; nothing between them gives from == to.
func (f Folded) Original(i, j int) (from, to int) {
	i, j = whole(f.Text, i, j)
	if f.spans == nil {
		return i, j
	}
	switch {
	case i < j:
		return int(f.spans[i].from), int(f.spans[j-1].to)
	case i < len(f.spans):
		from = int(f.spans[i].from)
	case i > 0:
		from = int(f.spans[i-1].to)
	}
	return from, from
}

// Token is one word of a text, folded, and the bytes From..To of the original that it stands at.
type Token struct {
	Text     string
	From, To int
}

// Tokens returns the words of s in their order, nil when there are none. A word is what stands
// between two spaces of the folded text, so a hyphenated name is two.
func Tokens(s string) []Token {
	f := FoldOffsets(s)
	if f.Text == "" {
		return nil
	}
	tokens := make([]Token, 0, 1+strings.Count(f.Text, " "))
	at := 0
	for word := range strings.SplitSeq(f.Text, " ") {
		from, to := f.Original(at, at+len(word))
		tokens = append(tokens, Token{Text: word, From: from, To: to})
		at += len(word) + 1
	}
	return tokens
}

// UTF16Range turns the bytes from..to of s into UTF-16 code units, which JavaScript and Java count
// texts in. Offsets beyond s are taken as its ends, inside a character as its start and its end. A
// byte that is not UTF-8 is one unit, as in the U+FFFD that an encoder of JSON writes for it.
func UTF16Range(s string, from, to int) (start, end int) {
	from, to = whole(s, from, to)
	start = utf16Len(s[:from])
	return start, start + utf16Len(s[from:to])
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// whole widens i..j to characters of s, within s, with i ≤ j.
func whole(s string, i, j int) (from, to int) {
	from = min(max(i, 0), len(s))
	to = min(max(j, from), len(s))
	if from == to {
		return charStart(s, from), charStart(s, from)
	}
	if start := charStart(s, to); start < to {
		_, size := utf8.DecodeRuneInString(s[start:])
		to = start + size
	}
	return charStart(s, from), to
}

// charStart returns where the character begins that the byte i of s is part of. A byte that is part
// of no valid character is one by itself.
func charStart(s string, i int) int {
	for start := i - 1; start >= 0 && start > i-utf8.UTFMax; start-- {
		if !utf8.RuneStart(s[start]) {
			continue
		}
		if _, size := utf8.DecodeRuneInString(s[start:]); start+size > i {
			return start
		}
		return i
	}
	return i
}
