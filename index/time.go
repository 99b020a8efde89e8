package index

import (
	"tarikh/edtf"
	"tarikh/timeline"
)

// span is a time as a window is held against it.
type span struct {
	*timeline.Time
	x     *Index
	event *Event // whose time it is; nil: no event's, so that no report makes an open end longer
}

// time is the test of time over an event's own time.
func (c *compiler) time(w *timeline.EventWhere, _ string) (test[*Event], error) {
	if w.Time == nil {
		return nil, nil
	}
	t := timeTest(w.Time)
	return func(e *Event) bool { return t(span{&e.Time, c.x, e}) }, nil
}

// timeTest is the test of a window of time and of what is known of a time.
func timeTest(w *timeline.TimeWhere) test[span] {
	tests := []test[span]{windowTest(w)}
	if w.Precision != nil {
		tests = append(tests, member(w.Precision, func(s span) edtf.Precision { return s.Precision }))
	}
	if w.Qualified != nil {
		tests = append(tests, func(s span) bool {
			return (s.Approximate || s.Uncertain) == *w.Qualified
		})
	}
	if w.Known != nil {
		tests = append(tests, func(s span) bool { return !s.Undated() == *w.Known })
	}
	return all(tests)
}

// windowTest is the test of from, to and mode: what may, or what surely does, touch the window. A
// window without from and to is all of time: then POSSIBLE holds always, CERTAIN for what is dated.
func windowTest(w *timeline.TimeWhere) test[span] {
	window := windowOf(w)
	if w.Mode == nil || *w.Mode == timeline.ModePossible {
		return func(s span) bool { return edtf.Possible(s.Start, s.End, window) }
	}
	return func(s span) bool { return edtf.Certain(s.Start, s.lasted(), window) }
}

// windowOf is the days from the earliest of from to the latest of to.
func windowOf(w *timeline.TimeWhere) edtf.Window {
	window := edtf.Window{From: edtf.DistantPast, To: edtf.DistantFuture}
	if w.From != nil {
		window.From = w.From.Start().First
	}
	if w.To != nil {
		window.To = w.To.End().Last
	}
	return window
}

// lasted is the end of a time; an open one of an event reaches at least the day on which the newest
// of its sources reported it.
func (s span) lasted() edtf.Bounds {
	end := s.End
	if end.Open && s.event != nil {
		end.First = max(end.First, s.x.reported(s.event))
	}
	return end
}

// reported is the last day on which the newest source of an event, cited or behind a claim, was
// published; DistantPast where no source has a date.
func (x *Index) reported(e *Event) edtf.Day {
	newest := edtf.DistantPast
	x.someSource(e, func(s *Source) bool {
		if s != nil {
			newest = max(newest, latestDay(s.Published))
		}
		return false // there may be a newer one
	})
	return newest
}

// published is the test of a window over the day on which a source was published. One without a
// date is as undated as an event can be.
func published(w *timeline.TimeWhere) test[*Source] {
	t := timeTest(w)
	undated := timeline.NewTime(edtf.Value{})
	return func(s *Source) bool {
		if s == nil {
			return false
		}
		if s.Published == nil {
			return t(span{Time: &undated})
		}
		return t(span{Time: s.Published})
	}
}
