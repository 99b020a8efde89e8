// Package lru keeps values in a bounded room and forgets the one used longest ago. It knows
// nothing of what it keeps: whoever puts a value says how large it is, in a unit of its own.
package lru

import (
	"container/list"
	"sync"
)

// Cache keeps values by key and forgets the one used longest ago when their sizes
// together pass its room. What alone is larger than the room is not kept. It is
// safe for use by many goroutines. Make one with New.
type Cache[K comparable, V any] struct {
	room int

	mu    sync.Mutex
	used  int
	order *list.List // of *entry[K, V], the newest first
	byKey map[K]*list.Element
}

type entry[K comparable, V any] struct {
	key   K
	value V
	size  int
}

// New makes a cache with room for sizes of that sum.
func New[K comparable, V any](room int) *Cache[K, V] {
	return &Cache[K, V]{room: room, order: list.New(), byKey: map[K]*list.Element{}}
}

// Get is the value of a key, which counts as a use of it.
func (c *Cache[K, V]) Get(key K) (v V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return v, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*entry[K, V]).value, true
}

// Put keeps a value of that size. A key that is there already keeps its value.
func (c *Cache[K, V]) Put(key K, v V, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byKey[key]; ok || size > c.room {
		return
	}
	c.byKey[key] = c.order.PushFront(&entry[K, V]{key, v, size})
	for c.used += size; c.used > c.room; {
		oldest := c.order.Remove(c.order.Back()).(*entry[K, V])
		delete(c.byKey, oldest.key)
		c.used -= oldest.size
	}
}

// GetOrPut is the value of a key, made when it is not there.
func (c *Cache[K, V]) GetOrPut(key K, size int, made func() V) V {
	if v, ok := c.Get(key); ok {
		return v
	}
	c.Put(key, made(), size)
	v, _ := c.Get(key) // somebody else's, where two came at once
	return v
}
