package export

import (
	"errors"
	"slices"

	"tarikh/timeline"
)

// ErrNotPassedOn is what a writer of [Format.New] answers to an item that may not be passed on.
// Nothing of the item was written; [Stream] never comes so far.
var ErrNotPassedOn = errors.New("the event comes from a dataset whose licence forbids passing it on")

// Item is one event as exports see it, with the facts of all that its record names. Things are
// found by any ref that they answer to, so their order means nothing, and items may share them.
type Item struct {
	Event   *timeline.EventRecord
	Places  []Place                  // the locations of the event's places
	Actors  []*timeline.Actor        // participants and whoever its claims name
	Sources []*timeline.SourceRecord // cited ones, those of its claims, and the datasets of its origins

	// Figure is KILLED by the rule asked, made without the claims that [Item.Withholds];
	// nil where no claim gives a number.
	Figure *timeline.Casualties

	// Named are the whole records that the event names, each after those that it names itself.
	// Only Tarikh's own lines write them, so that the file can be read into an empty database.
	Named []*timeline.Record
}

// Place is a location with all that lies above it, the outermost (the country) first.
type Place struct {
	*timeline.Location
	Above []*timeline.Location
}

// PassedOn says whether the event may be given to others: none of its rows is of a dataset
// whose licence forbids it. A dataset that is not among the item's sources counts as such a one.
func (it *Item) PassedOn() bool {
	return !slices.ContainsFunc(it.Event.Origins, func(o timeline.OriginRecord) bool {
		return it.forbidden(o.Dataset)
	})
}

// Withholds says whether a claim of the event stays behind when the event is passed on, because
// the licence of the claim's source forbids passing it on.
func (it *Item) Withholds(c *timeline.ClaimRecord) bool {
	return c.Source != nil && it.forbidden(*c.Source)
}

func (it *Item) forbidden(ref timeline.Ref) bool {
	s := it.source(ref)
	return s == nil || s.NotPassedOn
}

// claims are the event's claims that are passed on, as entered.
func (it *Item) claims() []timeline.ClaimRecord {
	if !slices.ContainsFunc(it.Event.Claims, it.withholds) {
		return it.Event.Claims
	}
	return slices.DeleteFunc(slices.Clone(it.Event.Claims), it.withholds)
}

func (it *Item) withholds(c timeline.ClaimRecord) bool { return it.Withholds(&c) }

// main is the event's main place: the first that is more than nearby, else the first; nil where
// it has none. "Between Timbuktu and Gao" is in neither, so NEARBY places come last.
func (it *Item) main() *timeline.PlaceRecord {
	places := it.Event.Places
	if len(places) == 0 {
		return nil
	}
	i := slices.IndexFunc(places, func(p timeline.PlaceRecord) bool {
		return p.Role != timeline.RoleNearby
	})
	return &places[max(i, 0)]
}

// place is the location that a place of the event names; nil where it names none.
func (it *Item) place(p *timeline.PlaceRecord) *Place {
	if p == nil || p.Location == nil {
		return nil
	}
	for i := range it.Places {
		l := it.Places[i].Location
		if answers(*p.Location, l.ID, l.Key, l.Identifiers) {
			return &it.Places[i]
		}
	}
	return nil
}

func (it *Item) actor(ref timeline.Ref) *timeline.Actor {
	for _, a := range it.Actors {
		if answers(ref, a.ID, a.Key, a.Identifiers) {
			return a
		}
	}
	return nil
}

func (it *Item) source(ref timeline.Ref) *timeline.SourceRecord {
	for _, s := range it.Sources {
		if answers(ref, s.ID, s.Key, s.Identifiers) || slices.Contains(s.Former, ref.Ref) {
			return s
		}
	}
	return nil
}

// answers says whether a thing answers to a ref: by its key, id or one of its identifiers.
func answers(ref timeline.Ref, id, key string, identifiers []timeline.Identifier) bool {
	if ref.Ref != "" && (ref.Ref == key || ref.Ref == id) || ref.Key != "" && ref.Key == key {
		return true
	}
	return slices.ContainsFunc(identifiers, func(i timeline.Identifier) bool {
		return i.String() == ref.Ref || slices.Contains(ref.Identifiers, i)
	})
}

// above is the nearest of a kind among a location and all above it; nil where there is none.
func (p *Place) above(kind timeline.LocationKind) *timeline.Location {
	if p == nil {
		return nil
	}
	if p.Kind == kind {
		return p.Location
	}
	for _, l := range slices.Backward(p.Above) {
		if l.Kind == kind {
			return l
		}
	}
	return nil
}
