package server

import (
	"encoding/json"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// answer is what became of a question. Exactly one of refused, unchanged and data is
// set.
type answer struct {
	refused   *refusal
	unchanged bool   // the client holds it already
	data      []byte // JSON
	errs      gqlerror.List

	extensions map[string]any
	tag        string     // the answer's entity tag; empty: it has none
	op         *operation // nil: it did not come so far
	revision   int64
	statements int
	took       time.Duration // at work
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

// appendJSON writes an answer as GraphQL's specification has it (7.1): a refusal has
// no member data. The data is JSON already and is not read again.
func (a *answer) appendJSON(b []byte, l Limits) []byte {
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
