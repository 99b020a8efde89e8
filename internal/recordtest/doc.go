// Package recordtest makes whole random record sets for tests: sources, a tree of locations,
// actors with relations, events with everything that an event can have, and saved timelines,
// which name one another and pass every check of package timeline (warnings come in).
//
// It knows timeline and what timeline knows, and must not know any store, index or format:
// they are what it tests.
package recordtest

import (
	"fmt"

	"pgregory.net/rapid"

	"tarikh/names"
	"tarikh/timeline"
)

// Records generates a set with n events and with sources, locations, actors and saved
// timelines to match. Records are in the order of [timeline.Kinds], so that each names only
// records before it. Keys are s-1, l-1, a-1, e-1, t-1 and so on; ids are derived from the
// first identifier, else the key; events carry the times at which they were made and changed.
func Records(n int) *rapid.Generator[[]*timeline.Record] {
	return rapid.Custom(func(t *rapid.T) []*timeline.Record {
		m := &maker{t: t}
		for i := range 3 + n/4 {
			m.source(i)
		}
		for i := range 4 + n/5 {
			m.location(i)
		}
		for i := range 4 + n/4 {
			m.actor(i)
		}
		for i := range n {
			m.event(i)
		}
		for i := range 3 {
			m.timeline(i)
		}
		return m.records
	})
}

// maker holds what was made so far, for later records to name.
type maker struct {
	t       *rapid.T
	records []*timeline.Record

	sources, locations, actors, events, timelines []*timeline.Identity
}

// identity makes the names of the i-th record of a kind. Most have only a key; some have
// outside identifiers or the refs of a record that was merged into them.
func (m *maker) identity(kind timeline.Kind, letter string, i int) timeline.Identity {
	id := timeline.Identity{Key: fmt.Sprintf("%s-%d", letter, i+1)}
	if m.oneIn(4) {
		id.Identifiers = append(id.Identifiers,
			timeline.Identifier{Scheme: "wikidata", Value: fmt.Sprintf("Q%d", i+1)})
	}
	if m.oneIn(6) {
		id.Identifiers = append(id.Identifiers,
			timeline.Identifier{Scheme: "ucdp", Value: fmt.Sprintf("%s%d", letter, i+1)})
	}
	if m.oneIn(8) {
		old := fmt.Sprintf("%s-old-%d", letter, i+1)
		id.Former = []string{old, timeline.DeriveID(kind, old)}
	}
	id.ID = timeline.DeriveID(kind, id.StableName())
	return id
}

// ref names one of the records by any ref that it answers to, mostly its key.
func (m *maker) ref(of []*timeline.Identity) timeline.Ref {
	return m.refTo(pick(m, of))
}

func (m *maker) refTo(id *timeline.Identity) timeline.Ref {
	refs := []string{id.Key, id.Key, id.Key, id.ID}
	for _, i := range id.Identifiers {
		refs = append(refs, i.String())
	}
	refs = append(refs, id.Former...)
	return timeline.RefTo(pick(m, refs))
}

// maybeRef is a ref to one of the records, or none.
func (m *maker) maybeRef(of []*timeline.Identity, in int) *timeline.Ref {
	if len(of) == 0 || !m.oneIn(in) {
		return nil
	}
	r := m.ref(of)
	return &r
}

// some picks up to most different ones of a list, in random order.
func some[V any](m *maker, of []V, most int) []V {
	n := m.upTo(min(most, len(of)))
	if n == 0 {
		return nil
	}
	picked, left := make([]V, 0, n), append([]V(nil), of...)
	for range n {
		i := m.upTo(len(left) - 1)
		picked = append(picked, left[i])
		left = append(left[:i], left[i+1:]...)
	}
	return picked
}

func pick[V any](m *maker, of []V) V { return of[m.upTo(len(of)-1)] }

func (m *maker) upTo(n int) int       { return rapid.IntRange(0, n).Draw(m.t, "n") }
func (m *maker) oneIn(n int) bool     { return m.upTo(n-1) == 0 }
func (m *maker) word() string         { return pick(m, wordsOfTests()) }
func (m *maker) maybeWord() string    { return pick(m, []string{"", "", m.word()}) }
func (m *maker) lang() names.Language { return pick(m, languages()) }

// texts are one to all languages in random order; the first is the original language.
func (m *maker) texts() []timeline.Text {
	langs := some(m, languages(), len(languages())-1)
	if len(langs) == 0 {
		langs = languages()[:1]
	}
	texts := make([]timeline.Text, len(langs))
	for i, l := range langs {
		texts[i] = timeline.Text{Lang: l, Text: m.word() + " " + m.word()}
	}
	return texts
}

// names are preferred ones in some languages, and perhaps an alias in none.
func (m *maker) names() []timeline.Name {
	var all []timeline.Name
	for _, text := range m.texts() {
		all = append(all, timeline.Name{Text: text.Text, Lang: text.Lang, Kind: timeline.NamePreferred})
	}
	if m.oneIn(3) {
		all = append(all, timeline.Name{Text: m.word(), Kind: timeline.NameAlias})
	}
	if m.oneIn(4) {
		all = append(all, timeline.Name{Text: m.word(), Lang: m.lang(), Kind: timeline.NameFormer,
			From: m.maybeTime(2), To: m.maybeTime(2)})
	}
	return all
}

func (m *maker) quote() *timeline.Quote {
	if !m.oneIn(4) {
		return nil
	}
	return &timeline.Quote{Lang: m.lang(), Text: m.word()}
}

func (m *maker) point() *timeline.Point {
	return &timeline.Point{
		Lat: float64(m.upTo(1800)-900) / 10, Lon: float64(m.upTo(3600)-1800) / 10}
}

func (m *maker) maybePoint() *timeline.Point {
	if m.oneIn(2) {
		return nil
	}
	return m.point()
}

func languages() []names.Language {
	return []names.Language{"ar", "fr", "en", "ar-DZ", "ar-Latn"}
}

// wordsOfTests repeat, so that equal titles and folded equality come up.
func wordsOfTests() []string {
	return []string{"تمبكتو", "تُمْبُكْتُو", "غاو", "هجوم", "Tombouctou", "Timbuktu", "Aguel’hoc",
		"École", "siege", "Zone", "attack", "<b>&\"quoted\"</b>", "=1+1", "ɲ 😀", "line\nbreak"}
}
