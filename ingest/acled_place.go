package ingest

import "tarikh/timeline"

// place says where a row's event was. geo_precision 1 is the place itself, 2 near it or in its
// surroundings, 3 a larger region for which the coordinates of its capital stand: then the place
// is the region, never the capital.
func (a *acled) place(
	r row, country *spot, point *timeline.Point,
) ([]timeline.PlaceRecord, []timeline.Problem) {
	region := orSpot(a.atlas.unit(r.line, timeline.LocationRegion, r.cell("admin1"), country), country)
	above := orSpot(a.atlas.unit(r.line, timeline.LocationDistrict, r.cell("admin2"), region), region)
	above = orSpot(a.atlas.unit(r.line, timeline.LocationCommune, r.cell("admin3"), above), above)
	name := r.cell("location")
	p := timeline.PlaceRecord{Role: timeline.RoleSite, Point: point, Words: name}
	if r.cell("geo_precision") == "3" {
		p.Location, p.Precision = region.ref(), region.precision()
		return placed(p), nil
	}
	p.Precision = timeline.PlaceExact
	if r.cell("geo_precision") == "2" {
		p.Precision = timeline.PlaceNear
	}
	if name == "" {
		p.Location = above.ref()
		p.Precision = above.precision()
		return placed(p), nil
	}
	s, notes := a.atlas.place(r.line, name, above, point)
	p.Location = s.ref()
	return placed(p), notes
}

// placed is the list of one place, empty where nothing is known of it.
func placed(p timeline.PlaceRecord) []timeline.PlaceRecord {
	if p.Location == nil && p.Point == nil && p.Words == "" {
		return nil
	}
	return []timeline.PlaceRecord{p}
}
