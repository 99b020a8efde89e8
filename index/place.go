package index

import (
	"math"
	"slices"

	"tarikh/timeline"
)

// earthRadius is the mean radius of the earth in kilometres (IUGG: (2a + b) / 3 of WGS 84).
const earthRadius = 6371.0088

// place is the test of place: its members hold for one and the same place of the event.
func (c *compiler) place(w *timeline.EventWhere, field string) (test[*Event], error) {
	p := w.Place
	if p == nil {
		return nil, nil
	}
	tests, err := c.placeTests(p, field+".place")
	if err != nil {
		return nil, err
	}
	var parts []test[*Event]
	if p.Known != nil && *p.Known {
		tests = append(tests, isKnown)
	}
	if p.Known != nil && !*p.Known {
		parts = append(parts, func(e *Event) bool { return !somePlace(e, isKnown) })
	}
	if len(tests) > 0 {
		one := all(tests)
		parts = append(parts, func(e *Event) bool { return somePlace(e, one) })
	}
	return allOrNil(parts), nil
}

// placeTests is the tests of the members that describe one place.
func (c *compiler) placeTests(w *timeline.PlaceWhere, field string) ([]test[*Place], error) {
	var tests []test[*Place]
	if w.Within != nil {
		rows, err := c.rows(timeline.KindLocation, w.Within, field+".within")
		if err != nil {
			return nil, err
		}
		tests = append(tests, located(c.x.below(rows)))
	}
	if w.Exactly != nil {
		rows, err := c.rows(timeline.KindLocation, w.Exactly, field+".exactly")
		if err != nil {
			return nil, err
		}
		tests = append(tests, located(setOf(rows)))
	}
	if w.Bbox != nil {
		tests = append(tests, c.positioned(w, inBox(w.Bbox)))
	}
	if w.Near != nil {
		tests = append(tests, c.positioned(w, inCircle(w.Near)))
	}
	if w.Precision != nil {
		precision := func(p *Place) timeline.PlacePrecision { return p.Precision }
		tests = append(tests, member(w.Precision, precision))
	}
	return tests, nil
}

// located is the test that a place is at one of the locations. What is near a place is not at it.
func located(locations map[int64]bool) test[*Place] {
	return func(p *Place) bool { return p.Role != timeline.RoleNearby && locations[p.Location] }
}

// positioned is the test of a place by its point: its own, else that of its location. A centroid is
// no position: unless the question names precisions, only exact and near places have one.
func (c *compiler) positioned(w *timeline.PlaceWhere, in test[*timeline.Point]) test[*Place] {
	return func(p *Place) bool {
		if p.Role == timeline.RoleNearby || w.Precision == nil && !precise(p.Precision) {
			return false
		}
		point := c.x.pointOf(p)
		return point != nil && in(point)
	}
}

// pointOf is a place's own point, else its location's; nil: neither has one.
func (x *Index) pointOf(p *Place) *timeline.Point {
	if p.Point != nil {
		return p.Point
	}
	if l := x.Location(p.Location); l != nil {
		return l.Point
	}
	return nil
}

// inBox is the test of [west, south, east, north], borders included. West beyond east crosses the
// antimeridian, which is one line whether it is written 180 or -180. An empty list, like any other,
// matches nothing.
func inBox(box []float64) test[*timeline.Point] {
	if len(box) != 4 {
		return func(*timeline.Point) bool { return false }
	}
	west, south, east, north := box[0], box[1], box[2], box[3]
	between := func(lon float64) bool {
		if west > east {
			return lon >= west || lon <= east
		}
		return lon >= west && lon <= east
	}
	return func(p *timeline.Point) bool {
		return p.Lat >= south && p.Lat <= north &&
			(between(p.Lon) || math.Abs(p.Lon) == 180 && between(-p.Lon))
	}
}

// inCircle is the test of a position and a distance, by the great circle on a sphere.
func inCircle(w *timeline.NearWhere) test[*timeline.Point] {
	centre := timeline.Point{Lat: w.Lat, Lon: w.Lon}
	return func(p *timeline.Point) bool { return kilometres(&centre, p) <= w.Km }
}

// kilometres is the distance of two points by the haversine formula (Sinnott, Virtues of the
// Haversine, 1984), which stays exact for near points.
func kilometres(a, b *timeline.Point) float64 {
	const radian = math.Pi / 180
	half := func(degrees float64) float64 {
		s := math.Sin(degrees * radian / 2)
		return s * s
	}
	h := half(b.Lat-a.Lat) + math.Cos(a.Lat*radian)*math.Cos(b.Lat*radian)*half(b.Lon-a.Lon)
	return 2 * earthRadius * math.Asin(math.Sqrt(min(h, 1)))
}

// isKnown says that a place is known at least to be in some country.
func isKnown(p *Place) bool { return p.Precision != timeline.PlaceUnknown }

// somePlace says whether an event has a place that passes the test.
func somePlace(e *Event, t test[*Place]) bool {
	for i := range e.Places {
		if t(&e.Places[i]) {
			return true
		}
	}
	return false
}

// here is the test that an event happened at one of the locations, each with what is below it.
func (x *Index) here(locations ...int64) test[*Event] {
	at := located(x.below(slices.Clone(locations)))
	return func(e *Event) bool { return somePlace(e, at) }
}
