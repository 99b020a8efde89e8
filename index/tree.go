package index

import (
	"fmt"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// tree remembers what lies below the places that are asked about, and which events of a segment
// happened there: a country has tens of thousands of places, and is asked about again and again. It
// holds as long as no location changes; a segment never does.
type tree struct {
	mu     sync.Mutex
	below  map[string]map[int64]bool
	sets   map[placesOfSegment]*roaring.Bitmap
	counts map[*segment]map[int64]int // of the events of a segment at each location and below it
}

// placesOfSegment is a segment and the places asked about.
type placesOfSegment struct {
	*segment
	places string
}

// mostRemembered is how many sets are remembered at once: at a million events at most 8 MB.
const mostRemembered = 64

// below is the locations given and everything below them; shared, not to be written to.
func (x *Index) below(locations []int64) map[int64]bool {
	return remembered(&x.tree.mu, &x.tree.below, places(locations), func() map[int64]bool { return x.walkBelow(locations) })
}

// hereIn is the events of a segment at one of the locations, or below it; not to be written to.
func (x *Index) hereIn(s *segment, locations []int64) *roaring.Bitmap {
	return remembered(&x.tree.mu, &x.tree.sets, placesOfSegment{s, places(locations)}, func() *roaring.Bitmap {
		below := x.below(locations)
		rows := make([]int64, 0, len(below))
		for row := range below {
			rows = append(rows, row)
		}
		return rowsSieve(locationsOf, rows)(s).set
	})
}

// places is one text for one set of places.
func places(locations []int64) string {
	return fmt.Sprint(slices.Compact(slices.Sorted(slices.Values(locations))))
}

// remembered is what is known under a key, else what work gives, which others may be working out at
// the same time. When too much is known, all of it is forgotten.
func remembered[K comparable, V any](mu *sync.Mutex, known *map[K]V, key K, work func() V) V {
	mu.Lock()
	value, ok := (*known)[key]
	mu.Unlock()
	if ok {
		return value
	}
	value = work()
	mu.Lock()
	defer mu.Unlock()
	if *known == nil || len(*known) >= mostRemembered {
		*known = map[K]V{}
	}
	(*known)[key] = value
	return value
}
