package timeline

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"tarikh/names"
)

func TestAWrongFilterSaysWhereAndWhat(t *testing.T) {
	long := func(word string) string { return strings.Repeat(`"`+word+`",`, 1000) + `"` + word + `"` }
	tests := []struct {
		where string // JSON
		code  Code   // empty: nothing is wrong
		field string
		says  string
	}{
		{`{}`, "", "", ""},
		{`{"and":[],"or":[],"type":[],"refs":[],"tags":[]}`, "", "", ""},
		{`{"and":[null]}`, CodeInvalid, "where.and[0]", "null"},
		{`{"or":[{},{"not":{"status":["REPORTED","SEEN"]}}]}`, CodeInvalid, "where.or[1].not.status[1]", `"SEEN" is no EventStatus`},
		{`{"type":["violence","war"]}`, CodeNotFound, "where.type[1]", "war"},
		{`{"time":{"from":"2013","to":"2012"}}`, CodeInvalid, "where.time", "2013"},
		{`{"time":{"from":"2012-12","to":"2012"}}`, "", "", ""},
		{`{"time":{"from":"2012","to":"2012-01"}}`, "", "", ""},
		{`{"time":{"from":"2012/..","to":"../2012"}}`, "", "", ""},
		{`{"time":{"from":""}}`, CodeInvalid, "where.time.from", "empty"},
		{`{"time":{"mode":"MAYBE"}}`, CodeInvalid, "where.time.mode", "POSSIBLE, CERTAIN"},
		{`{"time":{"precision":["DAY","HOUR"]}}`, CodeInvalid, "where.time.precision[1]", "HOUR"},
		{`{"place":{"bbox":[-4,16,-2,18]}}`, "", "", ""},
		{`{"place":{"bbox":[170,16,-170,18]}}`, "", "", ""},
		{`{"place":{"bbox":[]}}`, "", "", ""},
		{`{"place":{"bbox":[1,2,3]}}`, CodeInvalid, "where.place.bbox", "west, south, east, north"},
		{`{"place":{"bbox":[-4,18,-2,16]}}`, CodeInvalid, "where.place.bbox", "south is above north"},
		{`{"place":{"bbox":[0,-91,0,0]}}`, CodeInvalid, "where.place.bbox", "between -90 and 90"},
		{`{"place":{"bbox":[-181,0,0,0]}}`, CodeInvalid, "where.place.bbox", "between -180 and 180"},
		{`{"place":{"bbox":[16,120,18,121]}}`, CodeInvalid, "where.place.bbox", "swapped"},
		{`{"place":{"near":{"lat":16.7,"lon":-3,"km":25}}}`, "", "", ""},
		{`{"place":{"near":{"lat":91,"lon":0,"km":1}}}`, CodeInvalid, "where.place.near.lat", "latitude"},
		{`{"place":{"near":{"lat":0,"lon":181,"km":1}}}`, CodeInvalid, "where.place.near.lon", "longitude"},
		{`{"place":{"near":{"lat":0,"lon":0,"km":0}}}`, CodeInvalid, "where.place.near.km", "more than 0"},
		{`{"place":{"near":{"lat":0,"lon":0,"km":20039}}}`, CodeInvalid, "where.place.near.km", "20038"},
		{`{"place":{"precision":["SURE"]}}`, CodeInvalid, "where.place.precision[0]", "PlacePrecision"},
		{`{"casualties":{"atLeast":0}}`, "", "", ""},
		{`{"casualties":{"atLeast":-1}}`, CodeInvalid, "where.casualties.atLeast", "from 0"},
		{`{"casualties":{"atLeast":5,"atMost":4}}`, CodeInvalid, "where.casualties", "more than"},
		{`{"casualties":{"kind":"RESPONSIBILITY"}}`, CodeInvalid, "where.casualties.kind", "no figure"},
		{`{"casualties":{"kind":"OTHER"}}`, CodeInvalid, "where.casualties.kind", "different things"},
		{`{"casualties":{"rule":"MEAN"}}`, CodeInvalid, "where.casualties.rule", "MEAN"},
		{`{"actor":{"any":[],"include":["COMPONENTS"]}}`, "", "", ""},
		{`{"actor":{"include":["COMPONENTS"]}}`, CodeInvalid, "where.actor.include", "any or all"},
		{`{"actor":{"any":["a"],"include":["FRIENDS"]}}`, CodeInvalid, "where.actor.include[0]", "FRIENDS"},
		{`{"actor":{"role":["HERO"]}}`, CodeInvalid, "where.actor.role[0]", "HERO"},
		{`{"participants":{"none":{"certainty":["SURE"]}}}`, CodeInvalid, "where.participants.none.certainty[0]", "SURE"},
		{`{"participants":{"some":{"actor":{"or":[{"kind":["ELF"]}]}}}}`, CodeInvalid, "where.participants.some.actor.or[0].kind[0]", "ELF"},
		{`{"claims":{"every":{"claimant":{"not":{"kind":["ELF"]}}}}}`, CodeInvalid, "where.claims.every.claimant.not.kind[0]", "ELF"},
		{`{"claims":{"some":{"status":["OLD"]}}}`, CodeInvalid, "where.claims.some.status[0]", "OLD"},
		{`{"claims":{"some":{"kind":["OTHER"],"source":{"lang":[""]}}}}`, CodeInvalid, "where.claims.some.source.lang[0]", "language"},
		{`{"sources":{"every":{"published":{"from":"2013","to":"2012"}}}}`, CodeInvalid, "where.sources.every.published", "after"},
		{`{"tags":[` + long("t") + `]}`, CodeTooLarge, "where.tags", "1001"},
		{`{"status":[` + long("REPORTED") + `]}`, CodeTooLarge, "where.status", "1001"},
		{strings.Repeat(`{"not":`, 10) + `{}` + strings.Repeat(`}`, 10), "", "", ""},
		{strings.Repeat(`{"not":`, 11) + `{}` + strings.Repeat(`}`, 11), CodeTooLarge, "where" + strings.Repeat(".not", 11), "10 levels"},
		{`{"and":[` + strings.Repeat(`{"contested":true},`, 499) + `{"contested":true}]}`, "", "", ""},
		{`{"and":[` + strings.Repeat(`{"contested":true},`, 500) + `{"contested":true}]}`, CodeTooLarge, "where.and[500].contested", "500"},
		{`{"weather":"dry"}`, CodeInvalid, "where", "weather"},
		{`{"refs":"ev_1"}`, CodeInvalid, "where", "refs"},
		{`[]`, CodeInvalid, "where", "array"},
		{`{}}`, CodeInvalid, "where", "follows"},
		{`{} {}`, CodeInvalid, "where", "follows"},
	}
	for _, test := range tests {
		t.Run(clip(test.where), func(t *testing.T) {
			_, err := ParseEventWhere([]byte(test.where))
			wantMistake(t, err, test.code, test.field, test.says)
		})
	}
}

// wantMistake wants an *Error of the code at the field that says something; no code: no error.
func wantMistake(t *testing.T, err error, code Code, field, says string) {
	t.Helper()
	if code == "" {
		if err != nil {
			t.Errorf("refused: %v", err)
		}
		return
	}
	var e *Error
	if !errors.As(err, &e) || e.Code != code || e.Field != field || !strings.Contains(e.Message, says) {
		t.Errorf("got %s %v, want %s %s: …%s…", CodeOf(err), err, code, field, says)
	}
}

func TestNumbersThatAreNoneAreRefused(t *testing.T) {
	for _, n := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		for i := range 4 {
			box := []float64{-4, 16, -2, 18}
			box[i] = n
			w := &EventWhere{Place: &PlaceWhere{Bbox: box}}
			wantMistake(t, w.Validate("where"), CodeInvalid, "where.place.bbox", "lie between")
		}
		for field, near := range map[string]NearWhere{
			"lat": {n, 0, 1}, "lon": {0, n, 1}, "km": {0, 0, n},
		} {
			w := &EventWhere{Place: &PlaceWhere{Near: &near}}
			wantMistake(t, w.Validate("where"), CodeInvalid, "where.place.near."+field, "")
		}
	}
}

func TestNoFilterIsAGoodFilter(t *testing.T) {
	for _, err := range []error{
		(*EventWhere)(nil).Validate("where"), (*ActorWhere)(nil).Validate("where"),
		(*LocationWhere)(nil).Validate("where"), (*SourceWhere)(nil).Validate("where"),
		ValidateEventOrder("orderBy", nil), ValidateActorOrder("orderBy", nil),
		ValidateLocationOrder("orderBy", nil),
	} {
		if err != nil {
			t.Error(err)
		}
	}
}

func TestFiltersOfActorsLocationsAndSourcesAreValidatedToo(t *testing.T) {
	wantMistake(t, (&ActorWhere{Or: []*ActorWhere{{}, {Kind: []ActorKind{"ELF"}}}}).Validate("where"),
		CodeInvalid, "where.or[1].kind[0]", "ELF")
	wantMistake(t, (&LocationWhere{Not: &LocationWhere{Kind: []LocationKind{"MOON"}}}).Validate("where"),
		CodeInvalid, "where.not.kind[0]", "MOON")
	wantMistake(t, (&LocationWhere{And: []*LocationWhere{nil}}).Validate("where"),
		CodeInvalid, "where.and[0]", "null")
	wantMistake(t, (&LocationWhere{Within: make([]string, 1001)}).Validate("where"),
		CodeTooLarge, "where.within", "1001")
	wantMistake(t, (&SourceWhere{Publisher: make([]string, 1001)}).Validate("where"),
		CodeTooLarge, "where.publisher", "1001")
	wantMistake(t, (&SourceWhere{Refs: make([]string, 1000)}).Validate("where"), "", "", "")
}

func TestAWrongOrderSaysWhereAndWhat(t *testing.T) {
	ar, up := names.Language("ar"), Direction("UP")
	event := func(order ...*EventOrder) error { return ValidateEventOrder("orderBy", order) }
	actor := func(order ...*ActorOrder) error { return ValidateActorOrder("orderBy", order) }
	location := func(order ...*LocationOrder) error { return ValidateLocationOrder("orderBy", order) }
	title := &EventOrder{Field: OrderTitle, Lang: &ar}
	tests := []struct {
		err   error
		code  Code
		field string
		says  string
	}{
		{event(title, &EventOrder{Field: OrderTime}), "", "", ""},
		{event(title, title), CodeInvalid, "orderBy[1].field", "TITLE"},
		{event(title, nil), CodeInvalid, "orderBy[1]", "null"},
		{event(&EventOrder{Field: "SIZE"}), CodeInvalid, "orderBy[0].field", "SIZE"},
		{event(&EventOrder{Field: OrderTime, Direction: &up}), CodeInvalid, "orderBy[0].direction", "UP"},
		{event(&EventOrder{Field: OrderKilled, Lang: &ar}), CodeInvalid, "orderBy[0].lang", "TITLE"},
		{actor(&ActorOrder{Field: OrderActorName, Lang: &ar}, &ActorOrder{Field: OrderActorEvents}), "", "", ""},
		{actor(&ActorOrder{Field: OrderActorEvents, Lang: &ar}), CodeInvalid, "orderBy[0].lang", "NAME"},
		{actor(nil), CodeInvalid, "orderBy[0]", "null"},
		{location(&LocationOrder{Field: OrderLocationName, Lang: &ar}), "", "", ""},
		{location(&LocationOrder{Field: OrderLocationEvents, Lang: &ar}), CodeInvalid, "orderBy[0].lang", "NAME"},
		{location(nil), CodeInvalid, "orderBy[0]", "null"},
	}
	for i, test := range tests {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			wantMistake(t, test.err, test.code, test.field, test.says)
		})
	}
}

func TestASwapOfTheAxesIsProposedOnlyWhereItHelps(t *testing.T) {
	for _, c := range []struct {
		box   []float64
		helps bool
	}{
		{[]float64{16, 120, 18, 121}, true}, // latitude first
		{[]float64{-4, 18, -2, 16}, false},  // south and north the wrong way round
		{[]float64{0, 120, 0, 121}, true},
		{[]float64{200, 0, 201, 1}, false}, // no order of these is a box
	} {
		if got := swapHint(c.box) != ""; got != c.helps {
			t.Errorf("%v: proposed is %v", c.box, got)
		}
	}
}
