package ingest_test

import (
	"testing"

	"tarikh/timeline"
)

func TestWithinTombouctouRegionMaliHas187EventsOf1005Killed(t *testing.T) {
	parent := map[string]string{}
	var events []*timeline.EventRecord
	got := taken(t, real(t, "ucdp/Mali.csv"), func(in timeline.Incoming) {
		if l := in.Record.Location; l != nil && l.Parent != nil {
			parent[l.Key] = l.Parent.Key
		}
		if in.Record.Event != nil {
			events = append(events, in.Record.Event)
		}
	})
	if got.ended != nil {
		t.Fatal(got.ended)
	}
	n, best := 0, 0
	for _, e := range events {
		year, _, _ := e.Time.End().Last.Date()
		for _, p := range e.Places {
			at := ""
			if p.Location != nil {
				at = p.Location.Key
			}
			for at != "" && at != "tombouctou-region" {
				at = parent[at]
			}
			if at != "" && year >= 2012 {
				n++
				best += *e.Claims[0].Range.Best
			}
		}
	}
	if n != 187 || best != 1005 {
		t.Errorf("%d events, %d killed", n, best)
	}
}

func TestEveryParentInTheGazetteerStandsInTheFile(t *testing.T) {
	named, asked := map[string]bool{}, map[string]int{}
	taken(t, real(t, "gazetteer/geonames-ML-2023-10.txt.gz"), func(in timeline.Incoming) {
		if l := in.Record.Location; l != nil {
			for _, id := range l.Identifiers {
				named[id.String()] = true
			}
			if l.Parent != nil {
				asked[l.Parent.Ref]++
			}
		}
	})
	for ref, n := range asked {
		if !named[ref] {
			t.Errorf("%s holds %d places and is not there", ref, n)
		}
	}
}

func TestEveryRelationOfTheActorListLeadsToAnActorOfIt(t *testing.T) {
	named, asked := map[string]bool{}, map[string]string{}
	taken(t, real(t, "ucdp/ucdp-actor-221.csv"), func(in timeline.Incoming) {
		if a := in.Record.Actor; a != nil {
			named[a.Identifiers[0].String()] = true
			for _, r := range a.Relations {
				asked[r.Actor.Ref] = a.Key
			}
		}
	})
	for ref, by := range asked {
		if !named[ref] {
			t.Errorf("%s names %s, which is not there", by, ref)
		}
	}
	if len(asked) < 100 {
		t.Errorf("only %d actors are named by others", len(asked))
	}
}

func TestAllRealEventsAreDistinctAsCounted(t *testing.T) {
	rows, ids := 0, map[string]bool{}
	for _, file := range []string{"Mali.csv", "Burkina.csv", "ged191-sample.csv", "ged231-sample1000.csv",
		"ged241-mexico.csv.gz", "ged241-myanmar.csv.gz"} {
		taken(t, real(t, "ucdp/"+file), func(in timeline.Incoming) {
			if e := in.Record.Event; e != nil {
				rows++
				ids[e.Key] = true
			}
		})
	}
	if rows != 34149 || len(ids) != 31498 {
		t.Errorf("%d rows, %d events", rows, len(ids))
	}
}
