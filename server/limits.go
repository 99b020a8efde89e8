package server

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Limits bound what one request and one client may cost. docs/limits.md is the
// table for people. The zero value of a member is wrong except where it says
// otherwise: start from [DefaultLimits].
type Limits struct {
	// Body is the longest body of a request in bytes, as sent. Beyond: 413.
	Body int
	// URL is the longest query string of a request in bytes. Beyond: 414.
	URL int
	// Header is the most bytes of a request's line and headers together. Beyond: 431.
	Header int

	// ReadHeader is the time in which a client must have sent its headers.
	ReadHeader time.Duration
	// Read is the time in which a client must have sent its whole request.
	Read time.Duration
	// Write is the time in which an answer must have been taken, counted from the end
	// of the request's headers. It must leave room for Wait and Time.
	Write time.Duration
	// Idle is how long a connection is kept between two requests.
	Idle time.Duration
	// Shutdown is how long a stopping server waits for the requests under way.
	Shutdown time.Duration

	// Tokens is the most lexical tokens of a document (GraphQL, 2.1), comments included.
	Tokens int
	// Name is the most characters of a name or number in a document: response keys are
	// repeated once for each record of an answer.
	Name int
	// Depth is how deep fields nest, fragments spread out. Introspection has an
	// allowance of its own.
	Depth int
	// Fields is the most fields of an operation, fragments spread out.
	Fields int
	// Aliases is the most aliases of a document.
	Aliases int
	// Directives is the most directives of a document.
	Directives int
	// Repeats is how often one selection set may hold the same response key.
	Repeats int
	// Operations is the most operations of a document.
	Operations int
	// Fragments is the most fragment definitions of a document.
	Fragments int
	// Nesting is how deep lists and objects nest in an argument or a variable.
	Nesting int
	// Cost is the most fields that an answer is expected to hold: connections count as
	// many records as they are asked for, other lists as four.
	Cost int
	// Values is the most fields that an answer may hold in fact.
	Values int
	// Errors is the most errors of an answer; extensions.omitted counts the others.
	Errors int

	// Time is how long one question may take, its wait not counted.
	Time time.Duration
	// Concurrency is how many questions are worked on at once; 0: as many as the
	// database has readers.
	Concurrency int
	// Queue is how many more may wait for their turn; 0: none. Beyond: 503.
	Queue int
	// Wait is how long one of them waits at most. After that: 503.
	Wait time.Duration

	// Rate is how many requests a second one client may send to /graphql in the long
	// run; 0: any number. Clients on this machine are not limited. Beyond: 429.
	Rate int
	// Burst is how many requests a client may send at once.
	Burst int
	// Clients is how many clients are told apart; the one seen longest ago is forgotten.
	Clients int

	// Documents is how many bytes of text the documents remembered as checked may have.
	// In memory they take about forty times as much.
	Documents int
	// Plans is how many bytes the plans of documents may take in memory; 0: none is kept.
	Plans int
	// Persisted is how many bytes the documents remembered by their hash may have.
	Persisted int
	// Answers is how many bytes the answers kept until the record changes may have; 0:
	// none is kept.
	Answers int
}

// DefaultLimits are the limits of a server on the open internet.
func DefaultLimits() Limits {
	return Limits{
		Body:   128 << 10,
		URL:    8 << 10,
		Header: 16 << 10,

		ReadHeader: 5 * time.Second,
		Read:       10 * time.Second,
		Write:      30 * time.Second,
		Idle:       60 * time.Second,
		Shutdown:   10 * time.Second,

		Tokens:     5000,
		Name:       128,
		Depth:      20,
		Fields:     500,
		Aliases:    60,
		Directives: 50,
		Repeats:    20,
		Operations: 10,
		Fragments:  100,
		Nesting:    40,
		Cost:       50_000,
		Values:     250_000,
		Errors:     20,

		Time:  10 * time.Second,
		Queue: 64,
		Wait:  2 * time.Second,

		Rate:    20,
		Burst:   100,
		Clients: 10_000,

		Documents: 512 << 10,
		Plans:     32 << 20,
		Persisted: 4 << 20,
		Answers:   64 << 20,
	}
}

// limit is one member of Limits by the name that people call it.
type limit struct {
	name  string
	count *int           // one of the two
	time  *time.Duration // is set
	zero  bool           // may be 0
}

// members lists the limits in the order of the table for people.
func (l *Limits) members() []limit {
	return []limit{
		{name: "body", count: &l.Body},
		{name: "url", count: &l.URL},
		{name: "header", count: &l.Header},
		{name: "read-header", time: &l.ReadHeader},
		{name: "read", time: &l.Read},
		{name: "write", time: &l.Write},
		{name: "idle", time: &l.Idle},
		{name: "shutdown", time: &l.Shutdown},
		{name: "tokens", count: &l.Tokens},
		{name: "name", count: &l.Name},
		{name: "depth", count: &l.Depth},
		{name: "fields", count: &l.Fields},
		{name: "aliases", count: &l.Aliases, zero: true},
		{name: "directives", count: &l.Directives, zero: true},
		{name: "repeats", count: &l.Repeats},
		{name: "operations", count: &l.Operations},
		{name: "fragments", count: &l.Fragments, zero: true},
		{name: "nesting", count: &l.Nesting},
		{name: "cost", count: &l.Cost},
		{name: "values", count: &l.Values},
		{name: "errors", count: &l.Errors},
		{name: "time", time: &l.Time},
		{name: "concurrency", count: &l.Concurrency, zero: true},
		{name: "queue", count: &l.Queue, zero: true},
		{name: "wait", time: &l.Wait},
		{name: "rate", count: &l.Rate, zero: true},
		{name: "burst", count: &l.Burst},
		{name: "clients", count: &l.Clients},
		{name: "documents", count: &l.Documents, zero: true},
		{name: "plans", count: &l.Plans, zero: true},
		{name: "persisted", count: &l.Persisted, zero: true},
		{name: "answers", count: &l.Answers, zero: true},
	}
}

// String is the limit's value as [Limits.Set] reads it.
func (m limit) String() string {
	if m.time != nil {
		return m.time.String()
	}
	return strconv.Itoa(*m.count)
}

// Set gives the limit of that name (the table's: depth, read-header) a value, a
// whole number or a duration such as 10s. An unknown name and a value that cannot
// be are errors that say so.
func (l *Limits) Set(name, value string) error {
	for _, m := range l.members() {
		if m.name != name {
			continue
		}
		if err := m.set(value); err != nil {
			return fmt.Errorf("limit %s: %w", name, err)
		}
		return m.check()
	}
	return fmt.Errorf("no limit is called %q", name)
}

func (m limit) set(value string) (err error) {
	if m.time != nil {
		if *m.time, err = time.ParseDuration(value); err != nil {
			return fmt.Errorf("%q is no duration such as 10s", value)
		}
		return nil
	}
	if *m.count, err = strconv.Atoi(value); err != nil {
		return fmt.Errorf("%q is no whole number", value)
	}
	return nil
}

func (m limit) check() error {
	switch {
	case m.time != nil && *m.time <= 0:
		return fmt.Errorf("limit %s: a duration is more than 0, not %s", m.name, m)
	case m.time != nil:
		return nil
	case *m.count < 0 || *m.count == 0 && !m.zero:
		return fmt.Errorf("limit %s: %s is too small", m.name, m)
	}
	return nil
}

// check says everything that is wrong with the limits.
func (l Limits) check() error {
	var all []error
	for _, m := range l.members() {
		all = append(all, m.check())
	}
	if l.Write < l.Wait+l.Time {
		all = append(all, fmt.Errorf("limit write: %s is less than wait and time together", l.Write))
	}
	return errors.Join(all...)
}
