package db

import (
	"strings"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// A document is what the index of words holds of one event or source.

// rowBits is how many bits of a document's number its record's row takes: 134 million records of a
// kind, and one day is a step that a posting writes in four bytes.
const rowBits = 27

// Days of documents run from about 900 BC for 40,000 years; what is before or after lies at the
// ends, in front of them what began on an unknown day, and in front of that what has no date.
const (
	undatedDay   = index.UndatedSlot
	unknownDay   = 1
	firstDay     = 2
	lastDay      = index.LastSlot
	daysToOrigin = 1 << 20 // days from firstDay to 1970-01-01
)

// documentDay is the place of a time's first day among the days of documents: the slot of a walk
// (see index.Walk).
func documentDay(undated bool, first edtf.Day) int64 {
	switch {
	case undated:
		return undatedDay
	case !first.Finite():
		return unknownDay
	default:
		return min(max(int64(first)+daysToOrigin, firstDay), lastDay)
	}
}

// documentNumber is the number of a record's document; the zero time is none.
func documentNumber(when edtf.Value, row int64) int64 {
	if when.IsZero() {
		return undatedDay<<rowBits | row
	}
	return documentNumberOf(timeline.NewTime(when), row)
}

func documentNumberOf(t timeline.Time, row int64) int64 {
	return documentDay(t.Undated(), t.Start.First)<<rowBits | row
}

// rowOfDocument is the row of the record that a document is of.
func rowOfDocument(number int64) int64 { return number & (1<<rowBits - 1) }

// border parts the texts of one column, so that no phrase runs from one into the next. No folded
// text holds it.
const border = " ¶ "

// document is the folded texts of a record by the columns of its table.
type document struct {
	number  int64
	columns []string
}

// eventDocument is the document of an event.
func eventDocument(row int64, e *timeline.EventRecord) document {
	var titles, texts, said folding
	for _, t := range e.Titles {
		titles.add(t.Text)
	}
	for _, t := range e.Summaries {
		texts.add(t.Text)
	}
	for i := range e.Places {
		texts.add(e.Places[i].Words)
	}
	for i := range e.Participants {
		texts.add(e.Participants[i].Words)
	}
	for i := range e.Claims {
		c := &e.Claims[i]
		said.add(c.Victims)
		said.add(c.Counts)
		said.add(c.Words)
		said.quote(c.Quote)
	}
	for i := range e.Citations {
		said.quote(e.Citations[i].Quote)
	}
	return document{documentNumber(e.Time, row), []string{titles.String(), texts.String(), said.String()}}
}

// sourceDocument is the document of a source.
func sourceDocument(row int64, s *timeline.SourceRecord) document {
	var texts folding
	texts.add(s.Title.Text)
	texts.add(s.Publisher)
	return document{documentNumber(s.PublishedOn, row), []string{texts.String()}}
}

// folding gathers the folded texts of one column.
type folding struct{ strings.Builder }

func (f *folding) add(text string) {
	if text == "" {
		return
	}
	folded := names.Fold(text)
	if folded == "" {
		return
	}
	if f.Len() > 0 {
		f.WriteString(border)
	}
	f.WriteString(folded)
}

func (f *folding) quote(q *timeline.Quote) {
	if q != nil {
		f.add(q.Text)
	}
}
