package bench

import (
	"errors"
	"slices"
	"sync"
	"time"
)

// Latency runs something on several connections at once, each `times` times, and gives how long
// each run took. run is told the number of its connection.
func Latency(connections, times int, run func(connection int) error) ([]time.Duration, error) {
	took, errs := make([][]time.Duration, connections), make([]error, connections)
	var all sync.WaitGroup
	for c := range connections {
		all.Go(func() {
			for range times {
				start := time.Now()
				if errs[c] = run(c); errs[c] != nil {
					return
				}
				took[c] = append(took[c], time.Since(start))
			}
		})
	}
	all.Wait()
	return slices.Concat(took...), errors.Join(errs...)
}

// Quantile is the value below which a part of the samples lies: 0.5 is the median.
func Quantile(samples []time.Duration, part float64) time.Duration {
	if len(samples) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(samples))
	return sorted[min(int(float64(len(sorted))*part), len(sorted)-1)]
}
