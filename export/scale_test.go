package export_test

import (
	"fmt"
	"io"
	"iter"
	"runtime"
	"testing"

	"tarikh/export"
)

// many yields n events, made as they are asked for, with things of their own every now and then.
func many(n int) iter.Seq2[*export.Item, error] {
	w := newWorld()
	return func(yield func(*export.Item, error) bool) {
		for i := range n {
			it := w.takeover()
			if i%2 == 1 {
				it = w.battle()
			}
			it.Event.ID, it.Event.Key = fmt.Sprintf("ev_%026d", i), fmt.Sprint("event-", i)
			source := *w.article
			source.ID, source.Key = fmt.Sprintf("so_%026d", i), fmt.Sprint("source-", i)
			it.Sources = append(it.Sources, &source)
			if !yield(it, nil) {
				return
			}
		}
	}
}

// peak asks, while items go by, how much memory is in use after a collection.
func peak(items iter.Seq2[*export.Item, error], every int, most *uint64) iter.Seq2[*export.Item, error] {
	return func(yield func(*export.Item, error) bool) {
		n := 0
		for it, err := range items {
			if n++; n%every == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				*most = max(*most, m.HeapAlloc)
			}
			if !yield(it, err) {
				return
			}
		}
	}
}

func TestMemoryDoesNotGrowWithTheEvents(t *testing.T) {
	for _, f := range export.Formats() {
		var small, large uint64
		for n, most := range map[int]*uint64{1_000: &small, 10_000: &large} {
			if _, err := export.Stream(f.New(io.Discard, export.Options{}), meta(), peak(many(n), n/2-1, most), nil); err != nil {
				t.Fatal(err)
			}
		}
		allowed := uint64(1 << 20)
		if f.Name == "timemap.json" { // its distinct sources wait, compressed
			allowed = 4 << 20
		}
		if large > small+allowed {
			t.Errorf("%s: %d KiB for 1,000 events, %d KiB for 10,000", f.Name, small>>10, large>>10)
		}
	}
}

// BenchmarkFormats writes 100,000 events in each format to nowhere; making them is counted in
// "items", which writes nothing.
func BenchmarkFormats(b *testing.B) {
	const n = 100_000
	b.Run("items", func(b *testing.B) {
		for b.Loop() {
			for range many(n) {
			}
		}
	})
	for _, f := range export.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := export.Stream(f.New(io.Discard, export.Options{}), meta(), many(n), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
