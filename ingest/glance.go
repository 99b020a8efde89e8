package ingest

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
)

// glance is what the head of a text shows: the columns of its first row, or the members of its
// first JSON value.
type glance struct {
	head    []byte
	options Options
	columns map[string]bool // in lower case
	members map[string]bool // such as events[].start_date; type=FeatureCollection for short texts
}

func newGlance(head []byte, o Options) *glance {
	g := &glance{head: head, options: o}
	if len(head) > 0 && (head[0] == '{' || head[0] == '[') {
		g.members = membersOf(head)
		return g
	}
	_, g.columns = columnsOf(head)
	return g
}

// never recognises nothing: a format that must be asked for.
func never(*glance) bool { return false }

// has says whether all of these columns are there.
func (g *glance) has(columns ...string) bool {
	for _, c := range columns {
		if !g.columns[c] {
			return false
		}
	}
	return true
}

// columnsOf reads the first row of a table: parted by whatever parts it into most cells.
func columnsOf(head []byte) (comma rune, columns map[string]bool) {
	for _, c := range []rune{',', ';', '\t'} {
		r := csv.NewReader(bytes.NewReader(head))
		r.Comma, r.FieldsPerRecord = c, -1
		cells, err := r.Read()
		if err != nil || len(cells) <= len(columns) || len(cells) < 2 {
			continue
		}
		comma, columns = c, make(map[string]bool, len(cells))
		for _, cell := range cells {
			columns[columnName(cell)] = true
		}
	}
	return comma, columns
}

// columnName is the form under which columns are known.
func columnName(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// longestWord is the longest text value that a glance keeps.
const longestWord = 40

// membersOf walks the first JSON value of a text as far as the text goes.
func membersOf(head []byte) map[string]bool {
	w := memberWalk{tokens: json.NewDecoder(bytes.NewReader(head)), found: map[string]bool{}}
	w.value("")
	return w.found
}

// memberWalk gathers the paths of a JSON value's members.
type memberWalk struct {
	tokens *json.Decoder
	found  map[string]bool
}

// value walks one value; false where the text ends or is no JSON.
func (w *memberWalk) value(path string) bool {
	token, err := w.tokens.Token()
	if err != nil {
		return false
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return w.object(path)
		}
		for w.tokens.More() {
			if !w.value(path + "[]") {
				return false
			}
		}
		_, err = w.tokens.Token()
	case string:
		if len(t) <= longestWord && strings.Count(path, ".") == 0 {
			w.found[path+"="+t] = true
		}
	}
	return err == nil
}

func (w *memberWalk) object(path string) bool {
	if path != "" {
		path += "."
	}
	for w.tokens.More() {
		token, err := w.tokens.Token()
		name, ok := token.(string)
		if err != nil || !ok {
			return false
		}
		w.found[path+name] = true
		if !w.value(path + name) {
			return false
		}
	}
	_, err := w.tokens.Token()
	return err == nil
}
