package ingest

import (
	"regexp"
	"strings"

	"tarikh/timeline"
)

// parties are the actors of a row and those associated with them, by side.
func (a *acled) parties(r row, country *spot) []timeline.ParticipationRecord {
	first, second := timeline.RoleParty, timeline.RoleParty
	if r.cell("civilian_targeting") != "" || strings.EqualFold(r.cell("event_type"), "Violence against civilians") {
		first, second = timeline.RolePerpetrator, timeline.RoleVictim
	}
	var all []timeline.ParticipationRecord
	for _, side := range []struct {
		names, inter, letter string
		role                 timeline.ParticipantRole
	}{
		{r.cell("actor1"), r.cell("inter1"), "1", first}, {r.cell("assoc_actor_1"), "", "1", first},
		{r.cell("actor2"), r.cell("inter2"), "2", second}, {r.cell("assoc_actor_2"), "", "2", second},
	} {
		for name := range strings.SplitSeq(side.names, ";") {
			for _, p := range a.named(r.line, strings.TrimSpace(name), side.inter, country) {
				p.Role, p.Side = side.role, side.letter
				all = append(all, p)
			}
		}
	}
	return all
}

// named are the actors of one name: two where it says "and/or", of whom neither is sure.
func (a *acled) named(line int, name, inter string, country *spot) []timeline.ParticipationRecord {
	if name == "" {
		return nil
	}
	var all []timeline.ParticipationRecord
	sure := timeline.CertaintyConfirmed
	if strings.Contains(name, " and/or ") {
		sure = timeline.CertaintyAndOr
	}
	for one := range strings.SplitSeq(name, " and/or ") {
		one = strings.TrimSpace(one)
		p := timeline.ParticipationRecord{Certainty: sure}
		m := a.cast.give(line, acledMember(one, inter, country))
		if p.Actor = m.ref(); m.name != one {
			p.Words = one // which regime's forces, for one
		}
		all = append(all, p)
	}
	return all
}

// regime is the years of a regime, or the country, behind an actor's name.
var regime = regexp.MustCompile(`^(.+?) \(([^()]*)\)$`)

// acledMember is the actor of one name. Years in brackets belong to a regime: the name with them
// is another name of the same forces. Civilians and others of no biography are one of each kind
// for a country.
func acledMember(name, inter string, country *spot) member {
	bare, within := name, ""
	if m := regime.FindStringSubmatch(name); m != nil {
		bare, within = m[1], m[2]
	}
	kind := acledActorKind(bare, inter)
	switch {
	case kind == timeline.ActorCivilians, isUnidentified(bare), bare == "Protesters", bare == "Rioters":
		if isUnidentified(bare) {
			kind = timeline.ActorUnidentified
		}
		if within != "" && (country == nil || within != country.name) {
			return genericIn(&spot{key: timeline.Slug(within), name: within}, bare, kind)
		}
		return genericIn(country, bare, kind)
	}
	m := member{name: name, lang: "en", kind: kind}
	if within != "" && strings.Trim(within, "0123456789- ") == "" {
		m.name = bare
		m.others = []timeline.Name{{Text: name, Lang: "en", Kind: timeline.NameAlias}}
	}
	m.key = fitKey("acled-actor-" + orWord(timeline.Slug(m.name), stableLetters(m.name)))
	return m
}

// acledActorKind reads the code of an actor's sort, a number or its words. The sort of an
// associated actor is not told.
func acledActorKind(name, inter string) timeline.ActorKind {
	word := strings.ToLower(inter)
	switch {
	case name == "Civilians", word == "7", strings.HasPrefix(word, "civilian"):
		return timeline.ActorCivilians
	case word == "1", strings.HasPrefix(word, "state"):
		return timeline.ActorStateForces
	case word == "2", strings.HasPrefix(word, "rebel"):
		return timeline.ActorArmedGroup
	case word == "3", strings.HasPrefix(word, "political"), strings.HasPrefix(word, "militia"):
		return timeline.ActorMilitia
	case word == "4", strings.HasPrefix(word, "identity"), strings.HasPrefix(word, "communal"):
		return timeline.ActorMilitia
	}
	return timeline.ActorOther
}
