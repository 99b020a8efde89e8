package index_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

// shaped is a random selection, with what the naive evaluator finds.
type shaped struct {
	*index.Selection
	x      *index.Index
	n      *naive
	a      *asker
	where  *timeline.EventWhere
	events []*timeline.EventRecord
}

// drawShaped draws records and a filter; often one with a window of time.
func drawShaped(t *rapid.T, records []*timeline.Record, x *index.Index) shaped {
	s := shaped{x: x, n: newNaive(records), a: newAsker(t, records)}
	if !s.a.oneIn(4) {
		s.where = s.a.events(1)
	}
	if s.where != nil && s.a.oneIn(2) {
		s.where.Time = s.a.time()
	}
	var err error
	if s.Selection, err = x.Select(index.Question{Where: s.where}); err != nil {
		t.Fatal(err)
	}
	s.events = s.n.selected(s.n.events, s.where, nil)
	return s
}

func checkShapes(t *testing.T, check func(*rapid.T, shaped)) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		records := recordtest.Records(15).Draw(t, "records")
		x := newLibrary(records).build(records)
		for range 2 {
			check(t, drawShaped(t, records, x))
		}
	})
}

func TestBucketsCountWhatTouchesThem(t *testing.T) {
	checkShapes(t, func(t *rapid.T, s shaped) {
		by := draw(s.a, enum[timeline.BucketUnit]("BucketUnit"))
		split := maybe(s.a, 2, func() timeline.FacetField { return draw(s.a, enum[timeline.FacetField]("FacetField")) })
		got, err := s.Buckets(by, split)
		if err == nil && len(got) > 0 && got[0].Start < -800_000_000 {
			return // no EDTF date writes a day so long ago
		}
		want, ok := s.n.naiveBuckets(s.events, s.where, by, split)
		if !ok {
			if timeline.CodeOf(err) != timeline.CodeTooLarge {
				t.Fatalf("%s by %s: %v, want TOO_LARGE", timeline.Canonical(s.where), by, err)
			}
			return
		}
		if err != nil {
			t.Fatalf("%s by %s: %v", timeline.Canonical(s.where), by, err)
		}
		if fmt.Sprint(bucketTexts(got)) != fmt.Sprint(naiveTexts(want)) {
			t.Fatalf("%s by %s split %v:\ngot  %v\nwant %v", timeline.Canonical(s.where), by, split, bucketTexts(got), naiveTexts(want))
		}
		sameAsLists(t, s, by, split, got)
	})
}

func bucketTexts(all []*timeline.Bucket) []string {
	texts := []string{}
	for _, b := range all {
		text := fmt.Sprint(b.Start, b.End, b.Certain, b.Possible)
		for _, f := range b.Splits {
			text += fmt.Sprint(" ", f.Key, " ", f.Count)
		}
		texts = append(texts, text)
	}
	return texts
}

func naiveTexts(all []naiveBucket) []string {
	texts := []string{}
	for _, b := range all {
		text := fmt.Sprint(b.start, b.end, b.certain, b.possible)
		for _, f := range b.splits {
			text += " " + f
		}
		texts = append(texts, text)
	}
	return texts
}

// sameAsLists holds a histogram against the buckets.
func sameAsLists(t *rapid.T, s shaped, by timeline.BucketUnit, split *timeline.FacetField, buckets []*timeline.Bucket) {
	h, err := s.Histogram(by, split)
	if err != nil || len(h.Starts) != len(buckets) || len(h.Keys) != len(h.Splits) || (h.End == nil) != (len(buckets) == 0) {
		t.Fatalf("%+v, %v", h, err)
	}
	for i, b := range buckets {
		listed := &timeline.Bucket{Start: h.Starts[i], End: b.End, Certain: h.Certain[i], Possible: h.Possible[i]}
		for k, key := range h.Keys {
			listed.Splits = append(listed.Splits, &timeline.Facet{Key: key, Count: h.Splits[k][i]})
		}
		if got, want := bucketTexts([]*timeline.Bucket{listed}), bucketTexts([]*timeline.Bucket{b}); got[0] != want[0] {
			t.Fatalf("histogram %s, bucket %s", got, want)
		}
	}
}

func TestABucketIsTheSelectionWithItsWindow(t *testing.T) {
	checkShapes(t, func(t *rapid.T, s shaped) {
		buckets, err := s.Buckets(draw(s.a, enum[timeline.BucketUnit]("BucketUnit")), nil)
		if err != nil || len(buckets) == 0 {
			return
		}
		b := draw(s.a, buckets)
		if b.Start < -800_000_000 {
			return // no EDTF date writes a day so long ago
		}
		from, to := edtf.MustParse(b.Start.String()), edtf.MustParse(b.End.String())
		certain := timeline.ModeCertain
		for mode, want := range map[*timeline.TimeMode]int{nil: b.Possible, &certain: b.Certain} {
			window := &timeline.EventWhere{Time: &timeline.TimeWhere{From: &from, To: &to, Mode: mode}}
			both := &timeline.EventWhere{And: []*timeline.EventWhere{window}}
			if s.where != nil {
				both.And = append(both.And, s.where)
			}
			q, err := s.x.Select(index.Question{Where: both})
			if err != nil || q.Count() != want {
				t.Fatalf("%s: %d events, %v; the bucket has %d", timeline.Canonical(both), q.Count(), err, want)
			}
		}
	})
}

func TestFacetsCountEachEventOnceUnderEachValue(t *testing.T) {
	checkShapes(t, func(t *rapid.T, s shaped) {
		for _, by := range enum[timeline.FacetField]("FacetField") {
			first := s.a.upTo(12)
			facets, err := s.Facets(by, &first)
			if err != nil {
				t.Fatal(err)
			}
			want := s.n.facets(s.events, by)
			want = want[:min(first, len(want))]
			got := []string{}
			for _, f := range facets {
				got = append(got, fmt.Sprint(f.Key, " ", f.Count))
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s by %s:\ngot  %v\nwant %v", timeline.Canonical(s.where), by, got, want)
			}
		}
	})
}

// own is the filter that finds the events of a facet.
func own(f *timeline.Facet) *timeline.EventWhere {
	switch f.By {
	case timeline.FacetType:
		return &timeline.EventWhere{Type: []string{f.Key}}
	case timeline.FacetStatus:
		return &timeline.EventWhere{Status: []timeline.EventStatus{timeline.EventStatus(f.Key)}}
	case timeline.FacetTag:
		return &timeline.EventWhere{Tags: []string{f.Key}}
	case timeline.FacetActor:
		return &timeline.EventWhere{Actor: &timeline.ActorRefWhere{Any: []string{f.Key}}}
	case timeline.FacetSource:
		return &timeline.EventWhere{Sources: &timeline.SourcesWhere{Some: &timeline.SourceWhere{Refs: []string{f.Key}}}}
	case timeline.FacetLocation:
		return &timeline.EventWhere{Place: &timeline.PlaceWhere{Exactly: []string{f.Key}}}
	case timeline.FacetRegion, timeline.FacetCountry:
		return &timeline.EventWhere{Place: &timeline.PlaceWhere{Within: []string{f.Key}}}
	}
	return nil
}

func TestAFilterOfAFacetFindsItsEvents(t *testing.T) {
	checkShapes(t, func(t *rapid.T, s shaped) {
		for _, by := range enum[timeline.FacetField]("FacetField") {
			facets, err := s.Facets(by, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range facets {
				filter := own(f)
				if filter == nil || by == timeline.FacetType && timeline.TypeByCode(f.Key).Parent == nil {
					continue // a parent stands for those below it as well; ar covers ar-DZ
				}
				and := &timeline.EventWhere{And: []*timeline.EventWhere{filter}}
				if s.where != nil {
					and.And = append(and.And, s.where)
				}
				q, err := s.x.Select(index.Question{Where: and})
				if err != nil || q.Count() != f.Count {
					t.Fatalf("%s finds %d events, %v; the facet has %d", timeline.Canonical(and), q.Count(), err, f.Count)
				}
			}
		}
	})
}

func TestAnExtentHoldsAllThatIsKnown(t *testing.T) {
	checkShapes(t, func(t *rapid.T, s shaped) {
		got := s.Extent()
		days, positions := finiteDays(s.events), []timeline.Point(nil)
		for _, e := range s.events {
			for _, p := range e.Places {
				precise := p.Precision == timeline.PlaceExact || p.Precision == timeline.PlaceNear
				if at := s.n.position(p); at != nil && precise && p.Role != timeline.RoleNearby {
					positions = append(positions, *at)
				}
			}
		}
		if got == nil {
			if len(days)+len(positions) > 0 {
				t.Fatalf("no extent of %v and %v", days, positions)
			}
			return
		}
		if (got.Earliest == nil) != (len(days) == 0) || (got.Latest == nil) != (len(days) == 0) ||
			len(days) > 0 && (*got.Earliest != slices.Min(days) || *got.Latest != slices.Max(days)) {
			t.Fatalf("%v to %v of %v", got.Earliest, got.Latest, days)
		}
		if want := smallestBox(positions); !asSmall(got.Bbox, want) {
			t.Fatalf("box %v, want %v of %v", got.Bbox, want, positions)
		}
		if got.Bbox != nil {
			boxFindsAll(t, s, got.Bbox, positions)
		}
	})
}

// asSmall says whether two boxes are alike, or leave out gaps of longitude that are equally wide but
// for the last bits of a float.
func asSmall(a, b []float64) bool {
	if len(a) != 4 || len(b) != 4 {
		return len(a) == len(b)
	}
	width := func(box []float64) float64 { return math.Mod(box[2]-box[0]+360, 360) }
	return a[1] == b[1] && a[3] == b[3] && math.Abs(width(a)-width(b)) < 1e-9
}

// boxFindsAll asks for the box: it finds every event that has a position.
func boxFindsAll(t *rapid.T, s shaped, box []float64, positions []timeline.Point) {
	for _, p := range positions {
		if !boxed(p, box) {
			t.Fatalf("%v is not in %v", p, box)
		}
	}
	in := &timeline.EventWhere{And: []*timeline.EventWhere{{Place: &timeline.PlaceWhere{Bbox: box}}}}
	world := &timeline.EventWhere{And: []*timeline.EventWhere{{Place: &timeline.PlaceWhere{Bbox: []float64{-180, -90, 180, 90}}}}}
	if s.where != nil {
		in.And, world.And = append(in.And, s.where), append(world.And, s.where)
	}
	a, err := s.x.Select(index.Question{Where: in})
	b, err2 := s.x.Select(index.Question{Where: world})
	if err != nil || err2 != nil || a.Count() != b.Count() {
		t.Fatalf("in the box %d, in the world %d; %v %v", a.Count(), b.Count(), err, err2)
	}
}

// smallestBox tries every point as the western edge.
func smallestBox(points []timeline.Point) []float64 {
	if len(points) == 0 {
		return nil
	}
	var best []float64
	width := func(b []float64) float64 { return math.Mod(b[2]-b[0]+720, 360) }
	south, north := 90.0, -90.0
	for _, p := range points {
		south, north = min(south, p.Lat), max(north, p.Lat)
	}
	for _, edge := range points {
		b := []float64{edge.Lon, south, edge.Lon, north}
		for _, p := range points {
			if width([]float64{b[0], 0, p.Lon}) > width(b) {
				b[2] = p.Lon
			}
		}
		if b[0] == 180 { // the antimeridian is one line
			b[0] = -180
		}
		if b[2] == 180 && b[0] == -180 {
			b[2] = -180
		}
		if b[2] == -180 && b[0] > b[2] {
			b[2] = 180
		}
		crosses := func(b []float64) bool { return b[0] > b[2] }
		closer := best == nil || width(b)-width(best) < -1e-9 ||
			math.Abs(width(b)-width(best)) < 1e-9 && crosses(best) && !crosses(b)
		if closer {
			best = b
		}
	}
	return best
}

func TestClustersGatherEachPrecisionByItself(t *testing.T) {
	checkShapes(t, func(t *rapid.T, s shaped) {
		bbox, zoom := []float64{-180, -90, 180, 90}, s.a.upTo(8)
		if s.a.oneIn(2) {
			south := float64(10*s.a.upTo(18) - 90)
			bbox = []float64{float64(10*s.a.upTo(36) - 180), south, float64(10*s.a.upTo(36) - 180), min(90, south+float64(10*s.a.upTo(18)))}
		}
		clusters, err := s.Clusters(bbox, zoom)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSortedFunc(clusters, func(a, b *timeline.Cluster) int { return cmp.Compare(b.Count, a.Count) }) {
			t.Fatal("the largest do not come first")
		}
		got := []string{}
		for _, k := range clusters {
			location, event := "", ""
			if k.Row != 0 {
				location = s.x.Location(k.Row).Key
			}
			if k.EventFamily.Row != 0 {
				event = s.x.Event(k.EventFamily.Row).ID
			}
			got = append(got, fmt.Sprintf("%s %d at %.6f %.6f in %v location %q event %q",
				k.Precision, k.Count, k.Point.Lat, k.Point.Lon, k.Bbox, location, event))
		}
		slices.Sort(got)
		want := s.n.clusters(s.events, bbox, zoom)
		if !slices.Equal(got, want) {
			t.Fatalf("%s in %v at %d:\ngot  %q\nwant %q", timeline.Canonical(s.where), bbox, zoom, got, want)
		}
	})
}
