package server

import (
	"strings"
	"testing"
)

func TestMetricsTellWhatHappened(t *testing.T) {
	s := serving(t)
	do(t, s, post("{dataset{revision}}", nil))
	tag := do(t, s, get("query", "{dataset{revision}}")).Header.Get("ETag")
	do(t, s, with(get("query", "{dataset{revision}}"), "If-None-Match", tag))
	do(t, s, with(post("{dataset{revision}}", nil), HeaderStatements, "1"))
	do(t, s, post("{nothing}", nil))
	do(t, s, post(nested(21), nil))
	do(t, s, post("{events(first:-1){totalCount}}", nil))
	do(t, s, postBody("x"))
	do(t, s, get("extensions", `{"persistedQuery":{"version":1,"sha256Hash":"`+strings.Repeat("0", 64)+`"}}`))
	text := do(t, s, path("GET", "/metrics")).text
	for _, want := range []string{
		`tarikh_requests_total{outcome="ok",type="query"} 3`,
		`tarikh_requests_total{outcome="unchanged",type="query"} 1`,
		`tarikh_requests_total{outcome="GRAPHQL_VALIDATION_FAILED",type="query"} 1`,
		`tarikh_requests_total{outcome="TOO_LARGE",type="query"} 1`,
		`tarikh_requests_total{outcome="INVALID",type="query"} 1`,
		`tarikh_requests_total{outcome="INVALID",type="none"} 1`,
		`tarikh_requests_total{outcome="PERSISTED_QUERY_NOT_FOUND",type="none"} 1`,
		`tarikh_refusals_total{limit="depth"} 1`,
		`tarikh_document_cache_total{result="hit"} 1`,
		`tarikh_executions_total{executor="compiled"} 3`,
		`tarikh_answer_cache_total{result="hit"} 2`,
		`tarikh_persisted_documents_total{result="miss"} 1`,
		`tarikh_request_seconds_count{type="query"} 7`,
		`tarikh_revision 1`,
		`tarikh_records{kind="event"} 12`,
		`go_goroutines`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if t.Failed() {
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "tarikh") {
				t.Log(strings.TrimSpace(line))
			}
		}
	}
}

func TestTwoServersCountApart(t *testing.T) {
	a, b := serving(t), serving(t)
	do(t, a, post("{__typename}", nil))
	if text := do(t, b, path("GET", "/metrics")).text; strings.Contains(text, `outcome="ok"`) {
		t.Error("the other one's request is counted")
	}
}
