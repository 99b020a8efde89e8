package timeline

import "slices"

// The controlled words of the field. Each type's values are the very names of the
// schema's enum of the same name; a test compares the two.
type (
	// EventStatus says how well an event is attested.
	EventStatus string
	// PlaceRole says what a place was to an event.
	PlaceRole string
	// PlacePrecision says how exactly an event is placed: what is meant, never a
	// dataset's digit.
	PlacePrecision string
	// ParticipantRole says what an actor did in an event.
	ParticipantRole string
	// Certainty says how sure a participation is.
	Certainty string
	// ClaimKind says what a claim is about.
	ClaimKind string
	// ClaimStatus says whether a claim still stands.
	ClaimStatus string
	// SourceKind says what sort of document a source is.
	SourceKind string
	// ActorKind says what sort of actor it is.
	ActorKind string
	// ActorRelationKind relates one actor to another, read from this to the other.
	ActorRelationKind string
	// NameKind says what sort of name it is.
	NameKind string
	// LocationKind is a location's level.
	LocationKind string
	// EventRelationKind relates one event to another, read from this to the other.
	EventRelationKind string
	// ActorLineage widens a filter on actors.
	ActorLineage string
	// TimeMode chooses between what may and what surely happened in a window.
	TimeMode string
	// CasualtyRule says how competing claims become one figure.
	CasualtyRule string
	// Direction of an order.
	Direction string
	// EventOrderField is what events are ordered by.
	EventOrderField string
	// ActorOrderField is what actors are ordered by.
	ActorOrderField string
	// LocationOrderField is what locations are ordered by.
	LocationOrderField string
	// SearchKind is a kind of record that is searched.
	SearchKind string
	// MatchKind says how a text matched.
	MatchKind string
)

// The values of every enum, as the schema writes and describes them.
const (
	StatusReported     EventStatus = "REPORTED"
	StatusCorroborated EventStatus = "CORROBORATED"
	StatusDisputed     EventStatus = "DISPUTED"
	StatusVerified     EventStatus = "VERIFIED"
	StatusRetracted    EventStatus = "RETRACTED"

	RoleSite        PlaceRole = "SITE"
	RoleOrigin      PlaceRole = "ORIGIN"
	RoleDestination PlaceRole = "DESTINATION"
	RoleNearby      PlaceRole = "NEARBY"

	PlaceExact    PlacePrecision = "EXACT"
	PlaceNear     PlacePrecision = "NEAR"
	PlaceDistrict PlacePrecision = "DISTRICT"
	PlaceRegion   PlacePrecision = "REGION"
	PlaceCountry  PlacePrecision = "COUNTRY"
	PlaceUnknown  PlacePrecision = "UNKNOWN"

	RolePerpetrator ParticipantRole = "PERPETRATOR"
	RoleTarget      ParticipantRole = "TARGET"
	RoleParty       ParticipantRole = "PARTY"
	RoleVictim      ParticipantRole = "VICTIM"
	RoleResponder   ParticipantRole = "RESPONDER"
	RoleMediator    ParticipantRole = "MEDIATOR"
	RoleSpeaker     ParticipantRole = "SPEAKER"
	RoleOther       ParticipantRole = "OTHER"

	CertaintyConfirmed Certainty = "CONFIRMED"
	CertaintyClaimed   Certainty = "CLAIMED"
	CertaintyAlleged   Certainty = "ALLEGED"
	CertaintyAndOr     Certainty = "AND_OR"

	ClaimKilled         ClaimKind = "KILLED"
	ClaimInjured        ClaimKind = "INJURED"
	ClaimCaptured       ClaimKind = "CAPTURED"
	ClaimAbducted       ClaimKind = "ABDUCTED"
	ClaimDisplaced      ClaimKind = "DISPLACED"
	ClaimResponsibility ClaimKind = "RESPONSIBILITY"
	ClaimOther          ClaimKind = "OTHER"

	ClaimCurrent    ClaimStatus = "CURRENT"
	ClaimSuperseded ClaimStatus = "SUPERSEDED"
	ClaimRetracted  ClaimStatus = "RETRACTED"

	SourceArticle   SourceKind = "ARTICLE"
	SourceStatement SourceKind = "STATEMENT"
	SourceDataset   SourceKind = "DATASET"
	SourceReport    SourceKind = "REPORT"
	SourceBook      SourceKind = "BOOK"
	SourceOther     SourceKind = "OTHER"

	ActorState           ActorKind = "STATE"
	ActorStateForces     ActorKind = "STATE_FORCES"
	ActorArmedGroup      ActorKind = "ARMED_GROUP"
	ActorAlliance        ActorKind = "ALLIANCE"
	ActorMilitia         ActorKind = "MILITIA"
	ActorCommunity       ActorKind = "COMMUNITY"
	ActorCivilians       ActorKind = "CIVILIANS"
	ActorInternational   ActorKind = "INTERNATIONAL_ORGANISATION"
	ActorPeacekeepers    ActorKind = "PEACEKEEPERS"
	ActorPrivateMilitary ActorKind = "PRIVATE_MILITARY"
	ActorParty           ActorKind = "PARTY"
	ActorCompany         ActorKind = "COMPANY"
	ActorMedia           ActorKind = "MEDIA"
	ActorCourt           ActorKind = "COURT"
	ActorPerson          ActorKind = "PERSON"
	ActorUnidentified    ActorKind = "UNIDENTIFIED"
	ActorOther           ActorKind = "OTHER"

	RelationPredecessor ActorRelationKind = "PREDECESSOR"
	RelationSuccessor   ActorRelationKind = "SUCCESSOR"
	RelationComponent   ActorRelationKind = "COMPONENT"
	RelationMemberOf    ActorRelationKind = "MEMBER_OF"
	RelationSplinter    ActorRelationKind = "SPLINTER"
	RelationAlly        ActorRelationKind = "ALLY"
	RelationLedBy       ActorRelationKind = "LED_BY"
	RelationLeads       ActorRelationKind = "LEADS"
	RelationPartOfState ActorRelationKind = "PART_OF_STATE"

	NamePreferred       NameKind = "PREFERRED"
	NameAlias           NameKind = "ALIAS"
	NameAbbreviation    NameKind = "ABBREVIATION"
	NameFormer          NameKind = "FORMER"
	NameTransliteration NameKind = "TRANSLITERATION"

	LocationCountry  LocationKind = "COUNTRY"
	LocationRegion   LocationKind = "REGION"
	LocationDistrict LocationKind = "DISTRICT"
	LocationCommune  LocationKind = "COMMUNE"
	LocationCity     LocationKind = "CITY"
	LocationVillage  LocationKind = "VILLAGE"
	LocationSite     LocationKind = "SITE"
	LocationArea     LocationKind = "AREA"

	EventPartOf      EventRelationKind = "PART_OF"
	EventFollows     EventRelationKind = "FOLLOWS"
	EventResponseTo  EventRelationKind = "RESPONSE_TO"
	EventSameAs      EventRelationKind = "SAME_AS"
	EventContradicts EventRelationKind = "CONTRADICTS"

	LineageComponents   ActorLineage = "COMPONENTS"
	LineagePredecessors ActorLineage = "PREDECESSORS"
	LineageSuccessors   ActorLineage = "SUCCESSORS"

	ModePossible TimeMode = "POSSIBLE"
	ModeCertain  TimeMode = "CERTAIN"

	RuleRange   CasualtyRule = "RANGE"
	RuleLowest  CasualtyRule = "LOWEST"
	RuleLatest  CasualtyRule = "LATEST"
	RuleDataset CasualtyRule = "DATASET"

	Ascending  Direction = "ASC"
	Descending Direction = "DESC"

	OrderTime      EventOrderField = "TIME"
	OrderTitle     EventOrderField = "TITLE"
	OrderKilled    EventOrderField = "KILLED"
	OrderUpdated   EventOrderField = "UPDATED"
	OrderRelevance EventOrderField = "RELEVANCE"

	OrderActorName   ActorOrderField = "NAME"
	OrderActorEvents ActorOrderField = "EVENTS"

	OrderLocationName   LocationOrderField = "NAME"
	OrderLocationEvents LocationOrderField = "EVENTS"

	SearchEvents    SearchKind = "EVENT"
	SearchActors    SearchKind = "ACTOR"
	SearchLocations SearchKind = "LOCATION"
	SearchSources   SearchKind = "SOURCE"

	MatchExact    MatchKind = "EXACT"
	MatchFolded   MatchKind = "FOLDED"
	MatchAlias    MatchKind = "ALIAS"
	MatchPrefix   MatchKind = "PREFIX"
	MatchSkeleton MatchKind = "SKELETON"
)

// MatchKinds lists the ways of matching, the best first.
func MatchKinds() []MatchKind {
	return []MatchKind{MatchExact, MatchFolded, MatchAlias, MatchPrefix, MatchSkeleton}
}

// Words lists the values of every enum by the enum's name in the schema.
func Words() map[string][]string {
	return map[string][]string{
		"EventStatus":        {"REPORTED", "CORROBORATED", "DISPUTED", "VERIFIED", "RETRACTED"},
		"PlaceRole":          {"SITE", "ORIGIN", "DESTINATION", "NEARBY"},
		"PlacePrecision":     {"EXACT", "NEAR", "DISTRICT", "REGION", "COUNTRY", "UNKNOWN"},
		"ParticipantRole":    {"PERPETRATOR", "TARGET", "PARTY", "VICTIM", "RESPONDER", "MEDIATOR", "SPEAKER", "OTHER"},
		"Certainty":          {"CONFIRMED", "CLAIMED", "ALLEGED", "AND_OR"},
		"ClaimKind":          {"KILLED", "INJURED", "CAPTURED", "ABDUCTED", "DISPLACED", "RESPONSIBILITY", "OTHER"},
		"ClaimStatus":        {"CURRENT", "SUPERSEDED", "RETRACTED"},
		"SourceKind":         {"ARTICLE", "STATEMENT", "DATASET", "REPORT", "BOOK", "OTHER"},
		"ActorKind":          {"STATE", "STATE_FORCES", "ARMED_GROUP", "ALLIANCE", "MILITIA", "COMMUNITY", "CIVILIANS", "INTERNATIONAL_ORGANISATION", "PEACEKEEPERS", "PRIVATE_MILITARY", "PARTY", "COMPANY", "MEDIA", "COURT", "PERSON", "UNIDENTIFIED", "OTHER"},
		"ActorRelationKind":  {"PREDECESSOR", "SUCCESSOR", "COMPONENT", "MEMBER_OF", "SPLINTER", "ALLY", "LED_BY", "LEADS", "PART_OF_STATE"},
		"NameKind":           {"PREFERRED", "ALIAS", "ABBREVIATION", "FORMER", "TRANSLITERATION"},
		"LocationKind":       {"COUNTRY", "REGION", "DISTRICT", "COMMUNE", "CITY", "VILLAGE", "SITE", "AREA"},
		"EventRelationKind":  {"PART_OF", "FOLLOWS", "RESPONSE_TO", "SAME_AS", "CONTRADICTS"},
		"ActorLineage":       {"COMPONENTS", "PREDECESSORS", "SUCCESSORS"},
		"TimeMode":           {"POSSIBLE", "CERTAIN"},
		"CasualtyRule":       {"RANGE", "LOWEST", "LATEST", "DATASET"},
		"Direction":          {"ASC", "DESC"},
		"BucketUnit":         {"DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "DECADE"},
		"FacetField":         {"TYPE", "ACTOR", "LOCATION", "REGION", "COUNTRY", "SOURCE", "STATUS", "TAG", "LANGUAGE"},
		"EventOrderField":    {"TIME", "TITLE", "KILLED", "UPDATED", "RELEVANCE"},
		"ActorOrderField":    {"NAME", "EVENTS"},
		"LocationOrderField": {"NAME", "EVENTS"},
		"SearchKind":         {"EVENT", "ACTOR", "LOCATION", "SOURCE"},
		"MatchKind":          {"EXACT", "FOLDED", "ALIAS", "PREFIX", "SKELETON"},
		"TimePrecision":      {"DAY", "MONTH", "SEASON", "YEAR", "DECADE", "CENTURY", "SPAN"},
		"TextDirection":      {"LTR", "RTL"},
	}
}

// vocabulary is [Words], built once and never changed: checks ask it for every word.
var vocabulary = Words()

// knownWord says whether word is a value of the enum.
func knownWord[E ~string](enum string, word E) bool {
	return slices.Contains(vocabulary[enum], string(word))
}
