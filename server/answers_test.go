package server

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"

	"tarikh/db"
)

// recalls is how many questions a server answered out of what it kept.
func recalls(t *testing.T, s *Server) int {
	t.Helper()
	families, err := s.engine.metrics.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() != "tarikh_answer_cache_total" {
			continue
		}
		for _, m := range f.GetMetric() {
			if m.GetLabel()[0].GetValue() == "hit" {
				return int(m.GetCounter().GetValue())
			}
		}
	}
	return 0
}

const page = `{events(first:12){totalCount nodes{key title(lang:"ar"){text} actors{name{text}}}}}`

func TestTheSameQuestionGetsTheSameBytesWithoutWork(t *testing.T) {
	s := serving(t)
	first, again := do(t, s, post(page, nil)), do(t, s, post(page, nil))
	if first.text != again.text || len(first.Errors) > 0 {
		t.Errorf("%s\n%s", first.text, again.text)
	}
	if recalls(t, s) != 1 {
		t.Errorf("%d answers were recalled", recalls(t, s))
	}
	variables := `{"query":"query($a:Int $b:Int){events(first:$a){totalCount} actors(first:$b){totalCount}}","variables":%s}`
	do(t, s, postBody(fmt.Sprintf(variables, `{"a":1,"b":2}`)))
	do(t, s, postBody(fmt.Sprintf(variables, `{"b":2,"a":1}`)))
	if recalls(t, s) != 2 {
		t.Error("the order of variables makes another question of it")
	}
}

func TestWhatAnswersFollowFromKeepsThemApart(t *testing.T) {
	s := serving(t)
	elsewhere := post(page, nil)
	elsewhere.Host = "elsewhere.example"
	for name, r := range map[string]*http.Request{
		"plain":          post(page, nil),
		"media type":     with(post(page, nil), "Accept", mediaJSON),
		"address":        elsewhere,
		"variables":      post(`query($n:Int){events(first:$n){totalCount}}`, map[string]any{"n": 1}),
		"other":          post(`query($n:Int){events(first:$n){totalCount}}`, map[string]any{"n": 2}),
		"operation":      postBody(`{"query":"query A{dataset{events}} query B{dataset{actors}}","operationName":"A"}`),
		"the other one":  postBody(`{"query":"query A{dataset{events}} query B{dataset{actors}}","operationName":"B"}`),
		"what it costs":  with(post(page, nil), HeaderStatements, "1"),
		"with a mistake": post(`{event(ref:"a"){key} events(first:-1){totalCount}}`, nil),
		"its second try": post(`{event(ref:"a"){key} events(first:-1){totalCount}}`, nil),
	} {
		do(t, s, r)
		if recalls(t, s) != 0 {
			t.Fatalf("%s: another question's answer", name)
		}
	}
	if a := do(t, s, with(post(page, nil), HeaderStatements, "1")); a.Extensions["statements"] == nil {
		t.Error("a recalled answer does not tell what it cost")
	}
}

func TestAWriteByAnybodyEndsWhatIsKept(t *testing.T) {
	s := serving(t)
	other, err := db.Open(t.Context(), s.engine.db.Path(), db.Options{Unindexed: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Close)
	const count = `{dataset{revision events}}`
	do(t, s, post(count, nil))
	touch(t, other, "by another process")
	if a := do(t, s, post(count, nil)); recalls(t, s) != 0 || a.Data["dataset"].(map[string]any)["revision"] != 2.0 {
		t.Errorf("after another process wrote: %s", a.text)
	}
}

// TestNoAnswerIsOlderThanItsQuestion asks while somebody writes: an answer never shows a
// revision before the one that was written when it was asked for.
func TestNoAnswerIsOlderThanItsQuestion(t *testing.T) {
	s := serving(t)
	var wrote sync.Map // revisions that were acknowledged
	var askers sync.WaitGroup
	for range 4 {
		askers.Go(func() {
			for range 50 {
				var newest int64
				wrote.Range(func(k, _ any) bool { newest = max(newest, k.(int64)); return true })
				a := do(t, s, post(`{dataset{revision}}`, nil))
				if got := a.Data["dataset"].(map[string]any)["revision"].(float64); int64(got) < newest {
					t.Errorf("revision %v, and %d was written before", got, newest)
				}
			}
		})
	}
	for i := 2; i < 22; i++ { // the record is of revision 1 at first
		touch(t, s.engine.db, fmt.Sprint(i))
		wrote.Store(int64(i), true)
	}
	askers.Wait()
}

func TestAKeptAnswerIsPackedForWhoTakesIt(t *testing.T) {
	s := serving(t)
	plain := do(t, s, post(page, nil)).text
	for range 2 {
		w := do(t, s, with(post(page, nil), "Accept-Encoding", "br;q=1, gzip;q=0.5"))
		if w.Header.Get("Content-Encoding") != "gzip" {
			t.Fatalf("not packed: %v", w.Header)
		}
		r, err := gzip.NewReader(bytes.NewReader([]byte(w.text)))
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(r); err != nil || string(text) != plain {
			t.Errorf("%v: %s", err, text)
		}
	}
	if w := do(t, s, with(post(page, nil), "Accept-Encoding", "gzip;q=0")); w.text != plain {
		t.Error("packed for who does not take it")
	}
	if recalls(t, s) != 3 {
		t.Errorf("%d recalled", recalls(t, s))
	}
}

func TestAReadOfAKeptAnswerHasItsTag(t *testing.T) {
	s := serving(t)
	fresh, again := do(t, s, get("query", page)), do(t, s, get("query", page))
	tag := fresh.Header.Get("ETag")
	if tag == "" || again.Header.Get("ETag") != tag || again.Header.Get("Cache-Control") != "public, no-cache" {
		t.Errorf("%v\n%v", fresh.Header, again.Header)
	}
	w := do(t, s, with(get("query", page), "If-None-Match", tag))
	if w.StatusCode != http.StatusNotModified || w.text != "" || recalls(t, s) != 2 {
		t.Errorf("%d %q, %d recalled", w.StatusCode, w.text, recalls(t, s))
	}
}

func TestNothingIsKeptWithoutRoom(t *testing.T) {
	for name, room := range map[string]int{"none": 0, "for less than this": 1000} {
		s := serving(t, limits(func(l *Limits) { l.Answers = room }))
		for range 3 {
			if a := do(t, s, post(page, nil)); len(a.Errors) > 0 {
				t.Errorf("%s: %s", name, a.text)
			}
		}
		if recalls(t, s) != 0 {
			t.Errorf("%s: %d recalled", name, recalls(t, s))
		}
	}
}
