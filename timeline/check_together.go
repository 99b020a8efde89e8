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
	s := newSet(records)
	s.duplicates()
	s.dangling()
	s.circles()
	s.relationsTwice()
	s.odd()
	slices.SortStableFunc(s.problems, func(a, b Problem) int { return a.Record - b.Record })
	return s.problems
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

func newSet(records []*Record) *set {
	s := &set{records: records, answers: make(map[called]int, 2*len(records))}
	for i, r := range records {
		if id := r.Identity(); id != nil {
			for _, ref := range id.refs() {
				s.answer(called{r.Kind(), ref}, i)
			}
		}
	}
	return s
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
func (s *set) duplicates() {
	claims := make(map[string]int)
	for i, r := range s.records {
		s.record = i
		id := r.Identity()
		if id == nil {
			continue
		}
		for _, ref := range id.refs() {
			if first := s.answers[called{r.Kind(), ref}]; first != i {
				s.fail(string(r.Kind()), "duplicate-"+string(FormOfRef(ref)),
					"record %d answers to %s, too", first+1, clip(ref))
			}
		}
		if r.Event != nil {
			s.claimTwice(r.Event.Claims, claims)
		}
	}
}

func (s *set) claimTwice(own []ClaimRecord, claims map[string]int) {
	for i := range own {
		first, taken := claims[own[i].ID]
		if taken && own[i].ID != "" && first != s.record {
			s.fail(at("event.claims", i)+".id", "duplicate-id",
				"a claim of record %d has this id", first+1)
		}
		claims[own[i].ID] = s.record
	}
}

// dangling refuses refs that are ids, keys or identifiers and that no record answers.
func (s *set) dangling() {
	for i, r := range s.records {
		s.record = i
		r.mentions(func(field string, kind Kind, ref Ref) {
			if ref.Ref == "" {
				return
			}
			if _, ok := s.find(kind, ref); !ok {
				s.fail(field, "dangling", "no %s here answers to %s", kind, clip(ref.Ref))
			}
		})
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
