package edtf

// Bounds are the days between which one side of a time lies, both inclusive: First is the
// earliest day on which it may have begun (or ended), Last the latest.
type Bounds struct {
	First Day // DistantPast where there is no earliest day
	Last  Day // DistantFuture where there is no latest day
	// Open tells that the side is written "..": it has no day at its far end because the
	// thing has no beginning (or end), not because nobody knows it. The ".." of a one-of
	// list does not open a side: there one date is far away, nothing lasts.
	Open bool
}

// Earliest returns the first day, nil where there is none. It points into b.
func (b *Bounds) Earliest() *Day {
	if b.First == DistantPast {
		return nil
	}
	return &b.First
}

// Latest returns the last day, nil where there is none. It points into b.
func (b *Bounds) Latest() *Day {
	if b.Last == DistantFuture {
		return nil
	}
	return &b.Last
}

// unbounded is what is known of a side about which nothing is known.
func unbounded() Bounds { return Bounds{First: DistantPast, Last: DistantFuture} }

// A Window is a run of days, both ends inclusive. From DistantPast or To DistantFuture
// leave that side unlimited. From must not lie after To.
type Window struct{ From, To Day }

// Possible tells whether a thing that began within start and ended within end may have gone
// on during some day of the window. A side without a day is infinitely far away.
func Possible(start, end Bounds, w Window) bool {
	return start.First <= w.To && end.Last >= w.From
}

// Certain tells whether a thing that began within start and ended within end surely went on
// during some day of the window: it had begun by the window's last day and had not ended
// before its first. What is Certain is Possible.
//
// Two rules go beyond comparing days. Where neither a latest start nor an earliest end is
// known (an undated thing) nothing is certain, not even of the window of all time. And a
// thing with an open end had begun by the day until which it surely lasted, so an open end
// that [Value.EndReported] raised makes "../.." certain on the day of the report.
func Certain(start, end Bounds, w Window) bool {
	begun, lasted, ok := Surely(start, end)
	return ok && begun <= w.To && lasted >= w.From
}

// Surely gives the two days that [Certain] holds a window against: by the first the thing had
// surely begun, before the second it had surely not ended. The first may lie after the second:
// what is known to the month only is certain of no single day. ok is false where nothing is
// certain of any window.
func Surely(start, end Bounds) (begun, lasted Day, ok bool) {
	if start.Last == DistantFuture && end.First == DistantPast {
		return 0, 0, false
	}
	begun = start.Last
	if end.Open {
		begun = min(begun, end.First)
	}
	return begun, end.First, true
}
