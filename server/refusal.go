package server

import (
	"fmt"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"tarikh/timeline"
)

// Keys of an error's extensions and of an answer's.
const (
	keyCode       = "code"       // of the taxonomy, or one of GraphQL's own
	keyField      = "field"      // path of the wrong argument or variable
	keyLimit      = "limit"      // the name of the limit that was passed
	keyRequest    = "requestId"  // of an internal error: what the log knows it by
	keyOmitted    = "omitted"    // of an answer: how many errors were left out
	keyStatements = "statements" // of an answer: SQL statements run
	keyRevision   = "revision"   // of an answer: the record's revision that it was read at
)

// codeNotPersisted is what clients of persisted documents wait for before they send
// the whole one.
const codeNotPersisted = "PERSISTED_QUERY_NOT_FOUND"

// refusal is an answer to a request that was not executed: errors and no data.
type refusal struct {
	status int           // of HTTP
	sized  string        // the limit that refused it, for the metrics; empty: none
	allow  string        // of a 405: the methods that are right
	after  time.Duration // when to try again; 0: not said
	errs   gqlerror.List

	// document says that the request was well-formed and its document, or a variable,
	// was not. Such a refusal is 200 to clients that ask for application/json: they
	// cannot tell a server's 400 from a proxy's (audits 572B, FDE2 and 7B9B of
	// graphql-http).
	document bool
}

// statusFor is the HTTP status for a client of that media type.
func (r *refusal) statusFor(media string) int {
	if r.document && media == mediaJSON {
		return http.StatusOK
	}
	return r.status
}

// code is that of the first error.
func (r *refusal) code() string { return codeOf(r.errs) }

// refuse makes a refusal of a request that is not even a question.
func refuse(status int, code timeline.Code, format string, args ...any) *refusal {
	return &refusal{status: status, errs: gqlerror.List{coded(string(code), format, args...)}}
}

// refuseDocument makes a refusal of a question as a whole.
func refuseDocument(errs ...*gqlerror.Error) *refusal {
	return &refusal{status: http.StatusBadRequest, document: true, errs: errs}
}

// tooMuch makes a refusal of a document that passes a limit.
func tooMuch(limit string, format string, args ...any) *refusal {
	e := coded(string(timeline.CodeTooLarge), format, args...)
	e.Extensions[keyLimit] = limit
	r := refuseDocument(e)
	r.sized = limit
	return r
}

// invalid makes a refusal of a document that validation would refuse as well.
func invalid(format string, args ...any) *refusal {
	return refuseDocument(coded(errcode.ValidationFailed, format, args...))
}

// busy makes a refusal of a request that may succeed a little later.
func busy(after time.Duration, message string) *refusal {
	r := refuse(http.StatusServiceUnavailable, timeline.CodeUnavailable, "%s", message)
	r.after = after
	return r
}

// notByGet is the refusal of a mutation by a method that must not change anything
// (GraphQL over HTTP, GET).
func notByGet() *refusal {
	r := refuse(http.StatusMethodNotAllowed, timeline.CodeInvalid, "GET is for queries only")
	r.allow = http.MethodPost
	return r
}

// coded makes an error with a code.
func coded(code, format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{
		Message:    fmt.Sprintf(format, args...),
		Extensions: map[string]any{keyCode: code},
	}
}

// codeOf is the code of the first error that has one, empty where there is none.
func codeOf(errs gqlerror.List) string {
	for _, e := range errs {
		if code, ok := e.Extensions[keyCode].(string); ok {
			return code
		}
	}
	return ""
}
