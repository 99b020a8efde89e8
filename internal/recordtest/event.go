package recordtest

import (
	"fmt"

	"tarikh/timeline"
)

func (m *maker) event(i int) {
	types := timeline.EventTypes()
	e := &timeline.EventRecord{
		Identity: m.identity(timeline.KindEvent, "e", i), Time: m.time(),
		Type: pick(m, types).Code, Titles: m.texts(),
		Status: pick(m, []timeline.EventStatus{timeline.StatusReported,
			timeline.StatusCorroborated, timeline.StatusDisputed, timeline.StatusVerified,
			timeline.StatusRetracted}),
		Sensitive: m.oneIn(9), Tags: some(m, []string{"siege", "river", "حصار", "UN"}, 3),
		CreatedAt: m.instant(), UpdatedAt: m.instant(),
	}
	if m.oneIn(2) {
		e.Summaries = m.texts()
	}
	for range m.upTo(3) {
		e.Places = append(e.Places, m.place())
	}
	for range m.upTo(3) {
		e.Participants = append(e.Participants, m.participant())
	}
	m.cite(e)
	m.relate(e)
	m.events = append(m.events, &e.Identity)
	m.records = append(m.records, &timeline.Record{Event: e})
}

func (m *maker) place() timeline.PlaceRecord {
	p := timeline.PlaceRecord{
		Location: m.maybeRef(m.locations, 1),
		Role: pick(m, []timeline.PlaceRole{timeline.RoleSite, timeline.RoleOrigin,
			timeline.RoleDestination, timeline.RoleNearby}),
		Precision: pick(m, []timeline.PlacePrecision{timeline.PlaceExact, timeline.PlaceNear,
			timeline.PlaceDistrict, timeline.PlaceRegion, timeline.PlaceCountry,
			timeline.PlaceUnknown}),
		Point: m.maybePoint(), Words: m.maybeWord(),
	}
	if m.oneIn(5) { // known only by a point
		p.Location, p.Point = nil, m.point()
	}
	if m.oneIn(4) {
		km := float64(1+m.upTo(99)) / 2
		p.RadiusKm = &km
	}
	return p
}

func (m *maker) participant() timeline.ParticipationRecord {
	return timeline.ParticipationRecord{
		Actor: m.ref(m.actors),
		Role: pick(m, []timeline.ParticipantRole{timeline.RolePerpetrator, timeline.RoleTarget,
			timeline.RoleParty, timeline.RoleVictim, timeline.RoleSpeaker}),
		Side: pick(m, []string{"", "A", "B"}),
		Certainty: pick(m, []timeline.Certainty{timeline.CertaintyConfirmed,
			timeline.CertaintyClaimed, timeline.CertaintyAlleged, timeline.CertaintyAndOr}),
		Words: m.maybeWord(),
	}
}

// cite gives the event one to three sources, their claims, and the rows of the datasets.
func (m *maker) cite(e *timeline.EventRecord) {
	cited := some(m, m.sources, 2)
	if len(cited) == 0 {
		cited = m.sources[:1]
	}
	for _, source := range cited {
		e.Citations = append(e.Citations, timeline.CitationRecord{
			Source: m.refTo(source), Locator: m.maybeWord(), Quote: m.quote()})
	}
	for i := range m.upTo(5) {
		source := pick(m, e.Citations).Source
		c := m.claim(source)
		c.ID = timeline.DeriveID(timeline.KindClaim, fmt.Sprintf("%s/%d", e.Key, i+1))
		e.Claims = append(e.Claims, c)
		if c.DatasetRow != "" {
			e.Origins = append(e.Origins, timeline.OriginRecord{
				Dataset: source, Version: c.Vintage, Line: i + 1,
				Row: fmt.Sprintf(`%s,"%s",%d`, c.DatasetRow, m.word(), i+1)})
		}
	}
}

func (m *maker) claim(source timeline.Ref) timeline.ClaimRecord {
	c := timeline.ClaimRecord{
		Kind: pick(m, []timeline.ClaimKind{timeline.ClaimKilled, timeline.ClaimKilled,
			timeline.ClaimInjured, timeline.ClaimCaptured, timeline.ClaimDisplaced,
			timeline.ClaimResponsibility, timeline.ClaimOther}),
		Source: &source, Claimant: m.maybeRef(m.actors, 3), Quote: m.quote(),
		Words: m.maybeWord(), ReportedOn: m.maybeTime(3), CreatedAt: m.instant(),
		Status: pick(m, []timeline.ClaimStatus{timeline.ClaimCurrent, timeline.ClaimCurrent,
			timeline.ClaimCurrent, timeline.ClaimSuperseded, timeline.ClaimRetracted}),
	}
	if c.Kind == timeline.ClaimResponsibility {
		responsible := m.ref(m.actors)
		c.Responsible = &responsible
		return c
	}
	if c.Kind == timeline.ClaimOther {
		c.Counts = pick(m, []string{"vehicles burnt", "hostages"})
	}
	m.losses(&c)
	return c
}

// losses fills in whose losses they are, how many, and whether a dataset's row says so.
func (m *maker) losses(c *timeline.ClaimRecord) {
	c.Victims = pick(m, []string{"", "", "civilians", "Civilians", "soldiers"})
	c.VictimActor = m.maybeRef(m.actors, 4)
	c.Included = m.oneIn(6)
	if r := (timeline.Range{Low: m.number(), Best: m.number(), High: m.number()}); r != (timeline.Range{}) {
		c.Range = &r
	}
	if m.oneIn(4) {
		c.DatasetRow = pick(m, []string{"1", "2"})
		c.Vintage = pick(m, []string{"19.1", "24.1", "23.0.9", "23.0.10"})
	}
}

// number is a count, or not reported. Low, best and high are not held to their order: real
// files break it, and it is kept.
func (m *maker) number() *int {
	if m.oneIn(2) {
		return nil
	}
	n := m.upTo(40)
	return &n
}
