package index

import "tarikh/timeline"

// List is which actors, locations, sources or saved timelines a question means, in the order asked
// for. It belongs to the revision that it was asked of and never changes.
type List struct {
	rows []int64
	page func(timeline.Page) (Slice, error)
}

// Count is how many records are meant.
func (l *List) Count() int { return len(l.rows) }

// Rows is the records meant, in order. The slice is shared.
func (l *List) Rows() []int64 { return l.rows }

// Page is a part of the list. A text that is no cursor of this question is INVALID.
func (l *List) Page(p timeline.Page) (Slice, error) { return l.page(p) }

// newList sorts records into a list.
func newList[T any](o order[T], found []T, row func(T) int64) *List {
	sorted := o.sort(found)
	rows := make([]int64, len(sorted))
	for i, v := range sorted {
		rows[i] = row(v)
	}
	return &List{rows, func(p timeline.Page) (Slice, error) { return page(&o, sorted, row, p) }}
}

// SelectActors lists the actors that a filter means, by NAME where no order is asked for. Field is
// the path of the filter in the request, with which the fields of errors begin; they are those of
// [Index.Select].
func (x *Index) SelectActors(
	w *timeline.ActorWhere, field string, by []*timeline.ActorOrder,
) (*List, error) {
	if err := w.Validate(field); err != nil {
		return nil, err
	}
	if err := timeline.ValidateActorOrder("orderBy", by); err != nil {
		return nil, err
	}
	c := compiler{x: x}
	meant, err := c.actors(w, field)
	if err != nil {
		return nil, err
	}
	if w == nil {
		w = &timeline.ActorWhere{}
	}
	found := kept(&x.actors, func(a *actor) bool { return meant(a.Actor) })
	return newList(x.actorOrder(by, w), found, (*actor).row), nil
}

// SelectLocations lists the locations that a filter means, by NAME where no order is asked for.
// Field and errors are as those of [Index.SelectActors].
func (x *Index) SelectLocations(
	w *timeline.LocationWhere, field string, by []*timeline.LocationOrder,
) (*List, error) {
	if err := w.Validate(field); err != nil {
		return nil, err
	}
	if err := timeline.ValidateLocationOrder("orderBy", by); err != nil {
		return nil, err
	}
	c := compiler{x: x}
	meant, err := c.locations(w, field)
	if err != nil {
		return nil, err
	}
	if w == nil {
		w = &timeline.LocationWhere{}
	}
	found := kept(&x.locations, func(l *location) bool { return meant(l.Location) })
	return newList(x.locationOrder(by, w, "locations"), found, (*location).row), nil
}

// ChildrenOf lists the locations right below one, by NAME.
func (x *Index) ChildrenOf(parent int64) *List {
	found := make([]*location, 0, len(x.Children(parent)))
	for _, row := range x.Children(parent) {
		l, _ := x.locations.get(row)
		found = append(found, l)
	}
	mark := x.parentMark(Parent{Kind: timeline.KindLocation, Row: parent})
	return newList(x.locationOrder(nil, nil, mark), found, (*location).row)
}

// SelectSources lists the sources that a filter means, by the first day on which they can have been
// published, those without a date last. Field and errors are as those of [Index.SelectActors].
func (x *Index) SelectSources(w *timeline.SourceWhere, field string) (*List, error) {
	if err := w.Validate(field); err != nil {
		return nil, err
	}
	if w == nil {
		w = &timeline.SourceWhere{}
	}
	c := compiler{x: x}
	meant, err := c.source(w, field)
	if err != nil {
		return nil, err
	}
	o := order[*Source]{
		terms: []term[*Source]{{key: publishedKey}},
		id:    func(s *Source) string { return s.ID },
		mark:  timeline.QuestionMark(nil, w, "sources"),
	}
	var found []*Source
	for _, row := range keptSources(x, meant) {
		found = append(found, x.Source(row))
	}
	return newList(o, found, (*Source).row), nil
}

// keptSources is the rows of the sources that pass a test.
func keptSources(x *Index, meant test[*Source]) []int64 {
	var found []int64
	for s := range x.allSources(false) {
		if meant(s) {
			found = append(found, s.Row)
		}
	}
	return found
}

// Timelines lists the saved timelines by key.
func (x *Index) Timelines() *List {
	o := order[*Timeline]{
		terms: []term[*Timeline]{{key: func(t *Timeline) key { return key{text: t.Key} }}},
		id:    func(t *Timeline) string { return t.ID },
		mark:  timeline.QuestionMark(nil, nil, "timelines"),
	}
	return newList(o, kept(&x.timelines, all[*Timeline](nil)), (*Timeline).row)
}

// kept is the records of a table that pass a test, in no order that means anything.
func kept[V any](t *trie[int64, V], meant test[V]) []V {
	var found []V
	for _, v := range t.all() {
		if meant(v) {
			found = append(found, v)
		}
	}
	return found
}
