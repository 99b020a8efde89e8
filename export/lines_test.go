package export_test

import (
	"bytes"
	"errors"
	"iter"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tarikh/export"
	"tarikh/ingest"
	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

// of yields the records and then the error, where there is one.
func of(records []*timeline.Record, end error) iter.Seq2[*timeline.Record, error] {
	return func(yield func(*timeline.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
		if end != nil {
			yield(nil, end)
		}
	}
}

func book(title string) *timeline.Record {
	return &timeline.Record{Source: &timeline.SourceRecord{Identity: timeline.Identity{Key: "a"},
		Kind: timeline.SourceBook, Title: timeline.Text{Lang: "ar", Text: title}}}
}

func TestWhatFailsIsTold(t *testing.T) {
	lost := errors.New("lost")
	if _, err := export.Lines(&bytes.Buffer{}, of([]*timeline.Record{book("a")}, lost)); !errors.Is(err, lost) {
		t.Errorf("the iterator's error became %v", err)
	}
	for _, title := range []string{"a", strings.Repeat("a", 1<<20)} { // at the end, and on the way
		if _, err := export.Lines(full{lost}, of([]*timeline.Record{book(title)}, nil)); !errors.Is(err, lost) {
			t.Errorf("the writer's error became %v", err)
		}
	}
}

// full is a writer that takes nothing.
type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

func TestALineIsOneRecordWithItsLettersAsTheyAre(t *testing.T) {
	var out bytes.Buffer
	n, err := export.Lines(&out, of([]*timeline.Record{book("تمبكتو <&>\n\u2028")}, nil))
	want := `{"source":{"key":"a","kind":"BOOK","title":{"lang":"ar","text":"تمبكتو <&>\n\u2028"}}}` + "\n"
	if err != nil || n != 1 || out.String() != want {
		t.Errorf("%d, %v, got %s want %s", n, err, out.String(), want)
	}
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := recordtest.Records(5).Draw(t, "records")
		var first, second bytes.Buffer
		if _, err := export.Lines(&first, of(records, nil)); err != nil {
			t.Fatal(err)
		}
		in, err := ingest.Open(bytes.NewReader(first.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		var again []*timeline.Record
		for r, err := range in.Records() {
			if err != nil || r.Line != len(again)+1 {
				t.Fatalf("line %d: %v", r.Line, err)
			}
			again = append(again, r.Record)
		}
		if _, err := export.Lines(&second, of(again, nil)); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Fatalf("got\n%s\nwant\n%s", second.String(), first.String())
		}
	})
}
