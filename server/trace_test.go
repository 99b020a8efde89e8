package server

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

func TestASpanTellsTheDocumentsHashAndNeverItsText(t *testing.T) {
	kept := tracetest.NewInMemoryExporter()
	traces := tracingTo(sdktrace.WithSyncer(kept), "test")
	s := serving(t)
	tr := &transport{engine: s.engine, clients: newClients(DefaultLimits(), nil, nil), tracer: traces, metrics: s.engine.metrics}
	r := post(`query Ask($r:String!){event(ref:$r){key} events(first:-1){totalCount}} #sekret`, map[string]any{"r": "sekret"})
	r.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	tr.ServeHTTP(httptest.NewRecorder(), r)
	spans := kept.GetSpans()
	if len(spans) != 1 {
		t.Fatalf("%d spans", len(spans))
	}
	span := spans[0]
	text := fmt.Sprintf("%+v", span)
	if strings.Contains(text, "sekret") || strings.Contains(text, "totalCount") {
		t.Error(text)
	}
	if span.Name != "graphql query" || span.Parent.SpanID().String() != "b7ad6b7169203331" {
		t.Errorf("%s below %s", span.Name, span.Parent.SpanID())
	}
	told := map[string]string{}
	for _, a := range span.Attributes {
		told[string(a.Key)] = a.Value.String()
	}
	if told["graphql.operation.name"] != "Ask" || told["graphql.operation.type"] != "query" ||
		len(told["graphql.document.hash"]) != len("sha256:")+64 || told["tarikh.errors"] != "1" {
		t.Errorf("%v", told)
	}
}

func TestTracesReachTheEndpoint(t *testing.T) {
	var got atomic.Int64
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if r.URL.Path == "/v1/traces" {
			got.Add(1)
		}
	}))
	defer collector.Close()
	s := serving(t, func(o *Options) { o.TraceEndpoint = collector.URL })
	do(t, s, post("{__typename}", nil))
	if err := s.tracing.close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got.Load() != 1 {
		t.Errorf("%d batches", got.Load())
	}
}
