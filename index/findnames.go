package index

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"tarikh/names"
	"tarikh/timeline"
)

// NameHit is an actor or a location that a text names or may name.
type NameHit struct {
	Kind   timeline.Kind
	Row    int64
	ID     string
	How    timeline.MatchKind
	Name   *timeline.Name // by which
	Events int            // how many events it has
}

// FindNames lists the actors and locations of some kinds that a query names: each once, as well as it
// matches, the best first (EXACT, FOLDED, PREFIX, SKELETON), then those with most events, then by id.
//
//   - EXACT: one of its names is the text, as it is written (whichever name: a spelling that some
//     paper uses is no worse than the preferred one);
//   - FOLDED: one of its names is the text, folded, without what Arabic writes onto the first word;
//   - PREFIX: every word of the text begins a word of one and the same name;
//   - SKELETON: the consonants are alike, roughly. That is a proposal.
//
// With strict only EXACT ones are given. Phrases are words like others here; what the query excludes
// is left out.
func (x *Index) FindNames(q names.Query, kinds []timeline.Kind, strict bool) []NameHit {
	words, open := asked(q)
	if len(words) == 0 {
		return nil
	}
	f := &finding{x: x, s: x.names(), q: q, kinds: kinds, hits: map[string]*NameHit{}}
	f.written = norm.NFC.String(unquoted(q))
	if !open {
		f.take(f.s.called(words), timeline.MatchFolded, strict)
	}
	if !strict {
		f.take(f.s.holding(words), timeline.MatchPrefix, false)
		if !open {
			f.take(f.s.bones[names.Skeleton(strings.Join(words, " "))], timeline.MatchSkeleton, false)
		}
	}
	return f.sorted()
}

// unquoted is what a query asks for as it was written, without its signs.
func unquoted(q names.Query) string {
	var parts []string
	for _, t := range q.Terms {
		if !t.Exclude {
			parts = append(parts, t.Written)
		}
	}
	return strings.Join(parts, " ")
}

// finding gathers hits.
type finding struct {
	x       *Index
	s       *nameset
	q       names.Query
	written string
	kinds   []timeline.Kind
	hits    map[string]*NameHit // by id
}

// take adds the records of names that were found in some way, where they were not found in a better
// one. A name that is the text as written is EXACT; with strict nothing else is taken.
func (f *finding) take(found []int32, how timeline.MatchKind, strict bool) {
	for _, i := range f.s.withoutExcluded(f.q, found) {
		n := &f.s.all[i]
		if !slices.Contains(f.kinds, n.kind) {
			continue
		}
		own := how
		if how == timeline.MatchFolded && (n.name.Text == f.written || norm.NFC.String(n.name.Text) == f.written) {
			own = timeline.MatchExact
		}
		if strict && own != timeline.MatchExact {
			continue
		}
		id := f.x.idOf(n.record)
		if old := f.hits[id]; old == nil || rank(own) < rank(old.How) {
			f.hits[id] = &NameHit{Kind: n.kind, Row: n.row, ID: id, How: own, Name: n.name}
		}
	}
}

func (x *Index) idOf(r record) string {
	if r.kind == timeline.KindActor {
		return x.Actor(r.row).ID
	}
	return x.Location(r.row).ID
}

func (f *finding) sorted() []NameHit {
	if len(f.hits) == 0 {
		return nil
	}
	all := make([]NameHit, 0, len(f.hits))
	counts := f.x.namedCounts()
	for _, h := range f.hits {
		h.Events = counts[h.Kind](h.Row)
		all = append(all, *h)
	}
	slices.SortFunc(all, func(a, b NameHit) int {
		return cmp.Or(cmp.Compare(rank(a.How), rank(b.How)), cmp.Compare(b.Events, a.Events), strings.Compare(a.ID, b.ID))
	})
	return all
}

// rank is the place of a way of matching in the order of hits.
func rank(how timeline.MatchKind) int { return slices.Index(timeline.MatchKinds(), how) }

// namedCounts is how many events each actor takes part in and each location has, itself and below
// it; prepared once for a snapshot.
func (x *Index) namedCounts() map[timeline.Kind]func(row int64) int {
	x.counts.once.Do(func() {
		x.counts.of = map[timeline.Kind]func(row int64) int{
			timeline.KindActor: x.eventsOfActors(), timeline.KindLocation: x.eventsOfLocations(),
		}
	})
	return x.counts.of
}

// ListNames is hits as a list: its rows are their places among the hits given, its order is theirs
// within one way of matching, those with most events first.
func (x *Index) ListNames(hits []NameHit, mark string) *List {
	places := make([]int64, len(hits))
	for i := range places {
		places[i] = int64(i)
	}
	o := order[int64]{
		terms: []term[int64]{{key: func(i int64) key { return key{n: [3]int64{-int64(hits[i].Events)}} }}},
		id:    func(i int64) string { return hits[i].ID },
		mark:  mark,
	}
	return newList(o, places, func(i int64) int64 { return i })
}

// NewestSources lists the sources of some rows, those published last first, those without a date
// last.
func (x *Index) NewestSources(rows *Rows, mark string) *List {
	o := order[*Source]{
		terms: []term[*Source]{{key: publishedKey, desc: true}},
		id:    func(s *Source) string { return s.ID },
		mark:  mark,
	}
	found := make([]*Source, 0, rows.Len())
	for row := range rows.All() {
		if s := x.Source(row); s != nil {
			found = append(found, s)
		}
	}
	return newList(o, found, (*Source).row)
}

// NamedThings is what some terms of a query, which follow each other, name.
type NamedThings struct {
	From, To          int // the terms, half-open
	Actors, Locations []int64
	Name              *timeline.Name // by which the first of them is found
	Spellings         [][]string     // folded words of all names of theirs that a text may print
}

// NamedIn finds the names among terms of which none is excluded: each that is one term or several
// together. A term in quotation marks names only by itself; word* names what begins so.
func (x *Index) NamedIn(terms []names.Term) []NamedThings {
	set := x.names()
	var all []NamedThings
	for from := range terms {
		var words []string
		for to := from + 1; to <= len(terms); to++ {
			term := terms[to-1]
			if to > from+1 && (term.Quoted || terms[from].Quoted || terms[to-2].Prefix) {
				break
			}
			words = append(words, term.Words...)
			found := set.called(words)
			if term.Prefix {
				found = set.begun(strings.Join(words, " "))
			}
			if len(found) > 0 {
				all = append(all, set.things(from, to, found, !term.Prefix))
			}
		}
	}
	return all
}

// things is the records that names are of.
func (s *nameset) things(from, to int, found []int32, spelled bool) NamedThings {
	n := NamedThings{From: from, To: to, Name: s.all[found[0]].name}
	seen := map[record]bool{}
	for _, i := range found {
		r := s.all[i].record
		if seen[r] {
			continue
		}
		seen[r] = true
		if r.kind == timeline.KindActor {
			n.Actors = append(n.Actors, r.row)
		} else {
			n.Locations = append(n.Locations, r.row)
		}
	}
	if spelled {
		n.Spellings = s.spellings(seen)
	}
	return n
}
