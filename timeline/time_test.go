package timeline

import (
	"testing"

	"tarikh/edtf"
	"tarikh/names"
)

func TestATimeKnowsWhatItsExpressionSays(t *testing.T) {
	at := NewTime(edtf.MustParse("2012-04~"))
	if at.Earliest().String() != "2012-04-01" || at.Latest().String() != "2012-04-30" ||
		!at.Approximate || at.Uncertain || at.Precision != edtf.PrecisionMonth {
		t.Errorf("%+v", at)
	}
	open := NewTime(edtf.MustParse("2023-08-08/.."))
	if open.Latest() != nil || !open.End.Open || open.Start.Open {
		t.Errorf("%+v", open)
	}
}

func TestOnlyWhatHasNoDayAtAllIsUndated(t *testing.T) {
	for text, undated := range map[string]bool{
		"/": true, "../..": true, "2012": false, "2012/": false, "/2012": false, "2012/..": false,
		"../2012": false, "[2012..]": false,
	} {
		at := NewTime(edtf.MustParse(text))
		if at.Undated() != undated {
			t.Errorf("%s: undated is %v", text, !undated)
		}
	}
	none := NewTime(edtf.Value{})
	if !none.Undated() {
		t.Error("no expression is a date")
	}
}

func TestATimeIsShownInTheLanguageAskedFor(t *testing.T) {
	at := NewTime(edtf.MustParse("2013-01-28"))
	for lang, want := range map[string]string{"en": "28 January 2013", "fr": "28 janvier 2013", "ar": "28 يناير 2013"} {
		if got := at.Display(wanted(names.Language(lang))); got != want {
			t.Errorf("%s: %q", lang, got)
		}
	}
	if at.Display(nil) == "" {
		t.Error("without a language nothing is shown")
	}
}
