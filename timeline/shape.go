package timeline

import (
	"fmt"

	"tarikh/edtf"
)

// The shape of a selection: how it lies in time, under which values, and where. What each figure
// counts stands in the schema.
type (
	// BucketUnit is how wide the buckets of a time axis are.
	BucketUnit string
	// FacetField is what the events of a selection are counted by.
	FacetField string
)

// The values of both enums, as the schema writes and describes them.
const (
	ByDay     BucketUnit = "DAY"
	ByWeek    BucketUnit = "WEEK"
	ByMonth   BucketUnit = "MONTH"
	ByQuarter BucketUnit = "QUARTER"
	ByYear    BucketUnit = "YEAR"
	ByDecade  BucketUnit = "DECADE"

	FacetType     FacetField = "TYPE"
	FacetActor    FacetField = "ACTOR"
	FacetLocation FacetField = "LOCATION"
	FacetRegion   FacetField = "REGION"
	FacetCountry  FacetField = "COUNTRY"
	FacetSource   FacetField = "SOURCE"
	FacetStatus   FacetField = "STATUS"
	FacetTag      FacetField = "TAG"
	FacetLanguage FacetField = "LANGUAGE"
)

// Limits of what is asked of a selection.
const (
	MaxBuckets   = 1500 // buckets of one axis
	MaxSplits    = 10   // keys that buckets are split by; what is left is counted under OtherKey
	MaxFacets    = 500  // values of one facet list
	DefaultFacet = 10   // values where first is not given
	MaxClusters  = 5000 // clusters of one map
	MaxZoom      = 22   // the deepest zoom of a map, a cell of about two metres
)

// OtherKey is the key under which splits count what is not among the largest keys. A value whose
// own key it is (the event type other, a tag of that name) is always counted there.
const OtherKey = "other"

// Bucket is how many events of a selection touch a run of days, both inclusive.
type Bucket struct {
	Start, End edtf.Day
	Certain    int // surely
	Possible   int // may; the certain ones counted too
	Splits     []*Facet
}

// Histogram is the numbers of buckets as lists.
type Histogram struct {
	Starts   []edtf.Day
	End      *edtf.Day // of the last bucket; nil: there is none
	Certain  []int
	Possible []int
	Keys     []string
	Splits   [][]int // one list for each key, one number for each bucket
}

// Numbers is how many numbers and days the histogram holds: what it costs to send.
func (h *Histogram) Numbers() int { return len(h.Starts) * (3 + len(h.Splits)) }

// Facet is one value of a field and how many events have it. Row and Cohort are those of the
// record that the value is; row 0: it is none.
type Facet struct {
	Family
	By    FacetField
	Key   string
	Count int
}

// Extent is between which days and where the events of a selection lie.
type Extent struct {
	Earliest, Latest *edtf.Day
	Bbox             []float64 // west, south, east, north; nil: no event has a position
}

// Cluster is the events of one precision in one cell of a map or, of the precisions that are no
// position, at one location.
type Cluster struct {
	Family                // of its location; row 0: it has none, or several
	Point       Point     // in the middle of its places
	Bbox        []float64 // of its places: west, south, east, north
	Count       int
	Precision   PlacePrecision
	EventFamily Family // the only event; row 0: there are several
}

// CheckFacets says what is wrong with how many values are asked for: a negative number is INVALID,
// more than MaxFacets TOO_LARGE. The number is first, DefaultFacet where it is nil.
func CheckFacets(by FacetField, first *int) (int, error) {
	if !knownWord("FacetField", by) {
		return 0, Invalidf("by", "%q is no FacetField", string(by))
	}
	switch {
	case first == nil:
		return DefaultFacet, nil
	case *first < 0:
		return 0, Invalidf("first", "first cannot be negative")
	case *first > MaxFacets:
		return 0, &Error{Code: CodeTooLarge, Field: "first", Message: fmt.Sprintf(
			"%d values are more than the %d that one list gives; ask for the largest %d, or of a smaller selection",
			*first, MaxFacets, MaxFacets)}
	}
	return *first, nil
}

// CheckMap says what is wrong with the box and zoom of a map; all of it is INVALID.
func CheckMap(bbox []float64, zoom int) error {
	var v validation
	if len(bbox) == 0 {
		return Invalidf("bbox", "a map needs its bbox: west, south, east, north in degrees")
	}
	v.bbox("bbox", bbox)
	if zoom < 0 || zoom > MaxZoom {
		v.invalid("zoom", "a zoom is 0 (the whole world) to %d; %d is none", MaxZoom, zoom)
	}
	return v.result()
}

// Without is the filter without what its top level says of a field's own values, so that a list of
// facets can show what else could be chosen: TYPE drops type; ACTOR actor and participants;
// LOCATION, REGION and COUNTRY place; SOURCE and LANGUAGE sources; STATUS status; TAG tags. What
// and, or and not hold stays.
func (w *EventWhere) Without(by FacetField) *EventWhere {
	if w == nil {
		return nil
	}
	rest := *w
	switch by {
	case FacetType:
		rest.Type = nil
	case FacetActor:
		rest.Actor, rest.Participants = nil, nil
	case FacetLocation, FacetRegion, FacetCountry:
		rest.Place = nil
	case FacetSource, FacetLanguage:
		rest.Sources = nil
	case FacetStatus:
		rest.Status = nil
	case FacetTag:
		rest.Tags = nil
	}
	return &rest
}
