package db

import (
	"context"
	"iter"
	"testing"

	"tarikh/timeline"
)

// spokenOf gives records as a reader of a foreign file does.
func spokenOf(records ...*timeline.Record) iter.Seq2[timeline.Incoming, error] {
	return func(yield func(timeline.Incoming, error) bool) {
		for i, r := range records {
			if !yield(timeline.Incoming{Line: i + 1, Record: r, Meets: true, Aside: r.Event == nil}, nil) {
				return
			}
		}
	}
}

func speak(t *testing.T, d *DB, records ...*timeline.Record) ImportReport {
	t.Helper()
	records = append([]*timeline.Record{source("paper")}, records...)
	report, err := d.Import(context.Background(), someone(), spokenOf(records...), ImportOptions{})
	must(t, err)
	if report.Rejected > 0 {
		t.Fatalf("rejected: %+v", report.Problems)
	}
	return report
}

// unit is a place of a foreign file, below a parent that the file names by its key.
func unit(kind timeline.LocationKind, key, name, parent string) *timeline.Record {
	return location(key, func(l *timeline.LocationRecord) {
		l.Kind, l.Names = kind, []timeline.Name{{Text: name, Lang: "en", Kind: timeline.NamePreferred}}
		if parent != "" {
			l.Parent = &timeline.Ref{Key: parent}
		}
	})
}

// spot is a village of a foreign file, with its position.
func spot(key, name, parent string, lat, lon float64) *timeline.Record {
	r := unit(timeline.LocationVillage, key, name, parent)
	r.Location.Point = &timeline.Point{Lat: lat, Lon: lon}
	return r
}

// eventAt is an event of a foreign file at a place that it names by its key.
func eventAt(number, place string) *timeline.Record {
	return event("ucdp-"+number, func(e *timeline.EventRecord) {
		e.Identifiers = []timeline.Identifier{{Scheme: "ucdp", Value: number}}
		e.Places = []timeline.PlaceRecord{{Location: &timeline.Ref{Key: place}, Role: timeline.RoleSite,
			Precision: timeline.PlaceExact}}
	})
}

func placeOf(t *testing.T, d *DB, event string) string {
	t.Helper()
	return recordOf(t, d, timeline.KindEvent, event).Event.Places[0].Location.Ref
}

func TestARegionOfAnotherCountryIsAnotherRegionWhateverItsKey(t *testing.T) {
	d := fresh(t)
	of := func(country, name, number string) []*timeline.Record {
		return []*timeline.Record{unit(timeline.LocationCountry, country, name, ""),
			unit(timeline.LocationRegion, "federal", "Federal", country),
			unit(timeline.LocationDistrict, "centre", "Centre", "federal"), eventAt(number, "centre")}
	}
	speak(t, d, of("venezuela", "Venezuela", "1")...)
	speak(t, d, of("mexico", "Mexico", "2")...)
	want(t, "the first place", placeOf(t, d, "ucdp-1"), "centre")
	want(t, "the second place", placeOf(t, d, "ucdp-2"), "mexico-federal-centre")
	want(t, "what is above it", recordOf(t, d, timeline.KindLocation, "mexico-federal-centre").Location.Parent.Ref,
		"mexico-federal")
	again := speak(t, d, of("mexico", "Mexico", "2")...)
	want(t, "unchanged", again.Unchanged, 1)
	want(t, "revision", again.Revision, 2)
	healthy(t, d)
}

func TestTwoVillagesOfOneNameStayTwoInWhateverOrderAFileNamesThem(t *testing.T) {
	d := fresh(t)
	mali := unit(timeline.LocationCountry, "mali", "Mali", "")
	gao, koro := []float64{17.03, -1.21}, []float64{14.2, -3.1}
	speak(t, d, mali, spot("bamba", "Bamba", "mali", gao[0], gao[1]),
		spot("mali-bamba", "Bamba", "mali", koro[0], koro[1]), eventAt("1", "bamba"), eventAt("2", "mali-bamba"))
	again := speak(t, d, mali, spot("bamba", "Bamba", "mali", koro[0], koro[1]),
		spot("mali-bamba", "Bamba", "mali", gao[0], gao[1]), eventAt("2", "bamba"), eventAt("1", "mali-bamba"))
	want(t, "unchanged", again.Unchanged, 2)
	want(t, "made besides", again.Aside, 0)

	third := func() ImportReport {
		return speak(t, d, mali, spot("bamba", "Bamba", "mali", 12, -8), eventAt("3", "bamba"))
	}
	want(t, "inserted", third().Inserted, 1)
	want(t, "unchanged", third().Unchanged, 1)
	healthy(t, d)
}

func TestAPlaceOfWhichOnlyTheKeyIsSaidIsTheOneThatIsThere(t *testing.T) {
	d := fresh(t)
	taken(t, d, unit(timeline.LocationCountry, "mali", "Mali", ""), spot("bamba", "Bamba", "mali", 17, -1))
	speak(t, d, unit(timeline.LocationVillage, "bamba", "Bamba", ""), eventAt("1", "bamba"))
	want(t, "the place", placeOf(t, d, "ucdp-1"), "bamba")
	healthy(t, d)
}
