package server

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestEveryRequestIsOneLineThatTellsNoSecrets(t *testing.T) {
	j := &journal{}
	s := serving(t, func(o *Options) { o.Logger = j.logger() })
	do(t, s, with(post(`query Ask($r:String!){event(ref:$r){key}} #sekret`, map[string]any{"r": "sekret"}), "X-Request-Id", "abc-1"))
	do(t, s, get("query", `{event(ref:"sekret"){key}}`))
	do(t, s, post(`{sekret}`, nil))
	do(t, s, postBody(`sekret`))
	lines := strings.Split(strings.TrimSpace(j.String()), "\n")
	if len(lines) != 4 || strings.Contains(j.String(), "sekret") {
		t.Fatal(j.String())
	}
	var line struct {
		Request, Operation, Type, Document, Outcome, Path string
		Status, Bytes, Statements, Revision               int
	}
	if err := json.Unmarshal([]byte(lines[0]), &line); err != nil {
		t.Fatal(err)
	}
	if line.Request != "abc-1" || line.Operation != "Ask" || line.Type != "query" || len(line.Document) != 64 ||
		line.Outcome != "ok" || line.Status != 200 || line.Bytes == 0 || line.Revision != 1 || line.Path != "/graphql" {
		t.Errorf("%+v", line)
	}
}

func TestOnlyAnOrdinaryIDOfTheClientIsTaken(t *testing.T) {
	for _, id := range []string{"a", "A-1_b.c", strings.Repeat("x", 64)} {
		if got := chooseID(id); got != id {
			t.Errorf("%q became %q", id, got)
		}
	}
	for _, id := range []string{"", "a b", "a\nb", `a"b`, "é", strings.Repeat("x", 65), "<script>"} {
		if got := chooseID(id); got == id || len(got) < 20 {
			t.Errorf("%q became %q", id, got)
		}
	}
}

func TestTheClientIsToldTheIDOfItsRequest(t *testing.T) {
	s := serving(t)
	first := do(t, s, post("{__typename}", nil)).Header.Get("X-Request-Id")
	second := do(t, s, path("GET", "/nothing")).Header.Get("X-Request-Id")
	if first == "" || second == "" || first == second {
		t.Errorf("%q, %q", first, second)
	}
}

func TestWhoAsksWhetherAllIsWellStaysOutOfTheLog(t *testing.T) {
	if importance("/healthz") >= importance("/graphql") {
		t.Error("as important as a question")
	}
}

func TestARecorderKeepsTheFirstFinalStatus(t *testing.T) {
	w := &recorder{ResponseWriter: httptest.NewRecorder()}
	w.WriteHeader(103)
	w.WriteHeader(404)
	w.WriteHeader(200)
	if w.status() != 404 {
		t.Error(w.status())
	}
}
