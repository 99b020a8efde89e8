package db

import (
	"context"
	"strings"
	"testing"

	"tarikh/edtf"
	"tarikh/timeline"
)

// printing lists the rows of the events that print a word, newest first, as the index of words has
// them.
func printing(t failer, d *DB, word string) (rows []int64) {
	t.Helper()
	viewed(t, d, func(v *View) {
		must(t, v.each(context.Background(), "select rowid from event_words where event_words match ? order by rowid desc",
			[]any{`"` + word + `"`}, func(r rowScanner) error {
				var number int64
				err := r.Scan(&number)
				rows = append(rows, rowOfDocument(number))
				return err
			}))
	})
	return rows
}

func titled(title string, at string) func(*timeline.EventRecord) {
	return func(e *timeline.EventRecord) {
		e.Titles = []timeline.Text{{Lang: "fr", Text: title}}
		e.Time = edtf.MustParse(at)
	}
}

func TestTheIndexOfWordsFollowsEveryWrite(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"), event("a", titled("Prise de Gao", "2012-03-31")), event("b", titled("Gao libérée", "2013-01-26")),
		event("c", titled("Gao, un jour", "/")))
	want(t, "newest first, without a date last", len(printing(t, d, "gao")), 3)
	want(t, "the newest", printing(t, d, "gao")[0], int64(2))
	want(t, "the undated", printing(t, d, "gao")[2], int64(3))

	taken(t, d, event("b", titled("Gao libérée", "2011"))) // another day
	want(t, "the newest now", printing(t, d, "gao")[0], int64(1))
	taken(t, d, event("a", titled("Prise de Kidal", "2012-03-31"))) // other words
	want(t, "with the old word", len(printing(t, d, "gao")), 2)
	want(t, "with the new word", len(printing(t, d, "kidal")), 1)
	healthy(t, d)
	must(t, remove(d, timeline.KindEvent, "a"))
	want(t, "after it is gone", len(printing(t, d, "kidal")), 0)
	healthy(t, d)
}

func TestAWriteThatIsTakenBackLeavesNoWords(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"))
	_, err := d.Rehearse(context.Background(), someone(), func(tx *Tx) error {
		_, err := tx.Put(context.Background(), []*timeline.Record{event("a", titled("Prise de Gao", "2012"))})
		return err
	})
	must(t, err)
	want(t, "documents", len(printing(t, d, "gao")), 0)
	healthy(t, d)
}

func TestOneWriteMayChangeARecordTwice(t *testing.T) {
	d := fresh(t)
	_, err := d.Write(context.Background(), someone(), func(tx *Tx) error {
		for _, r := range []*timeline.Record{source("paper"), event("a", titled("Gao", "2012")),
			event("a", titled("Kidal", "2012")), event("a", titled("Kidal", "2013"))} {
			if _, err := tx.Put(context.Background(), []*timeline.Record{r}); err != nil {
				return err
			}
		}
		return nil
	})
	must(t, err)
	want(t, "the first words", len(printing(t, d, "gao")), 0)
	want(t, "the last words", len(printing(t, d, "kidal")), 1)
	healthy(t, d)
}

func TestAnIndexOfWordsThatDoesNotStandForTheRecordIsNoticedAndMadeAnew(t *testing.T) {
	for name, spoil := range map[string]string{
		"half-written":                  "update words set revision = -1; delete from event_words; insert into event_words(rowid, titles) values (1, 'half')",
		"of another folding":            "update words set folding = folding - 1; update name set folded = 'x'",
		"behind the record":             "update words set revision = revision - 1",
		"of a file from before it was":  "update words set folding = 0, revision = -1; insert into event_words(event_words) values('delete-all'); delete from word",
		"of a record changed elsewhere": "insert into revision values (99, 0, '', '')",
	} {
		t.Run(name, func(t *testing.T) {
			path := emptyFile(t, t.TempDir())
			d := opened(t, path, Options{})
			taken(t, d, source("paper"), actor("x"), event("a", titled("Prise de Gao", "2012")))
			d.Close()
			execute(t, path, strings.Split(spoil, "; ")...)

			blind := opened(t, path, Options{ReadOnly: true})
			findings, err := blind.Doctor(context.Background())
			must(t, err)
			want(t, "what the doctor says of it", findings[4].OK, false)
			blind.Close()

			var told []string
			d = opened(t, path, Options{Notice: func(s string) { told = append(told, s) }})
			want(t, "notices", len(told), 1)
			want(t, "events", len(printing(t, d, "gao")), 1)
			if name != "of a record changed elsewhere" {
				healthy(t, d)
			}
			d.Close()
			opened(t, path, Options{Notice: func(s string) { told = append(told, s) }})
			want(t, "notices when all is well", len(told), 1)
		})
	}
}

func TestTheDoctorSeesWordsThatDiffer(t *testing.T) {
	for name, spoil := range map[string]string{
		"a document too many":  "insert into event_words(rowid, titles) values (1, 'half')",
		"a document too few":   "delete from event_words where rowid > 0",
		"other words":          "insert or replace into event_words(rowid, titles) select id, 'other' from event_words_docsize",
		"another column":       "insert or replace into event_words(rowid, texts) select id, 'prise de gao' from event_words_docsize",
		"a source's":           "delete from source_words where rowid > 0",
		"a word not in a list": "delete from word where text = 'gao'",
	} {
		t.Run(name, func(t *testing.T) {
			path := emptyFile(t, t.TempDir())
			d := opened(t, path, Options{})
			taken(t, d, source("paper"), event("a", titled("Prise de Gao", "2012")))
			d.Close()
			execute(t, path, spoil)
			findings, err := opened(t, path, Options{}).Doctor(context.Background())
			must(t, err)
			want(t, "check", findings[4].Check, "search")
			want(t, "verdict", findings[4].OK, false)
		})
	}
}

func TestReindexMakesTheSameIndexAnew(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"), actor("x"), event("a", titled("Prise de Gao", "2012")), event("b"))
	revision := d.current.Load().Revision()
	done := 0
	made, err := d.Reindex(context.Background(), func(n int) { done = n })
	must(t, err)
	want(t, "made", made, Reindexed{Events: 2, Sources: 1})
	want(t, "told", done, 3)
	want(t, "revision", d.current.Load().Revision(), revision)
	healthy(t, d)

	_, err = opened(t, d.Path(), Options{ReadOnly: true}).Reindex(context.Background(), nil)
	wantCode(t, err, timeline.CodeForbidden)
}

func TestDocumentsAreNumberedByTheirFirstDay(t *testing.T) {
	last := int64(-1)
	for _, when := range []string{"/", "../2012", "/2012", "Y-13800000000", "-0899", "0001", "1969-12-31", "1970-01-01",
		"2012", "2012-01-02", "2012-04-01/2013-01-28", "Y170000"} {
		number := documentNumber(edtf.MustParse(when), 7)
		if number < last {
			t.Errorf("%s comes before what it follows", when)
		}
		last = number
		want(t, "row of "+when, rowOfDocument(number), int64(7))
	}
}
