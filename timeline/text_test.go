package timeline

import (
	"testing"

	"tarikh/names"
)

func wanted(l names.Language) *names.Language { return &l }

func TestTheTextIsPickedByLookup(t *testing.T) {
	texts := []Text{{"ar", "a"}, {"fr", "f"}, {"en", "e"}}
	latin := []Text{{"ar-Latn", "l"}, {"en", "e"}}
	for _, c := range []struct {
		texts []Text
		want  *names.Language
		got   string
	}{
		{texts, nil, "a"}, {texts, wanted("en"), "e"}, {texts, wanted("ar-MR"), "a"},
		{texts, wanted("de"), "f"}, {texts[:1], wanted("de"), "a"}, {latin, wanted("ar"), "e"},
		{latin, wanted("ar-Latn-MR"), "l"},
	} {
		if got := pick(c.texts, c.want); got == nil || got.Text != c.got {
			t.Errorf("%v of %v is %v", c.want, c.texts, got)
		}
	}
	if pick(nil, wanted("ar")) != nil {
		t.Error("nothing is something")
	}
}

func TestThePreferredNameIsShown(t *testing.T) {
	all := []Name{{Text: "MINUSMA", Kind: NameAbbreviation}, {Text: "مينوسما", Lang: "ar", Kind: NamePreferred},
		{Text: "Mission", Lang: "fr", Kind: NamePreferred}}
	for lang, want := range map[names.Language]string{"ar": "مينوسما", "fr": "Mission", "en": "Mission"} {
		if got := pickName(all, &lang); got.Text != want {
			t.Errorf("%s: %s", lang, got.Text)
		}
	}
	if got := pickName(all, nil); got.Text != "مينوسما" {
		t.Error(got.Text)
	}
	if got := pickName(all[:1], wanted("ar")); got.Text != "MINUSMA" || got.Lang != "" {
		t.Error(got)
	}
	if pickName(nil, nil) != nil {
		t.Error("nobody has a name")
	}
}

func TestTextsKnowTheirDirection(t *testing.T) {
	for l, want := range map[names.Language]names.Direction{"ar": names.RTL, "ar-Latn": names.LTR, "fr": names.LTR, "": names.LTR} {
		if (Text{Lang: l}).Dir() != want || (Name{Lang: l}).Dir() != want || (Quote{Lang: l}).Dir() != want {
			t.Errorf("%q does not run %s", l, want)
		}
	}
}
