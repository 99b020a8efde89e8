package export

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"tarikh/edtf"
)

// unfold and unescape undo what RFC 5545, 3.1 and 3.3.11 do, written from the standard.
func unfold(b []byte) string { return strings.ReplaceAll(string(b), "\r\n ", "") }

func unescape(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\;`, `;`, `\,`, `,`, `\n`, "\n").Replace(s)
}

func FuzzContentLines(f *testing.F) {
	for _, s := range []string{"", "a", strings.Repeat("أنصار الدين، ", 20), strings.Repeat("x", 74) + "é",
		"a\\;b,c\nd\r\ne\rf\tg\x00h\x7f", "\xff\xfe", strings.Repeat("\xa0", 200), "𐎠" + strings.Repeat("𐎠", 40), " lead"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := appendFolded(nil, "SUMMARY:"+escape(s))
		if !bytes.HasSuffix(line, []byte("\r\n")) {
			t.Fatalf("no line end: %q", line)
		}
		for i, part := range strings.Split(strings.TrimSuffix(string(line), "\r\n"), "\r\n") {
			if len(part) > 75 || i > 0 && !strings.HasPrefix(part, " ") || strings.ContainsAny(part, "\r\n\x00\x7f") {
				t.Fatalf("line %d has %d octets: %q", i, len(part), part)
			}
			if !utf8.ValidString(part) {
				t.Fatalf("line %d cuts a character: %q", i, part)
			}
		}
		want := strings.Map(func(r rune) rune {
			if r != '\n' && r != '\t' && (r < ' ' || r == 0x7f) {
				return -1
			}
			return r
		}, strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n"), "\r", "\n"))
		if utf8.ValidString(s) && unescape(strings.TrimSuffix(strings.TrimPrefix(unfold(line), "SUMMARY:"), "\r\n")) != want {
			t.Fatalf("%q came back as %q", want, unfold(line))
		}
	})
}

func TestALineOfBytesThatAreNoTextIsStillFolded(t *testing.T) {
	for _, part := range bytes.Split(appendFolded(nil, strings.Repeat("\x80", 300)), []byte("\r\n")) {
		if len(part) > foldAt {
			t.Errorf("%d octets", len(part))
		}
	}
}

func TestATimeIsDrawnFromItsFirstKnownDayToItsLast(t *testing.T) {
	for _, tt := range []struct{ time, first, last string }{
		{"2012-04-01", "2012-04-01", "2012-04-01"},
		{"2012", "2012-01-01", "2012-12-31"},
		{"2012/..", "2012-01-01", "2012-12-31"},
		{"../2012", "2012-01-01", "2012-12-31"},
		{"2012/", "2012-01-01", "2012-12-31"},
		{"[..2012-04-06]", "2012-04-06", "2012-04-06"},
		{"2012-04/2013-01-28", "2012-04-01", "2013-01-28"},
	} {
		first, last, ok := span(edtf.MustParse(tt.time))
		if !ok || first.String() != tt.first || last.String() != tt.last {
			t.Errorf("%s: %s to %s, want %s to %s", tt.time, first, last, tt.first, tt.last)
		}
	}
	for _, s := range []string{"/", "../..", "../"} {
		v, err := edtf.Parse(s)
		if err != nil {
			continue
		}
		if first, last, ok := span(v); ok {
			t.Errorf("%s: %s to %s", s, first, last)
		}
	}
}

func TestBoundsAreReducedOnlyToWhatTheyAre(t *testing.T) {
	for s, want := range map[string]string{
		"2012-04-01": "2012-04-01", "2012-04": "2012-04", "2012-02": "2012-02", "2012": "2012", "-0043": "-0043",
		"201X": "", "2012-21": "", "[2012-04-03..2012-04-06]": "", "[2012-04-01..2012-04-29]": "", "/": "",
	} {
		if got, _ := reduced(edtf.MustParse(s).Start()); got != want {
			t.Errorf("%s is reduced to %q, want %q", s, got, want)
		}
	}
}
