package bench

import (
	"fmt"
	"math/rand/v2"

	"tarikh/edtf"
	"tarikh/timeline"
)

// Record makes a record of n events in and around one region, always the same for
// the same n: three languages, three participants, two claims and two sources an
// event, a tree of places four levels deep. Its words are made up.
func Record(n int) []*timeline.Record {
	m := &maker{r: rand.New(rand.NewPCG(1, 2))}
	m.places()
	m.actors(120)
	m.sources(max(20, n/4))
	for i := range n {
		m.event(i)
	}
	return m.records
}

// maker gathers the records that are made.
type maker struct {
	r         *rand.Rand
	records   []*timeline.Record
	villages  []string
	documents int // how many sources there are
}

func (m *maker) add(r *timeline.Record) { m.records = append(m.records, r) }

func threeTexts(ar, fr, en string) []timeline.Text {
	return []timeline.Text{{Lang: "ar", Text: ar}, {Lang: "fr", Text: fr}, {Lang: "en", Text: en}}
}

func threeNames(ar, fr, en string) []timeline.Name {
	all := make([]timeline.Name, 0, 3)
	for _, t := range threeTexts(ar, fr, en) {
		all = append(all, timeline.Name{Text: t.Text, Lang: t.Lang, Kind: timeline.NamePreferred})
	}
	return all
}

func (m *maker) location(key, parent string, kind timeline.LocationKind, ar, fr, en string) {
	l := &timeline.LocationRecord{Kind: kind, Names: threeNames(ar, fr, en),
		Point: &timeline.Point{Lat: 14 + m.r.Float64()*8, Lon: -8 + m.r.Float64()*8}}
	l.Key = key
	if parent != "" {
		up := timeline.RefTo(parent)
		l.Parent = &up
	}
	m.add(&timeline.Record{Location: l})
}

func (m *maker) places() {
	m.location("mali", "", timeline.LocationCountry, "مالي", "Mali", "Mali")
	for region := range 4 {
		r := fmt.Sprintf("region-%d", region)
		m.location(r, "mali", timeline.LocationRegion, fmt.Sprintf("منطقة %d", region), "Région", "Region")
		for cercle := range 5 {
			c := fmt.Sprintf("%s-%d", r, cercle)
			m.location(c, r, timeline.LocationDistrict, fmt.Sprintf("دائرة %d", cercle), "Cercle", "Cercle")
			for village := range 10 {
				v := fmt.Sprintf("%s-%d", c, village)
				m.location(v, c, timeline.LocationVillage, fmt.Sprintf("قرية %d", village), "Village", "Village")
				m.villages = append(m.villages, v)
			}
		}
	}
}

func (m *maker) actors(n int) {
	for i := range n {
		a := &timeline.ActorRecord{Kind: timeline.ActorArmedGroup,
			Names: threeNames(fmt.Sprintf("جماعة %d", i), fmt.Sprintf("Groupe %d", i), fmt.Sprintf("Group %d", i))}
		a.Key = fmt.Sprintf("actor-%d", i)
		m.add(&timeline.Record{Actor: a})
	}
}

func (m *maker) sources(n int) {
	m.documents = n
	for i := range n {
		s := &timeline.SourceRecord{Kind: timeline.SourceArticle, Lang: "ar", Publisher: fmt.Sprintf("Outlet %d", i%40),
			Title:       timeline.Text{Lang: "ar", Text: fmt.Sprintf("تقرير رقم %d عن أحداث المنطقة", i)},
			PublishedOn: m.day()}
		s.Key = fmt.Sprintf("source-%d", i)
		m.add(&timeline.Record{Source: s})
	}
}

// day is a day from 2009 to 2025.
func (m *maker) day() edtf.Value {
	d := edtf.Day(14245 + m.r.IntN(6209)) // 2009-01-01 and the days after it
	return edtf.MustParse(d.String())
}

func (m *maker) actor() timeline.Ref { return timeline.RefTo(fmt.Sprintf("actor-%d", m.r.IntN(120))) }

func (m *maker) source() timeline.Ref {
	return timeline.RefTo(fmt.Sprintf("source-%d", m.r.IntN(m.documents)))
}

func (m *maker) event(i int) {
	village := timeline.RefTo(m.villages[m.r.IntN(len(m.villages))])
	types := []string{"battle", "attack_on_civilians", "remote_violence", "agreement", "protest", "destruction"}
	e := &timeline.EventRecord{
		Type: types[m.r.IntN(len(types))], Status: timeline.StatusReported, Time: m.day(),
		Titles: threeTexts(fmt.Sprintf("هجوم على موقع قرب القرية رقم %d", i), fmt.Sprintf("Attaque d’une position près du village %d", i),
			fmt.Sprintf("Attack on a position near village %d", i)),
		Summaries: threeTexts("قالت مصادر محلية إن مسلحين هاجموا الموقع فجرًا، وإن الاشتباك دام ساعات عدة.",
			"Selon des sources locales, des hommes armés ont attaqué la position à l’aube ; le combat a duré plusieurs heures.",
			"Local sources say that armed men attacked the position at dawn and that the fight lasted for several hours."),
		Places: []timeline.PlaceRecord{{Location: &village, Role: timeline.RoleSite, Precision: timeline.PlaceExact}},
		Tags:   []string{"made-up"},
	}
	e.Key = fmt.Sprintf("event-%d", i)
	for n, role := range []timeline.ParticipantRole{timeline.RolePerpetrator, timeline.RoleTarget, timeline.RoleSpeaker} {
		certainty := timeline.CertaintyConfirmed
		if n == 0 {
			certainty = timeline.CertaintyAlleged
		}
		e.Participants = append(e.Participants, timeline.ParticipationRecord{Actor: m.actor(), Role: role, Certainty: certainty})
	}
	for n := range 2 {
		source, claimant, low := m.source(), m.actor(), m.r.IntN(20)
		best, high := low+m.r.IntN(5), low+10
		e.Claims = append(e.Claims, timeline.ClaimRecord{Kind: timeline.ClaimKilled, Status: timeline.ClaimCurrent,
			Victims: []string{"", "soldiers"}[n], Source: &source, Claimant: &claimant,
			Range: &timeline.Range{Low: &low, Best: &best, High: &high}, Words: "قتلى", ReportedOn: e.Time})
		e.Citations = append(e.Citations, timeline.CitationRecord{Source: source, Locator: "paragraph 2"})
	}
	m.add(&timeline.Record{Event: e})
}
