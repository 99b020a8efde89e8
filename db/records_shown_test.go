package db

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"tarikh/timeline"
)

// What is read at sight is what the decoder of JSON reads.
func TestTextsReadAtSight(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 3).Draw(rt, "n")
		var texts []timeline.Text
		var tags []string
		for range n {
			text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{`"}`, `","text":"`, `\`, "]", "<b>", "\u2028", `", "`})).Draw(rt, "text")
			texts = append(texts, timeline.Text{Lang: "ar", Text: text})
			tags = append(tags, text)
		}
		for _, written := range []string{jsonText(texts), string(spaced(jsonText(texts)))} {
			var want []timeline.Text
			if err := json.Unmarshal([]byte(written), &want); err != nil {
				rt.Fatal(err)
			}
			if got, err := readTexts(written); err != nil || len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
				rt.Fatalf("%s: %v, %v, want %v", written, got, err, want)
			}
		}
		for _, written := range []string{jsonText(tags), string(spaced(jsonText(tags)))} {
			var want []string
			if err := json.Unmarshal([]byte(written), &want); err != nil {
				rt.Fatal(err)
			}
			if got, err := readWords(written); err != nil || len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
				rt.Fatalf("%s: %v, %v, want %v", written, got, err, want)
			}
		}
	})
	for _, broken := range []string{`[{"lang":"ar","text":"x"}`, `{`, `["a"`, `[{"lang":"ar"`} {
		if _, err := readTexts(broken); err == nil {
			t.Errorf("%s was read as texts", broken)
		}
		if _, err := readWords(broken); err == nil {
			t.Errorf("%s was read as tags", broken)
		}
	}
}

// spaced is a list written by somebody else, with blanks between its elements.
func spaced(list string) []byte {
	var any []json.RawMessage
	if json.Unmarshal([]byte(list), &any) != nil {
		return []byte(list)
	}
	b, err := json.MarshalIndent(any, "", " ")
	if err != nil {
		return []byte(list)
	}
	return b
}
