package names_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tarikh/names"
)

func TestWhatATextAsksFor(t *testing.T) {
	for _, c := range []struct{ text, terms string }{
		{"", ""},
		{" \t", ""},
		{"«», …!؟ -- * \"\" \u064b \u202e ء", ""},
		{"Tombouctou", "tombouctou"},
		{"  attaque   Tombouctou ", "attaque|tombouctou"},
		{"Gourma-Rharous", "gourma rharous"},
		{"Aguel'hoc", "aguelhoc"},
		{"l'Azawad", "azawad"},
		{"l’", "l"},
		{`"Ansar Dine"`, `"ansar dine"`},
		{`"de l'Azawad"`, `"de l azawad"`},
		{"«أنصار الدين» مالي", `"انصار الدين"|مالي`},
		{"“Ansar Dine”", `"ansar dine"`},
		{`attaque"Ansar Dine"`, `attaque|"ansar dine"`},
		{`"Ansar Dine"attaque`, `"ansar dine"|attaque`},
		{`"Ansar Dine`, "ansar|dine"},
		{"»Ansar«", "ansar"},
		{"-Mali", "-mali"},
		{"Gao -Mali", "gao|-mali"},
		{`Gao -"Ansar Dine"`, `gao|-"ansar dine"`},
		{"Gao - Mali", "gao|mali"},
		{"Gao --Mali", "gao|mali"},
		{"Gao -*", "gao"},
		{"Tomb*", "tomb*"},
		{"-Tomb*", "-tomb*"},
		{"* Tomb *", "tomb"},
		{"To*mb", "to mb"},
		{"Tomb**", "tomb*"},
		{`"ansar di"*`, `"ansar di"*`},
		{"a AND b OR NOT c NEAR(d e)", "a|and|b|or|not|c|near d|e"},
		{"title:x {a b}:c ^d +e", "title x|a|b c|d|e"},
		{"a\x00b", "a b"},
		{"\xed\xa0\x80 Gao", "gao"},
		{"٢٠١٢", "2012"},
		{"وتمبكتو", "وتمبكتو"},
	} {
		q, err := names.ReadQuery(c.text)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
		}
		if got := spell(q); got != c.terms {
			t.Errorf("%q asks for %s, want %s", c.text, got, c.terms)
		}
	}
}

// spell writes a query's terms in one line.
func spell(q names.Query) string {
	var all []string
	for _, t := range q.Terms {
		s := strings.Join(t.Words, " ")
		if t.Quoted {
			s = `"` + s + `"`
		}
		if t.Exclude {
			s = "-" + s
		}
		if t.Prefix {
			s += "*"
		}
		all = append(all, s)
	}
	return strings.Join(all, "|")
}

func TestATextBeyondTheLimitsIsTooLong(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		long bool
	}{
		"20 words":           {strings.Repeat("a ", 20), false},
		"21 words":           {strings.Repeat("a ", 21), true},
		"21 words in one":    {strings.Repeat("a-", 21), true},
		"500 characters":     {strings.Repeat("ب", 500), false},
		"501 characters":     {strings.Repeat("ب", 501), true},
		"500 beyond 16 bits": {strings.Repeat("😀", 500), false},
		"1 MB":               {strings.Repeat("x", 1<<20), true},
		"5,000 words":        {strings.Repeat("a ", 5000), true},
	} {
		if _, err := names.ReadQuery(c.text); errors.Is(err, names.ErrTooLong) != c.long {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A text cannot make the reader panic, hang or give a term without words, and reads the same twice.
func checkQuery(t failer, s string) {
	t.Helper()
	start := time.Now()
	q, err := names.ReadQuery(s)
	if time.Since(start) > 2*time.Second {
		t.Fatalf("%.60q takes too long", s)
	}
	if err != nil {
		return
	}
	n := 0
	for _, term := range q.Terms {
		n += len(term.Words)
		for _, w := range term.Words {
			if w == "" || names.Fold(w) != w || !utf8.ValidString(w) {
				t.Fatalf("%+q gives the word %+q", s, w)
			}
		}
		if len(term.Words) == 0 || !strings.Contains(s, term.Written) {
			t.Fatalf("%+q gives the term %+v", s, term)
		}
	}
	if n > names.MaxQueryWords {
		t.Fatalf("%+q gives %d words", s, n)
	}
	again, err := names.ReadQuery(q.Text)
	if d := cmp.Diff(q, again); err != nil || d != "" {
		t.Fatalf("%+q reads otherwise without the space around it: %v %s", s, err, d)
	}
}

func TestAnyTextIsRead(t *testing.T) {
	for _, s := range nasty {
		checkQuery(t, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		checkQuery(t, strings.Join(rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(nasty), rapid.String(),
			rapid.SampledFrom([]string{`"`, "-", "*", "«", "»", " ", "“", "”", "l'", "تمبكتو"}))).Draw(t, "parts"), ""))
	})
}

func FuzzReadQuery(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Add(`-"a b"* «c» d*-e l'x`)
	f.Fuzz(checkQueryOf)
}

func checkQueryOf(t *testing.T, s string) { checkQuery(t, s) }

func TestFormsOfWords(t *testing.T) {
	for word, c := range map[string]struct{ in, out []string }{
		"تمبكتو":  {[]string{"تمبكتو", "وتمبكتو", "بتمبكتو", "لتمبكتو", "كتمبكتو", "فتمبكتو"}, []string{"مبكتو"}},
		"الهجوم":  {[]string{"الهجوم", "هجوم", "والهجوم", "بالهجوم", "للهجوم", "وللهجوم"}, []string{"الالهجوم"}},
		"جزاير":   {[]string{"الجزاير", "وبالجزاير", "للجزاير"}, nil},
		"نك":      {[]string{"نك"}, []string{"بنك"}},
		"الله":    {[]string{"الله", "والله"}, []string{"له", "بله"}},
		"gao":     {[]string{"gao"}, []string{"وgao"}},
		"2012":    {[]string{"2012"}, []string{"و2012"}},
		"الي":     {[]string{"الي", "والي"}, []string{"ي"}},
		"anchois": {[]string{"anchois"}, []string{"danchois"}},
	} {
		forms := names.Forms(word)
		if forms[0] != word {
			t.Errorf("%s: the first form is %s", word, forms[0])
		}
		for _, w := range c.in {
			if !slices.Contains(forms, w) {
				t.Errorf("%s does not meet %s: %v", word, w, forms)
			}
		}
		for _, w := range c.out {
			if slices.Contains(forms, w) {
				t.Errorf("%s meets %s", word, w)
			}
		}
		if all := slices.Compact(slices.Sorted(slices.Values(forms))); len(all) != len(forms) {
			t.Errorf("%s: a form comes twice in %v", word, forms)
		}
	}
}

func TestWordsWithoutWhatIsWrittenOntoThem(t *testing.T) {
	for word, want := range map[string]string{
		"وتمبكتو":   "[تمبكتو]",
		"وبالجزاير": "[بالجزاير الجزاير جزاير]",
		"للجزاير":   "[الجزاير جزاير]",
		"باماكو":    "[اماكو]",
		"بنك":       "[]",
		"غاو":       "[]",
		"gao":       "[]",
		"":          "[]",
	} {
		if got := fmt.Sprint(names.Bare(word)); got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}
