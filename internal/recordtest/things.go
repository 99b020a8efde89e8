package recordtest

import "tarikh/timeline"

func (m *maker) source(i int) {
	kind := pick(m, []timeline.SourceKind{timeline.SourceArticle, timeline.SourceStatement,
		timeline.SourceDataset, timeline.SourceReport, timeline.SourceBook, timeline.SourceOther})
	s := &timeline.SourceRecord{
		Identity: m.identity(timeline.KindSource, "s", i), Kind: kind,
		Title:     timeline.Text{Lang: m.lang(), Text: m.word()},
		Publisher: m.maybeWord(), PublishedOn: m.maybeTime(2),
		Origin: m.maybeRef(m.sources, 4), NotPassedOn: m.oneIn(9),
	}
	if m.oneIn(2) {
		s.Lang = m.lang()
		s.URL = timeline.URL("https://example.org/" + s.Key)
	}
	if m.oneIn(4) {
		s.ArchiveURL = timeline.URL("https://archive.example.org/" + s.Key + "?a=1&b=2")
		s.Licence, s.Attribution = "CC-BY-4.0", "Example"
	}
	m.sources = append(m.sources, &s.Identity)
	m.records = append(m.records, &timeline.Record{Source: s})
}

func (m *maker) location(i int) {
	l := &timeline.LocationRecord{
		Identity: m.identity(timeline.KindLocation, "l", i),
		Kind: pick(m, []timeline.LocationKind{timeline.LocationCountry, timeline.LocationRegion,
			timeline.LocationDistrict, timeline.LocationCity, timeline.LocationVillage}),
		Names: m.names(), Point: m.maybePoint(),
	}
	if len(m.locations) > 0 && !m.oneIn(5) {
		parent := m.ref(m.locations)
		l.Parent = &parent
	}
	m.locations = append(m.locations, &l.Identity)
	m.records = append(m.records, &timeline.Record{Location: l})
}

func (m *maker) actor(i int) {
	a := &timeline.ActorRecord{
		Identity: m.identity(timeline.KindActor, "a", i),
		Kind: pick(m, []timeline.ActorKind{timeline.ActorState, timeline.ActorArmedGroup,
			timeline.ActorCivilians, timeline.ActorMedia, timeline.ActorPerson}),
		Generic: m.oneIn(5), Names: m.names(), Active: m.maybeTime(3),
	}
	if m.oneIn(2) {
		a.Summaries = m.texts()
	}
	// Each other actor is named once and only by later ones: nothing is stated twice.
	for _, other := range some(m, m.actors, 3) {
		a.Relations = append(a.Relations, timeline.ActorRelationRecord{
			Kind: pick(m, []timeline.ActorRelationKind{timeline.RelationPredecessor,
				timeline.RelationSuccessor, timeline.RelationComponent, timeline.RelationMemberOf,
				timeline.RelationSplinter, timeline.RelationAlly, timeline.RelationLedBy,
				timeline.RelationLeads, timeline.RelationPartOfState}),
			Actor: m.refTo(other), Time: m.maybeTime(2), Source: m.maybeRef(m.sources, 3),
		})
	}
	m.actors = append(m.actors, &a.Identity)
	m.records = append(m.records, &timeline.Record{Actor: a})
}

func (m *maker) timeline(i int) {
	r := &timeline.TimelineRecord{
		Identity: m.identity(timeline.KindTimeline, "t", i),
		Titles:   m.texts(), Where: m.where(),
		Picked: m.refs(m.events), Omitted: m.refs(m.events),
	}
	if m.oneIn(2) {
		r.Summaries = m.texts()
	}
	for range m.upTo(2) {
		r.Eras = append(r.Eras, timeline.EraRecord{Titles: m.texts(), Time: m.time()})
	}
	m.timelines = append(m.timelines, &r.Identity)
	m.records = append(m.records, &timeline.Record{Timeline: r})
}

// where is a small selection; a timeline may stand on an earlier one.
func (m *maker) where() *timeline.EventWhere {
	switch m.upTo(5) {
	case 0:
		return nil
	case 1:
		from := m.time()
		return &timeline.EventWhere{Time: &timeline.TimeWhere{From: &from}}
	case 2:
		return &timeline.EventWhere{Place: &timeline.PlaceWhere{
			Within: []string{m.ref(m.locations).Ref}}}
	case 3:
		return &timeline.EventWhere{Not: &timeline.EventWhere{Type: []string{"violence"}}}
	case 4:
		if len(m.timelines) > 0 {
			other := m.ref(m.timelines)
			return &timeline.EventWhere{Timeline: &other.Ref}
		}
	}
	return &timeline.EventWhere{Actor: &timeline.ActorRefWhere{
		Any: []string{m.ref(m.actors).Ref}}}
}

// refs name up to three different records.
func (m *maker) refs(of []*timeline.Identity) []timeline.Ref {
	var refs []timeline.Ref
	for _, id := range some(m, of, 3) {
		refs = append(refs, m.refTo(id))
	}
	return refs
}
