package timeline

import "tarikh/cohort"

// EventConnection is one page of a selection of events, and what can be asked of
// the whole selection. The rows of the page are read when they are first asked
// for, once for all connections that were made together.
type EventConnection struct {
	PageInfo  PageInfo
	Rows      []int64            `json:"-"` // the page's events, in order
	Cursor    func(i int) string `json:"-"` // of one of them
	Together  *cohort.Cohort     `json:"-"` // the rows of all connections made together
	Selection Selection          `json:"-"`
	Siblings  *Siblings          `json:"-"` // all connections made together
	Where     *EventWhere        `json:"-"` // selects at the root what is selected here
}

// TotalCount is how many events the whole selection has: they are counted when that is asked.
func (c *EventConnection) TotalCount() (int, error) { return c.Selection.Count() }

// Siblings are connections made together, of which a relation is read once for all.
type Siblings struct{ All []*EventConnection }

// Export is the address of a selection in one format.
type Export struct {
	Format string
	URL    URL
}

// Selection is a whole selection of events, which only its maker can look into. What
// is asked of all of it may be found only then, so that asking can fail.
type Selection interface {
	// Count is how many events there are.
	Count() (int, error)
	// Casualties adds up the figures of the selection by the rule of meanings.md.
	Casualties(kind ClaimKind, rule CasualtyRule) (*Casualties, error)
	// Histogram counts the selection along time, as lists.
	Histogram(by BucketUnit, split *FacetField) (*Histogram, error)
	// Extent is between which days and where it lies; nil: neither is known.
	Extent() (*Extent, error)
}

// EventEdge is one event of a page with its cursor.
type EventEdge struct {
	Cursor string
	Node   *Event
}

// ActorConnection is one page of a selection of actors.
type ActorConnection struct {
	Edges      []*ActorEdge
	Nodes      []*Actor
	PageInfo   PageInfo
	TotalCount int
}

// ActorEdge is one actor of a page with its cursor.
type ActorEdge struct {
	Cursor string
	Node   *Actor
}

// LocationConnection is one page of a selection of locations.
type LocationConnection struct {
	Edges      []*LocationEdge
	Nodes      []*Location
	PageInfo   PageInfo
	TotalCount int
}

// LocationEdge is one location of a page with its cursor.
type LocationEdge struct {
	Cursor string
	Node   *Location
}

// SourceConnection is one page of a selection of sources.
type SourceConnection struct {
	Edges      []*SourceEdge
	Nodes      []*Source
	PageInfo   PageInfo
	TotalCount int
}

// SourceEdge is one source of a page with its cursor.
type SourceEdge struct {
	Cursor string
	Node   *Source
}

// TimelineConnection is one page of the saved timelines.
type TimelineConnection struct {
	Edges      []*TimelineEdge
	Nodes      []*Timeline
	PageInfo   PageInfo
	TotalCount int
}

// TimelineEdge is one saved timeline of a page with its cursor.
type TimelineEdge struct {
	Cursor string
	Node   *Timeline
}

// Casualties is one figure made of competing claims by a named rule, with how
// much stands behind it. All three numbers nil: no claim gives a number.
type Casualties struct {
	Kind        ClaimKind
	Rule        CasualtyRule
	Low         *int
	Best        *int
	High        *int
	Open        bool // a claim behind it has no upper limit, or a best was unknown
	Contested   bool
	ClaimCount  int
	SourceCount int
	Events      int // events whose figures are in it
	Unknown     int // events of the selection without a figure
}
