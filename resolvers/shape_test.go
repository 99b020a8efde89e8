package resolvers_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"tarikh/timeline"
)

func TestTheShapeOfASelectionCostsWhatItsRecordsCost(t *testing.T) {
	d := openRecord(t, 300)
	const shape = `totalCount extent { earliest latest bbox }
		histogram(by: YEAR, splitBy: TYPE) { starts end certain possible keys splits }
		buckets(by: DECADE, splitBy: ACTOR) { start end certain possible splits { key count label(lang: "ar") { text } node { id } } }
		a: facets(by: ACTOR) { key count label { text } node { ... on Actor { key successors { key } } } }
		r: facets(by: REGION, excludeOwn: true) { key count label { text } node { ... on Location { ancestors { key } } } }
		t: facets(by: TYPE) { label(lang: "fr") { text lang dir } node { id } }`
	const window = `where: {time: {from: "1890", to: "2020"}}`
	for _, c := range []struct {
		name, document string
		most           int
	}{
		{"in memory alone", `{ events(` + window + `) { ` + shape + ` } }`, 0},
		{"in memory alone, below", `{ actors(first: 20) { nodes { events(` + window + `) { ` + shape + ` } } } }`, 0},
		{"sources are read", `{ events { facets(by: SOURCE) { key label { text } node { ... on Source { key url } } } } }`, 1},
		{"sources are read once", `{ actors(first: 20) { nodes { events { facets(by: SOURCE) { label { text } node { id } } } } } }`, 1},
		{"events of clusters are read", `{ events { clusters(bbox: [-180, -90, 180, 90], zoom: 4) { count precision point { lat lon } bbox
			location { key ancestors { key } } event { key } } } }`, 1},
		{"events of clusters are read once", `{ actors(first: 20) { nodes { events { clusters(bbox: [-180, -90, 180, 90], zoom: 4) {
			location { key } event { key title { text } } } } } } }`, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := ask(t, d, c.document, nil)
			if len(a.Errors) > 0 || a.Statements > c.most {
				t.Errorf("%d statements, at most %d are allowed; errors %.300v", a.Statements, c.most, a.Errors)
			}
		})
	}
}

// counted is a list of facets with an alias for each field.
type counted map[string][]struct {
	Key   string
	Count int
	Label struct{ Text, Lang string }
	Node  *struct{ Typename string }
}

func TestFacetsWithoutTheirOwnFilterCountWhatElseThereIs(t *testing.T) {
	d := openRecord(t, 120)
	own := map[timeline.FacetField]string{
		timeline.FacetType: `type: ["violence"]`, timeline.FacetActor: `actor: {any: ["a-1"]}, participants: {some: {side: "A"}}`,
		timeline.FacetLocation: `place: {within: ["l-1"]}`, timeline.FacetRegion: `place: {known: true}`, timeline.FacetCountry: `place: {bbox: [0, 0, 1, 1]}`,
		timeline.FacetSource: `sources: {some: {refs: ["s-1"]}}`, timeline.FacetLanguage: `sources: {every: {lang: ["ar"]}}`,
		timeline.FacetStatus: `status: [VERIFIED]`, timeline.FacetTag: `tags: ["siege"]`,
	}
	for by, member := range own {
		const rest = `and: [{not: {refs: ["e-3"]}}], time: {to: "2014"}`
		body := fmt.Sprintf(`{ f: facets(by: %s, first: 500, excludeOwn: true) { key count label { text } } }`, by)
		with := ask(t, d, fmt.Sprintf(`{ events(where: {%s, %s}) %s }`, rest, member, body), nil)
		without := ask(t, d, fmt.Sprintf(`{ events(where: {%s}) %s }`, rest, body), nil)
		if len(with.Errors) > 0 || string(with.Data) != string(without.Data) || len(with.Data) < 30 {
			t.Errorf("%s:\nwith    %.300s %v\nwithout %.300s", by, with.Data, with.Errors, without.Data)
		}
	}
	// Below a record the record stays, and what stands below and stays, too.
	below := ask(t, d, `{ actor(ref: "a-1") { events(where: {actor: {any: ["a-2"]}}) { f: facets(by: ACTOR, excludeOwn: true) { key count } } } }`, nil)
	plain := ask(t, d, `{ actor(ref: "a-1") { events { f: facets(by: ACTOR) { key count } } } }`, nil)
	if string(below.Data) != string(plain.Data) {
		t.Errorf("below an actor:\n%s\n%s", below.Data, plain.Data)
	}
	kept := ask(t, d, `{ events(where: {and: [{type: ["violence"]}]}) { totalCount f: facets(by: TYPE, first: 500, excludeOwn: true) { count } } }`, nil)
	var got struct {
		Events struct {
			TotalCount int
			F          []struct{ Count int }
		}
	}
	if err := json.Unmarshal(kept.Data, &got); err != nil {
		t.Fatal(err)
	}
	for _, f := range got.Events.F {
		got.Events.TotalCount -= f.Count
	}
	if got.Events.TotalCount != 0 {
		t.Errorf("what stands inside and was dropped, too: %s", kept.Data)
	}
}

func TestFacetsHaveLabelsAndNodesWhereTheyAreRecords(t *testing.T) {
	d := openRecord(t, 120)
	var fields []string
	for _, by := range timeline.Words()["FacetField"] {
		fields = append(fields, fmt.Sprintf(`%s: facets(by: %s) { key count label(lang: "fr") { text lang } node { typename: __typename } }`, by, by))
	}
	a := ask(t, d, "{ events { "+strings.Join(fields, " ")+" } }", nil)
	if len(a.Errors) > 0 {
		t.Fatal(a.Errors)
	}
	var got struct{ Events counted }
	if err := json.Unmarshal(a.Data, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"ACTOR": "Actor", "SOURCE": "Source", "LOCATION": "Location", "REGION": "Location", "COUNTRY": "Location"}
	for by, facets := range got.Events {
		if len(facets) == 0 {
			t.Errorf("%s: no facets", by)
		}
		for _, f := range facets {
			if f.Label.Text == "" || (f.Node == nil) != (want[by] == "") || f.Node != nil && f.Node.Typename != want[by] {
				t.Errorf("%s: %+v %+v", by, f, f.Node)
			}
		}
	}
}

func TestWhatCannotBeAskedOfASelectionIsRefusedByName(t *testing.T) {
	d := openRecord(t, 30)
	for field, says := range map[string]string{
		`buckets(by: DAY) { start }`:                           "by: ",
		`histogram(by: MONTH) { starts }`:                      "more than 1500",
		`facets(by: TAG, first: 501) { key }`:                  "first: 501 values",
		`facets(by: TAG, first: -1, excludeOwn: true) { key }`: "first: ",
		`clusters(bbox: [0, 0, 0], zoom: 1) { count }`:         "bbox: ",
		`clusters(bbox: [], zoom: 1) { count }`:                "bbox: ",
		`clusters(bbox: [20, -4, 10, 95], zoom: 1) { count }`:  "bbox: ",
		`clusters(bbox: [0, 0, 1, 1], zoom: 23) { count }`:     "zoom: ",
	} {
		a := ask(t, d, `{ events(where: {time: {from: "0001", to: "2020"}}) { `+field+` } }`, nil)
		if len(a.Errors) != 1 || !strings.Contains(a.Errors[0], says) {
			t.Errorf("%s: %v, want %q", field, a.Errors, says)
		}
	}
}

func TestOneSelectionThatHasTooManyBucketsLeavesTheOthersTheirs(t *testing.T) {
	d := openRecord(t, 60)
	const actors = `{ actors(first: 100) { edges { node { events(where: {time: {known: true}}) { buckets(by: YEAR) { start } } } } } }`
	a := ask(t, d, actors, nil)
	var single int
	for i := range 100 {
		one := ask(t, d, fmt.Sprintf(`{ actor(ref: "a-%d") { events(where: {time: {known: true}}) { buckets(by: YEAR) { start } } } }`, i+1), nil)
		single += len(one.Errors)
	}
	if len(a.Errors) != single || single == 0 || single > 18 {
		t.Errorf("%d errors together, %d one by one; some actors, but not all, have too many buckets: %.200v", len(a.Errors), single, a.Errors)
	}
}
