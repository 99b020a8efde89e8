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

// inOrder sorts what is in the order of time already. TIME alone needs no sorting.
func inOrder(o *order[*Event], asked []*timeline.EventOrder, found []*Event) []*Event {
	switch {
	case len(asked) == 0 || asked[0].Field == timeline.OrderTime && len(asked) == 1 && !o.terms[0].desc:
		return found
	case len(asked) == 1 && asked[0].Field == timeline.OrderTime:
		dated, undated := splitWhile(found, func(e *Event) bool { return !e.Time.Undated() })
		slices.Reverse(dated)
		slices.Reverse(undated)
		return found
	}
	return o.sort(found)
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
