package export

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// appendQuoted appends a JSON string. Letters of any script stand as they are; so do <, > and &,
// which only HTML minds. Bytes that are not UTF-8 become U+FFFD.
func appendQuoted(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			b = appendRune(b, r)
			i += n
			continue
		}
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\t':
			b = append(b, '\\', 't')
		case c < ' ' || c == 0x7f:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
		i++
	}
	return append(b, '"')
}

// appendRune writes the two line separators that JavaScript once minded as escapes: readers
// that part a stream into lines by Unicode's rules would cut a line in two there.
func appendRune(b []byte, r rune) []byte {
	switch r {
	case '\u2028':
		return append(b, `\u2028`...)
	case '\u2029':
		return append(b, `\u2029`...)
	case '\u0085':
		return append(b, `\u0085`...)
	}
	return utf8.AppendRune(b, r)
}

// appendValue appends any value as JSON, HTML's letters as they are.
func appendValue(b []byte, v any) ([]byte, error) {
	buf := bytes.NewBuffer(b)
	e := json.NewEncoder(buf)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), err
}

// separate appends what stands before the next member of a list.
func (p *page) separate() {
	if p.n > 0 {
		p.line = append(p.line, ',')
	}
	p.line = append(p.line, '\n')
}

// put appends a value to the line at hand and writes the line out.
func (p *page) put(v any) error {
	var err error
	if p.line, err = appendValue(p.line, v); err != nil {
		return err
	}
	return p.flushLine()
}
