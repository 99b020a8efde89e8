package timeline

import "slices"

func (c *checker) event(e *EventRecord) {
	c.identity("event", KindEvent, &e.Identity)
	if TypeByCode(e.Type) == nil {
		c.fail("event.type", "unknown-type", "there is no event type %q", clip(e.Type))
	}
	checkWord(c, "event.status", "EventStatus", e.Status)
	c.when("event.time", e.Time)
	c.titles("event.titles", e.Titles)
	c.summaries("event.summaries", e.Summaries)
	if len(e.Origins) == 0 {
		c.written("event.titles", e.Titles)
		c.written("event.summaries", e.Summaries)
	}
	for i := range e.Places {
		c.place(at("event.places", i), &e.Places[i])
	}
	for i := range e.Participants {
		c.participant(at("event.participants", i), &e.Participants[i])
	}
	for i := range e.Claims {
		c.claim(at("event.claims", i), &e.Claims[i], e.Citations)
	}
	c.claimIDs(e.Claims)
	c.citations(e.Citations)
	c.eventRelations(e)
	c.tags("event.tags", e.Tags)
	c.origins(e.Origins)
}

func (c *checker) place(field string, p *PlaceRecord) {
	checkWord(c, field+".role", "PlaceRole", p.Role)
	checkWord(c, field+".precision", "PlacePrecision", p.Precision)
	c.optionalRef(field+".location", p.Location)
	c.radius(field+".radiusKm", p.RadiusKm)
	c.point(field+".point", p.Point)
	c.optionalText(field+".words", p.Words)
	if p.Location == nil && p.Point == nil && p.Words == "" {
		c.fail(field, "empty-place", "a place has a location, a point or words")
	}
}

func (c *checker) participant(field string, p *ParticipationRecord) {
	if p.Actor.IsZero() {
		c.fail(field+".actor", "no-actor", "a part in an event is somebody's")
	} else {
		c.ref(field+".actor", p.Actor)
	}
	checkWord(c, field+".role", "ParticipantRole", p.Role)
	checkWord(c, field+".certainty", "Certainty", p.Certainty)
	c.optionalText(field+".side", p.Side)
	c.optionalText(field+".words", p.Words)
}

func (c *checker) citations(citations []CitationRecord) {
	if len(citations) == 0 {
		c.fail("event.citations", "no-citation", "an event cites at least one source")
	}
	for i := range citations {
		f := at("event.citations", i)
		c.ref(f+".source", citations[i].Source)
		c.optionalText(f+".locator", citations[i].Locator)
		c.quote(f+".quote", citations[i].Quote)
	}
}

func (c *checker) eventRelations(e *EventRecord) {
	part := false
	for i, r := range e.Relations {
		f := at("event.relations", i)
		checkWord(c, f+".kind", "EventRelationKind", r.Kind)
		c.ref(f+".event", r.Event)
		c.notItself(f+".event", &e.Identity, r.Event)
		if r.Kind == EventPartOf && part {
			c.fail(f, "two-part-of", "an event is part of one event only")
		}
		part = part || r.Kind == EventPartOf
	}
}

func (c *checker) origins(origins []OriginRecord) {
	for i := range origins {
		o, f := &origins[i], at("event.origins", i)
		c.ref(f+".dataset", o.Dataset)
		c.optionalText(f+".version", o.Version)
		c.wellFormed(f+".row", o.Row)
		if o.Line < 0 {
			c.fail(f+".line", "negative", "lines are counted from 1; 0 is not known")
		}
		if slices.ContainsFunc(origins[:i], o.equal) {
			c.fail(f, "duplicate-origin", "the row is there already")
		}
	}
}

// equal says whether two origins say the same.
func (o *OriginRecord) equal(other OriginRecord) bool {
	return o.DatasetRow == other.DatasetRow && o.Line == other.Line && Canonical(o) == Canonical(other)
}
