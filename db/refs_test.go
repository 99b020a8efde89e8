package db

import (
	"context"
	"testing"

	"tarikh/timeline"
)

func TestRecordsOfACallNameEachOtherInAnyOrderByAnyRef(t *testing.T) {
	for name, to := range map[string]string{
		"by key": "mali", "by id": timeline.DeriveID(timeline.KindLocation, "wikidata:Q912"),
		"by identifier": "wikidata:Q912", "by the key of one merged into it": "soudan-francais",
	} {
		t.Run(name, func(t *testing.T) {
			d := fresh(t)
			mali := location("mali", func(l *timeline.LocationRecord) {
				l.Identifiers, l.Former = wikidata("Q912"), []string{"soudan-francais"}
			})
			taken(t, d, location("gao", under(to)), mali)
			want(t, "parent", recordOf(t, d, timeline.KindLocation, "gao").Location.Parent.Ref, "mali")
			taken(t, d, location("kidal", under(to))) // and of a call before
			want(t, "parent", recordOf(t, d, timeline.KindLocation, "kidal").Location.Parent.Ref, "mali")
			healthy(t, d)
		})
	}
}

func TestARecordIsNamedByAnIdentifierThatItGetsInTheSameCall(t *testing.T) {
	d := fresh(t)
	taken(t, d, location("mali"))
	taken(t, d, location("gao", under("wikidata:Q912")),
		location("mali", func(l *timeline.LocationRecord) { l.Identifiers = wikidata("Q912") }))
	healthy(t, d)
}

func TestARecordFoundByAnIdentifierIsNamedByTheKeyOfTheFile(t *testing.T) {
	d := fresh(t)
	taken(t, d, location("mali", func(l *timeline.LocationRecord) { l.Identifiers = wikidata("Q912") }))
	outcomes, _ := put(t, d, location("republique-du-mali", func(l *timeline.LocationRecord) {
		l.Identifiers = wikidata("Q912")
	}), location("gao", under("republique-du-mali")))
	want(t, "its key", outcomes[0].Key, "mali")
	must(t, outcomes[1].Err)
	want(t, "parent", recordOf(t, d, timeline.KindLocation, "gao").Location.Parent.Ref, "mali")
	healthy(t, d)
}

func TestWhoNamesARefusedRecordIsRefusedToo(t *testing.T) {
	d := fresh(t)
	taken(t, d, actor("army"), source("paper"))
	army := func(e *timeline.EventRecord) { // by its id, which is no key
		e.Participants = []timeline.ParticipationRecord{{Role: timeline.RoleParty, Certainty: timeline.CertaintyClaimed,
			Actor: timeline.RefTo(timeline.DeriveID(timeline.KindActor, "army"))}}
	}
	outcomes, w := put(t, d,
		event("a", army, relatedTo(timeline.EventFollows, "b")),
		event("b", army, relatedTo(timeline.EventFollows, "c")),
		event("c", army, relatedTo(timeline.EventFollows, "nobody")),
		event("d", army, relatedTo(timeline.EventFollows, "e")),
		event("e", army, relatedTo(timeline.EventResponseTo, "d")))
	for _, o := range outcomes[:3] {
		wantCode(t, o.Err, timeline.CodeNotFound)
		want(t, "field", coded(t, o.Err).Field, "event.relations[0].event")
	}
	must(t, outcomes[3].Err)
	must(t, outcomes[4].Err)
	want(t, "changed", w.Changed, 2)
	// Tried again with what was missing, they are taken.
	taken(t, d, event("c", relatedTo(timeline.EventFollows, "d")), event("b", relatedTo(timeline.EventFollows, "c")))
	healthy(t, d)
}

func TestTheUpdateOfARecordThatIsRefusedLeavesItNamedAsBefore(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"), event("old"))
	outcomes, _ := put(t, d, event("new", relatedTo(timeline.EventFollows, "old")),
		event("old", relatedTo(timeline.EventFollows, "nobody")))
	must(t, outcomes[0].Err)
	wantCode(t, outcomes[1].Err, timeline.CodeNotFound)
	healthy(t, d)
}

func TestANameNamesTheOneRecordThatAgrees(t *testing.T) {
	d := fresh(t)
	at := func(lat, lon float64) *timeline.Point { return &timeline.Point{Lat: lat, Lon: lon} }
	place := func(key string, kind timeline.LocationKind, parent string, p *timeline.Point, names ...string) *timeline.Record {
		return location(key, func(l *timeline.LocationRecord) {
			l.Kind, l.Point, l.Names = kind, p, nil
			if parent != "" {
				l.Parent = ref(parent)
			}
			for _, n := range names {
				l.Names = append(l.Names, timeline.Name{Text: n, Kind: timeline.NameAlias})
			}
		})
	}
	taken(t, d, source("paper"),
		place("mali", timeline.LocationCountry, "", nil, "Mali"),
		place("niger", timeline.LocationCountry, "", nil, "Niger"),
		place("region", timeline.LocationRegion, "mali", at(20, -3), "Tombouctou"),
		place("city", timeline.LocationCity, "region", at(16.77, -3), "Tombouctou", "TOMBOUCTOU"),
		place("village-mali", timeline.LocationVillage, "mali", at(14, 0), "Labbezanga"),
		place("village-niger", timeline.LocationVillage, "niger", at(14.5, 1), "Labbezanga"),
		actor("army", func(a *timeline.ActorRecord) { a.Names[0].Text = "Forces armées" }),
		actor("gunmen", func(a *timeline.ActorRecord) { a.Names[0].Text, a.Generic = "Hommes armés", true }))
	mali := &timeline.Ref{Name: "MALI"}
	for name, c := range map[string]struct {
		ref  timeline.Ref
		key  string
		code timeline.Code
	}{
		"one bears it":          {ref: timeline.Ref{Name: "mali"}, key: "mali"},
		"two, told by kind":     {ref: timeline.Ref{Name: "tombouctou", Kind: "CITY"}, key: "city"},
		"two, told by parent":   {ref: timeline.Ref{Name: "Labbezanga", Parent: mali}, key: "village-mali"},
		"two, told by position": {ref: timeline.Ref{Name: "Labbezanga", Near: at(14.501, 1.001)}, key: "village-niger"},
		"two":                   {ref: timeline.Ref{Name: "Tombouctou"}, code: timeline.CodeConflict},
		"none":                  {ref: timeline.Ref{Name: "Ouagadougou"}, code: timeline.CodeNotFound},
		"none of the kind":      {ref: timeline.Ref{Name: "Mali", Kind: "CITY"}, code: timeline.CodeNotFound},
		"none under the parent": {ref: timeline.Ref{Name: "Tombouctou", Parent: &timeline.Ref{Name: "Niger"}}, code: timeline.CodeNotFound},
		"none near":             {ref: timeline.Ref{Name: "Labbezanga", Near: at(0, 0)}, code: timeline.CodeNotFound},
		"a ref before a name":   {ref: timeline.Ref{Identifiers: wikidata("Q404"), Key: "city", Name: "Mali"}, key: "city"},
		"refs that lead nowhere": {ref: timeline.Ref{Identifiers: wikidata("Q404"), Key: "nowhere", Name: "Mali"},
			key: "mali"},
	} {
		t.Run(name, func(t *testing.T) {
			outcomes, _ := put(t, d, location("below", func(l *timeline.LocationRecord) { l.Parent = &c.ref }))
			wantCode(t, outcomes[0].Err, c.code)
			if c.code == "" {
				want(t, "parent", recordOf(t, d, timeline.KindLocation, "below").Location.Parent.Ref, c.key)
			}
		})
	}
	participant := func(name string) *timeline.Record {
		return event("e", func(e *timeline.EventRecord) {
			e.Participants = []timeline.ParticipationRecord{{Actor: timeline.Ref{Name: name},
				Role: timeline.RoleParty, Certainty: timeline.CertaintyClaimed}}
		})
	}
	taken(t, d, participant("FORCES ARMÉES"))
	refused(t, d, participant("Hommes armés"), timeline.CodeNotFound) // no one actor
	healthy(t, d)
}

func TestASourceIsNotNamedByTheNameOfAnActor(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"), actor("reuters"))
	refused(t, d, event("e", func(e *timeline.EventRecord) {
		e.Citations = append(e.Citations, timeline.CitationRecord{Source: timeline.Ref{Name: "reuters"}})
	}), timeline.CodeNotFound)
}

func TestOldRefsKeepAnswering(t *testing.T) {
	d := fresh(t)
	oldID := timeline.DeriveID(timeline.KindEvent, "old")
	taken(t, d, source("paper"), event("e", func(e *timeline.EventRecord) { e.Former = []string{"old", oldID} }))
	viewed(t, d, func(v *View) {
		for _, ref := range []string{"old", oldID} {
			e, err := v.Event(context.Background(), ref)
			must(t, err)
			want(t, "key", e.Key, "e")
		}
		nodes, err := v.Nodes(context.Background(), []string{oldID, timeline.DeriveID(timeline.KindEvent, "nothing")})
		must(t, err)
		want(t, "that the node of an old id is there", nodes[0] != nil && nodes[0].NodeID() != oldID, true)
		want(t, "a node of no record", nodes[1], nil)
	})
	// A file that does not list them leaves them as they are.
	taken(t, d, event("e", func(e *timeline.EventRecord) { e.Sensitive = true }))
	want(t, "former", len(recordOf(t, d, timeline.KindEvent, "old").Event.Former), 2)
	healthy(t, d)
}
