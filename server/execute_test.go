package server

import (
	"encoding/json"
	"strings"
	"testing"

	"tarikh/timeline"
)

func TestADocumentCanBeAskedInProcess(t *testing.T) {
	d := filled(t, 5)
	text, err := Execute(t.Context(), d, "query A{dataset{events}} query B($n:Int){events(first:$n){nodes{key}}}",
		"B", map[string]any{"n": 2}, ExtensionStatements)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Data struct {
			Events struct{ Nodes []struct{ Key string } }
		}
		Extensions map[string]any
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Data.Events.Nodes) != 2 || got.Extensions["revision"] != 1.0 || got.Extensions["statements"] == nil {
		t.Errorf("%s", text)
	}
}

func TestTheErrorOfADocumentHasTheCodeOfTheTaxonomy(t *testing.T) {
	d := filled(t, 2)
	for query, want := range map[string]timeline.Code{
		"{":                                timeline.CodeInvalid,
		"{nothing}":                        timeline.CodeInvalid,
		nested(30):                         timeline.CodeTooLarge,
		"{events(first:-1){totalCount}}":   timeline.CodeInvalid,
		"{events(first:9999){totalCount}}": timeline.CodeTooLarge,
		`{events(where:{place:{within:["nowhere"]}}){totalCount}}`: timeline.CodeNotFound,
	} {
		text, err := Execute(t.Context(), d, query, "", nil)
		if timeline.CodeOf(err) != want || !strings.Contains(string(text), `"errors"`) {
			t.Errorf("%s: %v, %s", query, err, text)
		}
	}
	if text, err := Execute(t.Context(), nil, "{a}", "", nil); err == nil || text != nil {
		t.Errorf("without a database: %s, %v", text, err)
	}
}

func TestAnAnswerInProcessIsTheOneOverHTTP(t *testing.T) {
	d := filled(t, 5)
	s := serving(t, func(o *Options) { o.DB = d })
	const query = `{events(first:5){totalCount nodes{key title(lang:"ar"){text dir} actors{name{text}}}} nothing:event(ref:"none"){id}}`
	text, err := Execute(t.Context(), d, query, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if over := do(t, s, post(query, nil)).text; over != string(text) {
		t.Errorf("%s\n%s", text, over)
	}
}
