package ingest

import (
	"html"
	"strings"
)

// plainText is what a reader sees of a piece of HTML, on one line for each paragraph.
func plainText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	for s != "" {
		before, rest, tag := strings.Cut(s, "<")
		b.WriteString(before)
		if !tag {
			break
		}
		inside, after, closed := strings.Cut(rest, ">")
		if !closed || !isTag(inside) {
			b.WriteByte('<')
			s = rest
			continue
		}
		b.WriteString(gapOf(inside))
		s = after
	}
	var lines []string
	for line := range strings.SplitSeq(html.UnescapeString(b.String()), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// isTag says whether what stands behind a < is a tag and not a smaller number.
func isTag(inside string) bool {
	name := strings.TrimPrefix(inside, "/")
	if name == "" {
		return false
	}
	c := name[0] | 0x20 // in lower case, where it is a letter
	return c >= 'a' && c <= 'z' || name[0] == '!'
}

// gapOf is what a tag puts between the texts around it.
func gapOf(inside string) string {
	name := strings.ToLower(strings.Trim(inside, "/ "))
	name, _, _ = strings.Cut(name, " ")
	switch name {
	case "p", "div", "blockquote", "li", "ul", "ol", "h1", "h2", "h3", "tr":
		return "\n"
	case "br", "td":
		return " "
	}
	return ""
}

// cutTo is a text of at most that many letters.
func cutTo(s string, most int) string {
	if len(s) <= most {
		return s
	}
	letters := []rune(s)
	if len(letters) <= most {
		return s
	}
	return string(letters[:most-1]) + "…"
}

// mostTitle is how long a title is, in letters, that is made of a longer text.
const mostTitle = 120

// mostLetters is the longest text of a record; a longer one is whole in the raw row.
const mostLetters = 20_000
