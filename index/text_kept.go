package index

import (
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// keptTexts is which events of a segment print what was asked for, kept for what is asked again: the
// texts of events that did not change since a segment was made stay what they are, and those that did
// change are masked. So a set that was read as of one revision is good for every later one.
type keptTexts struct {
	mu   sync.Mutex
	now  int64 // counts uses
	sets map[string]*keptText
	rent map[string]int
}

type keptText struct {
	as   int64 // the revision as of which it was read
	used int64
	set  *roaring.Bitmap // not to be written to
}

const (
	keptMost = 32      // sets of a segment: at most 4 MB for a million events
	rentMost = 100_000 // events read in walks, which together cost more than finding all that print a text
	rented   = 1000    // texts whose rent is remembered
)

// get is the set of a text as of a revision; nil where it is not kept.
func (k *keptTexts) get(key string, revision int64) *roaring.Bitmap {
	k.mu.Lock()
	defer k.mu.Unlock()
	known := k.sets[key]
	if known == nil || revision < known.as {
		return nil
	}
	k.now++
	known.used = k.now
	return known.set
}

// put keeps a set, and forgets the one used longest ago where there are too many.
func (k *keptTexts) put(key string, revision int64, set *roaring.Bitmap) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if known := k.sets[key]; known != nil && known.as <= revision {
		return
	}
	if k.sets == nil {
		k.sets = map[string]*keptText{}
	}
	k.now++
	k.sets[key] = &keptText{revision, k.now, set}
	if len(k.sets) <= keptMost {
		return
	}
	oldest := key
	for other, text := range k.sets {
		if text.used < k.sets[oldest].used {
			oldest = other
		}
	}
	delete(k.sets, oldest)
}

// pay adds to what walks over a text have cost, and tells how much that is.
func (k *keptTexts) pay(key string, cost int) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.rent == nil || len(k.rent) > rented {
		k.rent = map[string]int{}
	}
	k.rent[key] += cost
	return k.rent[key]
}

// keptSets is the sets of a text, one for each segment; false where one is not kept.
func (x *Index) keptSets(key string) ([]*roaring.Bitmap, bool) {
	sets := make([]*roaring.Bitmap, len(x.segments))
	for i := range x.segments {
		if sets[i] = x.segments[i].texts.get(key, x.revision); sets[i] == nil {
			return nil, false
		}
	}
	return sets, true
}

// keepSets makes and keeps the sets of a text of all events that print it.
func (x *Index) keepSets(key string, all *Rows) []*roaring.Bitmap {
	sets := make([]*roaring.Bitmap, len(x.segments))
	for i := range x.segments {
		p := &x.segments[i]
		sets[i] = onlySieve(all)(p.segment).set
		sets[i].RunOptimize()
		p.texts.put(key, x.revision, sets[i])
	}
	return sets
}
