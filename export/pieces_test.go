package export_test

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"

	"tarikh/export"
)

// shuffled gives n items with their places, in another order.
func shuffled(n int) iter.Seq2[export.Placed, error] {
	var items []*export.Item
	for it := range many(n) {
		items = append(items, it)
	}
	return func(yield func(export.Placed, error) bool) {
		for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(n) {
			if !yield(export.Placed{Item: items[i], Place: i}, nil) {
				return
			}
		}
	}
}

func TestEventsThatStandApartAreSorted(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	const n = 5000 // several runs
	apart := 0
	for _, f := range export.Formats() {
		var want, got bytes.Buffer
		tail, err := f.StreamPlaced(&got, export.Options{}, meta(), shuffled(n), n, nil)
		if !f.Apart {
			if err == nil {
				t.Errorf("%s does not stand apart and was sorted", f.Name)
			}
			continue
		}
		apart++
		if err != nil {
			t.Fatal(err)
		}
		wantTail, err := export.Stream(f.New(&want, export.Options{}), meta(), many(n), nil)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) || tail != wantTail {
			t.Errorf("%s: %d bytes and %+v, in order %d and %+v", f.Name, got.Len(), tail, want.Len(), wantTail)
		}
	}
	if apart == 0 {
		t.Error("no format stands apart")
	}
}

func TestASortedExportFailsAsAStreamDoes(t *testing.T) {
	f, _ := export.ByName("csv")
	broken := errors.New("broken")
	items := func(yield func(export.Placed, error) bool) {
		for p := range shuffled(10) {
			if !yield(p, nil) {
				return
			}
		}
		yield(export.Placed{}, broken)
	}
	if _, err := f.StreamPlaced(io.Discard, export.Options{}, meta(), items, 11, nil); !errors.Is(err, broken) {
		t.Errorf("got %v, want the iterator's error", err)
	}
	if _, err := f.StreamPlaced(noRoom{}, export.Options{}, meta(), shuffled(10), 10, nil); !errors.Is(err, errFull) {
		t.Errorf("got %v, want the writer's error", err)
	}
	t.Setenv("TMPDIR", t.TempDir()+"/missing")
	if _, err := f.StreamPlaced(io.Discard, export.Options{}, meta(), shuffled(10), 10, nil); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Errorf("got %v, want to hear of the folder that is missing", err)
	}
}

var errFull = errors.New("full")

// noRoom takes nothing.
type noRoom struct{}

func (noRoom) Write([]byte) (int, error) { return 0, errFull }
