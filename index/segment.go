package index

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"tarikh/edtf"
	"tarikh/timeline"
)

// A segment is many events in flat columns, numbered from 0 in the order of time, the undated last:
// their ordinals. It never changes. An event that changed or is gone since is masked by the index
// that holds the segment (see [parted]). No column holds pointers, so that a million events cost the
// garbage collector nothing, and all of them can be written to a file as they are.
type segment struct {
	n     int // events
	dated int // of them, those with a day; their ordinals are the lower ones

	row                []uint32
	startMin, startMax []int32 // days, see packDay
	endMin, endMax     []int32
	flags              []uint8 // of the time
	precision          []uint8 // of the time; with kind and status numbers of codes
	kind, status       []uint8
	updated            []int64 // milliseconds since 1970 began
	killed             []int32 // what KILLED orders by; unknownFigure: no figure

	at    []uint32 // where in facts those of each event begin; one more than there are events
	facts []byte   // everything else, see encoder
	words []string // what number stands for what word in facts
	codes []string // the same for the columns

	far map[uint32]timeline.Time // times with a day beyond packDay

	base    uint32   // the lowest row
	byRow   []uint32 // the ordinal and one, by row less base; 0: not here
	byRef   hashed   // of refs
	byClaim hashed   // of the ids of claims

	deadly deadly

	late []int32 // of each block of blockSize ordinals the last day on which one may have ended

	types, statuses, precisions postings
	tags                        postings // by the number of the word
	locations                   postings // of places that are not merely near
	actors, sources             postings // sources cited or behind a claim

	related    *roaring.Bitmap // with relations
	qualified  *roaring.Bitmap // approximate or uncertain
	open       *roaring.Bitmap // of an open end
	placed     *roaring.Bitmap // known to be somewhere
	positioned *roaring.Bitmap // with an exact or near place that is not merely nearby
	disputable *roaring.Bitmap // with several claims

	titles *titleColumn
	texts  *keptTexts
}

const (
	blockSize     = 512
	unknownFigure = math.MinInt32
	hugeFigure    = math.MaxInt32
)

// want says which facts are wanted of an event: what is not costs no time.
type want uint16

const (
	wantTime  want = 1 << iota
	wantWords      // type, status, updated
	wantPlaces
	wantParticipants
	wantCitations
	wantSources // of the claims no more than their sources, and the citations
	wantClaims
	wantTags
	wantRelations
	wantID
	wantRefs // and the key; id besides

	wantPacked = wantPlaces | wantParticipants | wantCitations | wantSources | wantClaims | wantTags | wantRelations |
		wantID | wantRefs
	wantFacts = wantTime | wantWords | wantPacked
)

// fill writes the wanted facts of an event into e, whose lists are used again. What was not wanted
// is left as it was in e, which has to be seen as empty.
func (s *segment) fill(o uint32, e *Event, w want) {
	e.Row = int64(s.row[o])
	if w&wantTime != 0 {
		e.Time = s.time(o)
	}
	if w&wantWords != 0 {
		e.Type, e.Status = s.codes[s.kind[o]], timeline.EventStatus(s.codes[s.status[o]])
		e.Updated = s.updated[o]
	}
	if w &= wantPacked; w != 0 {
		if w&wantRefs != 0 {
			w |= wantID
		}
		d := decoder{s.words, s.facts[s.at[o]:s.at[o+1]]}
		d.event(e, w)
	}
}

// postings are all inverted lists.
func (s *segment) postings() []*postings {
	return []*postings{&s.types, &s.statuses, &s.precisions, &s.tags, &s.locations, &s.actors, &s.sources}
}

// bitmaps are all sets of ordinals.
func (s *segment) bitmaps() []**roaring.Bitmap {
	return []**roaring.Bitmap{&s.related, &s.qualified, &s.open, &s.placed, &s.positioned, &s.disputable}
}

// event is an event by itself, with all facts but titles.
func (s *segment) event(o uint32) *Event {
	e := &Event{}
	s.fill(o, e, wantFacts)
	return e
}

// find is the ordinal of a row.
func (s *segment) find(row int64) (o uint32, ok bool) {
	i := row - int64(s.base)
	if i < 0 || i >= int64(len(s.byRow)) || s.byRow[i] == 0 {
		return 0, false
	}
	return s.byRow[i] - 1, true
}

// Days are kept in 32 bits, with their two ends for the days that are none. What lies beyond (more
// than five million years away) is kept aside whole.
const (
	pastDay   = math.MinInt32
	futureDay = math.MaxInt32
)

func packDay(d edtf.Day) (packed int32, ok bool) {
	switch {
	case d == edtf.DistantPast:
		return pastDay, true
	case d == edtf.DistantFuture:
		return futureDay, true
	case d <= pastDay:
		return pastDay + 1, false
	case d >= futureDay:
		return futureDay - 1, false
	}
	return int32(d), true
}

func unpackDay(d int32) edtf.Day {
	switch d {
	case pastDay:
		return edtf.DistantPast
	case futureDay:
		return edtf.DistantFuture
	}
	return edtf.Day(d)
}

// The bits of a time's flags.
const (
	flagOpenStart = 1 << iota
	flagOpenEnd
	flagApproximate
	flagUncertain
	flagFar
)

func packFlags(t *timeline.Time) (f uint8) {
	for _, bit := range []struct {
		flag uint8
		on   bool
	}{
		{flagOpenStart, t.Start.Open}, {flagOpenEnd, t.End.Open},
		{flagApproximate, t.Approximate}, {flagUncertain, t.Uncertain},
	} {
		if bit.on {
			f |= bit.flag
		}
	}
	return f
}

// setFlags undoes packFlags.
func setFlags(t *timeline.Time, f uint8) {
	t.Start.Open, t.End.Open = f&flagOpenStart != 0, f&flagOpenEnd != 0
	t.Approximate, t.Uncertain = f&flagApproximate != 0, f&flagUncertain != 0
}

// time is an event's time, without the text that it was written as.
func (s *segment) time(o uint32) timeline.Time {
	f := s.flags[o]
	if f&flagFar != 0 {
		return s.far[o]
	}
	t := timeline.Time{
		Start:     edtf.Bounds{First: unpackDay(s.startMin[o]), Last: unpackDay(s.startMax[o])},
		End:       edtf.Bounds{First: unpackDay(s.endMin[o]), Last: unpackDay(s.endMax[o])},
		Precision: edtf.Precision(s.codes[s.precision[o]]),
	}
	setFlags(&t, f)
	return t
}
