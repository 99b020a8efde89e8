package server

import (
	"encoding/json"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// answer is what became of a question. Exactly one of refused, unchanged, and data or
// body is set.
type answer struct {
	refused   *refusal
	unchanged bool   // the client holds it already
	data      []byte // JSON
	errs      gqlerror.List

	extensions map[string]any
	body       []byte // the whole answer as it is sent; nil: not written yet
	packed     bool   // the body is gzip
	recalled   bool   // it was kept from an earlier question
	tag        string // the answer's entity tag; empty: it has none
	about      *about // nil: it did not come so far
	revision   int64
	statements int
	took       time.Duration // at work
}

// about is what logs, metrics and traces say of an operation.
type about struct {
	kind     string // query or mutation
	name     string // empty: it has none
	document string // SHA-256 of its text, hexadecimal
}

// extend adds a member to the extensions.
func (a *answer) extend(key string, value any) {
	if a.extensions == nil {
		a.extensions = map[string]any{}
	}
	a.extensions[key] = value
}

// outcome is what became of a question in one word: ok, unchanged, or the code of its
// first error.
func (a *answer) outcome() string {
	switch {
	case a.refused != nil:
		return a.refused.code()
	case a.unchanged:
		return "unchanged"
	case len(a.errs) > 0:
		return codeOf(a.errs)
	}
	return "ok"
}

// written is an answer in JSON, as GraphQL's specification has it (7.1): a refusal has
// no member data. The data is JSON already and is not read again.
func (a *answer) written(l Limits) []byte {
	if a.body != nil {
		return a.body
	}
	var b []byte
	errs, extensions := a.errs, a.extensions
	if a.refused != nil {
		var omitted int
		if errs, omitted = curb(a.refused.errs, l.Errors); omitted > 0 {
			extensions = map[string]any{keyOmitted: omitted}
		}
	}
	sign := byte('{')
	member := func(name string, value []byte) {
		b = append(b, sign)
		b = append(b, `"`+name+`":`...)
		b = append(b, value...)
		sign = ','
	}
	if len(errs) > 0 {
		member("errors", mustJSON(errs))
	}
	if a.refused == nil {
		member("data", a.data)
	}
	if len(extensions) > 0 {
		member("extensions", mustJSON(extensions))
	}
	return append(b, "}\n"...)
}

// mustJSON writes what consists of strings and numbers.
func mustJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic("server: " + err.Error())
	}
	return text
}
