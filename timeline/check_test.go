package timeline

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"tarikh/edtf"
)

// The smallest good records, with a text in each language so that not even a warning is due.
func threeTexts(text string) []Text {
	return []Text{{"ar", text}, {"fr", text}, {"en", text}}
}

func goodSource() *SourceRecord {
	return &SourceRecord{Identity: Identity{Key: "s-1"}, Kind: SourceArticle,
		Title: Text{"ar", "خبر"}}
}

func goodLocation() *LocationRecord {
	return &LocationRecord{Identity: Identity{Key: "l-1"}, Kind: LocationCity,
		Names: []Name{{Text: "Gao", Lang: "fr", Kind: NamePreferred}}}
}

func goodActor() *ActorRecord {
	return &ActorRecord{Identity: Identity{Key: "a-1"}, Kind: ActorState,
		Names: []Name{{Text: "Mali", Lang: "fr", Kind: NamePreferred}}}
}

func goodEvent() *EventRecord {
	return &EventRecord{Identity: Identity{Key: "e-1"}, Type: "battle", Status: StatusReported,
		Time: edtf.MustParse("2012-04"), Titles: threeTexts("t"), Summaries: threeTexts("s"),
		Citations: []CitationRecord{{Source: RefTo("s-1")}}}
}

func goodTimeline() *TimelineRecord {
	return &TimelineRecord{Identity: Identity{Key: "t-1"}, Titles: threeTexts("t"),
		Summaries: threeTexts("s")}
}

func goodClaim(kind ClaimKind) ClaimRecord {
	source := RefTo("s-1")
	c := ClaimRecord{Kind: kind, Status: ClaimCurrent, Source: &source}
	switch kind {
	case ClaimResponsibility:
		actor := RefTo("a-1")
		c.Responsible = &actor
	case ClaimOther:
		c.Counts = "vehicles"
	}
	return c
}

func TestTheSmallestGoodRecordsPass(t *testing.T) {
	withClaims := goodEvent()
	for _, kind := range []ClaimKind{ClaimKilled, ClaimResponsibility, ClaimOther} {
		withClaims.Claims = append(withClaims.Claims, goodClaim(kind))
	}
	undated := goodEvent()
	undated.Time = edtf.MustParse("/")
	for _, r := range []*Record{{Source: goodSource()}, {Location: goodLocation()},
		{Actor: goodActor()}, {Event: goodEvent()}, {Event: withClaims}, {Event: undated},
		{Timeline: goodTimeline()}} {
		if found := r.Check(); len(found) > 0 || r.Err() != nil {
			t.Errorf("%s: %v", r.Kind(), found)
		}
	}
}

// wantProblem wants exactly one problem, of that severity, rule and field.
func wantProblem(t *testing.T, found []Problem, severity Severity, rule, field string) {
	t.Helper()
	if len(found) != 1 || found[0].Severity != severity || found[0].Rule != rule || found[0].Field != field {
		t.Errorf("got %v, want %s %s at %s", found, severity, rule, field)
	}
}

func TestEveryRuleOfEventsIsHeld(t *testing.T) {
	long, negative := strings.Repeat("ا", 20_001), -1
	ref := RefTo("a-1")
	number := func(n int) *int { return &n }
	claim := func(kind ClaimKind, change func(*ClaimRecord)) func(*EventRecord) {
		return func(e *EventRecord) {
			c := goodClaim(kind)
			change(&c)
			e.Claims = []ClaimRecord{c}
		}
	}
	place := func(change func(*PlaceRecord)) func(*EventRecord) {
		return func(e *EventRecord) {
			p := PlaceRecord{Location: &ref, Role: RoleSite, Precision: PlaceExact}
			change(&p)
			e.Places = []PlaceRecord{p}
		}
	}
	part := func(change func(*ParticipationRecord)) func(*EventRecord) {
		return func(e *EventRecord) {
			p := ParticipationRecord{Actor: ref, Role: RoleParty, Certainty: CertaintyConfirmed}
			change(&p)
			e.Participants = []ParticipationRecord{p}
		}
	}
	tests := []struct {
		rule, field string
		change      func(*EventRecord)
	}{
		{"bad-id", "event.id", func(e *EventRecord) { e.ID = "ev_short" }},
		{"bad-id", "event.id", func(e *EventRecord) { e.ID = DeriveID(KindActor, "a-1") }},
		{"bad-key", "event.key", func(e *EventRecord) { e.Key = "Not A Key" }},
		{"bad-identifier", "event.identifiers[0]", func(e *EventRecord) { e.Identifiers = []Identifier{{"UCDP", "1"}} }},
		{"bad-text", "event.identifiers[0]", func(e *EventRecord) { e.Identifiers = []Identifier{{"ucdp", "1\x00"}} }},
		{"duplicate-identifier", "event.identifiers[1]", func(e *EventRecord) { e.Identifiers = []Identifier{{"ucdp", "1"}, {"ucdp", "1"}} }},
		{"bad-id", "event.former[0]", func(e *EventRecord) { e.Former = []string{DeriveID(KindActor, "a")} }},
		{"bad-key", "event.former[1]", func(e *EventRecord) { e.Former = []string{"old", "-old"} }},
		{"unknown-type", "event.type", func(e *EventRecord) { e.Type = "war" }},
		{"unknown-word", "event.status", func(e *EventRecord) { e.Status = "" }},
		{"no-time", "event.time", func(e *EventRecord) { e.Time = edtf.Value{} }},
		{"empty-text", "event.titles[1].text", func(e *EventRecord) { e.Titles[1].Text = " \n" }},
		{"bad-text", "event.titles[1].text", func(e *EventRecord) { e.Titles[1].Text = "a\x00" }},
		{"bad-text", "event.titles[1].text", func(e *EventRecord) { e.Titles[1].Text = "a\xff" }},
		{"long-text", "event.titles[1].text", func(e *EventRecord) { e.Titles[1].Text = long }},
		{"bad-language", "event.titles[3].lang", func(e *EventRecord) { e.Titles = append(e.Titles, Text{"arabic", "t"}) }},
		{"bad-language", "event.titles[3].lang", func(e *EventRecord) { e.Titles = append(e.Titles, Text{"AR-dz", "t"}) }},
		{"no-language", "event.titles[3].lang", func(e *EventRecord) { e.Titles = append(e.Titles, Text{"", "t"}) }},
		{"duplicate-text", "event.summaries[3]", func(e *EventRecord) { e.Summaries = append(e.Summaries, Text{"ar", "2"}) }},
		{"no-title", "event.titles", func(e *EventRecord) { e.Titles = nil }},
		{"no-citation", "event.citations", func(e *EventRecord) { e.Citations = nil }},
		{"empty-ref", "event.citations[0].source", func(e *EventRecord) { e.Citations[0].Source = Ref{} }},
		{"bad-key", "event.citations[0].source", func(e *EventRecord) { e.Citations[0].Source = RefTo("A B") }},
		{"bad-id", "event.citations[0].source", func(e *EventRecord) { e.Citations[0].Source = RefTo("so_1") }},
		{"bad-identifier", "event.citations[0].source", func(e *EventRecord) { e.Citations[0].Source = RefTo("seed:") }},
		{"empty-text", "event.citations[0].quote.text", func(e *EventRecord) { e.Citations[0].Quote = &Quote{"ar", ""} }},
		{"no-language", "event.citations[0].quote.lang", func(e *EventRecord) { e.Citations[0].Quote = &Quote{"", "q"} }},

		{"no-source", "event.claims[0].source", claim(ClaimKilled, func(c *ClaimRecord) { c.Source = nil })},
		{"uncited-source", "event.claims[0].source", claim(ClaimKilled, func(c *ClaimRecord) { r := RefTo("s-2"); c.Source = &r })},
		{"no-responsible", "event.claims[0].responsible", claim(ClaimResponsibility, func(c *ClaimRecord) { c.Responsible = nil })},
		{"odd-responsible", "event.claims[0].responsible", claim(ClaimKilled, func(c *ClaimRecord) { c.Responsible = &ref })},
		{"no-counts", "event.claims[0].counts", claim(ClaimOther, func(c *ClaimRecord) { c.Counts = "" })},
		{"odd-counts", "event.claims[0].counts", claim(ClaimKilled, func(c *ClaimRecord) { c.Counts = "tanks" })},
		{"negative", "event.claims[0].range", claim(ClaimKilled, func(c *ClaimRecord) { c.Range = &Range{High: &negative} })},
		{"too-many", "event.claims[0].range", claim(ClaimKilled, func(c *ClaimRecord) { c.Range = &Range{Best: number(math.MaxInt32 + 1)} })},
		{"bad-id", "event.claims[0].id", claim(ClaimKilled, func(c *ClaimRecord) { c.ID = "cl_1" })},
		{"unknown-word", "event.claims[0].status", claim(ClaimKilled, func(c *ClaimRecord) { c.Status = "OLD" })},
		{"unknown-word", "event.claims[0].kind", claim("DEAD", func(*ClaimRecord) {})},
		{"duplicate-id", "event.claims[1].id", func(e *EventRecord) {
			c := goodClaim(ClaimKilled)
			c.ID = DeriveID(KindClaim, "1")
			e.Claims = []ClaimRecord{c, c}
		}},

		{"empty-place", "event.places[0]", place(func(p *PlaceRecord) { p.Location = nil })},
		{"bad-radius", "event.places[0].radiusKm", place(func(p *PlaceRecord) { p.RadiusKm = new(float64) })},
		{"bad-point", "event.places[0].point", place(func(p *PlaceRecord) { p.Point = &Point{Lat: 90.1} })},
		{"bad-point", "event.places[0].point", place(func(p *PlaceRecord) { p.Point = &Point{Lon: math.NaN()} })},
		{"unknown-word", "event.places[0].role", place(func(p *PlaceRecord) { p.Role = "" })},
		{"unknown-word", "event.places[0].precision", place(func(p *PlaceRecord) { p.Precision = "" })},
		{"no-actor", "event.participants[0].actor", part(func(p *ParticipationRecord) { p.Actor = Ref{} })},
		{"unknown-word", "event.participants[0].role", part(func(p *ParticipationRecord) { p.Role = "HERO" })},
		{"unknown-word", "event.participants[0].certainty", part(func(p *ParticipationRecord) { p.Certainty = "" })},

		{"two-part-of", "event.relations[1]", func(e *EventRecord) {
			e.Relations = []EventRelationRecord{{EventPartOf, RefTo("e-2")}, {EventPartOf, RefTo("e-3")}}
		}},
		{"itself", "event.relations[0].event", func(e *EventRecord) { e.Relations = []EventRelationRecord{{EventFollows, RefTo("e-1")}} }},
		{"itself", "event.relations[0].event", func(e *EventRecord) { e.Relations = []EventRelationRecord{{EventFollows, Ref{Key: "e-1"}}} }},
		{"unknown-word", "event.relations[0].kind", func(e *EventRecord) { e.Relations = []EventRelationRecord{{"NEAR", RefTo("e-2")}} }},
		{"bad-tag", "event.tags[0]", func(e *EventRecord) { e.Tags = []string{" a"} }},
		{"bad-tag", "event.tags[0]", func(e *EventRecord) { e.Tags = []string{""} }},
		{"bad-tag", "event.tags[0]", func(e *EventRecord) { e.Tags = []string{strings.Repeat("ا", 65)} }},
		{"duplicate-tag", "event.tags[2]", func(e *EventRecord) { e.Tags = []string{"a", "b", "a"} }},
		{"duplicate-origin", "event.origins[1]", func(e *EventRecord) {
			o := OriginRecord{Dataset: RefTo("s-1"), Row: "1,2"}
			e.Origins = []OriginRecord{o, o}
		}},
		{"negative", "event.origins[0].line", func(e *EventRecord) { e.Origins = []OriginRecord{{Dataset: RefTo("s-1"), Line: -1}} }},
		{"bad-text", "event.origins[0].row", func(e *EventRecord) { e.Origins = []OriginRecord{{Dataset: RefTo("s-1"), Row: "\xff"}} }},
	}
	for _, test := range tests {
		t.Run(test.rule+" "+test.field, func(t *testing.T) {
			e := goodEvent()
			test.change(e)
			r := &Record{Event: e}
			wantProblem(t, r.Check(), SeverityError, test.rule, test.field)
			var told *Error
			if err := r.Err(); !errors.As(err, &told) || told.Code != CodeInvalid || told.Field != test.field {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestWarningsDoNotRefuse(t *testing.T) {
	tests := []struct {
		rule, field string
		change      func(*EventRecord)
	}{
		{"no-summary", "event.summaries", func(e *EventRecord) { e.Summaries = nil }},
		{"no-fr", "event.titles", func(e *EventRecord) { e.Titles = []Text{{"ar", "t"}, {"en", "t"}} }},
		{"no-en", "event.summaries", func(e *EventRecord) { e.Summaries = e.Summaries[:2] }},
		{"no-identity", "event", func(e *EventRecord) { e.Key = "" }},
		{"range-order", "event.claims[0].range", func(e *EventRecord) {
			low, high := 9, 3
			c := goodClaim(ClaimKilled)
			c.Range = &Range{Low: &low, High: &high}
			e.Claims = []ClaimRecord{c}
		}},
	}
	for _, test := range tests {
		e := goodEvent()
		test.change(e)
		r := &Record{Event: e}
		wantProblem(t, r.Check(), SeverityWarning, test.rule, test.field)
		if r.Err() != nil {
			t.Errorf("%s refuses: %v", test.rule, r.Err())
		}
	}
}

func TestImportedEventsNeedNotSpeakThreeLanguages(t *testing.T) {
	e := goodEvent()
	e.Titles, e.Summaries = e.Titles[:1], e.Summaries[:1]
	e.Origins = []OriginRecord{{Dataset: RefTo("s-1"), Row: "1"}}
	if found := (&Record{Event: e}).Check(); len(found) > 0 {
		t.Error(found)
	}
}

func TestEveryRuleOfTheOtherRecordsIsHeld(t *testing.T) {
	source := func(change func(*SourceRecord)) *Record { s := goodSource(); change(s); return &Record{Source: s} }
	location := func(change func(*LocationRecord)) *Record {
		l := goodLocation()
		change(l)
		return &Record{Location: l}
	}
	actor := func(change func(*ActorRecord)) *Record { a := goodActor(); change(a); return &Record{Actor: a} }
	saved := func(change func(*TimelineRecord)) *Record {
		r := goodTimeline()
		change(r)
		return &Record{Timeline: r}
	}
	self := RefTo("l-1")
	tests := []struct {
		rule, field string
		record      *Record
	}{
		{"no-kind", "record", &Record{}},
		{"no-title", "source.title", source(func(s *SourceRecord) { s.Title = Text{} })},
		{"unknown-word", "source.kind", source(func(s *SourceRecord) { s.Kind = "TWEET" })},
		{"bad-url", "source.url", source(func(s *SourceRecord) { s.URL = "ftp://x" })},
		{"bad-url", "source.archiveUrl", source(func(s *SourceRecord) { s.ArchiveURL = "/x" })},
		{"itself", "source.origin", source(func(s *SourceRecord) { r := RefTo("s-1"); s.Origin = &r })},
		{"no-name", "location.names", location(func(l *LocationRecord) { l.Names = nil })},
		{"itself", "location.parent", location(func(l *LocationRecord) { l.Parent = &self })},
		{"itself", "location.parent", location(func(l *LocationRecord) {
			l.Identifiers = []Identifier{{"geonames", "1"}}
			l.Parent = &Ref{Identifiers: l.Identifiers}
		})},
		{"bad-point", "location.point", location(func(l *LocationRecord) { l.Point = &Point{Lon: 181} })},
		{"bad-point", "location.parent.near", location(func(l *LocationRecord) { l.Parent = &Ref{Name: "x", Near: &Point{Lat: -91}} })},
		{"no-name", "actor.names", actor(func(a *ActorRecord) { a.Names = nil })},
		{"unknown-word", "actor.kind", actor(func(a *ActorRecord) { a.Kind = "ELF" })},
		{"unknown-word", "actor.names[0].kind", actor(func(a *ActorRecord) { a.Names[0].Kind = "" })},
		{"duplicate-name", "actor.names[1]", actor(func(a *ActorRecord) { a.Names = append(a.Names, a.Names[0]) })},
		{"two-preferred", "actor.names[1]", actor(func(a *ActorRecord) { a.Names = append(a.Names, Name{Text: "M", Lang: "fr", Kind: NamePreferred}) })},
		{"itself", "actor.relations[0].actor", actor(func(a *ActorRecord) {
			a.Relations = []ActorRelationRecord{{Kind: RelationAlly, Actor: RefTo("a-1")}}
		})},
		{"unknown-word", "actor.relations[0].kind", actor(func(a *ActorRecord) {
			a.Relations = []ActorRelationRecord{{Kind: "FRIEND", Actor: RefTo("a-2")}}
		})},
		{"bad-where", "timeline.where.type[0]", saved(func(r *TimelineRecord) { r.Where = &EventWhere{Type: []string{"war"}} })},
		{"no-title", "timeline.eras[0].titles", saved(func(r *TimelineRecord) { r.Eras = []EraRecord{{Time: edtf.MustParse("2012")}} })},
		{"no-time", "timeline.eras[0].time", saved(func(r *TimelineRecord) { r.Eras = []EraRecord{{Titles: threeTexts("e")}} })},
		{"empty-ref", "timeline.picked[0]", saved(func(r *TimelineRecord) { r.Picked = []Ref{{}} })},
	}
	for _, test := range tests {
		t.Run(test.rule+" "+test.field, func(t *testing.T) {
			wantProblem(t, test.record.Check(), SeverityError, test.rule, test.field)
		})
	}
}

func TestAProblemIsToldInOneLine(t *testing.T) {
	p := Problem{Severity: SeverityError, Field: "event.time", Rule: "no-time", Message: "it has no time"}
	if got := fmt.Sprint(p); got != "ERROR event.time: it has no time (no-time)" {
		t.Error(got)
	}
}
