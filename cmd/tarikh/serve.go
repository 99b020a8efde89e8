package main

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net"
	"net/netip"
	"slices"

	"tarikh/docs"
	"tarikh/server"
	"tarikh/web"
)

// serveCommand answers questions over HTTP.
type serveCommand struct {
	database
	Addr          string            `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen; port 0 takes a free one."`
	Empty         bool              `help:"Leave a new database without the shipped record."`
	ReadOnly      bool              `help:"Write nothing: a missing database is the shipped record in a temporary file, and one in a folder that cannot be written is opened as it is."`
	Public        bool              `help:"Serve to nobody what the licence of its source forbids passing on."`
	Suggestions   bool              `default:"true" negatable:"" help:"Let errors propose names of the schema that exist."`
	Executor      string            `enum:"compiled,stock" default:"compiled" placeholder:"NAME" help:"Answer queries from compiled plans, or by the stock executor of gqlgen, which is slower and gives the same answers."`
	Limit         map[string]string `placeholder:"NAME=VALUE" help:"Set a limit of docs/limits.md, such as depth=25 or time=5s; can be given several times."`
	ResponseCache size              `default:"64MiB" placeholder:"SIZE" help:"Keep so much of the answers until the record changes (bytes, or with KiB, MiB or GiB); 0: none."`
	Proxy         []string          `placeholder:"ADDRESS" help:"Believe this reverse proxy (an address or a network) about who is asking; can be given several times."`
	LogFormat     string            `enum:"text,json" default:"text" placeholder:"FORMAT" help:"Log to the error stream as text or as json."`
	TraceEndpoint string            `placeholder:"URL" help:"Send OpenTelemetry traces there, over HTTP."`
}

// Run listens first, so that a port in use leaves nothing behind, then opens the record and
// answers until the context ends.
func (c *serveCommand) Run(s *shell) error {
	o, err := c.options(s)
	if err != nil {
		return err
	}
	l, err := listen(s.ctx, c.Addr)
	if err != nil {
		return err
	}
	defer func() { _ = l.Close() }() // where nobody came to serve; closing it twice does nothing
	err = c.serve(s, l, o)
	if errors.Is(err, context.Canceled) && s.ctx.Err() != nil {
		return nil // told to end while it was still starting
	}
	return err
}

// serve opens the record and serves it.
func (c *serveCommand) serve(s *shell, l net.Listener, o server.Options) error {
	d, done, err := c.record(s)
	if err != nil {
		return err
	}
	defer done()
	o.DB = d
	srv, err := server.New(o)
	if err != nil {
		return err
	}
	announce(s.out, l.Addr())
	ctx, end := context.WithCancelCause(s.ctx)
	defer end(nil)
	told := make(chan struct{})
	go func() { // the record is still being read, and who asks meanwhile waits
		defer close(told)
		if err := s.tellNewer(d, c.DB); err != nil {
			end(err)
		}
	}()
	err = srv.Serve(ctx, l)
	if cause := context.Cause(ctx); cause != nil && s.ctx.Err() == nil {
		err = cause
	}
	end(nil)
	<-told
	return err
}

// options are the server's, all but the record.
func (c *serveCommand) options(s *shell) (server.Options, error) {
	build, _ := buildOf()
	o := server.Options{Version: build, Limits: server.DefaultLimits(), Suggestions: c.Suggestions,
		Executor:      server.Executor(c.Executor),
		TraceEndpoint: c.TraceEndpoint, Logger: slog.New(slog.NewTextHandler(s.err, nil))}
	if c.LogFormat == "json" {
		o.Logger = slog.New(slog.NewJSONHandler(s.err, nil))
	}
	o.Limits.Answers = int(c.ResponseCache)
	for _, name := range slices.Sorted(maps.Keys(c.Limit)) {
		if err := o.Limits.Set(name, c.Limit[name]); err != nil {
			return o, misuse("serve", "--limit: %v", err)
		}
	}
	for _, text := range c.Proxy {
		proxy, err := parseProxy(text)
		if err != nil {
			return o, err
		}
		o.Proxies = append(o.Proxies, proxy)
	}
	var err error
	o.Examples, err = examples()
	return o, err
}

// parseProxy reads an address or a network.
func parseProxy(text string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		return p, misuse("serve", "--proxy: %q is no address and no network such as 10.0.0.0/8", text)
	}
	return p.Masked(), nil
}

// examples are the questions of the docs as the playground shows them.
func examples() ([]web.Example, error) {
	queries, err := docs.Queries()
	if err != nil {
		return nil, err
	}
	all := make([]web.Example, 0, len(queries))
	for _, q := range queries {
		all = append(all, web.Example{
			Name: q.File, Titles: q.Titles, Query: q.Document, Variables: q.Variables,
		})
	}
	return all, nil
}
