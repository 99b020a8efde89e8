package db

import (
	"context"
	"iter"
	"math"
	"strings"
	"unicode/utf8"

	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// What a question by text asks of the index of words. Nothing that somebody typed reaches FTS5's
// query language but folded words, which hold letters, digits and marks alone, between quotation
// marks.

// printedWords answers, for one operation, which events print words. It implements index.Words.
type printedWords struct{ v *View }

// Printing gives, for each thing asked, the events that print it.
func (p printedWords) Printing(asked []index.Printed) ([]*index.Rows, error) {
	all := make([]*index.Rows, len(asked))
	for i, printed := range asked {
		match, err := p.v.expression(p.v.ctx, timeline.KindEvent, printed.All)
		if printed.Some != nil {
			match, err = p.v.public(timeline.KindEvent)+anySpelling(printed.Some), p.v.wordsReady(p.v.ctx)
		}
		if err != nil {
			return nil, err
		}
		if all[i], err = p.v.matching(timeline.KindEvent, match); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Scores gives the bm25 of those of the rows that print all terms, turned round so that more is
// better. A word of a title weighs as much as four elsewhere.
func (p printedWords) Scores(terms []names.Term, rows []int64) (map[int64]float64, error) {
	match, err := p.v.expression(p.v.ctx, timeline.KindEvent, terms)
	if err != nil || match == "" {
		return nil, err
	}
	wanted := index.RowsOf(rows...)
	scores := make(map[int64]float64, len(rows))
	err = p.v.each(p.v.ctx, "select rowid, bm25(event_words, 4.0, 1.0, 1.0) from event_words where event_words match ?",
		[]any{match}, func(r rowScanner) error {
			var number int64
			var score float64
			err := r.Scan(&number, &score)
			if row := rowOfDocument(number); wanted.Has(row) {
				scores[row] = -score
			}
			return err
		})
	return scores, err
}

// Few gives the newest events that print all of the terms, at most so many: one statement that ends
// early.
func (p printedWords) Few(terms []names.Term, most int) (*index.Rows, bool, error) {
	match, err := p.v.expression(p.v.ctx, timeline.KindEvent, terms)
	if err != nil || match == "" {
		return &index.Rows{}, true, err
	}
	key := "few " + match
	p.v.mu.Lock()
	rows := p.v.matched[key]
	p.v.mu.Unlock()
	if rows == nil {
		numbers, err := p.v.newest(timeline.KindEvent, match, lastNumber, most+1)
		if err != nil {
			return nil, false, err
		}
		rows = &index.Rows{}
		for _, n := range numbers {
			rows.Add(rowOfDocument(n))
		}
		p.v.mu.Lock()
		p.v.matched[key] = rows
		p.v.mu.Unlock()
	}
	return rows, rows.Len() <= most, nil
}

// probedMost is how many events are asked for one by one whether they print words; for more, all that
// print them between the first and the last are read.
const probedMost = 50

// Among gives those of some events that print all of the terms: what else prints them and began
// between the first and the last of them may be given, too.
func (p printedWords) Among(terms []names.Term, events iter.Seq[*index.Event]) (*index.Rows, error) {
	match, err := p.v.expression(p.v.ctx, timeline.KindEvent, terms)
	if err != nil || match == "" {
		return &index.Rows{}, err
	}
	first, last := int64(math.MaxInt64), int64(0)
	var numbers []int64
	for e := range events {
		n := documentNumberOf(e.Time, e.Row)
		first, last = min(first, n), max(last, n)
		numbers = append(numbers, n)
	}
	text, args := "rowid between ? and ?", []any{match, first, last}
	if len(numbers) <= probedMost {
		text, args = "rowid in (select value from json_each(?))", []any{match, list(numbers)}
	}
	return p.v.readRows("select rowid from event_words where event_words match ? and "+text, args)
}

// lastNumber is greater than the number of any document.
const lastNumber = math.MaxInt64

// newest is the numbers of the newest documents before one that match an expression, the newest
// first.
func (v *View) newest(kind timeline.Kind, match string, before int64, most int) ([]int64, error) {
	return v.documents(kind, match, numbers{0, before - 1}, true, most)
}

// readRows is the rows of the records whose documents a statement gives.
func (v *View) readRows(text string, args []any) (*index.Rows, error) {
	rows := &index.Rows{}
	err := v.sweep(v.ctx, text, args, func(r values) error {
		rows.Add(rowOfDocument(r.number(0)))
		return nil
	})
	return rows, err
}

// matching is the records whose documents match an expression; once in a view.
func (v *View) matching(kind timeline.Kind, match string) (*index.Rows, error) {
	if match == "" {
		return &index.Rows{}, nil
	}
	key := string(kind) + " " + match
	v.mu.Lock()
	known := v.matched[key]
	v.mu.Unlock()
	if known != nil {
		return known, nil
	}
	table := wordTableOf(kind).name
	rows, err := v.readRows("select rowid from "+table+" where "+table+" match ?", []any{match})
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	v.matched[key] = rows
	v.mu.Unlock()
	return rows, nil
}

// expression writes terms, all of which have to be met, for FTS5. It is empty where one of them can be
// met by nothing.
func (v *View) expression(ctx context.Context, kind timeline.Kind, terms []names.Term) (string, error) {
	if err := v.wordsReady(ctx); err != nil {
		return "", err
	}
	plain, err := v.plain(ctx, terms)
	if err != nil || plain == "" {
		return "", err
	}
	return v.public(kind) + plain, nil
}

// public keeps the columns out, in a public service that withholds sources, in which the words of
// withheld claims stand beside those of others.
func (v *View) public(kind timeline.Kind) string {
	if kind == timeline.KindEvent && v.d.options.Public {
		return "{titles texts} : "
	}
	return ""
}

// termExpression writes one term: its words after each other, the first with whatever Arabic writes
// onto it, the last, where it is a beginning, with each of its ends that there are.
func (v *View) termExpression(ctx context.Context, t names.Term) (string, error) {
	firsts, err := v.forms(ctx, t)
	if err != nil {
		return "", err
	}
	middle := t.Words[1:]
	lasts := []string{""}
	star := ""
	if t.Prefix {
		var beginnings []string
		if len(t.Words) == 1 {
			beginnings, firsts = firsts, []string{""}
		} else {
			beginnings, middle = t.Words[len(t.Words)-1:], t.Words[1:len(t.Words)-1]
		}
		ends, all, err := v.wordsFrom(ctx, beginnings)
		switch {
		case err != nil:
			return "", err
		case !all:
			lasts, star = beginnings, "*" // too many ends: FTS5 looks through them itself
		case len(ends) == 0:
			return "", nil
		default:
			lasts = ends
		}
	}
	var ways []string
	for _, first := range firsts {
		for _, last := range lasts {
			ways = append(ways, phrase(first, middle, last)+star)
		}
	}
	if len(ways) == 1 {
		return ways[0], nil
	}
	return "(" + strings.Join(ways, " OR ") + ")", nil
}

// shortWord is the number of letters of an Arabic word that is not trusted to be one: with a letter
// before it, it is often the whole of another (زير in وزير).
const shortWord = 3

// forms are the words in which the first word of a term meets: by names.Forms. A short word meets in
// other forms only where it is a word by itself, of some text or of a name.
func (v *View) forms(ctx context.Context, t names.Term) ([]string, error) {
	word := t.Words[0]
	all := names.Forms(word)
	if len(all) == 1 || utf8.RuneCountInString(word) > shortWord || len(v.x.NamedIn([]names.Term{{Words: t.Words[:1]}})) > 0 {
		return all, nil
	}
	known := false
	err := v.each(ctx, "select exists (select 1 from word where text in (?1, 'ال' || ?1))", []any{word}, scanInto(&known))
	if !known {
		return []string{word}, err
	}
	return all, err
}

// phrase writes words that follow each other; an empty first or last is none.
func phrase(first string, middle []string, last string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, word := range append(append([]string{first}, middle...), last) {
		if word == "" {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.ReplaceAll(word, `"`, `""`))
	}
	b.WriteByte('"')
	return b.String()
}

// endsMost is how many words one beginning may stand for before FTS5's own way of looking for
// beginnings is taken, which reads every place of every one of them but needs no list.
const endsMost = 300

// wordsFrom lists the words that begin in one of the ways given; all is false where there are too
// many to list.
func (v *View) wordsFrom(ctx context.Context, beginnings []string) (words []string, all bool, err error) {
	for _, beginning := range beginnings {
		err := v.each(ctx, "select text from word where text >= ? and text < ? limit +?",
			[]any{beginning, after(beginning), endsMost + 1 - len(words)}, func(r rowScanner) error {
				var word string
				err := r.Scan(&word)
				words = append(words, word)
				return err
			})
		if err != nil || len(words) > endsMost {
			return nil, false, err
		}
	}
	return words, true, nil
}

// after is the first text that no longer begins with the one given.
func after(beginning string) string {
	r, size := utf8.DecodeLastRuneInString(beginning)
	if r >= utf8.MaxRune {
		return beginning + string(utf8.MaxRune) + string(utf8.MaxRune)
	}
	next := r + 1
	if next >= 0xD800 && next <= 0xDFFF { // surrogates are no characters
		next = 0xE000
	}
	return beginning[:len(beginning)-size] + string(next)
}

// wordsReady says why nothing can be asked of the index of words; nil where something can.
func (v *View) wordsReady(ctx context.Context) error {
	if v.d.worded.Load() {
		return nil
	}
	sound := false
	err := v.each(ctx, `select folding = ? and revision = (select coalesce(max(number), 0) from revision) from words`,
		[]any{names.FoldVersion}, scanInto(&sound))
	if err == nil && !sound {
		err = errNoWords()
	}
	return err
}
