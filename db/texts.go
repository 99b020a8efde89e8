package db

import (
	"context"
	"strings"

	"tarikh/names"
	"tarikh/timeline"
)

// said is one text of a record, as it was written.
type said struct {
	field string // of the record, such as titles or claims.quote
	lang  names.Language
	text  string
}

// textFields are the texts of events that the index of words holds: the field as questions are told
// of it, the column of the document, and where the text is kept. Where lang is empty the text is a
// JSON list of texts with languages.
var textFields = []struct{ field, column, key, lang, text, from string }{
	{"titles", "titles", "row", "", "titles", "event where row"},
	{"summaries", "texts", "row", "", "summaries", "event where row"},
	{"places.words", "texts", "event", "''", "words", "event_place where words is not null and event"},
	{"participants.words", "texts", "event", "''", "words", "participation where words is not null and event"},
	{"claims.quote", "said", "event", "quote_lang", "quote", "claim where quote is not null and event"},
	{"claims.words", "said", "event", "''", "words", "claim where words is not null and event"},
	{"claims.victims", "said", "event", "''", "victims", "claim where victims is not null and event"},
	{"claims.counts", "said", "event", "''", "counts", "claim where counts is not null and event"},
	{"citations.quote", "said", "event", "quote_lang", "quote", "citation where quote is not null and event"},
}

// columnOf is the column of the document that a field stands in.
func columnOf(field string) string {
	for _, f := range textFields {
		if f.field == field {
			return f.column
		}
	}
	return ""
}

// eventTextsOf is the statement that reads the texts of events, field by field in the order above;
// to the public, without what claims and citations say, some of which may be withheld.
func eventTextsOf(w span, public bool) string {
	parts := make([]string, 0, len(textFields))
	for _, f := range textFields {
		if public && f.column == "said" {
			continue
		}
		lang := f.lang
		if lang == "" {
			lang = "null"
		}
		parts = append(parts, "select "+f.key+", '"+f.field+"', "+lang+", "+f.text+" from "+f.from+" "+w.in)
	}
	return strings.Join(parts, " union all ")
}

// scanTexts hands the texts of a row of eventTextsOf to add.
func scanTexts(r rowScanner, add func(row int64, s said)) error {
	var row int64
	var field, text string
	var lang *string
	if err := r.Scan(&row, &field, &lang, &text); err != nil {
		return err
	}
	if lang != nil {
		add(row, said{field, names.Language(*lang), text})
		return nil
	}
	var list []timeline.Text
	if err := readList(text, &list); err != nil {
		return err
	}
	for _, t := range list {
		add(row, said{field, t.Lang, t.Text})
	}
	return nil
}

// eventTexts reads the texts of events by row: one statement.
func (v *View) eventTexts(ctx context.Context, rows []int64) (map[int64][]said, error) {
	all := make(map[int64][]said, len(rows))
	if len(rows) == 0 {
		return all, nil
	}
	w := listed(rows)
	err := v.each(ctx, eventTextsOf(w, v.d.options.Public), w.args, func(r rowScanner) error {
		return scanTexts(r, func(row int64, s said) { all[row] = append(all[row], s) })
	})
	return all, err
}

// sourceTexts reads the texts of sources by row: one statement.
func (v *View) sourceTexts(ctx context.Context, rows []int64) (map[int64][]said, error) {
	all := make(map[int64][]said, len(rows))
	if len(rows) == 0 {
		return all, nil
	}
	w := listed(rows)
	err := v.each(ctx, "select row, title, title_lang, coalesce(publisher, '') from source where row "+w.in, w.args,
		func(r rowScanner) error {
			var row int64
			title, publisher := said{field: "title"}, said{field: "publisher"}
			if err := r.Scan(&row, &title.text, &title.lang, &publisher.text); err != nil {
				return err
			}
			all[row] = append(all[row], title)
			if publisher.text != "" {
				all[row] = append(all[row], publisher)
			}
			return nil
		})
	return all, err
}
