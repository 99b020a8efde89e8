package db

import (
	"context"
	"strings"

	"tarikh/names"
	"tarikh/timeline"
)

// spelledMost is the longest expression, in bytes, that the spellings of names make. A text of many
// names, each read in many ways, is asked for as it stands beyond it.
const spelledMost = 50_000

// spelled writes a query for FTS5 so that each term, or several together that name something, may be
// printed in any spelling of the name; what the query excludes is left out in any spelling, too.
func (v *View) spelled(ctx context.Context, kind timeline.Kind, q names.Query) (string, error) {
	if err := v.wordsReady(ctx); err != nil {
		return "", err
	}
	var asked []names.Term
	without := ""
	for _, t := range q.Terms {
		if !t.Exclude {
			asked = append(asked, t)
			continue
		}
		t.Exclude = false
		out, err := v.readings(ctx, []names.Term{t})
		if err != nil {
			return "", err
		}
		if out != "" {
			without += " NOT " + out
		}
	}
	if len(asked) == 0 {
		return "", nil
	}
	wide, err := v.readings(ctx, asked)
	if err != nil || wide == "" {
		return "", err
	}
	return v.public(kind) + "(" + wide + without + ")", nil
}

// readings writes terms that all have to be met, each by itself or with those after it as a name.
func (v *View) readings(ctx context.Context, terms []names.Term) (string, error) {
	named := v.x.NamedIn(terms)
	from := make([]string, len(terms)) // what the terms from there on are met by; empty: by nothing
	for at := len(terms) - 1; at >= 0; at-- {
		alone, err := v.termExpression(ctx, terms[at])
		if err != nil {
			return "", err
		}
		ways := followed(nil, alone, from, at+1)
		for _, n := range named {
			if n.From == at && len(n.Spellings) > 0 {
				ways = followed(ways, anySpelling(n.Spellings), from, n.To)
			}
		}
		if len(ways) > 0 {
			from[at] = "(" + strings.Join(ways, " OR ") + ")"
		}
		if len(from[at]) > spelledMost {
			return v.plain(ctx, terms)
		}
	}
	return from[0], nil
}

// followed adds a way to meet terms: the first by itself, the others from next on as they are met.
func followed(ways []string, first string, from []string, next int) []string {
	switch {
	case first == "" || next < len(from) && from[next] == "":
		return ways
	case next == len(from):
		return append(ways, first)
	}
	return append(ways, "("+first+" AND "+from[next]+")")
}

// plain writes terms that all have to be met, each by itself; empty where one can be met by nothing.
func (v *View) plain(ctx context.Context, terms []names.Term) (string, error) {
	parts := make([]string, 0, len(terms))
	for _, t := range terms {
		one, err := v.termExpression(ctx, t)
		if err != nil || one == "" {
			return "", err
		}
		parts = append(parts, one)
	}
	return "(" + strings.Join(parts, " AND ") + ")", nil
}

// verbatim writes terms that all have to be met by their very words.
func (v *View) verbatim(ctx context.Context, kind timeline.Kind, terms []names.Term) (string, error) {
	if err := v.wordsReady(ctx); err != nil || len(terms) == 0 {
		return "", err
	}
	parts := make([]string, 0, len(terms))
	for _, t := range terms {
		parts = append(parts, phrase("", t.Words, ""))
	}
	return v.public(kind) + "(" + strings.Join(parts, " AND ") + ")", nil
}

// anySpelling writes names of which one has to be met.
func anySpelling(some [][]string) string {
	var ways []string
	for _, words := range some {
		for _, first := range names.Forms(words[0]) {
			ways = append(ways, phrase(first, words[1:], ""))
		}
	}
	return "(" + strings.Join(ways, " OR ") + ")"
}
