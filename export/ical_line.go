package export

import (
	"strings"
	"unicode/utf8"
)

// foldAt is the most octets of a content line without its line break (RFC 5545, 3.1).
const foldAt = 75

// appendFolded appends a content line, folded: after at most 75 octets a line break and a space,
// which counts among the next line's octets. It never parts the octets of one character, as 3.1
// would allow, because readers decode before they unfold: an Arabic letter has two.
func appendFolded(b []byte, line string) []byte {
	room := foldAt
	for len(line) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(line[cut]) {
			cut--
		}
		if cut == 0 { // no character begins here: not UTF-8
			cut = room
		}
		b = append(b, line[:cut]...)
		b = append(b, "\r\n "...)
		line, room = line[cut:], foldAt-1
	}
	b = append(b, line...)
	return append(b, '\r', '\n')
}

// escape writes a value of type TEXT (3.3.11): backslash, semicolon, comma and line breaks get
// a backslash. Other control characters, which the type forbids, are dropped, and bytes that are
// not UTF-8 become U+FFFD.
func escape(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	b.Grow(len(s) + 8)
	for _, r := range s {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n' || r == '\r':
			b.WriteString(`\n`)
		case r == '\t' || r >= ' ' && r != 0x7f:
			b.WriteRune(r)
		}
	}
	return b.String()
}
