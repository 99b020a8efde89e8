package server

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// FuzzReadQuestion looks whether any body, or any query string, is either a question
// or refused with a code.
func FuzzReadQuestion(f *testing.F) {
	for _, seed := range []string{"", "null", "[", `{"query":"{a}","variables":{"n":1e400}}`, `{"query":1}`,
		`{"query":"{a}"}x`, "query={a}&variables={}", "query=%zz", "query=a&query=b", "extensions=[]"} {
		f.Add(seed)
	}
	l := DefaultLimits()
	f.Fuzz(func(t *testing.T, text string) {
		r := httptest.NewRequest(http.MethodGet, "/graphql", nil)
		r.URL.RawQuery = text
		for _, r := range []*http.Request{postBody(text), r} {
			q, refused := readQuestion(httptest.NewRecorder(), r, l)
			switch {
			case refused != nil && (refused.code() == "" || refused.status < 400):
				t.Errorf("%s: %+v", r.Method, refused)
			case refused == nil && q.Query == "" && q.Extensions[persistedQuery] == nil:
				t.Errorf("%s: a question without a query", r.Method)
			}
		}
	})
}
