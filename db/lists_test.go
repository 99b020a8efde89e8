package db

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"tarikh/names"
	"tarikh/timeline"
)

// written draws JSON that is now and then damaged.
func written(t *rapid.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if len(b) > 0 && rapid.IntRange(0, 3).Draw(t, "damaged") == 0 {
		i := rapid.IntRange(0, len(b)-1).Draw(t, "at")
		b = append(b[:i:i], append([]byte(rapid.SampledFrom([]string{"", `"`, "]", " ", "\x01", "\xff", "x", `\`}).Draw(t, "with")), b[i+1:]...)...)
	}
	return string(b)
}

// sameAs compares what readList makes of a text with what json.Unmarshal makes of it.
func sameAs[T any](t *rapid.T, text string) {
	var got, want []T
	failed, wrong := readList(text, &got), json.Unmarshal([]byte(text), &want)
	if len(want) == 0 {
		want = nil
	}
	if len(got) == 0 {
		got = nil
	}
	if (failed == nil) != (wrong == nil) || wrong == nil && !reflect.DeepEqual(got, want) {
		t.Errorf("%q: %v %v, json reads %v %v", text, got, failed, want, wrong)
	}
}

func TestListsAreReadAsJSONReadsThem(t *testing.T) {
	words := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z éصلى<"\\]*`))
	langs := rapid.SampledFrom([]names.Language{"ar", "fr", "en", "tmh", "ar-ML", "zh-Hant"})
	texts := rapid.Custom(func(t *rapid.T) timeline.Text {
		return timeline.Text{Lang: langs.Draw(t, "lang"), Text: words.Draw(t, "text")}
	})
	rapid.Check(t, func(t *rapid.T) {
		sameAs[timeline.Text](t, written(t, rapid.SliceOf(texts).Draw(t, "texts")))
		sameAs[string](t, written(t, rapid.SliceOf(words).Draw(t, "words")))
	})
}
