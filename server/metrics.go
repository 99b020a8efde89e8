package server

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tarikh/db"
)

// metrics count what the server does, in a registry of their own. No label takes a
// value from a request, so the number of series is fixed.
type metrics struct {
	registry   *prometheus.Registry
	operations *prometheus.CounterVec   // by type and outcome
	seconds    *prometheus.HistogramVec // by type
	statements prometheus.Histogram
	documents  *prometheus.CounterVec // by result: hit, miss
	executions *prometheus.CounterVec // by executor: compiled, stock
	persisted  *prometheus.CounterVec // by result: hit, miss
	answers    *prometheus.CounterVec // by result: hit, miss
	refusals   *prometheus.CounterVec // by limit
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		operations: counters("tarikh_requests_total",
			"Requests to /graphql by type of operation and outcome.", "type", "outcome"),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tarikh_request_seconds", Help: "Time at work on a question, its wait not counted.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"type"}),
		statements: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "tarikh_statements", Help: "SQL statements of an answered question.",
			Buckets: []float64{0, 1, 2, 3, 5, 8, 13, 21, 34},
		}),
		documents: counters("tarikh_document_cache_total",
			"Documents that were known already (hit) or had to be checked (miss).", "result"),
		executions: counters("tarikh_executions_total",
			"Operations run from plans (compiled) or by gqlgen's executor (stock).", "executor"),
		persisted: counters("tarikh_persisted_documents_total",
			"Documents asked for by their hash alone that were known (hit) or not (miss).", "result"),
		answers: counters("tarikh_answer_cache_total",
			"Questions that were answered before at this revision (hit) or had to be worked out (miss).", "result"),
		refusals: counters("tarikh_refusals_total",
			"Requests refused because they passed a limit, by limit.", "limit"),
	}
	m.registry.MustRegister(m.executions, m.operations, m.seconds, m.statements, m.documents, m.persisted, m.answers,
		m.refusals, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// executed counts an operation that was run.
func (m *metrics) executed(planned bool) {
	by := ExecutorStock
	if planned {
		by = ExecutorCompiled
	}
	m.executions.WithLabelValues(string(by)).Inc()
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

// handler serves the metrics in Prometheus's text format.
func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 2})
}

// record reports what the record holds, read when it is asked for. While every
// reader is busy it reports nothing rather than keep the scraper waiting.
type record struct {
	db       *db.DB
	revision *prometheus.Desc
	records  *prometheus.Desc
}

func newRecord(d *db.DB) *record {
	return &record{d,
		prometheus.NewDesc("tarikh_revision", "The record's revision.", nil, nil),
		prometheus.NewDesc("tarikh_records", "Records in the index, by kind.", []string{"kind"}, nil),
	}
}

// Describe names the metrics.
func (r *record) Describe(to chan<- *prometheus.Desc) {
	to <- r.revision
	to <- r.records
}

// Collect gives their values.
func (r *record) Collect(to chan<- prometheus.Metric) {
	if !r.db.Ready() {
		return
	}
	ctx, end := context.WithTimeout(context.Background(), time.Second)
	defer end()
	v, err := r.db.View(ctx)
	if err != nil {
		return
	}
	defer v.Close()
	gauge := func(d *prometheus.Desc, n int64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), labels...)
	}
	holds := v.Dataset()
	gauge(r.revision, v.Revision())
	gauge(r.records, int64(holds.Events), "event")
	gauge(r.records, int64(holds.Actors), "actor")
	gauge(r.records, int64(holds.Locations), "location")
	gauge(r.records, int64(holds.Sources), "source")
}
