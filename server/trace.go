package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// tracing makes one span a question, after OpenTelemetry's conventions for GraphQL
// servers. A span says which document it was by its hash: never the text or the
// variables, which may hold what a reporter is looking into.
type tracing struct {
	tracer trace.Tracer
	close  func(context.Context) error // sends what is left
}

// newTracing sends traces to an OTLP endpoint; without one it makes none.
func newTracing(endpoint, version string) (tracing, error) {
	if endpoint == "" {
		none := func(context.Context) error { return nil }
		return tracing{noop.NewTracerProvider().Tracer(""), none}, nil
	}
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return tracing{}, fmt.Errorf("server: traces go to an http or https address, not %q", endpoint)
	}
	if strings.Trim(u.Path, "/") == "" {
		u.Path = "/v1/traces" // where OTLP over HTTP has them below a bare address
	}
	// The exporter connects when it has something to send, so nothing waits here.
	exporter, err := otlptracehttp.New(context.Background(), otlptracehttp.WithEndpointURL(u.String()))
	if err != nil {
		return tracing{}, fmt.Errorf("server: traces to %s: %w", endpoint, err)
	}
	return tracingTo(sdktrace.WithBatcher(exporter), version), nil
}

func tracingTo(exporter sdktrace.TracerProviderOption, version string) tracing {
	provider := sdktrace.NewTracerProvider(exporter, sdktrace.WithResource(resource.NewSchemaless(
		attribute.String("service.name", "tarikh"), attribute.String("service.version", version))))
	return tracing{provider.Tracer("tarikh/server"), provider.Shutdown}
}

// span is one question in a trace.
type span struct{ trace.Span }

// begin opens the span, below the caller's where its request names one (W3C Trace
// Context).
func (t tracing) begin(r *http.Request) (context.Context, span) {
	ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	ctx, s := t.tracer.Start(ctx, "graphql", trace.WithSpanKind(trace.SpanKindServer))
	return ctx, span{s}
}

// end says what became of the question.
func (s span) end(a *answer) {
	if a.about != nil {
		s.SetName("graphql " + a.about.kind)
		s.SetAttributes(
			attribute.String("graphql.operation.type", a.about.kind),
			attribute.String("graphql.operation.name", a.about.name),
			attribute.String("graphql.document.hash", "sha256:"+a.about.document))
	}
	errs := len(a.errs)
	if a.refused != nil {
		errs = len(a.refused.errs)
	}
	s.SetAttributes(attribute.Int("tarikh.errors", errs), attribute.Int64("tarikh.revision", a.revision),
		attribute.Int("tarikh.statements", a.statements))
	if errs > 0 {
		s.SetStatus(codes.Error, a.outcome())
	}
	s.End()
}
