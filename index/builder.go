package index

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"tarikh/edtf"
	"tarikh/timeline"
)

// A builder packs events into a segment. It keeps nothing of the events that it is given, so that a
// record of a million can be read in parts.
type builder struct {
	s          *segment
	lex        *lexicon
	codes      *lexicon
	ids        [][idBytes]byte // for the order of those that are equal in time
	odd        map[uint32]bool // those whose id is not of the usual form
	titled     [][]Title       // nil: whoever gave the events knows no titles
	withTitles bool
}

func newBuilder(withTitles bool) *builder {
	return &builder{lex: newLexicon(), codes: newLexicon(), withTitles: withTitles, odd: map[uint32]bool{},
		s: &segment{far: map[uint32]timeline.Time{}, at: []uint32{0}}}
}

// add takes one event.
func (b *builder) add(e *Event) {
	s, o := b.s, uint32(b.s.n)
	s.n++
	s.row = append(s.row, uint32(e.Row))
	b.time(o, &e.Time)
	s.kind = append(s.kind, b.code(e.Type))
	s.status = append(s.status, b.code(string(e.Status)))
	s.updated = append(s.updated, e.Updated)
	s.killed = append(s.killed, killed(e))
	p := encoder{s.facts, b.lex}
	p.event(e)
	s.facts = p.b
	s.at = append(s.at, uint32(len(s.facts)))
	id, ok := packID(e.ID)
	b.ids = append(b.ids, id)
	if !ok {
		b.odd[o] = true
	}
	if b.withTitles {
		b.titled = append(b.titled, slices.Clone(e.Titles))
	}
}

func (b *builder) code(word string) uint8 { return uint8(b.codes.number(word)) }

func (b *builder) time(o uint32, t *timeline.Time) {
	s, flags := b.s, packFlags(t)
	for _, side := range []struct {
		days *[]int32
		day  edtf.Day
	}{
		{&s.startMin, t.Start.First}, {&s.startMax, t.Start.Last}, {&s.endMin, t.End.First}, {&s.endMax, t.End.Last},
	} {
		packed, ok := packDay(side.day)
		if !ok {
			flags |= flagFar
			kept := *t
			kept.EDTF = edtf.Value{}
			s.far[o] = kept
		}
		*side.days = append(*side.days, packed)
	}
	s.flags = append(s.flags, flags)
	s.precision = append(s.precision, b.code(string(t.Precision)))
}

// killed is what KILLED orders an event by; unknownFigure where it has no figure, hugeFigure where it
// has one that no column holds.
func killed(e *Event) int32 {
	if len(e.Claims) == 0 {
		return unknownFigure
	}
	var space [8]timeline.Statement
	statements := space[:0]
	for i := range e.Claims {
		statements = append(statements, e.Claims[i].statement())
	}
	figure, err := timeline.Figure(statements, timeline.ClaimKilled, timeline.RuleRange)
	n, known := figure.OrderKey()
	if err != nil || !known {
		return unknownFigure
	}
	return int32(min(n, hugeFigure))
}

// segment is the events given, in the order of time.
func (b *builder) segment() *segment {
	s := b.sorted()
	s.words, s.codes = b.lex.words, b.codes.words
	for s.dated < s.n {
		if t := s.time(uint32(s.dated)); t.Undated() {
			break
		}
		s.dated++
	}
	s.index()
	return s
}

// sorted is the columns in the order of time.
func (b *builder) sorted() *segment {
	s := b.s
	order := make([]uint32, s.n)
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(i, j uint32) int { return b.compare(i, j) })
	t := &segment{n: s.n, far: make(map[uint32]timeline.Time, len(s.far)),
		row: permuted(s.row, order), startMin: permuted(s.startMin, order), startMax: permuted(s.startMax, order),
		endMin: permuted(s.endMin, order), endMax: permuted(s.endMax, order), flags: permuted(s.flags, order),
		precision: permuted(s.precision, order), kind: permuted(s.kind, order), status: permuted(s.status, order),
		updated: permuted(s.updated, order), killed: permuted(s.killed, order),
		at: make([]uint32, 1, s.n+1), facts: make([]byte, 0, len(s.facts))}
	for o, i := range order {
		t.facts = append(t.facts, s.facts[s.at[i]:s.at[i+1]]...)
		t.at = append(t.at, uint32(len(t.facts)))
		if far, ok := s.far[i]; ok {
			t.far[uint32(o)] = far
		}
	}
	t.titles, t.texts = &titleColumn{}, &keptTexts{}
	if b.withTitles {
		t.titles.packed = packTitles(permuted(b.titled, order))
	}
	return t
}

func permuted[T any](column []T, order []uint32) []T {
	out := make([]T, len(order))
	for o, i := range order {
		out[o] = column[i]
	}
	return out
}

// compare is inTime over what was packed. Ids of the usual form compare as their bits do.
func (b *builder) compare(i, j uint32) int {
	s := b.s
	if (s.flags[i]|s.flags[j])&flagFar == 0 {
		undated := func(o uint32) bool {
			return s.startMin[o] == pastDay && s.startMax[o] == futureDay && s.endMin[o] == pastDay && s.endMax[o] == futureDay
		}
		if u, v := undated(i), undated(j); u != v {
			if u {
				return 1
			}
			return -1
		}
		if c := cmp.Or(cmp.Compare(s.startMin[i], s.startMin[j]), cmp.Compare(s.startMax[i], s.startMax[j]),
			cmp.Compare(s.endMax[i], s.endMax[j])); c != 0 {
			return c
		}
		if !b.odd[i] && !b.odd[j] {
			return bytes.Compare(b.ids[i][:], b.ids[j][:])
		}
	}
	return inTime(b.event(i), b.event(j))
}

// event is an event as far as its place in time needs it.
func (b *builder) event(i uint32) *Event {
	e := &Event{}
	s := *b.s
	s.words, s.codes = b.lex.words, b.codes.words
	s.fill(i, e, wantTime|wantID)
	return e
}

// index makes what events are found by, out of the columns.
func (s *segment) index() {
	s.rows()
	s.blocks()
	s.invert()
}

func (s *segment) rows() {
	if s.n == 0 {
		return
	}
	s.base, s.byRow = byRow(s.row)
}

func (s *segment) blocks() {
	s.late, s.deadly = nil, newDeadly(s.killed)
	for from := 0; from < s.n; from += blockSize {
		s.late = append(s.late, slices.Max(s.endMax[from:min(from+blockSize, s.n)]))
	}
}

// invert makes the inverted lists and the tables of refs.
func (s *segment) invert() {
	var types, statuses, precisions, tags, locations, actors, sources []posting
	s.related, s.qualified, s.open = roaring.New(), roaring.New(), roaring.New()
	s.placed, s.positioned, s.disputable = roaring.New(), roaring.New(), roaring.New()
	numbers := make(map[string]uint32, len(s.words))
	for i, w := range s.words {
		numbers[w] = uint32(i)
	}
	var e Event
	refs, claims := 0, 0
	for o := range uint32(s.n) {
		types = append(types, newPosting(uint32(s.kind[o]), o))
		statuses = append(statuses, newPosting(uint32(s.status[o]), o))
		precisions = append(precisions, newPosting(uint32(s.precision[o]), o))
		if s.flags[o]&(flagApproximate|flagUncertain) != 0 {
			s.qualified.Add(o)
		}
		if s.flags[o]&flagOpenEnd != 0 {
			s.open.Add(o)
		}
		s.fill(o, &e, wantPacked)
		refs, claims = refs+len(e.Refs), claims+len(e.Claims)
		for _, tag := range e.Tags {
			if n, ok := numbers[tag]; ok {
				tags = append(tags, newPosting(n, o))
			}
		}
		for i := range e.Places {
			p := &e.Places[i]
			if isKnown(p) {
				s.placed.Add(o)
			}
			if p.Role == timeline.RoleNearby {
				continue
			}
			locations = append(locations, newPosting(uint32(p.Location), o))
			if p.Precision == timeline.PlaceExact || p.Precision == timeline.PlaceNear {
				s.positioned.Add(o)
			}
		}
		for i := range e.Participants {
			actors = append(actors, newPosting(uint32(e.Participants[i].Actor), o))
		}
		for _, row := range e.Citations {
			sources = append(sources, newPosting(uint32(row), o))
		}
		for i := range e.Claims {
			if row := e.Claims[i].Source; row != 0 {
				sources = append(sources, newPosting(uint32(row), o))
			}
		}
		if len(e.Relations) > 0 {
			s.related.Add(o)
		}
		if len(e.Claims) > 1 {
			s.disputable.Add(o)
		}
	}
	s.types, s.statuses, s.precisions = newPostings(types), newPostings(statuses), newPostings(precisions)
	s.tags, s.locations = newPostings(tags), newPostings(locations)
	s.actors, s.sources = newPostings(actors), newPostings(sources)
	s.hash(refs, claims)
}

func (s *segment) hash(refs, claims int) {
	s.byRef, s.byClaim = newHashed(refs), newHashed(claims)
	var e Event
	for o := range uint32(s.n) {
		s.fill(o, &e, wantClaims|wantRefs)
		for _, ref := range e.Refs {
			if ref != "" {
				s.byRef.add(textHash(ref), o)
			}
		}
		for i := range e.Claims {
			if id := e.Claims[i].ID; id != "" {
				s.byClaim.add(textHash(id), o)
			}
		}
	}
}

// resolve finds the ordinal of the event that answers to a ref, or has the claim of an id.
func (s *segment) resolve(kind timeline.Kind, ref string, masked func(o uint32) bool) (o uint32, ok bool) {
	var e Event
	table, w := &s.byRef, wantRefs
	if kind == timeline.KindClaim {
		table, w = &s.byClaim, wantClaims
	}
	table.each(textHash(ref), func(at uint32) bool {
		if masked(at) {
			return true
		}
		s.fill(at, &e, w)
		if kind == timeline.KindClaim {
			ok = slices.ContainsFunc(e.Claims, func(c Claim) bool { return c.ID == ref })
		} else {
			ok = slices.Contains(e.Refs, ref)
		}
		o = at
		return !ok
	})
	return o, ok
}
