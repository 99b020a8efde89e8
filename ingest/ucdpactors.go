package ingest

import (
	"bufio"
	"slices"
	"strings"

	"tarikh/names"
	"tarikh/timeline"
)

// isActorList recognises the UCDP Actor Dataset.
func isActorList(g *glance) bool { return g.has("actorid", "namedata", "nameorig", "org") }

// actorListSource is the dataset.
func actorListSource() timeline.SourceRecord {
	return timeline.SourceRecord{Identity: timeline.Identity{Key: "ucdp-actors"},
		Title:     timeline.Text{Lang: "en", Text: "UCDP Actor Dataset"},
		Publisher: "Uppsala Conflict Data Program", Lang: "en", Licence: "CC-BY-4.0",
		URL:         "https://ucdp.uu.se/downloads/",
		Attribution: gedSource().Attribution}
}

// actorList is UCDP's list of actors on its way in.
type actorList struct {
	out  *out
	seen map[string]bool // ids
	held []row           // that name an actor who has not come yet
}

// readActorList reads one actor a row. Relations name other actors of the list by their ids; a
// row that names one who has not come yet waits, because some name actors who never come.
func readActorList(o *out, in *bufio.Reader) error {
	comma, err := commaOf(in)
	if err != nil {
		return err
	}
	t, err := openTable(in, comma, nil)
	if err != nil {
		return err
	}
	o.open(actorListSource())
	l := &actorList{out: o, seen: map[string]bool{}}
	err = o.each(t, l.take)
	if err == nil {
		l.settle()
	}
	return err
}

// take takes one row in, unless it must wait.
func (l *actorList) take(r row) error {
	id := r.cell("actorid")
	if id == "" || strings.Trim(id, "0123456789") != "" {
		return fieldError("ActorId", "%q is no number of an actor", clipped(id))
	}
	if r.cell("namedata") == "" {
		return fieldError("NameData", "the actor has no name")
	}
	l.seen[strings.Clone(id)] = true
	for _, n := range listedLinks() {
		for _, other := range r.numbers(n.ids) {
			if !l.seen[other] {
				return l.hold(r)
			}
		}
	}
	l.give(r)
	return nil
}

// hold lets a row wait for the actors whom it names.
func (l *actorList) hold(r row) error {
	if len(l.held) == mostHeld {
		l.settle()
	}
	l.held = append(l.held, r.keep())
	return nil
}

// settle gives the waiting actors, without relations to those who did not come.
func (l *actorList) settle() {
	for _, r := range l.held {
		l.give(r)
	}
	l.held = l.held[:0]
}

// give gives the actor of one row.
func (l *actorList) give(r row) {
	id := r.cell("actorid")
	a := timeline.ActorRecord{
		Identity: timeline.Identity{Key: "ucdp-actor-" + id,
			Identifiers: []timeline.Identifier{{Scheme: "ucdp", Value: id}}},
		Kind: listedKind(r), Names: listedNames(r)}
	relations, notes := l.relations(r, id)
	a.Relations = relations
	l.out.put(r.line, timeline.Record{Actor: &a}, notes...)
}

// listedKind reads Org: 1 formally organised, 2 informally, 3 by community, 4 a government.
func listedKind(r row) timeline.ActorKind {
	switch r.cell("org") {
	case "4":
		return timeline.ActorState
	case "3":
		return timeline.ActorCommunity
	case "2":
		return gedActorKind(r.cell("namedata"))
	}
	return timeline.ActorArmedGroup
}

// listedNames are the name in use, then its long forms, then those that the actor had before it
// changed its name.
func listedNames(r row) []timeline.Name {
	all := []timeline.Name{{Text: r.cell("namedata"), Lang: "en", Kind: timeline.NamePreferred}}
	old := timeline.NameAlias
	if r.cell("namechange") == "1" {
		old = timeline.NameFormer
	}
	for _, n := range []struct {
		column string
		lang   names.Language
		kind   timeline.NameKind
	}{
		{"newname", "en", timeline.NameAlias}, {"newnamefulleng", "en", timeline.NameAlias},
		{"newnamefullmothertongue", "", timeline.NameAlias},
		{"nameorig", "en", old}, {"nameorigfulleng", "en", old}, {"nameorigfull", "", old},
	} {
		text := r.cell(n.column)
		known := func(o timeline.Name) bool { return o.Text == text }
		if text == "" || strings.EqualFold(text, "n/a") || slices.ContainsFunc(all, known) {
			continue
		}
		all = append(all, timeline.Name{Text: text, Lang: n.lang, Kind: n.kind})
	}
	return all
}

// listedLink is a column of the list with the ids of other actors, and the one with their names.
type listedLink struct {
	ids, name string
	kind      timeline.ActorRelationKind
}

// listedLinks are the groups from which an actor split off, for good or for a time, with which
// it is allied and of which it became a part.
func listedLinks() []listedLink {
	return []listedLink{
		{"actoridprev", "NamePrev", timeline.RelationSplinter},
		{"actoridsplittemp", "NameSplitTemp", timeline.RelationSplinter},
		{"actoridalliance", "NameAlliance", timeline.RelationAlly},
		{"actoridgroup", "GroupName", timeline.RelationMemberOf},
	}
}

// relations are the actor's to others of the list. Those who are not in it are noted.
func (l *actorList) relations(r row, own string) ([]timeline.ActorRelationRecord, []timeline.Problem) {
	var all []timeline.ActorRelationRecord
	var notes []timeline.Problem
	for _, n := range listedLinks() {
		ids := r.numbers(n.ids)
		for _, id := range ids {
			source := l.out.dataset
			relation := timeline.ActorRelationRecord{Kind: n.kind, Actor: timeline.RefTo("ucdp:" + id),
				Source: &source}
			switch {
			case !l.seen[id]:
				notes = append(notes, note("left-out", n.name, "the actor ucdp:%s is not in the list", id))
			case id != own && !related(all, relation):
				all = append(all, relation)
			}
		}
		if name := r.cell(strings.ToLower(n.name)); len(ids) == 0 && name != "" {
			notes = append(notes, note("left-out", n.name, "%s is named without an id", clipped(name)))
		}
	}
	return all, notes
}

func related(all []timeline.ActorRelationRecord, r timeline.ActorRelationRecord) bool {
	return slices.ContainsFunc(all, func(o timeline.ActorRelationRecord) bool {
		return o.Kind == r.Kind && o.Actor.Ref == r.Actor.Ref
	})
}

// numbers are the numbers of a list such as "204, 1067"; 0 is none.
func (r row) numbers(column string) []string {
	var all []string
	parting := func(c rune) bool { return c == ',' || c == ' ' || c == ';' }
	for _, n := range strings.FieldsFunc(r.cell(column), parting) {
		if strings.Trim(n, "0123456789") == "" && n != "0" {
			all = append(all, n)
		}
	}
	return all
}
