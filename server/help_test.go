package server

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"tarikh/db"
	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

// filled opens a database with n random events and what belongs to them.
func filled(t testing.TB, n int) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "tarikh.db"), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	put(t, d, recordtest.Records(n).Example(1))
	return d
}

func put(t testing.TB, d *db.DB, records []*timeline.Record) {
	t.Helper()
	_, err := d.Write(t.Context(), timeline.Change{By: "test"}, func(tx *db.Tx) error {
		outcomes, err := tx.Put(t.Context(), records)
		for _, o := range outcomes {
			if o.Err != nil {
				t.Errorf("%s: %v", o.Kind, o.Err)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// touch makes another revision by giving a source another title.
func touch(t testing.TB, d *db.DB, title string) {
	t.Helper()
	put(t, d, []*timeline.Record{{Source: &timeline.SourceRecord{
		Identity: timeline.Identity{Key: "touched"}, Kind: timeline.SourceOther,
		Title: timeline.Text{Text: title, Lang: "en"},
	}}})
}

// journal is a log that a test can read.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.String()
}

func (j *journal) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(j, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// serving makes a server over a small record; change alters its options.
func serving(t testing.TB, change ...func(*Options)) *Server {
	t.Helper()
	o := Options{Limits: DefaultLimits(), Version: "test"}
	for _, c := range change {
		c(&o)
	}
	if o.DB == nil {
		o.DB = filled(t, 12)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// eachExecutor runs a test with either executor.
func eachExecutor(t *testing.T, test func(t *testing.T, by func(*Options))) {
	t.Helper()
	for _, e := range []Executor{ExecutorCompiled, ExecutorStock} {
		t.Run(string(e), func(t *testing.T) { test(t, func(o *Options) { o.Executor = e }) })
	}
}

func limits(change func(*Limits)) func(*Options) { return func(o *Options) { change(&o.Limits) } }

// reply is an answer as a test looks at it.
type reply struct {
	*http.Response
	text       string
	Data       map[string]any
	Errors     []problem
	Extensions map[string]any
}

type problem struct {
	Message    string
	Path       []any
	Locations  []any
	Extensions map[string]any
}

func (r reply) code() string {
	if len(r.Errors) == 0 {
		return ""
	}
	code, _ := r.Errors[0].Extensions["code"].(string)
	return code
}

// do sends a request to the real handler.
func do(t testing.TB, s *Server, r *http.Request) reply {
	t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	a := reply{Response: w.Result()}
	text, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	a.text = string(text)
	if strings.HasPrefix(a.text, "{") {
		if err := json.Unmarshal(text, &a); err != nil {
			t.Fatalf("%v in %.300s", err, text)
		}
	}
	return a
}

// neighbour is a client that no rate limits.
const neighbour = "127.0.0.1:1"

// post is a request with a JSON body, get one with a query string. Both ask for the
// media type whose status tells errors.
func post(query string, variables any) *http.Request {
	body, _ := json.Marshal(map[string]any{"query": query, "variables": variables})
	return postBody(string(body))
}

func postBody(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.RemoteAddr = neighbour
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", mediaResponse)
	return r
}

func get(members ...string) *http.Request {
	v := url.Values{}
	for i := 0; i < len(members); i += 2 {
		v.Add(members[i], members[i+1])
	}
	r := httptest.NewRequest(http.MethodGet, "/graphql?"+v.Encode(), nil)
	r.RemoteAddr = neighbour
	r.Header.Set("Accept", mediaResponse)
	return r
}

func with(r *http.Request, header, value string) *http.Request {
	r.Header.Set(header, value)
	return r
}
