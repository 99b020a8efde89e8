package index_test

import (
	"slices"
	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"

	"pgregory.net/rapid"
)

// asker draws random questions over a set of records: every member of every filter, nulls, empty
// lists, refs of every form.
type asker struct {
	t    *rapid.T
	refs map[timeline.Kind][]string
}

func newAsker(t *rapid.T, records []*timeline.Record) *asker {
	a := &asker{t: t, refs: map[timeline.Kind][]string{}}
	for _, r := range records {
		a.refs[r.Kind()] = append(a.refs[r.Kind()], refsOf(r.Identity())...)
	}
	return a
}

func (a *asker) upTo(n int) int   { return rapid.IntRange(0, n).Draw(a.t, "n") }
func (a *asker) oneIn(n int) bool { return a.upTo(n-1) == 0 }

func draw[V any](a *asker, of []V) V { return of[a.upTo(len(of)-1)] }

// list is up to three values; empty once in a while.
func list[V any](a *asker, of []V) []V {
	values := []V{}
	if len(of) == 0 || a.oneIn(8) {
		return values
	}
	for range 1 + a.upTo(2) {
		values = append(values, draw(a, of))
	}
	return values
}

func maybe[V any](a *asker, in int, value func() V) *V {
	if !a.oneIn(in) {
		return nil
	}
	v := value()
	return &v
}

func (a *asker) bool() bool { return a.oneIn(2) }

func enum[E ~string](name string) []E {
	var values []E
	for _, word := range timeline.Words()[name] {
		values = append(values, E(word))
	}
	return values
}

// events is a filter of one to three members, some of them filters again.
func (a *asker) events(depth int) *timeline.EventWhere {
	w := &timeline.EventWhere{}
	for range 1 + a.upTo(2) {
		a.member(w, depth)
	}
	return w
}

func (a *asker) member(w *timeline.EventWhere, depth int) {
	most := 15
	if depth == 0 {
		most = 12
	}
	switch a.upTo(most) {
	case 0:
		w.Time = a.time()
	case 1:
		w.Place = a.place()
	case 2:
		w.Type = list(a, []string{"violence", "battle", "control", "siege", "politics", "visit", "other"})
	case 3:
		w.Status = list(a, enum[timeline.EventStatus]("EventStatus"))
	case 4:
		w.Participants = a.participations()
	case 5:
		w.Actor = a.actorRef()
	case 6:
		w.Claims = a.claims()
	case 7:
		w.Sources = &timeline.SourcesWhere{Some: a.source(2), None: a.source(4), Every: a.source(4)}
	case 8:
		w.Casualties = a.casualties()
	case 9:
		w.Contested = maybe(a, 1, a.bool)
	case 10:
		w.Tags = list(a, []string{"siege", "river", "حصار", "UN", "none"})
	case 11:
		ref := draw(a, a.refs[timeline.KindTimeline])
		w.Timeline = &ref
	case 12:
		w.Refs = list(a, a.refs[timeline.KindEvent])
	case 13:
		w.Not = a.events(depth - 1)
	case 14:
		w.And = a.several(depth)
	case 15:
		w.Or = a.several(depth)
	}
}

func (a *asker) several(depth int) []*timeline.EventWhere {
	all := []*timeline.EventWhere{}
	for range a.upTo(3) {
		all = append(all, a.events(depth-1))
	}
	return all
}

func (a *asker) time() *timeline.TimeWhere {
	w := &timeline.TimeWhere{
		From: maybe(a, 2, a.edtf), To: maybe(a, 2, a.edtf),
		Mode:      maybe(a, 2, func() timeline.TimeMode { return draw(a, enum[timeline.TimeMode]("TimeMode")) }),
		Qualified: maybe(a, 5, a.bool), Known: maybe(a, 5, a.bool),
	}
	if a.oneIn(5) {
		w.Precision = list(a, enum[edtf.Precision]("TimePrecision"))
	}
	if w.From != nil && w.To != nil && w.From.Start().First > w.To.End().Last {
		w.From, w.To = w.To, w.From
		if w.From.Start().First > w.To.End().Last {
			w.From = nil
		}
	}
	return w
}

func (a *asker) edtf() edtf.Value {
	return edtf.MustParse(draw(a, []string{"2012", "2012-04", "2012-06-15", "2013", "2014", "1893", "-0500",
		"2012-21", "201X", "2013/..", "../2013", "2012/2013", "/", "Y-13800000000"}))
}

func (a *asker) place() *timeline.PlaceWhere {
	w := &timeline.PlaceWhere{Known: maybe(a, 4, a.bool)}
	if a.oneIn(2) {
		w.Within = list(a, a.refs[timeline.KindLocation])
	}
	if a.oneIn(4) {
		w.Exactly = list(a, a.refs[timeline.KindLocation])
	}
	if a.oneIn(3) {
		west, east := float64(10*a.upTo(36)-180), float64(10*a.upTo(36)-180)
		south := float64(10*a.upTo(18) - 90)
		w.Bbox = []float64{west, south, east, min(90, south+float64(10*a.upTo(18)))}
	}
	if a.oneIn(4) {
		w.Near = &timeline.NearWhere{Lat: float64(a.upTo(180) - 90), Lon: float64(a.upTo(360) - 180), Km: float64(1 + a.upTo(20000))}
	}
	if a.oneIn(3) {
		w.Precision = list(a, enum[timeline.PlacePrecision]("PlacePrecision"))
	}
	return w
}

func (a *asker) participations() *timeline.ParticipationsWhere {
	one := func() timeline.ParticipationWhere {
		w := timeline.ParticipationWhere{
			Actor: maybe(a, 2, func() timeline.ActorWhere { return *a.actors(1) }),
			Side:  maybe(a, 4, func() string { return draw(a, []string{"", "A", "B"}) }),
		}
		if a.oneIn(2) {
			w.Role = list(a, enum[timeline.ParticipantRole]("ParticipantRole"))
		}
		if a.oneIn(3) {
			w.Certainty = list(a, enum[timeline.Certainty]("Certainty"))
		}
		return w
	}
	return &timeline.ParticipationsWhere{Some: maybe(a, 2, one), None: maybe(a, 3, one), Every: maybe(a, 3, one)}
}

func (a *asker) actors(depth int) *timeline.ActorWhere {
	w := &timeline.ActorWhere{}
	if a.oneIn(2) {
		w.Refs = list(a, a.refs[timeline.KindActor])
	}
	if a.oneIn(2) {
		w.Kind = list(a, enum[timeline.ActorKind]("ActorKind")[:8])
	}
	if a.oneIn(5) {
		w.Name = maybe(a, 1, func() string { return draw(a, []string{"Timbuktu", "تمبكتو", "Gao", "", "JNIM", "Timb", "gr"}) })
	}
	if depth > 0 && a.oneIn(3) {
		w.Not = a.actors(depth - 1)
	}
	if depth > 0 && a.oneIn(4) {
		w.Or = []*timeline.ActorWhere{a.actors(0), a.actors(0)}
	}
	return w
}

func (a *asker) actorRef() *timeline.ActorRefWhere {
	w := &timeline.ActorRefWhere{}
	if a.oneIn(2) {
		w.Any = list(a, a.refs[timeline.KindActor])
	}
	if a.oneIn(3) {
		w.All = list(a, a.refs[timeline.KindActor])
	}
	if (w.Any != nil || w.All != nil) && a.oneIn(2) {
		w.Include = list(a, enum[timeline.ActorLineage]("ActorLineage"))
	}
	if a.oneIn(3) {
		w.Role = list(a, enum[timeline.ParticipantRole]("ParticipantRole"))
	}
	return w
}

func (a *asker) claims() *timeline.ClaimsWhere {
	one := func() timeline.ClaimWhere {
		w := timeline.ClaimWhere{
			Claimant: maybe(a, 3, func() timeline.ActorWhere { return *a.actors(1) }),
			Source:   a.source(3),
		}
		if a.oneIn(2) {
			w.Kind = list(a, enum[timeline.ClaimKind]("ClaimKind"))
		}
		if a.oneIn(3) {
			w.Status = list(a, enum[timeline.ClaimStatus]("ClaimStatus"))
		}
		return w
	}
	return &timeline.ClaimsWhere{Some: maybe(a, 2, one), None: maybe(a, 3, one), Every: maybe(a, 3, one)}
}

func (a *asker) source(in int) *timeline.SourceWhere {
	return maybe(a, in, func() timeline.SourceWhere {
		w := timeline.SourceWhere{}
		if a.oneIn(2) {
			w.Refs = list(a, a.refs[timeline.KindSource])
		}
		if a.oneIn(3) {
			w.Lang = list(a, []names.Language{"ar", "fr", "en", "ar-DZ"})
		}
		if a.oneIn(4) {
			w.Publisher = list(a, []string{"Timbuktu", "TOMBOUCTOU", "Gao", ""})
		}
		if a.oneIn(3) {
			w.Published = a.time()
		}
		return w
	})
}

func (a *asker) casualties() *timeline.CasualtyWhere {
	w := &timeline.CasualtyWhere{
		Kind:    maybe(a, 3, func() timeline.ClaimKind { return draw(a, figureKinds()) }),
		Rule:    maybe(a, 2, a.rule),
		AtLeast: maybe(a, 2, func() int { return a.upTo(40) }),
		AtMost:  maybe(a, 3, func() int { return a.upTo(60) }),
	}
	if w.AtLeast != nil && w.AtMost != nil && *w.AtLeast > *w.AtMost {
		w.AtLeast, w.AtMost = w.AtMost, w.AtLeast
	}
	return w
}

// figureKinds are the kinds of claims that make figures.
func figureKinds() []timeline.ClaimKind { return enum[timeline.ClaimKind]("ClaimKind")[:5] }

func (a *asker) rule() timeline.CasualtyRule {
	return draw(a, enum[timeline.CasualtyRule]("CasualtyRule"))
}

// orderFields are the fields that any selection can be ordered by.
func orderFields() []timeline.EventOrderField {
	return slices.DeleteFunc(enum[timeline.EventOrderField]("EventOrderField"),
		func(f timeline.EventOrderField) bool { return f == timeline.OrderRelevance })
}

// order is up to three terms of different fields, or none.
func (a *asker) order() []*timeline.EventOrder {
	fields := rapid.Permutation(orderFields()).Draw(a.t, "fields")
	var by []*timeline.EventOrder
	for _, field := range fields[:a.upTo(3)] {
		o := &timeline.EventOrder{Field: field, Direction: maybe(a, 2, func() timeline.Direction { return timeline.Descending })}
		if field == timeline.OrderTitle {
			o.Lang = maybe(a, 2, func() names.Language { return draw(a, []names.Language{"ar", "fr", "en", "ar-MR"}) })
		}
		by = append(by, o)
	}
	return by
}
