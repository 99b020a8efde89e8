package names_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tarikh/names"
)

// nasty is text that a parser of names must survive: what it gives is tested with everything else.
var nasty = []string{
	"", " ", "\x00", "a\x00b", "\xff", "a\xffb", "\xed\xa0\x80", "\xed\xa0\x80\xed\xb0\x80", "\xc3",
	"\u202e\u202e", "ءءء", "ء ب ء", " ءب", "ـ", "\u064b\u064c", "a\u0301\u0301", "\u0301a", "e \u0301",
	"\ufdfa", "\ufe70", "ك\ufe77م", "½ 3½", "가\u11a8", "\u1100\u200d\u1161", "か\u3099",
	"\u0915\u093c", "İstanbul", "ﬀ ﬁ", "ΟΔΟΣ", "ŉ", "²", "😀", "1\ufe0f\u20e3", "’'ʿ", "''a''",
	strings.Repeat("\u3099", 70), "a" + strings.Repeat("\u0323\u0301", 90), "\u1fbf", "\U0001d15e", "\u0958",
	"\u0f71\u0f72\u0f74", "\u0344", "ǅ", "\u1e9e", "K", "\u0130\u0307", "־", "१२", "ꙮ\u0488", "\u2126",
}

func TestFoldOfAwkwardTexts(t *testing.T) {
	for give, want := range map[string]string{
		"":                   "",
		" \t\n":              "",
		"ء":                  "",
		"؟!،":                "",
		"😀":                  "",
		"a\x00b":             "a b",
		"a\xffb":             "a b",
		"\xed\xa0\x80":       "",
		"  Gao ,  Kidal. ":   "gao kidal",
		"NATO":               "nato",
		"a_b":                "a b",
		"İstanbul":           "istanbul",
		"ΟΔΟΣ Οδός":          "οδοσ οδοσ",
		"Тимбукту́ Йод":      "тимбукту иод",
		"か\u3099":            "が",
		"\u1100\u1161":       "가",
		"\u1100\u200d\u1161": "가",
		"क\u093c":            "क\u093c",
		"ك\ufe77م":           "كم",
		"\ufdfa":             "صلي الله عليه وسلم",
		"½":                  "1 2",
		"m² ½":               "m2 1 2",
		"l’Azawad":           "l azawad",
		"d'Élysée qu’ici":    "d elysee qu ici",
		"jusqu'à l'hôtel":    "jusqu a l hotel",
		"Mali's, Niger’S":    "mali s niger s",
		"Mali'sx 'sa":        "malisx sa",
		"Aguel'hoc M'Bera":   "aguelhoc mbera",
		"Jama’at l'":         "jamaat l",
		"l'Ⅻ pl'a l''a":      "lxii pla l a",
	} {
		if got := names.Fold(give); got != want {
			t.Errorf("Fold(%+q) = %+q, want %+q", give, got, want)
		}
	}
}

func TestFoldOfEveryCharacterIsFoldedAlready(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.IsGraphic(r) && r > 0xFFFF || unicode.Is(unicode.Han, r) && r&0xFF != 0 {
			continue // nothing there, or ideographs that are all alike
		}
		s := "a" + string(r) + "ب"
		once := names.Fold(s)
		if twice := names.Fold(once); twice != once {
			t.Errorf("%U: folded %+q, folded again %+q", r, once, twice)
		}
		if got := names.FoldOffsets("!" + s).Text; got != once {
			t.Errorf("%U: with offsets %+q, without %+q", r, got, once)
		}
	}
}

func TestFoldDoesNotHeedNormalisation(t *testing.T) {
	letters := []rune("أإآؤئۀéèçñåøœ\u0301\u0327\u0654\u0653aoاوهي가がй\u200d\u064e ")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom(letters)).Draw(t, "text")
		checkForms(t, s)
	})
}

func TestFoldOfAnyTextHoldsItsPromises(t *testing.T) {
	for _, s := range nasty {
		checkFold(t, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		checkFold(t, strings.Join(rapid.SliceOf(rapid.OneOf(
			rapid.SampledFrom(nasty), rapid.String(), rapid.SampledFrom([]string{"تمبكتو", "Aguel'hoc", " "}),
		)).Draw(t, "parts"), ""))
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkFold(t, s) })
}

// failer is what a test and a property have in common.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkFold holds Fold, FoldOffsets, Tokens and Skeleton against what they promise of any text.
func checkFold(t failer, s string) {
	t.Helper()
	once := names.Fold(s)
	if twice := names.Fold(once); twice != once {
		t.Fatalf("folded %+q, folded again %+q", once, twice)
	}
	if !utf8.ValidString(once) || strings.TrimSpace(once) != once || strings.Contains(once, "  ") {
		t.Fatalf("folded to %+q", once)
	}
	if read := names.Fold("!" + s); read != once {
		t.Fatalf("folded %+q at a glance, %+q when read", once, read)
	}
	folded := names.FoldOffsets(s)
	if folded.Text != once {
		t.Fatalf("with offsets %+q, without %+q", folded.Text, once)
	}
	checkOffsets(t, s, folded)
	checkTokens(t, s, once)
	if bones := names.Skeleton(s); bones != names.Skeleton(once) {
		t.Fatalf("skeleton %+q of the text, %+q of its fold", bones, names.Skeleton(once))
	}
}

func checkOffsets(t failer, s string, folded names.Folded) {
	t.Helper()
	borders := charBorders(s)
	last := 0
	for i := 0; i < len(folded.Text); i++ {
		from, to := folded.Original(i, i+1)
		if !borders[from] || !borders[to] || from >= to {
			t.Fatalf("byte %d of %+q comes from %d..%d of %+q", i, folded.Text, from, to, s)
		}
		if from < last {
			t.Fatalf("byte %d of %+q goes back from %d to %d", i, folded.Text, last, from)
		}
		last = from
	}
}

// checkTokens: a word's span folds to the word, or, where one character is several words (½, ﷺ), to
// those.
func checkTokens(t failer, s, folded string) {
	t.Helper()
	var words []string
	last := 0
	for _, token := range names.Tokens(s) {
		words = append(words, token.Text)
		if token.From < last || token.To <= token.From || token.To > len(s) {
			t.Fatalf("token %+v after %d in %d bytes", token, last, len(s))
		}
		last = token.From
		got := names.Fold(s[token.From:token.To])
		if !strings.Contains(" "+got+" ", " "+token.Text+" ") {
			t.Fatalf("token %+q stands at %+q, which folds to %+q",
				token.Text, s[token.From:token.To], got)
		}
	}
	if got := strings.Join(words, " "); got != folded {
		t.Fatalf("tokens %+q of %+q", got, folded)
	}
}

// charBorders returns where characters of s begin, and its end.
func charBorders(s string) map[int]bool {
	borders := map[int]bool{len(s): true}
	for i := range s {
		borders[i] = true
	}
	return borders
}
