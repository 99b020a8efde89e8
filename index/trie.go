package index

import (
	"iter"
	"math/bits"
	"slices"
)

// A trie is a map of which old copies stay good: a hash array mapped trie (Bagwell, Ideal Hash
// Trees, 2001). Copying it is copying three words; a change copies the few nodes on the way to the
// key, and only once in an edit. The zero trie is unusable: it needs a hash.
type trie[K comparable, V any] struct {
	root *node[K, V]
	size int
	hash func(K) uint64
}

// An edit is the licence to change nodes in place: those that were made under it, which nobody
// else has seen yet. It is not empty, because pointers to empty values may be equal.
type edit struct{ _ byte }

// node holds up to 64 slots, packed; occupied tells which of the 64 they are. Below the last bits
// of the hash, where different keys of one hash end up, it is a plain list and occupied is unused.
type node[K comparable, V any] struct {
	made     *edit
	occupied uint64
	slots    []slot[K, V]
}

// slot is a node further down, or, where below is nil, a key and its value.
type slot[K comparable, V any] struct {
	below *node[K, V]
	key   K
	value V
}

const (
	trieBits = 6  // of the hash, decide the slot at each level
	hashBits = 64 // after these a node is a list
)

// identity is the hash of row numbers: they are dense, so the nodes are full.
func identity(row int64) uint64 { return uint64(row) }

// get finds the value of a key.
func (t *trie[K, V]) get(key K) (value V, ok bool) {
	h := t.hash(key)
	n := t.root
	for shift := 0; n != nil; shift += trieBits {
		i, found := n.find(h, shift, key)
		if !found {
			break
		}
		s := &n.slots[i]
		if s.below == nil && s.key == key {
			return s.value, true
		}
		n = s.below
	}
	return value, false
}

// all yields every key and value, in no order that means anything.
func (t *trie[K, V]) all() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { t.root.each(yield) }
}

// set gives a key its value.
func (t *trie[K, V]) set(e *edit, key K, value V) {
	var added bool
	t.root, added = t.root.set(e, t.hash, 0, slot[K, V]{key: key, value: value})
	if added {
		t.size++
	}
}

// del takes a key out, if it is there.
func (t *trie[K, V]) del(e *edit, key K) {
	if _, ok := t.get(key); !ok {
		return
	}
	t.root = t.root.del(e, t.hash(key), 0, key)
	t.size--
}

// find tells where in slots the key, or the way to it, is or would have to be.
func (n *node[K, V]) find(h uint64, shift int, key K) (i int, found bool) {
	if shift >= hashBits {
		i = slices.IndexFunc(n.slots, func(s slot[K, V]) bool { return s.key == key })
		if i < 0 {
			return len(n.slots), false
		}
		return i, true
	}
	bit := uint64(1) << (h >> shift & (1<<trieBits - 1))
	return bits.OnesCount64(n.occupied & (bit - 1)), n.occupied&bit != 0
}

func (n *node[K, V]) each(yield func(K, V) bool) bool {
	if n == nil {
		return true
	}
	for i := range n.slots {
		s := &n.slots[i]
		if s.below != nil && !s.below.each(yield) || s.below == nil && !yield(s.key, s.value) {
			return false
		}
	}
	return true
}

// owned is the node itself where the edit made it, else a copy that the edit may change.
func (n *node[K, V]) owned(e *edit) *node[K, V] {
	if n == nil {
		return &node[K, V]{made: e}
	}
	if n.made == e {
		return n
	}
	return &node[K, V]{made: e, occupied: n.occupied, slots: slices.Clone(n.slots)}
}

func (n *node[K, V]) set(e *edit, hash func(K) uint64, shift int, s slot[K, V]) (*node[K, V], bool) {
	n = n.owned(e)
	h := hash(s.key)
	i, found := n.find(h, shift, s.key)
	if !found {
		n.slots = slices.Insert(n.slots, i, s)
		n.occupied |= bitOf(h, shift)
		return n, true
	}
	at := &n.slots[i]
	if at.below == nil && at.key == s.key {
		at.value = s.value
		return n, false
	}
	if at.below == nil { // another key of the same bits: both move one level down
		at.below, _ = at.below.set(e, hash, shift+trieBits, *at)
		*at = slot[K, V]{below: at.below}
	}
	var added bool
	at.below, added = at.below.set(e, hash, shift+trieBits, s)
	return n, added
}

// del takes out a key that is there. A node that is left with one key is moved into its parent.
func (n *node[K, V]) del(e *edit, h uint64, shift int, key K) *node[K, V] {
	n = n.owned(e)
	i, _ := n.find(h, shift, key)
	if below := n.slots[i].below; below != nil {
		below = below.del(e, h, shift+trieBits, key)
		if len(below.slots) == 1 && below.slots[0].below == nil {
			n.slots[i] = below.slots[0]
		} else {
			n.slots[i].below = below
		}
		return n
	}
	n.slots = slices.Delete(n.slots, i, i+1)
	n.occupied &^= bitOf(h, shift)
	return n
}

// bitOf is the bit of a hash's slot at a level; none in a list.
func bitOf(h uint64, shift int) uint64 {
	if shift >= hashBits {
		return 0
	}
	return 1 << (h >> shift & (1<<trieBits - 1))
}
