package names_test

import (
	"testing"

	"tarikh/names"
)

func TestALanguageHasItsNameInOthers(t *testing.T) {
	for _, c := range []struct {
		of, in names.Language
		want   string
	}{
		{"ar", "en", "Arabic"}, {"ar", "fr", "arabe"}, {"ar", "ar", "العربية"}, {"fr", "ar", "الفرنسية"},
		{"ar-DZ", "en", "Arabic (Algeria)"}, {"zzz", "en", "zzz"}, {"", "en", ""}, {"ar", "", "ar"},
	} {
		if got := c.of.NameIn(c.in); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.of, c.in, got, c.want)
		}
	}
}

func TestATextWithoutALanguageKeepsItsDirection(t *testing.T) {
	for text, want := range map[string]names.Direction{"siege": names.LTR, "حصار": names.RTL, "«حصار»": names.RTL, "2012": names.LTR, "": names.LTR} {
		if got := names.Undetermined(text).Direction(); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
