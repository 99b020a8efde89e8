package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"tarikh/edtf"
	"tarikh/timeline"
)

// timeSieve passes what a filter of time means, exactly.
func (c *compiler) timeSieve(w *timeline.TimeWhere) sieve {
	list := []sieve{c.windowSieve(w)}
	if w.Precision != nil {
		list = append(list, codesSieve(func(s *segment) *postings { return &s.precisions }, texts(w.Precision)))
	}
	if w.Qualified != nil {
		qualified := lent(func(s *segment) *roaring.Bitmap { return s.qualified })
		if !*w.Qualified {
			qualified = notSieve(qualified)
		}
		list = append(list, qualified)
	}
	if w.Known != nil {
		from, to := func(s *segment) int { return 0 }, func(s *segment) int { return s.dated }
		if !*w.Known {
			from, to = to, func(s *segment) int { return s.n }
		}
		list = append(list, func(s *segment) sifted {
			set := roaring.New()
			set.AddRange(uint64(from(s)), uint64(to(s)))
			return sifted{set: set, exact: true}
		})
	}
	return allSieves(list)
}

// windowSieve passes what may, or what surely does, touch a window.
func (c *compiler) windowSieve(w *timeline.TimeWhere) sieve {
	window := windowOf(w)
	if w.Mode == nil || *w.Mode == timeline.ModePossible {
		if window.From == edtf.DistantPast && window.To == edtf.DistantFuture {
			return everything // whatever there is may touch all of time
		}
		return func(s *segment) sifted { return sifted{set: s.possible(window), exact: true} }
	}
	certain := windowTest(w)
	return func(s *segment) sifted {
		set := s.certain(window)
		s.eachOf(s.open, wantTime|wantCitations|wantClaims, func(e *Event) bool {
			if o, _ := s.find(e.Row); certain(span{&e.Time, c.x, e}) {
				set.Add(o)
			} else {
				set.Remove(o)
			}
			return true
		})
		return sifted{set: set, exact: true}
	}
}

// possible is the ordinals of what may touch a window. In the order of time those that began too
// late end the list; of those before, whole blocks that ended too early are passed over.
func (s *segment) possible(w edtf.Window) *roaring.Bitmap {
	set := roaring.New()
	from, to := clampDay(w.From), clampDay(w.To)
	dated := s.startMin[:s.dated]
	end, _ := slices.BinarySearchFunc(dated, to, func(day, to int32) int {
		if day <= to {
			return -1
		}
		return 1
	})
	begin, _ := slices.BinarySearch(dated, from)
	for block := 0; block*blockSize < min(begin, end); block++ {
		if s.late[block] < from {
			continue
		}
		for o := block * blockSize; o < min((block+1)*blockSize, begin, end); o++ {
			if s.endMax[o] >= from {
				set.Add(uint32(o))
			}
		}
	}
	if begin < end {
		set.AddRange(uint64(begin), uint64(end))
	}
	set.AddRange(uint64(s.dated), uint64(s.n)) // undated: may be at any time
	return s.exceptFar(set, func(t *timeline.Time) bool { return edtf.Possible(t.Start, t.End, w) })
}

// certain is the ordinals of what surely touches a window, those of an open end apart.
func (s *segment) certain(w edtf.Window) *roaring.Bitmap {
	set := roaring.New()
	from, to := clampDay(w.From), clampDay(w.To)
	run := 0 // where the ordinals at hand that pass began
	for o := 0; o <= s.n; o++ {
		passes := o < s.n && s.startMax[o] <= to && s.endMin[o] >= from &&
			(s.startMax[o] != futureDay || s.endMin[o] != pastDay)
		if !passes {
			if run < o {
				set.AddRange(uint64(run), uint64(o))
			}
			run = o + 1
		}
	}
	return s.exceptFar(set, func(t *timeline.Time) bool { return edtf.Certain(t.Start, t.End, w) })
}

// exceptFar looks at the few times with a day that no column holds by themselves.
func (s *segment) exceptFar(set *roaring.Bitmap, passes func(*timeline.Time) bool) *roaring.Bitmap {
	for o, t := range s.far {
		if passes(&t) {
			set.Add(o)
		} else {
			set.Remove(o)
		}
	}
	return set
}

// clampDay is a window's day as columns hold days.
func clampDay(d edtf.Day) int32 {
	packed, _ := packDay(d)
	return packed
}
