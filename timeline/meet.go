package timeline

import (
	"reflect"
	"slices"
	"strings"
)

// Meet is what becomes of an event that is there already when a dataset's row
// speaks of it. Refs of both must be keys.
//
// An event that the dataset made takes what the row says now; what was entered by
// hand (relations, other sources' claims and citations, whether it is sensitive)
// stays. An event that somebody else made only gains the row's figures, citations
// and the row itself. A figure that changed becomes a new CURRENT claim and the old
// one SUPERSEDED. A row of an older vintage changes nothing: then the event itself
// is given back. A row without a vintage counts as the newest, until a versioned file holds it
// word for word: then it takes that vintage, so that later ones update it. made says that the event bears the key that the row would give.
func (e *EventRecord) Meet(row *EventRecord, made bool) *EventRecord {
	if older(row, e) {
		return e
	}
	met := *e
	if made && sharesDataset(e, row) {
		met.Type, met.Time, met.Tags = row.Type, row.Time, row.Tags
		met.Titles, met.Summaries = row.Titles, row.Summaries
		met.Places, met.Participants = row.Places, row.Participants
		if e.Status == StatusRetracted {
			met.Status = row.Status
		}
	}
	met.Identifiers = union(e.Identifiers, row.Identifiers, func(a, b Identifier) bool { return a == b })
	met.Claims = meetClaims(e.Claims, row.Claims)
	nameVintages(met.Claims, e.Origins, row.Origins)
	met.Citations = union(e.Citations, row.Citations, func(a, b CitationRecord) bool {
		return a.Source.Ref == b.Source.Ref
	})
	met.Origins = meetOrigins(e.Origins, row.Origins)
	return &met
}

// sharesDataset says whether the event came to be with rows of the same dataset.
func sharesDataset(e, row *EventRecord) bool {
	return slices.ContainsFunc(e.Origins, func(o OriginRecord) bool {
		return slices.ContainsFunc(row.Origins, func(p OriginRecord) bool { return o.Dataset.Ref == p.Dataset.Ref })
	})
}

// older says whether the event holds the same row of a newer vintage. A row whose vintage is not
// known counts as the newest when it comes and ever after: whoever names a vintage later has one
// that was there to be named, and must not overwrite by it what may be newer.
func older(row, e *EventRecord) bool {
	return slices.ContainsFunc(e.Origins, func(o OriginRecord) bool {
		return slices.ContainsFunc(row.Origins, func(p OriginRecord) bool {
			return sameOrigin(o, p) && newer(o.Version, p.Version) && !namesVintage(o, p)
		})
	})
}

// namesVintage says whether a row that came tells of which vintage one that is there is: it is the
// same, word for word, and only the one that is there has no vintage.
func namesVintage(there, came OriginRecord) bool {
	return sameOrigin(there, came) && there.Version == "" && came.Version != "" && there.Row == came.Row
}

// nameVintages gives the claims of rows of which the vintage is known now that vintage.
func nameVintages(claims []ClaimRecord, there, came []OriginRecord) {
	for _, o := range there {
		for _, p := range came {
			if !namesVintage(o, p) {
				continue
			}
			for i := range claims {
				c := &claims[i]
				if c.Vintage == "" && c.DatasetRow == p.DatasetRow && refName(c.Source) == p.Dataset.Ref {
					c.Vintage = p.Version
				}
			}
		}
	}
}

// newer says whether a vintage is newer than another; an unknown one is newer than every known.
func newer(a, b string) bool {
	if a == "" || b == "" {
		return b != ""
	}
	return compareVintages(a, b) > 0
}

func sameOrigin(a, b OriginRecord) bool {
	return a.Dataset.Ref == b.Dataset.Ref && a.DatasetRow == b.DatasetRow
}

// meetOrigins keeps of each row the one that came last. A row that says what it
// said before stays as it was, wherever in the file it stands now; it takes a vintage, but loses
// none, so that it is all the same which of the two files came first.
func meetOrigins(had, come []OriginRecord) []OriginRecord {
	met := slices.Clone(had)
	for _, o := range come {
		at := slices.IndexFunc(met, func(h OriginRecord) bool { return sameOrigin(h, o) })
		switch {
		case at < 0:
			met = append(met, o)
		case met[at].Row != o.Row || o.Version != "" && met[at].Version != o.Version:
			met[at] = o
		}
	}
	return met
}

// meetClaims adds the row's claims. One that is there with the same numbers stays;
// one with other numbers, and one that the row makes no longer, is superseded. Claims of
// kinds of which the row makes none were read from it by a person, and stay.
func meetClaims(had, come []ClaimRecord) []ClaimRecord {
	met := slices.Clone(had)
	for i, h := range met {
		gone := slices.ContainsFunc(come, func(c ClaimRecord) bool { return sameVoice(h, c) && h.Kind == c.Kind }) &&
			!slices.ContainsFunc(come, func(c ClaimRecord) bool { return sameStatement(h, c) })
		if gone && h.Status == ClaimCurrent {
			met[i].Status = ClaimSuperseded
		}
	}
	for _, c := range come {
		at := slices.IndexFunc(met, func(h ClaimRecord) bool { return h.Status == ClaimCurrent && sameStatement(h, c) })
		switch {
		case at < 0:
			met = append(met, c)
		case !reflect.DeepEqual(met[at].Range, c.Range):
			met[at].Status = ClaimSuperseded
			met = append(met, c)
		}
	}
	return met
}

// sameVoice says whether two claims are made by the same row of the same dataset.
func sameVoice(a, b ClaimRecord) bool {
	return a.DatasetRow != "" && a.DatasetRow == b.DatasetRow && refName(a.Source) == refName(b.Source)
}

// sameStatement says whether two claims of one dataset's row speak of the same
// losses. A person who entered a row's figure by hand may have said whose losses it
// counts, where the row itself counts everybody.
func sameStatement(a, b ClaimRecord) bool {
	sameLosses := refName(a.VictimActor) == refName(b.VictimActor) && a.Victims == b.Victims
	return sameVoice(a, b) && a.Kind == b.Kind && a.Included == b.Included && (sameLosses || !a.Included)
}

// union is a list with what another one has besides.
func union[T any](had, come []T, same func(a, b T) bool) []T {
	all := slices.Clone(had)
	for _, c := range come {
		if !slices.ContainsFunc(all, func(h T) bool { return same(h, c) }) {
			all = append(all, c)
		}
	}
	return all
}

// Renew is what becomes of an event that is there already when its maker ships it
// anew: the new record, with what datasets' rows have added to the old one (their
// claims, citations and the rows themselves). Refs of both must be keys.
func (e *EventRecord) Renew(newer *EventRecord) *EventRecord {
	if len(e.Origins) == 0 {
		return newer
	}
	renewed := *newer
	added := func(source string) bool {
		return slices.ContainsFunc(e.Origins, func(o OriginRecord) bool { return o.Dataset.Ref == source })
	}
	renewed.Origins = meetOrigins(newer.Origins, e.Origins)
	for _, c := range e.Claims {
		known := slices.ContainsFunc(newer.Claims, func(n ClaimRecord) bool {
			return n.ID == c.ID || sameStatement(n, c) && reflect.DeepEqual(n.Range, c.Range)
		})
		if c.DatasetRow != "" && added(refName(c.Source)) && !known {
			renewed.Claims = append(slices.Clone(renewed.Claims), c)
		}
	}
	renewed.Citations = union(newer.Citations, e.Citations, func(a, b CitationRecord) bool {
		return a.Source.Ref == b.Source.Ref
	})
	renewed.Identifiers = union(newer.Identifiers, e.Identifiers, func(a, b Identifier) bool { return a == b })
	return &renewed
}

// Retract withdraws what rows of a dataset say that its given version holds no longer:
// their claims become RETRACTED, and the event, too, where the dataset made it, no row of
// it is left, and nobody else claims anything. held are the rows that the version has; an
// empty version is the newest. Rows of a newer one stay. Refs must be keys.
func (e *EventRecord) Retract(dataset, version string, held map[string]bool) (changed bool) {
	gone := func(row string) bool { return row != "" && !held[row] && !e.hasNewer(dataset, row, version) }
	for i := range e.Claims {
		c := &e.Claims[i]
		if refName(c.Source) == dataset && c.Status == ClaimCurrent && gone(c.DatasetRow) {
			c.Status, changed = ClaimRetracted, true
		}
	}
	others := slices.ContainsFunc(e.Claims, func(c ClaimRecord) bool {
		return c.DatasetRow == "" || refName(c.Source) != dataset
	})
	made, left := false, false
	for _, o := range e.Origins {
		made = made || o.Dataset.Ref == dataset && MadeByRow(e.Key, o.DatasetRow)
		left = left || o.Dataset.Ref != dataset || !gone(o.DatasetRow)
	}
	if made && !left && !others && e.Status != StatusRetracted {
		e.Status, changed = StatusRetracted, true
	}
	return changed
}

// MadeByRow says whether an event's key is one that a dataset's row of that number gave it:
// then the event is the row's, and not somebody else's that the row merely speaks of.
func MadeByRow(key, row string) bool {
	return row != "" && strings.HasSuffix(key, Slug(row))
}

// hasNewer says whether the event has that row of a dataset in a newer version.
func (e *EventRecord) hasNewer(dataset, row, version string) bool {
	return slices.ContainsFunc(e.Origins, func(o OriginRecord) bool {
		return o.Dataset.Ref == dataset && o.DatasetRow == row && newer(o.Version, version)
	})
}
