package timeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
)

// Record is one whole aggregate: an event with its places, participations, claims,
// citations and raw rows; an actor with its names; and so on. Exactly one member
// is set. Its JSON form is Tarikh's own lines: one object with one member that
// says the kind, such as {"event": {…}}, one a line or indented.
type Record struct {
	Source   *SourceRecord   `json:"source,omitzero"`
	Location *LocationRecord `json:"location,omitzero"`
	Actor    *ActorRecord    `json:"actor,omitzero"`
	Event    *EventRecord    `json:"event,omitzero"`
	Timeline *TimelineRecord `json:"timeline,omitzero"`
}

// Identity is by what a record is known. ID is minted by the store when it is
// empty; Key is never changed once it is given.
type Identity struct {
	ID          string       `json:"id,omitzero"`
	Key         string       `json:"key,omitzero"`
	Identifiers []Identifier `json:"identifiers,omitzero"`
	Former      []string     `json:"former,omitzero"` // ids and keys of records merged into this one; they keep answering
}

// EventRecord is a whole event.
type EventRecord struct {
	Identity
	Type         string                `json:"type"`
	Status       EventStatus           `json:"status"`
	Time         edtf.Value            `json:"time"`
	Titles       []Text                `json:"titles"`
	Summaries    []Text                `json:"summaries,omitzero"`
	Places       []PlaceRecord         `json:"places,omitzero"`       // the first is the main one
	Participants []ParticipationRecord `json:"participants,omitzero"` // as entered
	Claims       []ClaimRecord         `json:"claims,omitzero"`
	Citations    []CitationRecord      `json:"citations,omitzero"`
	Relations    []EventRelationRecord `json:"relations,omitzero"`
	Tags         []string              `json:"tags,omitzero"`
	Sensitive    bool                  `json:"sensitive,omitzero"`
	Origins      []OriginRecord        `json:"origins,omitzero"`
	CreatedAt    DateTime              `json:"createdAt,omitzero"`
	UpdatedAt    DateTime              `json:"updatedAt,omitzero"`
}

// PlaceRecord is one place of an event.
type PlaceRecord struct {
	Location  *Ref           `json:"location,omitzero"`
	Role      PlaceRole      `json:"role"`
	Precision PlacePrecision `json:"precision"`
	RadiusKm  *float64       `json:"radiusKm,omitzero"`
	Point     *Point         `json:"point,omitzero"`
	Words     string         `json:"words,omitzero"`
}

// ParticipationRecord is one actor's part in an event.
type ParticipationRecord struct {
	Actor     Ref             `json:"actor"`
	Role      ParticipantRole `json:"role"`
	Side      string          `json:"side,omitzero"`
	Certainty Certainty       `json:"certainty"`
	Words     string          `json:"words,omitzero"`
}

// ClaimRecord is one statement about an event.
type ClaimRecord struct {
	ID          string      `json:"id,omitzero"`
	Kind        ClaimKind   `json:"kind"`
	Counts      string      `json:"counts,omitzero"`
	Responsible *Ref        `json:"responsible,omitzero"`
	Victims     string      `json:"victims,omitzero"`
	VictimActor *Ref        `json:"victimActor,omitzero"`
	Included    bool        `json:"included,omitzero"`
	Range       *Range      `json:"range,omitzero"`
	Words       string      `json:"words,omitzero"`
	Claimant    *Ref        `json:"claimant,omitzero"`
	Source      *Ref        `json:"source"`
	Quote       *Quote      `json:"quote,omitzero"`
	ReportedOn  edtf.Value  `json:"reportedOn,omitzero"`
	Status      ClaimStatus `json:"status"`
	DatasetRow  string      `json:"datasetRow,omitzero"` // the id of the row of the dataset (its source) that makes the claim
	Vintage     string      `json:"vintage,omitzero"`    // the dataset's version that the row was read from
	CreatedAt   DateTime    `json:"createdAt,omitzero"`
}

// CitationRecord is where a source speaks of an event.
type CitationRecord struct {
	Source  Ref    `json:"source"`
	Locator string `json:"locator,omitzero"`
	Quote   *Quote `json:"quote,omitzero"`
}

// EventRelationRecord relates the event to another, read from this to the other.
type EventRelationRecord struct {
	Kind  EventRelationKind `json:"kind"`
	Event Ref               `json:"event"`
}

// OriginRecord is a dataset's row, kept as it was.
type OriginRecord struct {
	Dataset    Ref    `json:"dataset"`
	DatasetRow string `json:"datasetRow,omitzero"` // the row's id in the dataset
	Version    string `json:"version,omitzero"`
	Line       int    `json:"line,omitzero"`
	Row        string `json:"row"`
}

// ActorRecord is a whole actor.
type ActorRecord struct {
	Identity
	Kind      ActorKind             `json:"kind"`
	Generic   bool                  `json:"generic,omitzero"`
	Names     []Name                `json:"names"`
	Summaries []Text                `json:"summaries,omitzero"`
	Active    edtf.Value            `json:"active,omitzero"`
	Relations []ActorRelationRecord `json:"relations,omitzero"`
}

// ActorRelationRecord relates the actor to another, read from this to the other.
// Inverse pairs are kept once: as PREDECESSOR, COMPONENT or LED_BY where the file
// says SUCCESSOR, MEMBER_OF or LEADS of the other, or the other way round.
type ActorRelationRecord struct {
	Kind   ActorRelationKind `json:"kind"`
	Actor  Ref               `json:"actor"`
	Time   edtf.Value        `json:"time,omitzero"`
	Source *Ref              `json:"source,omitzero"`
}

// LocationRecord is a whole location.
type LocationRecord struct {
	Identity
	Kind   LocationKind `json:"kind"`
	Names  []Name       `json:"names"`
	Parent *Ref         `json:"parent,omitzero"`
	Point  *Point       `json:"point,omitzero"`
}

// SourceRecord is a whole source.
type SourceRecord struct {
	Identity
	Kind        SourceKind     `json:"kind"`
	Title       Text           `json:"title"`
	Publisher   string         `json:"publisher,omitzero"`
	PublishedOn edtf.Value     `json:"publishedOn,omitzero"`
	Lang        names.Language `json:"lang,omitzero"`
	URL         URL            `json:"url,omitzero"`
	ArchiveURL  URL            `json:"archiveUrl,omitzero"`
	Origin      *Ref           `json:"origin,omitzero"`
	Licence     string         `json:"licence,omitzero"`
	Attribution string         `json:"attribution,omitzero"`
	NotPassedOn bool           `json:"notPassedOn,omitzero"` // its licence forbids passing its rows on
}

// TimelineRecord is a whole saved timeline: its selection, besides what is picked,
// without what is omitted.
type TimelineRecord struct {
	Identity
	Titles    []Text      `json:"titles"`
	Summaries []Text      `json:"summaries,omitzero"`
	Where     *EventWhere `json:"where,omitzero"`
	Picked    []Ref       `json:"picked,omitzero"`
	Omitted   []Ref       `json:"omitted,omitzero"`
	Eras      []EraRecord `json:"eras,omitzero"`
}

// EraRecord is a named stretch of a timeline.
type EraRecord struct {
	Titles []Text     `json:"titles"`
	Time   edtf.Value `json:"time"`
}

// Kind is the kind of the record; empty where no member is set.
func (r *Record) Kind() Kind {
	switch {
	case r.Source != nil:
		return KindSource
	case r.Location != nil:
		return KindLocation
	case r.Actor != nil:
		return KindActor
	case r.Event != nil:
		return KindEvent
	case r.Timeline != nil:
		return KindTimeline
	}
	return ""
}

// Identity is by what the record is known; nil where no member is set.
func (r *Record) Identity() *Identity {
	switch r.Kind() {
	case KindSource:
		return &r.Source.Identity
	case KindLocation:
		return &r.Location.Identity
	case KindActor:
		return &r.Actor.Identity
	case KindEvent:
		return &r.Event.Identity
	case KindTimeline:
		return &r.Timeline.Identity
	}
	return nil
}

// StableName is the name from which the record's id is derived: its first
// identifier, else its key.
func (i *Identity) StableName() string {
	if len(i.Identifiers) > 0 {
		return i.Identifiers[0].String()
	}
	return i.Key
}

// Label is the shortest thing that names the record in a message.
func (i *Identity) Label() string {
	switch {
	case i.Key != "":
		return i.Key
	case len(i.Identifiers) > 0:
		return i.Identifiers[0].String()
	}
	return i.ID
}

// ParseRecord reads one record of Tarikh's own lines. Unknown members, a second
// kind beside the first and none at all are INVALID.
func ParseRecord(line []byte) (*Record, error) {
	var r Record
	if err := strictJSON(line, &r); err != nil {
		return nil, Errorf(CodeInvalid, "%s", jsonMistake(err))
	}
	set := 0
	for _, is := range []bool{r.Source != nil, r.Location != nil, r.Actor != nil, r.Event != nil, r.Timeline != nil} {
		if is {
			set++
		}
	}
	if set != 1 {
		return nil, Errorf(CodeInvalid,
			"a record has exactly one of the members source, location, actor, event and timeline")
	}
	return &r, nil
}

// AppendJSON appends the record as one line of Tarikh's own lines, without the
// line's end. Letters of any script stand as they are.
func (r *Record) AppendJSON(b []byte) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		return b, err
	}
	return append(b, bytes.TrimRight(buf.Bytes(), "\n")...), nil
}

// jsonMistake says what is wrong with a JSON text without naming Go types.
func jsonMistake(err error) string {
	var e *json.UnmarshalTypeError
	if errors.As(err, &e) {
		// Identity is embedded: its members are the record's own.
		return "member " + strings.ReplaceAll(e.Field, "Identity.", "") + " cannot be a JSON " + e.Value
	}
	return err.Error()
}
