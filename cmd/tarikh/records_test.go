package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tarikh/internal/recordtest"
)

// Two lines that are wrong in different ways, and one that is odd.
const (
	unknownMember = `{"source": {"key": "two", "kind": "BOOK", "title": {"lang": "en", "text": "B"}, "colour": 1}}` + "\n"
	twoKinds      = `{"source": {"key": "x"}, "actor": {"key": "x"}}` + "\n"
	unknownWord   = `{"source": {"key": "three", "kind": "LEAFLET", "title": {"lang": "en", "text": "C"}}}` + "\n"
	dangling      = `{"location": {"key": "here", "kind": "CITY", "names": [{"text": "Here", "lang": "en", "kind": "PREFERRED"}], "parent": "nowhere"}}` + "\n"
)

func TestImportTakesAllRecordsOrNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	mixed := sourceLine("one") + "hello\n" + unknownMember + twoKinds + unknownWord + dangling
	r := call(t, mixed, "import", "--empty", "--db", path, "-")
	if r.code != 65 || !strings.Contains(r.err, "5 of 6 records are wrong, so none was taken") {
		t.Errorf("exit %d: %s", r.code, r.err)
	}
	for _, want := range []string{
		"ERROR unreadable (3)\n  -:2: this is no JSON record",
		`  -:3: unknown field "colour"` + "\n",
		"  -:4: a record has exactly one of the members",
		"ERROR unknown-word (1)\n  -:5: three: source.kind: \"LEAFLET\" is no SourceKind\n",
		"ERROR names-nothing (1)\n  -:6: here: location.parent: ",
		"read 6, inserted 1, updated 0, unchanged 0, warned 0, rejected 5; nothing was written, the record is at revision 0\n",
	} {
		if !strings.Contains(r.out, want) {
			t.Errorf("%q is not in\n%s", want, r.out)
		}
	}
	if out := must(t, "", "export", "--db", path); out != "" {
		t.Errorf("something was taken: %s", out)
	}
	r = call(t, mixed, "import", "--empty", "--skip-bad", "--db", path, "-")
	if r.code != 0 || !strings.HasSuffix(r.out, "rejected 5; the record is at revision 1\n") {
		t.Errorf("exit %d: %s%s", r.code, r.out, r.err)
	}
	if out := must(t, "", "export", "--db", path); strings.Count(out, "\n") != 1 {
		t.Errorf("got %q", out)
	}
}

func TestTheSameFileAgainChangesNothing(t *testing.T) {
	path := emptyDatabase(t)
	out := must(t, sourceLine("one")+sourceLine("two"), "import", "--empty", "--db", path, "-")
	if out != "-: Tarikh's own lines\nread 2, inserted 1, updated 0, unchanged 1, warned 0, rejected 0; the record is at revision 2\n" {
		t.Errorf("got %q", out)
	}
	out = must(t, sourceLine("one")+sourceLine("two"), "import", "--empty", "--db", path, "-")
	if !strings.HasSuffix(out, "unchanged 2, warned 0, rejected 0; the record is at revision 2\n") {
		t.Errorf("got %q", out)
	}
}

func TestImportTellsTheFileOfEachLine(t *testing.T) {
	a, b := file(t, "a.json", sourceLine("one")+"\nhello\n"), file(t, "b.json", "\n"+twoKinds)
	report := filepath.Join(t.TempDir(), "report.csv")
	r := call(t, "", "import", "--empty", "--quiet", "--db", filepath.Join(t.TempDir(), "x.db"), "--report", report, a, b)
	if r.code != 65 || r.out != "" || strings.Count(r.err, "\n") != 1 {
		t.Errorf("got %+v", r)
	}
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	want := "\uFEFFfile,line,severity,rule,record,field,message\n" +
		a + ",3,ERROR,unreadable,,,\"this is no JSON record: it begins with 'h', not with {\"\n" +
		b + ",2,ERROR,unreadable,,,\"a record has exactly one of the members source, location, actor, event and timeline\"\n"
	if string(text) != want {
		t.Errorf("got %s\nwant %s", text, want)
	}
}

func TestAReportRunsNoFormula(t *testing.T) {
	for in, want := range map[string]string{"": "", "a": "a", "=1+1": "'=1+1", "@x": "'@x", "تمبكتو": "تمبكتو"} {
		if got := cell(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestManyProblemsOfOneRuleAreCountedAndTheFirstShown(t *testing.T) {
	r := call(t, strings.Repeat(twoKinds, 12), "check", "-")
	if r.code != 65 || strings.Count(r.out, "\n") != 8 || !strings.Contains(r.out, "(12)\n") || !strings.Contains(r.out, "  and 7 more\n") {
		t.Errorf("got %+v", r)
	}
}

func TestAGzippedFileIsReadAndACutOffOneLeavesNothing(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	for _, line := range []string{sourceLine("one"), sourceLine("two")} {
		if _, err := w.Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.db")
	cut := file(t, "cut.json.gz", packed.String()[:packed.Len()-3])
	r := call(t, "", "import", "--empty", "--db", path, cut)
	if r.code != 65 || r.err != "tarikh: "+cut+": the gzip stream is cut off; fetch the file again\n" {
		t.Errorf("got %+v", r)
	}
	if out := must(t, "", "export", "--db", path); out != "" {
		t.Errorf("something was taken: %s", out)
	}
	must(t, packed.String(), "import", "--empty", "--db", path, "-")
	if out := must(t, "", "export", "--db", path); strings.Count(out, "\n") != 2 {
		t.Errorf("got %q", out)
	}
}

func TestCheckSeesFilesTogether(t *testing.T) {
	country := file(t, "a.json", `{"location": {"key": "nowhere", "kind": "COUNTRY", "names": [{"text": "N", "lang": "en", "kind": "PREFERRED"}]}}`)
	city := file(t, "b.json", dangling)
	r := call(t, "", "check", city)
	if r.code != 65 || !strings.Contains(r.out, "ERROR dangling (1)\n  "+city+":1: here: location.parent: ") {
		t.Errorf("got %+v", r)
	}
	if out := must(t, "", "check", city, country); out != "read 2, warned 0, wrong 0\n" {
		t.Errorf("got %q", out)
	}
	r = call(t, sourceLine("one")+sourceLine("one"), "check", "-")
	if r.code != 65 || !strings.Contains(r.out, "ERROR duplicate-key (1)\n  -:2: one: ") {
		t.Errorf("got %+v", r)
	}
}

func TestCheckAgainstADatabaseWritesNothing(t *testing.T) {
	path := emptyDatabase(t)
	country := `{"location": {"key": "nowhere", "kind": "COUNTRY", "names": [{"text": "N", "lang": "en", "kind": "PREFERRED"}]}}`
	before := must(t, "", "export", "--db", path)
	if r := call(t, dangling+unknownWord, "check", "--db", path, "-"); r.code != 65 ||
		!strings.Contains(r.out, "names-nothing") || !strings.Contains(r.out, "unknown-word") {
		t.Errorf("got %+v", r)
	}
	circle := strings.Replace(dangling, `"nowhere"`, `"here"`, 1)
	if r := call(t, circle, "check", "--db", path, "-"); r.code != 65 || !strings.Contains(r.out, "ERROR ") {
		t.Errorf("a circle: %+v", r)
	}
	if after := must(t, "", "export", "--db", path); after != before {
		t.Errorf("check wrote: %s", after)
	}
	must(t, country, "import", "--db", path, "-")
	if out := must(t, dangling, "check", "--db", path, "-"); out !=
		"read 1, warned 0, wrong 0\nimport would insert 1, update 0 and leave 0 as they are\n" {
		t.Errorf("the database's own record is not found: %q", out)
	}
}

// foreignRows is a spreadsheet of others: two events at one place, one of a type that is none.
const foreignRows = "id,date,title,type,location,country\n" +
	"1,2012-04-01,The city is taken,capture,Timbuktu,Mali\n" +
	"2,2012-04-02,Something else,nonsense,Timbuktu,Mali\n" +
	"3,not a day,Never,capture,Gao,Mali\n"

func TestCheckOfAForeignFileSaysWhatImportSays(t *testing.T) {
	rows := file(t, "rows.csv", foreignRows)
	path := filepath.Join(t.TempDir(), "x.db")
	report := func(out string) string { // without the summary, which is told otherwise
		before, _, _ := strings.Cut(out, "\nread ")
		lines := strings.Split(before, "\n")
		return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, rows+": ") }), "\n")
	}
	checked := call(t, "", "check", rows)
	if checked.code != 65 || !strings.Contains(checked.out, "\nread 3, ") || !strings.Contains(checked.out, rows+":4: ") {
		t.Errorf("got %+v", checked)
	}
	imported := call(t, "", "import", "--empty", "--skip-bad", "--db", path, rows)
	if report(checked.out) != report(imported.out) {
		t.Errorf("check says\n%s\nimport says\n%s", checked.out, imported.out)
	}
	before := must(t, "", "export", "--db", path)
	again := call(t, "", "check", "--db", path, rows)
	if !strings.Contains(again.out, "import would insert 0, update 0 and leave ") {
		t.Errorf("got %+v", again)
	}
	if after := must(t, "", "export", "--db", path); after != before {
		t.Errorf("check wrote: %s", after)
	}
}

func TestTheShippedRecordPassesItsOwnCheck(t *testing.T) {
	files, err := filepath.Glob("../../dataset/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no files of the record", err)
	}
	if out := must(t, "", append([]string{"check"}, files...)...); !strings.HasSuffix(out, "wrong 0\n") {
		t.Error(out)
	}
}

// again imports an export into another, empty database and exports it from there.
func again(t *testing.T, exported string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "again.db")
	must(t, exported, "import", "--empty", "--quiet", "--db", path, "-")
	return must(t, "", "export", "--db", path)
}

func TestAnExportOfTheShippedRecordImportsAsTheSameBytes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	out := must(t, sourceLine("one"), "import", "--db", path, "-") // a new database is filled first
	if !strings.Contains(out, "read 1, inserted 1") || !strings.HasSuffix(out, "revision 2\n") {
		t.Errorf("got %q", out)
	}
	exported := must(t, "", "export", "--db", path)
	if strings.Count(exported, "\n") < 100 {
		t.Fatalf("only %d records", strings.Count(exported, "\n"))
	}
	if got := again(t, exported); got != exported {
		t.Error("the second export differs from the first")
	}
}

func TestImportOfAnExportIsTheSameRecord(t *testing.T) {
	fewerChecks(t)
	folder := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		var lines []byte
		for _, r := range recordtest.Records(6).Draw(rt, "records") {
			line, err := r.AppendJSON(nil)
			if err != nil {
				rt.Fatal(err)
			}
			lines = append(append(lines, line...), '\n')
		}
		one, other := filepath.Join(folder, "one.db"), filepath.Join(folder, "other.db")
		defer removeDatabase(t, one)
		defer removeDatabase(t, other)
		pass := func(stdin, path string) string {
			var out, mistakes bytes.Buffer
			s := streams{strings.NewReader(stdin), &out, &mistakes}
			if code := run(context.Background(), []string{"import", "--empty", "-q", "--db", path, "-"}, s, noEnv); code != 0 {
				rt.Fatalf("import: %s", mistakes.String())
			}
			if code := run(context.Background(), []string{"export", "--db", path}, s, noEnv); code != 0 {
				rt.Fatalf("export: %s", mistakes.String())
			}
			return out.String()
		}
		first := pass(string(lines), one)
		if second := pass(first, other); second != first {
			rt.Fatalf("got\n%s\nwant\n%s", second, first)
		}
	})
}

func removeDatabase(t *testing.T, path string) {
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + end); err != nil && !os.IsNotExist(err) {
			t.Error(err)
		}
	}
}

func TestAnExportToAFileIsWholeAndOfTheKindsAskedFor(t *testing.T) {
	path := emptyDatabase(t)
	must(t, strings.Replace(dangling, `, "parent": "nowhere"`, "", 1), "import", "--db", path, "-")
	target := file(t, "out.json", "what was there before")
	must(t, "", "export", "--db", path, "--kind", "location", "--kind", "actor", target)
	text, err := os.ReadFile(target)
	if err != nil || !strings.HasPrefix(string(text), `{"location":`) || bytes.Count(text, []byte("\n")) != 1 {
		t.Errorf("got %s, %v", text, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(target), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAFileThatCannotBeWrittenWholeIsNotTouched(t *testing.T) {
	target := file(t, "out.json", "before")
	broken := os.ErrInvalid
	err := writeFile(target, func(w io.Writer) error {
		if _, err := w.Write([]byte("half")); err != nil {
			return err
		}
		return broken
	})
	if text, _ := os.ReadFile(target); !errors.Is(err, broken) || string(text) != "before" {
		t.Errorf("got %q, %v", text, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(target), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestABackupIsADatabaseThatTheDoctorPasses(t *testing.T) {
	path := emptyDatabase(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	must(t, "", "backup", "--db", path, copied)
	if must(t, "", "export", "--db", copied) != must(t, "", "export", "--db", path) {
		t.Error("the copy holds something else")
	}
	out := must(t, "", "doctor", "--db", copied)
	for _, check := range []string{"integrity", "references", "revision", "words", "search", "index"} {
		if !strings.Contains("\n"+out, "\n"+check+" ") {
			t.Errorf("%s is not in\n%s", check, out)
		}
	}
}

func TestTheDoctorsFindingIsTheExitCode(t *testing.T) {
	path := emptyDatabase(t)
	must(t, strings.Replace(dangling, `, "parent": "nowhere"`, "", 1), "import", "--db", path, "-")
	sqlFile(t, path, "update name set folded = 'elsewhere'")
	r := call(t, "", "doctor", "--db", path)
	if r.code != 65 || !strings.Contains(r.out, "WRONG") || !strings.Contains(r.err, "1 of 6 checks") {
		t.Errorf("got %+v", r)
	}
}

func TestAQueryIsAnsweredWithoutAServer(t *testing.T) {
	path := emptyDatabase(t)
	const document = `query One($ref: String!) { source(ref: $ref) { key } } query Two { sources { totalCount } }`
	out := must(t, document, "query", "--db", path, "--operation", "One", "--variables", `{"ref": "one"}`, "-")
	if want := "{\n  \"data\": {\n    \"source\": {\n      \"key\": \"one\"\n    }\n  }\n}\n"; out != want {
		t.Errorf("got %s", out)
	}
	tests := []struct {
		name, document string
		code           int
		want           string
	}{
		{"a date that is none", `{ events(where: {time: {from: "2012-13"}}) { totalCount } }`, 65, "2012-13"},
		{"an unknown ref", `{ events(where: {place: {within: ["atlantis"]}}) { totalCount } }`, 66, "atlantis"},
		{"an unknown field", `{ wars }`, 65, "wars"},
		{"no GraphQL", `hello`, 65, "hello"},
		{"a page over the cap", `{ events(first: 5000) { totalCount } }`, 65, "first"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := call(t, tt.document, "query", "--db", path, "-")
			if r.code != tt.code || !strings.Contains(r.out, `"errors"`) || !strings.Contains(r.err, tt.want) || strings.Count(r.err, "\n") != 1 {
				t.Errorf("got %+v", r)
			}
		})
	}
}

func TestTheIndexOfWordsIsMadeAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	must(t, sourceLine("one"), "import", "--db", path, "--empty", "-")
	sqlFile(t, path, "delete from source_words where rowid > 0")
	if r := call(t, "", "doctor", "--db", path); r.code != 65 || !strings.Contains(r.out, "run tarikh reindex") {
		t.Errorf("got %+v", r)
	}
	out := must(t, "", "reindex", "--db", path)
	if !strings.Contains(out, "the words of 0 events and 1 sources were indexed") {
		t.Errorf("got %q", out)
	}
	must(t, "", "doctor", "--db", path)
}
