package index

import (
	"tarikh/edtf"
	"tarikh/timeline"
)

// What the shape of a selection is made of: the few facts of its events that buckets, facets,
// extents and clusters ask for. They ask for nothing else, so that what events are kept as can
// change below them.

// window is the selection's window of time: that of the question's own where.time. A side that it
// leaves open is the distant past or future.
func (s *Selection) window() edtf.Window {
	if s.asked.Where == nil || s.asked.Where.Time == nil {
		return edtf.Window{From: edtf.DistantPast, To: edtf.DistantFuture}
	}
	return windowOf(s.asked.Where.Time)
}

// mayTouch is the first day and the last on which an event may have gone on.
func (e *Event) mayTouch() (from, to edtf.Day) { return e.Time.Start.First, e.Time.End.Last }

// surelyTouches is what edtf.Surely says of an event, whose open end reaches to its newest report.
func (x *Index) surelyTouches(e *Event) (begun, lasted edtf.Day, ok bool) {
	if e.Time.End.Open {
		e = x.Event(e.Row) // with its sources
	}
	return edtf.Surely(e.Time.Start, span{&e.Time, x, e}.lasted())
}

// finiteDays calls with each day that an event's time names.
func (e *Event) finiteDays(with func(edtf.Day)) {
	t := &e.Time
	for _, day := range [...]edtf.Day{t.Start.First, t.Start.Last, t.End.First, t.End.Last} {
		if day.Finite() {
			with(day)
		}
	}
}

// positions calls with each place of an event that is more than near somewhere, and with where it
// is: its own point, else that of its location; nil where neither has one.
func (x *Index) positions(e *Event, with func(*Place, *timeline.Point)) {
	for i := range e.Places {
		if p := &e.Places[i]; p.Role != timeline.RoleNearby {
			with(p, x.pointOf(p))
		}
	}
}

// precise says whether a place's point is its position: a centroid is none.
func precise(p timeline.PlacePrecision) bool {
	return p == timeline.PlaceExact || p == timeline.PlaceNear
}
