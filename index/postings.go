package index

import (
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// postings are inverted lists: for each value (a row, or the number of a word) the ordinals of the
// events that have it, ascending. Long lists are bitmaps, short ones stand in one column.
type postings struct {
	values []uint32 // ascending
	from   []uint32 // where the list of each begins among ordinals; one more than there are values
	all    []uint32
	long   map[uint32]*roaring.Bitmap
}

// longList is how many ordinals make a list a bitmap: a bitmap of an object's cost pays from there.
const longList = 4096

// posting is that the event of an ordinal has a value: the value above, the ordinal below.
type posting uint64

func newPosting(value, ordinal uint32) posting { return posting(value)<<32 | posting(ordinal) }

// newPostings sorts postings into lists. Each is told once, however often it is given.
func newPostings(all []posting) postings {
	slices.Sort(all)
	all = slices.Compact(all)
	p := postings{long: map[uint32]*roaring.Bitmap{}}
	for len(all) > 0 {
		value := uint32(all[0] >> 32)
		n := 1
		for n < len(all) && uint32(all[n]>>32) == value {
			n++
		}
		p.values = append(p.values, value)
		p.from = append(p.from, uint32(len(p.all)))
		list := make([]uint32, n)
		for i, v := range all[:n] {
			list[i] = uint32(v)
		}
		if n >= longList {
			b := roaring.New()
			b.AddMany(list)
			b.RunOptimize()
			p.long[value] = b
		} else {
			p.all = append(p.all, list...)
		}
		all = all[n:]
	}
	p.from = append(p.from, uint32(len(p.all)))
	return p
}

// short is the ordinals of a value where they are no bitmap.
func (p *postings) short(value uint32) []uint32 {
	if i, ok := slices.BinarySearch(p.values, value); ok {
		return p.all[p.from[i]:p.from[i+1]]
	}
	return nil
}

// count is how many events have a value.
func (p *postings) count(value uint32) int {
	if b := p.long[value]; b != nil {
		return int(b.GetCardinality())
	}
	return len(p.short(value))
}

// of is the set of the events of a value; not to be written to.
func (p *postings) of(value uint32) *roaring.Bitmap {
	if b := p.long[value]; b != nil {
		return b
	}
	b := roaring.New()
	b.AddMany(p.short(value))
	return b
}

// union is the set of the events of any of the values.
func (p *postings) union(n int, values []uint32) *roaring.Bitmap {
	const few = 2048 // ordinals that are set one by one
	var long []*roaring.Bitmap
	total := 0
	for _, v := range values {
		if b := p.long[v]; b != nil {
			long = append(long, b)
		} else {
			total += len(p.short(v))
		}
	}
	var rest *roaring.Bitmap
	if total < few {
		rest = roaring.New()
		for _, v := range values {
			rest.AddMany(p.short(v))
		}
	} else {
		dense := make([]uint64, (n+63)/64)
		for _, v := range values {
			for _, o := range p.short(v) {
				dense[o>>6] |= 1 << (o & 63)
			}
		}
		rest = roaring.FromDense(dense, false)
	}
	for _, b := range long {
		rest.Or(b)
	}
	return rest
}

// hashed finds ordinals by text: an open-addressed table of the ordinals and one, three quarters full,
// by a hash of the text. It holds no text: whoever looks compares with what the ordinal has.
type hashed struct{ slots []uint32 }

func newHashed(n int) hashed { return hashed{make([]uint32, n+n/3+1)} }

// first is the slot at which a hash is looked for first (Lemire, Fast Random Integer Generation in an
// Interval, 2019).
func (h *hashed) first(hash uint64) int {
	at, _ := bits.Mul64(hash, uint64(len(h.slots)))
	return int(at)
}

func (h *hashed) add(hash uint64, o uint32) {
	i := h.first(hash)
	for h.slots[i] != 0 {
		if i++; i == len(h.slots) {
			i = 0
		}
	}
	h.slots[i] = o + 1
}

// each yields the ordinals that may have a text of the hash.
func (h *hashed) each(hash uint64, yield func(o uint32) bool) {
	if len(h.slots) == 0 {
		return
	}
	for i := h.first(hash); h.slots[i] != 0; {
		if !yield(h.slots[i] - 1) {
			return
		}
		if i++; i == len(h.slots) {
			i = 0
		}
	}
}

// textHash is a hash of a text for tables that are kept in a file: FNV-1a with 64 bits. An attacker
// who chooses refs can make one table slow, and only by writing records.
func textHash(text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	h ^= h >> 32
	return h * 0x9e3779b97f4a7c15 // spreads to the upper bits, which choose the slot
}
