package db

import (
	"context"
	"slices"
	"strings"
	"testing"

	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

// The plan of every statement is held against a rule: tables are searched by a key or
// an index; only the list of keys is read from end to end.

func TestEveryStatementOfAQuestionSearches(t *testing.T) {
	d := fresh(t)
	imported(t, d, ImportOptions{}, recordtest.Records(60).Example(3)...)
	viewed(t, d, func(v *View) {
		askEverything(t, v)
		want(t, "that every relation was asked for", checkPlans(t, v.s) >= 28, true)
	})
}

func TestEveryStatementOfAWriteSearches(t *testing.T) {
	d := fresh(t)
	for seed := range 2 { // the second set changes records of the first
		imported(t, d, ImportOptions{SkipBad: true}, recordtest.Records(60).Example(seed)...)
	}
	taken(t, d, location("mali"))
	taken(t, d, location("gao", func(l *timeline.LocationRecord) { l.Parent = &timeline.Ref{Name: "ville mali"} }))
	must(t, remove(d, timeline.KindLocation, "gao"))
	s, err := d.writer(context.Background())
	must(t, err)
	defer d.giveBack(d.writing, s)
	want(t, "that everything was written", checkPlans(t, s) > 60, true)
}

// checkPlans checks the statements that were prepared on a connection and read or
// delete something, and says how many these are.
func checkPlans(t *testing.T, s *session) (checked int) {
	t.Helper()
	for _, text := range slices.Concat(keysOf(s.stmts), keysOf(s.sweeps.stmts)) {
		if fields := strings.Fields(text); fields[0] == "select" || fields[0] == "delete" || fields[0] == "with" {
			checked++
			checkPlan(t, s, text)
		}
	}
	return checked
}

// readWhole says whether a step of a plan may read everything: the list of keys, what
// the statement itself gathers, the five rows of the sequence, and the log of revisions
// from its end as far as its first row.
func readWhole(step string) bool {
	return strings.Contains(step, " VIRTUAL TABLE") || slices.Contains([]string{
		"SCAN up", "SCAN CONSTANT ROW", "SCAN sequence", "SCAN revision",
		"SCAN index_image"}, step)
}

// askEverything reads every relation of every record, and every record whole.
func askEverything(t *testing.T, v *View) {
	t.Helper()
	ctx := context.Background()
	first := 100
	page := timeline.Page{First: &first}
	c, err := v.Events(EventsAsked{Page: page})
	must(t, err)
	events, err := v.EventNodes(ctx, c)
	must(t, err)
	var ids []string
	for _, e := range events {
		ids = append(ids, e.ID)
		ids = append(ids, askOfEvent(t, v, e)...)
	}
	sources, err := v.Sources(ctx, nil, page)
	must(t, err)
	for _, s := range sources.Nodes {
		ids = append(ids, s.ID)
		_, err = v.SourceOrigin(ctx, s)
		must(t, err)
		_, err = v.Identifiers(ctx, timeline.KindSource, s.Family)
		must(t, err)
	}
	timelines, err := v.Timelines(page)
	must(t, err)
	for _, l := range timelines.Nodes {
		_, err = v.Picked(ctx, l)
		must(t, err)
	}
	nodes, err := v.Nodes(ctx, ids)
	must(t, err)
	for i, n := range nodes {
		want(t, "that the node of "+ids[i]+" is there", n != nil && n.NodeID() == ids[i], true)
	}
	for _, err := range v.Records(ctx) {
		must(t, err)
	}
}

// askOfEvent reads every relation of an event and gives the ids of its claims.
func askOfEvent(t *testing.T, v *View, e *timeline.Event) (claimIDs []string) {
	t.Helper()
	ctx := context.Background()
	claims, err := v.Claims(ctx, e, nil)
	must(t, err)
	for _, c := range claims {
		claimIDs = append(claimIDs, c.ID)
		_, err = v.ClaimEvent(ctx, c)
		must(t, err)
		_, err = v.ClaimSource(ctx, c)
		must(t, err)
	}
	citations, err := v.Citations(ctx, e)
	must(t, err)
	for _, c := range citations {
		_, err = v.CitationSource(ctx, c)
		must(t, err)
	}
	origins, err := v.Origins(ctx, e)
	must(t, err)
	for _, o := range origins {
		_, err = v.OriginDataset(ctx, o)
		must(t, err)
	}
	actors, err := v.EventActors(ctx, e)
	must(t, err)
	for _, a := range actors {
		related, err := v.ActorRelations(ctx, a, nil, nil)
		must(t, err)
		for _, r := range related {
			_, err = v.RelationSource(ctx, r)
			must(t, err)
		}
	}
	_, err = v.Participations(ctx, e, nil)
	must(t, err)
	_, err = v.Places(ctx, e)
	must(t, err)
	_, err = v.EventSources(ctx, e)
	must(t, err)
	_, err = v.Identifiers(ctx, timeline.KindEvent, e.Family)
	must(t, err)
	_, err = v.EventRelations(ctx, e, nil)
	must(t, err)
	_, err = v.PartOf(ctx, e)
	must(t, err)
	return claimIDs
}

// checkPlan fails where SQLite would read a table from end to end. Nothing is bound:
// the plan of these statements does not hang on what is.
func checkPlan(t *testing.T, s *session, text string) {
	t.Helper()
	err := s.each(context.Background(), "explain query plan "+text, make([]any, parameters(text)), func(r rowScanner) error {
		var id, parent, unused int
		var detail string
		err := r.Scan(&id, &parent, &unused, &detail)
		if strings.HasPrefix(detail, "SCAN ") && !readWhole(detail) {
			t.Errorf("%s\n\t%s", detail, text)
		}
		return err
	})
	must(t, err)
}

// parameters is how many values a statement of this package binds: "?" alone, or the
// highest of "?1", "?2", ….
func parameters(text string) int {
	most := 0
	for _, numbered := range []string{"?3", "?2", "?1"} {
		if strings.Contains(text, numbered) {
			most = max(most, int(numbered[1]-'0'))
		}
	}
	if most > 0 {
		return most
	}
	return strings.Count(text, "?")
}
