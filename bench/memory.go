package bench

import (
	"context"
	"sync"

	"tarikh/graph"
	"tarikh/names"
	"tarikh/resolvers"
	"tarikh/timeline"
)

// Memory is floor F2: a document through the same generated code, over what its resolvers gave the
// first time. What it costs after that is GraphQL's own. It answers one document with one set of
// variables: the arguments of a field are not looked at again.
type Memory struct {
	graph.ResolverRoot
	mu     sync.Mutex
	known  map[any]any // by the object and the field
	sealed bool        // everything is known: nobody writes any more
}

// NewMemory is a floor that knows nothing yet: the first answer needs a view.
func NewMemory() *Memory {
	return &Memory{ResolverRoot: resolvers.New(), known: map[any]any{}}
}

// Seal says that the document was answered once.
func (m *Memory) Seal() { m.sealed = true }

// asked is a field of an object.
type asked[O comparable] struct {
	of    O
	field string
}

// remembered is what read gives, the first time.
func remembered[O comparable, V any](m *Memory, of O, field string, read func() (V, error)) (V, error) {
	key := asked[O]{of, field}
	if m.sealed {
		v, _ := m.known[key].(V)
		return v, nil
	}
	v, err := read()
	m.mu.Lock()
	defer m.mu.Unlock()
	if known, ok := m.known[key]; ok { // another goroutine was faster: one object stands for one thing
		return known.(V), err
	}
	m.known[key] = v
	return v, err
}

// The resolvers of the questions: what is not named here is not asked for by them, or costs nothing.

// Query answers the roots from memory.
func (m *Memory) Query() graph.QueryResolver { return memoryQuery{m.ResolverRoot.Query(), m} }

// EventConnection answers selections from memory.
func (m *Memory) EventConnection() graph.EventConnectionResolver {
	return memoryConnection{m.ResolverRoot.EventConnection(), m}
}

// Event answers an event's relations from memory.
func (m *Memory) Event() graph.EventResolver { return memoryEvent{m.ResolverRoot.Event(), m} }

// Actor answers an actor's events from memory.
func (m *Memory) Actor() graph.ActorResolver { return memoryActor{m.ResolverRoot.Actor(), m} }

// Location answers a location's relations from memory.
func (m *Memory) Location() graph.LocationResolver {
	return memoryLocation{m.ResolverRoot.Location(), m}
}

// Claim answers a claim's source from memory.
func (m *Memory) Claim() graph.ClaimResolver { return memoryClaim{m.ResolverRoot.Claim(), m} }

// Citation answers a citation's source from memory.
func (m *Memory) Citation() graph.CitationResolver {
	return memoryCitation{m.ResolverRoot.Citation(), m}
}

// Facet answers what facets are called from memory.
func (m *Memory) Facet() graph.FacetResolver { return memoryFacet{m.ResolverRoot.Facet(), m} }

type (
	memoryQuery struct {
		graph.QueryResolver
		m *Memory
	}
	memoryConnection struct {
		graph.EventConnectionResolver
		m *Memory
	}
	memoryEvent struct {
		graph.EventResolver
		m *Memory
	}
	memoryActor struct {
		graph.ActorResolver
		m *Memory
	}
	memoryLocation struct {
		graph.LocationResolver
		m *Memory
	}
	memoryClaim struct {
		graph.ClaimResolver
		m *Memory
	}
	memoryCitation struct {
		graph.CitationResolver
		m *Memory
	}
	memoryFacet struct {
		graph.FacetResolver
		m *Memory
	}
)

func (r memoryQuery) Event(ctx context.Context, ref string) (*timeline.Event, error) {
	return remembered(r.m, ref, "event", func() (*timeline.Event, error) { return r.QueryResolver.Event(ctx, ref) })
}

func (r memoryQuery) Location(ctx context.Context, ref string) (*timeline.Location, error) {
	return remembered(r.m, ref, "location", func() (*timeline.Location, error) { return r.QueryResolver.Location(ctx, ref) })
}

func (r memoryQuery) Events(ctx context.Context, w *timeline.EventWhere, by []*timeline.EventOrder, first *int, after *string, last *int, before *string) (*timeline.EventConnection, error) {
	return remembered(r.m, "", "events", func() (*timeline.EventConnection, error) {
		return r.QueryResolver.Events(ctx, w, by, first, after, last, before)
	})
}

func (r memoryConnection) Edges(ctx context.Context, c *timeline.EventConnection) ([]*timeline.EventEdge, error) {
	return remembered(r.m, c, "edges", func() ([]*timeline.EventEdge, error) { return r.EventConnectionResolver.Edges(ctx, c) })
}

func (r memoryConnection) Nodes(ctx context.Context, c *timeline.EventConnection) ([]*timeline.Event, error) {
	return remembered(r.m, c, "nodes", func() ([]*timeline.Event, error) { return r.EventConnectionResolver.Nodes(ctx, c) })
}

func (r memoryConnection) Histogram(ctx context.Context, c *timeline.EventConnection, by timeline.BucketUnit, split *timeline.FacetField) (*timeline.Histogram, error) {
	return remembered(r.m, c, "histogram", func() (*timeline.Histogram, error) {
		return r.EventConnectionResolver.Histogram(ctx, c, by, split)
	})
}

func (r memoryConnection) Facets(ctx context.Context, c *timeline.EventConnection, by timeline.FacetField, first *int, own *bool) ([]*timeline.Facet, error) {
	return remembered(r.m, c, "facets", func() ([]*timeline.Facet, error) {
		return r.EventConnectionResolver.Facets(ctx, c, by, first, own)
	})
}

func (r memoryEvent) Participants(ctx context.Context, e *timeline.Event, role []timeline.ParticipantRole) ([]*timeline.Participation, error) {
	return remembered(r.m, e, "participants", func() ([]*timeline.Participation, error) {
		return r.EventResolver.Participants(ctx, e, role)
	})
}

func (r memoryEvent) Actors(ctx context.Context, e *timeline.Event) ([]*timeline.Actor, error) {
	return remembered(r.m, e, "actors", func() ([]*timeline.Actor, error) { return r.EventResolver.Actors(ctx, e) })
}

func (r memoryEvent) Claims(ctx context.Context, e *timeline.Event, kind []timeline.ClaimKind) ([]*timeline.Claim, error) {
	return remembered(r.m, e, "claims", func() ([]*timeline.Claim, error) { return r.EventResolver.Claims(ctx, e, kind) })
}

func (r memoryEvent) Casualties(ctx context.Context, e *timeline.Event, kind timeline.ClaimKind, rule timeline.CasualtyRule) (*timeline.Casualties, error) {
	return remembered(r.m, e, "casualties", func() (*timeline.Casualties, error) {
		return r.EventResolver.Casualties(ctx, e, kind, rule)
	})
}

func (r memoryEvent) Sources(ctx context.Context, e *timeline.Event) ([]*timeline.Source, error) {
	return remembered(r.m, e, "sources", func() ([]*timeline.Source, error) { return r.EventResolver.Sources(ctx, e) })
}

func (r memoryEvent) Citations(ctx context.Context, e *timeline.Event) ([]*timeline.Citation, error) {
	return remembered(r.m, e, "citations", func() ([]*timeline.Citation, error) { return r.EventResolver.Citations(ctx, e) })
}

func (r memoryActor) Events(ctx context.Context, a *timeline.Actor, w *timeline.EventWhere, by []*timeline.EventOrder, first *int, after *string, last *int, before *string) (*timeline.EventConnection, error) {
	return remembered(r.m, a, "events", func() (*timeline.EventConnection, error) {
		return r.ActorResolver.Events(ctx, a, w, by, first, after, last, before)
	})
}

func (r memoryLocation) Events(ctx context.Context, l *timeline.Location, w *timeline.EventWhere, by []*timeline.EventOrder, first *int, after *string, last *int, before *string) (*timeline.EventConnection, error) {
	return remembered(r.m, l, "events", func() (*timeline.EventConnection, error) {
		return r.LocationResolver.Events(ctx, l, w, by, first, after, last, before)
	})
}

func (r memoryLocation) Ancestors(ctx context.Context, l *timeline.Location) ([]*timeline.Location, error) {
	return remembered(r.m, l, "ancestors", func() ([]*timeline.Location, error) { return r.LocationResolver.Ancestors(ctx, l) })
}

func (r memoryClaim) Source(ctx context.Context, c *timeline.Claim) (*timeline.Source, error) {
	return remembered(r.m, c, "source", func() (*timeline.Source, error) { return r.ClaimResolver.Source(ctx, c) })
}

func (r memoryCitation) Source(ctx context.Context, c *timeline.Citation) (*timeline.Source, error) {
	return remembered(r.m, c, "source", func() (*timeline.Source, error) { return r.CitationResolver.Source(ctx, c) })
}

func (r memoryFacet) Label(ctx context.Context, f *timeline.Facet, lang *names.Language) (*timeline.Text, error) {
	return remembered(r.m, f, "label", func() (*timeline.Text, error) { return r.FacetResolver.Label(ctx, f, lang) })
}

func (r memoryFacet) Node(ctx context.Context, f *timeline.Facet) (timeline.Node, error) {
	return remembered(r.m, f, "node", func() (timeline.Node, error) { return r.FacetResolver.Node(ctx, f) })
}
