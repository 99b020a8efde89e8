package timeline

import (
	"fmt"
	"slices"

	"tarikh/edtf"
)

// Axis is a run of buckets that follow each other without a gap.
type Axis struct {
	Starts []edtf.Day // of each bucket, its first day
	End    edtf.Day   // the last day of the last bucket
	rate   float64    // buckets a day, for a guess where a day lies
}

// NewAxis is the buckets of a unit that hold the days from first to last, both inclusive and finite.
// Weeks are those of ISO 8601, which begin on Monday; decades are years ending in 0 to 9 by
// astronomical numbering: -0010 to -0001, 0000 to 0009. More than MaxBuckets are TOO_LARGE; the
// message names a unit that fits.
func NewAxis(by BucketUnit, first, last edtf.Day) (*Axis, error) {
	units := bucketUnits()
	i := slices.Index(units, by)
	if i < 0 {
		return nil, Invalidf("by", "%q is no BucketUnit", string(by))
	}
	n := bucketsBetween(by, first, last)
	if n > MaxBuckets {
		return nil, tooManyBuckets(units[i:], n, first, last)
	}
	a := &Axis{Starts: make([]edtf.Day, n)}
	for j, at := 0, by.number(first); j < len(a.Starts); j++ {
		a.Starts[j] = by.start(at + int64(j))
	}
	a.End = by.start(by.number(last)+1) - 1
	a.rate = float64(len(a.Starts)) / float64(a.End-a.Starts[0]+1)
	return a, nil
}

// NoAxis is an axis without buckets. An unknown unit is INVALID.
func NoAxis(by BucketUnit) (*Axis, error) {
	if !knownWord("BucketUnit", by) {
		return nil, Invalidf("by", "%q is no BucketUnit", string(by))
	}
	return &Axis{Starts: []edtf.Day{}}, nil
}

// Clip cuts the first bucket and the last off at the days given, which lie in them.
func (a *Axis) Clip(from, to edtf.Day) {
	a.Starts[0] = max(a.Starts[0], from)
	a.End = min(a.End, to)
}

// EndOf is the last day of a bucket.
func (a *Axis) EndOf(i int) edtf.Day {
	if i == len(a.Starts)-1 {
		return a.End
	}
	return a.Starts[i+1] - 1
}

// Between is the buckets, from the first to the last, that end on the day from or later and begin
// on the day to or earlier; ok is false where there is none. The days may lie in the distant past
// and future, and from after to: then only a bucket that holds both is between them.
func (a *Axis) Between(from, to edtf.Day) (first, last int, ok bool) {
	if len(a.Starts) == 0 || from > a.End || to < a.Starts[0] {
		return 0, 0, false
	}
	first, last = max(a.at(from), 0), min(a.at(to), len(a.Starts)-1)
	return first, last, first <= last
}

// Holding is the bucket that holds a day; ok is false where there is none.
func (a *Axis) Holding(day edtf.Day) (i int, ok bool) {
	if len(a.Starts) == 0 {
		return 0, false
	}
	i = a.at(day)
	return i, i >= 0 && i < len(a.Starts)
}

// at is the bucket that holds a day: -1 before the first, the number of buckets after the last.
// Buckets are nearly equally long, so that a guess is right or next to it.
func (a *Axis) at(day edtf.Day) int {
	switch {
	case day < a.Starts[0]:
		return -1
	case day > a.End:
		return len(a.Starts)
	}
	i := min(int(float64(day-a.Starts[0])*a.rate), len(a.Starts)-1)
	for a.Starts[i] > day {
		i--
	}
	for i+1 < len(a.Starts) && a.Starts[i+1] <= day {
		i++
	}
	return i
}

// bucketUnits are the units from the finest to the coarsest.
func bucketUnits() []BucketUnit {
	return []BucketUnit{ByDay, ByWeek, ByMonth, ByQuarter, ByYear, ByDecade}
}

// bucketsBetween is how many buckets two days and what is between them lie in. The numbers of days
// may be farther apart than an int64 can say.
func bucketsBetween(by BucketUnit, first, last edtf.Day) uint64 {
	return uint64(by.number(last)) - uint64(by.number(first)) + 1 //nolint:gosec // wraps as meant
}

// tooManyBuckets says what to ask instead: the next coarser unit and, where that makes too many
// again, the first that does not.
func tooManyBuckets(units []BucketUnit, n uint64, first, last edtf.Day) error {
	fits := slices.IndexFunc(units, func(by BucketUnit) bool { return bucketsBetween(by, first, last) <= MaxBuckets })
	instead := "give where.time a window"
	switch {
	case fits == 1:
		instead = fmt.Sprintf("ask by %s", units[1])
	case fits > 1:
		instead = fmt.Sprintf("ask by a coarser unit: %s makes too many as well, %s does not", units[1], units[fits])
	case len(units) > 1:
		instead = fmt.Sprintf("ask by %s within a window of where.time", units[1])
	}
	return &Error{Code: CodeTooLarge, Field: "by", Message: fmt.Sprintf(
		"from %s to %s are %d buckets by %s, more than %d; %s", first, last, n, units[0], MaxBuckets, instead)}
}

// firstMonday is the Monday before 1970-01-01, which was a Thursday.
const firstMonday = -3

// number numbers the buckets of a unit through all time.
func (by BucketUnit) number(day edtf.Day) int64 {
	switch by {
	case ByDay:
		return int64(day)
	case ByWeek:
		return floor(int64(day)-firstMonday, 7)
	}
	year, month, _ := day.Date()
	switch by {
	case ByMonth:
		return year*12 + int64(month) - 1
	case ByQuarter:
		return year*4 + int64(month-1)/3
	case ByYear:
		return year
	}
	return floor(year, 10)
}

// start is the first day of a bucket by its number.
func (by BucketUnit) start(n int64) edtf.Day {
	switch by {
	case ByDay:
		return edtf.Day(n)
	case ByWeek:
		return edtf.Day(n*7 + firstMonday)
	case ByMonth:
		return firstDay(floor(n, 12), int(n-floor(n, 12)*12)+1)
	case ByQuarter:
		return firstDay(floor(n, 4), int(n-floor(n, 4)*4)*3+1)
	case ByYear:
		return firstDay(n, 1)
	}
	return firstDay(n*10, 1)
}

// firstDay is the first day of a month. Beyond the years that there are it is the end of all days.
func firstDay(year int64, month int) edtf.Day {
	day, err := edtf.NewDay(year, month, 1)
	if err != nil && year > 0 {
		return edtf.DistantFuture
	}
	if err != nil {
		return edtf.DistantPast + 1
	}
	return day
}

// floor divides towards the past.
func floor(n, by int64) int64 {
	q := n / by
	if n%by < 0 {
		q--
	}
	return q
}
