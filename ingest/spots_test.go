package ingest

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"tarikh/timeline"
)

// visit is one row's place.
type visit struct {
	region, name string
	point        *timeline.Point
}

// given is what an atlas that holds so many names in memory makes of rows.
func given(most int, visits []visit) (records []string, keys []string, err error) {
	o := &out{shelf: map[[10]byte]struct{}{}}
	o.yield = func(in timeline.Incoming, err error) bool {
		b, wrong := in.Record.AppendJSON(nil)
		records = append(records, fmt.Sprint(in.Line, " ", string(b), err, wrong, in.Notes))
		return true
	}
	defer o.end()
	a := newAtlas(o)
	a.spots.most = most
	for i, v := range visits {
		country := a.country(i, "Mali", timeline.Identifier{Scheme: "gwno", Value: "432"})
		region := a.unit(i, timeline.LocationRegion, v.region, country)
		s, notes := a.place(i, v.name, orSpot(region, country), v.point)
		keys = append(keys, fmt.Sprint(s.key, s.kind, s.worded, s.ref().String(), s.parent.key, notes))
	}
	return records, keys, o.broken
}

// An atlas that holds two names in memory gives what one gives that holds all.
func TestPlacesAreTheSameHoweverManyAreInMemory(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	rapid.Check(t, func(rt *rapid.T) {
		visits := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) visit {
			v := visit{
				region: rapid.SampledFrom([]string{"", "Gao region", "Tombouctou region", "Kidal"}).Draw(rt, "region"),
				name: rapid.SampledFrom([]string{"Gao town", "Gao", "Bamba", "بامبا", "Ber village", "Tessit", "A", "B", "C", "D", "E"}).
					Draw(rt, "name"),
			}
			if rapid.Bool().Draw(rt, "point") {
				v.point = &timeline.Point{Lat: float64(rapid.IntRange(0, 3).Draw(rt, "lat")) * 0.015, Lon: 1 / 3.0}
			}
			return v
		}), 1, 60).Draw(rt, "visits")
		wantRecords, wantKeys, err := given(1000, visits)
		if err != nil {
			rt.Fatal(err)
		}
		records, keys, err := given(rapid.IntRange(1, 3).Draw(rt, "most"), visits)
		if err != nil {
			rt.Fatal(err)
		}
		if !reflect.DeepEqual(keys, wantKeys) || !reflect.DeepEqual(records, wantRecords) {
			rt.Fatalf("%v\n%v\nwant\n%v\n%v", keys, records, wantKeys, wantRecords)
		}
	})
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("%d temporary files were left: %v", len(left), err)
	}
}

func TestWithoutRoomForPlacesTheFileIsRefused(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()+"/missing")
	visits := []visit{{"Gao region", "A", nil}, {"Gao region", "B", nil}, {"Gao region", "C", nil}}
	if _, _, err := given(1, visits); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want to hear of the folder that is missing", err)
	}
	if _, _, err := given(10, visits); err != nil {
		t.Errorf("what memory holds needs no file: %v", err)
	}
}
