package index

import (
	"hash/maphash"
	"slices"
	"sync"

	"tarikh/timeline"
)

// Index is every record of one revision as filters, orders and figures see it. It never changes
// and may be asked by any number of goroutines.
type Index struct {
	revision  int64
	updatedAt timeline.DateTime

	refs      trie[ref, int64]
	segments  []parted
	events    trie[int64, *Event] // the recent ones, with inTime: see parted
	actors    trie[int64, *actor]
	locations trie[int64, *location]
	shelves   []*shelf             // of sources
	sources   trie[int64, *Source] // those that changed since; nil: gone
	cited     int                  // how many sources there are
	timelines trie[int64, *Timeline]

	inTime    chronicle         // of recent events
	children  links             // of a location, by name
	tree      *tree             // of locations, as it was asked about
	related   links             // of an event: the events that keep a relation to it
	relatives links             // of an actor: the actors that keep a relation to it
	licences  trie[string, int] // how many sources bear each

	named  *nameset // of all actors and locations
	counts *struct {
		once sync.Once
		of   map[timeline.Kind]func(row int64) int
	} // of events, by actor and location
}

// renew drops what was worked out of a snapshot and no longer holds for the next.
func (x *Index) renew(renamed bool) {
	x.counts = new(struct {
		once sync.Once
		of   map[timeline.Kind]func(row int64) int
	})
	if renamed || x.named == nil {
		x.named = &nameset{}
	}
}

// ref is a name under which a record of a kind answers.
type ref struct {
	kind timeline.Kind
	text string
}

// New is the index of no records at all, at revision 0.
func New() *Index {
	seed := maphash.MakeSeed() // no sender of refs can aim at one node
	x := &Index{
		refs:      trie[ref, int64]{hash: func(r ref) uint64 { return maphash.Comparable(seed, r) }},
		events:    trie[int64, *Event]{hash: identity},
		actors:    trie[int64, *actor]{hash: identity},
		locations: trie[int64, *location]{hash: identity},
		sources:   trie[int64, *Source]{hash: identity},
		timelines: trie[int64, *Timeline]{hash: identity},
		children:  links{trie[int64, []int64]{hash: identity}},
		related:   links{trie[int64, []int64]{hash: identity}},
		relatives: links{trie[int64, []int64]{hash: identity}},
		licences: trie[string, int]{
			hash: func(s string) uint64 { return maphash.String(seed, s) },
		},
	}
	x.tree = &tree{}
	x.renew(true)
	return x
}

// Revision is the revision of the record that the index stands for.
func (x *Index) Revision() int64 { return x.revision }

// Resolve finds the record that a ref (id, key, identifier, or one of these of a record that was
// merged into it) names. A claim, named by its id, gives the row of its event.
func (x *Index) Resolve(kind timeline.Kind, text string) (row int64, ok bool) {
	if row, ok = x.refs.get(ref{kind, text}); ok {
		return row, ok
	}
	switch kind {
	case timeline.KindEvent, timeline.KindClaim:
		return x.resolveEvent(kind, text)
	case timeline.KindSource:
		return x.resolveSource(text)
	}
	return 0, false
}

// resolveEvent looks in the segments.
func (x *Index) resolveEvent(kind timeline.Kind, text string) (row int64, ok bool) {
	for i := range x.segments {
		p := &x.segments[i]
		if o, ok := p.resolve(kind, text, p.masked); ok {
			return int64(p.row[o]), true
		}
	}
	return 0, false
}

// Dataset tells what the whole record holds: its days are the first and the last that any event is
// known to touch, its licences are those of the sources, sorted.
func (x *Index) Dataset() timeline.Dataset {
	d := timeline.Dataset{
		Revision: int(x.revision), UpdatedAt: x.updatedAt,
		Events: x.count(), Actors: x.actors.size,
		Locations: x.locations.size, Sources: x.cited,
		Licences: make([]string, 0, x.licences.size),
	}
	d.Earliest, d.Latest = x.extent()
	for licence := range x.licences.all() {
		d.Licences = append(d.Licences, licence)
	}
	slices.Sort(d.Licences)
	return d
}

// Event is the facts of an event, its titles not among them; nil where there is none of that row.
func (x *Index) Event(row int64) *Event {
	if e, ok := x.events.get(row); ok {
		return e
	}
	if p, o, ok := x.inPart(row); ok {
		return p.event(o)
	}
	return nil
}

// HasEvent says whether there is an event of that row, without unpacking its facts.
func (x *Index) HasEvent(row int64) bool {
	if e, ok := x.events.get(row); ok {
		return e != nil
	}
	_, _, ok := x.inPart(row)
	return ok
}

// facts is the wanted facts of an event; nil where there is none of that row. Where it is packed they
// are written into space.
func (x *Index) facts(row int64, w want, space *Event) *Event {
	if e, ok := x.events.get(row); ok {
		return e
	}
	p, o, ok := x.inPart(row)
	if !ok {
		return nil
	}
	p.fill(o, space, w)
	return space
}

// Actor is the facts of an actor; nil where there is none of that row.
func (x *Index) Actor(row int64) *Actor {
	if a, ok := x.actors.get(row); ok {
		return a.Actor
	}
	return nil
}

// Location is the facts of a location; nil where there is none of that row.
func (x *Index) Location(row int64) *Location {
	if l, ok := x.locations.get(row); ok {
		return l.Location
	}
	return nil
}

// Source is the facts of a source; nil where there is none of that row.
func (x *Index) Source(row int64) *Source { return x.source(row, true) }

// sourceFacts is what filters and figures ask of a source: all but its id, key and refs.
func (x *Index) sourceFacts(row int64) *Source { return x.source(row, false) }

func (x *Index) source(row int64, whole bool) *Source {
	if s, ok := x.sources.get(row); ok {
		return s
	}
	if s, i, ok := x.onShelf(row); ok {
		return s.read(i, whole)
	}
	return nil
}

// Timeline is the facts of a saved timeline; nil where there is none of that row.
func (x *Index) Timeline(row int64) *Timeline {
	t, _ := x.timelines.get(row)
	return t
}
