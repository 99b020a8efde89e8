package index

import "cmp"

// A Load makes the index of a whole record out of facts that come in parts. It keeps nothing of the
// events and sources that it is given, so that a record of a million takes no more memory than its
// index.
type Load struct {
	events   *builder
	sources  *shelver
	pointing *relink
}

// NewLoad begins a load of events that come without titles: see [TitleReader].
func NewLoad() *Load { return &Load{newBuilder(false), newShelver(), newRelink()} }

// Take takes the events and sources out of c, each of which is given once.
func (l *Load) Take(c *Changes) {
	for _, s := range c.Sources {
		l.sources.add(s)
	}
	for _, e := range c.Events {
		l.events.add(e)
		for _, r := range e.Relations {
			l.pointing.add[r.Event] = append(l.pointing.add[r.Event], e.Row)
		}
	}
	c.Sources, c.Events = nil, nil
}

// Index is the index of what was taken, and of the changes, which hold everything else.
func (l *Load) Index(c Changes) *Index {
	x := New()
	e := new(edit)
	if len(l.sources.s.row) > 0 {
		x.addShelf(e, l.sources.shelf())
	}
	x = x.With(c)
	if l.events.s.n == 0 {
		return x
	}
	x.segments = []parted{{segment: l.events.segment()}}
	l.pointing.apply(&x.related, e, cmp.Compare[int64])
	return x
}

// Size is how many bytes the columns of all segments take, by what they hold.
func (x *Index) Size() map[string]int {
	sizes := map[string]int{}
	for i := range x.segments {
		for name, n := range x.segments[i].size() {
			sizes[name] += n
		}
	}
	return sizes
}

func (s *segment) size() map[string]int {
	lists := func(p *postings) int {
		n := 4 * (len(p.values) + len(p.from) + len(p.all))
		for _, b := range p.long {
			n += int(b.GetSizeInBytes())
		}
		return n
	}
	sizes := map[string]int{
		"days":             4 * 4 * s.n,
		"rows":             4 * (len(s.row) + len(s.byRow)),
		"codes and flags":  4 * s.n,
		"updated":          8 * s.n,
		"killed":           4*s.n + s.deadly.size(),
		"packed facts":     len(s.facts) + 4*len(s.at),
		"refs":             4 * (len(s.byRef.slots) + len(s.byClaim.slots)),
		"lists of types":   lists(&s.types) + lists(&s.statuses) + lists(&s.precisions),
		"lists of tags":    lists(&s.tags),
		"lists of places":  lists(&s.locations),
		"lists of actors":  lists(&s.actors),
		"lists of sources": lists(&s.sources),
	}
	for _, w := range s.words {
		sizes["words"] += len(w) + 16
	}
	return sizes
}
