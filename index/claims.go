package index

import (
	"slices"

	"tarikh/names"
	"tarikh/timeline"
)

// claims is the test of claims: some, none and every.
func (c *compiler) claims(w *timeline.EventWhere, field string) (test[*Event], error) {
	q := w.Claims
	if q == nil {
		return nil, nil
	}
	field += ".claims"
	some, err := c.claim(q.Some, field+".some")
	if err != nil {
		return nil, err
	}
	none, err := c.claim(q.None, field+".none")
	if err != nil {
		return nil, err
	}
	every, err := c.claim(q.Every, field+".every")
	if err != nil {
		return nil, err
	}
	return quantified(someClaim, some, none, every), nil
}

// claim is the test of one claim; nil for a nil filter.
func (c *compiler) claim(w *timeline.ClaimWhere, field string) (test[*Claim], error) {
	if w == nil {
		return nil, nil
	}
	var tests []test[*Claim]
	if w.Kind != nil {
		tests = append(tests, member(w.Kind, func(q *Claim) timeline.ClaimKind { return q.Kind }))
	}
	if w.Status != nil {
		tests = append(tests, member(w.Status, func(q *Claim) timeline.ClaimStatus { return q.Status }))
	}
	if w.Claimant != nil {
		t, err := c.actors(w.Claimant, field+".claimant")
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(q *Claim) bool { return t(c.x.Actor(q.Claimant)) })
	}
	if w.Source != nil {
		t, err := c.source(w.Source, field+".source")
		if err != nil {
			return nil, err
		}
		tests = append(tests, func(q *Claim) bool { return t(c.x.sourceFacts(q.Source)) })
	}
	return all(tests), nil
}

// sources is the test of sources: some, none and every of those cited and those of the claims.
func (c *compiler) sources(w *timeline.EventWhere, field string) (test[*Event], error) {
	q := w.Sources
	if q == nil {
		return nil, nil
	}
	field += ".sources"
	some, err := c.source(q.Some, field+".some")
	if err != nil {
		return nil, err
	}
	none, err := c.source(q.None, field+".none")
	if err != nil {
		return nil, err
	}
	every, err := c.source(q.Every, field+".every")
	if err != nil {
		return nil, err
	}
	return quantified(c.x.someSource, some, none, every), nil
}

// source is the test of one source; nil for a nil filter. Of none, as where a claim has no source,
// each member fails.
func (c *compiler) source(w *timeline.SourceWhere, field string) (test[*Source], error) {
	if w == nil {
		return nil, nil
	}
	var tests []test[*Source]
	if w.Refs != nil {
		rows, err := c.rows(timeline.KindSource, w.Refs, field+".refs")
		if err != nil {
			return nil, err
		}
		set := setOf(rows)
		tests = append(tests, func(s *Source) bool { return s != nil && set[s.Row] })
	}
	if w.Lang != nil {
		tests = append(tests, func(s *Source) bool {
			return s != nil && slices.ContainsFunc(w.Lang, s.Lang.Matches)
		})
	}
	if w.Publisher != nil {
		set := map[string]bool{}
		for _, p := range w.Publisher {
			set[names.Fold(p)] = true
		}
		tests = append(tests, func(s *Source) bool {
			return s != nil && s.Publisher != "" && set[s.Publisher]
		})
	}
	if w.Published != nil {
		tests = append(tests, published(w.Published))
	}
	return all(tests), nil
}

// someClaim says whether an event has a claim that passes the test.
func someClaim(e *Event, t test[*Claim]) bool {
	for i := range e.Claims {
		if t(&e.Claims[i]) {
			return true
		}
	}
	return false
}

// someSource says whether an event has a source, cited or behind a claim, that passes the test.
func (x *Index) someSource(e *Event, t test[*Source]) bool {
	for _, row := range e.Citations {
		if t(x.sourceFacts(row)) {
			return true
		}
	}
	for i := range e.Claims {
		if row := e.Claims[i].Source; row != 0 && t(x.sourceFacts(row)) {
			return true
		}
	}
	return false
}
