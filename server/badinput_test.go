package server

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestABadArgumentIsNamed(t *testing.T) {
	s := serving(t)
	foreign := base64.RawURLEncoding.EncodeToString([]byte("not one of ours"))
	for query, want := range map[string]struct{ code, field, words string }{
		`{events(where:{time:{from:"2012-13"}}){totalCount}}`:             {"INVALID", "where.time.from", "column"},
		`{events(where:{and:[{},{time:{to:"yesterday"}}]}){totalCount}}`:  {"INVALID", "where.and[1].time.to", "column"},
		`{events(where:{time:{from:"2013",to:"2012"}}){totalCount}}`:      {"INVALID", "where.time", ""},
		`{events(where:{place:{within:["nowhere"]}}){totalCount}}`:        {"NOT_FOUND", "where.place.within[0]", ""},
		`{events(where:{actor:{any:["nobody"]}}){totalCount}}`:            {"NOT_FOUND", "where.actor.any[0]", ""},
		`{events(where:{type:["nothing"]}){totalCount}}`:                  {"NOT_FOUND", "where.type[0]", ""},
		`{events(where:{place:{bbox:[0,50,10,40]}}){totalCount}}`:         {"INVALID", "where.place.bbox", ""},
		`{events(where:{place:{bbox:[0,-100,10,40]}}){totalCount}}`:       {"INVALID", "where.place.bbox", ""},
		`{events(where:{place:{bbox:[1,2,3]}}){totalCount}}`:              {"INVALID", "where.place.bbox", ""},
		`{events(first:1,last:1){totalCount}}`:                            {"INVALID", "last", "together"},
		`{events(first:-1){totalCount}}`:                                  {"INVALID", "first", ""},
		`{events(first:501){totalCount}}`:                                 {"TOO_LARGE", "first", "500"},
		`{events(first:1){nodes{actors{events(first:101){totalCount}}}}}`: {"TOO_LARGE", "first", "100"},
		`{events(after:"?"){nodes{id}}}`:                                  {"INVALID", "after", ""},
		`{events(after:"` + foreign + `"){nodes{id}}}`:                    {"INVALID", "after", ""},
		`{events(first:3000000000){totalCount}}`:                          {"", "", ""},
		`{actor(ref:"a-1"){components(at:"2012-02-30"){key}}}`:            {"INVALID", "at", ""},
		`{event(ref:"e-1"){title(lang:"not a language"){text}}}`:          {"INVALID", "lang", ""},
	} {
		got := do(t, s, post(query, nil))
		if len(got.Errors) == 0 || got.code() == "" || got.code() == "INTERNAL" {
			t.Errorf("%s: %s", query, got.text)
			continue
		}
		e := got.Errors[0]
		field, _ := e.Extensions["field"].(string)
		if want.code != "" && (got.code() != want.code || field != want.field || !strings.Contains(e.Message, want.words)) {
			t.Errorf("%s: %s", query, got.text)
		}
	}
}

func TestACursorOfAnotherOrderIsRefused(t *testing.T) {
	s := serving(t)
	got := do(t, s, post(`{events(first:1){pageInfo{endCursor}}}`, nil))
	cursor := got.Data["events"].(map[string]any)["pageInfo"].(map[string]any)["endCursor"].(string)
	got = do(t, s, post(`query($c:String){events(first:1,after:$c,orderBy:[{field:TITLE}]){nodes{id}}}`,
		map[string]any{"c": cursor}))
	if got.code() != "INVALID" || got.Errors[0].Extensions["field"] != "after" {
		t.Error(got.text)
	}
	got = do(t, s, post(`query($c:String){events(first:1,after:$c){nodes{id}}}`, map[string]any{"c": cursor}))
	if len(got.Errors) > 0 {
		t.Errorf("of the same order: %s", got.text)
	}
}

func TestNothingIsProposedUnlessAsked(t *testing.T) {
	for query, proposal := range map[string]string{
		`{evens{totalCount}}`:                               "events",
		`{events(were:{}){totalCount}}`:                     "where",
		`{events(where:{tim:{}}){totalCount}}`:              "time",
		`{events(where:{status:[REPORTD]}){totalCount}}`:    "REPORTED",
		`{node(id:"a"){... on Evnt{id}}}`:                   "",
		`query($w:EventWere){events(where:$w){totalCount}}`: "",
		`{dataset}`: "",
	} {
		quiet := do(t, serving(t), post(query, nil))
		if quiet.code() != "GRAPHQL_VALIDATION_FAILED" || strings.Contains(quiet.text, "Did you mean") {
			t.Errorf("%s: %s", query, quiet.text)
		}
		if proposal == "" {
			continue // the library proposes none
		}
		loud := do(t, serving(t, func(o *Options) { o.Suggestions = true }), post(query, nil))
		if !strings.Contains(loud.text, "Did you mean") || !strings.Contains(loud.text, proposal) {
			t.Errorf("%s, asked: %s", query, loud.text)
		}
	}
}
