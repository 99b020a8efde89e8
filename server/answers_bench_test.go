package server

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// BenchmarkKeptAnswer asks one question again and again over loopback, eight clients at
// once, and a bare handler that sends the same bytes from memory, in turn; it reports
// the median of the rounds' ratios of requests per second.
func BenchmarkKeptAnswer(b *testing.B) {
	s := serving(b, func(o *Options) { o.DB = filled(b, 200) })
	const question = `{events(first:50){totalCount nodes{key title(lang:"ar"){text dir} time{edtf display(lang:"ar")}
		status location{key name{text} ancestors{key name{text}}} actors{key name{text}} sources{key title{text}}
		claims{id kind range{low best high} words claimant{key}} casualties{low best high}}}}`
	text := do(b, s, with(post(question, nil), "Accept", mediaJSON)).text
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Content-Length", fmt.Sprint(len(text)))
		_, _ = io.WriteString(w, text)
	})
	ours, floor := httptest.NewServer(s.Handler()), httptest.NewServer(bare)
	b.Cleanup(func() { ours.Close(); floor.Close() })
	body := fmt.Sprintf(`{"query":%q}`, strings.Join(strings.Fields(question), " "))
	const clients, requests, rounds = 8, 250, 9
	for b.Loop() {
		var ratios []float64
		for range rounds {
			a := requestRate(b, ours.URL+"/graphql", body, clients, requests)
			f := requestRate(b, floor.URL+"/graphql", body, clients, requests)
			ratios = append(ratios, a/f)
		}
		slices.Sort(ratios)
		b.ReportMetric(ratios[rounds/2], "of-bare-rps")
		b.ReportMetric(float64(len(text)), "B/answer")
	}
}

// requestRate is requests per second of clients that each send so many, one after another.
func requestRate(b *testing.B, url, body string, clients, requests int) float64 {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true}}
	defer client.CloseIdleConnections()
	started := time.Now()
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for range requests {
				r, err := client.Post(url, "application/json", strings.NewReader(body))
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, r.Body)
				_ = r.Body.Close()
			}
		})
	}
	all.Wait()
	return float64(clients*requests) / time.Since(started).Seconds()
}
