package server

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"time"

	"tarikh/db"
	"tarikh/web"
)

// Options say what is served, to whom and how carefully.
type Options struct {
	// DB is the record, open with its index. The server does not close it.
	DB *db.DB
	// Examples are the ready questions of the playground; none is fine.
	Examples []web.Example
	// Version is the build. Another version makes every entity tag another one.
	Version string
	// Executor is what answers queries; empty: ExecutorCompiled.
	Executor Executor
	// Limits bound what requests cost; the zero value stands for DefaultLimits.
	Limits Limits
	// Suggestions lets validation errors propose names that exist ("did you mean").
	// Introspection tells the same and is always on.
	Suggestions bool
	// Proxies are the peers whose X-Forwarded-For is believed: the reverse proxies in
	// front of this server. None: nobody's is.
	Proxies []netip.Prefix
	// Logger is told of every request and of every internal error; nil: nobody.
	Logger *slog.Logger
	// TraceEndpoint is the address that OpenTelemetry traces go to (OTLP over HTTP,
	// such as http://127.0.0.1:4318); empty: none are made.
	TraceEndpoint string
	// Now gives the time; nil: the system's clock.
	Now func() time.Time
}

// Executor names what runs operations.
type Executor string

// The executors. Their answers are the same.
const (
	// ExecutorCompiled answers queries from plans and leaves everything else to gqlgen's.
	ExecutorCompiled Executor = "compiled"
	// ExecutorStock is gqlgen's for everything.
	ExecutorStock Executor = "stock"
)

// complete fills in what was left out and says what cannot be.
func (o Options) complete() (Options, error) {
	if o.DB == nil {
		return o, errors.New("server: a database is needed")
	}
	switch o.Executor {
	case "":
		o.Executor = ExecutorCompiled
	case ExecutorCompiled, ExecutorStock:
	default:
		return o, fmt.Errorf("server: there is no executor %q", o.Executor)
	}
	if o.Limits == (Limits{}) {
		o.Limits = DefaultLimits()
	}
	if err := o.Limits.check(); err != nil {
		return o, fmt.Errorf("server: %w", err)
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o, nil
}
