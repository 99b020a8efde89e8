package timeline

import (
	"regexp"
	"strings"
	"testing"

	"tarikh/names"
)

// codes are the types as meanings have them: a parent, then those below it.
const codes = `violence: battle remote_violence attack_on_civilians abduction sexual_violence
control: capture withdrawal siege deployment operation
politics: agreement negotiation visit statement declaration coup election appointment
justice: arrest trial verdict sanction release
society: protest riot displacement return aid
heritage: destruction restoration listing ceremony
transport: closure reopening suspension
organisation: founding merger split renaming death
other:`

func TestTheTypesAreThoseOfTheField(t *testing.T) {
	known := 0
	for line := range strings.Lines(codes) {
		parent, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		top := TypeByCode(parent)
		if top == nil || top.Parent != nil {
			t.Fatalf("%s is no top type", parent)
		}
		below := strings.Fields(rest)
		if len(top.Children) != len(below) {
			t.Errorf("%s has %d below it, want %d", parent, len(top.Children), len(below))
		}
		for i, code := range below {
			if i < len(top.Children) && top.Children[i].Code != code || TypeByCode(code).Parent != top {
				t.Errorf("%s is not below %s", code, parent)
			}
		}
		known += 1 + len(below)
	}
	if len(EventTypes()) != known {
		t.Errorf("%d types, want %d", len(EventTypes()), known)
	}
}

func TestAParentCoversWhatIsBelowIt(t *testing.T) {
	violence, battle := TypeByCode("violence"), TypeByCode("battle")
	for _, c := range []struct {
		of   *EventType
		code string
		want bool
	}{
		{violence, "violence", true}, {violence, "battle", true}, {violence, "siege", false},
		{battle, "battle", true}, {battle, "violence", false}, {battle, "abduction", false},
	} {
		if c.of.Covers(c.code) != c.want {
			t.Errorf("%s covers %s: %v", c.of.Code, c.code, !c.want)
		}
	}
}

func TestEveryTypeHasALabelInThreeLanguages(t *testing.T) {
	form, seen := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`), map[string]string{}
	for _, e := range EventTypes() {
		if !form.MatchString(e.Code) || e.Children == nil {
			t.Errorf("%q", e.Code)
		}
		for _, l := range []names.Language{"ar", "fr", "en"} {
			label := e.Label(&l)
			if label == nil || label.Lang != l || label.Text == "" {
				t.Errorf("%s in %s is %v", e.Code, l, label)
				continue
			}
			if other := seen[label.Text]; other != "" && other != e.Code {
				t.Errorf("%s and %s are both %q", other, e.Code, label.Text)
			}
			seen[label.Text] = e.Code
		}
	}
	if TypeByCode("war") != nil || TypeByCode("") != nil {
		t.Error("an unknown code has a type")
	}
}
