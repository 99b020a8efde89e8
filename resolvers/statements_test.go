package resolvers_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"tarikh/db"
	"tarikh/timeline"
)

// The rule of the house: at most one statement for each root field, one for each
// kind under node and nodes, and one for each different (relation, arguments) below,
// at any page size, through edges { node } and nodes, aliases and fragments, at any
// depth. Memory answers some of them without any.
func TestAQuestionCostsWhatItsShapeSays(t *testing.T) {
	d := openRecord(t, 300)
	ids := someIDs(t, d)
	for _, c := range []struct {
		name, document string
		most           int
	}{
		{"memory alone", `{ dataset { revision events } eventTypes { code label(lang: "ar") { text } } }`, 0},
		{"a count alone", `{ events(where: {time: {from: "1990"}}) { totalCount casualties { low high } } }`, 0},
		{"actors and locations alone", `{
			actors(first: 50) { nodes { name(lang: "fr") { text } successors { key } memberOf(at: "2015-01-01") { key } } }
			locations(first: 50) { nodes { ancestors { key } parent { parent { key } } children(first: 5) { nodes { key } } } } }`, 0},
		{"one event whole", `{ event(ref: "e-1") {
			title { text } place { words } places { words } participants { words } claims { words } citations { locator }
			sources { key } relations { event { key } } partOf { key } origins { row } identifiers { value } } }`, 11},
		{"a page through nodes", `{ events(first: 100) { nodes { key actors { key } claims { kind } } } }`, 2},
		{"a page through edges", `{ events(first: 100) { edges { cursor node { key actors { key } claims { kind } } } } }`, 2},
		{"nodes and edges together", `{ events(first: 100) { nodes { key } edges { node { title { text } } } } }`, 1},
		{"another page size", `{ events(first: 7) { edges { node { claims { source { key } } citations { source { key } } } } } }`, 5},
		{"the whole page", `{ events(first: 50) { totalCount edges { node {
			key location { key ancestors { key } } participants { role actor { key } }
			claims { kind claimant { key } victimActor { key } source { key } } sources { key } citations { source { key } } } } } }`, 7},
		{"four levels through edges", `{ locations(first: 20) { edges { node {
			events(first: 20) { edges { node { actors {
				events(first: 5) { edges { node { location { key } claims { source { key } } } } } } } } } } } } }`, 4},
		{"aliases of one relation", `{ events(first: 30) { nodes { a: claims(kind: [KILLED]) { id } b: claims(kind: [INJURED]) { id } c: claims { id } } } }`, 2},
		{"aliases with other arguments", `{ actors(first: 30) { nodes {
			a: events(first: 2) { nodes { key } } b: events(last: 2) { nodes { key } } } } }`, 2},
		{"the same selection counted only", `{ actors(first: 100) { nodes { events(where: {status: [REPORTED]}) { totalCount } } } }`, 0},
		{"fragments", `query { events(first: 40) { nodes { ...E } } } fragment E on Event { claims { ...C } }
			fragment C on Claim { event { key } source { origin { key } } }`, 5},
		{"sources and their events", `{ sources(first: 40) { nodes { key origin { key } events(first: 3) { nodes { key sources { key } } } } } }`, 4},
		{"parts below parts", `{ events(first: 100) { nodes { parts(first: 5) { nodes { parts(first: 5) { nodes { key } } } } partOf { partOf { key } } } } }`, 5},
		{"nodes of every kind", `query { nodes(ids: ` + ids + `) { __typename id ... on Event { key } ... on Claim { kind } ... on Source { key } } }`, 3},
		{"timelines", `{ timelines { nodes { key picked { key } events(first: 5) { totalCount nodes { key } } } } }`, 2},
		{"hits of names are in memory", `{ search(text: "Tombouctou", kinds: [ACTOR, LOCATION]) { totalCount nodes { __typename }
			edges { cursor matchedBy { how text } snippet { text { text } ranges { start } } } } }`, 0},
		{"a search of everything", `{ search(text: "siege attack", first: 20) { totalCount edges {
			node { ... on Event { key } ... on Source { key } } matchedBy { how } snippet { text { text } } } } }`, 12},
		{"a text in a filter", `{ events(where: {text: "siege"}, first: 20) { totalCount nodes { key } } }`, 3},
		{"a text below each actor", `{ actors(first: 30) { nodes { events(where: {text: "siege"}) { totalCount } } } }`, 2},
		{"filters cost nothing", `{ events(first: 10, where: {or: [
			{actor: {any: ["a-1"], include: [COMPONENTS, PREDECESSORS]}},
			{place: {within: ["l-1"]}}, {claims: {some: {kind: [KILLED]}}}, {sources: {some: {lang: ["ar"]}}}]}) { nodes { key } } }`, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := ask(t, d, c.document, nil)
			if len(a.Errors) > 0 {
				t.Fatalf("errors: %v", a.Errors)
			}
			if a.Statements > c.most {
				t.Errorf("%d statements, at most %d are allowed", a.Statements, c.most)
			}
		})
	}
}

// someIDs is a GraphQL list of ids of every kind.
func someIDs(t *testing.T, d *db.DB) string {
	t.Helper()
	var ids []string
	a := ask(t, d, `{ actors(first: 2) { nodes { id } } locations(first: 2) { nodes { id } } sources(first: 2) { nodes { id } }
		timelines(first: 1) { nodes { id } } events(first: 9) { nodes { id claims { id } } } }`, nil)
	for _, id := range regexp.MustCompile(`"[a-z]{2}_[0-9a-z]{26}"`).FindAll(a.Data, -1) {
		ids = append(ids, string(id))
	}
	return "[" + strings.Join(ids, " ") + "]"
}

func TestNodesKeepTheOrderAskedAndLeaveGapsNull(t *testing.T) {
	d := openRecord(t, 20)
	var got struct {
		Events struct{ Nodes []struct{ ID string } }
		Actors struct{ Nodes []struct{ ID string } }
	}
	a := ask(t, d, `{ events(first: 2) { nodes { id } } actors(first: 1) { nodes { id } } }`, nil)
	if err := json.Unmarshal(a.Data, &got); err != nil {
		t.Fatal(err)
	}
	ids := []any{got.Actors.Nodes[0].ID, "ev_nothing", got.Events.Nodes[1].ID, timeline.DeriveID(timeline.KindEvent, "no such"), got.Events.Nodes[0].ID}
	a = ask(t, d, `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": ids})
	want, _ := json.Marshal(map[string]any{"nodes": []any{
		map[string]any{"id": ids[0]}, nil, map[string]any{"id": ids[2]}, nil, map[string]any{"id": ids[4]}}})
	if !bytes.Equal(a.Data, want) {
		t.Errorf("got  %s\nwant %s", a.Data, want)
	}
}

func TestAnUnknownRefIsNullAndAnUnknownFilterRefAnError(t *testing.T) {
	d := openRecord(t, 5)
	a := ask(t, d, `{ event(ref: "none") { id } actor(ref: "x:1") { id } location(ref: "lo_1") { id } source(ref: "") { id } timeline(ref: "q") { id } }`, nil)
	if want := `{"event":null,"actor":null,"location":null,"source":null,"timeline":null}`; string(a.Data) != want || len(a.Errors) > 0 {
		t.Errorf("got %s %v", a.Data, a.Errors)
	}
	a = ask(t, d, `{ events(where: {place: {within: ["nowhere"]}}) { totalCount } }`, nil)
	if len(a.Errors) != 1 {
		t.Errorf("got %s %v", a.Data, a.Errors)
	}
}

func TestWhatFailsForOneConnectionIsNoFailureOfItsSiblings(t *testing.T) {
	d := openRecord(t, 40)
	const asked = `{ events { buckets(by: WEEK) { possible } } }`
	together := ask(t, d, `{ actors { nodes { key } } }`, nil)
	var actors struct {
		Actors struct{ Nodes []struct{ Key string } }
	}
	if err := json.Unmarshal(together.Data, &actors); err != nil {
		t.Fatal(err)
	}
	alone := 0
	for _, a := range actors.Actors.Nodes {
		alone += len(ask(t, d, `{ actor(ref: "`+a.Key+`") `+asked+` }`, nil).Errors)
	}
	all := ask(t, d, `{ actors { nodes `+asked+` } }`, nil)
	if alone == 0 || alone == len(actors.Actors.Nodes) || len(all.Errors) != alone {
		t.Errorf("of %d actors %d fail alone and %d together", len(actors.Actors.Nodes), alone, len(all.Errors))
	}
}
