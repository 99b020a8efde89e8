package timeline

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestIDsOfFreshDatabasesAgree(t *testing.T) {
	// Written down once: an id that is out in the world never changes.
	golden := map[string]string{
		DeriveID(KindLocation, "timbuktu"):    "lo_b4fwhk5z3v7m4mw66rraakhw2x",
		DeriveID(KindEvent, "ucdp:204703"):    "ev_sfzdkw8hb7wyexb0n3yd6tvgjm",
		DeriveID(KindSource, "seed:004"):      "so_mks6cs07c9fb6eg6dt6xq3r38h",
		DeriveID(KindTimeline, "azawad"):      "tl_qwbdbnyksemd5jaqskkyw1g5xe",
		NewID(KindClaim, [32]byte{}):          "cl_00000000000000000000000000",
		NewID(KindActor, [32]byte{0: 0b1000}): "ac_10000000000000000000000000",
	}
	for got, want := range golden {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestAnIDTellsItsKind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(append(Kinds(), KindClaim)).Draw(t, "kind")
		id := DeriveID(kind, rapid.String().Draw(t, "name"))
		if got, ok := KindOfID(id); !ok || got != kind {
			t.Fatalf("%s is of kind %q", id, got)
		}
		if FormOfRef(id) != RefID {
			t.Fatalf("%s is taken for a %s", id, FormOfRef(id))
		}
	})
	for _, bad := range []string{"", "ev", "ev_", "xx_00000000000000000000000000",
		"ev_0000000000000000000000000", "ev_0000000000000000000000000I",
		"ev_0000000000000000000000000u", "ev_00000000000000000000000000\n"} {
		if kind, ok := KindOfID(bad); ok {
			t.Errorf("%q is an id of %s", bad, kind)
		}
	}
}

func TestKindsAndNamesKeepIDsApart(t *testing.T) {
	seen := map[string]string{}
	for _, kind := range Kinds() {
		for _, name := range []string{"a", "b", "a:b", "a-b"} {
			id := DeriveID(kind, name)[3:]
			if before, twice := seen[id]; twice {
				t.Errorf("%s %s and %s have one id", kind, name, before)
			}
			seen[id] = string(kind) + " " + name
		}
	}
}

func TestKeysAreWordsJoinedByHyphens(t *testing.T) {
	for key, valid := range map[string]bool{
		"timbuktu": true, "timbuktu-2012-2025": true, "7": true, strings.Repeat("a", 80): true,
		"": false, "-a": false, "a-": false, "a--b": false, "A": false, "a_b": false, "a b": false,
		"é": false, "a\n": false, strings.Repeat("a", 81): false,
	} {
		if ValidKey(key) != valid {
			t.Errorf("%q: valid is %v", key, !valid)
		}
	}
}

func TestIdentifiersAreSchemeAndValue(t *testing.T) {
	for text, want := range map[string]Identifier{
		"ucdp:204703":     {"ucdp", "204703"},
		"wikidata:Q9427":  {"wikidata", "Q9427"},
		"doi:10.1/a:b":    {"doi", "10.1/a:b"},
		"ucdp-ged.24:1_2": {"ucdp-ged.24", "1_2"},
	} {
		if got, err := ParseIdentifier(text); err != nil || got != want || got.String() != text {
			t.Errorf("%s is %v, %v", text, got, err)
		}
	}
	for _, bad := range []string{"", ":", "a:", ":b", "A:b", "1a:b", "a:b c", "a b:c", "ab", "a:\tb",
		"a:" + strings.Repeat("x", 201)} {
		if _, err := ParseIdentifier(bad); CodeOf(err) != CodeInvalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestIdentifiersOfPublicCataloguesHaveAPage(t *testing.T) {
	if u := (Identifier{"wikidata", "Q9427"}).URL(); u == nil || *u != "https://www.wikidata.org/wiki/Q9427" {
		t.Errorf("got %v", u)
	}
	if u := (Identifier{"seed", "004"}).URL(); u != nil {
		t.Errorf("a page for seed: %s", *u)
	}
}

func TestTheLettersOfARefTellItsForm(t *testing.T) {
	for ref, form := range map[string]RefForm{
		"timbuktu": RefKey, "a-b": RefKey, "": RefKey, "ev_1": RefID,
		"ucdp:1": RefIdentifier, "ucdp:a_b": RefIdentifier,
	} {
		if FormOfRef(ref) != form {
			t.Errorf("%q is a %s", ref, FormOfRef(ref))
		}
	}
}

func TestRefsComeBackFromJSONAsTheyWere(t *testing.T) {
	short := map[string]string{`"gao"`: "gao", `"ucdp:1"`: "ucdp:1", `{"ref":"gao"}`: "gao"}
	for text, want := range short {
		var r Ref
		if err := json.Unmarshal([]byte(text), &r); err != nil || r.Ref != want || r.String() != want {
			t.Errorf("%s is %+v, %v", text, r, err)
		}
	}
	near := &Point{Lat: 16.27, Lon: -0.04}
	for _, r := range []Ref{RefTo("gao"), {}, {Name: "Gao", Lang: "fr", Kind: "CITY", Near: near},
		{Ref: "gao", Kind: "CITY"}, {Ref: "gao", Near: near}, {Key: "gao", Parent: &Ref{Ref: "mali"}},
		{Identifiers: []Identifier{{"geonames", "1"}}, Name: "Gao <&> غاو"}} {
		b, err := json.Marshal(r)
		var again Ref
		if err == nil {
			err = json.Unmarshal(b, &again)
		}
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Errorf("%s: %+v came back as %+v, %v", b, r, again, err)
		}
	}
}

func TestRefsWithUnknownMembersAreRefused(t *testing.T) {
	for _, bad := range []string{`{"reff":"gao"}`, `7`, `[]`, `{"parent":{"nme":"x"}}`, `{"identifiers":["x"]}`} {
		var r Ref
		if err := json.Unmarshal([]byte(bad), &r); err == nil {
			t.Errorf("%s is taken as %+v", bad, r)
		}
	}
}

func TestAMessageCallsARecordByItsShortestName(t *testing.T) {
	id := Identity{ID: "ev_1", Key: "k", Identifiers: []Identifier{{"ucdp", "1"}}}
	if id.Label() != "k" || id.StableName() != "ucdp:1" {
		t.Errorf("%s, %s", id.Label(), id.StableName())
	}
	id.Key = ""
	if id.Label() != "ucdp:1" {
		t.Error(id.Label())
	}
	id.Identifiers = nil
	if id.Label() != "ev_1" || id.StableName() != "" {
		t.Errorf("%s, %s", id.Label(), id.StableName())
	}
	for text, r := range map[string]Ref{"k": {Key: "k"}, `"Gao"`: {Name: "Gao"}, "ucdp:1": {Identifiers: []Identifier{{"ucdp", "1"}}}} {
		if r.String() != text {
			t.Errorf("%+v is called %s", r, r)
		}
	}
}

func TestMessagesRepeatLittleOfWhatCameIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		got := clip(s)
		if len(got) > 63 || !utf8.ValidString(got) || len(s) <= 60 && got != s {
			t.Fatalf("%q is clipped to %q", s, got)
		}
	})
}
