package index_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tarikh/index"
	"tarikh/internal/recordtest"
	"tarikh/names"
	"tarikh/timeline"
)

func TestListsOfActorsAreWhatTheProseSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := recordtest.Records(12).Draw(t, "records")
		x, n, a := newLibrary(records).build(records), newNaive(records), newAsker(t, records)
		w, o := a.actors(2), timeline.ActorOrder{Field: draw(a, enum[timeline.ActorOrderField]("ActorOrderField"))}
		o.Direction = maybe(a, 2, func() timeline.Direction { return timeline.Descending })
		if o.Field == timeline.OrderActorName {
			o.Lang = maybe(a, 2, func() names.Language { return draw(a, []names.Language{"ar", "fr", "en"}) })
		}
		list, err := x.SelectActors(w, "where", []*timeline.ActorOrder{&o})
		if err != nil {
			t.Fatal(err)
		}
		var want []*timeline.ActorRecord
		for _, r := range n.actors {
			if n.actorMatches(r, w) {
				want = append(want, r)
			}
		}
		slices.SortFunc(want, func(a, b *timeline.ActorRecord) int {
			c := cmp.Compare(n.eventsOf(a), n.eventsOf(b))
			if o.Field == timeline.OrderActorName {
				c = strings.Compare(shownName(a.Names, o.Lang), shownName(b.Names, o.Lang))
			}
			return signed(cmp.Or(c, strings.Compare(a.ID, b.ID)), o.Direction)
		})
		var got, wanted []string
		for _, row := range list.Rows() {
			got = append(got, x.Actor(row).Key)
		}
		for _, r := range want {
			wanted = append(wanted, r.Key)
		}
		if !slices.Equal(got, wanted) || list.Count() != len(wanted) {
			t.Fatalf("%s by %s:\ngot  %v\nwant %v", timeline.Canonical(w), timeline.Canonical(o), got, wanted)
		}
	})
}

func (n *naive) eventsOf(a *timeline.ActorRecord) int {
	return len(n.selected(n.events, &timeline.EventWhere{Actor: &timeline.ActorRefWhere{Any: []string{a.ID}}}, nil))
}

func signed(c int, d *timeline.Direction) int {
	if d != nil && *d == timeline.Descending {
		return -c
	}
	return c
}

// shownName is the folded name that a reader of the language is shown: a preferred one first.
func shownName(all []timeline.Name, lang *names.Language) string {
	preferred := slices.DeleteFunc(slices.Clone(all), func(n timeline.Name) bool { return n.Kind != timeline.NamePreferred })
	if len(preferred) == 0 {
		preferred = all
	}
	var langs []names.Language
	for _, n := range preferred {
		langs = append(langs, n.Lang)
	}
	wanted := names.Language("")
	if lang != nil {
		wanted = *lang
	}
	return names.Fold(preferred[names.Pick(langs, wanted)].Text)
}

func TestListsOfLocationsAndSources(t *testing.T) {
	x, l := small(t)
	name := "TIMBUKTU"
	country := []timeline.LocationKind{timeline.LocationCountry}
	desc := timeline.Descending
	byEvents := []*timeline.LocationOrder{{Field: timeline.OrderLocationEvents, Direction: &desc}, {Field: timeline.OrderLocationName}}
	for _, c := range []struct {
		where *timeline.LocationWhere
		by    []*timeline.LocationOrder
		want  string
	}{
		{nil, nil, "mali suva timbuktu-region timbuktu"},
		{&timeline.LocationWhere{}, byEvents, "mali timbuktu-region suva timbuktu"},
		{&timeline.LocationWhere{Name: &name}, nil, "timbuktu"},
		{&timeline.LocationWhere{Kind: country}, nil, "mali"},
		{&timeline.LocationWhere{Kind: []timeline.LocationKind{}}, nil, ""},
		{&timeline.LocationWhere{Within: []string{"timbuktu-region"}}, nil, "timbuktu-region timbuktu"},
		{&timeline.LocationWhere{Not: &timeline.LocationWhere{Refs: []string{"suva"}}, Within: []string{"suva", "timbuktu"}}, nil, "timbuktu"},
		{&timeline.LocationWhere{Or: []*timeline.LocationWhere{{Kind: country}, {Name: &name}}}, nil, "mali timbuktu"},
	} {
		list, err := x.SelectLocations(c.where, "where", c.by)
		if err != nil {
			t.Fatal(err)
		}
		if got := locationKeys(x, list.Rows()); got != c.want {
			t.Errorf("%s: %q, want %q", timeline.Canonical(c.where), got, c.want)
		}
	}
	children := x.ChildrenOf(l.rows[timeline.KindLocation]["mali"])
	if got := locationKeys(x, children.Rows()); got != "timbuktu-region" {
		t.Errorf("children %q", got)
	}
	sources, err := x.SelectSources(nil, "where")
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, row := range sources.Rows() {
		order = append(order, x.Source(row).Key)
	}
	if want := []string{"latin", "press", "copy"}; !slices.Equal(order, want) {
		t.Errorf("sources %v, want %v", order, want)
	}
}

func locationKeys(x *index.Index, rows []int64) string {
	var all []string
	for _, row := range rows {
		all = append(all, x.Location(row).Key)
	}
	return strings.Join(all, " ")
}

func TestTimelinesArePagedByKey(t *testing.T) {
	x, _ := small(t)
	list, two := x.Timelines(), 2
	var got []string
	for p := (timeline.Page{First: &two}); ; {
		slice, err := list.Page(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range slice.Rows {
			got = append(got, x.Timeline(row).Key)
		}
		if !slice.Info.HasNextPage {
			break
		}
		p.After = slice.Info.EndCursor
	}
	if want := []string{"broken", "chicken", "egg", "picked", "saved", "stale"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestAWrongQuestionForAListNamesItsField(t *testing.T) {
	x, _ := small(t)
	lost := []string{"lost"}
	_, err := x.SelectActors(&timeline.ActorWhere{Not: &timeline.ActorWhere{Refs: lost}}, "where", nil)
	wantError(t, err, timeline.CodeNotFound, "where.not.refs[0]")
	_, err = x.SelectActors(&timeline.ActorWhere{Kind: []timeline.ActorKind{"GOD"}}, "where", nil)
	wantError(t, err, timeline.CodeInvalid, "where.kind[0]")
	_, err = x.SelectActors(nil, "where", []*timeline.ActorOrder{{Field: "AGE"}})
	wantError(t, err, timeline.CodeInvalid, "orderBy[0].field")
	_, err = x.SelectLocations(&timeline.LocationWhere{Within: lost}, "where", nil)
	wantError(t, err, timeline.CodeNotFound, "where.within[0]")
	_, err = x.SelectLocations(&timeline.LocationWhere{Or: []*timeline.LocationWhere{{Refs: lost}}}, "where", nil)
	wantError(t, err, timeline.CodeNotFound, "where.or[0].refs[0]")
	_, err = x.SelectLocations(nil, "where", []*timeline.LocationOrder{{Field: "SIZE"}})
	wantError(t, err, timeline.CodeInvalid, "orderBy[0].field")
	_, err = x.SelectSources(&timeline.SourceWhere{Refs: lost}, "where")
	wantError(t, err, timeline.CodeNotFound, "where.refs[0]")
}
