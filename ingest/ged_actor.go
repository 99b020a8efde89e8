package ingest

import (
	"strings"

	"tarikh/timeline"
)

// parties are the sides of a row. They are not attacker and attacked, except in violence against
// civilians.
func (g *ged) parties(r row, country *spot) []timeline.ParticipationRecord {
	a, b := timeline.RoleParty, timeline.RoleParty
	if r.cell("type_of_violence") == "3" {
		a, b = timeline.RolePerpetrator, timeline.RoleVictim
	}
	var all []timeline.ParticipationRecord
	for _, side := range []struct {
		name, id, letter string
		role             timeline.ParticipantRole
	}{
		{r.cell("side_a"), r.cell("side_a_new_id"), "A", a},
		{r.cell("side_b"), r.cell("side_b_new_id"), "B", b},
	} {
		for _, ref := range g.actors(r, side.name, side.id, country) {
			all = append(all, timeline.ParticipationRecord{Actor: ref, Role: side.role, Side: side.letter,
				Certainty: timeline.CertaintyConfirmed})
		}
	}
	return all
}

// actors are those whom one cell names: several only where each piece is a known actor's name.
func (g *ged) actors(r row, name, id string, country *spot) []timeline.Ref {
	if pieces := g.pieces(name); pieces != nil {
		return pieces
	}
	if name == "" {
		return nil
	}
	return []timeline.Ref{g.actor(r, name, id, country).ref()}
}

// waits says whether a cell of the row names several actors of whom one is not known yet.
func (g *ged) waits(r row) bool {
	for _, column := range []string{"side_a", "side_b"} {
		name := r.cell(column)
		if strings.Contains(name, ", ") && g.pieces(name) == nil {
			return true
		}
	}
	return false
}

// pieces are the actors of a cell such as "GATIA, MSA"; nil where it names one, or where one of
// the names is known neither in the file nor outside.
func (g *ged) pieces(name string) []timeline.Ref {
	if !strings.Contains(name, ", ") {
		return nil
	}
	var refs []timeline.Ref
	for piece := range strings.SplitSeq(name, ", ") {
		m := g.cast.find(piece)
		switch {
		case m != nil:
			refs = append(refs, m.ref())
		case g.out.options.KnownActor != nil && g.out.options.KnownActor(piece):
			refs = append(refs, timeline.Ref{Name: piece, Lang: "en"})
		default:
			return nil
		}
	}
	return refs
}

// actor is the one whom a cell names. Civilians, and those whom nobody identified, are one of
// each kind for a country.
func (g *ged) actor(r row, name, id string, country *spot) *member {
	switch {
	case name == "Civilians":
		return g.generic(r, country, name, timeline.ActorCivilians)
	case isUnidentified(name):
		return g.generic(r, country, name, timeline.ActorUnidentified)
	case id == "" || strings.Trim(id, "0123456789") != "":
		nameless := fitKey("ucdp-" + orWord(timeline.Slug(name), "actor"))
		return g.cast.give(r.line, member{key: nameless, name: name, lang: "en", kind: gedActorKind(name)})
	}
	key := "ucdp-actor-" + id
	if m := g.cast.known(key); m != nil {
		return m
	}
	return g.cast.give(r.line, member{key: fitKey(key), name: name, lang: "en", kind: gedActorKind(name),
		ids: []timeline.Identifier{{Scheme: "ucdp", Value: id}}})
}

// generic is somebody of no biography, remembered by country so that no name is built again.
func (g *ged) generic(r row, country *spot, name string, kind timeline.ActorKind) *member {
	short := "\x1f" + name
	if country != nil {
		short = country.key + short
	}
	if m := g.cast.known(short); m != nil {
		return m
	}
	m := g.cast.give(r.line, genericIn(country, name, kind))
	g.cast.byKey[short] = m
	return m
}

// gedActorKind is as much as a name tells. UCDP's non-state sides are organised groups of one
// sort or another; its actor list knows which.
func gedActorKind(name string) timeline.ActorKind {
	switch {
	case strings.HasPrefix(name, "Government of "):
		return timeline.ActorState
	case strings.HasPrefix(name, "Supporters of "):
		return timeline.ActorCommunity
	}
	return timeline.ActorArmedGroup
}
