package index_test

import (
	"strings"
	"testing"

	"tarikh/edtf"
	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// lines is a small record in Tarikh's own lines, of which each case asks something.
const lines = `
{"source": {"key": "press", "kind": "ARTICLE", "title": {"lang": "ar", "text": "خبر"}, "lang": "ar-DZ", "publisher": "Al-Jazeera", "publishedOn": "2024-05-01"}}
{"source": {"key": "copy", "kind": "ARTICLE", "title": {"lang": "fr", "text": "Copie"}, "lang": "fr", "origin": "press"}}
{"source": {"key": "latin", "kind": "BOOK", "title": {"lang": "ar-Latn", "text": "Tarikh"}, "lang": "ar-Latn", "publishedOn": "1893"}}
{"location": {"key": "mali", "kind": "COUNTRY", "names": [{"text": "Mali", "lang": "en", "kind": "PREFERRED"}], "point": {"lat": 17, "lon": -4}}}
{"location": {"key": "timbuktu-region", "kind": "REGION", "parent": "mali", "names": [{"text": "Tombouctou", "lang": "fr", "kind": "PREFERRED"}], "point": {"lat": 20, "lon": -3}}}
{"location": {"key": "timbuktu", "kind": "CITY", "parent": "timbuktu-region", "names": [{"text": "تمبكتو", "lang": "ar", "kind": "PREFERRED"}, {"text": "Timbuktu", "lang": "en", "kind": "ALIAS"}], "point": {"lat": 16.7735, "lon": -3.0074}}}
{"location": {"key": "suva", "kind": "CITY", "names": [{"text": "Suva", "lang": "en", "kind": "PREFERRED"}], "point": {"lat": -18.1, "lon": 178.4}}}
{"actor": {"key": "ansar-dine", "kind": "ARMED_GROUP", "names": [{"text": "أنصار الدين", "lang": "ar", "kind": "PREFERRED"}]}}
{"actor": {"key": "jnim", "kind": "ALLIANCE", "names": [{"text": "JNIM", "kind": "ABBREVIATION"}], "relations": [{"kind": "PREDECESSOR", "actor": "ansar-dine"}, {"kind": "COMPONENT", "actor": "ansar-dine", "time": "2017-03/.."}]}}
{"actor": {"key": "katiba", "kind": "ARMED_GROUP", "names": [{"text": "Katiba", "lang": "en", "kind": "PREFERRED"}], "relations": [{"kind": "MEMBER_OF", "actor": "ansar-dine", "time": "2012/2013"}]}}
{"actor": {"key": "faction", "kind": "ARMED_GROUP", "names": [{"text": "Faction", "lang": "en", "kind": "PREFERRED"}], "relations": [{"kind": "SPLINTER", "actor": "jnim"}, {"kind": "ALLY", "actor": "katiba"}]}}
{"actor": {"key": "civilians", "kind": "CIVILIANS", "generic": true, "names": [{"text": "Civilians", "lang": "en", "kind": "PREFERRED"}], "relations": [{"kind": "MEMBER_OF", "actor": "jnim"}]}}
{"event": {"key": "capture", "type": "capture", "status": "VERIFIED", "time": "2012-04-01", "titles": [{"lang": "ar", "text": "سقوط"}, {"lang": "fr", "text": "Chute"}], "tags": ["azawad"], "places": [{"location": "timbuktu", "role": "SITE", "precision": "EXACT"}], "participants": [{"actor": "ansar-dine", "role": "PERPETRATOR", "side": "A", "certainty": "CONFIRMED"}, {"actor": "civilians", "role": "VICTIM", "certainty": "ALLEGED"}], "citations": [{"source": "press"}]}}
{"event": {"key": "siege", "type": "siege", "status": "REPORTED", "time": "2023-08-08/..", "titles": [{"lang": "fr", "text": "Blocus"}], "tags": ["siege", "azawad"], "places": [{"location": "timbuktu-region", "role": "SITE", "precision": "REGION"}], "participants": [{"actor": "jnim", "role": "PERPETRATOR", "certainty": "CLAIMED"}], "citations": [{"source": "press"}, {"source": "copy"}], "claims": [{"kind": "KILLED", "status": "CURRENT", "source": "press", "range": {"best": 5}}, {"kind": "KILLED", "status": "CURRENT", "source": "copy", "range": {"best": 9}}, {"kind": "RESPONSIBILITY", "status": "CURRENT", "source": "press", "responsible": "jnim", "claimant": "jnim"}]}}
{"event": {"key": "between", "type": "attack_on_civilians", "status": "DISPUTED", "time": "2012~", "titles": [{"lang": "en", "text": "Between"}], "places": [{"location": "timbuktu", "role": "NEARBY", "precision": "NEAR"}, {"role": "SITE", "precision": "UNKNOWN", "words": "somewhere"}], "participants": [{"actor": "katiba", "role": "PERPETRATOR", "side": "B", "certainty": "AND_OR"}], "citations": [{"source": "latin"}], "claims": [{"kind": "KILLED", "status": "CURRENT", "source": "latin", "range": {"best": 0}}, {"kind": "INJURED", "status": "CURRENT", "source": "latin", "claimant": "katiba", "range": {"low": 100}}, {"kind": "INJURED", "status": "RETRACTED", "source": "latin", "claimant": "jnim", "range": {"high": 10}}]}}
{"event": {"key": "sea", "type": "visit", "status": "RETRACTED", "time": "/", "titles": [{"lang": "en", "text": "Sea"}], "places": [{"location": "suva", "role": "ORIGIN", "precision": "NEAR", "point": {"lat": -17, "lon": -179.5}}], "citations": [{"source": "copy"}], "claims": [{"kind": "KILLED", "status": "CURRENT", "source": "copy"}]}}
{"event": {"key": "words", "type": "other", "status": "REPORTED", "time": "[2012-04-03..2012-04-06]", "titles": [{"lang": "en", "text": "Words"}], "places": [{"role": "SITE", "precision": "UNKNOWN", "words": "somewhere"}], "citations": [{"source": "latin"}], "relations": [{"kind": "PART_OF", "event": "capture"}]}}
{"event": {"key": "nowhere", "type": "statement", "status": "REPORTED", "time": "2012-05/2013", "titles": [{"lang": "en", "text": "Nowhere"}], "citations": [{"source": "latin"}], "relations": [{"kind": "SAME_AS", "event": "capture"}, {"kind": "FOLLOWS", "event": "capture"}]}}
{"timeline": {"key": "saved", "titles": [{"lang": "en", "text": "Saved"}], "where": {"place": {"within": ["timbuktu"]}}, "picked": ["sea", "siege"], "omitted": ["siege"]}}
{"timeline": {"key": "picked", "titles": [{"lang": "en", "text": "Picked"}], "picked": ["words"]}}
{"timeline": {"key": "stale", "titles": [{"lang": "en", "text": "Stale"}], "where": {"refs": ["lost"]}}}
{"timeline": {"key": "broken", "titles": [{"lang": "en", "text": "Broken"}], "where": {"place": {"bbox": [1, 2]}}}}
{"timeline": {"key": "chicken", "titles": [{"lang": "en", "text": "Chicken"}], "where": {"timeline": "egg"}}}
{"timeline": {"key": "egg", "titles": [{"lang": "en", "text": "Egg"}], "where": {"not": {"timeline": "chicken"}}}}
`

// small is the index of lines and the library that numbered them.
func small(t testing.TB) (*index.Index, *library) {
	t.Helper()
	var records []*timeline.Record
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		r, err := timeline.ParseRecord([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		id := r.Identity()
		id.ID = timeline.DeriveID(r.Kind(), id.Key)
		if r.Event != nil {
			for i := range r.Event.Claims {
				r.Event.Claims[i].ID = timeline.DeriveID(timeline.KindClaim, id.Key+string(rune('a'+i)))
			}
		}
		records = append(records, r)
	}
	l := newLibrary(records)
	return l.build(records), l
}

// keys is the keys of events by row, parted by spaces.
func keys(x *index.Index, rows []int64) string {
	var all []string
	for _, row := range rows {
		all = append(all, x.Event(row).Key)
	}
	return strings.Join(all, " ")
}

const everything = "between capture words nowhere siege sea"

func TestEveryMemberOfAFilterMeansWhatTheProseSays(t *testing.T) {
	x, _ := small(t)
	for _, c := range []struct{ where, want string }{
		{`{}`, everything},
		{`{"and": []}`, everything},
		{`{"or": []}`, ""},
		{`{"or": [{"type": ["visit"]}, {"tags": ["siege"]}]}`, "siege sea"},
		{`{"not": {}}`, ""},
		{`{"not": {"or": []}}`, everything},
		{`{"and": [{"tags": ["azawad"]}, {"tags": ["siege"]}]}`, "siege"},

		{`{"time": {}}`, everything},
		{`{"time": {"from": "2012-04-02", "to": "2012-04-30"}}`, "between words sea"},
		{`{"time": {"from": "2012-04-02", "to": "2012-04-30", "mode": "CERTAIN"}}`, "words"},
		{`{"not": {"time": {"from": "2012-04-02", "to": "2012-04-30"}}}`, "capture nowhere siege"},
		{`{"time": {"from": "2012", "to": "2012", "mode": "CERTAIN"}}`, "between capture words nowhere"},
		{`{"time": {"mode": "CERTAIN"}}`, "between capture words nowhere siege"},
		{`{"time": {"from": "2024-05-01", "mode": "CERTAIN"}}`, "siege"},
		{`{"time": {"from": "2024-05-02", "mode": "CERTAIN"}}`, ""},
		{`{"time": {"from": "2024-05-02"}}`, "siege sea"},
		{`{"time": {"to": "-0500"}}`, "sea"},
		{`{"time": {"from": "../2012", "to": "2012/.."}}`, everything},
		{`{"time": {"precision": ["DAY", "YEAR"]}}`, "between capture"},
		{`{"time": {"precision": ["SPAN"]}}`, "words nowhere siege sea"},
		{`{"time": {"precision": []}}`, ""},
		{`{"time": {"qualified": true}}`, "between"},
		{`{"time": {"known": false}}`, "sea"},
		{`{"time": {"known": true}}`, "between capture words nowhere siege"},

		{`{"place": {}}`, everything},
		{`{"place": {"within": ["timbuktu-region"]}}`, "capture siege"},
		{`{"place": {"within": ["mali", "suva"]}}`, "capture siege sea"},
		{`{"place": {"within": []}}`, ""},
		{`{"place": {"exactly": ["timbuktu-region"]}}`, "siege"},
		{`{"place": {"bbox": [-4, 16, -2, 21]}}`, "capture"},
		{`{"place": {"bbox": [-4, 16, -2, 21], "precision": ["REGION"]}}`, "siege"},
		{`{"place": {"bbox": [-3.0074, 16.7735, -3.0074, 16.7735]}}`, "capture"},
		{`{"place": {"bbox": [170, -20, -170, -10]}}`, "sea"},
		{`{"place": {"bbox": [-170, -20, 170, -10]}}`, ""},
		{`{"place": {"bbox": [180, -20, -179, -10]}}`, "sea"},
		{`{"place": {"bbox": []}}`, ""},
		{`{"place": {"near": {"lat": 16.27, "lon": -0.04, "km": 330}}}`, "capture"},
		{`{"place": {"near": {"lat": 16.27, "lon": -0.04, "km": 310}}}`, ""},
		{`{"place": {"precision": ["NEAR"]}}`, "between sea"},
		{`{"place": {"precision": ["NEAR"], "within": ["timbuktu"]}}`, ""},
		{`{"place": {"known": false}}`, "words nowhere"},
		{`{"place": {"known": true}}`, "between capture siege sea"},
		{`{"place": {"known": false, "precision": ["UNKNOWN"]}}`, "words"},

		{`{"type": ["violence", "capture"]}`, "between capture"},
		{`{"type": []}`, ""},
		{`{"status": ["VERIFIED", "RETRACTED"]}`, "capture sea"},
		{`{"status": []}`, ""},

		{`{"participants": {}}`, everything},
		{`{"participants": {"some": {}}}`, "between capture siege"},
		{`{"participants": {"none": {}}}`, "words nowhere sea"},
		{`{"participants": {"every": {"role": ["PERPETRATOR"]}}}`, "between words nowhere siege sea"},
		{`{"participants": {"some": {"actor": {"refs": ["ansar-dine"]}, "role": ["VICTIM"]}}}`, ""},
		{`{"participants": {"some": {"actor": {"not": {"kind": ["ARMED_GROUP"]}}}}}`, "capture siege"},
		{`{"participants": {"some": {"actor": {"or": []}}}}`, ""},
		{`{"participants": {"some": {"actor": {"name": "انصار الدين"}}}}`, "capture"},
		{`{"participants": {"some": {"actor": {"name": "Civilians"}}}}`, ""},
		{`{"participants": {"some": {"actor": {"name": "…"}}}}`, ""},
		{`{"participants": {"some": {"side": "B"}}}`, "between"},
		{`{"participants": {"some": {"side": ""}}}`, "capture siege"},
		{`{"participants": {"some": {"certainty": ["CLAIMED", "AND_OR"]}}}`, "between siege"},

		{`{"actor": {}}`, everything},
		{`{"actor": {"any": ["jnim"]}}`, "siege"},
		{`{"actor": {"any": []}}`, ""},
		{`{"actor": {"all": []}}`, ""},
		{`{"actor": {"role": []}}`, ""},
		{`{"actor": {"any": ["jnim"], "include": []}}`, ""},
		{`{"actor": {"all": ["ansar-dine", "civilians"]}}`, "capture"},
		{`{"actor": {"all": ["ansar-dine", "civilians"], "role": ["VICTIM"]}}`, ""},
		{`{"actor": {"any": ["ansar-dine", "jnim"], "role": ["PERPETRATOR"]}}`, "capture siege"},
		{`{"actor": {"role": ["VICTIM"]}}`, "capture"},
		{`{"actor": {"any": ["jnim"], "include": ["COMPONENTS"]}}`, "siege"},
		{`{"actor": {"any": ["jnim"], "include": ["PREDECESSORS"]}}`, "capture siege"},
		{`{"actor": {"any": ["ansar-dine"], "include": ["SUCCESSORS"]}}`, "capture siege"},
		{`{"actor": {"any": ["ansar-dine"], "include": ["COMPONENTS"]}}`, "between capture"},
		{`{"actor": {"any": ["civilians"], "include": ["SUCCESSORS", "COMPONENTS"]}}`, "capture"},

		{`{"claims": {"some": {}}}`, "between siege sea"},
		{`{"claims": {"none": {"kind": ["KILLED"]}}}`, "capture words nowhere"},
		{`{"claims": {"every": {"status": ["CURRENT"]}}}`, "capture words nowhere siege sea"},
		{`{"claims": {"some": {"claimant": {"refs": ["jnim"]}, "status": ["CURRENT"]}}}`, "siege"},
		{`{"claims": {"some": {"claimant": {"refs": ["jnim"]}, "kind": ["KILLED"]}}}`, ""},
		{`{"claims": {"every": {"claimant": {"not": {"refs": ["jnim"]}}}}}`, "capture words nowhere sea"},
		{`{"claims": {"some": {"source": {"refs": ["copy"]}}}}`, "siege sea"},

		{`{"sources": {"some": {"refs": ["copy"]}}}`, "siege sea"},
		{`{"sources": {"every": {"refs": ["press"]}}}`, "capture"},
		{`{"sources": {"some": {"lang": ["ar"]}}}`, "between capture words nowhere siege"},
		{`{"sources": {"some": {"lang": ["ar-DZ"]}}}`, "capture siege"},
		{`{"sources": {"some": {"lang": []}}}`, ""},
		{`{"sources": {"some": {"publisher": ["al jazeera"]}}}`, "capture siege"},
		{`{"sources": {"some": {"publisher": [""]}}}`, ""},
		{`{"sources": {"some": {"published": {"to": "1900"}}}}`, "between words nowhere siege sea"},
		{`{"sources": {"some": {"published": {"to": "1900", "mode": "CERTAIN"}}}}`, "between words nowhere"},
		{`{"sources": {"some": {"published": {"known": false}}}}`, "siege sea"},

		{`{"casualties": {}}`, everything},
		{`{"casualties": {"atLeast": 0}}`, "between siege"},
		{`{"casualties": {"atLeast": 5}}`, "siege"},
		{`{"casualties": {"atLeast": 6}}`, ""},
		{`{"not": {"casualties": {"atMost": 4}}}`, "capture words nowhere siege sea"},
		{`{"casualties": {"kind": "INJURED", "atLeast": 100}}`, "between"},
		{`{"casualties": {"kind": "INJURED", "rule": "DATASET", "atLeast": 0}}`, ""},
		{`{"contested": true}`, ""}, // the second number is a copy of the first source's report
		{`{"contested": false}`, everything},

		{`{"tags": ["siege", "none"]}`, "siege"},
		{`{"tags": []}`, ""},
		{`{"timeline": "saved"}`, "capture sea"},
		{`{"timeline": "picked"}`, "words"},
		{`{"timeline": "saved", "not": {"timeline": "picked"}, "type": ["visit"]}`, "sea"},
		{`{"refs": ["sea", "capture", "sea"]}`, "capture sea"},
		{`{"refs": []}`, ""},
	} {
		w, err := timeline.ParseEventWhere([]byte(c.where))
		if err != nil {
			t.Fatalf("%s: %v", c.where, err)
		}
		s, err := x.Select(index.Question{Where: w})
		if err != nil {
			t.Errorf("%s: %v", c.where, err)
			continue
		}
		if got := keys(x, s.Rows()); got != c.want || s.Count() != len(strings.Fields(c.want)) {
			t.Errorf("%s: %q, want %q", c.where, got, c.want)
		}
	}
}

func TestAWrongQuestionNamesItsField(t *testing.T) {
	x, l := small(t)
	for _, c := range []struct {
		where string
		code  timeline.Code
		field string
	}{
		{`{"refs": ["sea", "lost"]}`, timeline.CodeNotFound, "where.refs[1]"},
		{`{"place": {"within": ["lost"]}}`, timeline.CodeNotFound, "where.place.within[0]"},
		{`{"place": {"exactly": ["mali", "sea"]}}`, timeline.CodeNotFound, "where.place.exactly[1]"},
		{`{"actor": {"any": ["lost"]}}`, timeline.CodeNotFound, "where.actor.any[0]"},
		{`{"actor": {"all": ["jnim", "lost"]}}`, timeline.CodeNotFound, "where.actor.all[1]"},
		{`{"participants": {"none": {"actor": {"not": {"refs": ["lost"]}}}}}`, timeline.CodeNotFound, "where.participants.none.actor.not.refs[0]"},
		{`{"participants": {"some": {}, "every": {"actor": {"or": [{}, {"refs": ["lost"]}]}}}}`, timeline.CodeNotFound, "where.participants.every.actor.or[1].refs[0]"},
		{`{"claims": {"some": {"claimant": {"and": [{"refs": ["lost"]}]}}}}`, timeline.CodeNotFound, "where.claims.some.claimant.and[0].refs[0]"},
		{`{"claims": {"every": {"source": {"refs": ["lost"]}}}}`, timeline.CodeNotFound, "where.claims.every.source.refs[0]"},
		{`{"sources": {"none": {"refs": ["lost"]}}}`, timeline.CodeNotFound, "where.sources.none.refs[0]"},
		{`{"timeline": "lost"}`, timeline.CodeNotFound, "where.timeline"},
		{`{"timeline": "stale"}`, timeline.CodeNotFound, "where.timeline"},
		{`{"timeline": "broken"}`, timeline.CodeInvalid, "where.timeline"},
		{`{"not": {"timeline": "egg"}}`, timeline.CodeInvalid, "where.not.timeline"},
		{`{"or": [{}, {"and": [{"type": ["war"]}]}]}`, timeline.CodeNotFound, "where.or[1].and[0].type[0]"},
		{`{"place": {"bbox": [1, 2, 3]}}`, timeline.CodeInvalid, "where.place.bbox"},
		{`{"time": {"from": "2013", "to": "2012"}}`, timeline.CodeInvalid, "where.time"},
		{`{"actor": {"include": ["COMPONENTS"]}}`, timeline.CodeInvalid, "where.actor.include"},
		{`{"casualties": {"kind": "RESPONSIBILITY"}}`, timeline.CodeInvalid, "where.casualties.kind"},
	} {
		_, err := x.Select(index.Question{Where: parsed(t, c.where), Field: "where"})
		t.Run(c.where, func(t *testing.T) { wantError(t, err, c.code, c.field) })
	}
	stale := index.Parent{Kind: timeline.KindTimeline, Row: l.rows[timeline.KindTimeline]["stale"]}
	_, err := x.Select(index.Question{Parent: stale})
	wantError(t, err, timeline.CodeNotFound, "timeline")
	_, err = x.Select(index.Question{Parent: index.Parent{Kind: timeline.KindTimeline, Row: 99}})
	wantError(t, err, timeline.CodeNotFound, "timeline")
	_, err = x.Select(index.Question{Parent: index.Parent{Kind: timeline.KindClaim, Row: 1}})
	wantError(t, err, timeline.CodeInternal, "")
	_, err = x.Select(index.Question{Order: []*timeline.EventOrder{{Field: "SIZE"}}})
	wantError(t, err, timeline.CodeInvalid, "orderBy[0].field")
	_, err = x.Select(index.Question{Field: "filter", Where: &timeline.EventWhere{Refs: []string{"lost"}}})
	wantError(t, err, timeline.CodeNotFound, "filter.refs[0]")
}

func TestSavedTimelinesThatNameEachOtherTooOftenAreTooLarge(t *testing.T) {
	var c index.Changes
	for row := range int64(8) {
		saved := &index.Timeline{Refs: []string{"t-" + string(rune('0'+row))}}
		saved.Row, saved.Key = row+1, saved.Refs[0]
		if row > 0 {
			below := "t-" + string(rune('0'+row-1))
			inner := &timeline.EventWhere{Timeline: &below}
			saved.Where = &timeline.EventWhere{And: []*timeline.EventWhere{inner, {Not: inner}}}
		}
		c.Timelines = append(c.Timelines, saved)
	}
	x := index.New().With(c)
	_, err := x.Select(index.Question{Where: parsed(t, `{"timeline": "t-7"}`)})
	wantError(t, err, timeline.CodeTooLarge, "where.timeline")
	if _, err := x.Select(index.Question{Where: parsed(t, `{"timeline": "t-4"}`)}); err != nil {
		t.Error(err)
	}
}

// parsed reads a filter without checking it: that is Select's part.
func parsed(t *testing.T, where string) *timeline.EventWhere {
	t.Helper()
	w, err := timeline.ParseEventWhere([]byte(where))
	if w == nil {
		t.Fatal(err)
	}
	return w
}

func TestEventsStandInEveryOrder(t *testing.T) {
	x, _ := small(t)
	ar := names.Language("ar")
	for _, c := range []struct {
		by   []*timeline.EventOrder
		want string
	}{
		{nil, everything},
		{[]*timeline.EventOrder{}, everything},
		{[]*timeline.EventOrder{term(timeline.OrderTime, true)}, "siege nowhere words capture between sea"},
		{[]*timeline.EventOrder{term(timeline.OrderTitle, false)}, "between siege nowhere sea words capture"},
		{[]*timeline.EventOrder{{Field: timeline.OrderTitle, Lang: &ar}}, "between siege nowhere sea words capture"},
		{[]*timeline.EventOrder{term(timeline.OrderKilled, false), term(timeline.OrderTime, false)}, "between siege capture words nowhere sea"},
		{[]*timeline.EventOrder{term(timeline.OrderKilled, true), term(timeline.OrderTime, true)}, "siege between nowhere words capture sea"},
		{[]*timeline.EventOrder{term(timeline.OrderUpdated, true), term(timeline.OrderTitle, true)}, "capture words sea nowhere siege between"},
	} {
		s, err := x.Select(index.Question{Order: c.by})
		if err != nil {
			t.Fatal(err)
		}
		if got := keys(x, s.Rows()); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", timeline.Canonical(c.by), got, c.want)
		}
	}
}

func TestFiguresAndTotalsOfWhatMakesNoneAreInvalid(t *testing.T) {
	x, l := small(t)
	row := l.rows[timeline.KindEvent]["siege"]
	_, err := x.Figure(row, timeline.ClaimResponsibility, timeline.RuleRange)
	wantError(t, err, timeline.CodeInvalid, "kind")
	s, _ := x.Select(index.Question{})
	_, err = s.Casualties(timeline.ClaimKilled, "GUESS")
	wantError(t, err, timeline.CodeInvalid, "rule")
	if c, err := x.Figure(99, timeline.ClaimKilled, timeline.RuleRange); c != nil || err != nil {
		t.Errorf("of no event: %v, %v", c, err)
	}
	c, err := x.Figure(row, timeline.ClaimKilled, timeline.RuleRange)
	if err != nil || *c.Low != 5 || *c.High != 9 || c.SourceCount != 1 || c.Contested {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestTheDatasetTellsItsSpan(t *testing.T) {
	x, _ := small(t)
	d := x.Dataset()
	if d.Events != 6 || d.Actors != 5 || d.Locations != 4 || d.Sources != 3 {
		t.Errorf("%+v", d)
	}
	if first, _ := edtf.ParseDay("2012-01-01"); d.Earliest == nil || *d.Earliest != first {
		t.Errorf("earliest %v", d.Earliest)
	}
	if last, _ := edtf.ParseDay("2013-12-31"); d.Latest == nil || *d.Latest != last {
		t.Errorf("latest %v", d.Latest)
	}
}

func TestASourceBehindAClaimCountsAsOneCited(t *testing.T) {
	day := timeline.NewTime(edtf.MustParse("2024-05-01"))
	x := index.New().With(index.Changes{
		Sources: []*index.Source{{Row: 1, ID: "so_1", Refs: []string{"so_1"}}, {Row: 2, ID: "so_2", Refs: []string{"so_2"}, Published: &day}},
		Events: []*index.Event{{Row: 1, ID: "ev_1", Key: "e", Citations: []int64{1}, Claims: []index.Claim{killed(2, 3), killed(2, 4)},
			Time: timeline.NewTime(edtf.MustParse("2023/.."))}},
	})
	for _, where := range []string{
		`{"sources": {"some": {"refs": ["so_2"]}}}`,
		`{"not": {"sources": {"every": {"refs": ["so_1"]}}}}`,
		`{"time": {"from": "2024-05", "mode": "CERTAIN"}}`, // the claim's source reported it then
	} {
		s, err := x.Select(index.Question{Where: parsed(t, where)})
		if err != nil || s.Count() != 1 {
			t.Errorf("%s: %d events, %v", where, s.Count(), err)
		}
	}
	s, err := x.Select(index.Question{Parent: index.Parent{Kind: timeline.KindSource, Row: 2}})
	if err != nil || s.Count() != 1 || len(x.EventSources(1)) != 2 {
		t.Errorf("below the source: %v, %v", s, err)
	}
}

func TestClaimsThatCountDifferentThingsDoNotContestOneAnother(t *testing.T) {
	other := func(counts string, claimant int64, best int) index.Claim {
		c := killed(0, best)
		c.Kind, c.Counts, c.Claimant = timeline.ClaimOther, counts, claimant
		return c
	}
	for _, c := range []struct {
		claims []index.Claim
		want   int
	}{
		{[]index.Claim{other("vehicles", 1, 3), other("houses", 2, 9)}, 0},
		{[]index.Claim{other("vehicles", 1, 3), other("vehicles", 2, 9)}, 1},
		{[]index.Claim{other("vehicles", 1, 3), other("vehicles", 1, 9)}, 0},
		{[]index.Claim{killed(1, 3), killed(2, 9)}, 1},
	} {
		x := index.New().With(index.Changes{Events: []*index.Event{{Row: 1, ID: "ev_1", Claims: c.claims}}})
		s, err := x.Select(index.Question{Where: parsed(t, `{"contested": true}`)})
		if err != nil || s.Count() != c.want {
			t.Errorf("%+v: %d contested, want %d, %v", c.claims, s.Count(), c.want, err)
		}
	}
}
