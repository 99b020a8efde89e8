package timeline

import (
	"slices"

	"tarikh/edtf"
)

// CheckTogether says what is wrong with records as a whole, as one file or one database holds
// them: refs that no record of the set answers, one name for two records, and things that go
// round in circles. It does not repeat what [Record.Check] says of each.
//
// Only refs that are ids, keys or identifiers can dangle: what is described by a name or by
// several identifiers may be made anew when it is taken in.
func CheckTogether(records []*Record) []Problem {
	t := NewTogether()
	for _, r := range records {
		t.add(r, r)
	}
	return t.Problems()
}

// Together is [CheckTogether] of records that come one after the other and are not kept: it holds of
// each what the checks look at, which of a dataset's rows is their names, times and relations.
type Together struct {
	set
	claims map[string]int // the record of each claim's id
	later  []mention      // refs that no record answered when they came
}

// mention is a ref in a record.
type mention struct {
	record int
	field  string
	kind   Kind
	ref    string
}

// NewTogether is the check of no records yet.
func NewTogether() *Together {
	return &Together{set: set{answers: map[called]int{}}, claims: map[string]int{}}
}

// Add takes the next record in. Nothing of it is shared with what is held.
func (t *Together) Add(r *Record) { t.add(r, r.outline()) }

// Label names the record of a place, as [Identity.Label] does.
func (t *Together) Label(record int) string { return t.records[record].Identity().Label() }

// add takes a record in and holds what is given for it.
func (t *Together) add(r, hold *Record) {
	i := len(t.records)
	t.record, t.records = i, append(t.records, hold)
	id := r.Identity()
	if id == nil {
		return
	}
	for _, ref := range id.refs() {
		t.answer(called{r.Kind(), ref}, i)
	}
	t.duplicates(r, id)
	r.mentions(func(field string, kind Kind, ref Ref) {
		if _, ok := t.answers[called{kind, ref.Ref}]; !ok && ref.Ref != "" {
			t.later = append(t.later, mention{i, field, kind, ref.Ref})
		}
	})
}

// Problems says what is wrong with all records that were added, in their order.
func (t *Together) Problems() []Problem {
	t.dangling()
	t.circles()
	t.relationsTwice()
	t.odd()
	slices.SortStableFunc(t.problems, func(a, b Problem) int { return a.Record - b.Record })
	return t.problems
}

// outline is a copy of what the checks of records together look at.
func (r *Record) outline() *Record {
	switch {
	case r.Source != nil:
		s := SourceRecord{Identity: r.Source.Identity, PublishedOn: r.Source.PublishedOn}
		if r.Source.Origin != nil {
			origin := *r.Source.Origin
			s.Origin = &origin
		}
		return &Record{Source: &s}
	case r.Event != nil && len(r.Event.Origins) > 0:
		e := EventRecord{Identity: r.Event.Identity, Time: r.Event.Time, Relations: slices.Clone(r.Event.Relations)}
		e.Origins = []OriginRecord{{}} // what is odd about it is the dataset's
		return &Record{Event: &e}
	}
	line, err := r.AppendJSON(nil)
	if err != nil {
		return r
	}
	copied, err := ParseRecord(line)
	if err != nil {
		return r // so wrong that nobody takes it in
	}
	return copied
}

// called is what a ref says: a kind of record and one of the names to which it answers.
type called struct {
	kind Kind
	ref  string
}

// set is records together, by all to which they answer.
type set struct {
	checker
	records []*Record
	answers map[called]int
}

// answer notes the first record that answers to a name.
func (s *set) answer(c called, record int) {
	if _, taken := s.answers[c]; !taken {
		s.answers[c] = record
	}
}

// find is the record that a ref names; false where none of the set does. A ref that describes
// is found by its identifiers or its key only.
func (s *set) find(kind Kind, r Ref) (int, bool) {
	refs := []string{r.Ref}
	for _, i := range r.Identifiers {
		refs = append(refs, i.String())
	}
	for _, ref := range append(refs, r.Key) {
		if i, ok := s.answers[called{kind, ref}]; ok && ref != "" {
			return i, true
		}
	}
	return 0, false
}

// duplicates refuses two records of a kind that answer to one name, and one claim's id twice.
func (t *Together) duplicates(r *Record, id *Identity) {
	for _, ref := range id.refs() {
		if first := t.answers[called{r.Kind(), ref}]; first != t.record {
			t.fail(string(r.Kind()), "duplicate-"+string(FormOfRef(ref)),
				"record %d answers to %s, too", first+1, clip(ref))
		}
	}
	if r.Event != nil {
		t.claimTwice(r.Event.Claims)
	}
}

func (t *Together) claimTwice(own []ClaimRecord) {
	for i := range own {
		if own[i].ID == "" {
			continue
		}
		if first, taken := t.claims[own[i].ID]; taken && first != t.record {
			t.fail(at("event.claims", i)+".id", "duplicate-id",
				"a claim of record %d has this id", first+1)
		}
		t.claims[own[i].ID] = t.record
	}
}

// dangling refuses refs that are ids, keys or identifiers and that no record answers.
func (t *Together) dangling() {
	for _, m := range t.later {
		if _, ok := t.answers[called{m.kind, m.ref}]; !ok {
			t.record = m.record
			t.fail(m.field, "dangling", "no %s here answers to %s", m.kind, clip(m.ref))
		}
	}
}

// relationsTwice refuses what one record says of another when it was said before, from the one
// side or the other: such pairs are kept once and shown from both.
func (s *set) relationsTwice() {
	type statement struct {
		kind     ActorRelationKind
		from, to int
		when     edtf.Value
	}
	seen := make(map[statement]int)
	for i, r := range s.records {
		if r.Actor == nil {
			continue
		}
		s.record = i
		for n, relation := range r.Actor.Relations {
			other, ok := s.find(KindActor, relation.Actor)
			if !ok {
				continue
			}
			kind, from, to := oneSide(relation.Kind, i, other)
			said := statement{kind, from, to, relation.Time}
			if first, twice := seen[said]; twice {
				s.fail(at("actor.relations", n), "relation-twice",
					"record %d says so already; a pair is stated once", first+1)
				continue
			}
			seen[said] = i
		}
	}
}

// oneSide turns a relation to the side on which its pair is compared.
func oneSide(kind ActorRelationKind, from, to int) (ActorRelationKind, int, int) {
	switch kind {
	case RelationSuccessor:
		return RelationPredecessor, to, from
	case RelationMemberOf:
		return RelationComponent, to, from
	case RelationLeads:
		return RelationLedBy, to, from
	case RelationAlly:
		return kind, min(from, to), max(from, to)
	}
	return kind, from, to
}
