package timeline

import (
	"errors"
	"fmt"
)

// Code says what kind of mistake an error is. It is the one taxonomy from which
// GraphQL's extensions.code, the HTTP status and the exit code are taken.
type Code string

// The taxonomy. An error without a code is [CodeInternal]: it is logged once and
// shown to nobody.
const (
	CodeInvalid         Code = "INVALID"         // the question or the file is wrong; the field says where
	CodeNotFound        Code = "NOT_FOUND"       // a ref, code or scheme that does not exist
	CodeConflict        Code = "CONFLICT"        // it collides with what is there already
	CodeTooLarge        Code = "TOO_LARGE"       // more than the service gives or takes at once
	CodeForbidden       Code = "FORBIDDEN"       // known, but not allowed
	CodeUnauthenticated Code = "UNAUTHENTICATED" // who is asking is not known
	CodeRateLimited     Code = "RATE_LIMITED"    // too often
	CodeUnavailable     Code = "UNAVAILABLE"     // not now: starting, stopping, busy, locked, full
	CodeInternal        Code = "INTERNAL"        // our mistake
)

// Error is a mistake that may be told to whoever made it.
type Error struct {
	Code    Code
	Field   string // path of the wrong field, such as where.place.within[0]; empty where none is meant
	Message string // one sentence, lower-case, without the field
}

// Error gives the field, where there is one, and the message.
func (e *Error) Error() string {
	if e.Field == "" {
		return e.Message
	}
	return e.Field + ": " + e.Message
}

// Errorf makes an error of the taxonomy that names no field.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Invalidf makes an INVALID error that names the field.
func Invalidf(field, format string, args ...any) *Error {
	return &Error{Code: CodeInvalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// NotFoundf makes a NOT_FOUND error that names the field.
func NotFoundf(field, format string, args ...any) *Error {
	return &Error{Code: CodeNotFound, Field: field, Message: fmt.Sprintf(format, args...)}
}

// CodeOf is the code of the first coded error in err's chain, CodeInternal where
// there is none, and empty for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

// Status is one row of the taxonomy's table.
type Status struct {
	Code Code
	HTTP int // RFC 9110 status code
	Exit int // exit code of the command, after BSD's sysexits(3)
}

// Statuses is the table from which every door takes its status, in the order of
// the constants above.
func Statuses() []Status {
	return []Status{
		{CodeInvalid, 400, 65},         // EX_DATAERR
		{CodeNotFound, 404, 66},        // EX_NOINPUT
		{CodeConflict, 409, 65},        // EX_DATAERR
		{CodeTooLarge, 413, 65},        // EX_DATAERR
		{CodeForbidden, 403, 77},       // EX_NOPERM
		{CodeUnauthenticated, 401, 77}, // EX_NOPERM
		{CodeRateLimited, 429, 75},     // EX_TEMPFAIL
		{CodeUnavailable, 503, 69},     // EX_UNAVAILABLE
		{CodeInternal, 500, 70},        // EX_SOFTWARE
	}
}

// StatusOf is the row of the table for err's code.
func StatusOf(err error) Status {
	code := CodeOf(err)
	for _, s := range Statuses() {
		if s.Code == code {
			return s
		}
	}
	return Status{Code: CodeInternal, HTTP: 500, Exit: 70}
}
