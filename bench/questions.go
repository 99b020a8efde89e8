package bench

import (
	"context"
	"embed"
	"errors"
	"strings"

	"tarikh/db"
	"tarikh/edtf"
	"tarikh/timeline"
)

//go:embed queries/*.graphql
var documents embed.FS

// Question is what is measured: a document with its variables, and floor F1 for it.
type Question struct {
	Name, What string
	Document   string
	Variables  map[string]any
	F1         func(context.Context, *Handwritten) ([]byte, error)
}

// document is one of queries/, with the fragment that it spreads.
func document(name string) (string, error) {
	b, err := documents.ReadFile("queries/" + name + ".graphql")
	text := string(b)
	if err == nil && strings.Contains(text, "...Whole") {
		var fragment []byte
		fragment, err = documents.ReadFile("queries/event.graphql")
		text += string(fragment)
	}
	return text, err
}

// Subjects are what the questions of one database ask about.
type Subjects struct {
	ID              string // of an event
	Region, Country string // places
	Actor           string
	From, To        string // years
	Lang            string // of texts; empty: the first that there is
}

// Questions are Q1 to Q7 (Q5, text, belongs to search) about subjects.
func Questions(s Subjects) ([]Question, error) {
	var lang any
	if s.Lang != "" {
		lang = s.Lang
	}
	window := func(more map[string]any) map[string]any {
		more["from"], more["to"], more["lang"] = s.From, s.To, lang
		return more
	}
	within := func(key string) map[string]any { return map[string]any{"within": []any{key}} }
	all := []Question{
		{"Q1", "an event by id with everything", "q1", map[string]any{"id": s.ID, "lang": lang},
			func(ctx context.Context, h *Handwritten) ([]byte, error) { return h.One(ctx, s.ID) }},
		{"Q2", "the first 50 events in a region and below, 2012 to 2025", "q2", window(within(s.Region)),
			func(ctx context.Context, h *Handwritten) ([]byte, error) { return h.Page(ctx, s.Region, s.From, s.To) }},
		{"Q2b", "the same of the largest country", "q2", window(within(s.Country)),
			func(ctx context.Context, h *Handwritten) ([]byte, error) { return h.Page(ctx, s.Country, s.From, s.To) }},
		{"Q3", "region, 20 events, actors, 5 events of each, location", "q3", map[string]any{"key": s.Region},
			func(ctx context.Context, h *Handwritten) ([]byte, error) { return h.Around(ctx, s.Region) }},
		{"Q4", "monthly histogram of the largest country, split by type", "q4", within(s.Country),
			func(ctx context.Context, h *Handwritten) ([]byte, error) { return h.Months(ctx, s.Country) }},
		{"Q6", "an actor, at least 5 killed, 2012 to 2025, newest 50", "q6",
			window(map[string]any{"actor": []any{s.Actor}, "killed": 5}),
			func(ctx context.Context, h *Handwritten) ([]byte, error) {
				return h.Deadly(ctx, s.Actor, s.From, s.To, 5)
			}},
		{"Q7", "top 10 actors within the region, 2012 to 2025", "q7", window(within(s.Region)),
			func(ctx context.Context, h *Handwritten) ([]byte, error) { return h.Top(ctx, s.Region, s.From, s.To) }},
	}
	for i := range all {
		text, err := document(all[i].Document)
		if err != nil {
			return nil, err
		}
		all[i].Document = text
		if !strings.Contains(text, "$lang") {
			delete(all[i].Variables, "lang")
		}
	}
	return all, nil
}

// Choose picks the subjects of a database: its largest country, the largest region of Mali, the
// actor of most events there, and the middle one of its events.
func Choose(ctx context.Context, v *db.View) (Subjects, error) {
	s := Subjects{From: "2012", To: "2025"}
	from, to := edtf.MustParse(s.From), edtf.MustParse(s.To)
	var err error
	if s.Country, err = largest(ctx, v, nil, timeline.FacetCountry); err != nil {
		return s, err
	}
	mali := &timeline.EventWhere{Place: &timeline.PlaceWhere{Within: []string{"mali"}}}
	if s.Region, err = largest(ctx, v, mali, timeline.FacetRegion); err != nil {
		return s, err
	}
	region := &timeline.EventWhere{Place: &timeline.PlaceWhere{Within: []string{s.Region}}, Time: &timeline.TimeWhere{From: &from, To: &to}}
	if s.Actor, err = largest(ctx, v, region, timeline.FacetActor); err != nil {
		return s, err
	}
	c, err := v.Events(db.EventsAsked{Where: region})
	if err != nil {
		return s, err
	}
	nodes, err := v.EventNodes(ctx, c)
	if err != nil || len(nodes) == 0 {
		return s, errors.Join(err, errors.New("the region has no events"))
	}
	s.ID = nodes[len(nodes)/2].ID
	return s, nil
}

// largest is the key of the largest value of a field.
func largest(ctx context.Context, v *db.View, where *timeline.EventWhere, by timeline.FacetField) (string, error) {
	c, err := v.Events(db.EventsAsked{Where: where})
	if err != nil {
		return "", err
	}
	one := 1
	facets, err := v.Facets(ctx, c, by, &one, false)
	if err != nil || len(facets) == 0 {
		return "", errors.Join(err, errors.New("nothing has a "+string(by)))
	}
	return facets[0].Key, nil
}
