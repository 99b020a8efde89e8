package db

import (
	"slices"
	"strconv"
	"sync"

	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// SearchAsked is what is asked of a search.
type SearchAsked struct {
	Text   string
	Kinds  []timeline.SearchKind // nil: all; empty: none
	Strict bool                  // only what stands in the record as the text is written
	Page   timeline.Page
}

// Search is one page of the hits of a text, by how they matched, then by kind: actors and locations,
// sources, events. Only what the page needs is looked for.
func (v *View) Search(asked SearchAsked) (*timeline.SearchConnection, error) {
	q, err := names.ReadQuery(asked.Text)
	if err != nil {
		return nil, &timeline.Error{Code: timeline.CodeTooLarge, Field: "text", Message: err.Error()}
	}
	s := &search{v: v, q: q, asked: asked, mark: timeline.QuestionMark([]any{asked.Kinds, asked.Strict}, asked.Text, "search")}
	if asked.Strict {
		s.q.Terms = slices.Clone(q.Terms)
		for i := range s.q.Terms {
			s.q.Terms[i].Prefix = false
		}
	}
	p, err := s.page(asked.Page)
	if err != nil {
		return nil, err
	}
	return &timeline.SearchConnection{PageInfo: p.info, Page: p}, nil
}

// search is one search under way.
type search struct {
	v     *View
	q     names.Query
	asked SearchAsked
	mark  string

	named   once[namesFound]
	sources once[found]
	events  once[found]
	aliases [kindsOfHits]once[stratum]
	texts   sync.Map // of records that were read to see how they match, by place
}

// once is a part of a search that is looked for when it is first needed.
type once[T any] struct {
	mu    sync.Mutex
	done  bool
	value T
	err   error
}

func (o *once[T]) get(find func() (T, error)) (T, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.done {
		o.value, o.err = find()
		o.done = true
	}
	return o.value, o.err
}

// namesFound is the actors and locations found.
type namesFound struct {
	hits  []index.NameHit
	lists map[timeline.MatchKind]stratum
}

// found is the sources or events found, by how they match.
type found map[timeline.MatchKind]stratum

// stratum is the hits that matched in one way, of one kind, in order.
type stratum interface {
	Count() int
	Page(p timeline.Page) (index.Slice, error)
}

// The kinds of hits in their order.
const (
	ofNames = iota
	ofSources
	ofEvents
	kindsOfHits
)

// strata is how many strata there are: a kind of hits for each way of matching.
func strata() int { return len(timeline.MatchKinds()) * kindsOfHits }

// stratum finds the hits of a place in the order; nil where there are none.
func (s *search) stratum(i int) (stratum, error) {
	how := timeline.MatchKinds()[i/kindsOfHits]
	if kind, ok := kindOfHits(i); ok && how == timeline.MatchAlias {
		return s.aliases[i%kindsOfHits].get(func() (stratum, error) { return s.alias(kind) })
	}
	var all map[timeline.MatchKind]stratum
	var err error
	switch i % kindsOfHits {
	case ofNames:
		var n namesFound
		n, err = s.names()
		all = n.lists
	case ofSources:
		all, err = s.sources.get(s.findSources)
	case ofEvents:
		all, err = s.events.get(s.findEvents)
	}
	if err != nil {
		return nil, err
	}
	return all[how], nil
}

// kindOfHits is the kind of the records that are read from the file in a stratum; not ok: they are in
// memory.
func kindOfHits(i int) (kind timeline.Kind, ok bool) {
	switch i % kindsOfHits {
	case ofSources:
		return timeline.KindSource, true
	case ofEvents:
		return timeline.KindEvent, true
	}
	return "", false
}

// wants says whether a kind is searched.
func (s *search) wants(kind timeline.SearchKind) bool {
	return s.asked.Kinds == nil || slices.Contains(s.asked.Kinds, kind)
}

// names finds the actors and locations.
func (s *search) names() (namesFound, error) {
	return s.named.get(func() (namesFound, error) {
		var kinds []timeline.Kind
		if s.wants(timeline.SearchActors) {
			kinds = append(kinds, timeline.KindActor)
		}
		if s.wants(timeline.SearchLocations) {
			kinds = append(kinds, timeline.KindLocation)
		}
		n := namesFound{lists: map[timeline.MatchKind]stratum{}}
		if kinds == nil {
			return n, nil
		}
		n.hits = s.v.x.FindNames(s.q, kinds, s.asked.Strict)
		for from := 0; from < len(n.hits); { // they are sorted by how they match
			to := from
			for to < len(n.hits) && n.hits[to].How == n.hits[from].How {
				to++
			}
			n.lists[n.hits[from].How] = offset{s.v.x.ListNames(n.hits[from:to], s.mark), int64(from)}
			from = to
		}
		return n, nil
	})
}

// offset is a list whose rows begin at a number.
type offset struct {
	*index.List
	from int64
}

// Page is the list's, its rows moved.
func (o offset) Page(p timeline.Page) (index.Slice, error) {
	slice, err := o.List.Page(p)
	for i := range slice.Rows {
		slice.Rows[i] += o.from
	}
	return slice, err
}

// hit is one hit of a page.
type hit struct {
	place
	name   *index.NameHit // of an actor or a location
	how    timeline.MatchKind
	cursor func() string // written when it is asked for
}

// hitsPage is one page of a search.
type hitsPage struct {
	s    *search
	hits []hit
	info timeline.PageInfo

	nodes once[map[place]timeline.Node]
	seen  once[map[place]sighted]
}

// page walks the strata from the cursor on until the page is full, and one hit further to know
// whether there is more.
func (s *search) page(asked timeline.Page) (*hitsPage, error) {
	p := &hitsPage{s: s}
	from, after, err := s.position(asked.After)
	if err != nil {
		return nil, err
	}
	size := asked.Size()
	for i := from; i < strata(); i++ {
		list, err := s.stratum(i)
		if err != nil {
			return nil, err
		}
		if list == nil || isEmpty(list) {
			continue
		}
		if len(p.hits) == size && i > from {
			p.info.HasNextPage = true
			break
		}
		rest := size - len(p.hits)
		slice, err := list.Page(timeline.Page{First: &rest, After: after})
		if err != nil {
			return nil, err
		}
		if i == from && asked.After != nil {
			p.info.HasPreviousPage = slice.Info.HasPreviousPage
		}
		after = nil
		if err := s.take(p, i, slice); err != nil {
			return nil, err
		}
		if slice.Info.HasNextPage {
			p.info.HasNextPage = true
			break
		}
	}
	for i := 0; i < from && !p.info.HasPreviousPage; i++ {
		list, err := s.stratum(i)
		if err != nil {
			return nil, err
		}
		p.info.HasPreviousPage = list != nil && !isEmpty(list)
	}
	if n := len(p.hits); n > 0 {
		start, end := p.hits[0].cursor(), p.hits[n-1].cursor()
		p.info.StartCursor, p.info.EndCursor = &start, &end
	}
	return p, nil
}

// isEmpty says whether there are no hits in a stratum, without counting a stream.
func isEmpty(list stratum) bool {
	if s, ok := list.(*stream); ok {
		return len(s.head) == 0
	}
	return list.Count() == 0
}

// take adds a part of a stratum to a page.
func (s *search) take(p *hitsPage, at int, slice index.Slice) error {
	n, err := s.names()
	if err != nil {
		return err
	}
	for i, row := range slice.Rows {
		h := hit{how: timeline.MatchKinds()[at/kindsOfHits]}
		switch at % kindsOfHits {
		case ofNames:
			h.name = &n.hits[row]
			h.place = place{h.name.Kind, h.name.Row}
		case ofSources:
			h.place = place{timeline.KindSource, row}
		case ofEvents:
			h.place = place{timeline.KindEvent, row}
		}
		h.cursor = func() string {
			return timeline.Cursor{Mark: s.mark, Values: []string{strconv.Itoa(at), slice.Cursor(i)}}.Encode()
		}
		p.hits = append(p.hits, h)
	}
	return nil
}

// position reads a cursor: the stratum, and the place in it.
func (s *search) position(text *string) (at int, after *string, err error) {
	if text == nil {
		return 0, nil, nil
	}
	c, err := timeline.DecodeCursor("after", *text, s.mark, 2)
	if err != nil {
		return 0, nil, err
	}
	at, err = strconv.Atoi(c.Values[0])
	if err != nil || at < 0 || at >= strata() {
		return 0, nil, timeline.Invalidf("after", "this is no cursor of this service")
	}
	return at, &c.Values[1], nil
}

// count is how many hits there are in all.
func (s *search) count() (int, error) {
	n := 0
	for i := range strata() {
		list, err := s.stratum(i)
		if err != nil {
			return 0, err
		}
		if s, ok := list.(*stream); ok { // which alone may fail
			if _, err := s.v.matching(s.kind, s.match); err != nil {
				return 0, err
			}
		}
		if list != nil {
			n += list.Count()
		}
	}
	return n, nil
}
