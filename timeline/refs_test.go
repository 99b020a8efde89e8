package timeline_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tarikh/edtf"
	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

func TestEveryRefOfARecordIsVisited(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range recordtest.Records(5).Draw(t, "records") {
			visited := map[*timeline.Ref]timeline.Member{}
			r.EachRef(func(_ timeline.Kind, field timeline.Member, ref *timeline.Ref) {
				if other, twice := visited[ref]; twice {
					t.Fatalf("%s and %s are one", field, other)
				}
				visited[ref] = field
			})
			if n := refsIn(reflect.ValueOf(r)); n != len(visited) {
				t.Fatalf("%d of %d refs of a %s are visited: %v", len(visited), n, r.Kind(), visited)
			}
		}
	})
}

// refsIn counts the refs anywhere in a value.
func refsIn(v reflect.Value) int {
	if v.Type() == reflect.TypeFor[timeline.Ref]() {
		return 1
	}
	n := 0
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			n += refsIn(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			n += refsIn(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			n += refsIn(v.Field(i))
		}
	}
	return n
}

func TestAVisitorMayChangeRefs(t *testing.T) {
	for _, r := range recordtest.Records(5).Example(5) {
		r.EachRef(func(_ timeline.Kind, _ timeline.Member, ref *timeline.Ref) { *ref = timeline.RefTo("new") })
		r.EachRef(func(_ timeline.Kind, field timeline.Member, ref *timeline.Ref) {
			if ref.Ref != "new" {
				t.Errorf("%s is still %s", field, ref)
			}
		})
	}
}

func TestKeysAreMintedFromIdentifiersOrLatinNames(t *testing.T) {
	arabic := timeline.Text{Lang: "ar", Text: "تمبكتو"}
	french := timeline.Text{Lang: "fr", Text: "Tombouctou"}
	english := timeline.Text{Lang: "en", Text: "Timbuktu"}
	german := timeline.Text{Lang: "de", Text: "Timbuktu (Stadt)"}
	named := func(texts ...timeline.Text) *timeline.Record {
		l := &timeline.LocationRecord{}
		for _, text := range texts {
			l.Names = append(l.Names, timeline.Name{Text: text.Text, Lang: text.Lang})
		}
		return &timeline.Record{Location: l}
	}
	identified := named(english)
	identified.Location.Identifiers = []timeline.Identifier{{Scheme: "geonames", Value: "2449067"}}
	for want, r := range map[string]*timeline.Record{
		"geonames-2449067": identified, "timbuktu": named(arabic, french, english),
		"tombouctou": named(german, french), "timbuktu-stadt": named(arabic, german), "": named(arabic),
		"t": {Event: &timeline.EventRecord{Titles: []timeline.Text{{Lang: "en", Text: "T"}}}},
		"s": {Source: &timeline.SourceRecord{Title: timeline.Text{Lang: "ar", Text: "S"}}},
		"a": {Actor: &timeline.ActorRecord{Names: []timeline.Name{{Text: "A"}}}},
		"l": {Timeline: &timeline.TimelineRecord{Titles: []timeline.Text{{Lang: "fr", Text: "L"}}}},
	} {
		if got := r.MintKey(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestASlugHasTheFormOfAKey(t *testing.T) {
	for text, want := range map[string]string{
		"Aguel’hoc, Région de Kidal": "aguelhoc-region-de-kidal", "UCDP 204703": "ucdp-204703",
		"تمبكتو": "", "": "", "--a--": "a", "École Nº 1": "ecole-no-1", "تمبكتو 2012": "2012",
	} {
		if got := timeline.Slug(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		slug := timeline.Slug(s + strings.Repeat(" x1", 30))
		if !timeline.ValidKey(slug) || timeline.Slug(slug) != slug {
			t.Fatalf("%q becomes %q", s, slug)
		}
	})
}

func TestNormalisingKeepsWhatIsSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range recordtest.Records(3).Draw(t, "records") {
			before := string(line(t, r))
			r.Normalise()
			if after := string(line(t, r)); after != before {
				t.Fatalf("%s became %s", before, after)
			}
		}
	})
	r := &timeline.Record{Event: &timeline.EventRecord{Tags: []string{},
		Identity: timeline.Identity{Former: []string{}},
		Claims:   []timeline.ClaimRecord{{Range: &timeline.Range{}}}}}
	r.Normalise()
	if r.Event.Tags != nil || r.Event.Former != nil || r.Event.Claims[0].Range != nil {
		t.Errorf("%+v", r.Event)
	}
}

func TestClaimsAreIdentifiedByWhatTheySay(t *testing.T) {
	event := func() *timeline.EventRecord {
		source, other := timeline.RefTo("s-1"), timeline.RefTo("s-2")
		return &timeline.EventRecord{Identity: timeline.Identity{ID: "ev_1"},
			Claims: []timeline.ClaimRecord{
				{Kind: timeline.ClaimKilled, Source: &source}, {Kind: timeline.ClaimKilled, Source: &other},
				{Kind: timeline.ClaimKilled, Source: &source}, {ID: "mine", Kind: timeline.ClaimKilled},
			}}
	}
	ids := func(e *timeline.EventRecord) (all []string) {
		e.IdentifyClaims()
		for _, c := range e.Claims {
			all = append(all, c.ID)
		}
		return all
	}
	first := ids(event())
	seen := map[string]bool{}
	for i, id := range first {
		kind, ok := timeline.KindOfID(id)
		if seen[id] || i < 3 && (!ok || kind != timeline.KindClaim) {
			t.Errorf("claim %d has the id %q", i, id)
		}
		seen[id] = true
	}
	if first[3] != "mine" {
		t.Error("an id was replaced")
	}
	corrected, n := event(), 7
	corrected.Claims[0].Range = &timeline.Range{Best: &n}
	if again := ids(corrected); !reflect.DeepEqual(again, first) {
		t.Errorf("a corrected figure makes another claim: %v and %v", first, again)
	}
}

func TestClaimsAreListedCurrentFirstThenByDayThenByID(t *testing.T) {
	on := func(s string) *edtf.Value { v := edtf.MustParse(s); return &v }
	rising := []*timeline.Claim{
		{ID: "b", Status: timeline.ClaimCurrent, ReportedOn: on("2012-04-01")},
		{ID: "a", Status: timeline.ClaimCurrent, ReportedOn: on("2012-04")},
		{ID: "a", Status: timeline.ClaimCurrent},
		{ID: "b", Status: timeline.ClaimCurrent},
		{ID: "a", Status: timeline.ClaimRetracted, ReportedOn: on("2012-03")},
		{ID: "b", Status: timeline.ClaimSuperseded, ReportedOn: on("2012-03")},
	}
	for i, a := range rising {
		for j, b := range rising {
			if got := timeline.CompareClaims(a, b); got < 0 != (i < j) || got == 0 != (i == j) {
				t.Errorf("claims %d and %d compare as %d", i, j, got)
			}
		}
	}
}
