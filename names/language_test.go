package names_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"tarikh/names"
)

func TestWhatIsNoLanguageTagIsRefused(t *testing.T) {
	for _, s := range []string{
		"", " ", "-", "a", "arabic", "french", "ar-", "-ar", "ar--DZ", "ar DZ", "ع", "ar-Latn-\x00",
		"en_US.UTF-8", "12", "ar\n", "ar-u", "\xff", "ar-" + strings.Repeat("abcde-", 20) + "x", "*",
	} {
		if got, err := names.ParseLanguage(s); err == nil || got != "" {
			t.Errorf("ParseLanguage(%q) = %q, %v", s, got, err)
		}
	}
}

func TestALanguageIsKeptInItsCustomaryCase(t *testing.T) {
	for s, want := range map[string]names.Language{
		"ar": "ar", "AR": "ar", "ar-latn": "ar-Latn", "FR-ml": "fr-ML", "ar_DZ": "ar-DZ",
		"zh-hant-tw": "zh-Hant-TW", "es-419": "es-419", "khq": "khq", "taq-LATN-ml": "taq-Latn-ML",
		"iw": "iw", "ar-Arab": "ar-Arab", "und": "und", "ar-zz": "ar-ZZ", "xyz": "xyz",
		"sl-rozaj-1994": "sl-rozaj-1994", "AR-dz-U-nu-latn": "ar-DZ-u-nu-latn", "x-tarikh": "x-tarikh",
	} {
		got, err := names.ParseLanguage(s)
		if got != want || err != nil {
			t.Errorf("ParseLanguage(%q) = %q, %v, want %q", s, got, err, want)
		}
	}
}

func FuzzParseLanguage(f *testing.F) {
	for _, s := range []string{"ar", "AR-latn", "fr_ML", "x-a-b", "i-klingon", "en-u-ca-islamic", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := names.ParseLanguage(s)
		if err != nil {
			return
		}
		if again, err := names.ParseLanguage(string(once)); again != once || err != nil {
			t.Fatalf("%q was read as %q and that as %q, %v", s, once, again, err)
		}
		if names.Pick([]names.Language{once}, once) != 0 || !once.Direction().IsValid() {
			t.Fatalf("%q is not its own", once)
		}
	})
}

func TestARangeMatchesItsLanguagesOnly(t *testing.T) {
	for _, c := range []struct {
		lang, rangeTag names.Language
		want           bool
	}{
		{"ar", "ar", true}, {"ar-DZ", "ar", true}, {"ar-Latn", "AR", true}, {"AR-dz", "ar-DZ", true},
		{"ar-DZ", "*", true}, {"ar", "ar-DZ", false}, {"arz", "ar", false}, {"a", "ar", false},
		{"fr", "ar", false}, {"", "ar", false}, {"", "*", false}, {"ar", "", false},
	} {
		if got := c.lang.Matches(c.rangeTag); got != c.want {
			t.Errorf("%q under %q: %v", c.lang, c.rangeTag, got)
		}
	}
}

func TestPickFollowsTheLookup(t *testing.T) {
	for _, c := range []struct {
		langs  string
		wanted names.Language
		want   int
	}{
		{"", "ar", -1},
		{"", "", -1},
		{"ar fr en", "", 0},
		{"fr en ar", "ar-MR", 2},
		{"en fr", "ar-MR", 1},
		{"de en", "ar-MR", 1},
		{"ar fr", "en", 1},
		{"ar de", "en", 0},
		{"de ar", "en", 1},
		{"de es", "en", 0},
		{"en ar-Latn", "ar", 0},
		{"ar-Latn de", "ar", 0}, // nothing else: the record's first
		{"de ar-Latn", "ar", 0},
		{"ar-Latn ar", "ar", 1},
		{"ar ar-Latn", "ar-Latn", 1},
		{"en ar", "ar-Latn", 1},
		{"en ar-DZ", "ar", 1},
		{"ar-DZ ar", "ar", 1},
		{"fr ar-DZ ar-MR", "ar-MR", 2},
		{"fr ar-DZ", "ar-MR", 1},
		{"de ar-Latn-DZ", "ar-Latn", 1},
		{"de fr-ML", "ar", 1},
		{"fr zh-Hant", "zh", 0},
		{"FR AR", "ar", 1},
		{"de en-x-news", "en", 1},
		{"zh zh-Hant", "zh-Hant-x-a", 1},
		{"arz fr", "ar", 1},
	} {
		if got := names.Pick(tags(c.langs), c.wanted); got != c.want {
			t.Errorf("of %q, %q gets %d, want %d", c.langs, c.wanted, got, c.want)
		}
	}
}

func TestPickDoesNotAllocate(t *testing.T) {
	langs := tags("de ar-Latn es ar-DZ")
	if n := testing.AllocsPerRun(100, func() { names.Pick(langs, "ar-Arab-MR") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestDirectionFollowsTheScript(t *testing.T) {
	for lang, want := range map[names.Language]names.Direction{
		"": "LTR", "und": "LTR", "ar": "RTL", "AR": "RTL", "ar-DZ": "RTL", "ar-Latn": "LTR",
		"ar-latn-DZ": "LTR", "fa": "RTL", "ur": "RTL", "he": "RTL", "fr": "LTR", "fr-Arab": "RTL",
		"taq-Arab": "RTL", "taq": "LTR", "khq": "LTR", "ha-Arab-NE": "RTL", "ar-u-nu-latn": "RTL",
		"ff-Adlm": "RTL", "nqo": "RTL", "x-ar": "LTR", "de-1996": "LTR", "und-Hebr": "RTL",
	} {
		if got := lang.Direction(); got != want {
			t.Errorf("%q runs %s, want %s", lang, got, want)
		}
	}
}

func TestDirectionAgreesWithLikelyScripts(t *testing.T) {
	rtl := map[string]bool{"Arab": true, "Hebr": true, "Thaa": true, "Syrc": true, "Nkoo": true}
	for _, tag := range strings.Fields("ar arq ary arz aeb apc fa ps ur he iw yi dv sd ug ckb pnb azb glk mzn " +
		"lrc ks syr nqo fr en de es pt it ru zh ja ko hi bn tr sw ha ff bm dje ses khq taq tmh wo ku az uz") {
		script, _ := language.Make(tag).Script()
		if script.String() == "Zzzz" {
			continue // that table does not know
		}
		got := names.Language(tag).Direction() == names.RTL
		if want := rtl[script.String()]; got != want {
			t.Errorf("%s is written in %s, yet RTL is %v", tag, script, got)
		}
	}
}

func TestLanguagesAndDirectionsCrossTheWire(t *testing.T) {
	var l names.Language
	var d names.Direction
	if err := errors.Join(l.UnmarshalGQL("AR-latn"), d.UnmarshalGQL("RTL")); err != nil {
		t.Fatal(err)
	}
	if got := written(l) + written(d) + written(names.Language("")); got != `"ar-Latn""RTL"null` {
		t.Errorf("written as %s", got)
	}
	for _, v := range []any{nil, 1, true, "arabic", []string{"ar"}} {
		if l.UnmarshalGQL(v) == nil || d.UnmarshalGQL(v) == nil {
			t.Errorf("%v was read", v)
		}
	}
	if l != "ar-Latn" || d != names.RTL {
		t.Errorf("an error left %q, %q", l, d)
	}
}

func TestALanguageIsAStringInJSON(t *testing.T) {
	type text struct{ Lang names.Language }
	for _, c := range []struct{ give, want string }{
		{`{"Lang":"fr-ml"}`, `{"Lang":"fr-ML"}`},
		{`{"Lang":""}`, `{"Lang":""}`},
		{`{}`, `{"Lang":""}`},
	} {
		var v text
		if err := json.Unmarshal([]byte(c.give), &v); err != nil {
			t.Errorf("%s: %v", c.give, err)
		}
		if got, err := json.Marshal(v); string(got) != c.want || err != nil {
			t.Errorf("%s came back as %s, %v", c.give, got, err)
		}
	}
	if err := json.Unmarshal([]byte(`{"Lang":"arabic"}`), &text{}); err == nil {
		t.Error("arabic was read as a tag")
	}
}

func tags(s string) []names.Language {
	var langs []names.Language
	for tag := range strings.FieldsSeq(s) {
		langs = append(langs, names.Language(tag))
	}
	return langs
}

func written(v interface{ MarshalGQL(io.Writer) }) string {
	var b bytes.Buffer
	v.MarshalGQL(&b)
	return b.String()
}
