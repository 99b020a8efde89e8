package bench

import (
	"context"

	"tarikh/db"
	"tarikh/graph"
	"tarikh/resolvers"
	"tarikh/timeline"
)

// Memory is floor F2 for the page: the same document through the same generated
// code, over records that were read beforehand. What it costs is GraphQL's own.
type Memory struct {
	graph.ResolverRoot
	connection *timeline.EventConnection
	edges      []*timeline.EventEdge
	parts      map[*timeline.Event][]*timeline.Participation
	claims     map[*timeline.Event][]*timeline.Claim
	figures    map[*timeline.Event]*timeline.Casualties
	sources    map[*timeline.Event][]*timeline.Source
	citations  map[*timeline.Event][]*timeline.Citation
	ancestors  map[*timeline.Location][]*timeline.Location
	ofClaim    map[*timeline.Claim]*timeline.Source
	ofCitation map[*timeline.Citation]*timeline.Source
}

// NewMemory reads everything that the page asks for.
func NewMemory(ctx context.Context, v *db.View, asked db.EventsAsked) (*Memory, error) {
	m := &Memory{ResolverRoot: resolvers.New(),
		parts: map[*timeline.Event][]*timeline.Participation{}, claims: map[*timeline.Event][]*timeline.Claim{},
		figures: map[*timeline.Event]*timeline.Casualties{}, sources: map[*timeline.Event][]*timeline.Source{},
		citations: map[*timeline.Event][]*timeline.Citation{}, ancestors: map[*timeline.Location][]*timeline.Location{},
		ofClaim: map[*timeline.Claim]*timeline.Source{}, ofCitation: map[*timeline.Citation]*timeline.Source{}}
	var err error
	if m.connection, err = v.Events(asked); err != nil {
		return nil, err
	}
	if m.edges, err = v.EventEdges(ctx, m.connection); err != nil {
		return nil, err
	}
	for _, e := range m.edges {
		if err := m.read(ctx, v, e.Node); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *Memory) read(ctx context.Context, v *db.View, e *timeline.Event) (err error) {
	if m.parts[e], err = v.Participations(ctx, e, nil); err != nil {
		return err
	}
	if m.claims[e], err = v.Claims(ctx, e, nil); err != nil {
		return err
	}
	if m.figures[e], err = v.Figure(e, timeline.ClaimKilled, timeline.RuleRange); err != nil {
		return err
	}
	if m.sources[e], err = v.EventSources(ctx, e); err != nil {
		return err
	}
	if m.citations[e], err = v.Citations(ctx, e); err != nil {
		return err
	}
	if m.ancestors[e.Location], err = v.Ancestors(ctx, e.Location); err != nil {
		return err
	}
	for _, c := range m.claims[e] {
		if m.ofClaim[c], err = v.ClaimSource(ctx, c); err != nil {
			return err
		}
	}
	for _, c := range m.citations[e] {
		if m.ofCitation[c], err = v.CitationSource(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// The resolvers of the page: what is not named here is not asked for by it.

// Query answers the root from memory.
func (m *Memory) Query() graph.QueryResolver { return memoryQuery{m.ResolverRoot.Query(), m} }

// EventConnection answers the page from memory.
func (m *Memory) EventConnection() graph.EventConnectionResolver {
	return memoryConnection{m.ResolverRoot.EventConnection(), m}
}

// Event answers an event's relations from memory.
func (m *Memory) Event() graph.EventResolver { return memoryEvent{m.ResolverRoot.Event(), m} }

// Location answers a location's ancestors from memory.
func (m *Memory) Location() graph.LocationResolver {
	return memoryLocation{m.ResolverRoot.Location(), m}
}

// Claim answers a claim's source from memory.
func (m *Memory) Claim() graph.ClaimResolver { return memoryClaim{m.ResolverRoot.Claim(), m} }

// Citation answers a citation's source from memory.
func (m *Memory) Citation() graph.CitationResolver {
	return memoryCitation{m.ResolverRoot.Citation(), m}
}

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
)

func (r memoryQuery) Events(context.Context, *timeline.EventWhere, []*timeline.EventOrder, *int, *string, *int, *string) (*timeline.EventConnection, error) {
	return r.m.connection, nil
}

func (r memoryConnection) Edges(context.Context, *timeline.EventConnection) ([]*timeline.EventEdge, error) {
	return r.m.edges, nil
}

func (r memoryEvent) Participants(_ context.Context, e *timeline.Event, _ []timeline.ParticipantRole) ([]*timeline.Participation, error) {
	return r.m.parts[e], nil
}

func (r memoryEvent) Claims(_ context.Context, e *timeline.Event, _ []timeline.ClaimKind) ([]*timeline.Claim, error) {
	return r.m.claims[e], nil
}

func (r memoryEvent) Casualties(_ context.Context, e *timeline.Event, _ timeline.ClaimKind, _ timeline.CasualtyRule) (*timeline.Casualties, error) {
	return r.m.figures[e], nil
}

func (r memoryEvent) Sources(_ context.Context, e *timeline.Event) ([]*timeline.Source, error) {
	return r.m.sources[e], nil
}

func (r memoryEvent) Citations(_ context.Context, e *timeline.Event) ([]*timeline.Citation, error) {
	return r.m.citations[e], nil
}

func (r memoryLocation) Ancestors(_ context.Context, l *timeline.Location) ([]*timeline.Location, error) {
	return r.m.ancestors[l], nil
}

func (r memoryClaim) Source(_ context.Context, c *timeline.Claim) (*timeline.Source, error) {
	return r.m.ofClaim[c], nil
}

func (r memoryCitation) Source(_ context.Context, c *timeline.Citation) (*timeline.Source, error) {
	return r.m.ofCitation[c], nil
}
