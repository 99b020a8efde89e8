package export

import (
	"strings"
	"unicode/utf8"
)

// byteOrderMark before a CSV tells Excel that it is UTF-8. Everything else is better without.
const byteOrderMark = "\uFEFF"

// table writes [Columns] as rows: a header, then one row an event, every line ended by CR LF as
// RFC 4180, 2 has it. A table has no place for the [Tail].
type table struct {
	page
	columns    []Column
	appendCell func([]byte, cell) []byte
	separator  byte
	mark       string
}

func (t *table) Begin(m Meta) error {
	t.meta, t.columns = m, Columns()
	t.line = append(t.line, t.mark...)
	for i, c := range t.columns {
		t.cell(i, text(c.Name))
	}
	return t.endRow()
}

func (t *table) Item(it *Item) error {
	v := t.see(it)
	for i, c := range t.columns {
		t.cell(i, c.cell(&v))
	}
	return t.endRow()
}

func (t *table) End(Tail) error { return t.Flush() }

func (t *table) cell(i int, c cell) {
	if i > 0 {
		t.line = append(t.line, t.separator)
	}
	t.line = t.appendCell(t.line, c)
}

func (t *table) endRow() error {
	t.line = append(t.line, '\r', '\n')
	return t.flushLine()
}

// appendCSV appends a cell by RFC 4180, 2: what holds a comma, a quote or a line break stands in
// quotes, quotes inside doubled. Edges of blank are quoted, too, as some readers trim them.
func appendCSV(b []byte, c cell) []byte {
	if c.kind != cellText {
		return c.appendPlain(b)
	}
	s := c.text
	if !strings.ContainsAny(s, "\",\r\n") && strings.TrimSpace(s) == s {
		return append(b, s...)
	}
	b = append(b, '"')
	for {
		before, after, more := strings.Cut(s, `"`)
		b = append(b, before...)
		if !more {
			return append(b, '"')
		}
		b = append(b, '"', '"')
		s = after
	}
}

// appendTSV appends a cell of text/tab-separated-values, which has no quotes and forbids tabs and
// line breaks: they become \t, \n and \r, and a backslash \\.
func appendTSV(b []byte, c cell) []byte {
	if c.kind != cellText || !strings.ContainsAny(c.text, "\\\t\n\r") {
		return c.appendPlain(b)
	}
	for i := 0; i < len(c.text); i++ {
		switch c.text[i] {
		case '\\':
			b = append(b, '\\', '\\')
		case '\t':
			b = append(b, '\\', 't')
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		default:
			b = append(b, c.text[i])
		}
	}
	return b
}

// appendExcel appends a CSV cell that a spreadsheet takes for text, never for a formula.
func appendExcel(b []byte, c cell) []byte {
	c.text = disarm(c.text)
	return appendCSV(b, c)
}

// disarm puts an apostrophe before a text that a spreadsheet would run as a formula: one that
// begins with = + - @, their full-width forms, a tab or a line break (OWASP, "CSV Injection").
// The apostrophe is what OWASP says; a tab, the other custom, is lost where cells are trimmed.
func disarm(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	if s != "" && strings.ContainsRune("=+-@＝＋－＠\t\r\n", first) {
		return "'" + s
	}
	return s
}
