package server

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"
)

// attack is a request that costs its sender little and is meant to cost us much. The
// list is that of the public checkers (graphql-cop, graphql-armor) and of the known
// weaknesses of the libraries.
type attack struct {
	name    string
	request func() *http.Request
	status  int
	code    string
}

func attacks() []attack {
	const refused = "TOO_LARGE"
	query := func(text string) func() *http.Request {
		return func() *http.Request { return post(text, nil) }
	}
	repeat := strings.Repeat
	return []attack{
		{"10 000 aliases", query("{" + numbered("a%d:__typename ", 10_000) + "}"), 413, refused},
		{"101 aliases", query("{" + numbered("a%d:__typename ", 101) + "}"), 400, refused},
		{"1 000 aliases on a list", query("{eventTypes{" + numbered("a%d:code ", 1000) + "}}"), 400, refused},
		{"the same field 10 000 times", query("{" + repeat("__typename ", 10_000) + "}"), 400, refused},
		{"the same field 500 times", query("{" + repeat("__typename ", 500) + "}"), 400, refused},
		{"the same field in 500 inline fragments", query("{" + repeat("...{__typename}", 500) + "}"), 400, refused},
		{"the same fragment 500 times", query("{" + repeat("...F ", 500) + "} fragment F on Query{__typename}"), 400, refused},
		{"nested duplicates", query(doubled(12)), 400, refused},
		{"a million names", query("{" + repeat("a ", 1_000_000) + "}"), 413, refused},
		{"fragments that double introspection", query(doubling("__Schema", "{__schema{...F0}}", "description", 30)), 400, refused},
		{"fragments that double data", query(doubling("Query", "{...F0}", "__typename", 90)), 400, refused},
		{"fragments that double data, too many", query(doubling("Query", "{...F0}", "__typename", 300)), 400, refused},
		{"a hundred fragments in each other", query(woven(100)), 400, ""},
		{"a hundred fragments side by side", query("{" + numbered("...F%d ", 100) + "}" +
			numbered(" fragment F%d on Query{__typename eventTypes{code} dataset{revision}}", 100)), 200, ""},
		{"depth 4 000", query(nested(4000)), 400, ""},
		{"depth 21", query(nested(21)), 400, refused},
		{"10 000 unknown directives", query("{__typename " + repeat("@a ", 10_000) + "}"), 400, refused},
		{"ten times one directive", query("{__typename " + repeat("@aa", 10) + "}"), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"10 000 times @include", query("{__typename " + repeat("@include(if:true) ", 10_000) + "}"), 413, refused},
		{"400 times @include", query("{__typename " + repeat("@include(if:true) ", 400) + "}"), 400, refused},
		{"a fragment in itself", query("{...A} fragment A on Query{...A}"), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"two fragments in each other", query("{...A} fragment A on Query{...B} fragment B on Query{...A}"), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"introspection in circles", query("{__schema{types{fields{type{fields{type{fields{type{fields{name}}}}}}}}}}"), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"11 operations", query(numbered("query q%d{__typename} ", 11)), 400, refused},
		{"a batch", func() *http.Request {
			return postBody("[" + repeat(`{"query":"{__typename}"},`, 9) + `{"query":"{__typename}"}]`)
		}, 400, "INVALID"},
		{"a mutation by GET", func() *http.Request { return get("query", "mutation{__typename}") }, 405, "INVALID"},
		{"a form", func() *http.Request {
			return with(postBody("query="+url.QueryEscape("{__typename}")), "Content-Type", "application/x-www-form-urlencoded")
		}, 415, "INVALID"},
		{"plain text", func() *http.Request { return with(postBody(`{"query":"{__typename}"}`), "Content-Type", "text/plain") }, 415, "INVALID"},
		{"no content type", func() *http.Request { return with(postBody(`{"query":"{__typename}"}`), "Content-Type", "") }, 415, "INVALID"},
		{"20 MB", func() *http.Request { return postBody(`{"query":"` + repeat("a", 20<<20) + `"}`) }, 413, refused},
		{"20 MB of unknown length", func() *http.Request {
			r := postBody(`{"query":"` + repeat("a", 20<<20) + `"}`)
			r.ContentLength = -1
			return r
		}, 413, refused},
		{"300 000 variables", func() *http.Request {
			return postBody(`{"query":"{__typename}","variables":{` + numbered(`"a%d":1,`, 300_000) + `"z":1}}`)
		}, 413, refused},
		{"JSON 100 000 deep", func() *http.Request { return postBody(repeat(`{"a":`, 100_000)) }, 413, refused},
		{"JSON 20 000 deep", func() *http.Request { return postBody(`{"variables":` + repeat(`[`, 20_000)) }, 400, "INVALID"},
		{"a filter 5 000 deep in a variable", func() *http.Request {
			return postBody(`{"query":"query($w:EventWhere){events(where:$w){totalCount}}","variables":{"w":` +
				repeat(`{"not":`, 5000) + "{}" + repeat("}", 5000) + `}}`)
		}, 400, refused},
		{"a filter 500 deep in the document", query("{events(where:" + repeat("{not:", 500) + "{}" + repeat("}", 500) + "){totalCount}}"), 400, refused},
		{"100 000 brackets", query("{a(b:" + repeat("[", 100_000) + ")}"), 400, refused},
		{"2 000 brackets", query("{a(b:" + repeat("[", 2000) + ")}"), 400, "GRAPHQL_PARSE_FAILED"},
		{"a long alias, to be repeated in the answer", query("{" + repeat("a", 100_000) + ":__typename}"), 400, refused},
		{"a long unknown name, to be compared", query("{" + repeat("event", 20_000) + "}"), 400, refused},
		{"2 000 unknown fields", query("{" + numbered("x%d ", 2000) + "}"), 400, refused},
		{"400 unknown fields", query("{" + numbered("x%d ", 400) + "}"), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"1 000 unused variables", query("query(" + numbered("$v%d:Int ", 1000) + "){__typename}"), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"a long string", query(`{event(ref:"` + repeat("x", 100_000) + `"){id}}`), 200, ""},
		{"pages in pages", query("{events(first:500){nodes{actors{events(first:100){nodes{actors{events(first:100){totalCount}}}}}}}}"), 400, refused},
		{"introspection with many answers", query("{__schema{types{fields{type{fields{" + numbered("a%d:name ", 59) + "}}}}}}"), 200, ""},
		{"a map deeper than any", query("{events{clusters(bbox:[-180,-90,180,90],zoom:2147483647){count}}}"), 200, "INVALID"},
		{"a map of no number", query("{events{clusters(bbox:[1e400,0,1,1],zoom:3){count}}}"), 400, ""},
		{"a map of a thousand edges", query("{events{clusters(bbox:[" + repeat("1,", 1000) + "],zoom:3){count}}}"), 200, "INVALID"},
		{"two thousand million facets", query("{events{facets(by:TAG,first:2000000000){key}}}"), 200, refused},
		{"fewer facets than none", query("{events{facets(by:TAG,first:-2000000000){key}}}"), 200, "INVALID"},
		{"every day of eighteen thousand years", query(`{events(where:{time:{from:"-9000",to:"9000"}}){buckets(by:DAY){start}}}`), 200, refused},
		{"every day since the world began", query(`{events(where:{time:{from:"Y-13800000000",to:"9000"}}){histogram(by:DAY){starts}}}`), 200, refused},
		{"fifty long histograms", query(`{events(first:0,where:{time:{from:"2012-01-01",to:"2016-02-08"}}){` +
			numbered("a%d:histogram(by:DAY,splitBy:ACTOR){splits} ", 50) + "}}"), 200, ""},
		{"buckets in buckets", query("{events(first:100){nodes{actors{events(first:0){buckets(by:YEAR,splitBy:ACTOR){splits{node{id ... on Actor{events{totalCount}}}}}}}}}}"), 400, refused},
		{"a long URL", func() *http.Request { return get("query", "{"+repeat("a ", 5000)+"}") }, 414, refused},
		{"a trace asked for", func() *http.Request {
			return postBody(`{"query":"{__typename}","extensions":{"tracing":true}}`)
		}, 200, ""},
		{"deferred parts", query("{events{nodes{...@defer{id}}}}"), 400, "GRAPHQL_VALIDATION_FAILED"},
		{"a subscription", query("subscription{__typename}"), 400, "GRAPHQL_VALIDATION_FAILED"},
	}
}

// numbered repeats a text with the numbers from 0.
func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// doubled is a question whose fields double with every level.
func doubled(levels int) string {
	inner := "{key}"
	for range levels {
		inner = "{parent" + inner + " parent" + inner + "}"
	}
	return "{location(ref:\"a\")" + inner + "}"
}

// doubling is a chain of fragments each of which spreads the next one twice.
func doubling(on, root, leaf string, n int) string {
	var b strings.Builder
	b.WriteString(root)
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on %s{...F%d ...F%d}", i, on, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on %s{%s}", n, on, leaf)
	return b.String()
}

// woven is fragments each of which spreads the ten after it.
func woven(n int) string {
	var b strings.Builder
	b.WriteString("{...F0}")
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on Query{__typename", i)
		for j := i + 1; j < min(i+11, n); j++ {
			fmt.Fprintf(&b, " ...F%d", j)
		}
		b.WriteString("}")
	}
	return b.String()
}

func nested(depth int) string {
	return `{location(ref:"a"){` + strings.Repeat("parent{", depth) + "key" + strings.Repeat("}", depth) + "}}"
}

// These hold for every attack.
const (
	attackTime   = 2 * time.Second
	attackAnswer = 64 << 10
)

func TestEveryAttackEndsSoonWithASmallCodedAnswer(t *testing.T) {
	eachExecutor(t, endsEveryAttack)
}

func endsEveryAttack(t *testing.T, by func(*Options)) {
	s := serving(t, by)
	for round := range 2 { // cold, and with every cache warm
		for _, a := range attacks() {
			started := time.Now()
			got := do(t, s, a.request())
			took := time.Since(started)
			switch {
			case took > attackTime:
				t.Errorf("%s: took %s", a.name, took)
			case got.StatusCode != a.status && a.code != "":
				t.Errorf("%s: status %d, want %d: %.200s", a.name, got.StatusCode, a.status, got.text)
			case a.code != "" && got.code() != a.code:
				t.Errorf("%s: code %q, want %q: %.200s", a.name, got.code(), a.code, got.text)
			case a.code == "" && got.StatusCode != 200 && got.code() == "":
				t.Errorf("%s: an error without a code: %.200s", a.name, got.text)
			case len(got.text) > attackAnswer && a.code != "":
				t.Errorf("%s: %d bytes of answer", a.name, len(got.text))
			}
			if round == 0 {
				t.Logf("%7.1f ms %4d %-26s %s", float64(took.Microseconds())/1000, got.StatusCode, got.code(), a.name)
			}
		}
	}
}

func TestAttacksLeaveNoMemoryAndNoGoroutinesBehind(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	s := serving(t)
	run := func() {
		for _, a := range attacks() {
			do(t, s, a.request())
		}
	}
	run()
	heap, routines := held(), runtime.NumGoroutine()
	for range 5 {
		run()
	}
	if grown := held() - heap; grown > 4<<20 {
		t.Errorf("%d bytes more after five rounds", grown)
	}
	if now := runtime.NumGoroutine(); now > routines+2 {
		t.Errorf("%d goroutines, before %d", now, routines)
	}
}

// held is the memory in use after everything else was given back.
func held() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkAttack tells what each attack costs beside a normal request.
func BenchmarkAttack(b *testing.B) {
	s := serving(b)
	normal := attack{name: "none: a normal question",
		request: func() *http.Request {
			return post(`{events(first:50){totalCount nodes{key title{text} actors{key}}}}`, nil)
		}}
	for _, a := range append([]attack{normal}, attacks()...) {
		b.Run(strings.ReplaceAll(a.name, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				r := a.request()
				b.StartTimer()
				s.Handler().ServeHTTP(httptest.NewRecorder(), r)
			}
		})
	}
}
