package server

import (
	"strings"
	"testing"
)

func TestACacheForgetsWhatWasUsedLongestAgo(t *testing.T) {
	c := newLRU[string](10)
	c.put("a", "1", 4)
	c.put("b", "2", 4)
	c.get("a")
	c.put("c", "3", 4)
	if _, ok := c.get("b"); ok {
		t.Error("b was used longest ago and is still there")
	}
	for _, key := range []string{"a", "c"} {
		if _, ok := c.get(key); !ok {
			t.Errorf("%s is gone", key)
		}
	}
}

func TestACacheNeverHoldsMoreThanItsRoom(t *testing.T) {
	c := newLRU[int](100)
	for i := range 1000 {
		c.put(strings.Repeat("k", i%77+1), i, i%120+1)
		if c.used > c.room {
			t.Fatalf("%d of %d used", c.used, c.room)
		}
	}
	if len(c.byKey) != c.order.Len() {
		t.Errorf("%d keys for %d entries", len(c.byKey), c.order.Len())
	}
}

func TestACacheRefusesWhatIsLargerThanItsRoom(t *testing.T) {
	c := newLRU[int](3)
	c.put("a", 1, 3)
	c.put("b", 2, 4)
	if _, ok := c.get("b"); ok {
		t.Error("too large, and kept")
	}
	if _, ok := c.get("a"); !ok {
		t.Error("gone for what was not kept")
	}
}
