package index

import (
	"slices"

	"tarikh/timeline"
)

// values is what events have under a field, as numbers: rows of records, or words numbered as they
// come up.
type values struct {
	appendOf func(to []int64, e *Event) []int64 // those of one event, each once
	want     want                               // the facts that it looks at
	key      func(v int64) string
	recorded bool // they are rows
	single   bool // an event has one

	lists  *lists // where segments list them; nil: nowhere
	column column // where segments keep the one; nil: nowhere
	number func(word string) int64
}

// valuesOf is the values of a field. Whatever a filter of that value would not find is no value:
// what is only near a place is not at it.
func (x *Index) valuesOf(by timeline.FacetField) *values {
	switch by {
	case timeline.FacetActor:
		return &values{appendOf: x.actorsOf, want: wantParticipants, key: func(v int64) string { return x.Actor(v).Key }, recorded: true, lists: x.recordLists(by)}
	case timeline.FacetLocation, timeline.FacetRegion, timeline.FacetCountry:
		return &values{appendOf: x.locationsOf(by), want: wantPlaces, key: func(v int64) string { return x.Location(v).Key }, recorded: true, lists: x.recordLists(by)}
	case timeline.FacetSource:
		return &values{appendOf: x.sourcesOf, want: wantSources, key: func(v int64) string { return x.Source(v).Key }, recorded: true, lists: x.recordLists(by)}
	case timeline.FacetType:
		return wordBy(typeColumn, func(e *Event) string { return e.Type })
	case timeline.FacetStatus:
		return wordBy(statusColumn, func(e *Event) string { return string(e.Status) })
	case timeline.FacetTag:
		return wordsBy(wantTags, func(e *Event, word func(string)) {
			for _, tag := range e.Tags {
				word(tag)
			}
		})
	}
	return wordsBy(wantSources, func(e *Event, word func(string)) {
		x.someSource(e, func(s *Source) bool {
			if s != nil && s.Lang != "" {
				word(string(s.Lang))
			}
			return false
		})
	})
}

// vocabulary numbers words in the order in which they come up.
type vocabulary struct {
	numbers map[string]int64
	words   []string
}

func (v *vocabulary) number(word string) int64 {
	n, ok := v.numbers[word]
	if !ok {
		n = int64(len(v.words))
		v.numbers[word], v.words = n, append(v.words, word)
	}
	return n
}

func (v *vocabulary) word(n int64) string { return v.words[n] }

// wordsBy is the words that events have.
func wordsBy(w want, each func(e *Event, word func(string))) *values {
	known := &vocabulary{numbers: map[string]int64{}}
	return &values{
		want: w,
		appendOf: func(to []int64, e *Event) []int64 {
			each(e, func(word string) { to = appendNew(to, known.number(word)) })
			return to
		},
		key: known.word,
	}
}

// wordBy is the one word that every event has.
func wordBy(kept column, of func(*Event) string) *values {
	known := &vocabulary{numbers: map[string]int64{}}
	last, number := "", int64(-1) // events that follow each other often have the same
	return &values{
		appendOf: func(to []int64, e *Event) []int64 {
			if word := of(e); number < 0 || word != last {
				last, number = word, known.number(word)
			}
			return append(to, number)
		},
		want: wantWords, key: known.word, single: true, column: kept, number: known.number,
	}
}

// actorsOf appends who takes part, without generic actors.
func (x *Index) actorsOf(to []int64, e *Event) []int64 {
	for i := range e.Participants {
		row := e.Participants[i].Actor
		if x.isActor(row) {
			to = appendNew(to, row)
		}
	}
	return to
}

// sourcesOf appends the sources that are cited or behind a claim.
func (x *Index) sourcesOf(to []int64, e *Event) []int64 {
	x.someSource(e, func(s *Source) bool {
		if s != nil {
			to = appendNew(to, s.Row)
		}
		return false
	})
	return to
}

// locationsOf gives what appends an event's locations or, of a kind, what is that kind of them and
// above them. The way up from a location is walked once.
func (x *Index) locationsOf(by timeline.FacetField) func(to []int64, e *Event) []int64 {
	kind := map[timeline.FacetField]timeline.LocationKind{
		timeline.FacetRegion: timeline.LocationRegion, timeline.FacetCountry: timeline.LocationCountry}[by]
	known := map[int64][]int64{}
	at := func(row int64) []int64 {
		found, ok := known[row]
		if !ok {
			found = x.atOrAbove(row, kind)
			known[row] = found
		}
		return found
	}
	return func(to []int64, e *Event) []int64 {
		for i := range e.Places {
			if p := &e.Places[i]; p.Role != timeline.RoleNearby && p.Location != 0 {
				for _, row := range at(p.Location) {
					to = appendNew(to, row)
				}
			}
		}
		return to
	}
}

// atOrAbove is a location itself, or those of a kind among it and what is above it.
func (x *Index) atOrAbove(row int64, kind timeline.LocationKind) []int64 {
	if kind == "" {
		if x.Location(row) == nil {
			return nil
		}
		return []int64{row}
	}
	return slices.DeleteFunc(append(x.Ancestors(row), row), func(row int64) bool {
		l := x.Location(row)
		return l == nil || l.Kind != kind
	})
}
