package db

import (
	"strings"

	"tarikh/timeline"
)

// shelf remembers, for the length of one write, to which records refs led: the rows of a file name
// the same places, actors and sources again and again. Nobody else writes meanwhile, and what leads
// nowhere is never remembered, so it has to be cleared only where the write itself takes a name away
// from a record.
type shelf map[timeline.Kind]map[string]shelved

// shelved is a record that a ref leads to.
type shelved struct {
	key string
	row int64
}

// shelfMost is how many refs of a kind are remembered. When there are more all are forgotten, which
// costs looking the usual ones up once more.
const shelfMost = 1 << 15

// keep remembers refs of one record. They are copied: a key out of a file may be a piece of a much
// longer text.
func (s shelf) keep(kind timeline.Kind, key string, row int64, refs ...string) {
	known := s[kind]
	if known == nil {
		known = map[string]shelved{}
		s[kind] = known
	}
	if len(known) >= shelfMost {
		clear(known)
	}
	to := shelved{strings.Clone(key), row}
	for _, ref := range refs {
		if _, there := known[ref]; there {
			continue
		}
		if ref == to.key {
			known[to.key] = to
		} else {
			known[strings.Clone(ref)] = to
		}
	}
}

// forget clears what was remembered of a kind.
func (s shelf) forget(kind timeline.Kind) { clear(s[kind]) }

// learn remembers records of a round that was just stored. Events are not: hardly anything in a
// file names them. One that was changed may have lost a name.
func (s shelf) learn(kind timeline.Kind, items, changed []*item) {
	for _, it := range changed {
		if it.before != nil {
			s.forget(kind)
			break
		}
	}
	if kind == timeline.KindEvent {
		return
	}
	for _, it := range items {
		s.keep(kind, it.outcome.Key, it.row, identityRefs(it.record.Identity())...)
	}
}
