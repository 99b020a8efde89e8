package timeline

import (
	"fmt"
	"testing"
)

// together checks records made by changing good ones.
func together(records ...*Record) []string {
	var found []string
	for _, p := range CheckTogether(records) {
		found = append(found, fmt.Sprintf("%d %s %s", p.Record, p.Field, p.Rule))
	}
	return found
}

func located(key, parent string) *Record {
	l := goodLocation()
	l.Key = key
	if parent != "" {
		l.Parent = &Ref{Ref: parent}
	}
	return &Record{Location: l}
}

func sourced(key, origin string) *Record {
	s := goodSource()
	s.Key = key
	if origin != "" {
		s.Origin = &Ref{Ref: origin}
	}
	return &Record{Source: s}
}

func happened(key string, relations ...EventRelationRecord) *Record {
	e := goodEvent()
	e.Key, e.Relations = key, relations
	return &Record{Event: e}
}

func acting(key string, relations ...ActorRelationRecord) *Record {
	a := goodActor()
	a.Key, a.Relations = key, relations
	return &Record{Actor: a}
}

func saved(key string, w *EventWhere) *Record {
	r := goodTimeline()
	r.Key, r.Where = key, w
	return &Record{Timeline: r}
}

func standsOn(ref string) *EventWhere { return &EventWhere{Timeline: &ref} }

func TestRecordsTogetherAreHeldToTheRules(t *testing.T) {
	identified := func(r *Record, i ...Identifier) *Record { r.Identity().Identifiers = i; return r }
	former := func(r *Record, refs ...string) *Record { r.Identity().Former = refs; return r }
	ucdp := Identifier{"ucdp", "1"}
	claims := func(r *Record) *Record {
		c := goodClaim(ClaimKilled)
		c.ID = DeriveID(KindClaim, "x")
		r.Event.Claims = []ClaimRecord{c}
		return r
	}
	s1 := sourced("s-1", "")
	tests := []struct {
		name    string
		records []*Record
		want    []string
	}{
		{"nothing", nil, nil},
		{"a tree", []*Record{located("l-2", "l-1"), located("l-1", "")}, nil},
		{"a parent that is not there", []*Record{located("l-2", "l-1")}, []string{"0 location.parent dangling"}},
		{"a parent by its identifier", []*Record{identified(located("l-1", ""), ucdp), located("l-2", "ucdp:1")}, nil},
		{"a parent by its former key", []*Record{former(located("l-1", ""), "old"), located("l-2", "old")}, nil},
		{"another kind does not answer", []*Record{sourced("l-1", ""), located("l-2", "l-1")}, []string{"1 location.parent dangling"}},
		{"one key twice", []*Record{located("l-1", ""), located("l-1", "")}, []string{"1 location duplicate-key"}},
		{"one key for two kinds", []*Record{located("x", ""), sourced("x", "")}, nil},
		{"one identifier twice", []*Record{identified(located("l-1", ""), ucdp), identified(located("l-2", ""), ucdp)},
			[]string{"1 location duplicate-identifier"}},
		{"a former key that lives", []*Record{located("l-1", ""), former(located("l-2", ""), "l-1")}, []string{"1 location duplicate-key"}},
		{"one claim's id twice", []*Record{s1, claims(happened("e-1")), claims(happened("e-2"))}, []string{"2 event.claims[0].id duplicate-id"}},
		{"parents in a circle", []*Record{located("l-1", "l-3"), located("l-2", "l-1"), located("l-3", "l-2")},
			[]string{"1 location.parent parent-cycle"}},
		{"origins in a circle", []*Record{sourced("s-1", "s-2"), sourced("s-2", "s-1")}, []string{"1 source.origin origin-cycle"}},
		{"parts in a circle", []*Record{s1, happened("e-1", EventRelationRecord{EventPartOf, RefTo("e-2")}),
			happened("e-2", EventRelationRecord{EventPartOf, RefTo("e-1")})}, []string{"2 event.relations part-of-cycle"}},
		{"other relations may go round", []*Record{s1, happened("e-1", EventRelationRecord{EventFollows, RefTo("e-2")}),
			happened("e-2", EventRelationRecord{EventFollows, RefTo("e-1")})}, nil},
		{"timelines in a circle", []*Record{saved("t-1", &EventWhere{Or: []*EventWhere{{Not: standsOn("t-2")}}}), saved("t-2", standsOn("t-1"))},
			[]string{"1 timeline.where timeline-cycle"}},
		{"a timeline on itself", []*Record{saved("t-1", standsOn("t-1"))}, []string{"0 timeline.where timeline-cycle"}},
		{"a filter that names nobody", []*Record{saved("t-1", &EventWhere{And: []*EventWhere{{Actor: &ActorRefWhere{Any: []string{"a-9"}}}}})},
			[]string{"0 timeline.where.and[0].actor.any[0] dangling"}},
		{"a claimant that is not there", []*Record{s1, func() *Record {
			r, who := happened("e-1"), RefTo("a-9")
			c := goodClaim(ClaimKilled)
			c.Claimant = &who
			r.Event.Claims = []ClaimRecord{c}
			return r
		}()}, []string{"1 event.claims[0].claimant dangling"}},
		{"a description may be made anew", []*Record{s1, func() *Record {
			r := happened("e-1")
			r.Event.Places = []PlaceRecord{{Location: &Ref{Name: "Gao", Key: "gao"}, Role: RoleSite, Precision: PlaceExact}}
			return r
		}()}, nil},
		{"successor and predecessor", []*Record{acting("a-1", ActorRelationRecord{Kind: RelationSuccessor, Actor: RefTo("a-2")}),
			acting("a-2", ActorRelationRecord{Kind: RelationPredecessor, Actor: RefTo("a-1")})}, []string{"1 actor.relations[0] relation-twice"}},
		{"component and member", []*Record{acting("a-1", ActorRelationRecord{Kind: RelationComponent, Actor: RefTo("a-2")}),
			acting("a-2", ActorRelationRecord{Kind: RelationMemberOf, Actor: RefTo("a-1")})}, []string{"1 actor.relations[0] relation-twice"}},
		{"allies of each other", []*Record{acting("a-1", ActorRelationRecord{Kind: RelationAlly, Actor: RefTo("a-2")}),
			acting("a-2", ActorRelationRecord{Kind: RelationAlly, Actor: RefTo("a-1")})}, []string{"1 actor.relations[0] relation-twice"}},
		{"members of each other", []*Record{acting("a-1", ActorRelationRecord{Kind: RelationMemberOf, Actor: RefTo("a-2")}),
			acting("a-2", ActorRelationRecord{Kind: RelationMemberOf, Actor: RefTo("a-1")})}, nil},
		{"leaders of each other's", []*Record{acting("a-1", ActorRelationRecord{Kind: RelationLedBy, Actor: RefTo("a-2")}),
			acting("a-2", ActorRelationRecord{Kind: RelationLeads, Actor: RefTo("a-1")})}, []string{"1 actor.relations[0] relation-twice"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := together(test.records...); fmt.Sprint(got) != fmt.Sprint(test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestEveryRefInAFilterIsLookedUp(t *testing.T) {
	w, err := ParseEventWhere([]byte(`{"refs":["x"],"timeline":"x","place":{"within":["x"],"exactly":["x"]},
		"actor":{"any":["x"],"all":["x"]},"participants":{"some":{"actor":{"refs":["x"],"and":[{"refs":["x"]}],
		"or":[{"refs":["x"]}],"not":{"refs":["x"]}}}},"claims":{"none":{"claimant":{"refs":["x"]},
		"source":{"refs":["x"]}}},"sources":{"some":{"refs":["x"]},"none":{"refs":["x"]},"every":{"refs":["x"]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := together(saved("t-1", w)); len(got) != 15 {
		t.Errorf("%d of 15: %q", len(got), got)
	}
}

func TestALongChainIsNoCircle(t *testing.T) {
	records := []*Record{located("l-0", "")}
	for i := range 50_000 {
		records = append(records, located(fmt.Sprintf("l-%d", i+1), fmt.Sprintf("l-%d", i)))
	}
	if got := together(records...); got != nil {
		t.Error(got)
	}
}
