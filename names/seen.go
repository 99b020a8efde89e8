package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Sight says how a term stands in a text; the smaller, the better.
type Sight uint8

// The ways in which a term stands in a text.
const (
	Unseen Sight = iota // not at all
	Writes              // as the query writes it, capitals and marks included
	Folds               // folded, or with what Arabic writes onto it
	Begun               // as the beginning of a word, where the query asks for one
)

// Range is a range of bytes of a text, half-open and on borders of characters.
type Range struct{ From, To int }

// Seen is where and how the terms of a query stand in a text.
type Seen struct {
	Ranges []Range // of all places of all terms, in order; none overlaps the next
	Terms  []Sight // of each term of the query; Unseen for those that it excludes, too
}

// Count is how many different terms stand in the text.
func (s Seen) Count() int {
	n := 0
	for _, t := range s.Terms {
		if t != Unseen {
			n++
		}
	}
	return n
}

// See looks for the terms of a query in a text, as a search by it does.
func (q Query) See(text string) Seen {
	tokens := Tokens(text)
	seen := Seen{Terms: make([]Sight, len(q.Terms))}
	for i := range q.Terms {
		t := &q.Terms[i]
		if t.Exclude {
			continue
		}
		forms, written := Forms(t.Words[0]), t.written()
		for at := range tokens {
			n := len(t.Words)
			if at+n > len(tokens) || !t.stands(forms, tokens[at:at+n]) {
				continue
			}
			r := Range{tokens[at].From, tokens[at+n-1].To}
			seen.Ranges = append(seen.Ranges, r)
			seen.Terms[i] = better(seen.Terms[i], t.sight(forms, tokens[at:at+n], text[r.From:r.To] == written || norm.NFC.String(text[r.From:r.To]) == written))
		}
	}
	seen.Ranges = apart(seen.Ranges)
	return seen
}

// written is what the term writes, composed, from its first letter to its last.
func (t *Term) written() string {
	tokens := Tokens(t.Written)
	if n := len(t.Words); n < len(tokens) { // an elided word was left away
		tokens = tokens[len(tokens)-n:]
	}
	if len(tokens) == 0 {
		return ""
	}
	return norm.NFC.String(t.Written[tokens[0].From:tokens[len(tokens)-1].To])
}

// stands says whether the words of the term are those of the tokens, of which there are as many.
func (t *Term) stands(forms []string, tokens []Token) bool {
	last := len(t.Words) - 1
	for i, word := range t.Words {
		ways := []string{word}
		if i == 0 {
			ways = forms
		}
		meets := func(way string) bool {
			return tokens[i].Text == way || t.Prefix && i == last && strings.HasPrefix(tokens[i].Text, way)
		}
		if !slices.ContainsFunc(ways, meets) {
			return false
		}
	}
	return true
}

// sight is how a term stands where it does.
func (t *Term) sight(forms []string, tokens []Token, asWritten bool) Sight {
	last := len(t.Words) - 1
	whole := tokens[last].Text == t.Words[last] || last == 0 && slices.Contains(forms, tokens[0].Text)
	switch {
	case asWritten:
		return Writes
	case whole:
		return Folds
	}
	return Begun
}

func better(a, b Sight) Sight {
	if a == Unseen || b < a {
		return b
	}
	return a
}

// apart sorts ranges and joins those that overlap.
func apart(all []Range) []Range {
	slices.SortFunc(all, func(a, b Range) int { return a.From - b.From })
	kept := all[:0]
	for _, r := range all {
		if n := len(kept); n > 0 && r.From < kept[n-1].To {
			kept[n-1].To = max(kept[n-1].To, r.To)
			continue
		}
		kept = append(kept, r)
	}
	return kept
}

// excerptBytes is about how many bytes an excerpt has on each side of what it is of.
const excerptBytes = 160

// Excerpt cuts a long text to what stands around the first of the ranges, at spaces, and gives the
// ranges within what is left. A short text is given whole. Nothing is put in the place of what is
// cut off.
func Excerpt(text string, ranges []Range) (string, []Range) {
	if len(text) <= 2*excerptBytes {
		return text, ranges
	}
	from, to := 0, min(len(text), 2*excerptBytes)
	if len(ranges) > 0 {
		from = max(0, ranges[0].From-excerptBytes)
		to = min(len(text), max(ranges[0].To, from+2*excerptBytes))
	}
	from, to = cutAtSpace(text, from, to, ranges)
	var kept []Range
	for _, r := range ranges {
		if r.From >= from && r.To <= to {
			kept = append(kept, Range{r.From - from, r.To - from})
		}
	}
	return text[from:to], kept
}

// cutAtSpace moves a cut to spaces near it that are not within the first range, and to borders of
// characters where there is none.
func cutAtSpace(text string, from, to int, ranges []Range) (start, end int) {
	first := Range{to, from}
	if len(ranges) > 0 {
		first = ranges[0]
	}
	from, to = whole(text, from, to)
	if from > 0 {
		if at := strings.IndexFunc(text[from:min(first.From, to)], unicode.IsSpace); at >= 0 {
			from += at
			_, size := utf8.DecodeRuneInString(text[from:])
			from += size
		}
	}
	if to < len(text) {
		if at := strings.LastIndexFunc(text[max(first.To, from):to], unicode.IsSpace); at >= 0 {
			to = max(first.To, from) + at
		}
	}
	return from, to
}
