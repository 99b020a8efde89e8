package index

import (
	"iter"
	"math/bits"
)

// Rows is a set of row numbers, as the store gives it to a question. The zero Rows is empty.
type Rows struct {
	bits []uint64
	n    int
}

// RowsOf is the set of some rows.
func RowsOf(rows ...int64) *Rows {
	s := &Rows{}
	for _, row := range rows {
		s.Add(row)
	}
	return s
}

// Add puts a row in, which is not negative.
func (s *Rows) Add(row int64) {
	at := int(row >> 6)
	if at >= len(s.bits) {
		s.bits = append(s.bits, make([]uint64, at+1-len(s.bits)+at/4)...)
	}
	if mask := uint64(1) << (row & 63); s.bits[at]&mask == 0 {
		s.bits[at] |= mask
		s.n++
	}
}

// Has says whether a row is in the set.
func (s *Rows) Has(row int64) bool {
	at := int(row >> 6)
	return at < len(s.bits) && s.bits[at]>>(row&63)&1 == 1
}

// allows says whether an event is in the set, or there is no set.
func (s *Rows) allows(e *Event) bool { return s == nil || s.Has(e.Row) }

// Len is how many rows there are.
func (s *Rows) Len() int { return s.n }

// All yields the rows in ascending order.
func (s *Rows) All() iter.Seq[int64] {
	return func(yield func(int64) bool) {
		for at, word := range s.bits {
			for ; word != 0; word &= word - 1 {
				if !yield(int64(at)<<6 | int64(bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}
