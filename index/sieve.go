package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// A sieve is what inverted lists and columns know of a filter: of each segment the ordinals that may
// be meant. The plain test of the filter (see compile.go) is the truth; the sieve only keeps it from
// being asked of everything, and, where it is exact, of anything.
type sieve func(s *segment) sifted

// sifted is some ordinals of a segment: no event outside of them is meant and, where they are exact,
// every one of them is. A nil set is all ordinals. A lent set is not to be written to.
type sifted struct {
	set   *roaring.Bitmap
	exact bool
	lent  bool // the set is not ours to write to
}

// anything is the sieve that knows nothing, and everything the one of no restriction.
func anything(*segment) sifted   { return sifted{} }
func everything(*segment) sifted { return sifted{exact: true} }
func nothing(*segment) sifted    { return sifted{set: roaring.New(), exact: true} }

// allSieves passes what all of them pass.
func allSieves(list []sieve) sieve {
	switch len(list) {
	case 0:
		return everything
	case 1:
		return list[0]
	}
	return func(s *segment) sifted {
		all := sifted{exact: true}
		for _, one := range list {
			f := one(s)
			all.exact = all.exact && f.exact
			switch {
			case f.set == nil:
			case all.set == nil:
				all.set, all.lent = f.set, f.lent
			case all.lent:
				all.set, all.lent = roaring.And(all.set, f.set), false
			default:
				all.set.And(f.set)
			}
		}
		return all
	}
}

// anySieve passes what one of them passes; of none of them, nothing.
func anySieve(list []sieve) sieve {
	return func(s *segment) sifted {
		some := sifted{set: roaring.New(), exact: true}
		for _, one := range list {
			f := one(s)
			if f.set == nil {
				return sifted{exact: f.exact}
			}
			some.exact = some.exact && f.exact
			some.set.Or(f.set)
		}
		return some
	}
}

// notSieve passes what the other does not pass. Of one that is not exact that may be anything.
func notSieve(one sieve) sieve {
	return func(s *segment) sifted {
		f := one(s)
		switch {
		case !f.exact:
			return sifted{}
		case f.set == nil:
			return nothing(s)
		}
		return sifted{set: roaring.Flip(f.set, 0, uint64(s.n)), exact: true}
	}
}

// inexact passes the same and is sure of none of it.
func inexact(one sieve) sieve {
	return func(s *segment) sifted {
		f := one(s)
		f.exact = false
		return f
	}
}

// lent is the sieve of a set that the segment keeps.
func lent(of func(s *segment) *roaring.Bitmap) sieve {
	return func(s *segment) sifted { return sifted{of(s), true, true} }
}

// codesSieve passes events of which a column has one of the codes.
func codesSieve(of func(s *segment) *postings, codes []string) sieve {
	return func(s *segment) sifted {
		var values []uint32
		for _, code := range codes {
			if i := slices.Index(s.codes, code); i >= 0 {
				values = append(values, uint32(i))
			}
		}
		return sifted{set: of(s).union(s.n, values), exact: true}
	}
}

// rowsSieve passes events that have one of the rows in an inverted list.
func rowsSieve(of func(s *segment) *postings, rows []int64) sieve {
	values := make([]uint32, 0, len(rows))
	for _, row := range rows {
		values = append(values, uint32(row))
	}
	return func(s *segment) sifted {
		if len(values) == 1 {
			return sifted{of(s).of(values[0]), true, true}
		}
		return sifted{set: of(s).union(s.n, values), exact: true}
	}
}
