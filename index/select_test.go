package index_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tarikh/index"
	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

// ids is the public ids of events by row.
func ids(x *index.Index, rows []int64) []string {
	all := []string{}
	for _, row := range rows {
		all = append(all, x.Event(row).ID)
	}
	return all
}

func TestASelectionIsWhatTheProseSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := recordtest.Records(12).Draw(t, "records")
		x, n, a := newLibrary(records).build(records), newNaive(records), newAsker(t, records)
		for range 4 {
			w, by := a.events(2), a.order()
			s, err := x.Select(index.Question{Where: w, Order: by})
			if err != nil {
				t.Fatalf("%s: %v", timeline.Canonical(w), err)
			}
			want := n.selected(n.events, w, by)
			if got := ids(x, s.Rows()); !slices.Equal(got, idsOf(want)) {
				t.Fatalf("where %s order %s:\ngot  %v\nwant %v", timeline.Canonical(w), timeline.Canonical(by), got, idsOf(want))
			}
			kind, rule := draw(a, figureKinds()), a.rule()
			total, err := s.Casualties(kind, rule)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := summary(total), n.total(want, kind, rule); got != want {
				t.Fatalf("where %s, %s by %s:\ngot  %s\nwant %s", timeline.Canonical(w), kind, rule, got, want)
			}
		}
	})
}

func TestASelectionBelowAParentIsWhatTheProseSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := recordtest.Records(12).Draw(t, "records")
		l := newLibrary(records)
		x, n, a := l.build(records), newNaive(records), newAsker(t, records)
		for _, r := range records {
			parent := index.Parent{Kind: r.Kind(), Row: l.rowOf(r)}
			w, by := a.events(1), a.order()
			s, err := x.Select(index.Question{Where: w, Order: by, Parent: parent})
			if err != nil {
				t.Fatal(err)
			}
			want := idsOf(n.selected(n.below(r), w, by))
			if got := ids(x, s.Rows()); !slices.Equal(got, want) {
				t.Fatalf("below %s where %s:\ngot  %v\nwant %v", r.Identity().Key, timeline.Canonical(w), got, want)
			}
		}
	})
}

// below is the events below a record.
func (n *naive) below(r *timeline.Record) []*timeline.EventRecord {
	return slices.DeleteFunc(slices.Clone(n.events), func(e *timeline.EventRecord) bool {
		switch r.Kind() {
		case timeline.KindActor:
			return !some(e.Participants, func(p timeline.ParticipationRecord) bool { return n.actor(p.Actor.Ref) == r.Actor })
		case timeline.KindLocation:
			return !some(e.Places, func(p timeline.PlaceRecord) bool {
				return p.Role != timeline.RoleNearby && n.under(p.Location, r.Location.Key)
			})
		case timeline.KindSource:
			return !slices.Contains(n.eventSources(e), r.Source)
		case timeline.KindTimeline:
			return !n.inTimeline(e, r.Timeline)
		}
		wholes := n.wholes(e)
		return len(wholes) == 0 || wholes[0] != r.Event
	})
}
