package index

import (
	"fmt"
	"slices"

	"tarikh/timeline"
)

// maxSaved is how many saved timelines one question may go through.
const maxSaved = 100

// checked is the test of a filter that nobody looked at yet.
func (c *compiler) checked(w *timeline.EventWhere, field string) (test[*Event], error) {
	if err := w.Validate(field); err != nil {
		return nil, err
	}
	return c.events(w, field)
}

// events is the test of a filter that is checked. A nil filter restricts nothing. What costs least
// to ask is asked first.
func (c *compiler) events(w *timeline.EventWhere, field string) (test[*Event], error) {
	if w == nil {
		w = &timeline.EventWhere{}
	}
	var tests []test[*Event]
	for _, part := range []func(*timeline.EventWhere, string) (test[*Event], error){
		c.refs, c.text, c.byType, c.labels, c.time, c.place, c.actorRef, c.participants,
		c.sources, c.claims, c.timeline, c.casualties, c.contested,
	} {
		t, err := part(w, field)
		if err != nil {
			return nil, err
		}
		if t != nil {
			tests = append(tests, t)
		}
	}
	inner, err := branches(w.And, w.Or, w.Not, field, c.events)
	if err != nil {
		return nil, err
	}
	return all(append(tests, inner...)), nil
}

// labels is the test of status and tags.
func (c *compiler) labels(w *timeline.EventWhere, _ string) (test[*Event], error) {
	var tests []test[*Event]
	if w.Status != nil {
		tests = append(tests, member(w.Status, func(e *Event) timeline.EventStatus { return e.Status }))
	}
	if w.Tags != nil {
		set := setOf(w.Tags)
		tests = append(tests, func(e *Event) bool {
			return slices.ContainsFunc(e.Tags, func(tag string) bool { return set[tag] })
		})
	}
	return allOrNil(tests), nil
}

// byType is the test of type: a parent stands for all below it.
func (c *compiler) byType(w *timeline.EventWhere, field string) (test[*Event], error) {
	if w.Type == nil {
		return nil, nil
	}
	for i, code := range w.Type {
		if timeline.TypeByCode(code) == nil {
			return nil, timeline.NotFoundf(at(field+".type", i), "there is no event type %.60q", code)
		}
	}
	return member(coveredTypes(w.Type), func(e *Event) string { return e.Type }), nil
}

// coveredTypes is the codes of types that there are, with those below them.
func coveredTypes(asked []string) []string {
	var codes []string
	for _, code := range asked {
		t := timeline.TypeByCode(code)
		codes = append(codes, t.Code)
		for _, child := range t.Children {
			codes = append(codes, child.Code)
		}
	}
	return codes
}

// refs is the test of refs.
func (c *compiler) refs(w *timeline.EventWhere, field string) (test[*Event], error) {
	if w.Refs == nil {
		return nil, nil
	}
	rows, err := c.rows(timeline.KindEvent, w.Refs, field+".refs")
	return member(rows, (*Event).row), err
}

// timeline is the test of the member timeline: the events of a saved one.
func (c *compiler) timeline(w *timeline.EventWhere, field string) (test[*Event], error) {
	if w.Timeline == nil {
		return nil, nil
	}
	row, ok := c.x.Resolve(timeline.KindTimeline, *w.Timeline)
	if !ok {
		return nil, timeline.NotFoundf(field+".timeline", "there is no timeline %.60q", *w.Timeline)
	}
	return c.savedTimeline(row, field+".timeline")
}

// savedTimeline is the test of a saved timeline: its filter or picked, and not omitted. A mistake in
// its filter is told under the field that named it. One that comes back to itself through the
// filters of others, which the checker refuses, is INVALID; a question that goes through more than
// a hundred is TOO_LARGE, because each may name others many times.
func (c *compiler) savedTimeline(row int64, field string) (test[*Event], error) {
	t := c.x.Timeline(row)
	if t == nil {
		return nil, timeline.NotFoundf(field, "the timeline is gone")
	}
	if slices.Contains(c.saved, row) {
		return nil, timeline.Invalidf(field, "the saved timeline %q selects by itself", t.Key)
	}
	if c.opened++; c.opened > maxSaved {
		return nil, &timeline.Error{Code: timeline.CodeTooLarge, Field: field,
			Message: fmt.Sprintf("the question goes through more than %d saved timelines", maxSaved)}
	}
	picked, omitted := setOf(t.Picked), setOf(t.Omitted)
	selected := func(*Event) bool { return false }
	if t.Where != nil {
		c.saved = append(c.saved, row)
		within, err := c.checked(t.Where, "where")
		c.saved = c.saved[:len(c.saved)-1]
		if err != nil {
			return nil, inTimeline(t, field, err)
		}
		selected = within
	}
	return func(e *Event) bool {
		return (picked[e.Row] || selected(e)) && !omitted[e.Row]
	}, nil
}

// inTimeline tells a mistake of a saved timeline's filter to who asked for the timeline.
func inTimeline(t *Timeline, field string, err error) error {
	return &timeline.Error{Code: timeline.CodeOf(err), Field: field,
		Message: "in the saved timeline " + t.Key + ": " + err.Error()}
}
