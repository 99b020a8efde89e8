package index

import (
	"slices"
	"strconv"

	"tarikh/names"
	"tarikh/timeline"
)

// eventOrder is the order of a question, TIME ASC where it names none.
func (x *Index) eventOrder(q Question, scores map[int64]float64) order[*Event] {
	by, where := q.Order, q.Where
	if len(by) == 0 {
		by = []*timeline.EventOrder{{Field: timeline.OrderTime}}
	}
	if where == nil {
		where = &timeline.EventWhere{}
	}
	asked := make([]timeline.EventOrder, len(by)) // with what is left out written out, for the mark
	o := order[*Event]{id: func(e *Event) string { return e.ID }}
	for i, term := range by {
		asked[i] = *term
		asked[i].Direction = direction(term.Direction)
		o.add(x.eventKey(term, scores), term.Direction)
	}
	o.mark = timeline.QuestionMark(asked, where, x.parentMark(q.Parent))
	return o
}

// eventKey is what a term orders events by.
func (x *Index) eventKey(o *timeline.EventOrder, scores map[int64]float64) func(*Event) key {
	switch o.Field {
	case timeline.OrderTitle:
		var lang names.Language // none: the first title
		if o.Lang != nil {
			lang = *o.Lang
		}
		return func(e *Event) key { return key{text: e.title(lang)} }
	case timeline.OrderKilled:
		return func(e *Event) key {
			n, known := x.figure(e, timeline.ClaimKilled, timeline.RuleRange).OrderKey()
			return key{last: !known, n: [3]int64{int64(n)}}
		}
	case timeline.OrderRelevance:
		return func(e *Event) key {
			score, known := scores[e.Row]
			return key{last: !known, n: [3]int64{-int64(score * 1e6)}} // ASC begins with the best
		}
	case timeline.OrderUpdated:
		return func(e *Event) key { return key{n: [3]int64{e.Updated}} }
	}
	return timeKey
}

// timeKey is an event's place in the order of time: when it began, how surely, when it ended.
func timeKey(e *Event) key {
	t := &e.Time
	if t.Undated() {
		return key{last: true}
	}
	return key{n: [3]int64{int64(t.Start.First), int64(t.Start.Last), int64(t.End.Last)}}
}

// timeAlone says whether an order is that of time or its mirror, in which events are kept.
func timeAlone(asked []*timeline.EventOrder) (desc, is bool) {
	if len(asked) == 0 {
		return false, true
	}
	return *direction(asked[0].Direction) == timeline.Descending,
		len(asked) == 1 && asked[0].Field == timeline.OrderTime
}

// sort puts what is meant in an order that is not of time alone.
func (s *Selection) sort() error {
	titled := slices.ContainsFunc(s.asked.Order, func(o *timeline.EventOrder) bool { return o.Field == timeline.OrderTitle })
	all := make(sorted, 0, s.count)
	keys := make([]key, s.count*len(s.order.terms)) // of all events in one piece
	place := func(e *Event, get func(want, *Event) *Event) {
		own := keys[:len(s.order.terms):len(s.order.terms)]
		keys = keys[len(own):]
		s.order.fill(own, e)
		all = append(all, sortedEvent{position{own, e.ID}, e.Row, get})
	}
	var e Event
	for _, p := range s.parts {
		var titles [][]Title
		if titled {
			var err error
			if titles, err = p.titles.of(p.segment, s.x.revision, s.asked.Titles); err != nil {
				return err
			}
		}
		for o := range ordinals(p.set) {
			p.fill(o, &e, wantTime|wantWords|wantClaims|wantID)
			if titled {
				e.Titles = titles[o]
			}
			place(&e, func(w want, scratch *Event) *Event { p.fill(o, scratch, w); return scratch })
		}
	}
	for _, e := range s.recent {
		place(e, func(want, *Event) *Event { return e })
	}
	slices.SortFunc(all, func(a, b sortedEvent) int { return s.order.compare(a.position, b.position) })
	if len(all) > 0 {
		s.strands = []strand{all}
	}
	return nil
}

// title is the folded title that names.Pick picks; empty where there is none.
func (e *Event) title(lang names.Language) string {
	var space [8]names.Language
	langs := space[:0]
	for i := range e.Titles {
		langs = append(langs, e.Titles[i].Lang)
	}
	if i := names.Pick(langs, lang); i >= 0 {
		return e.Titles[i].Folded
	}
	return ""
}

// direction is the direction asked for, ASC where none is.
func direction(d *timeline.Direction) *timeline.Direction {
	if d != nil {
		return d
	}
	asc := timeline.Ascending
	return &asc
}

// parentMark is a parent in the mark of a question: by its public id, which survives export and
// import.
func (x *Index) parentMark(p Parent) string {
	id := strconv.FormatInt(p.Row, 10)
	switch p.Kind {
	case timeline.KindEvent:
		if e := x.Event(p.Row); e != nil {
			id = e.ID
		}
	case timeline.KindActor:
		if a := x.Actor(p.Row); a != nil {
			id = a.ID
		}
	case timeline.KindLocation:
		if l := x.Location(p.Row); l != nil {
			id = l.ID
		}
	case timeline.KindSource:
		if s := x.Source(p.Row); s != nil {
			id = s.ID
		}
	case timeline.KindTimeline:
		if t := x.Timeline(p.Row); t != nil {
			id = t.ID
		}
	case "":
		return ""
	}
	return string(p.Kind) + " " + id
}
