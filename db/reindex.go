package db

import (
	"context"
	"errors"
	"fmt"

	"tarikh/names"
	"tarikh/timeline"
)

// Reindexed is what Reindex made.
type Reindexed struct {
	Events, Sources int // documents of the index of words
	Names           int // names whose folded form was another
}

// Reindex makes the index of words anew from the record, and the folded names: all of it or nothing.
// The record and its revision stay as they are. Whoever asks meanwhile is answered from what was
// there before; writes wait. told, where it is not nil, hears how many events and sources are done.
func (d *DB) Reindex(ctx context.Context, told func(done int)) (Reindexed, error) {
	return d.reindex(ctx, told, false)
}

// reindex is Reindex; with needed, only where the index still does not stand for the record once the
// lock is held: another process may have been at the same work.
func (d *DB) reindex(ctx context.Context, told func(int), needed bool) (r Reindexed, err error) {
	s, err := d.writer(ctx)
	if err != nil {
		return r, err
	}
	defer d.giveBack(d.writing, s)
	if err := s.control(ctx, "begin immediate"); err != nil {
		return r, err
	}
	defer func() {
		if err != nil {
			_ = s.control(context.WithoutCancel(ctx), "rollback")
		}
	}()
	if needed {
		sound, err := wordsSound(ctx, s)
		if sound || err != nil {
			return r, errors.Join(err, s.control(ctx, "rollback"))
		}
	}
	run := &reindexing{s: s, words: newWordWriter(), told: told}
	if err := run.all(ctx); err != nil {
		return r, err
	}
	if err := s.control(context.WithoutCancel(ctx), "commit"); err != nil {
		return r, err
	}
	d.worded.Store(true)
	return run.made, nil
}

// reindexing is one making of the index of words.
type reindexing struct {
	s     *session
	words *wordWriter
	made  Reindexed
	told  func(int)
}

func (r *reindexing) all(ctx context.Context) error {
	for _, text := range []string{
		"insert into event_words (event_words) values ('delete-all')",
		"insert into source_words (source_words) values ('delete-all')",
		"delete from word",
	} {
		if err := r.s.exec(ctx, text); err != nil {
			return err
		}
	}
	for _, step := range []struct {
		kind timeline.Kind
		read func(context.Context, span) error
	}{{timeline.KindEvent, r.events}, {timeline.KindSource, r.sources}} {
		if err := r.sweep(ctx, step.kind, step.read); err != nil {
			return fmt.Errorf("read the words of %ss: %w", step.kind, err)
		}
	}
	if err := r.names(ctx); err != nil {
		return err
	}
	if err := r.words.flush(ctx, r.s); err != nil {
		return err
	}
	for _, table := range []string{"event_words", "source_words"} {
		if err := r.s.exec(ctx, "insert into "+table+" ("+table+") values ('optimize')"); err != nil {
			return err
		}
	}
	return r.s.exec(ctx, "update words set folding = ?, revision = (select coalesce(max(number), 0) from revision)",
		names.FoldVersion)
}

// sweep reads all records of a kind, chunk by chunk.
func (r *reindexing) sweep(ctx context.Context, kind timeline.Kind, read func(context.Context, span) error) error {
	var last int64
	if err := r.s.each(ctx, "select coalesce(max(row), 0) from "+string(kind), nil, scanInto(&last)); err != nil {
		return err
	}
	for from := int64(1); from <= last; from += pendingMost {
		if err := read(ctx, between(from, from+pendingMost-1)); err != nil {
			return err
		}
		if r.told != nil {
			r.told(r.made.Events + r.made.Sources)
		}
	}
	return nil
}

func (r *reindexing) events(ctx context.Context, w span) error {
	type texts struct {
		number  int64
		columns map[string]*folding
	}
	found := map[int64]*texts{}
	err := r.s.each(ctx, "select row, time from event where row "+w.in, w.args, func(row rowScanner) error {
		var n int64
		var when string
		if err := row.Scan(&n, &when); err != nil {
			return err
		}
		v, err := parseEDTF(when)
		found[n] = &texts{documentNumber(v, n), map[string]*folding{"titles": {}, "texts": {}, "said": {}}}
		return err
	})
	if err != nil {
		return err
	}
	err = r.s.each(ctx, eventTextsOf(w, false), w.args, func(row rowScanner) error {
		return scanTexts(row, func(n int64, s said) {
			if t := found[n]; t != nil {
				t.columns[columnOf(s.field)].add(s.text)
			}
		})
	})
	if err != nil {
		return err
	}
	for _, t := range found {
		d := document{t.number, []string{t.columns["titles"].String(), t.columns["texts"].String(), t.columns["said"].String()}}
		if err := r.words.add(ctx, r.s, timeline.KindEvent, d); err != nil {
			return err
		}
		r.made.Events++
	}
	return nil
}

func (r *reindexing) sources(ctx context.Context, w span) error {
	var all []document
	err := r.s.each(ctx, `select row, title, coalesce(publisher, ''), coalesce(published_on, '') from source where row `+w.in,
		w.args, func(row rowScanner) error {
			var n int64
			var when string
			s := &timeline.SourceRecord{}
			err := row.Scan(&n, &s.Title.Text, &s.Publisher, &when)
			if err == nil {
				s.PublishedOn, err = parseEDTF(when)
			}
			all = append(all, sourceDocument(n, s))
			return err
		})
	if err != nil {
		return err
	}
	for _, d := range all {
		if err := r.words.add(ctx, r.s, timeline.KindSource, d); err != nil {
			return err
		}
		r.made.Sources++
	}
	return nil
}

// names folds every name again and writes those whose form has changed.
func (r *reindexing) names(ctx context.Context) error {
	var changed [][]any
	err := r.s.each(ctx, "select kind, row, pos, text, folded from name", nil, func(row rowScanner) error {
		var kind, text, kept string
		var n, pos int64
		if err := row.Scan(&kind, &n, &pos, &text, &kept); err != nil {
			return err
		}
		if folded := names.Fold(text); folded != kept {
			changed = append(changed, []any{folded, kind, n, pos})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, c := range changed {
		if err := r.s.exec(ctx, "update name set folded = ? where kind = ? and row = ? and pos = ?", c...); err != nil {
			return err
		}
	}
	r.made.Names = len(changed)
	return nil
}

// wordsSound says whether the index of words stands for the record as it is, folded as this program
// folds. It does not where the file is from before there was one, where another folding wrote it,
// or where something other than Tarikh changed the record.
func wordsSound(ctx context.Context, s *session) (sound bool, err error) {
	err = s.each(ctx, `select folding = ? and revision = (select coalesce(max(number), 0) from revision) from words`,
		[]any{names.FoldVersion}, scanInto(&sound))
	return sound, err
}

// openWords looks whether the index of words of an opened file is whole, and makes it anew where it
// is not and the file may be written.
func (d *DB) openWords(ctx context.Context) error {
	s, err := d.reader(ctx)
	if err != nil {
		return err
	}
	sound, err := wordsSound(ctx, s)
	empty := false
	if err == nil && !sound {
		err = s.each(ctx, "select not exists (select 1 from event) and not exists (select 1 from source)", nil, scanInto(&empty))
	}
	d.release(s)
	d.worded.Store(sound)
	if err != nil || sound {
		return err
	}
	if d.options.ReadOnly {
		return nil // what asks for words is told
	}
	if !empty {
		d.notice("the index of words does not stand for the record; it is made anew")
	}
	_, err = d.reindex(ctx, nil, true)
	d.worded.Store(err == nil)
	return err
}

// errNoWords is what a question by text is told where the index of words is not whole and the file
// is open only to be read.
func errNoWords() error {
	return timeline.Errorf(timeline.CodeUnavailable, "the index of words is not whole; run tarikh reindex, or open the database to be written")
}
