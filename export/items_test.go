package export_test

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"tarikh/edtf"
	"tarikh/export"
	"tarikh/timeline"
)

// meta is what the exports of these tests say of themselves: a reader of Arabic.
func meta() export.Meta {
	return export.Meta{
		Title: []timeline.Text{{Lang: "ar", Text: "تمبكتو 2012–2025"}, {Lang: "en", Text: "Timbuktu <2012–2025>"}},
		Eras: []timeline.EraRecord{
			{Titles: []timeline.Text{{Lang: "ar", Text: "حكم الجماعات"}}, Time: edtf.MustParse("2012-04-01/2013-01-28")},
			{Titles: []timeline.Text{{Lang: "en", Text: "Siege"}}, Time: edtf.MustParse("2023-08-08/..")},
			{Titles: []timeline.Text{{Lang: "en", Text: "One day"}}, Time: edtf.MustParse("2015-06-20")},
			{Titles: []timeline.Text{{Lang: "en", Text: "Nobody knows when"}}, Time: edtf.MustParse("/")},
		},
		Lang:        "ar",
		Attribution: []string{"Tarikh's record, \"CC BY\"; see the sources"},
		Licences:    []string{"CC-BY-4.0"},
		Rule:        timeline.RuleRange, Revision: 42,
		Generated: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Address:   "https://example.org/export.csv?within=timbuktu-region&from=2012",
		Total:     1203, Shown: 12,
	}
}

// all yields the items.
func all(items []*export.Item) iter.Seq2[*export.Item, error] {
	return func(yield func(*export.Item, error) bool) {
		for _, it := range items {
			if !yield(it, nil) {
				return
			}
		}
	}
}

// written is the items in a format.
func written(t testing.TB, format string, m export.Meta, o export.Options, items []*export.Item) []byte {
	t.Helper()
	f, ok := export.ByName(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	var out bytes.Buffer
	if _, err := export.Stream(f.New(&out, o), m, all(items), func() bool { return true }); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func names(ar, fr, en string) []timeline.Name {
	var all []timeline.Name
	for _, n := range []timeline.Name{{Text: ar, Lang: "ar"}, {Text: fr, Lang: "fr"}, {Text: en, Lang: "en"}} {
		if n.Kind = timeline.NamePreferred; n.Text != "" {
			all = append(all, n)
		}
	}
	return all
}

func place(key string, kind timeline.LocationKind, p *timeline.Point, ar, fr, en string) *timeline.Location {
	return &timeline.Location{ID: timeline.DeriveID(timeline.KindLocation, key), Key: key, Kind: kind,
		Point: p, Names: names(ar, fr, en)}
}

func actor(key string, kind timeline.ActorKind, ar, fr, en string) *timeline.Actor {
	return &timeline.Actor{ID: timeline.DeriveID(timeline.KindActor, key), Key: key, Kind: kind, Names: names(ar, fr, en)}
}

// world is what the items of these tests name.
type world struct {
	mali, region, city, village  export.Place
	ansar, army, civilians, imam *timeline.Actor
	article, ged, acled          *timeline.SourceRecord
}

func newWorld() world {
	mali := place("mali", timeline.LocationCountry, &timeline.Point{Lat: 17, Lon: -4}, "مالي", "Mali", "Mali")
	mali.Identifiers = []timeline.Identifier{{Scheme: "iso3166-1", Value: "ML"}}
	region := place("timbuktu-region", timeline.LocationRegion, &timeline.Point{Lat: 20, Lon: -3}, "تمبكتو", "Tombouctou", "Timbuktu")
	city := place("timbuktu", timeline.LocationCity, &timeline.Point{Lat: 16.7735, Lon: -3.0074}, "تمبكتو", "Tombouctou", "Timbuktu")
	village := place("kabara", timeline.LocationVillage, nil, "كبارة", "Kabara", "Kabara")
	w := world{
		mali:      export.Place{Location: mali},
		region:    export.Place{Location: region, Above: []*timeline.Location{mali}},
		city:      export.Place{Location: city, Above: []*timeline.Location{mali, region}},
		village:   export.Place{Location: village, Above: []*timeline.Location{mali, region}},
		ansar:     actor("ansar-dine", timeline.ActorArmedGroup, "أنصار الدين", "Ansar Dine", "Ansar Dine"),
		army:      actor("malian-army", timeline.ActorStateForces, "الجيش المالي", "Armée malienne", "Malian army"),
		civilians: actor("civilians-of-mali", timeline.ActorCivilians, "مدنيون", "Civils", "Civilians"),
		imam:      actor("an-imam", timeline.ActorPerson, "الإمام", "L’imam", "The imam"),
	}
	w.civilians.Generic = true
	w.ansar.Names = append(w.ansar.Names, timeline.Name{Text: "AD; \\ the group", Kind: timeline.NameAbbreviation})
	w.article = source("wire-a", timeline.SourceArticle, timeline.Text{Lang: "fr", Text: "Combats à Kabara ; «bilan»"})
	w.article.URL, w.article.Publisher = "https://example.org/a?x=1&y=<2>", "Wire A"
	w.article.Lang, w.article.PublishedOn = "fr", edtf.MustParse("2014-05-04")
	w.ged = source("ucdp-ged", timeline.SourceDataset, timeline.Text{Lang: "en", Text: "UCDP GED"})
	w.ged.Licence, w.ged.Attribution = "CC-BY-4.0", "Davies et al. 2024; Sundberg & Melander 2013"
	w.acled = source("acled", timeline.SourceDataset, timeline.Text{Lang: "en", Text: "ACLED"})
	w.acled.NotPassedOn = true
	return w
}

func source(key string, kind timeline.SourceKind, title timeline.Text) *timeline.SourceRecord {
	return &timeline.SourceRecord{Identity: timeline.Identity{ID: timeline.DeriveID(timeline.KindSource, key), Key: key},
		Kind: kind, Title: title}
}

// event is an event of one title, made and changed at fixed times.
func event(key, typ, when string, titles ...timeline.Text) *timeline.EventRecord {
	at := timeline.NewDateTime(time.Date(2025, 5, 6, 7, 8, 9, 0, time.UTC))
	return &timeline.EventRecord{
		Identity: timeline.Identity{ID: timeline.DeriveID(timeline.KindEvent, key), Key: key},
		Type:     typ, Status: timeline.StatusReported, Time: edtf.MustParse(when), Titles: titles,
		CreatedAt: at, UpdatedAt: at,
	}
}

func at(key string, precision timeline.PlacePrecision) []timeline.PlaceRecord {
	ref := timeline.RefTo(key)
	return []timeline.PlaceRecord{{Location: &ref, Role: timeline.RoleSite, Precision: precision}}
}

func killed(low, best, high int, contested bool) *timeline.Casualties {
	c := &timeline.Casualties{Kind: timeline.ClaimKilled, Rule: timeline.RuleRange, Contested: contested, Events: 1}
	for _, n := range []struct {
		to **int
		n  int
	}{{&c.Low, low}, {&c.Best, best}, {&c.High, high}} {
		if n.n >= 0 {
			*n.to = &n.n
		}
	}
	return c
}

func ref(key string) *timeline.Ref { r := timeline.RefTo(key); return &r }

// items are the events of these tests, each odd in its own way. The last may not be passed on.
func items() []*export.Item {
	w := newWorld()
	return []*export.Item{
		w.takeover(), w.siege(), w.battle(), w.formula(), w.undated(), w.ancient(),
		w.sensitive(), w.foreign(), w.slide(), w.hour(), w.forbidden(),
	}
}

// takeover is complete in three languages; a claim says that nobody was killed.
func (w *world) takeover() *export.Item {
	e := event("takeover", "capture", "2012-04-01",
		timeline.Text{Lang: "ar", Text: "سقوط تمبكتو"}, timeline.Text{Lang: "fr", Text: "Chute de Tombouctou"},
		timeline.Text{Lang: "en", Text: "Fall of Timbuktu"})
	e.Summaries = []timeline.Text{{Lang: "ar", Text: "دخل المسلحون المدينة، بلا قتال."},
		{Lang: "en", Text: "Armed men entered the city,\nwithout a fight; \\o/."}}
	e.Status = timeline.StatusCorroborated
	e.Identifiers = []timeline.Identifier{{Scheme: "wikidata", Value: "Q1"}, {Scheme: "ucdp", Value: "77"}}
	e.Places = at("timbuktu", timeline.PlaceExact)
	e.Participants = []timeline.ParticipationRecord{
		{Actor: timeline.RefTo("ansar-dine"), Role: timeline.RolePerpetrator, Certainty: timeline.CertaintyClaimed},
		{Actor: timeline.RefTo("an-imam"), Role: timeline.RoleMediator, Certainty: timeline.CertaintyConfirmed},
	}
	zero := 0
	e.Claims = []timeline.ClaimRecord{{Kind: timeline.ClaimKilled, Range: &timeline.Range{Best: &zero},
		Source: ref("wire-a"), Status: timeline.ClaimCurrent}}
	e.Citations = []timeline.CitationRecord{{Source: timeline.RefTo("wire-a")}}
	e.Relations = []timeline.EventRelationRecord{{Kind: timeline.EventPartOf, Event: timeline.RefTo("war-of-2012")}}
	e.Tags = []string{"timbuktu-city", "a;b"}
	return &export.Item{Event: e, Places: []export.Place{w.city}, Actors: []*timeline.Actor{w.ansar, w.imam},
		Sources: []*timeline.SourceRecord{w.article}, Figure: killed(0, 0, 0, false)}
}

// siege has no end, is known to a region only, and its summary is long.
func (w *world) siege() *export.Item {
	e := event("siege", "siege", "2023-08-08/..", timeline.Text{Lang: "ar", Text: "حصار تمبكتو"})
	e.Summaries = []timeline.Text{{Lang: "ar", Text: strings.Repeat("أعلنت الجماعة حصار المدينة وقطعت الطرق المؤدية إليها، ", 6)}}
	e.Places = at("timbuktu-region", timeline.PlaceRegion)
	e.Places[0].Point = &timeline.Point{Lat: 20, Lon: -3}
	return &export.Item{Event: e, Places: []export.Place{w.region}}
}

// battle lasted some days, its dead are contested, its title is full of markup, and one of its
// claims may not be passed on.
func (w *world) battle() *export.Item {
	e := event("battle", "battle", "2014-05-02/2014-05-04",
		timeline.Text{Lang: "en", Text: `<script>alert("x")</script> Clash & <b>fire</b> at 'Kabara'`})
	e.Status = timeline.StatusDisputed
	e.Places = at("kabara", timeline.PlaceNear)
	e.Places[0].Point, e.Places[0].Words = &timeline.Point{Lat: 16.708, Lon: -2.97}, "near \"Kabara\",\nby the river"
	radius := 12.5
	e.Places[0].RadiusKm = &radius
	e.Participants = []timeline.ParticipationRecord{
		{Actor: timeline.RefTo("malian-army"), Role: timeline.RoleParty, Certainty: timeline.CertaintyConfirmed},
		{Actor: timeline.RefTo("civilians-of-mali"), Role: timeline.RoleVictim, Certainty: timeline.CertaintyAlleged},
	}
	four, nine, twelve, secret := 4, 9, 12, 987654
	e.Claims = []timeline.ClaimRecord{
		{Kind: timeline.ClaimKilled, Range: &timeline.Range{Best: &four}, Claimant: ref("malian-army"), Source: ref("wire-a"), Status: timeline.ClaimCurrent},
		{Kind: timeline.ClaimKilled, Range: &timeline.Range{Low: &nine, High: &twelve}, Victims: "soldiers; all", Source: ref("ucdp-ged"),
			DatasetRow: "9", Status: timeline.ClaimCurrent},
		{Kind: timeline.ClaimKilled, Range: &timeline.Range{Low: &secret}, Source: ref("acled"), Status: timeline.ClaimCurrent},
	}
	e.Citations = []timeline.CitationRecord{{Source: timeline.RefTo("wire-a")}, {Source: timeline.RefTo("ucdp-ged")}}
	e.Origins = []timeline.OriginRecord{{Dataset: timeline.RefTo("ucdp-ged"), DatasetRow: "9", Row: `{"id":"9"}`}}
	return &export.Item{Event: e, Places: []export.Place{w.village}, Actors: []*timeline.Actor{w.army, w.civilians},
		Sources: []*timeline.SourceRecord{w.article, w.ged, w.acled}, Figure: killed(4, -1, 12, true)}
}

// formula has texts that a spreadsheet would run.
func (w *world) formula() *export.Item {
	e := event("formula", "other", "2014-05~", timeline.Text{Lang: "en", Text: "=1+1"})
	e.Summaries = []timeline.Text{{Lang: "en", Text: "@SUM(A1)\t-2"}}
	e.Tags = []string{"=cmd|' /C calc'!A0", "+x"}
	e.Places = at("timbuktu", timeline.PlaceDistrict)
	e.Places[0].Words = "-here"
	return &export.Item{Event: e, Places: []export.Place{w.city}}
}

// undated has neither a time nor a place.
func (w *world) undated() *export.Item {
	e := event("undated", "visit", "/", timeline.Text{Lang: "ar", Text: "زيارة لا يُعرف تاريخها"})
	e.Claims = []timeline.ClaimRecord{{Kind: timeline.ClaimKilled, Source: ref("wire-a"), Status: timeline.ClaimCurrent}}
	return &export.Item{Event: e, Sources: []*timeline.SourceRecord{w.article}}
}

// ancient lies before the years that calendars and TimeMap can write.
func (w *world) ancient() *export.Item {
	e := event("ancient", "death", "-0043-03-15", timeline.Text{Lang: "en", Text: "Ides of March"})
	e.Places = []timeline.PlaceRecord{{Role: timeline.RoleSite, Precision: timeline.PlaceUnknown, Words: "Rome"}}
	return &export.Item{Event: e, Figure: killed(1, 1, 1, false)}
}

// sensitive has an exact point that nobody may see.
func (w *world) sensitive() *export.Item {
	e := event("sensitive", "abduction", "[2013-01-27..2013-01-28]", timeline.Text{Lang: "fr", Text: "Enlèvement"})
	e.Sensitive = true
	e.Places = at("timbuktu", timeline.PlaceExact)
	e.Places[0].Point = &timeline.Point{Lat: 16.111111, Lon: -3.111111}
	return &export.Item{Event: e, Places: []export.Place{w.city}}
}

// foreign is in none of the three languages, near a place that it is not in, and "at least".
func (w *world) foreign() *export.Item {
	e := event("foreign", "displacement", "2015", timeline.Text{Lang: "es", Text: "Éxodo"})
	e.Places = at("kabara", timeline.PlaceNear)
	e.Places[0].Role, e.Places[0].Point = timeline.RoleNearby, &timeline.Point{Lat: 16.7, Lon: -2.9}
	figure := killed(100, -1, 100, false)
	figure.Open = true
	return &export.Item{Event: e, Places: []export.Place{w.village}, Figure: figure}
}

// slide came from TimelineJS.
func (w *world) slide() *export.Item {
	e := event("slide", "other", "2016/2017-03", timeline.Text{Lang: "ar", Text: "شريحة"})
	e.Identifiers = []timeline.Identifier{{Scheme: "timelinejs", Value: "slide-1"}}
	e.Origins = []timeline.OriginRecord{{Dataset: timeline.RefTo("wire-a"),
		Row: `{"unique_id":"شريحة-1","start_date":{"year":"2016"},"group":"معارك"}`}}
	return &export.Item{Event: e, Sources: []*timeline.SourceRecord{w.article}}
}

// hour is known to the minute.
func (w *world) hour() *export.Item {
	e := event("hour", "statement", "2017-06-18T16:30:00Z", timeline.Text{Lang: "en", Text: "Statement"})
	e.Status = timeline.StatusRetracted
	return &export.Item{Event: e}
}

// forbidden comes from a dataset that may not be passed on.
func (w *world) forbidden() *export.Item {
	e := event("forbidden", "battle", "2018-01-01", timeline.Text{Lang: "en", Text: "SECRETROW"})
	e.Origins = []timeline.OriginRecord{{Dataset: timeline.RefTo("ucdp-ged"), Row: "1"}, {Dataset: timeline.RefTo("acled"), Row: "2"}}
	return &export.Item{Event: e, Sources: []*timeline.SourceRecord{w.ged, w.acled}}
}

// one is the item of that key alone.
func one(key string) []*export.Item {
	return slices.DeleteFunc(items(), func(it *export.Item) bool { return it.Event.Key != key })
}
