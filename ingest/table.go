package ingest

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"tarikh/timeline"
)

// table is a text of rows and cells (RFC 4180), read row by row.
type table struct {
	rows *csv.Reader
	text *sound
	head *header
	last int // the line on which the row before ended, about
}

// header is what the cells of a row are called.
type header struct {
	columns []string       // as written
	at      map[string]int // by [columnName]
	quoted  []string       // each as the JSON text that begins its member of a raw row
}

// row is one row of a table, or a JSON object of texts. It lasts until the next one is read,
// unless it is kept.
type row struct {
	line  int
	head  *header
	cells []string
	json  string // as it was, where it came as JSON
}

// openTable reads the header of a table whose cells a comma (or what stands for it) parts. With
// columns given the text has none.
func openTable(in *bufio.Reader, comma rune, columns []string) (*table, error) {
	t := &table{text: newSound(in)}
	t.rows = csv.NewReader(bufio.NewReaderSize(t.text, bufferSize))
	t.rows.Comma, t.rows.FieldsPerRecord, t.rows.ReuseRecord = comma, -1, true
	if columns == nil {
		cells, err := t.read()
		if errors.Is(err, io.EOF) {
			return nil, damaged(1, "the table has no header")
		}
		if err != nil {
			return nil, err
		}
		columns = slices.Clone(cells)
	}
	t.head = newHeader(columns)
	return t, nil
}

// newHeader names columns. One without a name is left out of raw rows where it is empty; a name
// that comes again gets a number.
func newHeader(columns []string) *header {
	h := &header{columns: columns, at: make(map[string]int, len(columns)),
		quoted: make([]string, len(columns))}
	for i, c := range columns {
		name := columnName(c)
		if _, again := h.at[name]; again {
			c += " (" + strconv.Itoa(i+1) + ")"
			name = columnName(c)
		}
		h.at[name] = i
		h.quoted[i] = string(appendQuoted(nil, c)) + ":"
	}
	return h
}

// next reads one row; io.EOF after the last. A row that has fewer cells than the header, or says
// something beyond it, is damage: it was split or cut, and the next one cannot be trusted.
func (t *table) next() (row, error) {
	cells, err := t.read()
	if err != nil {
		return row{}, err
	}
	line, _ := t.rows.FieldPos(0)
	width := len(t.head.columns)
	if len(cells) < width {
		return row{}, damaged(line, "the row has %d cells and the header %d: it is split or cut off",
			len(cells), width)
	}
	if slices.ContainsFunc(cells[width:], func(c string) bool { return strings.TrimSpace(c) != "" }) {
		return row{}, damaged(line, "the row has %d cells and the header %d: a cell is split or a row"+
			" runs into the next", len(cells), width)
	}
	return row{line: line, head: t.head, cells: cells[:width]}, nil
}

// read reads the cells of one row, and says in our words what is wrong with the quotation marks.
func (t *table) read() ([]string, error) {
	t.text.begins(t.last + 1)
	cells, err := t.rows.Read()
	if err == nil {
		t.last, _ = t.rows.FieldPos(len(cells) - 1)
	}
	var wrong *csv.ParseError
	if !errors.As(err, &wrong) {
		return cells, err
	}
	if wrong.StartLine != wrong.Line {
		return nil, damaged(wrong.StartLine,
			"a quotation mark is not closed, or stands inside a cell (noticed on line %d)", wrong.Line)
	}
	return nil, damaged(wrong.Line, "a quotation mark in column %d is not closed, or stands inside"+
		" a cell that is not quoted", wrong.Column)
}

// keep is a copy of the row that lasts.
func (r row) keep() row {
	r.cells = slices.Clone(r.cells)
	return r
}

// cell is the text of the first of these columns that the table has, without space around it.
func (r row) cell(columns ...string) string {
	for _, c := range columns {
		if i, ok := r.head.at[c]; ok {
			return strings.TrimSpace(r.cells[i])
		}
	}
	return ""
}

// empty says whether all cells are empty, as those of the rows below a spreadsheet are.
func (r row) empty() bool {
	return !slices.ContainsFunc(r.cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// raw is the row as it was: a JSON object of its cells under its columns, all texts.
func (r row) raw() string {
	if r.json != "" {
		return r.json
	}
	size := 2
	for i, c := range r.cells {
		size += len(c) + len(r.head.quoted[i]) + 3
	}
	b := append(make([]byte, 0, size+size/16), '{')
	for i, c := range r.cells {
		if c == "" && r.head.columns[i] == "" {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = appendQuoted(append(b, r.head.quoted[i]...), c)
	}
	return string(append(b, '}'))
}

// count reads a number of people; nil where the cell is empty.
func (r row) count(columns ...string) (*int, error) {
	text := r.cell(columns...)
	if text == "" {
		return nil, nil
	}
	n, err := strconv.Atoi(strings.TrimSuffix(text, ".0"))
	if err != nil || n < 0 {
		return nil, fieldError(columns[0], "%q is no number of people", clipped(text))
	}
	return &n, nil
}

// point reads a position in degrees; nil where the cells are empty. A decimal comma is read.
func (r row) point(latitude, longitude string) (*timeline.Point, error) {
	lat, lon := r.cell(latitude), r.cell(longitude)
	if lat == "" && lon == "" {
		return nil, nil
	}
	p, ok := readPoint(lat, lon)
	if !ok {
		return nil, noPosition(latitude, lat, lon)
	}
	return p, nil
}

// noPosition says that two cells are no latitude and longitude.
func noPosition(column, lat, lon string) error {
	return fieldError(column, "%q, %q is no position in degrees", clipped(lat), clipped(lon))
}

// readPoint reads a latitude and a longitude in degrees.
func readPoint(lat, lon string) (*timeline.Point, bool) {
	y, err := strconv.ParseFloat(strings.Replace(lat, ",", ".", 1), 64)
	x, err2 := strconv.ParseFloat(strings.Replace(lon, ",", ".", 1), 64)
	if err != nil || err2 != nil || !(y >= -90 && y <= 90 && x >= -180 && x <= 180) {
		return nil, false
	}
	return &timeline.Point{Lat: y, Lon: x}, true
}

// clipped shortens what a message repeats of a file.
func clipped(s string) string {
	const most = 60
	letters := []rune(s)
	if len(letters) <= most {
		return s
	}
	return string(letters[:most]) + "…"
}

// appendQuoted appends a text as a JSON string (RFC 8259, 7), its letters as they are.
func appendQuoted(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(append(b, s[from:]...), '"')
}

// each calls take for every row of a table until the file or the patience ends. What take
// returns is wrong with that row alone.
func (o *out) each(t *table, take func(row) error) error {
	for !o.over && o.broken == nil {
		r, err := t.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := take(r); err != nil {
			o.refuse(r.line, err)
		}
	}
	return nil
}

// commaOf is what parts the cells of the table that is about to be read.
func commaOf(in *bufio.Reader) (rune, error) {
	head, err := in.Peek(headSize)
	if len(head) == 0 && err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	comma, _ := columnsOf(head)
	if comma == 0 {
		comma = ','
	}
	return comma, nil
}
