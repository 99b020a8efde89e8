package timeline

import (
	"encoding/json"

	"tarikh/edtf"
	"tarikh/names"
)

// The filters. Their Go fields are the members of the schema's inputs of the same
// names, and their JSON form is what where= parameters, saved timelines, cursors
// and caches carry; a test compares the two.
//
// Absent and null restrict nothing. {} and "and": [] restrict nothing. Every other
// empty list matches nothing: so a nil list and an empty one are not the same.

// EventWhere selects events. Different members are and-ed.
type EventWhere struct {
	And          []*EventWhere        `json:"and,omitzero"`
	Or           []*EventWhere        `json:"or,omitzero"`
	Not          *EventWhere          `json:"not,omitzero"`
	Time         *TimeWhere           `json:"time,omitzero"`
	Place        *PlaceWhere          `json:"place,omitzero"`
	Type         []string             `json:"type,omitzero"`
	Status       []EventStatus        `json:"status,omitzero"`
	Participants *ParticipationsWhere `json:"participants,omitzero"`
	Actor        *ActorRefWhere       `json:"actor,omitzero"`
	Claims       *ClaimsWhere         `json:"claims,omitzero"`
	Sources      *SourcesWhere        `json:"sources,omitzero"`
	Casualties   *CasualtyWhere       `json:"casualties,omitzero"`
	Contested    *bool                `json:"contested,omitzero"`
	Text         *string              `json:"text,omitzero"` // as a search reads it: names.ReadQuery
	Tags         []string             `json:"tags,omitzero"`
	Timeline     *string              `json:"timeline,omitzero"`
	Refs         []string             `json:"refs,omitzero"`
}

// TimeWhere selects by time. From uses the earliest, To the latest day of its
// EDTF, both inclusive.
type TimeWhere struct {
	From      *edtf.Value      `json:"from,omitzero"`
	To        *edtf.Value      `json:"to,omitzero"`
	Mode      *TimeMode        `json:"mode,omitzero"` // nil: POSSIBLE
	Precision []edtf.Precision `json:"precision,omitzero"`
	Qualified *bool            `json:"qualified,omitzero"`
	Known     *bool            `json:"known,omitzero"`
}

// PlaceWhere selects by place: all its members hold for one and the same place of
// the event.
type PlaceWhere struct {
	Within    []string         `json:"within,omitzero"`
	Exactly   []string         `json:"exactly,omitzero"`
	Bbox      []float64        `json:"bbox,omitzero"` // west, south, east, north
	Near      *NearWhere       `json:"near,omitzero"`
	Precision []PlacePrecision `json:"precision,omitzero"`
	Known     *bool            `json:"known,omitzero"`
}

// NearWhere is a circle: a position in degrees and a distance in kilometres.
type NearWhere struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
	Km  float64 `json:"km"`
}

// ActorRefWhere is short for participants.some.actor.
type ActorRefWhere struct {
	Any     []string          `json:"any,omitzero"`
	All     []string          `json:"all,omitzero"`
	Include []ActorLineage    `json:"include,omitzero"`
	Role    []ParticipantRole `json:"role,omitzero"`
}

// ParticipationsWhere selects by participations: some = at least one, none = no
// one, every = all, true where there are none.
type ParticipationsWhere struct {
	Some  *ParticipationWhere `json:"some,omitzero"`
	None  *ParticipationWhere `json:"none,omitzero"`
	Every *ParticipationWhere `json:"every,omitzero"`
}

// ParticipationWhere describes one participation.
type ParticipationWhere struct {
	Actor     *ActorWhere       `json:"actor,omitzero"`
	Role      []ParticipantRole `json:"role,omitzero"`
	Side      *string           `json:"side,omitzero"`
	Certainty []Certainty       `json:"certainty,omitzero"`
}

// ClaimsWhere selects by claims: some, none, every as in ParticipationsWhere.
type ClaimsWhere struct {
	Some  *ClaimWhere `json:"some,omitzero"`
	None  *ClaimWhere `json:"none,omitzero"`
	Every *ClaimWhere `json:"every,omitzero"`
}

// ClaimWhere describes one claim.
type ClaimWhere struct {
	Kind     []ClaimKind   `json:"kind,omitzero"`
	Claimant *ActorWhere   `json:"claimant,omitzero"`
	Source   *SourceWhere  `json:"source,omitzero"`
	Status   []ClaimStatus `json:"status,omitzero"`
}

// SourcesWhere selects by sources: those cited and those of the claims.
type SourcesWhere struct {
	Some  *SourceWhere `json:"some,omitzero"`
	None  *SourceWhere `json:"none,omitzero"`
	Every *SourceWhere `json:"every,omitzero"`
}

// SourceWhere describes one source.
type SourceWhere struct {
	Refs      []string         `json:"refs,omitzero"`
	Lang      []names.Language `json:"lang,omitzero"`      // basic filtering of RFC 4647: ar matches ar-DZ
	Publisher []string         `json:"publisher,omitzero"` // folded equality
	Published *TimeWhere       `json:"published,omitzero"`
}

// ActorWhere selects actors.
type ActorWhere struct {
	And  []*ActorWhere `json:"and,omitzero"`
	Or   []*ActorWhere `json:"or,omitzero"`
	Not  *ActorWhere   `json:"not,omitzero"`
	Refs []string      `json:"refs,omitzero"`
	Name *string       `json:"name,omitzero"` // by any name, else by the beginnings of its words; generic actors are left out
	Kind []ActorKind   `json:"kind,omitzero"`
}

// LocationWhere selects locations.
type LocationWhere struct {
	And    []*LocationWhere `json:"and,omitzero"`
	Or     []*LocationWhere `json:"or,omitzero"`
	Not    *LocationWhere   `json:"not,omitzero"`
	Refs   []string         `json:"refs,omitzero"`
	Name   *string          `json:"name,omitzero"` // by any name, else by the beginnings of its words
	Kind   []LocationKind   `json:"kind,omitzero"`
	Within []string         `json:"within,omitzero"` // at one of these or below it
}

// CasualtyWhere selects by the figure that a rule makes of an event's claims.
type CasualtyWhere struct {
	Kind    *ClaimKind    `json:"kind,omitzero"` // nil: KILLED
	Rule    *CasualtyRule `json:"rule,omitzero"` // nil: RANGE
	AtLeast *int          `json:"atLeast,omitzero"`
	AtMost  *int          `json:"atMost,omitzero"`
}

// EventOrder is one term of an order of events.
type EventOrder struct {
	Field     EventOrderField `json:"field"`
	Direction *Direction      `json:"direction,omitzero"` // nil: ASC
	Lang      *names.Language `json:"lang,omitzero"`      // of TITLE
}

// ActorOrder is one term of an order of actors.
type ActorOrder struct {
	Field     ActorOrderField `json:"field"`
	Direction *Direction      `json:"direction,omitzero"`
	Lang      *names.Language `json:"lang,omitzero"` // of NAME
}

// LocationOrder is one term of an order of locations.
type LocationOrder struct {
	Field     LocationOrderField `json:"field"`
	Direction *Direction         `json:"direction,omitzero"`
	Lang      *names.Language    `json:"lang,omitzero"` // of NAME
}

// ParseEventWhere reads the JSON form of a filter. Unknown members and unknown
// words are INVALID, and the message names them.
func ParseEventWhere(b []byte) (*EventWhere, error) {
	var w EventWhere
	if err := strictJSON(b, &w); err != nil {
		return nil, Invalidf("where", "%s", jsonMistake(err))
	}
	return &w, w.Validate("where")
}

// Canonical is the one JSON form of a filter: the same for two filters whose
// members are the same, with null and absent members left out.
func Canonical(where any) string {
	b, err := json.Marshal(where)
	if err != nil {
		return "" // filters hold nothing that JSON cannot write
	}
	return string(b)
}
