package index

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"tarikh/timeline"
)

// Clusters is what a map of the selection shows in a box, at a zoom of Web Mercator tiles: the
// events of each precision by themselves. EXACT and NEAR places are counted together where they lie
// in one cell, a square of 64 pixels of the usual tiles of 256 (a quarter of a tile's side), which
// is the same square whatever the box; places that are known only to a DISTRICT, REGION or COUNTRY
// are counted at their location, because their point is no position. An event counts once in each
// cell or location that a place of it is in.
//
// Not on the map is what has no point, what is only near somewhere, what is UNKNOWN, and what is
// known to a district or less and names no location. The largest come first, then the more precise,
// the northern, the western. A wrong box or zoom is INVALID, more than MaxClusters are TOO_LARGE.
func (s *Selection) Clusters(bbox []float64, zoom int) ([]*timeline.Cluster, error) {
	if err := timeline.CheckMap(bbox, zoom); err != nil {
		return nil, err
	}
	m := &mapped{inside: inBox(bbox), grid: math.Ldexp(1, zoom+cellsOfTile), found: map[cell]*gathered{}}
	for e := range s.each(wantPlaces) {
		s.x.positions(e, func(p *Place, at *timeline.Point) { m.add(s.x, e, p, at) })
		if len(m.found) > timeline.MaxClusters {
			return nil, &timeline.Error{Code: timeline.CodeTooLarge, Field: "zoom", Message: fmt.Sprintf(
				"there are more than %d clusters; ask for a smaller zoom or bbox", timeline.MaxClusters)}
		}
	}
	return m.clusters(s.x), nil
}

// cellsOfTile is into how many cells the side of a tile is cut, as a power of two.
const cellsOfTile = 2

// mapped gathers a map's clusters.
type mapped struct {
	inside test[*timeline.Point]
	grid   float64 // cells along the equator
	found  map[cell]*gathered
}

// cell is where events are counted together: a square of the grid or a location.
type cell struct {
	precision timeline.PlacePrecision
	x, y      int32
	location  int64
}

// gathered is what was found in a cell.
type gathered struct {
	event, location          int64 // the last one; a location of -1: there are several
	count, places            int
	lats, lons               float64 // sums over places
	west, south, east, north float64
}

func (m *mapped) add(x *Index, e *Event, p *Place, at *timeline.Point) {
	c := cell{precision: p.Precision}
	switch {
	case p.Precision == timeline.PlaceUnknown:
		return
	case precise(p.Precision):
		if at == nil || !m.inside(at) {
			return
		}
		c.x, c.y = m.square(at)
	default:
		l := x.Location(p.Location)
		if l == nil {
			return
		}
		if l.Point != nil { // one location is one cluster
			at = l.Point
		}
		if at == nil || !m.inside(at) {
			return
		}
		c.location = p.Location
	}
	g := m.found[c]
	if g == nil {
		g = &gathered{location: p.Location, west: at.Lon, east: at.Lon, south: at.Lat, north: at.Lat}
		m.found[c] = g
	}
	g.add(e, p, at)
}

// square is the cell of the grid that a point lies in: Web Mercator (EPSG:3857), whose maps end at
// about 85.05 degrees; what lies beyond is in the outermost cells.
func (m *mapped) square(p *timeline.Point) (x, y int32) {
	clamp := func(part float64) int32 { return int32(min(max(part*m.grid, 0), m.grid-1)) }
	sin := math.Sin(p.Lat * math.Pi / 180)
	return clamp(p.Lon/360 + 0.5), clamp(0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi))
}

func (g *gathered) add(e *Event, p *Place, at *timeline.Point) {
	if g.event != e.Row {
		g.count++
		g.event = e.Row
	}
	if g.location != p.Location {
		g.location = -1
	}
	g.places++
	g.lats, g.lons = g.lats+at.Lat, g.lons+at.Lon
	g.west, g.east = min(g.west, at.Lon), max(g.east, at.Lon)
	g.south, g.north = min(g.south, at.Lat), max(g.north, at.Lat)
}

// middle is the mean of the places; of one point, that very point.
func (g *gathered) middle() timeline.Point {
	n := float64(g.places)
	return timeline.Point{
		Lat: min(max(g.lats/n, g.south), g.north),
		Lon: min(max(g.lons/n, g.west), g.east),
	}
}

func (m *mapped) clusters(x *Index) []*timeline.Cluster {
	all := make([]*timeline.Cluster, 0, len(m.found))
	for c, g := range m.found {
		k := &timeline.Cluster{Point: g.middle(), Bbox: []float64{g.west, g.south, g.east, g.north},
			Count: g.count, Precision: c.precision}
		if g.location > 0 {
			k.Row = g.location
		}
		if g.count == 1 {
			k.EventFamily.Row = g.event
		}
		all = append(all, k)
	}
	slices.SortFunc(all, x.compareClusters)
	return all
}

func (x *Index) compareClusters(a, b *timeline.Cluster) int {
	return cmp.Or(
		cmp.Compare(b.Count, a.Count),
		cmp.Compare(precisionRank(a.Precision), precisionRank(b.Precision)),
		cmp.Compare(b.Point.Lat, a.Point.Lat),
		cmp.Compare(a.Point.Lon, b.Point.Lon),
		strings.Compare(x.keyOfLocation(a.Row), x.keyOfLocation(b.Row)))
}

func (x *Index) keyOfLocation(row int64) string {
	if l := x.Location(row); l != nil {
		return l.Key
	}
	return ""
}

// precisionRank is the place of a precision in the schema's enum, the most precise first.
func precisionRank(p timeline.PlacePrecision) int {
	return slices.Index([]timeline.PlacePrecision{timeline.PlaceExact, timeline.PlaceNear,
		timeline.PlaceDistrict, timeline.PlaceRegion, timeline.PlaceCountry}, p)
}
