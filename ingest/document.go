package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"sort"
	"strconv"
	"strings"

	"tarikh/timeline"
)

// document is one JSON text whose long lists are read one element at a time.
type document struct {
	tokens *json.Decoder
	text   *sound
	lines  *lineTrack
	enter  map[string]bool
	take   func(part)
}

// part is one value of a document.
type part struct {
	path string // such as events[]; sources.* for a member of an object that is keyed by ids
	name string // the member's name
	line int    // on which it begins
	raw  json.RawMessage
}

// walk reads a JSON text and hands over its values: those at the paths in enter piece by piece,
// the others whole. A text that is no JSON is damage.
func (o *out) walk(in *bufio.Reader, enter []string, take func(part)) error {
	d := &document{text: newSound(in), enter: map[string]bool{"": true}, take: take}
	d.lines = &lineTrack{in: d.text}
	d.tokens = json.NewDecoder(d.lines)
	for _, path := range enter {
		d.enter[path] = true
	}
	if err := d.value(o, "", ""); err != nil {
		return d.explain(err)
	}
	if _, err := d.tokens.Token(); !o.over && !errors.Is(err, io.EOF) {
		if err == nil {
			err = errors.New("something follows the JSON value")
		}
		return d.explain(err)
	}
	return nil
}

func (d *document) value(o *out, path, name string) error {
	if o.over {
		return nil
	}
	if !d.enter[path] {
		return d.whole(path, name)
	}
	token, err := d.tokens.Token()
	if err != nil {
		return err
	}
	open, ok := token.(json.Delim)
	for ok && d.tokens.More() && !o.over {
		inner, member := path+"[]", ""
		if open == '{' {
			key, err := d.tokens.Token()
			if err != nil {
				return err
			}
			member, _ = key.(string)
			inner = d.memberPath(path, member)
		}
		if err := d.value(o, inner, member); err != nil {
			return err
		}
	}
	if ok && !o.over {
		_, err = d.tokens.Token()
	}
	return err
}

func (d *document) memberPath(path, member string) string {
	switch {
	case path == "":
		return member
	case d.enter[path+".*"]:
		return path + "[]"
	}
	return path + "." + member
}

// whole hands one value over as it is.
func (d *document) whole(path, name string) error {
	d.text.begins(d.lines.of(d.tokens.InputOffset()))
	var raw json.RawMessage
	if err := d.tokens.Decode(&raw); err != nil {
		return err
	}
	begins := d.tokens.InputOffset() - int64(len(raw))
	d.take(part{path: path, name: name, line: d.lines.of(begins), raw: raw})
	return nil
}

// explain gives an error of the JSON parser its line and our words.
func (d *document) explain(err error) error {
	var syntax *json.SyntaxError
	switch {
	case timeline.CodeOf(err) != timeline.CodeInternal:
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return damaged(d.text.line, "the JSON text ends in the middle")
	case errors.As(err, &syntax):
		return damaged(d.lines.of(max(syntax.Offset-1, d.tokens.InputOffset())), "this is no JSON: %s", err)
	}
	return damaged(d.lines.of(d.tokens.InputOffset()), "this is no JSON: %s", err)
}

// lineTrack knows the line of each offset that was read and not yet asked for.
type lineTrack struct {
	in     io.Reader
	read   int64
	passed int     // lines that ended before the first of ends
	ends   []int64 // offsets of the newlines that no question went beyond
}

// Read implements [io.Reader].
func (t *lineTrack) Read(b []byte) (int, error) {
	n, err := t.in.Read(b)
	for at := 0; ; {
		i := bytes.IndexByte(b[at:n], '\n')
		if i < 0 {
			break
		}
		at += i + 1
		t.ends = append(t.ends, t.read+int64(at-1))
	}
	t.read += int64(n)
	return n, err
}

// of is the line of an offset. Offsets are asked for in order.
func (t *lineTrack) of(offset int64) int {
	n := sort.Search(len(t.ends), func(i int) bool { return t.ends[i] >= offset })
	t.passed += n
	t.ends = append(t.ends[:0], t.ends[n:]...)
	return 1 + t.passed
}

// object is a JSON object of which only texts are wanted.
type object map[string]any

// readObject reads a JSON object, its numbers as they are written.
func readObject(raw []byte) (object, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var o object
	if err := d.Decode(&o); err != nil || o == nil {
		return nil, timeline.Errorf(timeline.CodeInvalid, "this is no JSON object: it begins with %q",
			clipped(string(bytes.TrimSpace(raw[:min(len(raw), 20)]))))
	}
	return o, nil
}

// in is the object that is a member; nil where it is none.
func (o object) in(member string) object {
	inner, _ := o[member].(map[string]any)
	return inner
}

// text is the first of these members that says something, as a text.
func (o object) text(members ...string) string {
	for _, m := range members {
		if s := textOf(o[m]); s != "" {
			return s
		}
	}
	return ""
}

// texts are the texts of a list, or the one text that stands in its place.
func (o object) texts(member string) []string {
	list, ok := o[member].([]any)
	if !ok {
		list = []any{o[member]}
	}
	var all []string
	for _, v := range list {
		if s := textOf(v); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// says lists the members, out of these, that say something.
func (o object) says(members ...string) []string {
	var all []string
	for _, m := range members {
		switch v := o[m].(type) {
		case nil:
		case map[string]any:
			for _, inner := range v {
				if textOf(inner) != "" {
					all = append(all, m)
					break
				}
			}
		case []any:
			if len(v) > 0 {
				all = append(all, m)
			}
		default:
			if textOf(v) != "" {
				all = append(all, m)
			}
		}
	}
	return all
}

func textOf(v any) string {
	switch t := v.(type) {
	case string:
		return strings.TrimSpace(t)
	case json.Number:
		return t.String()
	case bool:
		return strconv.FormatBool(t)
	}
	return ""
}

// row is the object as a row of a table, its members in order of their names.
func (o object) row(line int, raw string) row {
	columns := make([]string, 0, len(o))
	for name := range o {
		columns = append(columns, name)
	}
	sort.Strings(columns)
	cells := make([]string, len(columns))
	for i, name := range columns {
		cells[i] = textOf(o[name])
	}
	return row{line: line, head: newHeader(columns), cells: cells, json: raw}
}

// compact is a JSON value on one line.
func compact(raw []byte) string {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return string(raw)
	}
	return b.String()
}
