package index

import (
	"fmt"
	"slices"
	"strconv"

	"tarikh/edtf"
	"tarikh/timeline"
)

// Figure is the figure of one event by a rule; nil where no claim gives a number and where there is
// no such event. A kind or rule that makes no figure is INVALID.
func (x *Index) Figure(
	event int64, kind timeline.ClaimKind, rule timeline.CasualtyRule,
) (*timeline.Casualties, error) {
	if err := timeline.CheckFigure(kind, rule); err != nil {
		return nil, err
	}
	var space Event
	return x.figure(x.facts(event, wantClaims, &space), kind, rule), nil
}

// FigureOf is Figure of those of the event's claims that are meant: of what may be passed on, for
// one.
func (x *Index) FigureOf(
	event int64, kind timeline.ClaimKind, rule timeline.CasualtyRule, meant func(*Claim) bool,
) (*timeline.Casualties, error) {
	e := x.Event(event)
	if e == nil {
		return nil, timeline.CheckFigure(kind, rule)
	}
	return FigureOfClaims(e.Claims, x.Source, kind, rule, meant)
}

// FigureOfClaims is the figure of those claims of one event that are meant, for whoever has no index:
// source gives the facts of a source by its row (row, origin and day are asked of it), nil where it
// is not known.
func FigureOfClaims(
	claims []Claim, source func(row int64) *Source, kind timeline.ClaimKind, rule timeline.CasualtyRule,
	meant func(*Claim) bool,
) (*timeline.Casualties, error) {
	var space [8]timeline.Statement
	statements := space[:0]
	for i := range claims {
		if meant(&claims[i]) {
			statements = append(statements, claims[i].told(source))
		}
	}
	return timeline.Figure(statements, kind, rule)
}

// figure is Figure for a kind and a rule that are checked.
func (x *Index) figure(
	e *Event, kind timeline.ClaimKind, rule timeline.CasualtyRule,
) *timeline.Casualties {
	if e == nil || len(e.Claims) == 0 {
		return nil
	}
	var space [8]timeline.Statement
	figure, err := timeline.Figure(x.appendStatements(space[:0], e), kind, rule)
	if err != nil {
		panic(fmt.Sprintf("index: a figure of a checked kind and rule failed: %v", err))
	}
	return figure
}

// contested is the test of contested: whether an event's claims contradict one another in anything.
func (c *compiler) contested(w *timeline.EventWhere, _ string) (test[*Event], error) {
	if w.Contested == nil {
		return nil, nil
	}
	return func(e *Event) bool {
		var space [8]timeline.Statement
		is := len(e.Claims) > 1 && timeline.ContestedAtAll(c.x.appendStatements(space[:0], e))
		return is == *w.Contested
	}, nil
}

// casualties is the test of casualties: the figure by the kind and rule asked for, which are checked.
func (c *compiler) casualties(w *timeline.EventWhere, _ string) (test[*Event], error) {
	f := w.Casualties
	if f == nil {
		return nil, nil
	}
	kind, rule := f.Figure()
	return func(e *Event) bool { return f.Match(c.x.figure(e, kind, rule)) }, nil
}

// appendStatements appends an event's claims as the rules of figures know them.
func (x *Index) appendStatements(to []timeline.Statement, e *Event) []timeline.Statement {
	for i := range e.Claims {
		to = append(to, e.Claims[i].told(x.sourceFacts))
	}
	return to
}

// told is a claim as the rules of figures know it, with what its source tells of it.
func (c *Claim) told(source func(row int64) *Source) timeline.Statement {
	s := c.statement()
	s.Origin, s.Dated = c.origin(source), c.dated(source)
	return s
}

// statement is what a claim says by itself.
func (c *Claim) statement() timeline.Statement {
	s := timeline.Statement{
		ID: c.ID, Kind: c.Kind, Status: c.Status, Victims: losses(c), Included: c.Included,
		Low: c.Low, Best: c.Best, High: c.High, Responsible: c.Responsible,
	}
	if c.DatasetRow != "" {
		s.Dataset, s.DatasetRow, s.Vintage = c.Source, c.DatasetRow, c.Vintage
	}
	return s
}

// losses is whose losses a claim is about: an actor's, those in its words, or everybody's. A claim
// of kind OTHER is about what it counts, too: vehicles burnt do not contradict houses burnt.
func losses(c *Claim) string {
	victims := c.Victims
	if c.VictimActor != 0 {
		victims = "actor:" + strconv.FormatInt(c.VictimActor, 10)
	}
	if c.Kind == timeline.ClaimOther {
		return c.Counts + "\n" + victims // folded words hold no line's end
	}
	return victims
}

// origin tells the origins of claims apart: the claimant, else the source whose report its source
// repeats, however many copies between, else its source. Actors are told below zero.
func (c *Claim) origin(source func(row int64) *Source) int64 {
	if c.Claimant != 0 {
		return -c.Claimant
	}
	return root(c.Source, source)
}

// root is the source that a source repeats in the end. Where repeating goes round, which the
// checker refuses, it is the smallest row of the circle, wherever it is entered.
func root(row int64, source func(row int64) *Source) int64 {
	var passed []int64
	for {
		s := source(row)
		if s == nil || s.Origin == 0 || source(s.Origin) == nil {
			return row
		}
		passed = append(passed, row)
		if i := slices.Index(passed, s.Origin); i >= 0 {
			return slices.Min(passed[i:])
		}
		row = s.Origin
	}
}

// dated is the day that a claim is as new as: that of its report, else that of its source's
// publication, else that on which it was entered. A day that is unknown or endless is none.
func (c *Claim) dated(source func(row int64) *Source) edtf.Day {
	if c.ReportedOn.Finite() {
		return c.ReportedOn
	}
	if s := source(c.Source); s != nil {
		if day := latestDay(s.Published); day.Finite() {
			return day
		}
	}
	return c.Created
}

// total is what the total of a selection needs to know of one of its events.
func (x *Index) total(
	e *Event, kind timeline.ClaimKind, rule timeline.CasualtyRule,
) (timeline.TotalEvent, error) {
	t := timeline.TotalEvent{Row: e.Row, SameAs: x.sameAs(e)}
	if len(t.SameAs) > 0 {
		t.ID = x.Event(e.Row).ID
	}
	if len(e.Relations) > 0 {
		t.Parents = x.wholes(e.Row)
	}
	var space [8]timeline.Statement
	statements := x.appendStatements(space[:0], e)
	figure, err := timeline.Figure(statements, kind, rule)
	if err != nil {
		return t, err
	}
	t.Figure, t.Contested = figure, timeline.Contested(statements, kind)
	for i := range statements {
		s := &statements[i]
		if s.Kind == kind && s.Status == timeline.ClaimCurrent &&
			(rule != timeline.RuleDataset || s.Dataset != 0) {
			t.Origins = appendNew(t.Origins, s.Origin)
		}
	}
	return t, nil
}

// wholes is the chain of events that an event is part of, nearest first.
func (x *Index) wholes(event int64) []int64 {
	var chain []int64
	whole := x.PartOf(event)
	for whole != 0 && !slices.Contains(chain, whole) {
		chain = append(chain, whole)
		whole = x.PartOf(whole)
	}
	return chain
}

// sameAs is the events that an event is the same as, whichever of them says so.
func (x *Index) sameAs(e *Event) []int64 {
	if len(e.Relations) == 0 && len(x.related.of(e.Row)) == 0 {
		return nil
	}
	var rows []int64
	for _, r := range x.EventRelations(e.Row) {
		if r.Kind == timeline.EventSameAs {
			rows = append(rows, r.Event)
		}
	}
	return rows
}
