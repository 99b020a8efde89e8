package server

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// headerRequest carries the id by which a request is found in the log.
const headerRequest = "X-Request-Id"

// logged is what is known of a request under way.
type logged struct {
	id string

	mu    sync.Mutex
	attrs []any
}

type loggedKey struct{}

// note adds to the request's line in the log.
func note(ctx context.Context, attrs ...any) {
	if l, ok := ctx.Value(loggedKey{}).(*logged); ok {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.attrs = append(l.attrs, attrs...)
	}
}

// requestID is the id of the request at hand; empty outside one.
func requestID(ctx context.Context) string {
	if l, ok := ctx.Value(loggedKey{}).(*logged); ok {
		return l.id
	}
	return ""
}

// logRequests gives every request an id, tells it to the client, and writes one line
// when it has been answered. The line never holds a query string, a body or a
// variable.
func logRequests(log *slog.Logger, now func() time.Time, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l := &logged{id: chooseID(r.Header.Get(headerRequest))}
		w.Header().Set(headerRequest, l.id)
		answer := &recorder{ResponseWriter: w}
		started := now()
		defer func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			log.Log(r.Context(), importance(r.URL.Path), "request", append([]any{
				"request", l.id, "method", shorten(r.Method, 16), "path", shorten(r.URL.Path, 200),
				"status", answer.status(), "bytes", answer.bytes,
				"ms", float64(now().Sub(started).Microseconds()) / 1000}, l.attrs...)...)
		}()
		next.ServeHTTP(answer, r.WithContext(context.WithValue(r.Context(), loggedKey{}, l)))
	})
}

// importance keeps those who ask every few seconds whether all is well out of the way.
func importance(path string) slog.Level {
	switch path {
	case "/healthz", "/readyz", "/metrics":
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// chooseID takes the client's id where it is a short token, else makes one.
func chooseID(given string) string {
	if len(given) == 0 || len(given) > 64 {
		return rand.Text()
	}
	for _, c := range []byte(given) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == '-', c == '_', c == '.':
		default:
			return rand.Text()
		}
	}
	return given
}

// recorder remembers how an answer went.
type recorder struct {
	http.ResponseWriter
	code  int
	bytes int64
}

func (w *recorder) WriteHeader(code int) {
	if w.code == 0 && code >= 200 { // not those in between, such as 103
		w.code = code
	}
	w.ResponseWriter.WriteHeader(code)
}

func (w *recorder) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) status() int {
	if w.code == 0 {
		return http.StatusOK
	}
	return w.code
}
