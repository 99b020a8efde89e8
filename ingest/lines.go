package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"

	"tarikh/edtf"
	"tarikh/timeline"
)

// isLines recognises Tarikh's own lines: JSON objects, one after the other. They come last in
// the list of formats, because others are JSON, too.
func isLines(g *glance) bool { return len(g.head) > 0 && g.head[0] == '{' }

// readLines reads Tarikh's own lines: [timeline.Record] as JSON, one a line or indented. Within
// an object no member may come twice: encoding/json would silently keep the last.
func readLines(r *bufio.Reader, _ Options) iter.Seq2[timeline.Incoming, error] {
	return func(yield func(timeline.Incoming, error) bool) {
		s := newSplitter(r)
		for {
			text, line, err := s.next()
			if errors.Is(err, io.EOF) {
				return
			}
			in := timeline.Incoming{Line: line}
			if err == nil {
				in.Record, err = parseRecord(text, line)
			}
			var wrong *timeline.LineError
			if !yield(in, err) || err != nil && !errors.As(err, &wrong) {
				return
			}
		}
	}
}

// parseRecord reads the text of one record that begins on a line. Its errors are line errors at
// the line of the mistake, as near as it can be told.
func parseRecord(text []byte, begins int) (*timeline.Record, error) {
	fail := func(at int, message string) error {
		line := begins + lineOf(text, at) - 1
		return &timeline.LineError{Line: line,
			Err: timeline.Errorf(timeline.CodeInvalid, "%s%s", message, since(begins, line))}
	}
	if at := bytes.IndexByte(text, 0); at >= 0 {
		return nil, fail(at, "a NUL byte stands in the text")
	}
	if at := invalidUTF8(text); at >= 0 {
		return nil, fail(at, "the text is not valid UTF-8 here; save the file as UTF-8")
	}
	r, err := timeline.ParseRecord(text)
	if err != nil {
		message := inOurWords(err)
		return nil, fail(locate(text, message), message)
	}
	if name, at := repeatedMember(text); at >= 0 {
		return nil, fail(at, "the member "+name+" comes twice in one object")
	}
	return r, nil
}

// inOurWords leaves the names of Go's packages and embedded types out of a message.
func inOurWords(err error) string {
	return strings.Replace(strings.TrimPrefix(err.Error(), "json: "), ".Identity.", ".", 1)
}

// invalidUTF8 is the offset of the first byte that is no UTF-8; -1 where all are.
func invalidUTF8(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for at := 0; ; {
		c, size := utf8.DecodeRune(text[at:])
		if c == utf8.RuneError && size <= 1 {
			return at
		}
		at += size
	}
}

// locate is the offset of what a record was refused for; 0, the record's beginning, where that
// cannot be told. The strict parser gives no offset, so the text is asked again.
func locate(text []byte, message string) int {
	var syntax *json.SyntaxError
	var misfit *json.UnmarshalTypeError
	var date *edtf.ParseError
	var again timeline.Record
	switch err := json.Unmarshal(text, &again); {
	case errors.As(err, &syntax):
		return int(syntax.Offset) - 1
	case errors.As(err, &misfit):
		return int(misfit.Offset) - 1
	case errors.As(err, &date):
		written, _ := json.Marshal(date.Input)
		return onlyPlace(text, regexp.QuoteMeta(string(written)))
	}
	if name, ok := strings.CutPrefix(message, "unknown field "); ok {
		return onlyPlace(text, regexp.QuoteMeta(name)+`\s*:`)
	}
	return 0
}

// onlyPlace is the offset of a pattern that stands in the text once, else 0.
func onlyPlace(text []byte, pattern string) int {
	all := regexp.MustCompile(pattern).FindAllIndex(text, 2)
	if len(all) != 1 {
		return 0
	}
	return all[0][0]
}

// repeatedMember finds a member that comes twice in one object of a valid JSON text, whatever
// its case (the parser takes either), and gives its name as written and its offset; -1 where
// there is none.
func repeatedMember(text []byte) (name string, at int) {
	members := [][][]byte{nil} // of every object or list that is open, outermost first
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{', '[':
			members = append(members, nil)
		case '}', ']':
			members = members[:len(members)-1]
		case '"':
			end := stringEnd(text, i)
			word, here := text[i:end], &members[len(members)-1]
			if rest := bytes.TrimLeft(text[end:], space); len(rest) > 0 && rest[0] == ':' {
				for _, other := range *here {
					if bytes.EqualFold(other, word) {
						return string(word), i
					}
				}
				*here = append(*here, word)
			}
			i = end - 1
		}
	}
	return "", -1
}

// stringEnd is the offset after the JSON string that begins at i.
func stringEnd(text []byte, i int) int {
	for i++; text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i + 1
}
