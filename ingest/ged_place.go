package ingest

import (
	"strings"

	"tarikh/timeline"
)

// gedPlace is the place of a row's event, as a record and for its title.
type gedPlace struct {
	record *timeline.PlaceRecord // nil: nothing is known
	spot   *spot                 // nil: it is in no place of the tree
}

// nearKm is within how many kilometres of the place that it names a row of where_prec 2 lies, by
// UCDP's codebook.
const nearKm = 25

// place says where a row's event was. where_prec decides which level of the tree is meant; the
// coordinates of 3 to 6 are centroids and never a place of their own.
func (g *ged) place(r row, country *spot, point *timeline.Point) (gedPlace, []timeline.Problem) {
	region := g.atlas.unit(r.line, timeline.LocationRegion, r.cell("adm_1"), country)
	district := g.atlas.unit(r.line, timeline.LocationDistrict, r.cell("adm_2"), orSpot(region, country))
	p := timeline.PlaceRecord{Role: timeline.RoleSite, Point: point, Words: gedWords(r)}
	var s *spot
	var notes []timeline.Problem
	switch r.cell("where_prec") {
	case "1":
		s, notes = g.named(r, country, region, district, point)
		p.Precision = timeline.PlaceExact
	case "2":
		s, notes = g.named(r, country, region, district, point)
		km := float64(nearKm)
		p.Precision, p.RadiusKm = timeline.PlaceNear, &km
	case "3", "5":
		s = orSpot(district, orSpot(region, country))
		p.Precision = s.precision()
	case "4":
		s = orSpot(region, country)
		p.Precision = s.precision()
	case "6":
		s, p.Precision = country, timeline.PlaceCountry
	default: // 7: at sea or in international airspace
		p.Precision = timeline.PlaceUnknown
	}
	p.Location = s.ref()
	if p.Location == nil && p.Point == nil && p.Words == "" {
		return gedPlace{}, notes
	}
	return gedPlace{record: &p, spot: s}, notes
}

// named is the place that where_coordinates names: a settlement or a site, or the district or
// region itself where the row names that.
func (g *ged) named(
	r row, country, region, district *spot, point *timeline.Point,
) (*spot, []timeline.Problem) {
	written := r.cell("where_coordinates")
	switch {
	case written == "":
		return orSpot(district, orSpot(region, country)), nil
	case district != nil && written == r.cell("adm_2"):
		return district, nil
	case region != nil && written == r.cell("adm_1"):
		return region, nil
	case country != nil && strings.EqualFold(written, country.name):
		return country, nil
	}
	return g.atlas.place(r.line, written, orSpot(district, orSpot(region, country)), point)
}

// precision is how exactly something is placed of which this is all that is known.
func (s *spot) precision() timeline.PlacePrecision {
	switch {
	case s == nil:
		return timeline.PlaceUnknown
	case s.kind == timeline.LocationDistrict:
		return timeline.PlaceDistrict
	case s.kind == timeline.LocationRegion:
		return timeline.PlaceRegion
	}
	return timeline.PlaceCountry
}

// gedWords are the row's own words for the place.
func gedWords(r row) string {
	at, about := r.cell("where_coordinates"), r.cell("where_description")
	switch {
	case about == "" || about == at:
		return at
	case at == "":
		return about
	}
	return at + ": " + about
}

// orSpot is a place, or another where it is not known.
func orSpot(s, other *spot) *spot {
	if s == nil {
		return other
	}
	return s
}
