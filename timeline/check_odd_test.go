package timeline

import (
	"slices"
	"testing"

	"tarikh/edtf"
	"tarikh/names"
)

// oddities are the rules of the warnings that records get together.
func oddities(records ...*Record) []string {
	var rules []string
	for _, p := range CheckTogether(records) {
		if p.Severity == SeverityWarning {
			rules = append(rules, p.Rule)
		}
	}
	return rules
}

func oddEvent(key, when string, change func(*EventRecord)) *Record {
	place := RefTo("ber")
	e := &EventRecord{Identity: Identity{Key: key}, Type: "battle", Status: StatusReported, Time: edtf.MustParse(when),
		Titles:       []Text{{Lang: "en", Text: "Fighting at Ber"}},
		Places:       []PlaceRecord{{Location: &place, Role: RoleSite, Precision: PlaceExact}},
		Participants: []ParticipationRecord{{Actor: RefTo("army"), Role: RoleParty, Certainty: CertaintyConfirmed}}}
	if change != nil {
		change(e)
	}
	return &Record{Event: e}
}

func TestASecondReaderIsToldWhatIsOdd(t *testing.T) {
	four := 4
	claim := func(reported string) func(*EventRecord) {
		return func(e *EventRecord) {
			e.Claims = []ClaimRecord{{Kind: ClaimKilled, Status: ClaimCurrent, Range: &Range{Best: &four}, ReportedOn: edtf.MustParse(reported)}}
		}
	}
	title := func(text string) func(*EventRecord) {
		return func(e *EventRecord) { e.Titles[0].Text = text; claim("2012-04-05")(e) }
	}
	relate := func(kind EventRelationKind, to string) func(*EventRecord) {
		return func(e *EventRecord) { e.Relations = []EventRelationRecord{{Kind: kind, Event: RefTo(to)}} }
	}
	told := func(texts ...string) func(*EventRecord) {
		return func(e *EventRecord) {
			for i, text := range texts {
				e.Summaries = append(e.Summaries, Text{Lang: []names.Language{"ar", "fr", "en"}[i], Text: text})
			}
		}
	}
	source := func(published string) *Record {
		return &Record{Source: &SourceRecord{Identity: Identity{Key: "s"}, PublishedOn: edtf.MustParse(published)}}
	}
	from := func(reported string) func(*EventRecord) {
		return func(e *EventRecord) { s := RefTo("s"); claim(reported)(e); e.Claims[0].Source = &s }
	}
	person := func(key string, called ...string) *Record {
		a := &ActorRecord{Identity: Identity{Key: key}, Kind: ActorPerson}
		for _, text := range called {
			a.Names = append(a.Names, Name{Text: text, Lang: "fr", Kind: NameAlias})
		}
		return &Record{Actor: a}
	}
	dataset := func(e *EventRecord) { e.Origins = []OriginRecord{{Dataset: RefTo("d")}} }
	for name, c := range map[string]struct {
		records []*Record
		want    []string
	}{
		"a claim before its event":       {[]*Record{oddEvent("a", "2012-04-03", claim("2012-04-01"))}, []string{"claim-before-event"}},
		"a claim on the day":             {[]*Record{oddEvent("a", "2012-04-03", claim("2012-04-03"))}, nil},
		"a claim of the month":           {[]*Record{oddEvent("a", "2012-04-03", claim("2012-04"))}, nil},
		"a number that a claim has":      {[]*Record{oddEvent("a", "2012-04-03", title("4 killed at Ber"))}, nil},
		"a number that no claim has":     {[]*Record{oddEvent("a", "2012-04-03", title("5 killed at Ber"))}, []string{"title-figure"}},
		"a number in words":              {[]*Record{oddEvent("a", "2012-04-03", title("Four killed at Ber"))}, nil},
		"a number in words, in no claim": {[]*Record{oddEvent("a", "2012-04-03", title("Five killed at Ber"))}, []string{"title-figure"}},
		"a number in a longer one":       {[]*Record{oddEvent("a", "2012-04-03", title("Twenty-five and fifteen men"))}, nil},
		"a number of the date":           {[]*Record{oddEvent("a", "2012-04-03", title("Killed on 3 April 2012"))}, nil},
		"a number inside a name":         {[]*Record{oddEvent("a", "2012-04-03", title("The G5 force and COVID-19"))}, nil},
		"languages that agree":           {[]*Record{oddEvent("a", "2012-04-03", told("مقتل أربعة جنود و1200 مدني في خمس عشرة قرية", "Quatre soldats et 1 200 civils tués", "4 soldiers and 1,200 civilians killed"))}, nil},
		"languages that differ":          {[]*Record{oddEvent("a", "2012-04-03", told("مقتل 4 جنود", "Cinq soldats tués"))}, []string{"languages-differ"}},
		"a claim of its source's month":  {[]*Record{source("2012-04"), oddEvent("a", "2012-04-03", from("2012-04-05"))}, nil},
		"a claim after its source":       {[]*Record{source("2012-04"), oddEvent("a", "2012-04-03", from("2012-05-01"))}, []string{"claim-outside-source"}},
		"an alias that another has":      {[]*Record{person("choguel", "Choguel Maïga"), person("soumeylou", "Soumeylou Maïga", "Maïga")}, []string{"name-of-another"}},
		"an alias of one":                {[]*Record{person("choguel", "Choguel Maïga"), person("mokhtar", "Mokhtar Belmokhtar", "Belmokhtar")}, nil},
		"a part outside its whole":       {[]*Record{oddEvent("w", "2012-05", nil), oddEvent("a", "2012-04-03", relate(EventPartOf, "w"))}, []string{"part-outside"}},
		"a part within its whole":        {[]*Record{oddEvent("w", "2012-04", nil), oddEvent("a", "2012-04-03", relate(EventPartOf, "w"))}, nil},
		"two that look like one":         {[]*Record{oddEvent("a", "2012-04-03", nil), oddEvent("b", "2012-04-03", nil)}, []string{"looks-like"}},
		"two that say that they are one": {[]*Record{oddEvent("a", "2012-04-03", nil), oddEvent("b", "2012-04-03", relate(EventSameAs, "a"))}, nil},
		"two rows of a dataset":          {[]*Record{oddEvent("a", "2012-04-03", dataset), oddEvent("b", "2012-04-03", dataset)}, nil},
	} {
		if got := oddities(c.records...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestAPointAbroadIsTold(t *testing.T) {
	mali := RefTo("mali")
	records := []*Record{{Location: &LocationRecord{Identity: Identity{Key: "mali"}, Kind: LocationCountry}}}
	place := func(key string, lat, lon float64) {
		records = append(records, &Record{Location: &LocationRecord{Identity: Identity{Key: key}, Kind: LocationVillage,
			Parent: &mali, Point: &Point{Lat: lat, Lon: lon}}})
	}
	for i, key := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i"} {
		place(key, 12+float64(i)/2, -3-float64(i%3))
	}
	if got := oddities(records...); len(got) > 0 {
		t.Errorf("got %v", got)
	}
	place("swapped", -3, 16.7)
	if got := oddities(records...); !slices.Equal(got, []string{"point-abroad"}) {
		t.Errorf("got %v", got)
	}
}
