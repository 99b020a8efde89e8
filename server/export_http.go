package server

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tarikh/export"
	"tarikh/timeline"
)

// Trailers of an export: what is known only when it has ended. Formats that have a
// place for it say it inside the file, too.
const (
	trailerLeftOut  = "X-Tarikh-Left-Out" // events that may not be passed on
	trailerWithheld = "X-Tarikh-Withheld" // claims of the written events that may not
	trailerMoved    = "X-Tarikh-Moved"    // true: the record changed while the file was written
	exportPrefix    = "/export."          // and the name of a format
	timelinePrefix  = "/timelines/"       // and key, dot, the name of a format
	exportPause     = 30 * time.Second    // how long a client may take over one chunk
	exportCache     = "public, no-cache"  // kept, and asked after each time
	filePrefix      = "tarikh"            // of the names of files
	disposition     = "Content-Disposition"
)

// exports answers GET /export.FORMAT and GET /timelines/KEY.FORMAT.
type exports struct {
	*transport
	version string
}

func (e *exports) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if refused := e.clients.admit(r); refused != nil {
		sendRefusal(w, refused)
		return
	}
	if len(r.URL.RawQuery) > e.engine.limits.URL {
		sendRefusal(w, refuse(http.StatusRequestURITooLong, timeline.CodeTooLarge, "the address is too long"))
		return
	}
	name, format, q, err := asked(r)
	if err == nil {
		err = e.send(w, r, name, format, q)
	}
	if err != nil {
		sendRefusal(w, e.refusalOf(r.Context(), err))
	}
}

// asked takes an address apart: the name of the file, the format and the parameters.
func asked(r *http.Request) (name string, f export.Format, q url.Values, err error) {
	q, err = url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return "", f, nil, timeline.Errorf(timeline.CodeInvalid, "the parameters cannot be read")
	}
	name = filePrefix
	format, ok := strings.CutPrefix(r.URL.Path, exportPrefix)
	if !ok {
		name, format, _ = strings.Cut(strings.TrimPrefix(r.URL.Path, timelinePrefix), ".")
		if !timeline.ValidKey(name) {
			return "", f, nil, timeline.NotFoundf("timeline", "there is no timeline of that key")
		}
		q.Set("timeline", name)
	}
	if f, ok = export.ByName(format); !ok {
		var names []string
		for _, known := range export.Formats() {
			names = append(names, known.Name)
		}
		return "", f, nil, timeline.NotFoundf("format", "there is no such format; there are %s", strings.Join(names, ", "))
	}
	return name, f, q, nil
}

// send writes the file. Before its first byte every mistake is an error; after it the
// connection is cut off, so that half a file is never taken for a whole one.
func (e *exports) send(w http.ResponseWriter, r *http.Request, name string, f export.Format, q url.Values) error {
	s, err := ParseSelection(q)
	if err != nil {
		return err
	}
	s.Address = e.base(r) + r.URL.RequestURI()
	x, err := openExport(r.Context(), e.engine.db, f, s)
	if err != nil {
		return err
	}
	h := w.Header()
	tag := entityTag(e.version, x.meta.Revision, &question{media: f.ContentType, Query: s.Address})
	h.Set("ETag", tag)
	h.Set("Cache-Control", exportCache)
	if has := holds(r.Header); has != nil && has(tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", f.ContentType)
	h.Set(disposition, `inline; filename="`+name+"."+f.Extension+`"`)
	if r.Method == http.MethodHead {
		return nil
	}
	e.stream(w, r, x)
	return nil
}

// stream writes the file chunk by chunk; between chunks neither a reader nor a turn is
// held, and a client that takes too long over one is left.
func (e *exports) stream(w http.ResponseWriter, r *http.Request, x *exporting) {
	h := w.Header()
	for _, trailer := range []string{trailerLeftOut, trailerWithheld, trailerMoved} {
		h.Add("Trailer", trailer)
	}
	control := http.NewResponseController(w)
	x.progress = func() { _ = control.SetWriteDeadline(time.Now().Add(exportPause)) }
	x.turns = e.turn
	x.progress()
	tail, err := x.write(r.Context(), w)
	if err != nil {
		note(r.Context(), "error", err.Error())
		panic(http.ErrAbortHandler) // half a file must not look like a whole one
	}
	h.Set(trailerLeftOut, strconv.Itoa(tail.LeftOut))
	h.Set(trailerWithheld, strconv.Itoa(tail.Withheld))
	h.Set(trailerMoved, map[bool]string{true: "true", false: "false"}[tail.Moved])
}

// turn waits for a turn among all who read the record.
func (e *exports) turn(ctx context.Context) (func(), error) {
	leave, refused := e.engine.queue.enter(ctx)
	if refused != nil {
		return nil, timeline.Errorf(timeline.CodeUnavailable, "too many questions at once")
	}
	return leave, nil
}

// refusalOf answers a mistake in the form of every other.
func (e *exports) refusalOf(ctx context.Context, err error) *refusal {
	p := &presenter{log: e.engine.log, request: requestID(ctx), limits: e.engine.limits}
	return e.engine.failed(ctx, p, err)
}

// base is scheme and host under which the client reached the service, as the server or
// a believed proxy saw it.
func (e *exports) base(r *http.Request) string { return baseOf(r, e.clients) }

func baseOf(r *http.Request, c *clients) string {
	scheme, host := "http", r.Host
	if r.TLS != nil {
		scheme = "https"
	}
	if peer, err := netip.ParseAddrPort(r.RemoteAddr); err == nil && c.believed(peer.Addr().Unmap()) {
		if r.Header.Get("X-Forwarded-Proto") == "https" {
			scheme = "https"
		}
		if said := r.Header.Get("X-Forwarded-Host"); said != "" {
			host = said
		}
	}
	u := url.URL{Scheme: scheme, Host: host}
	if parsed, err := url.Parse(u.String()); err != nil || parsed.Host != host {
		return "http://localhost" // a host that is none names no address
	}
	return u.String()
}
