package index

import "tarikh/timeline"

// participants is the test of participants: some, none and every.
func (c *compiler) participants(w *timeline.EventWhere, field string) (test[*Event], error) {
	p := w.Participants
	if p == nil {
		return nil, nil
	}
	field += ".participants"
	some, err := c.participation(p.Some, field+".some")
	if err != nil {
		return nil, err
	}
	none, err := c.participation(p.None, field+".none")
	if err != nil {
		return nil, err
	}
	every, err := c.participation(p.Every, field+".every")
	if err != nil {
		return nil, err
	}
	return quantified(someParticipant, some, none, every), nil
}

// participation is the test of one participation; nil for a nil filter.
func (c *compiler) participation(
	w *timeline.ParticipationWhere, field string,
) (test[*Participant], error) {
	if w == nil {
		return nil, nil
	}
	var tests []test[*Participant]
	if w.Actor != nil {
		t, err := c.actors(w.Actor, field+".actor")
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(p *Participant) bool { return t(c.x.Actor(p.Actor)) })
	}
	if w.Role != nil {
		tests = append(tests, member(w.Role, roleOf))
	}
	if w.Side != nil {
		tests = append(tests, func(p *Participant) bool { return p.Side == *w.Side })
	}
	if w.Certainty != nil {
		certainty := func(p *Participant) timeline.Certainty { return p.Certainty }
		tests = append(tests, member(w.Certainty, certainty))
	}
	return all(tests), nil
}

// actorRef is the test of actor: one of any and each of all, in the roles given, widened by what
// include names. Include is a list like any other: an empty one matches nothing.
func (c *compiler) actorRef(w *timeline.EventWhere, field string) (test[*Event], error) {
	a := w.Actor
	if a == nil {
		return nil, nil
	}
	role := test[*Participant](func(*Participant) bool { return true })
	if a.Role != nil {
		role = member(a.Role, roleOf)
	}
	anyOne, err := c.rows(timeline.KindActor, a.Any, field+".actor.any")
	if err != nil {
		return nil, err
	}
	each, err := c.rows(timeline.KindActor, a.All, field+".actor.all")
	if err != nil {
		return nil, err
	}
	switch {
	case hasEmpty(a):
		return func(*Event) bool { return false }, nil
	case a.Any == nil && a.All == nil && a.Role == nil:
		return nil, nil
	case a.Any == nil && a.All == nil:
		return func(e *Event) bool { return someParticipant(e, role) }, nil
	}
	var tests []test[*Event]
	if a.Any != nil {
		tests = append(tests, takesPart(c.x.family(anyOne, a.Include), role))
	}
	for _, row := range each {
		tests = append(tests, takesPart(c.x.family([]int64{row}, a.Include), role))
	}
	return all(tests), nil
}

// hasEmpty says whether one of the lists is given and empty.
func hasEmpty(a *timeline.ActorRefWhere) bool {
	return a.Any != nil && len(a.Any) == 0 || a.All != nil && len(a.All) == 0 ||
		a.Role != nil && len(a.Role) == 0 || a.Include != nil && len(a.Include) == 0
}

// takesPart is the test that somebody of a family takes part in one of the roles.
func takesPart(f *family, role test[*Participant]) test[*Event] {
	return func(e *Event) bool {
		for i := range e.Participants {
			if p := &e.Participants[i]; role(p) && f.has(p.Actor, &e.Time) {
				return true
			}
		}
		return false
	}
}

// actors is the test of a filter of actors. Of nobody, as where a claim has no claimant, each member
// fails, so that only not and a filter without members hold.
func (c *compiler) actors(w *timeline.ActorWhere, field string) (test[*Actor], error) {
	if w == nil {
		w = &timeline.ActorWhere{}
	}
	tests, err := branches(w.And, w.Or, w.Not, field, c.actors)
	if err != nil {
		return nil, err
	}
	if w.Refs != nil {
		rows, err := c.rows(timeline.KindActor, w.Refs, field+".refs")
		if err != nil {
			return nil, err
		}
		set := setOf(rows)
		tests = append(tests, func(a *Actor) bool { return a != nil && set[a.Row] })
	}
	if w.Name != nil {
		rows, err := c.named(timeline.KindActor, *w.Name, field+".name")
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(a *Actor) bool { return a != nil && rows[a.Row] })
	}
	if w.Kind != nil {
		set := setOf(w.Kind)
		tests = append(tests, func(a *Actor) bool { return a != nil && set[a.Kind] })
	}
	return all(tests), nil
}

// named is the rows of a kind that a name means.
func (c *compiler) named(kind timeline.Kind, name, field string) (map[int64]bool, error) {
	rows, err := c.x.filtered(kind, name)
	if err != nil {
		return nil, &timeline.Error{Code: timeline.CodeTooLarge, Field: field, Message: err.Error()}
	}
	return rows, nil
}

func roleOf(p *Participant) timeline.ParticipantRole { return p.Role }

// someParticipant says whether an event has a participation that passes the test.
func someParticipant(e *Event, t test[*Participant]) bool {
	for i := range e.Participants {
		if t(&e.Participants[i]) {
			return true
		}
	}
	return false
}
