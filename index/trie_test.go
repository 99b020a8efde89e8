package index

import (
	"maps"
	"testing"

	"pgregory.net/rapid"
)

func TestATrieIsAMapOfWhichOldCopiesStayGood(t *testing.T) {
	hashes := map[string]func(int64) uint64{
		"rows":       identity,
		"collisions": func(k int64) uint64 { return uint64(k % 3) },
		"high bits":  func(k int64) uint64 { return uint64(k) << 58 },
	}
	for name, hash := range hashes {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			now, want := trie[int64, int]{hash: hash}, map[int64]int{}
			for range 8 {
				old, was := now, maps.Clone(want)
				e := new(edit)
				for i := range rapid.IntRange(0, 40).Draw(t, "changes") {
					key := rapid.Int64Range(0, 90).Draw(t, "key")
					if rapid.Bool().Draw(t, "take out") {
						now.del(e, key)
						delete(want, key)
					} else {
						now.set(e, key, i)
						want[key] = i
					}
				}
				same(t, &old, was)
				same(t, &now, want)
			}
		}))
	}
}

func same(t *rapid.T, got *trie[int64, int], want map[int64]int) {
	t.Helper()
	if all := maps.Collect(got.all()); !maps.Equal(all, want) || got.size != len(want) {
		t.Fatalf("%d keys %v, want %v", got.size, all, want)
	}
	for key := int64(-1); key <= 91; key++ {
		v, ok := got.get(key)
		if w, there := want[key]; ok != there || v != w {
			t.Fatalf("key %d: %d %v, want %d %v", key, v, ok, w, there)
		}
	}
}

func TestATrieStopsWhenNobodyListens(t *testing.T) {
	m, e := trie[int64, int]{hash: identity}, new(edit)
	for key := range int64(200) {
		m.set(e, key, 0)
	}
	n := 0
	for range m.all() {
		if n++; n == 70 {
			break
		}
	}
	if n != 70 {
		t.Errorf("%d", n)
	}
}
