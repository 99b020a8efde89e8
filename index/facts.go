package index

import (
	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// The facts that the index is told of. A pointer that was handed over in [Changes] belongs to the
// index: neither its maker nor whoever gets it back writes to it again.

// Event is the facts of one event that filters, orders and figures ask for.
type Event struct {
	Row          int64
	ID, Key      string
	Refs         []string // all that answer: id, key, identifiers, those of records merged into it
	Time         timeline.Time
	Type         string // an event type's code
	Status       timeline.EventStatus
	Titles       []Title // in the record's order: the first is in its original language
	Updated      int64   // milliseconds since 1970 began
	Places       []Place
	Participants []Participant // as entered
	Claims       []Claim
	Citations    []int64 // the sources cited, as entered
	Tags         []string
	Relations    []EventRelation // as kept with this event
}

// Title is a title as it is ordered by.
type Title struct {
	Lang   names.Language
	Folded string // by names.Fold
}

// Place is one place of an event.
type Place struct {
	Location  int64 // 0: none, only a point or words
	Role      timeline.PlaceRole
	Precision timeline.PlacePrecision
	Point     *timeline.Point // nil: that of its location stands for it
}

// Participant is one actor's part in an event.
type Participant struct {
	Actor     int64
	Role      timeline.ParticipantRole
	Side      string // empty: not given
	Certainty timeline.Certainty
}

// Claim is one statement about an event. Low, Best and High are [timeline.Unknown] where they are
// not reported.
type Claim struct {
	ID                  string
	Kind                timeline.ClaimKind
	Status              timeline.ClaimStatus
	Responsible         int64  // of kind RESPONSIBILITY: the actor said to have done it
	VictimActor         int64  // 0: not an actor of the record
	Claimant            int64  // 0: the source in its own voice
	Source              int64  // 0: none
	Victims, Counts     string // folded
	Included            bool   // another claim of the event counts its victims already
	Low, Best, High     int
	ReportedOn          edtf.Day // its latest day; DistantPast: not given
	DatasetRow, Vintage string   // the row of the source, a dataset, that makes the claim
	Created             edtf.Day // when it was entered
}

// EventRelation relates an event to another, read from the one to the other.
type EventRelation struct {
	Kind  timeline.EventRelationKind
	Event int64
}

// Actor is an actor with what it is found by.
type Actor struct {
	timeline.Actor
	Refs      []string
	Folded    []string        // its names, folded
	Relations []ActorRelation // as kept with this actor
}

// ActorRelation relates an actor to another, read from the one to the other.
type ActorRelation struct {
	Kind   timeline.ActorRelationKind
	Actor  int64
	Time   *timeline.Time // nil: not given, so at any time
	Source int64          // 0: none
}

// Location is a location with its place in the tree.
type Location struct {
	timeline.Location
	Parent int64 // 0: none
	Refs   []string
	Folded []string // its names, folded
}

// Source is the facts of one source.
type Source struct {
	Row       int64
	ID, Key   string
	Refs      []string
	Kind      timeline.SourceKind
	Lang      names.Language // empty: not known
	Publisher string         // folded; empty: not known
	Published *timeline.Time // nil: not known
	Origin    int64          // the source whose report it repeats; 0: its own
	Licence   string
}

// Timeline is a saved timeline: the events of Where and those picked, without those omitted.
type Timeline struct {
	timeline.Timeline
	Refs            []string
	Where           *timeline.EventWhere // nil: only what is picked
	Picked, Omitted []int64              // events
}

// Changes is what one revision changed: records that are new or look otherwise now, and those
// that are gone. A record named twice counts as last given; one that is given and gone is given.
type Changes struct {
	Revision  int64
	UpdatedAt timeline.DateTime
	Sources   []*Source
	Locations []*Location
	Actors    []*Actor
	Events    []*Event
	Timelines []*Timeline
	Gone      []Gone
}

// Gone names a record that is no longer there.
type Gone struct {
	Kind timeline.Kind
	Row  int64
}
