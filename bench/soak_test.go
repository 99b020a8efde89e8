package bench_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tarikh/bench"
	"tarikh/db"
	"tarikh/edtf"
	"tarikh/timeline"
)

// The soak: many readers of Q2 and one writer.
const (
	soakReaders = 16
	soakBatch   = 10  // events a write
	soakRate    = 200 // events a second
)

// BenchmarkSoak asks Q2 on 16 connections, first alone and then beside a writer of 200 events a
// second (ten a write, in the region that is asked about), for as long as BENCH_SOAK says each
// (10s where it says nothing; two minutes are the soak that counts). It ends at the first error and
// tells p50 and p99 of both and what was held in memory on the way.
func BenchmarkSoak(b *testing.B) {
	length := 10 * time.Second
	if text := os.Getenv("BENCH_SOAK"); text != "" {
		var err error
		if length, err = time.ParseDuration(text); err != nil {
			b.Fatal(err)
		}
	}
	n := sizes(b)[0]
	path := copied(b, large(b, n))
	d := openPath(b, path)
	all := askings(b, d, path, "")
	h := httptest.NewServer(serving(b, d).Handler())
	defer h.Close()
	for b.Loop() {
		alone := soaked(b, h.URL, all[1], length)
		ctx, stop := context.WithCancel(context.Background())
		w := &writer{d: d, region: all[1].Variables["within"].([]any)[0].(string)}
		var writing sync.WaitGroup
		writing.Go(func() { w.run(ctx) })
		beside := soaked(b, h.URL, all[1], length)
		stop()
		writing.Wait()
		if w.err != nil {
			b.Fatal(w.err)
		}
		fmt.Printf("\n%d rows, %s each\n\n| 16 readers of Q2 | answers | p50 ms | p99 ms | MB held, first to last |\n|---|--:|--:|--:|---|\n", n, length)
		alone.print("alone")
		beside.print(fmt.Sprintf("and %d events written, %.0f a second", w.events, float64(w.events)/length.Seconds()))
		b.ReportMetric(float64(bench.Quantile(beside.took, 0.99))/float64(bench.Quantile(alone.took, 0.99)), "p99-beside/alone")
	}
}

// copied is a copy of a database, which may be written to; gone after the test.
func copied(b *testing.B, path string) string {
	b.Helper()
	in, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	folder, err := os.MkdirTemp(filepath.Dir(path), "soak-")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.RemoveAll(folder) })
	out, err := os.Create(filepath.Join(folder, "soak.db"))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Name()
}

// soak is what a soak came to.
type soak struct {
	took []time.Duration
	held []uint64 // bytes, ten times on the way
}

func (s *soak) print(name string) {
	ms := func(part float64) float64 { return float64(bench.Quantile(s.took, part).Microseconds()) / 1000 }
	fmt.Printf("| %s | %d | %.1f | %.1f |", name, len(s.took), ms(0.5), ms(0.99))
	for _, held := range s.held {
		fmt.Printf(" %d", held>>20)
	}
	fmt.Println(" |")
}

// soaked asks on all connections until the time is up.
func soaked(b *testing.B, url string, a asking, length time.Duration) *soak {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: soakReaders}}
	defer client.CloseIdleConnections()
	var over atomic.Bool
	var asking sync.WaitGroup
	took, errs := make([][]time.Duration, soakReaders), make([]error, soakReaders)
	for r := range soakReaders {
		asking.Go(func() {
			for asked := body(a); !over.Load() && errs[r] == nil; {
				start := time.Now()
				errs[r] = post(client, url, asked)
				took[r] = append(took[r], time.Since(start))
			}
		})
	}
	s := &soak{}
	for range 10 {
		time.Sleep(length / 10)
		s.held = append(s.held, held())
	}
	over.Store(true)
	asking.Wait()
	for r := range soakReaders {
		if errs[r] != nil {
			b.Fatal(errs[r])
		}
		s.took = append(s.took, took[r]...)
	}
	return s
}

// held is what is in use after everything else was given back.
func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// writer writes events into a region at an even rate.
type writer struct {
	d      *db.DB
	region string
	events int
	err    error
}

func (w *writer) run(ctx context.Context) {
	tick := time.NewTicker(time.Second * soakBatch / soakRate)
	defer tick.Stop()
	source := &timeline.SourceRecord{Kind: timeline.SourceReport, Title: timeline.Text{Lang: "en", Text: "Soak"}}
	source.Key = "soak"
	records := []*timeline.Record{{Source: source}}
	for {
		for i := range soakBatch {
			records = append(records, w.event(w.events+i))
		}
		if w.err = w.write(records); w.err != nil {
			return
		}
		w.events += soakBatch
		records = nil
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (w *writer) write(records []*timeline.Record) error {
	ctx := context.Background() // what is begun is finished
	_, err := w.d.Write(ctx, timeline.Change{By: "soak"}, func(tx *db.Tx) error {
		outcomes, err := tx.Put(ctx, records)
		for _, o := range outcomes {
			if o.Err != nil {
				return o.Err
			}
		}
		return err
	})
	return err
}

// event is the n-th event that is written.
func (w *writer) event(n int) *timeline.Record {
	region, source := timeline.RefTo(w.region), timeline.RefTo("soak")
	best := n % 12
	e := &timeline.EventRecord{Type: "battle", Status: timeline.StatusReported,
		Time:      edtf.MustParse(fmt.Sprintf("20%02d-%02d-%02d", 12+n%13, 1+n%12, 1+n%28)),
		Titles:    []timeline.Text{{Lang: "en", Text: "Soak " + strconv.Itoa(n)}},
		Places:    []timeline.PlaceRecord{{Location: &region, Role: timeline.RoleSite, Precision: timeline.PlaceRegion}},
		Citations: []timeline.CitationRecord{{Source: source}},
		Claims:    []timeline.ClaimRecord{{Kind: timeline.ClaimKilled, Status: timeline.ClaimCurrent, Source: &source, Range: &timeline.Range{Best: &best}}}}
	e.Key = "soak-" + strconv.Itoa(n)
	return &timeline.Record{Event: e}
}
