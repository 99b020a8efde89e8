package bench_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"tarikh/bench"
	"tarikh/resolvers"
)

// BenchmarkQuestions measures Q1 to Q7 beside their floors, in process and over loopback at 1 and 8
// connections, in one run and in turns, and prints the tables that docs/performance.md keeps.
// BENCH_ROWS says how many rows the databases have, BENCH_DB the folder in which they are kept;
// -bench=Questions/10000-rows/Q4 asks one question.
func BenchmarkQuestions(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprintf("%d-rows", n), func(b *testing.B) {
			path := large(b, n)
			before, started := held(), bench.ProcessTime()
			d := openPath(b, path)
			fmt.Printf("\n%d rows: %.2f s of CPU to open, %d bytes held an event\n", n,
				(bench.ProcessTime() - started).Seconds(), (held()-before)/uint64(n))
			all := askings(b, d, path, "")
			var table strings.Builder
			for _, a := range all {
				b.Run(a.Name, func(b *testing.B) {
					for b.Loop() {
						table.WriteString(measured(b, a))
					}
				})
			}
			fmt.Printf("\n%d rows; CPU and p50 in ms; loopback with 1 and 8 connections\n\n", n)
			fmt.Println("| question | way | CPU | in process | 1 conn. | 8 conn. | allocations |\n|---|---|--:|--:|--:|--:|--:|")
			fmt.Print(table.String())
		})
	}
}

// BenchmarkPage measures Q2 over the made-up record, whose events are richer than GED's.
func BenchmarkPage(b *testing.B) {
	d, path := open(b, events)
	all := askings(b, d, path, "ar")
	for b.Loop() {
		results, err := bench.Interleave(9, 20, inProcess(all[1])...)
		if err != nil {
			b.Fatal(err)
		}
		bench.Table(os.Stdout, results)
		t, f1, f2 := results[0], results[1], results[2]
		b.ReportMetric(float64(t.CPU)/float64(f1.CPU+f2.CPU), "cpu/(F1+F2)")
		b.ReportMetric(t.Allocs/(f1.Allocs+f2.Allocs), "allocs/(F1+F2)")
		b.ReportMetric(float64(t.CPU)/float64(f1.CPU), "cpu/F1")
	}
}

// BenchmarkBuckets measures Q4 as buckets, an object for each number, beside the histogram.
func BenchmarkBuckets(b *testing.B) {
	d, path := open(b, events)
	histogram := askings(b, d, path, "ar")[4].Question
	buckets := histogram
	buckets.Document = strings.ReplaceAll(strings.ReplaceAll(buckets.Document, "histogram", "buckets"),
		"{ starts possible keys splits }", "{ start possible splits { key count } }")
	x := newExecutor(resolvers.New())
	ask := func(name string, q bench.Question) bench.Case {
		return bench.Case{Name: name, Run: func() error { _, err := answer(d, x, q); return err }}
	}
	for b.Loop() {
		results, err := bench.Interleave(9, 20, ask("histogram", histogram), ask("buckets", buckets))
		if err != nil {
			b.Fatal(err)
		}
		bench.Table(os.Stdout, results)
		b.ReportMetric(float64(results[1].CPU)/float64(results[0].CPU), "cpu/histogram")
	}
}

func inProcess(a asking) []bench.Case {
	all := make([]bench.Case, len(a.ways))
	for i, w := range a.ways {
		all[i] = bench.Case{Name: a.Name + " " + w.name, Run: func() error { _, err := w.run(); return err }}
	}
	return all
}

// A question is asked in rounds, each way in each round for about a tenth of a second.
const (
	rounds   = 5
	aRound   = 100 * time.Millisecond
	mostRuns = 30
)

// measured gives the rows of one question.
func measured(b *testing.B, a asking) (rows string) {
	b.Helper()
	began := time.Now()
	if _, err := a.ways[0].run(); err != nil {
		b.Fatal(err)
	}
	times := int(max(1, min(mostRuns, aRound/max(time.Since(began), 1))))
	results, err := bench.Interleave(rounds, times, inProcess(a)...)
	if err != nil {
		b.Fatal(err)
	}
	one, eight := loopback(b, a, 1, times), loopback(b, a, 8, max(1, times/8))
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	for i, w := range a.ways {
		rows += fmt.Sprintf("| %s | %s | %.2f | %.2f | %.2f | %.2f | %.0f |\n", a.Name, w.name,
			ms(results[i].CPU), ms(results[i].Wall), ms(one[i]), ms(eight[i]), results[i].Allocs)
	}
	return rows
}

// loopback is the p50 of each way over several connections of this machine.
func loopback(b *testing.B, a asking, connections, times int) []time.Duration {
	b.Helper()
	asked := body(a)
	samples, medians := make([][]time.Duration, len(a.ways)), make([]time.Duration, len(a.ways))
	servers := make([]*httptest.Server, len(a.ways))
	for i, w := range a.ways {
		servers[i] = httptest.NewServer(w.http)
		defer servers[i].Close()
	}
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	for range rounds {
		for i := range a.ways {
			took, err := bench.Latency(connections, times, func(int) error { return post(client, servers[i].URL, asked) })
			if err != nil {
				b.Fatal(err)
			}
			samples[i] = append(samples[i], took...)
		}
	}
	for i := range samples {
		medians[i] = bench.Quantile(samples[i], 0.5)
	}
	return medians
}

// post asks a server and reads the whole answer.
func post(client *http.Client, url string, asked []byte) error {
	r, err := client.Post(url+"/graphql", "application/json", bytes.NewReader(asked))
	if err != nil {
		return err
	}
	defer func() { _ = r.Body.Close() }()
	text, err := io.ReadAll(r.Body)
	if err == nil && (r.StatusCode != http.StatusOK || bytes.Contains(text[:min(len(text), 200)], []byte(`"errors":`))) {
		err = fmt.Errorf("status %d: %.200s", r.StatusCode, text)
	}
	return err
}
