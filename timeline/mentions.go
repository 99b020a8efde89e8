package timeline

// mentions tells every other record that a record names, in its filter too, with the path and
// the kind.
func (r *Record) mentions(tell func(field string, kind Kind, ref Ref)) {
	r.EachRef(func(kind Kind, field Member, ref *Ref) { tell(field.String(), kind, *ref) })
	if r.Timeline != nil {
		r.Timeline.Where.mentions("timeline.where", tell)
	}
}

// timelines tells the saved timelines that a filter names, at any depth.
func (w *EventWhere) timelines(field string, tell func(field, ref string)) {
	w.mentions(field, func(field string, kind Kind, ref Ref) {
		if kind == KindTimeline {
			tell(field, ref.Ref)
		}
	})
}

// mentions tells every record that a filter names.
func (w *EventWhere) mentions(field string, tell func(string, Kind, Ref)) {
	if w == nil {
		return
	}
	for i, o := range w.And {
		o.mentions(at(field+".and", i), tell)
	}
	for i, o := range w.Or {
		o.mentions(at(field+".or", i), tell)
	}
	w.Not.mentions(field+".not", tell)
	list := func(field string, kind Kind, refs []string) {
		for i, ref := range refs {
			tell(at(field, i), kind, RefTo(ref))
		}
	}
	list(field+".refs", KindEvent, w.Refs)
	if w.Timeline != nil {
		tell(field+".timeline", KindTimeline, RefTo(*w.Timeline))
	}
	if w.Place != nil {
		list(field+".place.within", KindLocation, w.Place.Within)
		list(field+".place.exactly", KindLocation, w.Place.Exactly)
	}
	if w.Actor != nil {
		list(field+".actor.any", KindActor, w.Actor.Any)
		list(field+".actor.all", KindActor, w.Actor.All)
	}
	w.mentionsInside(field, list)
}

// mentionsInside tells what the filters of participations, claims and sources name.
func (w *EventWhere) mentionsInside(field string, list func(string, Kind, []string)) {
	quantifiers := [...]string{"some", "none", "every"}
	if p := w.Participants; p != nil {
		for i, one := range []*ParticipationWhere{p.Some, p.None, p.Every} {
			if one != nil {
				one.Actor.mentions(field+".participants."+quantifiers[i]+".actor", list)
			}
		}
	}
	if c := w.Claims; c != nil {
		for i, one := range []*ClaimWhere{c.Some, c.None, c.Every} {
			if one != nil {
				one.Claimant.mentions(field+".claims."+quantifiers[i]+".claimant", list)
				one.Source.mentions(field+".claims."+quantifiers[i]+".source", list)
			}
		}
	}
	if s := w.Sources; s != nil {
		s.Some.mentions(field+".sources.some", list)
		s.None.mentions(field+".sources.none", list)
		s.Every.mentions(field+".sources.every", list)
	}
}

func (w *SourceWhere) mentions(field string, list func(string, Kind, []string)) {
	if w != nil {
		list(field+".refs", KindSource, w.Refs)
	}
}

func (w *ActorWhere) mentions(field string, list func(string, Kind, []string)) {
	if w == nil {
		return
	}
	list(field+".refs", KindActor, w.Refs)
	for i, o := range w.And {
		o.mentions(at(field+".and", i), list)
	}
	for i, o := range w.Or {
		o.mentions(at(field+".or", i), list)
	}
	w.Not.mentions(field+".not", list)
}
