package server

import (
	"net/http"
	"strconv"
	"time"

	"tarikh/timeline"
)

// HeaderStatements is the request header by which a client asks, with the value 1,
// for extensions.statements and extensions.revision in the answer: how many SQL
// statements it took, and the record's revision that it was read at.
const HeaderStatements = "X-Tarikh-Statements"

// methods of /graphql.
const methods = "GET, HEAD, POST, OPTIONS"

// transport is GraphQL over HTTP (the working draft as the 61 audits of graphql-http
// have it) in front of the engine.
type transport struct {
	engine  *engine
	clients *clients
	tracer  tracing
	metrics *metrics
}

func (t *transport) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept") // beside what the compressor varies by
	if r.Method == http.MethodOptions {
		preflight(w)
		return
	}
	media := negotiate(r.Header.Values("Accept"))
	a := &answer{}
	var q *question
	if q, a.refused = t.receive(w, r, media); a.refused == nil {
		ctx, span := t.tracer.begin(r)
		a = t.engine.ask(ctx, q)
		span.end(a)
	}
	t.account(r, a)
	if media == "" {
		media = mediaJSON // of the answer that says that it is not acceptable
	}
	t.send(w, a, media)
}

// receive reads the question, refusing what is not worth reading.
func (t *transport) receive(w http.ResponseWriter, r *http.Request, media string) (*question, *refusal) {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
	default:
		refused := refuse(http.StatusMethodNotAllowed, timeline.CodeInvalid, "the method is not allowed")
		refused.allow = methods
		return nil, refused
	}
	if refused := t.clients.admit(r); refused != nil {
		return nil, refused
	}
	if media == "" {
		return nil, refuse(http.StatusNotAcceptable, timeline.CodeInvalid,
			"answers are %s or %s", mediaResponse, mediaJSON)
	}
	q, refused := readQuestion(w, r, t.engine.limits)
	if refused != nil {
		return nil, refused
	}
	q.media, q.base, q.packed = media, baseOf(r, t.clients), takesGzip(r.Header)
	q.statements = r.Header.Get(HeaderStatements) == "1"
	if q.readOnly {
		q.holds = holds(r.Header)
	}
	return q, nil
}

// send writes the answer.
func (t *transport) send(w http.ResponseWriter, a *answer, media string) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if a.tag != "" {
		h.Set("ETag", a.tag)
		h.Set("Cache-Control", "public, no-cache") // kept, and asked after each time
	}
	if a.unchanged {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	status := http.StatusOK
	if a.refused != nil {
		status = a.refused.statusFor(media)
		a.refused.writeHeader(h)
	}
	body := a.body
	if body == nil {
		body = a.written(t.engine.limits)
	}
	if a.packed {
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Type", media+"; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that left needs no answer
}

func (r *refusal) writeHeader(h http.Header) {
	if r.allow != "" {
		h.Set("Allow", r.allow)
	}
	if r.after > 0 {
		seconds := (r.after + time.Second - 1) / time.Second
		h.Set("Retry-After", strconv.Itoa(int(seconds)))
	}
	if r.status == http.StatusRequestEntityTooLarge || r.status == http.StatusRequestTimeout {
		h.Set("Connection", "close") // the rest of the body is not read
	}
}

// account tells metrics and the request's log line what became of it.
func (t *transport) account(r *http.Request, a *answer) {
	kind := "none"
	if a.about != nil {
		kind = a.about.kind
		note(r.Context(), "operation", a.about.name, "type", kind, "document", a.about.document)
	}
	outcome := a.outcome()
	t.metrics.operations.WithLabelValues(kind, outcome).Inc()
	if a.took > 0 {
		t.metrics.seconds.WithLabelValues(kind).Observe(a.took.Seconds())
	}
	if a.revision > 0 && !a.unchanged && !a.recalled {
		t.metrics.statements.Observe(float64(a.statements))
		note(r.Context(), "revision", a.revision, "statements", a.statements)
	}
	if a.refused != nil && a.refused.sized != "" {
		t.metrics.refusals.WithLabelValues(a.refused.sized).Inc()
	}
	note(r.Context(), "outcome", outcome, "errors", len(a.errs))
}
