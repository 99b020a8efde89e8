package docs

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

// whole is a file with every part.
const whole = "# Who?\nfr: Qui ?\nar: من؟\n\nFirst *prose*.\n\nSecond.\n\n```graphql\n{\n  a\n}\n```\n" +
	"\nVariables:\n\n```json\n{ \"n\": 1 }\n```\n\nAnswer:\n\n```json\n{\n  \"data\": null\n}\n```\n"

func TestAFileIsReadPartByPart(t *testing.T) {
	want := Query{
		Titles: map[string]string{"en": "Who?", "fr": "Qui ?", "ar": "من؟"},
		Prose:  "First *prose*.\n\nSecond.", Document: "{\n  a\n}",
		Variables: `{ "n": 1 }`, Answer: "{\n  \"data\": null\n}",
	}
	for name, text := range map[string]string{
		"as written": whole, "with the line ends of Windows": strings.ReplaceAll(whole, "\n", "\r\n"),
	} {
		if got, err := parse(text); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestVariablesAndAnswerMayBeLeftOut(t *testing.T) {
	text, _, _ := strings.Cut(whole, "\nVariables:")
	q, err := parse(text)
	if err != nil || q.Variables != "" || q.Answer != "" || q.Document != "{\n  a\n}" {
		t.Errorf("got %+v, %v", q, err)
	}
}

func TestAFileThatLacksAPartIsRefusedWithItsLine(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", `line 1: here belongs the title in "en", after "# "`},
		{"no French title", "# Who?\nar: من؟\n", `line 2: here belongs the title in "fr", after "fr: "`},
		{"an empty title", strings.Replace(whole, "Qui ?", " ", 1), `there is no title in "fr"`},
		{"no document", "# Who?\nfr: Qui ?\nar: من؟\nprose\n", "line 5: there is no ```graphql block"},
		{"another block first", strings.Replace(whole, "```graphql", "```js", 1), "line 9: here belongs a ```graphql block"},
		{"an empty document", strings.Replace(whole, "{\n  a\n}\n", "", 1), "the graphql block is empty"},
		{"a block without end", strings.TrimSuffix(whole, "```\n"), "line 27: the json block is not closed"},
		{"variables that are none", strings.Replace(whole, `{ "n": 1 }`, `[1]`, 1), "the variables are no JSON object"},
		{"an answer that is none", strings.Replace(whole, `"data": null`, "…", 1), "the answer is no JSON"},
		{"something behind", whole + "\nMore.\n", "line 29: nothing belongs here but Variables: before Answer:"},
		{"a label without a block", "# Who?\nfr: Qui ?\nar: من؟\n```graphql\n{a}\n```\nAnswer:\nnone\n",
			"line 8: here belongs a ```json block"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := parse(tt.text); err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestAWrongFileIsNamed(t *testing.T) {
	_, err := read(fstest.MapFS{"queries/b.md": {Data: []byte("x")}, "queries/a.md": {Data: []byte(whole)}})
	if err == nil || !strings.HasPrefix(err.Error(), "docs/queries/b.md: line 1: ") {
		t.Errorf("got %v", err)
	}
}

func TestQueriesComeInTheOrderOfTheirFiles(t *testing.T) {
	queries, err := read(fstest.MapFS{"queries/02-b.md": {Data: []byte(whole)}, "queries/01-a.md": {Data: []byte(whole)}})
	if err != nil || len(queries) != 2 || queries[0].File != "01-a" || queries[1].File != "02-b" {
		t.Errorf("got %+v, %v", queries, err)
	}
}

func TestEveryShippedQueryIsWhole(t *testing.T) {
	queries, err := Queries()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range queries {
		if q.Prose == "" || q.Answer == "" {
			t.Errorf("docs/queries/%s.md lacks its prose or its answer", q.File)
		}
	}
}

// The README shows the first question and its answer: between these marks, as they stand in
// the file.
const readmeBegin, readmeEnd = "<!-- docs/queries: the first -->", "<!-- end -->"

func TestTheReadmeShowsTheFirstQueryWithItsAnswer(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), readmeBegin)
	shown, _, closed := strings.Cut(rest, readmeEnd)
	if !found || !closed {
		t.Fatalf("README.md has no part between %q and %q", readmeBegin, readmeEnd)
	}
	queries, err := Queries()
	if err != nil {
		t.Fatal(err)
	}
	q := queries[0]
	if !strings.Contains(shown, "```graphql\n"+q.Document+"\n```") {
		t.Errorf("README.md does not show the document of docs/queries/%s.md", q.File)
	}
	if !sameJSON(jsonBlock(shown), q.Answer) {
		t.Errorf("README.md does not show the answer of docs/queries/%s.md", q.File)
	}
}

// jsonBlock is what the first json block of a text holds; empty where there is none.
func jsonBlock(text string) string {
	_, rest, _ := strings.Cut(text, "```json\n")
	block, _, _ := strings.Cut(rest, "```")
	return block
}

// sameJSON compares JSON texts, however they are broken into lines.
func sameJSON(a, b string) bool {
	var one, other bytes.Buffer
	if json.Compact(&one, []byte(a)) != nil || json.Compact(&other, []byte(b)) != nil {
		return a == b
	}
	return one.String() == other.String()
}
