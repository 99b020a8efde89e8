package db

import (
	"context"
	"strconv"

	"tarikh/cohort"
	"tarikh/index"
	"tarikh/timeline"
)

// EventsAsked is what is asked of a connection of events.
type EventsAsked struct {
	Where *timeline.EventWhere
	Order []*timeline.EventOrder
	Page  timeline.Page
}

// Events is one page of the events that a filter selects. The page's rows are read
// when they are first asked for.
func (v *View) Events(asked EventsAsked) (*timeline.EventConnection, error) {
	root := v.connect(asked, []index.Parent{{}})[0]
	return root.connection, root.err
}

// answered is a connection, or why there is none: a cursor can be right for one
// parent and wrong for the next.
type answered struct {
	connection *timeline.EventConnection
	err        error
}

// EventsOf is one page of the events of a record: of an actor those that it takes
// part in, of a location those here and below, of a source those that it speaks
// of, of a timeline those that it shows, of an event its parts. All records read
// together are answered together: the rows of all their pages are one statement.
func (v *View) EventsOf(ctx context.Context, kind timeline.Kind, f timeline.Family, asked EventsAsked) (*timeline.EventConnection, error) {
	key := relation{string(kind) + " events", timeline.Canonical(asked)}
	all, err := cohort.Once(ctx, f.Cohort, key,
		func(_ context.Context, rows []int64) (map[int64]answered, error) {
			parents := make([]index.Parent, len(rows))
			for i, row := range rows {
				parents[i] = index.Parent{Kind: kind, Row: row}
			}
			return v.connect(asked, parents), nil
		})
	if err != nil {
		return nil, err
	}
	return all[f.Row].connection, all[f.Row].err
}

// connect answers one question for several parents, by the parents' rows.
func (v *View) connect(asked EventsAsked, parents []index.Parent) map[int64]answered {
	all := make(map[int64]answered, len(parents))
	var rows []int64
	for _, parent := range parents {
		c, err := v.page(asked, parent)
		all[parent.Row] = answered{c, err}
		if err == nil {
			rows = append(rows, c.Rows...)
		}
	}
	together, siblings := cohort.New(rows), &timeline.Siblings{}
	for _, a := range all {
		if a.err == nil {
			a.connection.Together, a.connection.Siblings = together, siblings
			siblings.All = append(siblings.All, a.connection)
		}
	}
	return all
}

// page cuts the page of one parent's events out of its selection.
func (v *View) page(asked EventsAsked, parent index.Parent) (*timeline.EventConnection, error) {
	answer, err := v.answer(asked, parent)
	if err != nil {
		return nil, err
	}
	slice, err := answer.Page(asked.Page)
	if err != nil {
		return nil, err
	}
	where := v.where(asked.Where, parent)
	if where == nil { // the parts of an event: named one by one
		all, err := answer.Whole()
		if err != nil {
			return nil, err
		}
		where = &timeline.EventWhere{Refs: v.keysOf(all.Rows())}
	}
	return &timeline.EventConnection{
		PageInfo: slice.Info, Rows: slice.Rows, Cursor: slice.Cursor, Selection: answer, Where: where,
	}, nil
}

// keysOf are the keys of events.
func (v *View) keysOf(rows []int64) []string {
	keys := make([]string, 0, len(rows))
	for _, row := range rows {
		keys = append(keys, v.x.Event(row).Key)
	}
	return keys
}

// whole is all that a question selects.
func (v *View) whole(asked EventsAsked, parent index.Parent) (*index.Selection, error) {
	a, err := v.answer(asked, parent)
	if err != nil {
		return nil, err
	}
	return a.Whole()
}

// answer answers a question, once in a view: pages, counts and totals of the same question
// share it.
func (v *View) answer(asked EventsAsked, parent index.Parent) (*index.Answer, error) {
	key := timeline.Canonical([]any{asked.Where, asked.Order, parent.Kind, strconv.FormatInt(parent.Row, 10)})
	v.mu.Lock()
	known := v.asked[key]
	v.mu.Unlock()
	if known != nil {
		return known, nil
	}
	a, err := v.x.Answer(index.Question{Where: asked.Where, Field: "where", Order: asked.Order, Parent: parent,
		Words: printedWords{v}, Titles: v.titlesOf(v.ctx)})
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	v.asked[key] = a
	v.mu.Unlock()
	return a, nil
}

// EventNodes are the events of a page, in order.
func (v *View) EventNodes(ctx context.Context, c *timeline.EventConnection) ([]*timeline.Event, error) {
	all, err := cohort.Once(ctx, c.Together, relation{name: "rows"}, v.events)
	return inOrder(c.Rows, all), err
}

// EventEdges are the events of a page with their cursors, in order.
func (v *View) EventEdges(ctx context.Context, c *timeline.EventConnection) ([]*timeline.EventEdge, error) {
	all, err := cohort.Once(ctx, c.Together, relation{name: "rows"}, v.events)
	edges := make([]*timeline.EventEdge, 0, len(c.Rows))
	for i, row := range c.Rows {
		if e := all[row]; e != nil {
			edges = append(edges, &timeline.EventEdge{Cursor: c.Cursor(i), Node: e})
		}
	}
	return edges, err
}

// Actors is one page of the actors that a filter selects: from memory.
func (v *View) Actors(where *timeline.ActorWhere, order []*timeline.ActorOrder, page timeline.Page) (*timeline.ActorConnection, error) {
	l, err := v.x.SelectActors(where, "where", order)
	if err != nil {
		return nil, err
	}
	slice, err := l.Page(page)
	if err != nil {
		return nil, err
	}
	c := &timeline.ActorConnection{PageInfo: slice.Info, TotalCount: l.Count()}
	c.Nodes = inOrder(slice.Rows, v.actors(slice.Rows))
	c.Edges = make([]*timeline.ActorEdge, len(c.Nodes))
	for i, a := range c.Nodes {
		c.Edges[i] = &timeline.ActorEdge{Cursor: slice.Cursor(i), Node: a}
	}
	return c, nil
}

// Locations is one page of the locations that a filter selects: from memory.
func (v *View) Locations(where *timeline.LocationWhere, order []*timeline.LocationOrder, page timeline.Page) (*timeline.LocationConnection, error) {
	l, err := v.x.SelectLocations(where, "where", order)
	if err != nil {
		return nil, err
	}
	slice, err := l.Page(page)
	if err != nil {
		return nil, err
	}
	return locationPage(slice, l.Count(), v.locations(slice.Rows)), nil
}

func locationPage(slice index.Slice, count int, all map[int64]*timeline.Location) *timeline.LocationConnection {
	c := &timeline.LocationConnection{PageInfo: slice.Info, TotalCount: count, Nodes: inOrder(slice.Rows, all)}
	c.Edges = make([]*timeline.LocationEdge, len(c.Nodes))
	for i, l := range c.Nodes {
		c.Edges[i] = &timeline.LocationEdge{Cursor: slice.Cursor(i), Node: l}
	}
	return c
}

// Children is one page of the locations right below one, by name: from memory, all
// locations read together answered together.
func (v *View) Children(ctx context.Context, l *timeline.Location, page timeline.Page) (*timeline.LocationConnection, error) {
	all, err := cohort.Once(ctx, l.Cohort, relation{"children", timeline.Canonical(page)},
		func(_ context.Context, parents []int64) (map[int64]*timeline.LocationConnection, error) {
			return v.childrenOf(parents, page)
		})
	return all[l.Row], err
}

func (v *View) childrenOf(parents []int64, page timeline.Page) (map[int64]*timeline.LocationConnection, error) {
	slices, counts := map[int64]index.Slice{}, map[int64]int{}
	var rows []int64
	for _, parent := range parents {
		l := v.x.ChildrenOf(parent)
		slice, err := l.Page(page)
		if err != nil {
			return nil, err
		}
		slices[parent], counts[parent] = slice, l.Count()
		rows = append(rows, slice.Rows...)
	}
	children := v.locations(rows)
	all := make(map[int64]*timeline.LocationConnection, len(parents))
	for _, parent := range parents {
		all[parent] = locationPage(slices[parent], counts[parent], children)
	}
	return all, nil
}

// Sources is one page of the sources that a filter selects, by the day on which
// they were published.
func (v *View) Sources(ctx context.Context, where *timeline.SourceWhere, page timeline.Page) (*timeline.SourceConnection, error) {
	l, err := v.x.SelectSources(where, "where")
	if err != nil {
		return nil, err
	}
	slice, err := l.Page(page)
	if err != nil {
		return nil, err
	}
	all, err := v.sources(ctx, slice.Rows)
	if err != nil {
		return nil, err
	}
	c := &timeline.SourceConnection{PageInfo: slice.Info, TotalCount: l.Count(), Nodes: inOrder(slice.Rows, all)}
	c.Edges = make([]*timeline.SourceEdge, len(c.Nodes))
	for i, s := range c.Nodes {
		c.Edges[i] = &timeline.SourceEdge{Cursor: slice.Cursor(i), Node: s}
	}
	return c, nil
}

// Timelines is one page of the saved timelines, by key: from memory.
func (v *View) Timelines(page timeline.Page) (*timeline.TimelineConnection, error) {
	l := v.x.Timelines()
	slice, err := l.Page(page)
	if err != nil {
		return nil, err
	}
	c := &timeline.TimelineConnection{PageInfo: slice.Info, TotalCount: l.Count(), Nodes: inOrder(slice.Rows, v.timelines(slice.Rows))}
	c.Edges = make([]*timeline.TimelineEdge, len(c.Nodes))
	for i, t := range c.Nodes {
		c.Edges[i] = &timeline.TimelineEdge{Cursor: slice.Cursor(i), Node: t}
	}
	return c, nil
}
