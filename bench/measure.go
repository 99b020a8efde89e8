package bench

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// Case is one thing to be measured beside others.
type Case struct {
	Name string
	Run  func() error
}

// Result is what one run of a case costs: medians over the rounds.
type Result struct {
	Name   string
	CPU    time.Duration // of the process, user and system
	Wall   time.Duration
	Allocs float64
	Bytes  float64
}

// Interleave measures the cases in turns, so that a machine that gets slower gets
// slower for all of them. Each round runs a case `times` times.
func Interleave(rounds, times int, cases ...Case) ([]Result, error) {
	samples := make([][]Result, len(cases))
	for range rounds {
		for i, c := range cases {
			r, err := once(times, c)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.Name, err)
			}
			samples[i] = append(samples[i], r)
		}
	}
	results := make([]Result, len(cases))
	for i, c := range cases {
		results[i] = Result{Name: c.Name,
			CPU: median(samples[i], func(r Result) time.Duration { return r.CPU }), Wall: median(samples[i], func(r Result) time.Duration { return r.Wall }),
			Allocs: median(samples[i], func(r Result) float64 { return r.Allocs }), Bytes: median(samples[i], func(r Result) float64 { return r.Bytes })}
	}
	return results, nil
}

func once(times int, c Case) (Result, error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	cpu, start := ProcessTime(), time.Now()
	for range times {
		if err := c.Run(); err != nil {
			return Result{}, err
		}
	}
	wall, used := time.Since(start), ProcessTime()-cpu
	runtime.ReadMemStats(&after)
	n := float64(times)
	return Result{CPU: used / time.Duration(times), Wall: wall / time.Duration(times),
		Allocs: float64(after.Mallocs-before.Mallocs) / n, Bytes: float64(after.TotalAlloc-before.TotalAlloc) / n}, nil
}

// ProcessTime is the processor time that the process has used.
func ProcessTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func median[T any, N cmp.Ordered](samples []T, of func(T) N) N {
	values := make([]N, len(samples))
	for i, s := range samples {
		values[i] = of(s)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// Table prints results as the rows of docs/performance.md.
func Table(w io.Writer, results []Result) {
	_, _ = fmt.Fprintf(w, "| what | CPU ms | wall ms | allocations | kB |\n|---|--:|--:|--:|--:|\n")
	for _, r := range results {
		_, _ = fmt.Fprintf(w, "| %s | %.3f | %.3f | %.0f | %.0f |\n", r.Name,
			float64(r.CPU.Microseconds())/1000, float64(r.Wall.Microseconds())/1000, r.Allocs, r.Bytes/1000)
	}
}
