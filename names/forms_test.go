package names_test

import (
	"golang.org/x/text/unicode/norm"

	"tarikh/names"
)

// checkForms: two encodings of one text in Unicode are one text to Fold.
func checkForms(t failer, s string) {
	t.Helper()
	want := names.Fold(s)
	for _, form := range []norm.Form{norm.NFC, norm.NFD, norm.NFKC, norm.NFKD} {
		if got := names.Fold(form.String(s)); got != want {
			t.Fatalf("%+q folds to %+q, its other form %+q to %+q", s, want, form.String(s), got)
		}
	}
}
