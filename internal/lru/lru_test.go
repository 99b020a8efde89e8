package lru

import (
	"strings"
	"testing"
)

func TestACacheForgetsWhatWasUsedLongestAgo(t *testing.T) {
	c := New[string, string](10)
	c.Put("a", "1", 4)
	c.Put("b", "2", 4)
	c.Get("a")
	c.Put("c", "3", 4)
	if _, ok := c.Get("b"); ok {
		t.Error("b was used longest ago and is still there")
	}
	for _, key := range []string{"a", "c"} {
		if _, ok := c.Get(key); !ok {
			t.Errorf("%s is gone", key)
		}
	}
}

func TestACacheNeverHoldsMoreThanItsRoom(t *testing.T) {
	c := New[string, int](100)
	for i := range 1000 {
		c.Put(strings.Repeat("k", i%77+1), i, i%120+1)
		if c.used > c.room {
			t.Fatalf("%d of %d used", c.used, c.room)
		}
	}
	if len(c.byKey) != c.order.Len() {
		t.Errorf("%d keys for %d entries", len(c.byKey), c.order.Len())
	}
}

func TestACacheRefusesWhatIsLargerThanItsRoom(t *testing.T) {
	c := New[string, int](3)
	c.Put("a", 1, 3)
	c.Put("b", 2, 4)
	if _, ok := c.Get("b"); ok {
		t.Error("too large, and kept")
	}
	if _, ok := c.Get("a"); !ok {
		t.Error("gone for what was not kept")
	}
}
