package index

import (
	"math"

	"tarikh/edtf"
	"tarikh/timeline"
)

// Extent is between which days and where the events of the selection lie. Its days are the earliest
// and the latest that any of their times names, so that it holds the beginning of what has not
// ended. Its box is the smallest that holds every position: the points of EXACT and NEAR places,
// but not of what is only near somewhere; a centroid is no position. So place.bbox with this box
// finds every event that has one. A box whose west is greater than its east crosses the
// antimeridian. Nil: there is neither a day nor a position.
func (s *Selection) Extent() *timeline.Extent {
	first, last := s.finiteSpan(edtf.DistantPast, edtf.DistantFuture)
	box := newBox()
	for e := range s.each(wantPlaces) {
		s.x.positions(e, func(p *Place, at *timeline.Point) {
			if at != nil && precise(p.Precision) {
				box.add(at)
			}
		})
	}
	var extent timeline.Extent
	if first <= last {
		extent.Earliest, extent.Latest = &first, &last
	}
	if extent.Bbox = box.bounds(); extent.Bbox == nil && extent.Earliest == nil {
		return nil
	}
	return &extent
}

// lonCells is into how many strips of longitude a box sorts its points: a tenth of a degree each.
const lonCells = 3600

// box is the smallest box around points on a globe. To know where the widest gap of longitudes is,
// it keeps the westernmost and the easternmost point of each strip: the box is the smallest to a
// tenth of a degree, and holds every point exactly.
type box struct {
	south, north float64
	west, east   [lonCells]float64
	filled       [lonCells]bool
}

func newBox() *box { return &box{south: math.Inf(1), north: math.Inf(-1)} }

func (b *box) add(p *timeline.Point) {
	b.south, b.north = min(b.south, p.Lat), max(b.north, p.Lat)
	lon := p.Lon
	if lon == 180 { // the antimeridian is one line
		lon = -180
	}
	cell := min(int((lon+180)*lonCells/360), lonCells-1)
	if !b.filled[cell] {
		b.filled[cell], b.west[cell], b.east[cell] = true, lon, lon
		return
	}
	b.west[cell], b.east[cell] = min(b.west[cell], lon), max(b.east[cell], lon)
}

// bounds is west, south, east and north; nil where there is no point. The widest gap between
// neighbours is left out; where others are as wide, that across the antimeridian is.
func (b *box) bounds() []float64 {
	if b.south > b.north {
		return nil
	}
	first, last, widest := -1, -1, 0.0
	var west, east float64 // of the box that leaves the widest gap out
	for cell := range lonCells {
		if !b.filled[cell] {
			continue
		}
		if first < 0 {
			first = cell
		} else if gap := b.west[cell] - b.east[last]; gap > widest {
			widest, west, east = gap, b.west[cell], b.east[last]
		}
		last = cell
	}
	if round := b.west[first] + 360 - b.east[last]; round >= widest {
		west, east = b.west[first], b.east[last]
	}
	if east == -180 && west > east {
		east = 180
	}
	return []float64{west, b.south, east, b.north}
}
