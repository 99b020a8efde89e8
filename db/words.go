package db

import (
	"context"
	"slices"
	"strings"

	"tarikh/timeline"
)

// The index of words is written with the records, in the same transaction.

// pendingMost is how many documents are gathered before they are written: sorted by their numbers,
// since FTS5 closes a segment whenever a number is smaller than the one before.
const pendingMost = 4000

// wordTable is a table of documents.
type wordTable struct {
	name    string
	columns string
}

// wordTableOf is where the documents of a kind are kept; nil where it has none.
func wordTableOf(kind timeline.Kind) *wordTable {
	switch kind {
	case timeline.KindEvent:
		return &wordTable{"event_words", "titles, texts, said"}
	case timeline.KindSource:
		return &wordTable{"source_words", "texts"}
	}
	return nil
}

// wordWriter keeps the index of words in step with a write.
type wordWriter struct {
	pending map[timeline.Kind]map[int64]document // by number
	seen    map[string]struct{}                  // words that are in the table of words for sure
	fresh   []string                             // words that may not be
	written int                                  // documents written in all
	taken   func(document)                       // where it is set, gets the documents instead
}

func newWordWriter() *wordWriter {
	return &wordWriter{pending: map[timeline.Kind]map[int64]document{}, seen: map[string]struct{}{}}
}

// documentOf is the document of a record, nil where its kind has none.
func documentOf(row int64, r *timeline.Record) *document {
	var d document
	switch {
	case r.Event != nil:
		d = eventDocument(row, r.Event)
	case r.Source != nil:
		d = sourceDocument(row, r.Source)
	default:
		return nil
	}
	return &d
}

// reword brings the index of words along with records that were stored.
func (t *Tx) reword(ctx context.Context, kind timeline.Kind, items []*item) error {
	if wordTableOf(kind) == nil {
		return nil
	}
	for _, it := range items {
		if it.row >= 1<<rowBits {
			return timeline.Errorf(timeline.CodeTooLarge, "more than %d %ss were ever made: the index of words ends there", 1<<rowBits, kind)
		}
		if err := t.words.replace(ctx, t.s, kind, it.row, it.before, it.record); err != nil {
			return err
		}
	}
	return nil
}

// replace puts the document of a record in the place of the one that it had; after is nil for a
// record that is gone, before for a new one. What says the same words on the same day stays.
func (w *wordWriter) replace(ctx context.Context, s *session, kind timeline.Kind, row int64, before, after *timeline.Record) error {
	var out, in *document
	if before != nil {
		out = documentOf(row, before)
	}
	if after != nil {
		in = documentOf(row, after)
	}
	if out != nil && in != nil && out.number == in.number && slices.Equal(out.columns, in.columns) {
		return nil
	}
	if out != nil {
		if _, waiting := w.pending[kind][out.number]; waiting {
			delete(w.pending[kind], out.number)
		} else if err := s.exec(ctx, "delete from "+wordTableOf(kind).name+" where rowid = ?", out.number); err != nil {
			return err
		}
	}
	if in != nil {
		return w.add(ctx, s, kind, *in)
	}
	return nil
}

// add takes a document in, and writes all that wait when they are many.
func (w *wordWriter) add(ctx context.Context, s *session, kind timeline.Kind, d document) error {
	if w.taken != nil {
		w.taken(d)
		return nil
	}
	if w.pending[kind] == nil {
		w.pending[kind] = map[int64]document{}
	}
	w.pending[kind][d.number] = d
	for _, column := range d.columns {
		w.learn(column)
	}
	if len(w.pending[kind]) < pendingMost {
		return nil
	}
	return w.flush(ctx, s)
}

// learn notes the words that were not seen before.
func (w *wordWriter) learn(folded string) {
	for word := range strings.SplitSeq(folded, " ") {
		if _, known := w.seen[word]; !known {
			word = strings.Clone(word) // else one new word keeps its whole document in memory
			w.seen[word] = struct{}{}
			w.fresh = append(w.fresh, word)
		}
	}
}

// seenMost bounds the words that are remembered as written already.
const seenMost = 100_000

// flush writes what waits.
func (w *wordWriter) flush(ctx context.Context, s *session) error {
	for kind, waiting := range w.pending {
		table := wordTableOf(kind)
		rows := make([][]any, 0, len(waiting))
		for _, d := range waiting {
			row := append(make([]any, 0, 1+len(d.columns)), d.number)
			for _, c := range d.columns {
				row = append(row, c)
			}
			rows = append(rows, row)
		}
		slices.SortFunc(rows, func(a, b []any) int { return compareNumbers(a[0], b[0]) })
		if err := s.insertSingly(ctx, table.name+" (rowid, "+table.columns+")", rows); err != nil {
			return err
		}
		w.written += len(rows)
		clear(waiting)
	}
	slices.Sort(w.fresh)
	rows := make([][]any, 0, len(w.fresh))
	for _, word := range w.fresh {
		if word != "" && word != strings.TrimSpace(border) {
			rows = append(rows, []any{word})
		}
	}
	w.fresh = w.fresh[:0]
	if len(w.seen) > seenMost {
		clear(w.seen)
	}
	return s.insert(ctx, "word (text)", "on conflict do nothing", rows)
}

func compareNumbers(a, b any) int {
	one, _ := a.(int64)
	other, _ := b.(int64)
	switch {
	case one < other:
		return -1
	case one > other:
		return 1
	}
	return 0
}

// keepWords ends what a write does to the index of words: it stands for the new revision then.
func (t *Tx) keepWords(ctx context.Context) error {
	if err := t.words.flush(ctx, t.s); err != nil {
		return err
	}
	if err := t.tidyWords(ctx); err != nil {
		return err
	}
	return t.s.exec(ctx, "update words set revision = ?1 where revision = ?1 - 1", t.revision)
}

// tidyMost is how many documents a write adds before the segments that it left are joined.
const tidyMost = 2000

// tidyWords joins segments after a large write, so that questions open few of them: all of them
// where the write is a good part of the whole, else some.
func (t *Tx) tidyWords(ctx context.Context) error {
	if t.words.written < tidyMost {
		return nil
	}
	for _, kind := range []timeline.Kind{timeline.KindEvent, timeline.KindSource} {
		table := wordTableOf(kind).name
		command, pages := "merge", 1000
		if int64(t.words.written) > t.last[kind]/8 {
			command, pages = "optimize", 0
		}
		if err := t.s.exec(ctx, "insert into "+table+" ("+table+", rank) values (?, ?)", command, pages); err != nil {
			return err
		}
	}
	return nil
}
