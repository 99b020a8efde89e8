package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// Server answers questions about one record over HTTP: /graphql, the playground at
// /graphiql/ (to which / leads), /schema.graphql, /healthz, /readyz and /metrics.
type Server struct {
	handler  http.Handler
	engine   *engine
	tracing  tracing
	stopping atomic.Bool
}

// New makes a server. It listens to nothing yet. Wrong limits and an endpoint that
// cannot be one are errors.
func New(o Options) (*Server, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	traces, err := newTracing(o.TraceEndpoint, o.Version)
	if err != nil {
		return nil, err
	}
	m := newMetrics()
	m.registry.MustRegister(newRecord(o.DB))
	s := &Server{engine: newEngine(o, m), tracing: traces}
	s.handler, err = s.routes(o, &transport{engine: s.engine,
		clients: newClients(o.Limits, o.Proxies, o.Now), tracer: traces, metrics: m})
	if err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	return s, nil
}

// Handler is the whole server as one handler, for tests and for mounting it in
// another. The timeouts are not in it: they are the listener's.
func (s *Server) Handler() http.Handler { return s.handler }

// Serve answers on l until ctx ends. Then it is no longer ready, takes no more
// connections, and waits for the requests under way for Limits.Shutdown; whatever is
// not answered by then is cut off, which is an error. It closes l, and leaves the
// database open. It is called once.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	requests, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	h := s.listener(requests)
	done := make(chan error, 1)
	go func() { done <- h.Serve(l) }()
	select {
	case err := <-done:
		s.endTraces(ctx)
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	err := s.stop(requests, cut, h)
	s.endTraces(ctx)
	if ended := <-done; err == nil && !errors.Is(ended, http.ErrServerClosed) {
		err = fmt.Errorf("serve %s: %w", l.Addr(), ended)
	}
	return err
}

// stop ends the listener: politely for as long as the limit says, then by cutting off.
func (s *Server) stop(requests context.Context, cut func(), h *http.Server) error {
	s.stopping.Store(true)
	patience, end := context.WithTimeout(requests, s.engine.limits.Shutdown)
	defer end()
	lost := h.Shutdown(patience)
	if lost == nil {
		return nil
	}
	cut()
	return errors.Join(fmt.Errorf("requests were cut off after %s: %w", s.engine.limits.Shutdown, lost),
		h.Close())
}

// endTraces sends the last traces; a collector that does not answer is not waited for.
func (s *Server) endTraces(ctx context.Context) {
	ctx, end := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer end()
	if err := s.tracing.close(ctx); err != nil {
		s.engine.log.WarnContext(ctx, "the last traces were lost", "error", err.Error())
	}
}

// listener is net/http's server with every time limit set: a client that is slow, or
// says nothing, is left (Limits).
func (s *Server) listener(requests context.Context) *http.Server {
	l := s.engine.limits
	return &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: l.ReadHeader,
		ReadTimeout:       l.Read,
		WriteTimeout:      l.Write,
		IdleTimeout:       l.Idle,
		MaxHeaderBytes:    l.Header,
		BaseContext:       func(net.Listener) context.Context { return requests },
		ErrorLog:          slog.NewLogLogger(s.engine.log.Handler(), slog.LevelDebug),
	}
}
