package server

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"tarikh/web"
)

func path(method, at string) *http.Request { return httptest.NewRequest(method, at, nil) }

func TestEveryPathAnswersAsItShould(t *testing.T) {
	s := serving(t)
	for _, test := range []struct {
		method, at string
		status     int
		holds      string
	}{
		{"GET", "/", 302, ""},
		{"GET", "/graphiql", 301, ""},
		{"GET", "/graphiql/", 200, "<html"},
		{"POST", "/graphiql/", 405, ""},
		{"GET", "/graphiql/nothing.js", 404, ""},
		{"GET", "/healthz", 200, "ok"},
		{"GET", "/readyz", 200, "ok"},
		{"HEAD", "/readyz", 200, ""},
		{"POST", "/readyz", 405, "INVALID"},
		{"GET", "/metrics", 200, "tarikh_revision 1"},
		{"DELETE", "/metrics", 405, "INVALID"},
		{"GET", "/schema.graphql", 200, "type Query"},
		{"PUT", "/schema.graphql", 405, "INVALID"},
		{"GET", "/nothing", 404, "NOT_FOUND"},
		{"GET", "/graphql/nothing", 404, "NOT_FOUND"},
		{"GET", "/.env", 404, "NOT_FOUND"},
	} {
		got := do(t, s, path(test.method, test.at))
		if got.StatusCode != test.status || !strings.Contains(strings.ToLower(got.text), strings.ToLower(test.holds)) {
			t.Errorf("%s %s: %d %.200s", test.method, test.at, got.StatusCode, got.text)
		}
		if got.StatusCode == 405 && got.Header.Get("Allow") == "" {
			t.Errorf("%s %s: no Allow", test.method, test.at)
		}
		if got.Header.Get("X-Content-Type-Options") != "nosniff" || got.Header.Get("Referrer-Policy") == "" ||
			!strings.Contains(got.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s %s: headers %v", test.method, test.at, got.Header)
		}
	}
	if to := do(t, s, path("GET", "/")).Header.Get("Location"); to != "/graphiql/" {
		t.Errorf("/ leads to %q", to)
	}
}

func TestThePlaygroundHasItsOwnPolicyAndItsExamples(t *testing.T) {
	s := serving(t, func(o *Options) { o.Examples = []web.Example{{Name: "first", Query: "{dataset{revision}}"}} })
	page := do(t, s, path("GET", "/graphiql/"))
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self'") {
		t.Error(policy)
	}
	if got := do(t, s, path("GET", "/graphiql/examples.json")); !strings.Contains(got.text, `"first"`) {
		t.Error(got.text)
	}
}

func TestTheSchemaIsServedAsItIsWritten(t *testing.T) {
	written, err := os.ReadFile("../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	served := do(t, serving(t), path("GET", "/schema.graphql")).text
	// While somebody edits the schema, what is generated lags behind it.
	if first := strings.SplitN(string(written), "\n", 2)[0]; !strings.HasPrefix(served, first) {
		t.Errorf("%.200q", served)
	}
}

func TestToolsCanReadTheWholeSchema(t *testing.T) {
	got := do(t, serving(t), post(introspection, nil))
	if len(got.Errors) > 0 || got.Data["__schema"] == nil {
		t.Fatalf("%.300s", got.text)
	}
	strict := serving(t, limits(func(l *Limits) { l.Depth, l.Fields, l.Cost = 3, 10, 10 }))
	if got := do(t, strict, post(introspection, nil)); len(got.Errors) > 0 {
		t.Errorf("under strict limits: %.300s", got.text)
	}
}

func TestAServerWhoseDatabaseIsGoneIsAliveAndNotReady(t *testing.T) {
	d := filled(t, 1)
	s := serving(t, func(o *Options) { o.DB = d })
	d.Close()
	if got := do(t, s, path("GET", "/healthz")); got.StatusCode != 200 {
		t.Errorf("alive: %d", got.StatusCode)
	}
	got := do(t, s, path("GET", "/readyz"))
	if got.StatusCode != 503 || got.code() != "UNAVAILABLE" {
		t.Errorf("ready: %d %s", got.StatusCode, got.text)
	}
	if got := do(t, s, path("GET", "/metrics")); got.StatusCode != 200 || strings.Contains(got.text, "tarikh_revision 1") {
		t.Errorf("metrics: %d", got.StatusCode)
	}
	if got := do(t, s, post("{dataset{revision}}", nil)); got.StatusCode < 500 || got.code() == "" || strings.Contains(got.text, "sql") {
		t.Errorf("a question: %d %s", got.StatusCode, got.text)
	}
}

func TestAPanicOfAHandlerIsAnInternalErrorWithAnID(t *testing.T) {
	j := &journal{}
	s := serving(t, func(o *Options) { o.Logger = j.logger() })
	h := logRequests(j.logger(), time.Now, s.caught(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		panic(errors.New("secret"))
	})))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, path("GET", "/"))
	id := w.Header().Get("X-Request-Id")
	if w.Code != 500 || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), id) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if log := j.String(); !strings.Contains(log, "secret") || !strings.Contains(log, id) || !strings.Contains(log, "routes_test.go") {
		t.Error(log)
	}
}

// introspection is what GraphiQL 5 asks, option for option the longest.
const introspection = `query IntrospectionQuery{__schema{description queryType{name kind} mutationType{name kind}
	subscriptionType{name kind} types{...FullType}
	directives{name description isRepeatable locations args(includeDeprecated:true){...InputValue}}}}
fragment FullType on __Type{kind name description specifiedByURL isOneOf
	fields(includeDeprecated:true){name description args(includeDeprecated:true){...InputValue} type{...TypeRef} isDeprecated deprecationReason}
	inputFields(includeDeprecated:true){...InputValue} interfaces{...TypeRef}
	enumValues(includeDeprecated:true){name description isDeprecated deprecationReason} possibleTypes{...TypeRef}}
fragment InputValue on __InputValue{name description type{...TypeRef} defaultValue isDeprecated deprecationReason}
fragment TypeRef on __Type{kind name ofType{kind name ofType{kind name ofType{kind name ofType{kind name ofType{kind name
	ofType{kind name ofType{kind name ofType{kind name ofType{kind name}}}}}}}}}}`
