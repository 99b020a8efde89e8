package db

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tarikh/internal/recordtest"
	"tarikh/names"
	"tarikh/timeline"
)

// toldHit is a hit as a test writes it: kind, key, how, field and what matched.
func toldHit(v *View, e *timeline.SearchEdge) string {
	key := ""
	switch n := e.Node.(type) {
	case *timeline.Event:
		key = n.Key
	case *timeline.Actor:
		key = n.Key
	case *timeline.Location:
		key = n.Key
	case *timeline.Source:
		key = n.Key
	}
	m, err := v.SearchMatch(e)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%s %s %s=%s", key, m.How, m.Field, m.Text)
}

// hits are the hits of a search, page by page, checked against the count that it gives.
func hits(t failer, v *View, asked SearchAsked, size int) []string {
	t.Helper()
	var all []string
	asked.Page = timeline.Page{First: &size}
	for {
		c, err := v.Search(asked)
		must(t, err)
		edges, err := v.SearchEdges(context.Background(), c)
		must(t, err)
		if c.PageInfo.HasPreviousPage != (len(all) > 0) {
			t.Fatalf("after %d hits hasPreviousPage is %v", len(all), c.PageInfo.HasPreviousPage)
		}
		for _, e := range edges {
			all = append(all, toldHit(v, e))
		}
		n, err := v.SearchCount(c)
		must(t, err)
		if !c.PageInfo.HasNextPage {
			want(t, "hits in all of "+asked.Text, n, len(all))
			return all
		}
		want(t, "a full page", len(edges), size)
		asked.Page.After = c.PageInfo.EndCursor
	}
}

func namedSo(all ...string) func(*timeline.LocationRecord) {
	return func(l *timeline.LocationRecord) {
		l.Names = nil
		for _, text := range all {
			l.Names = append(l.Names, timeline.Name{Text: text, Lang: "fr", Kind: timeline.NameAlias})
		}
	}
}

// north is a small record to search.
func north(t failer, d *DB) {
	t.Helper()
	taken(t, d,
		source("paper", func(s *timeline.SourceRecord) { s.Title = timeline.Text{Lang: "fr", Text: "Nouvelles de Tombouctou"} }),
		source("radio", func(s *timeline.SourceRecord) { s.Publisher = "Radio Kidal" }),
		location("region", namedSo("Tombouctou", "تمبكتو")),
		location("city", namedSo("Tombouctou", "تنبكتو", "تمبكتو", "Timbuktu"), under("region")),
		location("gao", namedSo("Gao", "غاو")),
		actor("iyad", func(a *timeline.ActorRecord) {
			a.Names = []timeline.Name{{Text: "Iyad Ag Ghali", Lang: "fr", Kind: timeline.NamePreferred},
				{Text: "إياد أغ غالي", Lang: "ar", Kind: timeline.NamePreferred}}
		}),
		event("old", titled("Tombouctou prise", "2012"), at("city")),
		event("new", titled("Retour à Tombouctou", "2020"), at("gao")),
		event("folded", titled("TOMBOUCTOU EN LARMES", "2016"), at("gao")),
		event("arabic", titled("هجوم بتمبكتو", "2015"), at("gao")),
		event("there", titled("Attaque", "2014"), at("city")),
		event("with", titled("Discours", "2013"), at("gao"), func(e *timeline.EventRecord) {
			e.Participants = []timeline.ParticipationRecord{{Actor: timeline.RefTo("iyad"), Role: timeline.RoleSpeaker, Certainty: timeline.CertaintyConfirmed}}
			e.Citations = []timeline.CitationRecord{{Source: timeline.RefTo("paper"), Quote: &timeline.Quote{Lang: "fr", Text: "Nous reviendrons à Kidal, dit-il."}}}
		}),
	)
}

// at puts an event at a place.
func at(place string) func(*timeline.EventRecord) {
	return func(e *timeline.EventRecord) {
		e.Places = []timeline.PlaceRecord{{Location: ref(place), Role: timeline.RoleSite, Precision: timeline.PlaceExact}}
	}
}

func TestHitsComeByHowTheyMatchThenByKindThenByTime(t *testing.T) {
	d := fresh(t)
	north(t, d)
	viewed(t, d, func(v *View) {
		for text, want := range map[string]string{
			"Tombouctou": `region EXACT names=Tombouctou; city EXACT names=Tombouctou; paper EXACT title=Tombouctou;
				new EXACT titles=Tombouctou; old EXACT titles=Tombouctou; folded FOLDED titles=TOMBOUCTOU;
				arabic ALIAS titles=بتمبكتو; there ALIAS places=Tombouctou`,
			"تنبكتو": `city EXACT names=تنبكتو; paper ALIAS title=Tombouctou; new ALIAS titles=Tombouctou; folded ALIAS titles=TOMBOUCTOU;
				arabic ALIAS titles=بتمبكتو; there ALIAS places=تنبكتو; old ALIAS titles=Tombouctou; region SKELETON names=Tombouctou`,
			"Ghali iyad":      `iyad PREFIX names=Iyad Ag Ghali`,
			"اياد اغ غالي":    `iyad FOLDED names=إياد أغ غالي; with ALIAS participants=إياد أغ غالي`,
			"Kidal":           `radio EXACT publisher=Kidal; with EXACT citations.quote=Kidal`,
			"kidal":           `radio FOLDED publisher=Kidal; with FOLDED citations.quote=Kidal`,
			"Atta*":           `there PREFIX titles=Attaque`,
			"retour gao":      `new ALIAS places=Gao`,
			`"en larmes"`:     `folded FOLDED titles=EN LARMES`,
			"reviendrons dit": `with EXACT citations.quote=reviendrons … dit`,
			"":                ``,
			"-Gao":            ``,
		} {
			got := hits(t, v, SearchAsked{Text: text}, 3)
			wanted := strings.Split(strings.Join(strings.Fields(want), " "), "; ")
			if want == "" {
				wanted = nil
			}
			if !slices.Equal(got, wanted) {
				t.Errorf("%q finds\n%s\nwant\n%s", text, strings.Join(got, "\n"), strings.Join(wanted, "\n"))
			}
		}
	})
}

func TestAStrictSearchFindsOnlyWhatIsWrittenSo(t *testing.T) {
	d := fresh(t)
	north(t, d)
	viewed(t, d, func(v *View) {
		for text, want := range map[string]int{"Tombouctou": 5, "tombouctou": 0, "TOMBOUCTOU": 1, "تنبكتو": 1, "تمبكتو": 2, "بتمبكتو": 1,
			"Tombouc*": 0, "Iyad": 0, "Tombouctou -prise": 4, "à Tombouctou": 1} {
			if got := hits(t, v, SearchAsked{Text: text, Strict: true}, 2); len(got) != want {
				t.Errorf("%q finds %v, want %d", text, got, want)
			}
		}
	})
}

func TestOnlyTheKindsAskedForAreSearched(t *testing.T) {
	d := fresh(t)
	north(t, d)
	viewed(t, d, func(v *View) {
		for kind, want := range map[timeline.SearchKind]int{timeline.SearchActors: 0, timeline.SearchLocations: 2, timeline.SearchSources: 1, timeline.SearchEvents: 5} {
			if got := hits(t, v, SearchAsked{Text: "Tombouctou", Kinds: []timeline.SearchKind{kind}}, 10); len(got) != want {
				t.Errorf("%s: %v, want %d", kind, got, want)
			}
		}
	})
}

func TestSnippetsMarkWhatMatchedInUTF16(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"), event("e", titled("😀 À Sévaré, l’attaque", "2012")))
	viewed(t, d, func(v *View) {
		c, err := v.Search(SearchAsked{Text: "sevare attaque"})
		must(t, err)
		edges, err := v.SearchEdges(context.Background(), c)
		must(t, err)
		s, err := v.SearchSnippet(edges[0])
		must(t, err)
		want(t, "text", s.Text.Text, "😀 À Sévaré, l’attaque")
		want(t, "ranges", fmt.Sprint(*s.Ranges[0], *s.Ranges[1]), "{5 11} {15 22}")
	})
}

func TestRelevancePutsTitlesFirst(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"),
		event("body", titled("Un jour", "2012"), func(e *timeline.EventRecord) {
			e.Summaries = []timeline.Text{{Lang: "fr", Text: "Une attaque, puis beaucoup de mots qui n’ajoutent rien à ce que l’on sait."}}
		}),
		event("title", titled("Attaque", "2011")))
	viewed(t, d, func(v *View) {
		text := "attaque"
		c, err := v.Events(EventsAsked{Where: &timeline.EventWhere{Text: &text}, Order: []*timeline.EventOrder{{Field: timeline.OrderRelevance}}})
		must(t, err)
		nodes, err := v.EventNodes(context.Background(), c)
		must(t, err)
		want(t, "the best", nodes[0].Key, "title")
		want(t, "found", len(nodes), 2)
	})
}

func TestAPublicServiceDoesNotSearchWhatClaimsSay(t *testing.T) {
	path := emptyFile(t, t.TempDir())
	d := opened(t, path, Options{})
	north(t, d)
	d.Close()
	d = opened(t, path, Options{Public: true})
	viewed(t, d, func(v *View) {
		want(t, "hits in quotes", len(hits(t, v, SearchAsked{Text: "reviendrons"}, 5)), 0)
		want(t, "strictly", len(hits(t, v, SearchAsked{Text: "reviendrons", Strict: true}, 5)), 0)
		want(t, "hits in titles", len(hits(t, v, SearchAsked{Text: "larmes"}, 5)), 1)
	})
}

// A question by text finds what whole records, read one by one, say that it finds.
func TestTextFindsWhatReadingEveryRecordFinds(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		d, err := Open(context.Background(), emptyFile(t, folder), Options{})
		must(t, err)
		defer d.Close()
		records := recordtest.Records(12).Draw(t, "records")
		taken(t, d, records...)
		word := rapid.SampledFrom([]string{"تمبكتو", "وتمبكتو", "tombouctou", "Tombouctou", "Timb*", "siege", "attack", "zone", "غاو", "école",
			"aguelhoc", "-zone", "-غاو", `"zone siege"`, "هجوم", "hjwm", "b", "line-break", "1", "at*"})
		text := strings.Join(rapid.SliceOfN(word, 1, 3).Draw(t, "words"), " ")
		q, err := names.ReadQuery(text)
		must(t, err)
		r := reader{records}
		var wanted []string
		for _, rec := range records {
			if e := rec.Event; e != nil && r.finds(e, q) {
				wanted = append(wanted, e.Key)
			}
		}
		v, err := d.View(context.Background())
		must(t, err)
		defer v.Close()
		rows, err := v.SelectedRows(&timeline.EventWhere{Text: &text}, nil)
		must(t, err)
		got := v.keysOf(rows)
		slices.Sort(got)
		slices.Sort(wanted)
		if !slices.Equal(got, wanted) {
			t.Fatalf("%q finds %v, reading finds %v", text, got, wanted)
		}
		events := hits(t, v, SearchAsked{Text: text, Kinds: []timeline.SearchKind{timeline.SearchEvents}}, 4)
		if len(events) != len(wanted) {
			t.Fatalf("a search for %q finds %v, reading finds %v", text, events, wanted)
		}
	})
}

// reader finds events by reading whole records.
type reader struct{ records []*timeline.Record }

func (r reader) finds(e *timeline.EventRecord, q names.Query) bool {
	var asked []names.Term
	for _, t := range q.Terms {
		if !t.Exclude {
			asked = append(asked, t)
			continue
		}
		t.Exclude = false
		if r.meets(e, []names.Term{t}) {
			return false
		}
	}
	return len(asked) > 0 && r.meets(e, asked)
}

// meets says whether the terms can be read one after the other as words of the event or as names.
func (r reader) meets(e *timeline.EventRecord, terms []names.Term) bool {
	if len(terms) == 0 {
		return true
	}
	if r.prints(e, terms[0]) && r.meets(e, terms[1:]) {
		return true
	}
	for n := 1; n <= len(terms); n++ {
		quoted := func(t names.Term) bool { return t.Quoted }
		begun := func(t names.Term) bool { return t.Prefix }
		if n > 1 && (slices.ContainsFunc(terms[:n], quoted) || slices.ContainsFunc(terms[:n-1], begun)) {
			break
		}
		if r.isNamed(e, terms[:n]) && r.meets(e, terms[n:]) {
			return true
		}
	}
	return false
}

func (reader) prints(e *timeline.EventRecord, t names.Term) bool {
	var all []string
	for _, text := range slices.Concat(e.Titles, e.Summaries) {
		all = append(all, text.Text)
	}
	for _, p := range e.Places {
		all = append(all, p.Words)
	}
	for _, p := range e.Participants {
		all = append(all, p.Words)
	}
	for _, c := range e.Claims {
		all = append(all, c.Words, c.Victims, c.Counts)
		if c.Quote != nil {
			all = append(all, c.Quote.Text)
		}
	}
	for _, c := range e.Citations {
		if c.Quote != nil {
			all = append(all, c.Quote.Text)
		}
	}
	q := names.Query{Terms: []names.Term{t}}
	return slices.ContainsFunc(all, func(text string) bool { return q.See(text).Count() > 0 })
}

// isNamed says whether the event is at or with what the terms name, or prints another name of it.
func (r reader) isNamed(e *timeline.EventRecord, terms []names.Term) bool {
	var words []string
	for _, t := range terms {
		words = append(words, t.Words...)
	}
	prefix := terms[len(terms)-1].Prefix
	forms := [][]string{words}
	for _, first := range append(names.Bare(words[0]), "ال"+words[0]) {
		forms = append(forms, append([]string{first}, words[1:]...))
	}
	for _, form := range forms {
		text := strings.Join(form, " ")
		called := func(n timeline.Name) bool {
			folded := names.Fold(n.Text)
			return folded == text || prefix && strings.HasPrefix(folded, text)
		}
		any := false
		for _, rec := range r.records {
			var all []timeline.Name
			there := false
			switch {
			case rec.Actor != nil && !rec.Actor.Generic:
				all = rec.Actor.Names
				there = slices.ContainsFunc(e.Participants, func(p timeline.ParticipationRecord) bool { return r.is(p.Actor, rec) })
			case rec.Location != nil:
				all = rec.Location.Names
				there = slices.ContainsFunc(e.Places, func(p timeline.PlaceRecord) bool {
					return p.Role != timeline.RoleNearby && p.Location != nil && r.below(*p.Location, rec)
				})
			}
			if !slices.ContainsFunc(all, called) {
				continue
			}
			any = true
			if there || !prefix && slices.ContainsFunc(all, func(n timeline.Name) bool { return r.spells(e, n) }) {
				return true
			}
		}
		if any || prefix {
			return false
		}
	}
	return false
}

func (r reader) spells(e *timeline.EventRecord, n timeline.Name) bool {
	words := strings.Fields(names.Fold(n.Text))
	least := 3
	if n.Kind == timeline.NameAbbreviation {
		least = 4
	}
	return len([]rune(strings.Join(words, " "))) >= least && r.prints(e, names.Term{Written: n.Text, Words: words})
}

func (reader) is(to timeline.Ref, rec *timeline.Record) bool {
	id := rec.Identity()
	return to.Ref == id.Key || to.Ref == id.ID || slices.ContainsFunc(id.Identifiers, func(i timeline.Identifier) bool { return i.String() == to.Ref }) ||
		slices.Contains(id.Former, to.Ref)
}

func (r reader) below(at timeline.Ref, top *timeline.Record) bool {
	for range r.records {
		if r.is(at, top) {
			return true
		}
		next := slices.IndexFunc(r.records, func(rec *timeline.Record) bool { return rec.Location != nil && r.is(at, rec) })
		if next < 0 || r.records[next].Location.Parent == nil {
			return false
		}
		at = *r.records[next].Location.Parent
	}
	return false
}

func TestManyHitsComeNewestFirstAndArePagedWithoutReadingThemAll(t *testing.T) {
	d := fresh(t)
	records := []*timeline.Record{source("paper")}
	for i := range 260 {
		records = append(records, event(fmt.Sprintf("e-%d", i), titled(fmt.Sprintf("Attaque %d", i), fmt.Sprintf("%d-0%d-1%d", 1990+i%30, 1+i%9, i%10))))
	}
	taken(t, d, records...)
	viewed(t, d, func(v *View) {
		for _, text := range []string{"attaque", "attaq*", "attaque -0"} {
			all := hits(t, v, SearchAsked{Text: text, Kinds: []timeline.SearchKind{timeline.SearchEvents}}, 60)
			seen := map[string]bool{}
			for _, h := range all {
				seen[h] = true
			}
			if n := 260 - strings.Count(text, "-"); len(seen) != n {
				t.Errorf("%q: %d different hits, want %d", text, len(seen), n)
			}
		}
		first := 3
		c, err := v.Search(SearchAsked{Text: "attaque", Page: timeline.Page{First: &first}})
		must(t, err)
		nodes, err := v.SearchNodes(context.Background(), c)
		must(t, err)
		last := "9999"
		for _, n := range nodes {
			if e, _ := n.(*timeline.Event); e.Time.EDTF.String() > last {
				t.Errorf("%s comes after %s", e.Time.EDTF, last)
			} else {
				last = e.Time.EDTF.String()
			}
		}
		bad := *c.PageInfo.EndCursor
		_, err = v.Search(SearchAsked{Text: "Attaque", Page: timeline.Page{First: &first, After: &bad}})
		wantCode(t, err, timeline.CodeInvalid)
	})
	// A cursor of a stream goes on when the record has become too small for one.
	var cursor *string
	viewed(t, d, func(v *View) {
		first := 190
		c, err := v.Search(SearchAsked{Text: "attaque", Page: timeline.Page{First: &first}})
		must(t, err)
		cursor = c.PageInfo.EndCursor
	})
	for i := range 80 {
		must(t, remove(d, timeline.KindEvent, fmt.Sprintf("e-%d", i)))
	}
	viewed(t, d, func(v *View) {
		c, err := v.Search(SearchAsked{Text: "attaque", Page: timeline.Page{After: cursor}})
		must(t, err)
		if !c.PageInfo.HasPreviousPage || c.PageInfo.HasNextPage {
			t.Errorf("%+v", c.PageInfo)
		}
	})
}
