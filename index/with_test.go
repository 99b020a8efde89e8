package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tarikh/index"
	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

// A history is records that come, change and go, and the index that followed them.
type history struct {
	t       *rapid.T
	library *library
	pool    [][]*timeline.Record // versions of the same records
	now     []*timeline.Record   // the version that stands; nil: gone
	index   *index.Index
	stood   map[int64][]*timeline.Record // what stood at each revision
}

func newHistory(t *rapid.T) *history {
	one, two := recordtest.Records(10).Draw(t, "one"), recordtest.Records(10).Draw(t, "two")
	return &history{t: t, library: newLibrary(one, two), pool: [][]*timeline.Record{one, two},
		now: make([]*timeline.Record, len(one)), index: index.New(), stood: map[int64][]*timeline.Record{}}
}

// step changes up to n records and follows.
func (h *history) step(n int) {
	c := index.Changes{Revision: h.index.Revision() + 1}
	var given []*timeline.Record
	touched := map[int]bool{}
	for range rapid.IntRange(0, n).Draw(h.t, "changes") {
		i := rapid.IntRange(0, len(h.now)-1).Draw(h.t, "record")
		if touched[i] {
			continue
		}
		touched[i] = true
		if h.now[i] != nil && rapid.IntRange(0, 3).Draw(h.t, "gone") == 0 {
			c.Gone = append(c.Gone, index.Gone{Kind: h.now[i].Kind(), Row: h.library.rowOf(h.now[i])})
			h.now[i] = nil
			continue
		}
		h.now[i] = rapid.SampledFrom(h.pool).Draw(h.t, "version")[i]
		given = append(given, h.now[i])
	}
	facts := h.library.changes(given...)
	facts.Revision, facts.Gone = c.Revision, c.Gone
	h.index = h.index.With(facts)
	h.stood[h.index.Revision()] = h.standing()
}

// titles reads titles as they stood at a revision.
func (h *history) titles(revision int64) index.TitleReader {
	return func(rows []int64) ([][]index.Title, error) {
		byRow := map[int64][]index.Title{}
		for _, e := range h.library.changes(h.stood[revision]...).Events {
			byRow[e.Row] = e.Titles
		}
		all := make([][]index.Title, len(rows))
		for i, row := range rows {
			all[i] = byRow[row]
		}
		return all, nil
	}
}

// fresh is the index of what stands, made at once.
func (h *history) fresh() *index.Index {
	c := h.library.changes(h.standing()...)
	c.Revision = h.index.Revision()
	return index.New().With(c)
}

func (h *history) standing() []*timeline.Record {
	return slices.DeleteFunc(slices.Clone(h.now), func(r *timeline.Record) bool { return r == nil })
}

func TestAnIndexThatFollowedEveryChangeEqualsOneMadeAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t)
		questions := h.questions()
		for range 6 {
			before, was := h.index, h.portrait(h.index, questions)
			h.step(20)
			if got, want := h.portrait(h.index, questions), h.portrait(h.fresh(), questions); got != want {
				t.Fatalf("of %s\nfollowed:\n%s\nmade at once:\n%s", spelt(questions), got, want)
			}
			if got := h.portrait(before, questions); got != was {
				t.Fatalf("a change reached the revision before:\n%s\nit was:\n%s", got, was)
			}
		}
	})
}

// questions are some filters, all orders.
func (h *history) questions() []index.Question {
	a := newAsker(h.t, slices.Concat(h.pool...))
	all := []index.Question{{}, {Order: []*timeline.EventOrder{{Field: timeline.OrderTitle}, {Field: timeline.OrderKilled}}}}
	for range 3 {
		all = append(all, index.Question{Where: a.events(1), Order: a.order()})
	}
	return all
}

// portrait is everything that an index says of the records of the pool.
func (h *history) portrait(x *index.Index, questions []index.Question) string {
	var b strings.Builder
	d := x.Dataset()
	fmt.Fprintln(&b, d.Revision, d.Events, d.Actors, d.Locations, d.Sources, day(d.Earliest), day(d.Latest), d.Licences)
	for _, q := range questions {
		q.Titles = h.titles(x.Revision())
		s, err := x.Select(q)
		if err != nil {
			fmt.Fprintln(&b, err)
			continue
		}
		total, _ := s.Casualties(timeline.ClaimKilled, timeline.RuleRange)
		fmt.Fprintln(&b, s.Rows(), summary(total))
	}
	for _, records := range h.pool {
		for _, r := range records {
			h.paint(&b, x, r)
		}
	}
	actors, _ := x.SelectActors(nil, "where", []*timeline.ActorOrder{{Field: timeline.OrderActorEvents}})
	locations, _ := x.SelectLocations(nil, "where", []*timeline.LocationOrder{{Field: timeline.OrderLocationEvents}})
	sources, _ := x.SelectSources(nil, "where")
	fmt.Fprintln(&b, actors.Rows(), locations.Rows(), sources.Rows(), x.Timelines().Rows())
	return b.String()
}

// paint tells what an index says of one record.
func (h *history) paint(b *strings.Builder, x *index.Index, r *timeline.Record) {
	for _, ref := range refsOf(r.Identity()) {
		row, ok := x.Resolve(r.Kind(), ref)
		fmt.Fprint(b, ref, row, ok, " ")
	}
	row := h.library.rowOf(r)
	kind := r.Kind()
	_, stands := x.Resolve(kind, r.Identity().Key)
	if stands && (kind == timeline.KindLocation || kind == timeline.KindActor || kind == timeline.KindSource) {
		below, err := x.Select(index.Question{Parent: index.Parent{Kind: kind, Row: row}})
		fmt.Fprintln(b, below.Rows(), err)
	}
	switch r.Kind() {
	case timeline.KindLocation:
		within := &timeline.EventWhere{Place: &timeline.PlaceWhere{Within: []string{r.Identity().Key}}}
		if s, err := x.Select(index.Question{Where: within}); err == nil {
			fmt.Fprintln(b, s.Rows())
		}
		fmt.Fprintln(b, x.Ancestors(row), x.Children(row), x.ChildrenOf(row).Rows())
	case timeline.KindActor:
		for _, rel := range x.ActorRelations(row, nil, nil) {
			fmt.Fprint(b, rel.Kind, rel.Actor, rel.Source, " ")
		}
	case timeline.KindEvent:
		fmt.Fprintln(b, x.EventActors(row), x.EventSources(row), x.EventRelations(row), x.PartOf(row))
		for _, c := range r.Event.Claims {
			owner, ok := x.Resolve(timeline.KindClaim, c.ID)
			fmt.Fprint(b, owner, ok)
		}
	}
}

func day[D fmt.Stringer](d *D) string {
	if d == nil {
		return "none"
	}
	return (*d).String()
}

func TestARefThatMovesToAnotherRecordAnswersForIt(t *testing.T) {
	event := func(row int64, refs ...string) *index.Event {
		return &index.Event{Row: row, ID: refs[0], Refs: refs}
	}
	x := index.New().With(index.Changes{Events: []*index.Event{event(1, "ev_1", "one"), event(2, "ev_2", "two")}})
	merged := x.With(index.Changes{
		Events: []*index.Event{event(2, "ev_2", "two", "ev_1", "one")},
		Gone:   []index.Gone{{Kind: timeline.KindEvent, Row: 1}},
	})
	if row, ok := merged.Resolve(timeline.KindEvent, "one"); row != 2 || !ok {
		t.Errorf("after the merge: %d, %v", row, ok)
	}
	if row, _ := x.Resolve(timeline.KindEvent, "one"); row != 1 {
		t.Errorf("before the merge: %d", row)
	}
	if merged.Event(1) != nil || merged.Dataset().Events != 1 {
		t.Error("the merged event is still there")
	}
}

func TestARecordGivenTwiceCountsAsLastGiven(t *testing.T) {
	x := index.New().With(index.Changes{
		Events: []*index.Event{{Row: 1, ID: "ev_1", Refs: []string{"a"}}, {Row: 1, ID: "ev_1", Refs: []string{"b"}}},
		Gone:   []index.Gone{{Kind: timeline.KindEvent, Row: 1}, {Kind: timeline.KindEvent, Row: 9}},
	})
	s, err := x.Select(index.Question{})
	if err != nil || s.Count() != 1 {
		t.Fatalf("%d events, %v", s.Count(), err)
	}
	if _, ok := x.Resolve(timeline.KindEvent, "a"); ok {
		t.Error("the first version still answers")
	}
}

func TestAnEmptyIndexAnswers(t *testing.T) {
	x := index.New()
	s, err := x.Select(index.Question{})
	if err != nil || s.Count() != 0 {
		t.Fatalf("%v, %v", s, err)
	}
	page, err := s.Page(timeline.Page{})
	if err != nil || len(page.Rows) != 0 || page.Info != (timeline.PageInfo{}) {
		t.Errorf("%+v, %v", page, err)
	}
	d := x.Dataset()
	if d.Earliest != nil || d.Latest != nil || d.Licences == nil || x.Revision() != 0 {
		t.Errorf("%+v", d)
	}
	if x.Event(1) != nil || x.Actor(1) != nil || x.Location(1) != nil || x.Source(1) != nil || x.Timeline(1) != nil {
		t.Error("there is a record")
	}
}

// spelt is questions as a failed test shows them.
func spelt(questions []index.Question) (text string) {
	for _, q := range questions {
		text += timeline.Canonical(q.Where) + " by " + timeline.Canonical(q.Order) + "\n"
	}
	return text
}
