package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"tarikh/timeline"
)

// question is one GraphQL request, however it came.
type question struct {
	Query      string         `json:"query"`
	Operation  string         `json:"operationName"`
	Variables  map[string]any `json:"variables"`
	Extensions map[string]any `json:"extensions"`

	readOnly   bool                  // asked by a method that must not change anything
	statements bool                  // wants extensions.statements and revision
	holds      func(tag string) bool // whether the client has the answer of that tag; nil: never
	media      string                // of the answer
	packed     bool                  // the client takes gzip
	base       string                // scheme and host under which the service was reached; empty: not over HTTP
}

// readQuestion reads the question of a GET, HEAD or POST request.
func readQuestion(w http.ResponseWriter, r *http.Request, l Limits) (*question, *refusal) {
	read := fromBody
	if r.Method != http.MethodPost {
		read = fromURL
	}
	q, refused := read(w, r, l)
	if refused == nil && q.Query == "" && q.Extensions[persistedQuery] == nil {
		refused = malformed("there is no query")
	}
	return q, refused
}

// malformed is the refusal of a request that is no question. Nothing of it is
// repeated to whoever sent it.
func malformed(message string) *refusal {
	return refuse(http.StatusBadRequest, timeline.CodeInvalid, "%s", message)
}

// fromBody reads a question as JSON (GraphQL over HTTP, POST).
func fromBody(w http.ResponseWriter, r *http.Request, l Limits) (*question, *refusal) {
	if refused := checkType(w, r); refused != nil {
		return nil, refused
	}
	if r.ContentLength > int64(l.Body) {
		return nil, bodyTooLarge(l)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(l.Body)))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, bodyTooLarge(l)
	case err != nil:
		return nil, refuse(http.StatusRequestTimeout, timeline.CodeInvalid, "the body did not come whole")
	}
	body = bytes.TrimLeft(body, " \t\r\n")
	if bytes.HasPrefix(body, []byte("[")) {
		return nil, malformed("one request is one question: batches are not served")
	}
	var q question
	if err := decodeJSON(body, &q); err != nil || bytes.HasPrefix(body, []byte("null")) {
		return nil, malformed("the body is no JSON object with a query, operationName, variables and extensions")
	}
	return &q, nil
}

// checkType refuses a body that is not plain JSON. Only a type that browsers send to
// another origin after asking is taken, so that no page can send questions unasked.
func checkType(w http.ResponseWriter, r *http.Request) *refusal {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	coding := r.Header.Get("Content-Encoding")
	switch {
	case err != nil || kind != mediaJSON || !isUTF8(params["charset"]):
		w.Header().Set("Accept-Post", mediaJSON)
		return refuse(http.StatusUnsupportedMediaType, timeline.CodeInvalid,
			"the body must be %s in UTF-8", mediaJSON)
	case coding != "" && !strings.EqualFold(coding, "identity"):
		return refuse(http.StatusUnsupportedMediaType, timeline.CodeInvalid,
			"the body must not be compressed")
	}
	return nil
}

func bodyTooLarge(l Limits) *refusal {
	r := refuse(http.StatusRequestEntityTooLarge, timeline.CodeTooLarge,
		"the body is longer than %d bytes", l.Body)
	r.errs[0].Extensions[keyLimit] = "body"
	r.sized = "body"
	return r
}

// fromURL reads a question from the query string (GraphQL over HTTP, GET).
func fromURL(_ http.ResponseWriter, r *http.Request, l Limits) (*question, *refusal) {
	if len(r.URL.RawQuery) > l.URL {
		refused := refuse(http.StatusRequestURITooLong, timeline.CodeTooLarge,
			"the query string is longer than %d bytes", l.URL)
		refused.errs[0].Extensions[keyLimit] = "url"
		refused.sized = "url"
		return nil, refused
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, malformed("the query string is malformed")
	}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		if len(values[name]) > 1 {
			return nil, malformed(name + " is given more than once")
		}
	}
	q := &question{Query: values.Get("query"), Operation: values.Get("operationName"), readOnly: true}
	for name, into := range map[string]*map[string]any{
		"variables": &q.Variables, "extensions": &q.Extensions,
	} {
		if text := values.Get(name); text != "" && decodeJSON([]byte(text), into) != nil {
			return nil, malformed(name + " is no JSON object")
		}
	}
	return q, nil
}

// decodeJSON reads one JSON value and nothing after it; numbers keep their digits.
func decodeJSON(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows the JSON value")
	}
	return nil
}
