package server

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/vektah/gqlparser/v2/ast"

	"tarikh/export"
	"tarikh/timeline"
	"tarikh/web"
)

// routes is who answers which path.
func (s *Server) routes(o Options, t *transport) (http.Handler, error) {
	compressed, err := gzhttp.NewWrapper(gzhttp.MinSize(1024))
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/graphql", share(compressed(t)))
	mux.Handle("/schema.graphql", share(compressed(reading(serveText(schemaText(t.engine.schema.Schema()))))))
	// The playground is packed already, and has a policy of its own.
	mux.Handle("/graphiql/", http.StripPrefix("/graphiql", web.GraphiQL(o.Examples)))
	mux.Handle("/graphiql", reading(http.RedirectHandler("/graphiql/", http.StatusMovedPermanently)))
	mux.Handle("/{$}", reading(http.RedirectHandler("/graphiql/", http.StatusFound)))
	files := &exports{transport: t, version: o.Version}
	for _, f := range export.Formats() {
		mux.Handle(exportPrefix+f.Name, share(compressed(reading(files))))
	}
	mux.Handle(timelinePrefix+"{file}", share(compressed(reading(files))))
	mux.Handle("/metrics", reading(t.metrics.handler()))
	mux.Handle("/healthz", reading(serveText("ok\n")))
	mux.Handle("/readyz", reading(http.HandlerFunc(s.ready)))
	mux.HandleFunc("/", s.notFound)
	return logRequests(o.Logger, o.Now, harden(s.caught(mux))), nil
}

// reading lets a handler answer GET and HEAD only.
func reading(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			refused := refuse(http.StatusMethodNotAllowed, timeline.CodeInvalid, "the method is not allowed")
			refused.allow = "GET, HEAD"
			sendRefusal(w, refused)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// sendRefusal answers a request that is none for GraphQL in the same form.
func sendRefusal(w http.ResponseWriter, r *refusal) {
	h := w.Header()
	h.Set("Content-Type", mediaJSON+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	r.writeHeader(h)
	w.WriteHeader(r.status)
	_, _ = w.Write((&answer{refused: r}).written(DefaultLimits()))
}

func (s *Server) notFound(w http.ResponseWriter, _ *http.Request) {
	sendRefusal(w, refuse(http.StatusNotFound, timeline.CodeNotFound, "there is nothing at this address"))
}

// ready says whether questions can be answered now: the server is not stopping, and
// the database gives a view, which needs its file and its index.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if s.stopping.Load() {
		sendRefusal(w, busy(0, "the server is stopping"))
		return
	}
	if !s.engine.db.Ready() {
		sendRefusal(w, busy(time.Second, "the record is still being read"))
		return
	}
	ctx, end := context.WithTimeout(r.Context(), 2*time.Second)
	defer end()
	v, err := s.engine.db.View(ctx)
	if err != nil {
		note(r.Context(), "error", err.Error())
		sendRefusal(w, busy(time.Second, "the database cannot be read now"))
		return
	}
	v.Close()
	serveText("ok\n").ServeHTTP(w, r)
}

// serveText serves a text that stays the same.
func serveText(text string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write([]byte(text))
	})
}

// caught turns a panic of a handler into an internal error, its stack in the log.
func (s *Server) caught(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			value := recover()
			if value == nil {
				return
			}
			if err, ok := value.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(value) // net/http's own sign for an answer to be cut off
			}
			s.engine.log.ErrorContext(r.Context(), "panic", "request", requestID(r.Context()),
				"error", value, "stack", string(debug.Stack()))
			refused := refuse(http.StatusInternalServerError, timeline.CodeInternal, "internal error")
			refused.errs[0].Extensions[keyRequest] = requestID(r.Context())
			sendRefusal(w, refused)
		}()
		next.ServeHTTP(w, r)
	})
}

// schemaText is the schema as it is written, descriptions and all.
func schemaText(schema *ast.Schema) string {
	files := map[string]string{}
	for _, def := range schema.Types {
		if def.Position != nil && !def.Position.Src.BuiltIn {
			files[def.Position.Src.Name] = def.Position.Src.Input
		}
	}
	var texts []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		texts = append(texts, files[name])
	}
	return strings.Join(texts, "\n")
}
