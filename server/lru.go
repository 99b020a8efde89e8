package server

import (
	"container/list"
	"sync"
)

// lru keeps values by key and forgets the one used longest ago when their sizes
// together pass its room. What alone is larger than the room is not kept. It is
// safe for use by many goroutines.
type lru[V any] struct {
	room int

	mu    sync.Mutex
	used  int
	order *list.List // of *entry[V], the newest first
	byKey map[string]*list.Element
}

type entry[V any] struct {
	key   string
	value V
	size  int
}

func newLRU[V any](room int) *lru[V] {
	return &lru[V]{room: room, order: list.New(), byKey: map[string]*list.Element{}}
}

// get is the value of a key, which counts as a use of it.
func (c *lru[V]) get(key string) (v V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return v, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*entry[V]).value, true
}

// put keeps a value of that size. A key that is there already keeps its value.
func (c *lru[V]) put(key string, v V, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byKey[key]; ok || size > c.room {
		return
	}
	c.byKey[key] = c.order.PushFront(&entry[V]{key, v, size})
	for c.used += size; c.used > c.room; {
		oldest := c.order.Remove(c.order.Back()).(*entry[V])
		delete(c.byKey, oldest.key)
		c.used -= oldest.size
	}
}

// getOrPut is the value of a key, made when it is not there.
func (c *lru[V]) getOrPut(key string, size int, made func() V) V {
	if v, ok := c.get(key); ok {
		return v
	}
	c.put(key, made(), size)
	v, _ := c.get(key) // somebody else's, where two came at once
	return v
}
