package docs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tarikh/dataset"
	"tarikh/db"
	"tarikh/docs"
	"tarikh/server"
	"tarikh/timeline"
)

var update = flag.Bool("update", false, "write the answers into docs/queries")

// shipped are handlers over a fresh database of the shipped record, one an executor.
func shipped(t *testing.T) map[server.Executor]http.Handler {
	t.Helper()
	ctx := context.Background()
	clock := func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }
	d, err := db.Open(ctx, filepath.Join(t.TempDir(), "shipped.db"), db.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	report, err := d.Import(ctx, timeline.Change{By: "test", Bulk: true}, func(yield func(timeline.Incoming, error) bool) {
		for r, err := range dataset.Records() {
			if !yield(timeline.Incoming{Record: r}, err) {
				return
			}
		}
	}, db.ImportOptions{})
	if err != nil || report.Rejected > 0 {
		t.Fatalf("the shipped record is not accepted: %v %v", err, report.Problems)
	}
	handlers := map[server.Executor]http.Handler{}
	for _, e := range []server.Executor{server.ExecutorCompiled, server.ExecutorStock} {
		s, err := server.New(server.Options{DB: d, Version: "test", Executor: e})
		if err != nil {
			t.Fatal(err)
		}
		handlers[e] = s.Handler()
	}
	return handlers
}

// Every question of docs/queries is answered by the real handler exactly as its file
// says. After a change that is meant: go test ./docs -update, and read the difference.
func TestEveryQuestionHasTheAnswerThatItsFileShows(t *testing.T) {
	queries, err := docs.Queries()
	if err != nil {
		t.Fatal(err)
	}
	if len(queries) < 15 {
		t.Errorf("%d questions; at least 15 are promised", len(queries))
	}
	handlers := shipped(t)
	for _, q := range queries {
		t.Run(q.File, func(t *testing.T) {
			got := ask(t, handlers[server.ExecutorCompiled], q)
			if stock := ask(t, handlers[server.ExecutorStock], q); stock != got {
				t.Errorf("the executors differ (-stock +compiled):\n%s", cmp.Diff(stock, got))
			}
			switch {
			case *update:
				write(t, q, got)
			case got != q.Answer:
				t.Errorf("another answer (-file +answer):\n%s", cmp.Diff(q.Answer, got))
			}
		})
	}
}

// ask posts a question as a client does and indents the answer.
func ask(t *testing.T, h http.Handler, q docs.Query) string {
	t.Helper()
	body := map[string]any{"query": q.Document}
	if q.Variables != "" {
		body["variables"] = json.RawMessage(q.Variables)
	}
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(b))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Errorf("status %d", w.Code)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, bytes.TrimSpace(w.Body.Bytes()), "", "  "); err != nil {
		t.Fatalf("%v: %s", err, w.Body)
	}
	return indented.String()
}

// write puts the answer at the end of the question's file.
func write(t *testing.T, q docs.Query, answer string) {
	t.Helper()
	path := filepath.Join("queries", q.File+".md")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	question, _, _ := strings.Cut(string(b), "\nAnswer:\n")
	text := strings.TrimRight(question, "\n") + "\n\nAnswer:\n\n```json\n" + answer + "\n```\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil { //nolint:gosec // a file of the repository
		t.Fatal(err)
	}
}
