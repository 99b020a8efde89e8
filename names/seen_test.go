package names_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tarikh/names"
)

func TestWhereAQueryStandsInAText(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"Tombouctou", "À Tombouctou, Tombouctou", "[Tombouctou Tombouctou] [1]"},
		{"tombouctou", "À Tombouctou", "[Tombouctou] [2]"},
		{"تمبكتو", "هجوم بِتمبكتو أمس", "[بِتمبكتو] [2]"},
		{"أنصار الدين", "وأنصار الدين وانصار", "[وأنصار الدين وانصار] [2 1]"},
		{`"أنصار الدين"`, "وأنصار الدين وانصار", "[وأنصار الدين] [2]"},
		{"Azawad", "l’Azawad", "[Azawad] [1]"},
		{"l'Azawad", "de l’Azawad", "[Azawad] [1]"},
		{"Tomb*", "Tombouctou et Tomb", "[Tombouctou Tomb] [1]"},
		{"tomb*", "Tombouctou", "[Tombouctou] [3]"},
		{"(Gao)", "« Gao »", "[Gao] [1]"},
		{"attaque -Gao", "attaque à Gao", "[attaque] [1 0]"},
		{"Sévaré", "Se\u0301vare\u0301", "[Se\u0301vare\u0301] [1]"},
		{"Gao", "rien", "[] [0]"},
		{"Gao", "", "[] [0]"},
		{"a \"a b\" b", "a b", "[a b] [1 1 1]"},
		{"Gourma-Rharous", "Gourma Rharous", "[Gourma Rharous] [2]"},
	} {
		q, err := names.ReadQuery(c.query)
		if err != nil {
			t.Fatal(err)
		}
		seen := q.See(c.text)
		var parts []string
		for _, r := range seen.Ranges {
			parts = append(parts, c.text[r.From:r.To])
		}
		if got := fmt.Sprintf("[%s] %v", strings.Join(parts, " "), seen.Terms); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.query, c.text, got, c.want)
		}
	}
}

func TestExcerptsAreCutAtSpaces(t *testing.T) {
	long := strings.Repeat("كلمة أخرى ", 60) + "تمبكتو" + strings.Repeat(" word beyond", 60)
	q, err := names.ReadQuery("تمبكتو")
	if err != nil {
		t.Fatal(err)
	}
	text, ranges := names.Excerpt(long, q.See(long).Ranges)
	if len(text) > 400 || len(ranges) != 1 || text[ranges[0].From:ranges[0].To] != "تمبكتو" {
		t.Errorf("%d bytes, %v: %s", len(text), ranges, text)
	}
	for _, word := range strings.Fields(text) {
		if !strings.Contains(long, " "+word+" ") && !strings.HasPrefix(long, word) && !strings.HasSuffix(long, word) {
			t.Errorf("the word %q was cut", word)
		}
	}
	if text, _ := names.Excerpt(strings.Repeat("x", 1000), nil); len(text) != 320 {
		t.Errorf("%d bytes of a text without spaces", len(text))
	}
}

func TestSightsAndExcerptsOfAnyTextFallOnBorders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SampledFrom(append([]string{"تمبكتو", "l'Azawad", "Gao", " ", " ", "«", "😀"}, nasty...))
		draw := func(what string, n int) string {
			return strings.Join(rapid.SliceOfN(words, 0, n).Draw(t, what), "")
		}
		text := draw("text", 80)
		q, err := names.ReadQuery(draw("query", 3))
		if err != nil {
			return
		}
		checkSight(t, q, text)
	})
}

func checkSight(t failer, q names.Query, text string) {
	t.Helper()
	seen := q.See(text)
	borders := charBorders(text)
	last := 0
	for _, r := range seen.Ranges {
		if r.From < last || r.To <= r.From || !borders[r.From] || !borders[r.To] {
			t.Fatalf("%v in %+q", seen.Ranges, text)
		}
		last = r.To
	}
	cut, ranges := names.Excerpt(text, seen.Ranges)
	if !strings.Contains(text, cut) || len(seen.Ranges) > 0 && len(ranges) == 0 {
		t.Fatalf("%+q of %+q with %v", cut, text, ranges)
	}
	for i, r := range ranges {
		if i == 0 && cut[r.From:r.To] != text[seen.Ranges[0].From:seen.Ranges[0].To] {
			t.Fatalf("%v in %+q", ranges, cut)
		}
		if _, end := names.UTF16Range(cut, r.From, r.To); end > len(cut) || !utf8.RuneStart(cut[r.From]) && utf8.ValidString(cut) {
			t.Fatalf("%v in %+q", ranges, cut)
		}
	}
}
