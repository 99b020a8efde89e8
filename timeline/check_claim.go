package timeline

import "math"

// claim checks one claim of an event with the given citations.
func (c *checker) claim(field string, r *ClaimRecord, citations []CitationRecord) {
	if r.ID != "" {
		c.id(field+".id", KindClaim, r.ID)
	}
	checkWord(c, field+".kind", "ClaimKind", r.Kind)
	checkWord(c, field+".status", "ClaimStatus", r.Status)
	c.claimSource(field+".source", r.Source, citations)
	c.claimSubject(field, r)
	c.numbers(field+".range", r.Range)
	c.optionalRef(field+".responsible", r.Responsible)
	c.optionalRef(field+".victimActor", r.VictimActor)
	c.optionalRef(field+".claimant", r.Claimant)
	c.optionalText(field+".counts", r.Counts)
	c.optionalText(field+".victims", r.Victims)
	c.optionalText(field+".words", r.Words)
	c.optionalText(field+".datasetRow", r.DatasetRow)
	c.optionalText(field+".vintage", r.Vintage)
	c.quote(field+".quote", r.Quote)
}

// claimSource demands a source, and that the event cites it: the two are compared as written.
func (c *checker) claimSource(field string, source *Ref, citations []CitationRecord) {
	if source == nil || source.IsZero() {
		c.fail(field, "no-source", "a claim has a source")
		return
	}
	c.ref(field, *source)
	for i := range citations {
		if citations[i].Source.String() == source.String() {
			return
		}
	}
	c.fail(field, "uncited-source", "the event does not cite %s, the source of the claim",
		clip(source.String()))
}

// claimSubject checks that a claim says what its kind asks for and nothing else.
func (c *checker) claimSubject(field string, r *ClaimRecord) {
	blames, counts := r.Responsible != nil, r.Counts != ""
	switch {
	case r.Kind == ClaimResponsibility && !blames:
		c.fail(field+".responsible", "no-responsible", "a claim of responsibility names who did it")
	case r.Kind != ClaimResponsibility && blames:
		c.fail(field+".responsible", "odd-responsible", "only RESPONSIBILITY names who did it")
	}
	switch {
	case r.Kind == ClaimOther && !counts:
		c.fail(field+".counts", "no-counts", "a claim of kind OTHER says what it counts")
	case r.Kind != ClaimOther && counts:
		c.fail(field+".counts", "odd-counts", "only OTHER says what it counts")
	}
}

// numbers refuses what no answer could carry, and warns of a broken order, which is kept as it is.
func (c *checker) numbers(field string, r *Range) {
	if r == nil {
		return
	}
	last := 0
	for _, n := range []*int{r.Low, r.Best, r.High} {
		switch {
		case n == nil:
			continue
		case *n < 0:
			c.fail(field, "negative", "people and things are counted from 0")
			return
		case *n > math.MaxInt32:
			c.fail(field, "too-many", "no count is more than %d, GraphQL's greatest Int", math.MaxInt32)
			return
		case *n < last:
			c.warn(field, "range-order", "low, best and high are not in order; kept as they are")
			return
		}
		last = *n
	}
}

// claimIDs refuses one id for two claims.
func (c *checker) claimIDs(claims []ClaimRecord) {
	seen := make(map[string]bool, len(claims))
	for i := range claims {
		id := claims[i].ID
		if id != "" && seen[id] {
			c.fail(at("event.claims", i)+".id", "duplicate-id", "another claim has this id")
		}
		seen[id] = true
	}
}
