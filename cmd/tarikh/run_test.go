package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"tarikh/timeline"
)

// asCommand makes the test binary the command itself, for tests of signals.
const asCommand = "TARIKH_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
		return
	}
	flag.Parse()
	os.Exit(m.Run())
}

// fewerChecks lets a property that makes databases be tried 20 times, unless more are asked for:
// a hundred take minutes under the race detector.
func fewerChecks(t *testing.T) {
	t.Helper()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if asked {
		return
	}
	before := flag.Lookup("rapid.checks").Value.String()
	t.Cleanup(func() { _ = flag.Set("rapid.checks", before) })
	if err := flag.Set("rapid.checks", "20"); err != nil {
		t.Fatal(err)
	}
}

// result is what a command left behind.
type result struct {
	code     int
	out, err string
}

// call runs the real command in process, with nothing in the environment.
func call(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	return callWith(t, nil, stdin, args...)
}

func callWith(t *testing.T, env map[string]string, stdin string, args ...string) result {
	t.Helper()
	var out, err bytes.Buffer
	code := run(t.Context(), args, streams{strings.NewReader(stdin), &out, &err}, func(name string) (string, bool) {
		value, set := env[name]
		return value, set
	})
	return result{code, out.String(), err.String()}
}

// must runs a command that has to succeed and returns what it printed.
func must(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	r := call(t, stdin, args...)
	if r.code != 0 {
		t.Fatalf("tarikh %v: exit %d: %s", args, r.code, r.err)
	}
	return r.out
}

// file writes a file into the test's folder.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// sqlFile runs statements on an SQLite file past package db, as another program would.
func sqlFile(t *testing.T, path string, statements ...string) {
	t.Helper()
	pool, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for _, s := range statements {
		if _, err := pool.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}

// emptyDatabase is a database without any record.
func emptyDatabase(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "empty.db")
	must(t, sourceLine("one"), "import", "--empty", "--db", path, "-")
	return path
}

// sourceLine is a small right record.
func sourceLine(key string) string {
	return fmt.Sprintf(`{"source": {"key": %q, "kind": "BOOK", "title": {"lang": "en", "text": "A book"}}}`+"\n", key)
}

func TestAMistakeIsOneLineThatNamesIt(t *testing.T) {
	folder := t.TempDir()
	record := file(t, "one.json", sourceLine("one"))
	text := file(t, "text.db", strings.Repeat("this is no database\n", 100))
	question := file(t, "q.graphql", "{ events { totalCount } }")
	foreign := filepath.Join(folder, "foreign.db")
	sqlFile(t, foreign, "create table t (a)")
	newer := emptyDatabase(t)
	sqlFile(t, newer, "insert into goose_db_version (version_id, is_applied) values (999999, 1)")
	good := emptyDatabase(t)
	gone := filepath.Join(folder, "gone")

	tests := []struct {
		name string
		args []string
		code int
		want string // what the line holds
	}{
		{"an unknown command", []string{"sreve"}, 64, "sreve"},
		{"an unknown flag", []string{"serve", "--prot", "1"}, 64, "--prot"},
		{"a flag without its value", []string{"serve", "--addr"}, 64, "--addr"},
		{"no file", []string{"import"}, 64, "tarikh import --help"},
		{"an unknown log format", []string{"serve", "--log-format", "xml"}, 64, "--log-format"},
		{"an unknown limit", []string{"serve", "--limit", "width=1"}, 64, `--limit: no limit is called "width"`},
		{"a limit that is no number", []string{"serve", "--limit", "depth=deep"}, 64, `--limit: limit depth: "deep" is no whole number`},
		{"a proxy that is no address", []string{"serve", "--proxy", "front"}, 64, `--proxy: "front" is no address`},
		{"an address without a port", []string{"serve", "--addr", "localhost"}, 64, `--addr: "localhost" is no address`},
		{"an empty address", []string{"serve", "--addr", ""}, 64, `--addr: "" is no address`},
		{"an address without its port", []string{"serve", "--addr", "127.0.0.1:"}, 64, `--addr: "127.0.0.1:" is no address`},
		{"a port that is none", []string{"serve", "--addr", "127.0.0.1:http-ish"}, 64, "--addr"},
		{"an unknown kind", []string{"export", "--db", good, "--kind", "story"}, 64, `--kind: there is no kind of record "story"`},
		{"variables that are no JSON", []string{"query", "--variables", "{", question}, 64, "--variables is no JSON object"},
		{"variables that are a list", []string{"query", "--variables", "[1]", question}, 64, "--variables is no JSON object"},
		{"help about nothing", []string{"help", "sreve"}, 64, "sreve"},

		{"import of a missing file", []string{"import", "--db", gone, gone}, 66, gone + ": there is no such file"},
		{"check of a missing file", []string{"check", gone}, 66, gone + ": there is no such file"},
		{"import of a folder", []string{"import", "--db", gone, folder}, 65, folder + ": this is a folder, not a file"},
		{"import of an empty file", []string{"import", "--db", good, file(t, "empty.json", "")}, 65, "empty.json: it is empty"},
		{"import of another format", []string{"import", "--db", good, file(t, "a.csv", "a,b\n")}, 65, "a.csv: line 1: this is no format"},
		{"a missing document", []string{"query", "--db", good, gone}, 66, gone + ": there is no such file"},
		{"a document that does not parse", []string{"query", "--db", good, record}, 65, ""},

		{"query of a missing database", []string{"query", "--db", gone, question}, 66, gone + ": there is no such database"},
		{"export of a missing database", []string{"export", "--db", gone}, 66, gone + ": there is no such database"},
		{"backup of a missing database", []string{"backup", "--db", gone, gone + "2"}, 66, gone + ": there is no such database"},
		{"doctor of a missing database", []string{"doctor", "--db", gone}, 66, gone + ": there is no such database"},
		{"reindex of a missing database", []string{"reindex", "--db", gone}, 66, gone + ": there is no such database"},
		{"check against a missing database", []string{"check", "--db", gone, record}, 66, gone + ": there is no such database"},
		{"a folder as a database", []string{"serve", "--addr", "127.0.0.1:0", "--db", folder}, 65, "this is a folder"},
		{"a folder as a database to read", []string{"doctor", "--db", folder}, 65, "this is a folder"},
		{"a text as a database", []string{"import", "--db", text, record}, 65, "no SQLite database"},
		{"a text as a database to read", []string{"export", "--db", text}, 65, "no SQLite database"},
		{"another program's database", []string{"import", "--db", foreign, record}, 65, "another program"},
		{"another program's database to read", []string{"query", "--db", foreign, question}, 65, "another program"},
		{"a newer database", []string{"import", "--db", newer, record}, 65, "newer"},
		{"a newer database to read", []string{"doctor", "--db", newer}, 65, "newer"},
		{"a backup over a file", []string{"backup", "--db", good, record}, 65, "is there already"},
		{"an export to a folder", []string{"export", "--db", good, folder}, 65, "this is a folder"},
		{"an export into a missing folder", []string{"export", "--db", good, filepath.Join(gone, "x.json")}, 66, "x.json: there is no folder to make it in"},
		{"a database in a missing folder", []string{"import", "--db", filepath.Join(gone, "x.db"), record}, 66, "x.db: there is no folder to make it in"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := call(t, "", tt.args...)
			if r.code != tt.code {
				t.Errorf("exit %d, want %d", r.code, tt.code)
			}
			if !strings.HasPrefix(r.err, "tarikh: ") || strings.Count(r.err, "\n") != 1 || !strings.Contains(r.err, tt.want) {
				t.Errorf("got %q, want one line with %q", r.err, tt.want)
			}
		})
	}
	if _, err := os.Stat(gone); !errors.Is(err, os.ErrNotExist) {
		t.Error("a command that failed left a file behind")
	}
}

func TestAnOutputThatIsLostIsAMistake(t *testing.T) {
	path := emptyDatabase(t)
	for _, args := range [][]string{{"version"}, {"export", "--db", path}, {"doctor", "--db", path}, {"check", "-"}} {
		var mistakes bytes.Buffer
		code := run(t.Context(), args, streams{strings.NewReader(sourceLine("one")), full{}, &mistakes}, noEnv)
		if code != 69 || mistakes.String() != "tarikh: the output cannot be written: the disk is full\n" {
			t.Errorf("%v: exit %d, %q", args, code, mistakes.String())
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestAPanicIsToldWithoutItsStack(t *testing.T) {
	var out, mistakes bytes.Buffer
	code := run(t.Context(), []string{"version"}, streams{nil, nil, &mistakes}, nil)
	if code != 70 || !strings.HasPrefix(mistakes.String(), "tarikh: internal error: ") || strings.Contains(mistakes.String(), "goroutine") {
		t.Errorf("exit %d, %q, %q", code, mistakes.String(), out.String())
	}
}

func TestAnInterruptHasItsOwnExitCode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, mistakes bytes.Buffer
	code := run(ctx, []string{"import", "--db", path, "-"},
		streams{strings.NewReader(sourceLine("one")), &out, &mistakes}, noEnv)
	if code != exitInterrupted || mistakes.String() != "tarikh: interrupted; what was under way is undone\n" {
		t.Errorf("exit %d, %q", code, mistakes.String())
	}
}

func noEnv(string) (string, bool) { return "", false }

func TestAVariableStandsInForItsFlag(t *testing.T) {
	path := emptyDatabase(t)
	env := map[string]string{"TARIKH_DB": path, "TARIKH_KIND": "source", "TARIKH_QUIET": ""}
	if r := callWith(t, env, "", "export"); r.code != 0 || strings.Count(r.out, "\n") != 1 {
		t.Errorf("got %+v", r)
	}
	env["TARIKH_DB"] = path + "-not-this"
	if r := callWith(t, env, "", "export", "--db", path); r.code != 0 {
		t.Errorf("the command line does not count first: %+v", r)
	}
	for limits, want := range map[string]string{
		"depth=3;width=1": `no limit is called "width"`, "width=1;depth=3": `no limit is called "width"`,
		"depth=3;time=long": "limit time", "depth": "<key>=<value>",
	} {
		if r := callWith(t, map[string]string{"TARIKH_LIMIT": limits}, "", "serve"); r.code != 64 ||
			!strings.HasPrefix(r.err, "tarikh: TARIKH_LIMIT: ") || !strings.Contains(r.err, want) {
			t.Errorf("TARIKH_LIMIT=%s: %+v, not %s", limits, r, want)
		}
	}
	if r := callWith(t, map[string]string{"TARIKH_PROXY": "10.0.0.1,front"}, "", "serve"); r.code != 64 || !strings.Contains(r.err, `"front"`) {
		t.Errorf("got %+v", r)
	}
	if r := callWith(t, map[string]string{"TARIKH_READ_ONLY": "perhaps"}, "", "serve"); r.code != 64 || !strings.Contains(r.err, "TARIKH_READ_ONLY: ") {
		t.Errorf("got %+v", r)
	}
}

func TestHelpIsComplete(t *testing.T) {
	parser, err := kong.New(&commands{}, (&shell{out: &output{}}).options(nil)...)
	if err != nil {
		t.Fatal(err)
	}
	sentence := func(what, help string) {
		if help == "" || !strings.HasSuffix(help, ".") || strings.Contains(strings.TrimSuffix(help, "."), ". ") && !strings.Contains(what, "<file>") {
			t.Errorf("%s is explained by %q, not by one sentence", what, help)
		}
	}
	for _, c := range parser.Model.Leaves(false) {
		sentence(c.Name, c.Help)
		for _, f := range c.Flags {
			sentence(c.Name+" --"+f.Name, f.Help)
			if out := must(t, "", c.Name, "--help"); !strings.Contains(out, variable(f.Name)) {
				t.Errorf("the help of %s does not name %s", c.Name, variable(f.Name))
			}
		}
		for _, p := range c.Positional {
			sentence(c.Name+" <file>", p.Help)
		}
		if a, b := must(t, "", "help", c.Name), must(t, "", c.Name, "--help"); a != b {
			t.Errorf("help %s is not %s --help", c.Name, c.Name)
		}
	}
}

func TestTheMainHelpNamesEveryExitCode(t *testing.T) {
	help := must(t, "")
	if help != must(t, "", "--help") || help != must(t, "", "help") {
		t.Error("the three ways to the main help differ")
	}
	known := map[int]bool{}
	for _, e := range exits() {
		known[e.code] = true
		if !strings.Contains(help, fmt.Sprintf("%3d  %s", e.code, e.means)) {
			t.Errorf("the help does not explain %d", e.code)
		}
	}
	for _, s := range timeline.Statuses() {
		if !known[s.Exit] {
			t.Errorf("the code %d of %s is not among the exits", s.Exit, s.Code)
		}
	}
}

func TestTheTableOfTheDocsIsTheTaxonomy(t *testing.T) {
	text, err := os.ReadFile("../../docs/command.md")
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	want.WriteString("| Code | HTTP | Exit |\n|---|---|---|\n")
	for _, s := range timeline.Statuses() {
		fmt.Fprintf(&want, "| %s | %d | %d |\n", s.Code, s.HTTP, s.Exit)
	}
	if !strings.Contains(string(text), want.String()+"\n") {
		t.Errorf("docs/command.md does not hold\n%s", want.String())
	}
	for _, c := range []string{"serve", "query", "check", "import", "export", "backup", "reindex", "doctor", "version"} {
		if !strings.Contains(string(text), "| `"+c) {
			t.Errorf("docs/command.md does not name %s", c)
		}
	}
}

func TestVersionNamesEveryPart(t *testing.T) {
	out := must(t, "", "version")
	for _, part := range []string{"tarikh", "commit", "go", "sqlite", "record"} {
		if !strings.Contains("\n"+out, "\n"+part+" ") {
			t.Errorf("%q does not name %s", out, part)
		}
	}
}
