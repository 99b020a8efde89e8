package server

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
)

func TestWhatIsNoQuestionIsRefusedWithTheRightStatus(t *testing.T) {
	s := serving(t)
	body := `{"query":"{__typename}"}`
	request := func(method string) *http.Request {
		r := httptest.NewRequest(method, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		return r
	}
	for _, test := range []struct {
		name   string
		r      *http.Request
		status int
		header string // that must be there
	}{
		{"PUT", request(http.MethodPut), 405, "Allow"},
		{"DELETE", request(http.MethodDelete), 405, "Allow"},
		{"another media type", with(request(http.MethodPost), "Accept", "text/html"), 406, ""},
		{"no body", postBody(""), 400, ""},
		{"half a body", postBody(`{"query":"{__type`), 400, ""},
		{"null", postBody(`null`), 400, ""},
		{"a number", postBody(`1`), 400, ""},
		{"a batch", postBody(" [" + body + "]"), 400, ""},
		{"two objects", postBody(body + body), 400, ""},
		{"something after the object", postBody(body + "x"), 400, ""},
		{"an empty query", postBody(`{"query":""}`), 400, ""},
		{"variables as a list", postBody(`{"query":"{__typename}","variables":[]}`), 400, ""},
		{"another charset", with(postBody(body), "Content-Type", "application/json; charset=utf-16"), 415, "Accept-Post"},
		{"a compressed body", with(postBody(body), "Content-Encoding", "gzip"), 415, ""},
		{"a form", with(postBody(body), "Content-Type", "multipart/form-data; boundary=x"), 415, "Accept-Post"},
		{"a long body", postBody(`{"query":"` + strings.Repeat(" ", 200_000) + `"}`), 413, "Connection"},
		{"GET without a query", get(), 400, ""},
		{"GET with two queries", get("query", "{__typename}", "query", "{__typename}"), 400, ""},
		{"GET with variables that are none", get("query", "{__typename}", "variables", "[1]"), 400, ""},
		{"GET with half a variable", get("query", "{__typename}", "variables", "{"), 400, ""},
		{"GET with a bad escape", httptest.NewRequest("GET", "/graphql?query=%zz", nil), 400, ""},
		{"GET of great length", get("query", strings.Repeat(" ", 9000)), 414, ""},
		{"a mutation by GET", get("query", "mutation M{a}", "operationName", "M"), 405, "Allow"},
		{"a mutation by GET for JSON", with(get("query", "mutation M{a}"), "Accept", mediaJSON), 405, "Allow"},
	} {
		got := do(t, s, test.r)
		if got.StatusCode != test.status || got.code() == "" {
			t.Errorf("%s: %d %q, want %d", test.name, got.StatusCode, got.text, test.status)
		}
		if test.header != "" && got.Header.Get(test.header) == "" {
			t.Errorf("%s: no header %s", test.name, test.header)
		}
		if strings.Contains(got.text, `"data"`) {
			t.Errorf("%s: data in %s", test.name, got.text)
		}
	}
}

func TestABodyThatBreaksOffIsTheClientsMistake(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, "/graphql", iotest.ErrReader(io.ErrUnexpectedEOF))
	r.Header.Set("Content-Type", "application/json")
	if got := do(t, serving(t), r); got.StatusCode != http.StatusRequestTimeout {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
}

func TestNothingOfAMalformedRequestIsRepeated(t *testing.T) {
	s := serving(t)
	const secret = "sekret"
	for name, r := range map[string]*http.Request{
		"body":      postBody(`{"query": ` + secret),
		"batch":     postBody(`["` + secret + `"]`),
		"type":      with(postBody("{}"), "Content-Type", "text/"+secret),
		"accept":    with(postBody("{}"), "Accept", "text/"+secret),
		"variables": get("query", "{__typename}", "variables", secret),
		"operation": get("query", "query A{__typename}", "operationName", secret),
		"path":      httptest.NewRequest("GET", "/"+secret, nil),
		"hash":      get("extensions", `{"persistedQuery":{"version":1,"sha256Hash":"`+secret+`"}}`),
	} {
		if got := do(t, s, r); strings.Contains(got.text, secret) || got.code() == "" {
			t.Errorf("%s: %s", name, got.text)
		}
	}
}

func TestTheStatusOfADocumentsMistakeDependsOnTheMediaType(t *testing.T) {
	s := serving(t)
	for _, query := range []string{"{", "{nothing}", "query($a:Int!){__typename}"} {
		got := do(t, s, post(query, nil))
		if got.StatusCode != 400 || strings.Contains(got.text, `"data"`) {
			t.Errorf("%s: %d %s", query, got.StatusCode, got.text)
		}
		if got = do(t, s, with(post(query, nil), "Accept", mediaJSON)); got.StatusCode != 200 || got.code() == "" {
			t.Errorf("%s for JSON: %d %s", query, got.StatusCode, got.text)
		}
	}
}

func TestAnErrorOfExecutionComesWithTheDataThatThereIs(t *testing.T) {
	s := serving(t)
	for _, media := range []string{mediaJSON, mediaResponse} {
		r := post(`{node(id:"nonsense"){id} bad:event(ref:""){id} dataset{revision}}`, nil)
		got := do(t, s, with(r, "Accept", media))
		if got.StatusCode != 200 || got.Data["dataset"] == nil {
			t.Errorf("%s: %d %s", media, got.StatusCode, got.text)
		}
	}
}

func TestPagesOfEveryOriginMayAskWithoutCredentials(t *testing.T) {
	s := serving(t)
	r := httptest.NewRequest(http.MethodOptions, "/graphql", nil)
	r.Header.Set("Origin", "https://example.org")
	r.Header.Set("Access-Control-Request-Method", "POST")
	got := do(t, s, r)
	if got.StatusCode != 204 || got.Header.Get("Access-Control-Allow-Origin") != "*" ||
		!strings.Contains(got.Header.Get("Access-Control-Allow-Methods"), "POST") ||
		got.Header.Get("Access-Control-Allow-Headers") != "*" {
		t.Errorf("preflight: %v", got.Header)
	}
	for name, r := range map[string]*http.Request{
		"answer": post("{__typename}", nil), "refusal": postBody("x"), "schema": httptest.NewRequest("GET", "/schema.graphql", nil),
	} {
		got := do(t, s, with(r, "Origin", "https://example.org"))
		if got.Header.Get("Access-Control-Allow-Origin") != "*" ||
			got.Header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: %v", name, got.Header)
		}
	}
}

func TestADocumentCanBeAskedForByItsHashOnceItIsKnown(t *testing.T) {
	s := serving(t)
	const query = "{dataset{revision}}"
	sum := sha256.Sum256([]byte(query))
	extensions := fmt.Sprintf(`{"persistedQuery":{"version":1,"sha256Hash":"%s"}}`, hex.EncodeToString(sum[:]))
	if got := do(t, s, get("extensions", extensions)); got.code() != codeNotPersisted {
		t.Fatalf("before: %s", got.text)
	}
	if got := do(t, s, get("extensions", extensions, "query", query+" ")); got.code() != "INVALID" {
		t.Errorf("of another document: %s", got.text)
	}
	if got := do(t, s, postBody(`{"query":"`+query+`","extensions":`+extensions+`}`)); got.Data == nil {
		t.Fatalf("with the document: %s", got.text)
	}
	if got := do(t, s, get("extensions", extensions)); got.Data == nil {
		t.Errorf("after: %s", got.text)
	}
}

func TestADocumentThatIsRefusedIsNotRemembered(t *testing.T) {
	s := serving(t)
	const query = "{nothing}"
	sum := sha256.Sum256([]byte(query))
	extensions := fmt.Sprintf(`{"persistedQuery":{"version":1,"sha256Hash":"%s"}}`, hex.EncodeToString(sum[:]))
	do(t, s, postBody(`{"query":"`+query+`","extensions":`+extensions+`}`))
	if got := do(t, s, get("extensions", extensions)); got.code() != codeNotPersisted {
		t.Error(got.text)
	}
}

func TestPersistedDocumentsOfAnotherFormAreRefused(t *testing.T) {
	s := serving(t)
	hash := strings.Repeat("0", 64)
	for _, member := range []string{`1`, `{}`, `{"version":1}`, `{"sha256Hash":"` + hash + `"}`,
		`{"version":2,"sha256Hash":"` + hash + `"}`, `{"version":1,"sha256Hash":"00"}`,
		`{"version":1,"sha256Hash":1}`, `{"version":"1","sha256Hash":"` + hash + `"}`} {
		got := do(t, s, get("extensions", `{"persistedQuery":`+member+`}`))
		if got.StatusCode != 400 || got.code() != "INVALID" {
			t.Errorf("%s: %d %s", member, got.StatusCode, got.text)
		}
	}
}

func TestAClientThatHoldsTheAnswerIsToldSo(t *testing.T) {
	d := filled(t, 5)
	s := serving(t, func(o *Options) { o.DB = d })
	ask := func() *http.Request {
		return get("query", "query($n:Int){events(first:$n){totalCount}}", "variables", `{"n":1}`)
	}
	first := do(t, s, ask())
	tag := first.Header.Get("ETag")
	if !strings.HasPrefix(tag, `W/"`) || first.Header.Get("Cache-Control") != "public, no-cache" {
		t.Fatalf("%v", first.Header)
	}
	for _, held := range []string{tag, strings.TrimPrefix(tag, "W/"), `"other", ` + tag, "*"} {
		got := do(t, s, with(ask(), "If-None-Match", held))
		if got.StatusCode != http.StatusNotModified || got.text != "" || got.Header.Get("ETag") != tag {
			t.Errorf("%s: %d %q %v", held, got.StatusCode, got.text, got.Header)
		}
	}
	if got := do(t, s, with(ask(), "If-None-Match", `W/"other"`)); got.StatusCode != 200 {
		t.Errorf("another tag: %d", got.StatusCode)
	}
	touch(t, d, "one-more")
	if got := do(t, s, with(ask(), "If-None-Match", tag)); got.StatusCode != 200 || got.Header.Get("ETag") == tag {
		t.Errorf("at another revision: %d", got.StatusCode)
	}
}

func TestATagIsOfTheWholeQuestion(t *testing.T) {
	q := func() *question {
		return &question{Query: "{a}", Operation: "o", Variables: map[string]any{"x": json.Number("1")}, media: mediaJSON}
	}
	tags := map[string]string{"itself": entityTag("1", 1, q())}
	add := func(name, version string, revision int64, change func(*question)) {
		x := q()
		change(x)
		tag := entityTag(version, revision, x)
		for other, taken := range tags {
			if tag == taken {
				t.Errorf("%s has the tag of %s", name, other)
			}
		}
		tags[name] = tag
	}
	same := func(*question) {}
	add("another build", "2", 1, same)
	add("another revision", "1", 2, same)
	add("another document", "1", 1, func(q *question) { q.Query = "{b}" })
	add("another operation", "1", 1, func(q *question) { q.Operation = "p" })
	add("parts moved", "1", 1, func(q *question) { q.Query, q.Operation = "{a}o", "" })
	add("another variable", "1", 1, func(q *question) { q.Variables["x"] = json.Number("2") })
	add("another type", "1", 1, func(q *question) { q.Variables["x"] = "1" })
	add("another media type", "1", 1, func(q *question) { q.media = mediaResponse })
	if entityTag("1", 1, q()) != tags["itself"] {
		t.Error("the same question has two tags")
	}
}

func TestOnlyARightAnswerByGetHasATag(t *testing.T) {
	s := serving(t)
	for name, r := range map[string]*http.Request{
		"by POST":         post("{dataset{revision}}", nil),
		"with an error":   get("query", `{events(first:-1){totalCount}}`),
		"refused":         get("query", "{nothing}"),
		"with statements": with(get("query", "{dataset{revision}}"), HeaderStatements, "1"),
	} {
		got := do(t, s, r)
		if got.Header.Get("ETag") != "" || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", name, got.Header)
		}
	}
}

func TestHeadIsGetWithoutABody(t *testing.T) {
	listening := httptest.NewServer(serving(t).Handler())
	defer listening.Close()
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodHead, listening.URL+"/graphql?query={__typename}", nil)
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	body, _ := io.ReadAll(a.Body)
	if a.StatusCode != 200 || len(body) > 0 || a.Header.Get("ETag") == "" {
		t.Errorf("%d %q %v", a.StatusCode, body, a.Header)
	}
}

func TestLongAnswersAreCompressedForThoseWhoTakeIt(t *testing.T) {
	s := serving(t)
	const query = "{__schema{types{name description}}}"
	plain := do(t, s, post(query, nil))
	if plain.Header.Get("Content-Encoding") != "" {
		t.Fatal("compressed unasked")
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, with(post(query, nil), "Accept-Encoding", "gzip"))
	if w.Header().Get("Content-Encoding") != "gzip" || w.Body.Len() > len(plain.text)/2 ||
		!strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Encoding") {
		t.Fatalf("%d bytes of %d, %v", w.Body.Len(), len(plain.text), w.Header())
	}
	unpack, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(unpack); err != nil || string(text) != plain.text {
		t.Errorf("%v: another answer", err)
	}
}

func TestStatementsAndRevisionAreToldToWhoAsks(t *testing.T) {
	s := serving(t)
	const query = "{events(first:3){nodes{key summary{text} citations{locator}}}}"
	got := do(t, s, with(post(query, nil), HeaderStatements, "1"))
	statements, _ := got.Extensions["statements"].(float64)
	if statements < 1 || got.Extensions["revision"] != 1.0 {
		t.Errorf("%v in %s", got.Extensions, got.text)
	}
	if got := do(t, s, post(query, nil)); got.Extensions != nil {
		t.Errorf("unasked: %v", got.Extensions)
	}
}

func TestAnUnnamedQuestionAmongSeveralIsToldToNameItself(t *testing.T) {
	s := serving(t)
	for query, says := range map[string]string{
		"query A{__typename} query B{__typename}": "several operations",
		"fragment F on Query{__typename}":         "never used",
	} {
		got := do(t, s, post(query, nil))
		if got.StatusCode != 400 || !strings.Contains(got.text, says) {
			t.Errorf("%s: %d %s", query, got.StatusCode, got.text)
		}
	}
}
