package ingest_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"tarikh/ingest"
	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

// told is what came of a stream, each record and each mistake on a line of its own.
func told(text string) []string {
	var all []string
	s, err := ingest.Open(strings.NewReader(text))
	if err != nil {
		return []string{fmt.Sprintf("%s %v", timeline.CodeOf(err), err)}
	}
	for in, err := range s.Records() {
		var wrong *timeline.LineError
		switch {
		case errors.As(err, &wrong):
			all = append(all, err.Error())
		case err != nil:
			all = append(all, fmt.Sprintf("%s %v", timeline.CodeOf(err), err))
		default:
			all = append(all, fmt.Sprintf("line %d: %s", in.Line, in.Record.Identity().Label()))
		}
	}
	return all
}

const (
	one = `{"source": {"key": "one", "kind": "BOOK", "title": {"lang": "en", "text": "One"}}}`
	two = `{"source": {"key": "two", "kind": "BOOK", "title": {"lang": "ar", "text": "اثنان"}}}`
)

func TestAWrongTextIsReportedWithItsLine(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing at all", "", []string{"INVALID it is empty: it holds no record"}},
		{"white space alone", " \n\n", []string{"INVALID it is empty: it holds no record"}},
		{"another format", "id,name\n1,x\n",
			[]string{"INVALID line 1: this is no format that tarikh reads (…"}},
		{"another format after empty lines", "\n\nid,name\n",
			[]string{"INVALID line 3: this is no format that tarikh reads (…"}},
		{"a list of records", "[" + one + "]",
			[]string{"INVALID line 1: this is no format that tarikh reads (…"}},
		{"UTF-16 with its mark", "\xff\xfe{\x00\"\x00",
			[]string{"INVALID line 1: the text is UTF-16 or UTF-32; save it as UTF-8"}},
		{"UTF-16 without its mark", "\x00{\x00\"\x00s",
			[]string{"INVALID line 1: the text is UTF-16 or UTF-32; save it as UTF-8"}},
		{"a line that is no JSON", one + "\nhello\n" + two, []string{"line 1: one",
			"line 2: this is no JSON record: it begins with 'h', not with {", "line 3: two"}},
		{"a comma between records", one + ",\n" + two, []string{"line 1: one",
			"line 1: this is no JSON record: it begins with ',', not with {", "line 2: two"}},
		{"a bracket too many", one + "}\n" + two, []string{"line 1: one",
			"line 1: this is no JSON record: it begins with '}', not with {", "line 2: two"}},
		{"an unknown member", one + "\n{\"source\": {\n \"key\": \"x\",\n \"colour\": 1}}\n" + two,
			[]string{"line 1: one",
				`line 4: unknown field "colour" (the record begins on line 2)`, "line 5: two"}},
		{"two kinds", `{"source": {"key": "x"}, "actor": {"key": "x"}}`, []string{
			"line 1: a record has exactly one of the members source, location, actor, event and timeline"}},
		{"no kind", "{}", []string{
			"line 1: a record has exactly one of the members source, location, actor, event and timeline"}},
		{"a member twice", one + "\n{\"source\": {\"key\": \"x\",\n\"Key\": \"y\"}}", []string{"line 1: one",
			`line 3: the member "Key" comes twice in one object (the record begins on line 2)`}},
		{"a number for a text", "{\"source\": {\n\"key\": 7}}",
			[]string{"line 2: member source.key cannot be a JSON number (the record begins on line 1)"}},
		{"JSON that breaks in the middle", "{\"source\":\n {\"key\":\n  x}}\n" + two, []string{
			"line 3: invalid character 'x' looking for beginning of value (the record begins on line 1)",
			"line 4: two"}},
		{"a date that is none", "{\"event\": {\"key\": \"x\",\n\"time\": \"2012-13\"}}", []string{
			`line 2: "2012-13" is no EDTF date: ` + "…"}},
		{"a record that is never closed", "{\"source\": {\n  \"key\": \"x\"\n" + two, []string{
			"line 1: this record is not closed before the next one begins, on line 3", "line 3: two"}},
		{"a text that is never closed", "{\"source\": {\"key\": \"x}}\n" + two, []string{
			"line 1: a text is not closed on its line", "line 2: two"}},
		{"a text that runs over a line", "{\"source\": {\n\"key\": \"x\\\ny\"}}\n" + two, []string{
			"line 2: a text is not closed on its line (the record begins on line 1)", "line 4: two"}},
		{"an end in the middle", one + "\n{\"source\": {\n\"key\":", []string{"line 1: one",
			"line 3: the text ends in the middle of a record (the record begins on line 2)"}},
		{"an end in the middle of a text", `{"source": {"key": "x\`, []string{
			"line 1: the text ends in the middle of a record"}},
		{"a NUL byte", "{\"source\":\n{\"key\": \"a\x00b\"}}\n" + two, []string{
			"line 2: a NUL byte stands in the text (the record begins on line 1)", "line 3: two"}},
		{"bytes that are no UTF-8", "{\"source\": {\"key\": \"caf\xe9\"}}\n" + two, []string{
			"line 1: the text is not valid UTF-8 here; save the file as UTF-8", "line 2: two"}},
		{"a record without an end", "{\"source\": {\"key\": \"" + strings.Repeat("x", 17<<20) + "\"}}\n" + two,
			[]string{"line 1: this record is longer than 16 MiB", "line 2: two"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := told(tt.text)
			if !slices.EqualFunc(got, tt.want, fits) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// fits compares, where what is wanted ends in … only its beginning.
func fits(got, want string) bool {
	if start, open := strings.CutSuffix(want, "…"); open {
		return strings.HasPrefix(got, start)
	}
	return got == want
}

func TestRecordsStandOneALineOrIndentedOrBoth(t *testing.T) {
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(two), "", "  "); err != nil {
		t.Fatal(err)
	}
	text := "\uFEFF\r\n" + one + " " + two + "\r\n\n" + indented.String() + "\n  " + one
	want := []string{"line 2: one", "line 2: two", "line 4: two", "line 14: one"}
	if got := told(text); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGzipIsSeenThrough(t *testing.T) {
	packed := gzipped(t, "\uFEFF"+one+"\n"+two)
	cut := gzipped(t, strings.Repeat(one+"\n", 1000))
	damaged := []byte(packed)
	damaged[len(damaged)-6] ^= 1 // in the checksum
	tests := []struct {
		name, text string
		want       []string
	}{
		{"whole", packed, []string{"line 1: one", "line 2: two"}},
		{"two of them in a row", gzipped(t, one) + gzipped(t, "\n"+two), []string{"line 1: one", "line 2: two"}},
		{"cut off in the header", packed[:5], []string{"INVALID the gzip stream is cut off; fetch the file again"}},
		{"cut off in the end", packed[:len(packed)-4], []string{"INVALID the gzip stream is cut off; fetch the file again"}},
		{"cut off far from its beginning", cut[:len(cut)-4], append(slices.Repeat([]string{"…"}, 1000),
			"INVALID the gzip stream is cut off; fetch the file again")},
		{"of nothing", gzipped(t, ""), []string{"INVALID it is empty: it holds no record"}},
		{"damaged", string(damaged), []string{"INVALID the gzip stream is damaged (gzip: invalid checksum)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := told(tt.text); !slices.EqualFunc(got, tt.want, fits) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestAReaderThatFailsEndsTheStream(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, after := range []string{"", one + "\n", one + "\n{\"source\": {", one + "\n{\"source\": \"x"} {
		r := io.MultiReader(strings.NewReader(after), iotest.ErrReader(broken))
		s, err := ingest.Open(r)
		if err == nil {
			for _, e := range s.Records() {
				err = e
			}
		}
		var line *timeline.LineError
		if timeline.CodeOf(err) != timeline.CodeUnavailable || errors.As(err, &line) {
			t.Errorf("after %q: %v", after, err)
		}
	}
}

func TestWhoeverHasEnoughEndsTheStream(t *testing.T) {
	s, err := ingest.Open(strings.NewReader(one + "\n" + two))
	if err != nil {
		t.Fatal(err)
	}
	for in := range s.Records() {
		if in.Line != 1 {
			t.Errorf("went on to line %d", in.Line)
		}
		break
	}
}

func TestEveryRecordIsReadAsItWasWrittenOnItsLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := recordtest.Records(4).Draw(t, "records")
		var text bytes.Buffer
		lines := make([]int, len(records))
		for i, r := range records {
			text.WriteString(rapid.SampledFrom([]string{"", "\n", " \r\n"}).Draw(t, "space"))
			lines[i] = 1 + bytes.Count(text.Bytes(), []byte("\n"))
			line := asLine(t, r)
			if rapid.Bool().Draw(t, "indented") {
				if err := json.Indent(&text, line, "", "\t"); err != nil {
					t.Fatal(err)
				}
			} else {
				text.Write(line)
			}
			text.WriteByte('\n')
		}
		s, err := ingest.Open(&text)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for in, err := range s.Records() {
			if err != nil {
				t.Fatal(err)
			}
			if in.Line != lines[n] || string(asLine(t, in.Record)) != string(asLine(t, records[n])) {
				t.Fatalf("record %d of line %d came on line %d as %s", n, lines[n], in.Line, asLine(t, in.Record))
			}
			n++
		}
		if n != len(records) {
			t.Fatalf("%d of %d records", n, len(records))
		}
	})
}

func asLine(t interface{ Fatal(...any) }, r *timeline.Record) []byte {
	line, err := r.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func FuzzAnyTextEndsInRecordsOrErrorsWithLines(f *testing.F) {
	for _, seed := range []string{"", one, one + "\n" + two, "{\"source\": {\n" + one, "{\"a\":\"\\", "\x1f\x8b", "{}{}[",
		"{\"event\": {\"time\": \"2012-13\"}}", "{\"source\":{\"key\":1,\"key\":2}}", "{\"\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ingest.Open(strings.NewReader(text))
		if err != nil {
			if timeline.CodeOf(err) == timeline.CodeInternal {
				t.Fatalf("uncoded: %v", err)
			}
			return
		}
		lines := 1 + strings.Count(text, "\n")
		for in, err := range s.Records() {
			var wrong *timeline.LineError
			if errors.As(err, &wrong) {
				in.Line = wrong.Line
			} else if err == nil && in.Record.Kind() == "" {
				t.Fatal("a record of no kind")
			}
			if timeline.CodeOf(err) == timeline.CodeInternal || (err == nil || wrong != nil) && in.Line < 1 {
				t.Fatalf("line %d: %v", in.Line, err)
			}
			if in.Line > lines && !strings.HasPrefix(text, "\x1f\x8b") {
				t.Fatalf("line %d of %d", in.Line, lines)
			}
		}
	})
}
