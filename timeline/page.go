package timeline

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"
)

// Limits of a page.
const (
	DefaultPage = 50  // records where neither first nor last is given
	MaxRootPage = 500 // records at the root of a question
	MaxNestPage = 100 // records below another connection
)

// Page says which part of an ordered selection is meant, as the Relay Cursor
// Connections Specification has it. First and Last are never both set.
type Page struct {
	First, Last   *int
	After, Before *string
}

// NewPage checks the four arguments of a connection. nested says that the
// connection hangs below another. A page over the limit is TOO_LARGE, never cut
// down in silence; first together with last, and negative numbers, are INVALID.
func NewPage(first *int, after *string, last *int, before *string, nested bool) (Page, error) {
	p := Page{First: first, Last: last, After: after, Before: before}
	if first != nil && last != nil {
		return p, Invalidf("last", "first and last cannot be asked for together")
	}
	if first == nil && last == nil {
		size := DefaultPage
		p.First = &size
	}
	most, where := MaxRootPage, "at the root"
	if nested {
		most, where = MaxNestPage, "below another connection"
	}
	for name, n := range map[string]*int{"first": p.First, "last": p.Last} {
		if n == nil {
			continue
		}
		if *n < 0 {
			return p, Invalidf(name, "%s cannot be negative", name)
		}
		if *n > most {
			return p, &Error{Code: CodeTooLarge, Field: name,
				Message: Errorf(CodeTooLarge, "%d records are more than the %d that one page gives %s; ask for less and follow the cursors", *n, most, where).Message}
		}
	}
	return p, nil
}

// Size is how many records the page asks for; of the zero Page as many as without arguments.
func (p Page) Size() int {
	switch {
	case p.Last != nil:
		return *p.Last
	case p.First != nil:
		return *p.First
	}
	return DefaultPage
}

// PageInfo says where a page lies in its selection. Both has-values are exact.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// cursorVersion changes when the meaning of a cursor's values changes.
const cursorVersion = 1

// Cursor is a position in an order: the values by which one record is ordered,
// its id, and a mark of the question that it belongs to. It is a position, not a
// record: it stays good when the record is changed or gone.
type Cursor struct {
	Version int      `json:"v"`
	Mark    string   `json:"q"`
	Values  []string `json:"k"`
	ID      string   `json:"i"`
}

// QuestionMark is the mark of a question: a hash of its order, its canonical
// filter and its parent. The size of the page is no part of it.
func QuestionMark(order, where any, parent string) string {
	sum := sha256.Sum256([]byte(Canonical(order) + "\x00" + Canonical(where) + "\x00" + parent))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// Encode writes the cursor as opaque base64url text.
func (c Cursor) Encode() string {
	b := make([]byte, 0, 128)
	b = strconv.AppendInt(append(b, `{"v":`...), cursorVersion, 10)
	b = appendJSONString(append(b, `,"q":`...), c.Mark)
	b = append(b, `,"k":[`...)
	for i, v := range c.Values {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSONString(b, v)
	}
	b = appendJSONString(append(b, `],"i":`...), c.ID)
	return base64.RawURLEncoding.EncodeToString(append(b, '}'))
}

// appendJSONString writes a string as JSON. A page has a cursor for each record: what is plain ASCII,
// as nearly all is, does not go through encoding/json.
func appendJSONString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, err := json.Marshal(s)
			if err != nil {
				return append(b, `""`...) // strings always encode
			}
			return append(b, quoted...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

// DecodeCursor reads a cursor of the question with the given mark. A text that is
// no cursor and a cursor of another question are INVALID and name the field.
func DecodeCursor(field, text, mark string, values int) (Cursor, error) {
	var c Cursor
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = strictJSON(b, &c)
	}
	if err != nil || c.Version != cursorVersion {
		return c, Invalidf(field, "this is no cursor of this service")
	}
	if c.Mark != mark || len(c.Values) != values {
		return c, Invalidf(field, "this cursor belongs to another question: its filter, order or parent is not this one's")
	}
	return c, nil
}
