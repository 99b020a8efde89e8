package db

import (
	"strconv"
	"strings"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// A walk over documents in the order of their numbers, which is that of days: SQLite reads no more of
// the index of words than the walk goes.

// Walk reads the events that print all of the terms in the order in which they began.
func (p printedWords) Walk(terms []names.Term) (index.Walk, error) {
	match, err := p.v.expression(p.v.ctx, timeline.KindEvent, terms)
	return documentWalk{p.v, timeline.KindEvent, match}, err
}

// documentWalk walks over the documents of a kind that match an expression; an empty one matches
// nothing. It implements index.Walk.
type documentWalk struct {
	v     *View
	kind  timeline.Kind
	match string
}

// Key is the expression.
func (w documentWalk) Key() string { return w.match }

// Slot is the day of a document.
func (documentWalk) Slot(undated bool, first edtf.Day) int64 { return documentDay(undated, first) }

// Next reads a stretch as far as there are enough records, whole days of them: about twice as many,
// without those of the last day, which may not have been read to its end. Where that is one long day,
// the rest of it is another statement.
func (w documentWalk) Next(s index.Stretch) (rows []int64, end int64, err error) {
	if w.match == "" {
		return nil, s.To, nil
	}
	least, most := 2*s.Least, numbers{s.From << rowBits, s.To<<rowBits | (1<<rowBits - 1)}
	back := s.From > s.To
	if back {
		most = numbers{s.To << rowBits, s.From<<rowBits | (1<<rowBits - 1)}
	}
	found, err := w.v.documents(w.kind, w.match, most, back, least)
	if err != nil {
		return nil, 0, err
	}
	if end = s.To; len(found) == least {
		if found, end, err = w.wholeDays(found, back, s.Least); err != nil {
			return nil, 0, err
		}
	}
	for i, n := range found {
		found[i] = rowOfDocument(n)
	}
	return found, end, nil
}

// wholeDays leaves out the documents of the last day, if there are enough without them; else it reads
// the rest of that day.
func (w documentWalk) wholeDays(found []int64, back bool, least int) (whole []int64, end int64, err error) {
	last := found[len(found)-1]
	day := last >> rowBits
	n := len(found)
	for n > 0 && found[n-1]>>rowBits == day {
		n--
	}
	rest := numbers{last + 1, day<<rowBits | (1<<rowBits - 1)}
	before := day - 1
	if back {
		rest, before = numbers{day << rowBits, last - 1}, day+1
	}
	if n >= least {
		return found[:n], before, nil
	}
	more, err := w.v.documents(w.kind, w.match, rest, back, -1)
	return append(found, more...), day, err
}

// numbers is a range of numbers of documents, both ends included.
type numbers struct{ from, to int64 }

// documents is the numbers of the first documents of a range that match an expression, or of the last
// ones, the last first; most: -1: of all of them. They come as one value: a row for each would cost
// more than finding them.
func (v *View) documents(kind timeline.Kind, match string, in numbers, back bool, most int) ([]int64, error) {
	table, direction := wordTableOf(kind).name, "asc"
	if back {
		direction = "desc"
	}
	var joined string
	err := v.sweep(v.ctx, "select coalesce(group_concat(rowid), '') from (select rowid from "+table+" where "+table+
		" match ? and rowid between +? and +? order by rowid "+direction+" limit +?)", []any{match, in.from, in.to, int64(most)},
		func(r values) error { joined = r.text(0); return nil })
	if err != nil || joined == "" {
		return nil, err
	}
	found := make([]int64, 0, strings.Count(joined, ",")+1)
	for text := range strings.SplitSeq(joined, ",") {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, err
		}
		found = append(found, n)
	}
	return found, nil
}
