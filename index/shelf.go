package index

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// A shelf is many sources, packed: a record of many events cites more sources than it has events, and
// nearly all of them are an article with a publisher and a day. It never changes; a source that
// changed or is gone since is kept beside it.
type shelf struct {
	row   []uint32
	base  uint32   // the lowest row
	byRow []uint32 // the place and one, by row less base; 0: not here
	at    []uint32 // where in facts those of each begin; one more than there are sources
	facts []byte
	words []string
	byRef hashed

	licences map[string]int // how many of them bear each
}

// shelver packs sources. It keeps nothing of those that it is given.
type shelver struct {
	s *shelf
	p encoder
}

func newShelver() *shelver {
	return &shelver{&shelf{at: []uint32{0}, licences: map[string]int{}}, encoder{lex: newLexicon()}}
}

func (b *shelver) add(one *Source) {
	if one.Licence != "" {
		b.s.licences[one.Licence]++
	}
	b.s.row = append(b.s.row, uint32(one.Row))
	b.p.source(one)
	b.s.at = append(b.s.at, uint32(len(b.p.b)))
}

func (b *shelver) shelf() *shelf {
	s := b.s
	s.row, s.at, s.facts, s.words = slices.Clip(s.row), slices.Clip(s.at), slices.Clip(b.p.b), b.p.lex.words
	s.index()
	return s
}

// shelve packs sources, in the order of their rows.
func shelve(all []*Source) *shelf {
	slices.SortFunc(all, func(a, b *Source) int { return cmp.Compare(a.Row, b.Row) })
	b := newShelver()
	for _, one := range all {
		b.add(one)
	}
	return b.shelf()
}

// index makes what sources are found by.
func (s *shelf) index() {
	s.rows()
	refs := 0
	for i := range s.row {
		refs += len(s.source(uint32(i)).Refs)
	}
	s.byRef = newHashed(refs)
	for i := range s.row {
		for _, ref := range s.source(uint32(i)).Refs {
			s.byRef.add(textHash(ref), uint32(i))
		}
	}
}

func (s *shelf) rows() {
	if len(s.row) > 0 {
		s.base, s.byRow = byRow(s.row)
	}
}

// byRow is the number of each row and one, by the row less the lowest.
func byRow(rows []uint32) (base uint32, numbers []uint32) {
	base = slices.Min(rows)
	numbers = make([]uint32, slices.Max(rows)-base+1)
	for i, row := range rows {
		numbers[row-base] = uint32(i) + 1
	}
	return base, numbers
}

// find is the place of a row; false: it is not here.
func (s *shelf) find(row int64) (i uint32, ok bool) {
	at := row - int64(s.base)
	if at < 0 || at >= int64(len(s.byRow)) || s.byRow[at] == 0 {
		return 0, false
	}
	return s.byRow[at] - 1, true
}

// source is the one of a place.
func (s *shelf) source(i uint32) *Source { return s.read(i, true) }

// read is the one of a place, with its names only where it is wanted whole.
func (s *shelf) read(i uint32, whole bool) *Source {
	one := &Source{Row: int64(s.row[i])}
	d := decoder{s.words, s.facts[s.at[i]:s.at[i+1]]}
	d.source(one, whole)
	return one
}

// resolve finds the row that answers to a ref.
func (s *shelf) resolve(ref string, masked func(row int64) bool) (row int64, ok bool) {
	s.byRef.each(textHash(ref), func(i uint32) bool {
		if at := int64(s.row[i]); !masked(at) && slices.Contains(s.source(i).Refs, ref) {
			row, ok = at, true
		}
		return !ok
	})
	return row, ok
}

func (p *encoder) source(s *Source) {
	p.word(string(s.Kind) + "\x00" + string(s.Lang) + "\x00" + s.Licence)
	p.pooled(s.Publisher)
	p.uint(uint64(s.Origin))
	p.published(s.Published)
	p.text(s.Key)
	p.ownID(timeline.KindSource, s.ID, s.Key)
	p.refs(s.ID, s.Key, s.Refs)
}

// published writes when a source was published, without the text that it was written as.
func (p *encoder) published(t *timeline.Time) {
	if t == nil {
		p.uint(0)
		return
	}
	if t.Start == t.End && t.Start.First == t.Start.Last && !t.Start.Open && packFlags(t) == 0 {
		p.uint(1) // one day
		p.word(string(t.Precision))
		p.day(t.Start.First)
		return
	}
	p.uint(2)
	p.word(string(t.Precision))
	p.uint(uint64(packFlags(t)))
	for _, day := range []edtf.Day{t.Start.First, t.Start.Last, t.End.First, t.End.Last} {
		p.day(day)
	}
}

// source reads a source, its id, key and refs only where the whole of it is wanted.
func (d *decoder) source(s *Source, whole bool) {
	kind, rest, _ := strings.Cut(d.word(), "\x00")
	lang, licence, _ := strings.Cut(rest, "\x00")
	s.Kind, s.Lang, s.Licence = timeline.SourceKind(kind), names.Language(lang), licence
	s.Publisher = d.pooled()
	s.Origin = int64(d.uint())
	s.Published = d.published()
	if !whole {
		return
	}
	s.Key = d.text()
	s.ID = d.ownID(timeline.KindSource, s.Key)
	s.Refs = d.refs(nil, s.ID, s.Key)
}

func (d *decoder) published() *timeline.Time {
	form := d.uint()
	if form == 0 {
		return nil
	}
	t := &timeline.Time{Precision: edtf.Precision(d.word())}
	if form == 1 {
		day := d.day()
		t.Start = edtf.Bounds{First: day, Last: day}
		t.End = t.Start
		return t
	}
	flags := uint8(d.uint())
	t.Start = edtf.Bounds{First: d.day(), Last: d.day()}
	t.End = edtf.Bounds{First: d.day(), Last: d.day()}
	setFlags(t, flags)
	return t
}

// allSources yields every source that stands, in no order that means anything; their names are left
// out unless they are wanted whole.
func (x *Index) allSources(whole bool) iter.Seq[*Source] {
	return func(yield func(*Source) bool) {
		for _, shelf := range x.shelves {
			for i, row := range shelf.row {
				if !x.offShelf(int64(row)) && !yield(shelf.read(uint32(i), whole)) {
					return
				}
			}
		}
		for _, s := range x.sources.all() {
			if s != nil && !yield(s) {
				return
			}
		}
	}
}

// onShelf finds the shelf on which a source stands, whether or not it has changed since.
func (x *Index) onShelf(row int64) (s *shelf, i uint32, ok bool) {
	for _, s := range x.shelves {
		if i, ok := s.find(row); ok {
			return s, i, true
		}
	}
	return nil, 0, false
}

// resolveSource looks on the shelves.
func (x *Index) resolveSource(ref string) (row int64, ok bool) {
	for _, s := range x.shelves {
		if row, ok = s.resolve(ref, x.offShelf); ok {
			break
		}
	}
	return row, ok
}

// offShelf says whether a row of the shelf has changed or is gone since.
func (x *Index) offShelf(row int64) bool {
	_, ok := x.sources.get(row)
	return ok
}

// HoldsSource says whether the index holds just these facts of a source, the text of its day aside.
func (x *Index) HoldsSource(s *Source) bool {
	held := x.Source(s.Row)
	if held == nil {
		return false
	}
	lex := newLexicon()
	packed := func(s *Source) []byte {
		p := encoder{lex: lex}
		p.source(s)
		return p.b
	}
	return bytes.Equal(packed(held), packed(s))
}
