package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// started serves on a free port of this machine until the test ends or stop is called.
func started(t *testing.T, s *Server) (address string, stop func() error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	stop = sync.OnceValue(func() error { end(); return <-done })
	t.Cleanup(func() { _ = stop() })
	return l.Addr().String(), stop
}

// impatient is a server whose time limits a test can wait for.
func impatient(t *testing.T, change ...func(*Options)) *Server {
	t.Helper()
	return serving(t, append([]func(*Options){limits(func(l *Limits) {
		l.ReadHeader, l.Read, l.Idle = 200*time.Millisecond, 300*time.Millisecond, 200*time.Millisecond
		l.Shutdown = 300 * time.Millisecond
	})}, change...)...)
}

func TestWrongOptionsAreRefused(t *testing.T) {
	d := filled(t, 1)
	for name, o := range map[string]Options{
		"no database":    {},
		"wrong limits":   {DB: d, Limits: Limits{Depth: 3}},
		"no address":     {DB: d, TraceEndpoint: "://"},
		"no web address": {DB: d, TraceEndpoint: "localhost:4318"},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := New(Options{DB: d}); err != nil {
		t.Errorf("the least: %v", err)
	}
}

func TestASlowClientIsLeft(t *testing.T) {
	address, _ := started(t, impatient(t))
	head := "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
	for name, drip := range map[string]func(net.Conn){
		"silent":       func(net.Conn) {},
		"slow headers": func(c net.Conn) { dribble(c, head+strings.Repeat("X: y\r\n", 1000)) },
		"slow body": func(c net.Conn) {
			fmt.Fprint(c, head+"Content-Length: 1000\r\n\r\n")
			dribble(c, strings.Repeat(" ", 1000))
		},
		"silent after a request": func(c net.Conn) {
			fmt.Fprint(c, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := net.Dial("tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			begun := time.Now()
			go drip(c)
			_ = c.SetReadDeadline(begun.Add(attackTime))
			_, err = io.Copy(io.Discard, c)
			var late net.Error
			if errors.As(err, &late) && late.Timeout() {
				t.Errorf("still open after %s", time.Since(begun))
			}
		})
	}
}

// dribble sends a text byte by byte until the other side has had enough.
func dribble(c net.Conn, text string) {
	for _, b := range []byte(text) {
		if _, err := c.Write([]byte{b}); err != nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestLargeHeadersAreRefused(t *testing.T) {
	address, _ := started(t, impatient(t))
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/healthz", nil)
	r.Header.Set("X", strings.Repeat("x", 40<<10))
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Error(a.Status)
	}
}

func TestAStoppingServerFinishesWhatItHasBegun(t *testing.T) {
	s := impatient(t)
	begun, finish := make(chan bool), make(chan bool)
	answer := s.handler
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			close(begun)
			<-finish
		}
		answer.ServeHTTP(w, r)
	})
	address, stop := started(t, s)
	got := make(chan int)
	go func() {
		a, err := http.Get("http://" + address + "/slow")
		if err != nil {
			got <- 0
			return
		}
		a.Body.Close()
		got <- a.StatusCode
	}()
	<-begun
	stopped := make(chan error)
	go func() { stopped <- stop() }()
	for !s.stopping.Load() {
		time.Sleep(time.Millisecond)
	}
	if ready := do(t, s, path("GET", "/readyz")); ready.StatusCode != 503 {
		t.Errorf("ready while stopping: %d", ready.StatusCode)
	}
	close(finish)
	if status := <-got; status != 404 {
		t.Errorf("the request under way got %d", status)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", address); err == nil {
		t.Error("still listening")
	}
}

func TestARequestThatDoesNotEndIsCutOffAtTheDeadline(t *testing.T) {
	s := impatient(t)
	begun, ended := make(chan bool), make(chan bool)
	s.handler = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(begun)
		<-r.Context().Done()
		close(ended)
	})
	address, stop := started(t, s)
	go func() {
		if a, err := http.Get("http://" + address); err == nil {
			a.Body.Close()
		}
	}()
	<-begun
	started := time.Now()
	if err := stop(); err == nil {
		t.Error("cut off without a word")
	}
	if took := time.Since(started); took > attackTime {
		t.Errorf("took %s", took)
	}
	<-ended
}

func TestAListenerThatFailsIsAnError(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := serving(t).Serve(t.Context(), l); err == nil || !strings.Contains(err.Error(), "serve 127.0.0.1") {
		t.Error(err)
	}
}

func TestQuestionsBeyondTheReadersAndTheQueueAreToldToComeBack(t *testing.T) {
	s := serving(t, limits(func(l *Limits) { l.Concurrency, l.Queue, l.Wait = 1, 0, time.Millisecond }))
	leave, _ := s.engine.queue.enter(t.Context())
	got := do(t, s, post("{__typename}", nil))
	if got.StatusCode != 503 || got.code() != "UNAVAILABLE" || got.Header.Get("Retry-After") != "1" {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
	leave()
	if got := do(t, s, post("{__typename}", nil)); got.StatusCode != 200 {
		t.Errorf("afterwards: %d", got.StatusCode)
	}
}

func TestAClientThatAsksTooOftenIsToldWhenToComeBack(t *testing.T) {
	s := serving(t, limits(func(l *Limits) { l.Rate, l.Burst = 1, 1 }))
	ask := func() *http.Request {
		r := post("{__typename}", nil)
		r.RemoteAddr = "192.0.2.1:1"
		return r
	}
	do(t, s, ask())
	got := do(t, s, ask())
	if got.StatusCode != 429 || got.code() != "RATE_LIMITED" || got.Header.Get("Retry-After") == "" {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
}

// soaking is how long readers and a writer work together: TARIKH_SOAK=1m is what the
// project promises, CI takes two seconds under the race detector.
func soaking(t *testing.T) time.Duration {
	text := os.Getenv("TARIKH_SOAK")
	if text == "" {
		return 2 * time.Second
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestReadersAndAWriterLeaveNothingBehind(t *testing.T) {
	before := goleak.IgnoreCurrent()
	d := filled(t, 20)
	s := serving(t, func(o *Options) { o.DB = d })
	address, stop := started(t, s)
	long, end := context.WithTimeout(t.Context(), soaking(t))
	defer end()
	connections := &http.Transport{}
	client := &http.Client{Transport: connections}
	var all sync.WaitGroup
	for reader := range 16 {
		all.Go(func() { readOn(long, t, client, address, reader) })
	}
	all.Go(func() {
		for i := 0; long.Err() == nil; i++ {
			touch(t, d, fmt.Sprintf("title %d", i))
			time.Sleep(20 * time.Millisecond)
		}
	})
	time.Sleep(soaking(t) / 4)
	heap := held()
	all.Wait()
	connections.CloseIdleConnections()
	if grown := held() - heap; grown > 8<<20 {
		t.Errorf("%d bytes more at the end than after a quarter", grown)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	d.Close()
	goleak.VerifyNone(t, before)
}

// readOn asks until the time is over; every answer must be whole, of one revision, and
// never older than the one before.
func readOn(ctx context.Context, t *testing.T, client *http.Client, address string, reader int) {
	const query = `{"query":"{dataset{revision sources} events(first:20){totalCount nodes{key title{text} participants{actor{key}} citations{source{key}}}}}"}`
	newest := ""
	for n := 0; ctx.Err() == nil; n++ {
		a, err := client.Post("http://"+address+"/graphql", "application/json", strings.NewReader(query))
		if err != nil {
			t.Errorf("reader %d, question %d: %v", reader, n, err)
			return
		}
		text, err := bufio.NewReader(a.Body).ReadString('\n')
		_, _ = io.Copy(io.Discard, a.Body)
		a.Body.Close()
		revision, _, _ := strings.Cut(strings.TrimPrefix(text, `{"data":{"dataset":{"revision":`), ",")
		switch {
		case err != nil || a.StatusCode != 200 || strings.Contains(text, `"errors"`):
			t.Errorf("reader %d, question %d: %v %d %.200s", reader, n, err, a.StatusCode, text)
			return
		case len(revision) < len(newest) || len(revision) == len(newest) && revision < newest:
			t.Errorf("reader %d went back from revision %s to %s", reader, newest, revision)
		}
		newest = revision
	}
}
