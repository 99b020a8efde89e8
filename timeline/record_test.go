package timeline_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

func line(t interface{ Fatal(...any) }, r *timeline.Record) []byte {
	b, err := r.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRecordsComeBackFromTheirLinesAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range recordtest.Records(rapid.IntRange(0, 6).Draw(t, "events")).Draw(t, "records") {
			b := line(t, r)
			again, err := timeline.ParseRecord(b)
			if err != nil || !reflect.DeepEqual(again, r) {
				t.Fatalf("%s came back as %s, %v", b, line(t, again), err)
			}
			if bytes.ContainsAny(b, "\n\r") {
				t.Fatalf("%q is no single line", b)
			}
		}
	})
}

func TestIndentedRecordsReadTheSame(t *testing.T) {
	r := recordtest.Records(4).Example(1)
	for _, one := range r {
		var wide bytes.Buffer
		if err := json.Indent(&wide, line(t, one), "", "  "); err != nil {
			t.Fatal(err)
		}
		again, err := timeline.ParseRecord(wide.Bytes())
		if err != nil || !reflect.DeepEqual(again, one) {
			t.Errorf("%s: %v", wide.Bytes(), err)
		}
	}
}

func TestLettersOfAnyScriptStandAsTheyAre(t *testing.T) {
	text := "تُمْبُكْتُو <b>&\u2028 Aguel’hoc 😀"
	r := &timeline.Record{Actor: &timeline.ActorRecord{Kind: timeline.ActorState,
		Names: []timeline.Name{{Text: text, Kind: timeline.NameAlias}}}}
	b, err := r.AppendJSON([]byte("before "))
	if err != nil || !bytes.HasPrefix(b, []byte(`before {"actor":`)) || !bytes.Contains(b, []byte("تُمْبُكْتُو <b>&")) {
		t.Errorf("%s, %v", b, err)
	}
}

func TestLinesThatAreNoRecordAreRefused(t *testing.T) {
	for text, says := range map[string]string{
		``: "", `{}`: "exactly one", `null`: "exactly one", `[]`: "array", `{"event":null}`: "exactly one",
		`{"event":{},"actor":{}}`:                      "exactly one",
		`{"event":{}} x`:                               "follows",
		`{"event":{}} {"actor":{}}`:                    "follows",
		`{"war":{}}`:                                   "war",
		`{"event":{"titel":[]}}`:                       "titel",
		`{"event":{"time":"2012-13"}}`:                 "2012-13",
		`{"event":{"time":7}}`:                         "",
		`{"event":{"identifiers":["x"]}}`:              "scheme:value",
		`{"event":{"citations":[{"source":{"x":1}}]}}`: "ref",
		`{"actor":{"names":[{"lang":"arabic"}]}}`:      "arabic",
		`{"event":{"createdAt":"yesterday"}}`:          "RFC 3339",
	} {
		_, err := timeline.ParseRecord([]byte(text))
		if timeline.CodeOf(err) != timeline.CodeInvalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
		if err != nil && strings.Contains(err.Error(), "Go ") {
			t.Errorf("%s speaks of Go: %v", text, err)
		}
	}
}

func TestARecordKnowsItsKindAndIdentity(t *testing.T) {
	for _, r := range recordtest.Records(2).Example(3) {
		if r.Kind() == "" || r.Identity() == nil || r.Identity().Key == "" {
			t.Errorf("%s", line(t, r))
		}
		if kind, ok := timeline.KindOfID(r.Identity().ID); !ok || kind != r.Kind() {
			t.Errorf("%s has the id %s", r.Kind(), r.Identity().ID)
		}
	}
	if none := (&timeline.Record{}); none.Kind() != "" || none.Identity() != nil {
		t.Error("nothing is something")
	}
}

func FuzzParseRecord(f *testing.F) {
	for _, r := range recordtest.Records(3).Example(7) {
		f.Add(line(f, r))
	}
	f.Add([]byte(`{"event":{"titles":null,"places":[],"citations":[{"source":{}}]}}`))
	f.Add([]byte(`{"timeline":{"where":{"and":[null]}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := timeline.ParseRecord(text)
		if err != nil {
			if timeline.CodeOf(err) != timeline.CodeInvalid {
				t.Fatalf("%v", err)
			}
			return
		}
		once := line(t, r)
		again, err := timeline.ParseRecord(once)
		if err != nil || !bytes.Equal(line(t, again), once) {
			t.Fatalf("%s came back as %s, %v", once, line(t, again), err)
		}
		r.Check()
		timeline.CheckTogether([]*timeline.Record{r, again})
	})
}
