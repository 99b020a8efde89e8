package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// parameters are the words that an export's address may have.
func parameters() []string {
	return []string{"within", "from", "to", "mode", "actor", "type", "text", "timeline", "lang", "where", "rule", "most", "centroids"}
}

// ParseSelection reads a selection from the parameters of an address, or from a
// command's flags of the same names:
//
//	within    refs of locations; commas or repetition: any of them, and everything below
//	from, to  EDTF, both inclusive
//	mode      POSSIBLE (what may touch the window; the default) or CERTAIN
//	actor     refs of actors: any of them takes part
//	type      codes of event types; a parent stands for all below it
//	text      found by this text, as search finds events; and so EventWhere.text
//	timeline  ref of a saved timeline: its events, title and eras
//	where     an EventWhere as JSON, as GraphQL takes it; and-ed with the others
//	lang      the reader's language, BCP 47
//	rule      of the figures: RANGE (the default), LOWEST, LATEST, DATASET
//	most      slides of the TimelineJS formats at most
//	centroids true: positions for events known only to a district or coarser, too
//
// A word that is none of these, and a value that cannot be read, are INVALID and named.
func ParseSelection(q url.Values) (Selection, error) {
	for name := range q {
		if !slices.Contains(parameters(), name) {
			return Selection{}, timeline.Invalidf(name, "there is no such parameter; there are %s", strings.Join(parameters(), ", "))
		}
	}
	where, err := parseWhere(q)
	if err != nil {
		return Selection{}, err
	}
	s := Selection{Where: where, Timeline: q.Get("timeline"),
		Rule: timeline.CasualtyRule(strings.ToUpper(q.Get("rule"))), Centroids: q.Get("centroids") == "true"}
	if text := q.Get("lang"); text != "" {
		if s.Lang, err = names.ParseLanguage(text); err != nil {
			return s, timeline.Invalidf("lang", "%v", err)
		}
	}
	if text := q.Get("most"); text != "" {
		if s.Most, err = strconv.Atoi(text); err != nil || s.Most < 1 {
			return s, timeline.Invalidf("most", "%q is no number of slides", text)
		}
	}
	if text := q.Get("centroids"); text != "" && text != "true" && text != "false" {
		return s, timeline.Invalidf("centroids", "it is true or false")
	}
	return s, nil
}

func parseWhere(q url.Values) (*timeline.EventWhere, error) {
	w := &timeline.EventWhere{Type: words(q, "type")}
	when, err := parseWindow(q)
	if err != nil {
		return nil, err
	}
	w.Time = when
	if within := words(q, "within"); within != nil {
		w.Place = &timeline.PlaceWhere{Within: within}
	}
	if actors := words(q, "actor"); actors != nil {
		w.Actor = &timeline.ActorRefWhere{Any: actors}
	}
	if q.Has("text") {
		text := q.Get("text")
		w.Text = &text
	}
	if saved := q.Get("timeline"); saved != "" {
		w.Timeline = &saved
	}
	text := q.Get("where")
	if text == "" {
		return w, w.Validate("where")
	}
	said, err := timeline.ParseEventWhere([]byte(text))
	if err != nil {
		return nil, err
	}
	if timeline.Canonical(w) == "{}" { // so that a mistake is named by the member's own path
		return said, nil
	}
	return &timeline.EventWhere{And: []*timeline.EventWhere{w, said}}, w.Validate("where")
}

func parseWindow(q url.Values) (*timeline.TimeWhere, error) {
	if !q.Has("from") && !q.Has("to") && !q.Has("mode") {
		return nil, nil
	}
	w := &timeline.TimeWhere{}
	for name, into := range map[string]**edtf.Value{"from": &w.From, "to": &w.To} {
		text := q.Get(name)
		if text == "" {
			continue
		}
		v := &edtf.Value{}
		if err := v.UnmarshalText([]byte(text)); err != nil {
			return nil, timeline.Invalidf(name, "%v", err)
		}
		*into = v
	}
	if text := q.Get("mode"); text != "" {
		mode := timeline.TimeMode(strings.ToUpper(text))
		w.Mode = &mode
	}
	return w, nil
}

// words are the values of a parameter that can be given several times, or once with
// commas; nil where it is not given.
func words(q url.Values, name string) []string {
	var all []string
	for _, text := range q[name] {
		for word := range strings.SplitSeq(text, ",") {
			if word = strings.TrimSpace(word); word != "" {
				all = append(all, word)
			}
		}
	}
	if all == nil && q.Has(name) {
		return []string{}
	}
	return all
}
