package index_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/timeline"
)

// related writes an actor's relations as kind and key.
func related(x *index.Index, all []index.ActorRelation) string {
	var words []string
	for _, r := range all {
		words = append(words, string(r.Kind)+" "+x.Actor(r.Actor).Key)
	}
	return strings.Join(words, ", ")
}

func TestRelationsOfActorsAreToldOnBothSides(t *testing.T) {
	x, l := small(t)
	for _, c := range []struct {
		actor, day string
		kinds      []timeline.ActorRelationKind
		want       string
	}{
		{"jnim", "", nil, "PREDECESSOR ansar-dine, COMPONENT civilians, COMPONENT ansar-dine"},
		{"ansar-dine", "", nil, "SUCCESSOR jnim, COMPONENT katiba, MEMBER_OF jnim"},
		{"ansar-dine", "2012-05-01", nil, "SUCCESSOR jnim, COMPONENT katiba"},
		{"ansar-dine", "2018-01-01", nil, "SUCCESSOR jnim, MEMBER_OF jnim"},
		{"ansar-dine", "", []timeline.ActorRelationKind{timeline.RelationMemberOf}, "MEMBER_OF jnim"},
		{"ansar-dine", "", []timeline.ActorRelationKind{}, ""},
		{"katiba", "", nil, "MEMBER_OF ansar-dine, ALLY faction"},
		{"faction", "", nil, "SPLINTER jnim, ALLY katiba"},
		{"civilians", "", nil, "MEMBER_OF jnim"},
	} {
		var at *edtf.Day
		if c.day != "" {
			day, err := edtf.ParseDay(c.day)
			if err != nil {
				t.Fatal(err)
			}
			at = &day
		}
		if got := related(x, x.ActorRelations(l.rows[timeline.KindActor][c.actor], c.kinds, at)); got != c.want {
			t.Errorf("%s on %q: %s, want %s", c.actor, c.day, got, c.want)
		}
	}
	if got := x.ActorRelations(99, nil, nil); got != nil {
		t.Errorf("of nobody: %v", got)
	}
}

func TestARelationStatedOnBothSidesIsToldOnce(t *testing.T) {
	when := timeline.NewTime(edtf.MustParse("2017"))
	first := actorOf(1, index.ActorRelation{Kind: timeline.RelationComponent, Actor: 2, Time: &when, Source: 7},
		index.ActorRelation{Kind: timeline.RelationAlly, Actor: 2}, index.ActorRelation{Kind: timeline.RelationAlly, Actor: 3})
	second := actorOf(2, index.ActorRelation{Kind: timeline.RelationMemberOf, Actor: 1, Time: &when},
		index.ActorRelation{Kind: timeline.RelationAlly, Actor: 1})
	x := index.New().With(index.Changes{Actors: []*index.Actor{first, second}})
	got := x.ActorRelations(1, nil, nil)
	if related(x, got) != "COMPONENT a-2, ALLY a-2" || got[0].Source != 7 {
		t.Errorf("%+v", got)
	}
}

func actorOf(row int64, relations ...index.ActorRelation) *index.Actor {
	a := &index.Actor{Relations: relations}
	a.Row, a.ID, a.Key = row, fmt.Sprint("ac_", row), fmt.Sprint("a-", row)
	a.Refs = []string{a.ID, a.Key}
	return a
}

func TestMembershipsThatGoRoundEnd(t *testing.T) {
	member := func(of int64) index.ActorRelation {
		return index.ActorRelation{Kind: timeline.RelationMemberOf, Actor: of}
	}
	x := index.New().With(index.Changes{
		Actors: []*index.Actor{actorOf(1, member(2)), actorOf(2, member(1)), actorOf(3, member(2)), actorOf(4)},
		Events: []*index.Event{
			{Row: 1, ID: "ev_1", Key: "three", Time: timeline.NewTime(edtf.MustParse("2012")), Participants: []index.Participant{{Actor: 3}}},
			{Row: 2, ID: "ev_2", Key: "four", Time: timeline.NewTime(edtf.MustParse("2012")), Participants: []index.Participant{{Actor: 4}}},
		},
	})
	where := parsed(t, `{"actor": {"any": ["a-1"], "include": ["COMPONENTS"]}}`)
	s, err := x.Select(index.Question{Where: where})
	if err != nil || keys(x, s.Rows()) != "three" {
		t.Errorf("%s, %v", keys(x, s.Rows()), err)
	}
}

func TestACircleInTheTreeOrAmongTheOriginsEnds(t *testing.T) {
	one, two := &index.Location{Parent: 2}, &index.Location{Parent: 1}
	one.Row, two.Row = 1, 2
	x := index.New().With(index.Changes{
		Locations: []*index.Location{one, two},
		Sources:   []*index.Source{{Row: 1, Origin: 2}, {Row: 2, Origin: 1}, {Row: 3, Origin: 1}},
		Events: []*index.Event{{Row: 1, ID: "ev_1", Places: []index.Place{{Location: 1}}, Claims: []index.Claim{
			killed(1, 4), killed(2, 9), killed(3, 30)}}},
	})
	if got := x.Ancestors(1); !slices.Equal(got, []int64{2}) {
		t.Errorf("ancestors %v", got)
	}
	s, err := x.Select(index.Question{Parent: index.Parent{Kind: timeline.KindLocation, Row: 2}})
	if err != nil || s.Count() != 1 {
		t.Errorf("%d events, %v", s.Count(), err)
	}
	c, err := x.Figure(1, timeline.ClaimKilled, timeline.RuleRange)
	if err != nil || c.SourceCount != 1 || c.ClaimCount != 3 {
		t.Errorf("%+v, %v", c, err)
	}
}

func killed(source int64, best int) index.Claim {
	return index.Claim{Kind: timeline.ClaimKilled, Status: timeline.ClaimCurrent, Source: source,
		Low: timeline.Unknown, Best: best, High: timeline.Unknown, ReportedOn: edtf.DistantPast}
}

func TestEventsKnowTheirPeopleSourcesAndRelations(t *testing.T) {
	x, l := small(t)
	event := l.rows[timeline.KindEvent]
	source := l.rows[timeline.KindSource]
	if got := x.EventSources(event["siege"]); !slices.Equal(got, []int64{source["press"], source["copy"]}) {
		t.Errorf("sources %v", got)
	}
	if got := x.EventActors(event["capture"]); len(got) != 2 || x.Actor(got[0]).Key != "ansar-dine" {
		t.Errorf("actors %v", got)
	}
	same := []index.EventRelation{{Kind: timeline.EventSameAs, Event: event["nowhere"]}}
	if got := x.EventRelations(event["capture"]); !slices.Equal(got, same) {
		t.Errorf("told from the other side: %v", got)
	}
	if got := x.EventRelations(event["nowhere"]); len(got) != 2 {
		t.Errorf("as kept: %v", got)
	}
	if x.PartOf(event["words"]) != event["capture"] || x.PartOf(event["capture"]) != 0 || x.PartOf(99) != 0 {
		t.Error("parts and wholes are mixed up")
	}
	s, err := x.Select(index.Question{Parent: index.Parent{Kind: timeline.KindEvent, Row: event["capture"]}})
	if err != nil || keys(x, s.Rows()) != "words" {
		t.Errorf("parts %v, %v", s, err)
	}
	if x.EventSources(99) != nil || x.EventActors(99) != nil || x.EventRelations(99) != nil {
		t.Error("no event has something")
	}
}

func TestTimbuktuIsBelowItsRegionAndCountry(t *testing.T) {
	x, l := small(t)
	at := l.rows[timeline.KindLocation]
	if got := x.Ancestors(at["timbuktu"]); !slices.Equal(got, []int64{at["mali"], at["timbuktu-region"]}) {
		t.Errorf("ancestors %v", got)
	}
	if got := x.Children(at["mali"]); !slices.Equal(got, []int64{at["timbuktu-region"]}) {
		t.Errorf("children %v", got)
	}
	if x.Ancestors(at["mali"]) != nil || x.Ancestors(99) != nil || x.Children(at["suva"]) != nil {
		t.Error("there is something above or below")
	}
}

func TestReadersAskWhileTheNextRevisionIsMade(t *testing.T) {
	x, l := small(t)
	want := everything
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 50 {
				s, err := x.Select(index.Question{})
				if err != nil || keys(x, s.Rows()) != want {
					t.Errorf("%v, %v", s, err)
				}
			}
		})
	}
	next := x
	for row := range int64(200) {
		changed := *x.Event(l.rows[timeline.KindEvent]["siege"])
		changed.Row = 100 + row%20
		next = next.With(index.Changes{Revision: row, Events: []*index.Event{&changed}})
	}
	all.Wait()
	if next.Dataset().Events != 26 {
		t.Errorf("%d events", next.Dataset().Events)
	}
}
