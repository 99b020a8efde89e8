package index_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// figure is an event's figure. The rules of figures have tests of their own; here it is what goes
// into them that is worked out anew.
func (n *naive) figure(e *timeline.EventRecord, kind timeline.ClaimKind, rule timeline.CasualtyRule) *timeline.Casualties {
	c, err := timeline.Figure(n.statements(e), kind, rule)
	if err != nil {
		panic(err)
	}
	return c
}

func (n *naive) statements(e *timeline.EventRecord) []timeline.Statement {
	var all []timeline.Statement
	for _, c := range e.Claims {
		s := timeline.Statement{
			ID: c.ID, Kind: c.Kind, Status: c.Status, Included: c.Included, Victims: names.Fold(c.Victims),
			Low: timeline.Unknown, Best: timeline.Unknown, High: timeline.Unknown,
			Origin: n.origin(c), Dated: n.dated(c),
		}
		if c.VictimActor != nil {
			s.Victims = "of " + n.actor(c.VictimActor.Ref).ID
		}
		if c.Kind == timeline.ClaimOther {
			s.Victims = names.Fold(c.Counts) + "/" + s.Victims
		}
		if c.Range != nil {
			s.Low, s.Best, s.High = orUnknown(c.Range.Low), orUnknown(c.Range.Best), orUnknown(c.Range.High)
		}
		if c.DatasetRow != "" {
			s.Dataset = int64(1 + slices.Index(n.sources, n.source(c.Source.Ref)))
			s.DatasetRow, s.Vintage = c.DatasetRow, c.Vintage
		}
		if c.Responsible != nil {
			s.Responsible = int64(1 + slices.Index(n.actors, n.actor(c.Responsible.Ref)))
		}
		all = append(all, s)
	}
	return all
}

// origin is the claimant if known, else the source that its source repeats, else its source.
func (n *naive) origin(c timeline.ClaimRecord) int64 {
	if c.Claimant != nil {
		return int64(1_000_000 + slices.Index(n.actors, n.actor(c.Claimant.Ref)))
	}
	s := n.source(c.Source.Ref)
	for s.Origin != nil {
		s = n.source(s.Origin.Ref)
	}
	return int64(1 + slices.Index(n.sources, s))
}

func (n *naive) dated(c timeline.ClaimRecord) edtf.Day {
	for _, v := range []edtf.Value{c.ReportedOn, n.source(c.Source.Ref).PublishedOn} {
		end := v.End()
		if day := end.Latest(); !v.IsZero() && day != nil {
			return *day
		}
	}
	return dayOf(c.CreatedAt.Time)
}

// total adds up the figures of a selection, sentence by sentence.
func (n *naive) total(events []*timeline.EventRecord, kind timeline.ClaimKind, rule timeline.CasualtyRule) string {
	low, best, high, added, unknown, claims := 0, 0, 0, 0, 0, 0
	open, contested := false, false
	origins := map[int64]bool{}
	for _, e := range events {
		statements := n.statements(e)
		contested = contested || timeline.Contested(statements, kind)
		c := n.figure(e, kind, rule)
		if c == nil {
			unknown++
			continue
		}
		claims += c.ClaimCount
		for _, s := range statements {
			if s.Kind == kind && s.Status == timeline.ClaimCurrent && (rule != timeline.RuleDataset || s.Dataset != 0) {
				origins[s.Origin] = true
			}
		}
		if !n.counts(e, events, kind, rule) {
			continue
		}
		added++
		low, high, open = low+*c.Low, high+*c.High, open || c.Open || c.Best == nil
		if c.Best != nil {
			best += *c.Best
		} else {
			best += *c.Low
		}
	}
	sums := fmt.Sprintf("%d/%d/%d", low, best, high)
	if added == 0 {
		sums = "nothing"
	}
	return fmt.Sprintf("%s open %v contested %v claims %d origins %d events %d unknown %d",
		sums, open, contested, claims, len(origins), added, unknown)
}

// counts says whether an event that has a figure is added: no whole of it in the selection has a
// figure, and no event that is the same, and would be added but for this one, has a smaller id.
func (n *naive) counts(e *timeline.EventRecord, in []*timeline.EventRecord, kind timeline.ClaimKind, rule timeline.CasualtyRule) bool {
	eligible := func(e *timeline.EventRecord) bool {
		return n.figure(e, kind, rule) != nil && !some(n.wholes(e), func(w *timeline.EventRecord) bool {
			return slices.Contains(in, w) && n.figure(w, kind, rule) != nil
		})
	}
	return eligible(e) && every(n.same(e, in), func(o *timeline.EventRecord) bool {
		return o.ID >= e.ID || !eligible(o)
	})
}

func (n *naive) wholes(e *timeline.EventRecord) []*timeline.EventRecord {
	var all []*timeline.EventRecord
	for {
		i := slices.IndexFunc(e.Relations, func(r timeline.EventRelationRecord) bool { return r.Kind == timeline.EventPartOf })
		if i < 0 {
			return all
		}
		e = n.event(e.Relations[i].Event.Ref)
		all = append(all, e)
	}
}

// same is the events of a selection that are joined with one by SAME_AS, step by step.
func (n *naive) same(e *timeline.EventRecord, in []*timeline.EventRecord) []*timeline.EventRecord {
	joined := []*timeline.EventRecord{e}
	says := func(a, b *timeline.EventRecord) bool {
		return some(a.Relations, func(r timeline.EventRelationRecord) bool {
			return r.Kind == timeline.EventSameAs && n.event(r.Event.Ref) == b
		})
	}
	for i := 0; i < len(joined); i++ {
		for _, o := range in {
			if !slices.Contains(joined, o) && (says(o, joined[i]) || says(joined[i], o)) {
				joined = append(joined, o)
			}
		}
	}
	return joined
}

// summary writes a total as naive.total does.
func summary(c *timeline.Casualties) string {
	sums := "nothing"
	if c.Low != nil {
		sums = fmt.Sprintf("%d/%d/%d", *c.Low, *c.Best, *c.High)
	}
	return fmt.Sprintf("%s open %v contested %v claims %d origins %d events %d unknown %d",
		sums, c.Open, c.Contested, c.ClaimCount, c.SourceCount, c.Events, c.Unknown)
}

// selected is the ids of the events that a filter means, in an order.
func (n *naive) selected(events []*timeline.EventRecord, w *timeline.EventWhere, by []*timeline.EventOrder) []*timeline.EventRecord {
	var found []*timeline.EventRecord
	for _, e := range events {
		if n.matches(e, w) {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, func(a, b *timeline.EventRecord) int { return n.compare(a, b, by) })
	return found
}

// compare orders two events by the terms, then by id in the direction of the last term.
func (n *naive) compare(a, b *timeline.EventRecord, by []*timeline.EventOrder) int {
	sign := 1
	if len(by) == 0 {
		by = []*timeline.EventOrder{{Field: timeline.OrderTime}}
	}
	for _, o := range by {
		sign = 1
		if o.Direction != nil && *o.Direction == timeline.Descending {
			sign = -1
		}
		c, missing := n.compareBy(a, b, o)
		if missing != 0 {
			return missing
		}
		if c != 0 {
			return sign * c
		}
	}
	return sign * strings.Compare(a.ID, b.ID)
}

// compareBy compares by one term; missing is not 0 where only one has nothing to be ordered by.
func (n *naive) compareBy(a, b *timeline.EventRecord, o *timeline.EventOrder) (c, missing int) {
	switch o.Field {
	case timeline.OrderTitle:
		return strings.Compare(shownTitle(a, o.Lang), shownTitle(b, o.Lang)), 0
	case timeline.OrderUpdated:
		return a.UpdatedAt.Compare(b.UpdatedAt.Time), 0
	case timeline.OrderKilled:
		x, xKnown := n.figure(a, timeline.ClaimKilled, timeline.RuleRange).OrderKey()
		y, yKnown := n.figure(b, timeline.ClaimKilled, timeline.RuleRange).OrderKey()
		return cmp.Compare(x, y), lastOf(!xKnown, !yKnown)
	}
	x, y := timeline.NewTime(a.Time), timeline.NewTime(b.Time)
	c = cmp.Or(cmp.Compare(x.Start.First, y.Start.First), cmp.Compare(x.Start.Last, y.Start.Last),
		cmp.Compare(x.End.Last, y.End.Last))
	return c, lastOf(x.Undated(), y.Undated())
}

func lastOf(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func shownTitle(e *timeline.EventRecord, lang *names.Language) string {
	var langs []names.Language
	for _, t := range e.Titles {
		langs = append(langs, t.Lang)
	}
	wanted := names.Language("")
	if lang != nil {
		wanted = *lang
	}
	return names.Fold(e.Titles[names.Pick(langs, wanted)].Text)
}

func idsOf(events []*timeline.EventRecord) []string {
	ids := []string{}
	for _, e := range events {
		ids = append(ids, e.ID)
	}
	return ids
}
