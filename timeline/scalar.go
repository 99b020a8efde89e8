package timeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"time"
)

// URL is an absolute http or https address.
type URL string

// ParseURL checks that s is an absolute http or https address.
func ParseURL(s string) (URL, error) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", Errorf(CodeInvalid, "%q is no absolute http or https address", clip(s))
	}
	return URL(s), nil
}

// MarshalGQL writes the address as a GraphQL string.
func (u URL) MarshalGQL(w io.Writer) { writeQuoted(w, string(u)) }

// UnmarshalGQL reads the address from a GraphQL string.
func (u *URL) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("a URL is a string")
	}
	parsed, err := ParseURL(s)
	if err == nil {
		*u = parsed
	}
	return err
}

// DateTime is an instant, written in UTC as RFC 3339 says, to the millisecond.
type DateTime struct{ time.Time }

// dateTimeForm is RFC 3339 with at most three decimals of a second.
const dateTimeForm = "2006-01-02T15:04:05.999Z07:00"

// NewDateTime cuts an instant to the precision in which it is kept.
func NewDateTime(t time.Time) DateTime { return DateTime{t.UTC().Truncate(time.Millisecond)} }

// DateTimeOfMillis is the instant that many milliseconds after 1970 began.
func DateTimeOfMillis(ms int64) DateTime { return DateTime{time.UnixMilli(ms).UTC()} }

// String is the instant as RFC 3339 writes it.
func (d DateTime) String() string { return d.UTC().Format(dateTimeForm) }

// MarshalGQL writes the instant as a GraphQL string.
func (d DateTime) MarshalGQL(w io.Writer) {
	var text []byte // written where the writer keeps it, if it lends its room
	if b, ok := w.(interface{ AvailableBuffer() []byte }); ok {
		text = b.AvailableBuffer()
	}
	_, _ = w.Write(append(d.UTC().AppendFormat(append(text, '"'), dateTimeForm), '"'))
}

// UnmarshalGQL reads the instant from a GraphQL string.
func (d *DateTime) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("a DateTime is a string as RFC 3339 writes it")
	}
	return d.UnmarshalText([]byte(s))
}

// MarshalText writes RFC 3339.
func (d DateTime) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// MarshalJSON writes RFC 3339 in quotes.
func (d DateTime) MarshalJSON() ([]byte, error) { return []byte(strconv.Quote(d.String())), nil }

// UnmarshalJSON reads RFC 3339 in quotes.
func (d *DateTime) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	return d.UnmarshalText([]byte(s))
}

// UnmarshalText reads RFC 3339.
func (d *DateTime) UnmarshalText(b []byte) error {
	t, err := time.Parse(time.RFC3339Nano, string(b))
	if err != nil {
		return Errorf(CodeInvalid, "%q is no RFC 3339 instant", clip(string(b)))
	}
	*d = NewDateTime(t)
	return nil
}

// writeQuoted writes s as a JSON string without escaping what HTML would escape.
func writeQuoted(w io.Writer, s string) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	_, _ = w.Write(bytes.TrimRight(b.Bytes(), "\n"))
}

// strictJSON decodes one JSON value and refuses members that the Go type has not and
// anything after the value.
func strictJSON(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows the JSON value")
	}
	return nil
}
