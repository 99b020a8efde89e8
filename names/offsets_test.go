package names_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"tarikh/names"
)

func TestAWordIsFoundWhereItStands(t *testing.T) {
	for _, c := range []struct{ text, word, want string }{
		{"in Tombouctou, 2012", "tombouctou", "Tombouctou"},
		{"près de Sévaré.", "sevare", "Sévaré"},
		{"SE\u0301VARE\u0301!", "sevare", "SE\u0301VARE\u0301"},
		{"à Aguel’hoc hier", "aguelhoc", "Aguel’hoc"},
		{"«تِمْبُكْتُو»", "تمبكتو", "تِمْبُكْتُو"},
		{"في تمبـــكتوـ.", "تمبكتو", "تمبـــكتوـ"},
		{"قتل الشهداء في غاو", "الشهدا", "الشهداء"},
		{"\u2067كيدال\u2069", "كيدال", "كيدال"},
		{"la Straße 12", "strasse", "Straße"},
		{"نحو ٢٠١٢م", "2012م", "٢٠١٢م"},
		{"ʿAbd", "abd", "ʿAbd"},
		{"'Gao'", "gao", "Gao"},
		{"x ءادم", "ادم", "ءادم"},
		{"\xffGao\xff", "gao", "Gao"},
		{"か\u3099", "が", "か\u3099"},
		{"plain words", "words", "words"},
	} {
		folded := names.FoldOffsets(c.text)
		i := strings.Index(folded.Text, c.word)
		if i < 0 {
			t.Errorf("%q is not in %q", c.word, folded.Text)
			continue
		}
		from, to := folded.Original(i, i+len(c.word))
		if got := c.text[from:to]; got != c.want {
			t.Errorf("%q stands at %q in %q, want %q", c.word, got, c.text, c.want)
		}
	}
}

func TestAFoldedSpaceComesFromAllThatParts(t *testing.T) {
	text := "Gao - et «Kidal»"
	folded := names.FoldOffsets(text)
	if from, to := folded.Original(3, 4); text[from:to] != " - " {
		t.Errorf("the first space comes from %q", text[from:to])
	}
	if from, to := folded.Original(0, len(folded.Text)); text[from:to] != "Gao - et «Kidal" {
		t.Errorf("everything comes from %q", text[from:to])
	}
}

func TestOriginalWidensAndClampsWhatItIsAsked(t *testing.T) {
	for _, c := range []struct {
		text           string
		i, j, from, to int
	}{
		{"", 0, 0, 0, 0},
		{"", -3, 9, 0, 0},
		{"...", 0, 1, 0, 0},
		{"غاو", 1, 3, 0, 4},
		{"غَاو", 1, 3, 0, 6},
		{"gao", -1, 99, 0, 3},
		{"Gao", -1, 99, 0, 3},
		{"Gao", 2, 2, 2, 2},
		{"Gao", 3, 3, 3, 3},
		{"Gao", 9, 2, 3, 3},
		{"Gao", 2, 1, 2, 2},
	} {
		from, to := names.FoldOffsets(c.text).Original(c.i, c.j)
		if from != c.from || to != c.to {
			t.Errorf("%q: Original(%d, %d) = %d, %d, want %d, %d",
				c.text, c.i, c.j, from, to, c.from, c.to)
		}
	}
}

func TestTokensAreTheWordsOfAText(t *testing.T) {
	want := []names.Token{{"al", 0, 2}, {"qaida", 3, 9}, {"2012", 11, 19}}
	if got := names.Tokens("Al-Qaïda (٢٠١٢)"); !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for _, empty := range []string{"", " ", "؟!", "ءء", "\x00"} {
		if got := names.Tokens(empty); got != nil {
			t.Errorf("Tokens(%q) = %+v", empty, got)
		}
	}
}

func TestUTF16RangeCountsAsJavaScriptDoes(t *testing.T) {
	for _, c := range []struct {
		text                 string
		from, to, start, end int
	}{
		{"Gao", 0, 3, 0, 3},
		{"في غاو", 5, 11, 3, 6},
		{"😀 Gao", 5, 8, 3, 6},
		{"😀", 1, 2, 0, 2},
		{"é", 1, 1, 0, 0},
		{"\xed\xa0\x80x", 3, 4, 3, 4},
		{"Gao", -1, 9, 0, 3},
		{"Gao", 2, 1, 2, 2},
	} {
		start, end := names.UTF16Range(c.text, c.from, c.to)
		if start != c.start || end != c.end {
			t.Errorf("UTF16Range(%q, %d, %d) = %d, %d, want %d, %d",
				c.text, c.from, c.to, start, end, c.start, c.end)
		}
	}
}

func TestUTF16RangeAgreesWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, word := rapid.String().Draw(t, "before"), rapid.String().Draw(t, "word")
		start, end := names.UTF16Range(before+word+"…", len(before), len(before)+len(word))
		wantStart := len(utf16.Encode([]rune(before)))
		if start != wantStart || end != wantStart+len(utf16.Encode([]rune(word))) {
			t.Fatalf("%d..%d for %q after %q", start, end, word, before)
		}
	})
}
