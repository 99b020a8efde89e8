package export

import (
	"strconv"
	"strings"

	"tarikh/edtf"
	"tarikh/timeline"
)

// cell is one value of a row. Null is what nobody knows, which is neither 0 nor an empty text.
type cell struct {
	kind   cellKind
	text   string
	number float64 // of whole numbers and decimals; 1 of true
}

type cellKind uint8

const (
	cellNull cellKind = iota
	cellText
	cellWhole
	cellDecimal
	cellBoolean
)

// text is a text; an empty one is null: the record holds no empty texts.
func text(s string) cell {
	if s == "" {
		return cell{}
	}
	return cell{kind: cellText, text: s}
}

func whole(n *int) cell {
	if n == nil {
		return cell{}
	}
	return cell{kind: cellWhole, number: float64(*n)}
}

func decimal(f *float64) cell {
	if f == nil {
		return cell{}
	}
	return cell{kind: cellDecimal, number: *f}
}

func boolean(b bool) cell {
	c := cell{kind: cellBoolean}
	if b {
		c.number = 1
	}
	return c
}

func day(d edtf.Day) cell {
	if !d.Finite() {
		return cell{}
	}
	return text(d.String())
}

func instant(t timeline.DateTime) cell {
	if t.IsZero() {
		return cell{}
	}
	return text(t.String())
}

// list joins values by semicolons. A semicolon or backslash inside a value gets a backslash in
// front, so that the list can be taken apart again.
func list[V any](values []V, say func(*V) string) cell {
	var space [512]byte
	b := space[:0]
	for i := range values {
		s := say(&values[i])
		plain := !strings.ContainsAny(s, `;\`)
		if len(values) == 1 && plain {
			return text(s)
		}
		if s == "" {
			continue
		}
		if len(b) > 0 {
			b = append(b, "; "...)
		}
		if plain {
			b = append(b, s...)
			continue
		}
		for j := 0; j < len(s); j++ {
			if s[j] == ';' || s[j] == '\\' {
				b = append(b, '\\')
			}
			b = append(b, s[j])
		}
	}
	return text(string(b))
}

func same(s *string) string { return *s }

// appendPlain appends the value as CSV writes it: null as nothing.
func (c cell) appendPlain(b []byte) []byte {
	switch c.kind {
	case cellText:
		return append(b, c.text...)
	case cellWhole:
		return strconv.AppendInt(b, int64(c.number), 10)
	case cellDecimal:
		return strconv.AppendFloat(b, c.number, 'f', -1, 64)
	case cellBoolean:
		return strconv.AppendBool(b, c.number != 0)
	}
	return b
}

// appendJSON appends the value as JSON (RFC 8259).
func (c cell) appendJSON(b []byte) []byte {
	switch c.kind {
	case cellNull:
		return append(b, "null"...)
	case cellText:
		return appendQuoted(b, c.text)
	}
	return c.appendPlain(b)
}
