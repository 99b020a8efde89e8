package index_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"tarikh/edtf"
	"tarikh/timeline"
)

// naiveBucket is one bucket, its splits written as "key count".
type naiveBucket struct {
	start, end        edtf.Day
	certain, possible int
	splits            []string
}

// finiteDays is every day that the times of events name.
func finiteDays(events []*timeline.EventRecord) []edtf.Day {
	var all []edtf.Day
	for _, e := range events {
		for _, b := range []edtf.Bounds{e.Time.Start(), e.Time.End()} {
			for _, d := range []*edtf.Day{b.Earliest(), b.Latest()} {
				if d != nil && d.Finite() {
					all = append(all, *d)
				}
			}
		}
	}
	return all
}

// naiveBuckets walks from day to day. ok is false where there are too many buckets.
func (n *naive) naiveBuckets(events []*timeline.EventRecord, w *timeline.EventWhere, by timeline.BucketUnit, split *timeline.FacetField) (all []naiveBucket, ok bool) {
	from, to := edtf.DistantPast, edtf.DistantFuture
	if w != nil && w.Time != nil && w.Time.From != nil {
		from = w.Time.From.Start().First
	}
	if w != nil && w.Time != nil && w.Time.To != nil {
		to = w.Time.To.End().Last
	}
	days := finiteDays(events)
	for _, side := range []edtf.Day{from, to} {
		if side.Finite() {
			days = append(days, side)
		}
	}
	if len(days) == 0 {
		return nil, true
	}
	first, last := slices.Min(days), slices.Max(days)
	if from.Finite() {
		first = from
	}
	if to.Finite() {
		last = to
	}
	longest := map[timeline.BucketUnit]edtf.Day{timeline.ByDay: 1, timeline.ByWeek: 7, timeline.ByMonth: 31,
		timeline.ByQuarter: 92, timeline.ByYear: 366, timeline.ByDecade: 3653}[by]
	if (last-first)/longest > timeline.MaxBuckets {
		return nil, false
	}
	for unitOf(by, first-1) == unitOf(by, first) && first > from {
		first--
	}
	for unitOf(by, last+1) == unitOf(by, last) && last < to {
		last++
	}
	for day := first; day <= last; day++ {
		if len(all) == 0 || unitOf(by, day) != unitOf(by, day-1) {
			all = append(all, naiveBucket{start: day})
		}
		all[len(all)-1].end = day
	}
	if len(all) > timeline.MaxBuckets {
		return nil, false
	}
	var reports []*edtf.Day
	var with [][]string
	for _, e := range events {
		reports = append(reports, n.newestReport(e))
		if split != nil {
			with = append(with, n.valuesOf(e, *split))
		}
	}
	var keys []string
	rest := false
	if split != nil {
		keys, rest = n.splitKeys(events, *split)
	}
	for i := range all {
		n.count(&all[i], events, reports, with, keys, rest)
	}
	return all, true
}

// unitOf tells the units apart that days lie in.
func unitOf(by timeline.BucketUnit, day edtf.Day) [2]int64 {
	year, month, _ := day.Date()
	switch by {
	case timeline.ByWeek:
		isoYear, week := time.Unix(int64(day)*24*60*60, 0).UTC().ISOWeek()
		return [2]int64{int64(isoYear), int64(week)}
	case timeline.ByMonth:
		return [2]int64{year, int64(month)}
	case timeline.ByQuarter:
		return [2]int64{year, int64(month-1) / 3}
	case timeline.ByYear:
		return [2]int64{year}
	case timeline.ByDecade:
		return [2]int64{int64(math.Floor(float64(year) / 10))}
	}
	return [2]int64{int64(day)}
}

// count counts in one bucket; with are the values of each event.
func (n *naive) count(b *naiveBucket, events []*timeline.EventRecord, reports []*edtf.Day, with [][]string, keys []string, rest bool) {
	certain, from, to := timeline.ModeCertain, edtf.MustParse(b.start.String()), edtf.MustParse(b.end.String())
	touching := make([]bool, len(events))
	for i, e := range events {
		if touching[i] = inWindow(e.Time, reports[i], &timeline.TimeWhere{From: &from, To: &to}); touching[i] {
			b.possible++
		}
		if inWindow(e.Time, reports[i], &timeline.TimeWhere{From: &from, To: &to, Mode: &certain}) {
			b.certain++
		}
	}
	countOf := func(has func(values []string) bool) (count int) {
		for i := range events {
			if touching[i] && has(with[i]) {
				count++
			}
		}
		return count
	}
	for _, key := range keys {
		b.splits = append(b.splits, fmt.Sprint(key, " ", countOf(func(v []string) bool { return slices.Contains(v, key) })))
	}
	if rest {
		b.splits = append(b.splits, fmt.Sprint("other ", countOf(func(values []string) bool {
			return some(values, func(v string) bool { return !slices.Contains(keys, v) })
		})))
	}
}

// splitKeys is the ten largest keys that are not "other", and whether anything is left.
func (n *naive) splitKeys(events []*timeline.EventRecord, by timeline.FacetField) (keys []string, rest bool) {
	for _, f := range n.facets(events, by) {
		key, _, _ := strings.Cut(f, " ")
		if key == timeline.OtherKey || len(keys) == 10 {
			rest = true
			continue
		}
		keys = append(keys, key)
	}
	return keys, rest
}

// facets is "key count" of every value, the largest first.
func (n *naive) facets(events []*timeline.EventRecord, by timeline.FacetField) []string {
	counts := map[string]int{}
	for _, e := range events {
		for _, key := range n.valuesOf(e, by) {
			counts[key]++
		}
	}
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	for i, key := range keys {
		keys[i] = fmt.Sprint(key, " ", counts[key])
	}
	return keys
}

// valuesOf is the keys of an event's values, each once.
func (n *naive) valuesOf(e *timeline.EventRecord, by timeline.FacetField) []string {
	var keys []string
	switch by {
	case timeline.FacetType:
		keys = append(keys, e.Type)
	case timeline.FacetStatus:
		keys = append(keys, string(e.Status))
	case timeline.FacetTag:
		keys = append(keys, e.Tags...)
	case timeline.FacetActor:
		for _, p := range e.Participants {
			if a := n.actor(p.Actor.Ref); !a.Generic {
				keys = append(keys, a.Key)
			}
		}
	case timeline.FacetSource:
		for _, s := range n.eventSources(e) {
			keys = append(keys, s.Key)
		}
	case timeline.FacetLanguage:
		for _, s := range n.eventSources(e) {
			if s.Lang != "" {
				keys = append(keys, string(s.Lang))
			}
		}
	default:
		for _, p := range e.Places {
			if p.Role != timeline.RoleNearby && p.Location != nil {
				keys = append(keys, n.locationKeys(n.location(p.Location.Ref), by)...)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func (n *naive) locationKeys(l *timeline.LocationRecord, by timeline.FacetField) (keys []string) {
	if by == timeline.FacetLocation {
		return []string{l.Key}
	}
	for up := l; up != nil; {
		if string(up.Kind) == string(by) {
			keys = append(keys, up.Key)
		}
		if up.Parent == nil {
			break
		}
		up = n.location(up.Parent.Ref)
	}
	return keys
}

// naivePlace is one place on a map.
type naivePlace struct {
	event    *timeline.EventRecord
	at       timeline.Point
	location string // its key; empty: none
}

// clusters is every cluster, written out, sorted.
func (n *naive) clusters(events []*timeline.EventRecord, bbox []float64, zoom int) []string {
	cells := map[string][]naivePlace{}
	for _, e := range events {
		for _, p := range e.Places {
			name, at := n.cell(p, zoom)
			if name == "" || !boxed(*at, bbox) {
				continue
			}
			one := naivePlace{event: e, at: *at}
			if p.Location != nil {
				one.location = n.location(p.Location.Ref).Key
			}
			cells[name] = append(cells[name], one)
		}
	}
	var all []string
	for name, places := range cells {
		precision, _, _ := strings.Cut(name, " ")
		all = append(all, precision+" "+clusterText(places))
	}
	slices.Sort(all)
	return all
}

// cell names where a place is counted, "" for nowhere: its precision, then a square of the
// Mercator projection or a location.
func (n *naive) cell(p timeline.PlaceRecord, zoom int) (string, *timeline.Point) {
	at := n.position(p)
	switch {
	case p.Role == timeline.RoleNearby || p.Precision == timeline.PlaceUnknown:
		return "", nil
	case p.Precision == timeline.PlaceExact || p.Precision == timeline.PlaceNear:
		if at == nil {
			return "", nil
		}
		cells := math.Pow(2, float64(zoom)) * 4
		x := min(math.Floor((at.Lon+180)/360*cells), cells-1)
		y := math.Floor((1 - math.Asinh(math.Tan(at.Lat*math.Pi/180))/math.Pi) / 2 * cells)
		return fmt.Sprintf("%s %g %g", p.Precision, x, min(max(y, 0), cells-1)), at
	case p.Location == nil:
		return "", nil
	}
	l := n.location(p.Location.Ref)
	if l.Point != nil {
		at = l.Point
	}
	if at == nil {
		return "", nil
	}
	return fmt.Sprintf("%s %s", p.Precision, l.Key), at
}

func clusterText(places []naivePlace) string {
	events, locations := map[string]bool{}, map[string]bool{}
	lat, lon, box := 0.0, 0.0, []float64{180, 90, -180, -90}
	for _, p := range places {
		events[p.event.ID], locations[p.location] = true, true
		lat, lon = lat+p.at.Lat/float64(len(places)), lon+p.at.Lon/float64(len(places))
		box = []float64{min(box[0], p.at.Lon), min(box[1], p.at.Lat), max(box[2], p.at.Lon), max(box[3], p.at.Lat)}
	}
	only := func(of map[string]bool) string {
		for one := range of {
			if len(of) == 1 {
				return one
			}
		}
		return ""
	}
	return fmt.Sprintf("%d at %.6f %.6f in %v location %q event %q", len(events), lat, lon, box, only(locations), only(events))
}
