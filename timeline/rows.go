package timeline

import (
	"cmp"
	"math"

	"tarikh/cohort"
	"tarikh/edtf"
	"tarikh/names"
)

// Node is any record that can be asked for by its id.
type Node interface {
	// IsNode marks the type; it does nothing.
	IsNode()
	// NodeID is the record's public id.
	NodeID() string
}

// Family is what every row carries for the store: its number there, and the rows
// that were read together with it, so that a relation is read once for them all.
type Family struct {
	Row    int64          `json:"-"`
	Cohort *cohort.Cohort `json:"-"`
}

// Event is something that happened, or is said to have happened, at a time and,
// mostly, at a place.
type Event struct {
	Family
	ID        string
	Key       string
	Titles    []Text // the first is in the record's original language
	Summaries []Text
	Time      Time
	TypeCode  string
	Status    EventStatus
	Sensitive bool
	Tags      []string
	CreatedAt DateTime
	UpdatedAt DateTime
	Location  *Location // the location of the main place; nil where it has none
}

// IsNode marks the event as a record with an id.
func (*Event) IsNode() {}

// NodeID is the event's public id.
func (e *Event) NodeID() string { return e.ID }

// Title is the title in the language asked for, or the nearest that there is.
func (e *Event) Title(lang *names.Language) *Text { return pick(e.Titles, lang) }

// Summary is the summary in the language asked for, or the nearest that there is.
func (e *Event) Summary(lang *names.Language) *Text { return pick(e.Summaries, lang) }

// Type is what sort of event it is.
func (e *Event) Type() *EventType { return TypeByCode(e.TypeCode) }

// EventPlace is one place of an event and what it was to it.
type EventPlace struct {
	Location  *Location
	Role      PlaceRole
	Precision PlacePrecision
	RadiusKm  *float64
	Point     *Point
	Words     *string
}

// Point is a position in degrees, WGS 84.
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// Coarse is the point to a tenth of a degree, about eleven kilometres: near enough for
// a map of a region, too far to find a house.
func (p Point) Coarse() Point {
	return Point{Lat: math.Round(p.Lat*10)/10 + 0, Lon: math.Round(p.Lon*10)/10 + 0}
}

// Participation is one actor's part in an event.
type Participation struct {
	Actor     *Actor
	Role      ParticipantRole
	Side      *string
	Certainty Certainty
	Words     *string
}

// Claim is one party's or one outlet's statement about an event, kept as it was
// made: never merged, averaged or repaired.
type Claim struct {
	Family                     // Row is the event's; the cohort is of the sources of claims read together
	Events      *cohort.Cohort `json:"-"` // the events of claims read together
	ID          string
	Kind        ClaimKind
	Counts      *string
	Responsible *Actor
	Victims     *string
	VictimActor *Actor
	Included    bool
	Range       *Range
	Words       *string
	Claimant    *Actor
	SourceRow   int64 `json:"-"` // zero: no source
	Quote       *Quote
	ReportedOn  *edtf.Value
	Status      ClaimStatus
}

// IsNode marks the claim as a record with an id.
func (*Claim) IsNode() {}

// NodeID is the claim's public id.
func (c *Claim) NodeID() string { return c.ID }

// Range is a figure as it was claimed. A side that was not given is nil, which is
// not 0.
type Range struct {
	Low  *int `json:"low,omitzero"`
	Best *int `json:"best,omitzero"`
	High *int `json:"high,omitzero"`
}

// Citation is where a source speaks of an event.
type Citation struct {
	Family
	SourceRow int64 `json:"-"`
	Locator   *string
	Quote     *Quote
}

// Origin is a row of an imported dataset from which an event was made, kept as it
// was.
type Origin struct {
	Cohort    *cohort.Cohort `json:"-"`
	SourceRow int64          `json:"-"` // the dataset, a source
	Version   *string
	Line      *int
	Row       string // the raw row
}

// EventRelation relates an event to another, read from the one to the other.
type EventRelation struct {
	Kind  EventRelationKind
	Event *Event
}

// Actor is whoever takes part, suffers, speaks or claims.
type Actor struct {
	Family
	ID          string
	Key         string
	Names       []Name
	Kind        ActorKind
	Summaries   []Text
	Generic     bool
	Active      *Time
	Identifiers []Identifier
}

// IsNode marks the actor as a record with an id.
func (*Actor) IsNode() {}

// NodeID is the actor's public id.
func (a *Actor) NodeID() string { return a.ID }

// Name is the preferred name in the language asked for, or the nearest.
func (a *Actor) Name(lang *names.Language) *Text { return pickName(a.Names, lang) }

// Summary says who the actor is, in the language asked for, or the nearest.
func (a *Actor) Summary(lang *names.Language) *Text { return pick(a.Summaries, lang) }

// ActorRelation relates an actor to another, read from the one to the other.
type ActorRelation struct {
	Family
	Kind      ActorRelationKind
	Actor     *Actor
	Time      *Time
	SourceRow int64 `json:"-"`
}

// Location is a place of the tree of places; each level is a location of its own.
type Location struct {
	Family
	ID          string
	Key         string
	Names       []Name
	Kind        LocationKind
	Point       *Point
	Identifiers []Identifier
}

// IsNode marks the location as a record with an id.
func (*Location) IsNode() {}

// NodeID is the location's public id.
func (l *Location) NodeID() string { return l.ID }

// Name is the preferred name in the language asked for, or the nearest.
func (l *Location) Name(lang *names.Language) *Text { return pickName(l.Names, lang) }

// Source is a document that says something: an article, a statement, a dataset.
type Source struct {
	Family
	ID          string
	Key         string
	Title       Text
	Publisher   *string
	PublishedOn *edtf.Value
	Kind        SourceKind
	OriginRow   int64           `json:"-"` // the source whose report it repeats; zero: its own
	Lang        *names.Language // the language it is written in
	URL         *URL
	ArchiveURL  *URL
	Licence     *string
}

// IsNode marks the source as a record with an id.
func (*Source) IsNode() {}

// NodeID is the source's public id.
func (s *Source) NodeID() string { return s.ID }

// Timeline is a named, saved selection that a newsroom publishes.
type Timeline struct {
	Family
	ID          string
	Key         string
	Titles      []Text
	Summaries   []Text
	Where       *string // its selection, an EventWhere as JSON; nil: only what is picked
	Eras        []*Era
	Identifiers []Identifier
}

// IsNode marks the timeline as a record with an id.
func (*Timeline) IsNode() {}

// NodeID is the timeline's public id.
func (t *Timeline) NodeID() string { return t.ID }

// Title is the title in the language asked for, or the nearest that there is.
func (t *Timeline) Title(lang *names.Language) *Text { return pick(t.Titles, lang) }

// Summary is the summary in the language asked for, or the nearest that there is.
func (t *Timeline) Summary(lang *names.Language) *Text { return pick(t.Summaries, lang) }

// Era is a named stretch of a timeline.
type Era struct {
	Titles []Text
	Time   Time
}

// Title is the era's title in the language asked for, or the nearest.
func (e *Era) Title(lang *names.Language) *Text { return pick(e.Titles, lang) }

// Dataset tells what the whole record holds.
type Dataset struct {
	Revision  int
	UpdatedAt DateTime
	Events    int
	Actors    int
	Locations int
	Sources   int
	Earliest  *edtf.Day
	Latest    *edtf.Day
	Licences  []string
}

// CompareClaims is the order in which claims are listed: CURRENT ones first, then
// by the latest day on which they were reported (unknown last), then by id.
func CompareClaims(a, b *Claim) int {
	return cmp.Or(
		cmp.Compare(standing(a), standing(b)),
		cmp.Compare(reported(a), reported(b)),
		cmp.Compare(a.ID, b.ID))
}

func standing(c *Claim) int {
	if c.Status == ClaimCurrent {
		return 0
	}
	return 1
}

func reported(c *Claim) edtf.Day {
	if c.ReportedOn == nil {
		return edtf.DistantFuture
	}
	end := c.ReportedOn.End()
	return end.Last
}
