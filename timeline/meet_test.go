package timeline

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// datasetEvent is an event as a row of a dataset of that vintage makes it.
func datasetEvent(vintage string, best int) *EventRecord {
	ged := RefTo("ucdp-ged")
	return &EventRecord{
		Identity: Identity{Key: "ucdp-1", Identifiers: []Identifier{{"ucdp", "1"}}}, Type: "battle", Status: StatusReported,
		Titles: []Text{{Lang: "en", Text: "Battle in " + vintage}},
		Claims: []ClaimRecord{{ID: "c-" + vintage, Kind: ClaimKilled, Status: ClaimCurrent, Source: &ged,
			DatasetRow: "1", Vintage: vintage, Range: &Range{Best: &best}}},
		Citations: []CitationRecord{{Source: ged, Locator: "id 1"}},
		Origins:   []OriginRecord{{Dataset: ged, DatasetRow: "1", Version: vintage, Row: "row of " + vintage}},
	}
}

// handEvent is an event that a person entered and that bears the row's identifier.
func handEvent() *EventRecord {
	said, ged, press := 3, RefTo("ucdp-ged"), RefTo("press")
	return &EventRecord{
		Identity: Identity{Key: "ambush", Identifiers: []Identifier{{"ucdp", "1"}}}, Type: "remote_violence", Status: StatusVerified,
		Titles: []Text{{Lang: "ar", Text: "كمين"}},
		Claims: []ClaimRecord{
			{ID: "p", Kind: ClaimKilled, Status: ClaimCurrent, Source: &press, Range: &Range{Best: &said}},
			{ID: "u", Kind: ClaimKilled, Status: ClaimCurrent, Source: &ged, DatasetRow: "1", Victims: "soldiers", Range: &Range{Best: &said}},
		},
		Citations: []CitationRecord{{Source: press}, {Source: ged}},
	}
}

func statuses(e *EventRecord) (all []string) {
	for _, c := range e.Claims {
		all = append(all, c.ID+" "+string(c.Status))
	}
	return all
}

func TestANewerVintageUpdatesWhatTheDatasetMadeAndKeepsTheOldFigure(t *testing.T) {
	had := datasetEvent("19.1", 5)
	had.Sensitive = true
	met := had.Meet(datasetEvent("24.1", 7), had.Key == "ucdp-1")
	if met.Titles[0].Text != "Battle in 24.1" || !met.Sensitive || met.Origins[0].Version != "24.1" {
		t.Errorf("got %+v", met)
	}
	if d := cmp.Diff([]string{"c-19.1 SUPERSEDED", "c-24.1 CURRENT"}, statuses(met)); d != "" {
		t.Error(d)
	}
	if had.Claims[0].Status != ClaimCurrent {
		t.Error("the record that was there was written to")
	}
}

func TestARowWithoutAVintageTakesThatOfTheSameRow(t *testing.T) {
	unnamed := func() *EventRecord {
		had := datasetEvent("", 5)
		had.Origins[0].Row = "row of 19.1"
		return had
	}
	had := unnamed()
	named := had.Meet(datasetEvent("19.1", 5), true)
	if named == had || named.Origins[0].Version != "19.1" || named.Claims[0].Vintage != "19.1" || len(named.Claims) != 1 {
		t.Errorf("the same row did not name the vintage: %+v", named)
	}
	if had.Claims[0].Vintage != "" || had.Origins[0].Version != "" {
		t.Error("the record that was there was written to")
	}
	if again := named.Meet(datasetEvent("19.1", 5), true); !reflect.DeepEqual(again, named) {
		t.Errorf("the second time it changed: %+v", again)
	}
	updated := named.Meet(datasetEvent("24.1", 7), true)
	if d := cmp.Diff([]string{"c- SUPERSEDED", "c-24.1 CURRENT"}, statuses(updated)); d != "" {
		t.Error(d)
	}
	if older := named.Meet(datasetEvent("18.1", 9), true); older != named {
		t.Errorf("an older one overwrote it: %+v", older)
	}
	other := datasetEvent("19.1", 5) // says something else by a single letter
	other.Origins[0].Row += "."
	if met := unnamed(); met.Meet(other, true) != met {
		t.Error("a row that says something else named the vintage")
	}
	unknown := datasetEvent("", 5)
	unknown.Origins[0].Row = "row of 19.1"
	if met := unnamed().Meet(unknown, true); met.Origins[0].Version != "" {
		t.Error("a row without a vintage named one")
	}
	if met := named.Meet(unknown, true); !reflect.DeepEqual(met.Origins, named.Origins) || !reflect.DeepEqual(met.Claims, named.Claims) {
		t.Errorf("the same row of a file without a version took the vintage away: %+v", met)
	}
	unknown.Origins[0].Row = "another row"
	if met := named.Meet(unknown, true); met.Origins[0].Version != "" {
		t.Error("another row of a file without a version does not count as the newest")
	}
}

func TestAnOlderVintageChangesNothing(t *testing.T) {
	had := datasetEvent("24.1", 7)
	if met := had.Meet(datasetEvent("19.1", 5), had.Key == "ucdp-1"); met != had {
		t.Errorf("got %+v", met)
	}
}

func TestAVintageThatIsNotKnownCountsAsTheNewest(t *testing.T) {
	met := datasetEvent("24.1", 7).Meet(datasetEvent("", 8), true)
	if d := cmp.Diff([]string{"c-24.1 SUPERSEDED", "c- CURRENT"}, statuses(met)); d != "" {
		t.Error(d)
	}
}

func TestAKnownVintageIsOlderThanAnUnknownOne(t *testing.T) {
	had := datasetEvent("", 8)
	if met := had.Meet(datasetEvent("24.1", 7), true); met != had {
		t.Errorf("got %+v", met)
	}
	if met := had.Meet(datasetEvent("", 9), true); met == had {
		t.Error("a file without a version no longer counts as the newest")
	}
}

func TestTheSameRowAgainChangesNothing(t *testing.T) {
	had := datasetEvent("24.1", 7)
	again := datasetEvent("24.1", 7)
	again.Origins[0].Line = 99
	met := had.Meet(again, true)
	if !reflect.DeepEqual(had.Claims, met.Claims) || met.Origins[0].Line != 0 || len(met.Citations) != 1 {
		t.Errorf("got %+v", met)
	}
}

func TestAnEventOfSomebodyElseOnlyGainsTheRow(t *testing.T) {
	had := handEvent()
	met := had.Meet(datasetEvent("24.1", 3), had.Key == "ucdp-1")
	if met.Type != "remote_violence" || met.Status != StatusVerified || met.Key != "ambush" || met.Titles[0].Lang != "ar" {
		t.Errorf("the event itself changed: %+v", met)
	}
	if d := cmp.Diff([]string{"p CURRENT", "u CURRENT"}, statuses(met)); d != "" {
		t.Errorf("a figure that is there already came twice: %s", d)
	}
	if len(met.Origins) != 1 || len(met.Citations) != 2 {
		t.Errorf("origins %v, citations %v", met.Origins, met.Citations)
	}
	met = had.Meet(datasetEvent("24.1", 9), had.Key == "ucdp-1")
	if d := cmp.Diff([]string{"p CURRENT", "u SUPERSEDED", "c-24.1 CURRENT"}, statuses(met)); d != "" {
		t.Error(d)
	}
}

func TestAFigureThatTheRowNoLongerGivesIsSuperseded(t *testing.T) {
	had := datasetEvent("19.1", 5)
	extra := had.Claims[0]
	extra.ID, extra.Included, extra.Victims = "part", true, "civilians"
	had.Claims = append(had.Claims, extra)
	met := had.Meet(datasetEvent("24.1", 5), had.Key == "ucdp-1")
	if want := []string{"c-19.1 CURRENT", "part SUPERSEDED"}; !slices.Equal(statuses(met), want) {
		t.Errorf("got %v, want %v", statuses(met), want)
	}
}

func TestAVersionThatHasARowNoLongerRetractsWhatItSaid(t *testing.T) {
	joined := handEvent()
	joined.Origins = []OriginRecord{{Dataset: RefTo("ucdp-ged"), DatasetRow: "1", Version: "24.1"},
		{Dataset: RefTo("ucdp-ged"), DatasetRow: "2", Version: "24.1"}}
	for _, c := range []struct {
		name    string
		event   *EventRecord
		version string
		held    []string
		want    []string
		status  EventStatus
	}{
		{"gone", datasetEvent("24.1", 5), "25.1", nil, []string{"c-24.1 RETRACTED"}, StatusRetracted},
		{"gone from the newest", datasetEvent("24.1", 5), "", nil, []string{"c-24.1 RETRACTED"}, StatusRetracted},
		{"held", datasetEvent("24.1", 5), "25.1", []string{"1"}, []string{"c-24.1 CURRENT"}, StatusReported},
		{"not yet in an older version", datasetEvent("24.1", 5), "19.1", nil, []string{"c-24.1 CURRENT"}, StatusReported},
		{"one row of two gone", joined, "25.1", []string{"2"}, []string{"p CURRENT", "u RETRACTED"}, StatusVerified},
	} {
		held := map[string]bool{}
		for _, row := range c.held {
			held[row] = true
		}
		changed := c.event.Retract("ucdp-ged", c.version, held)
		if d := cmp.Diff(c.want, statuses(c.event)); d != "" || c.event.Status != c.status {
			t.Errorf("%s: status %s, %s", c.name, c.event.Status, d)
		}
		if again := c.event.Retract("ucdp-ged", c.version, held); again {
			t.Errorf("%s: twice changes it twice", c.name)
		}
		if changed != slices.ContainsFunc(c.want, func(s string) bool { return s[len(s)-9:] == string(ClaimRetracted) }) {
			t.Errorf("%s: changed %v", c.name, changed)
		}
	}
}

func TestWhatAPersonReadFromARowOutlivesTheRow(t *testing.T) {
	had, ged, aqim := handEvent(), RefTo("ucdp-ged"), RefTo("aqim")
	had.Claims = append(had.Claims, ClaimRecord{ID: "r", Kind: ClaimResponsibility, Status: ClaimCurrent,
		Source: &ged, DatasetRow: "1", Responsible: &aqim})
	met := had.Meet(datasetEvent("24.1", 7), false)
	if d := cmp.Diff([]string{"p CURRENT", "u SUPERSEDED", "r CURRENT", "c-24.1 CURRENT"}, statuses(met)); d != "" {
		t.Error(d)
	}
}
