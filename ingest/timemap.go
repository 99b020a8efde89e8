package ingest

import (
	"bufio"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/timeline"
)

// isTimeMap recognises what a TimeMap reads: its events, sources and associations, together or
// each in a file of its own.
func isTimeMap(g *glance) bool {
	m := g.members
	for _, list := range []string{"events[]", "[]"} {
		if m[list+".description"] && (m[list+".date"] || m[list+".latitude"] || m[list+".location"]) {
			return true
		}
		if m[list+".associations"] || m[list+".civId"] {
			return true
		}
	}
	for name := range m {
		if strings.HasSuffix(name, ".paths") && strings.Count(name, ".") <= 2 {
			return true
		}
	}
	return m["associations[].mode"] || m["[].mode"] && m["[].filter_paths"]
}

// timeMap is a TimeMap file on its way in.
type timeMap struct {
	out    *out
	source timeline.SourceRecord
}

// readTimeMap reads them. Events name sources by ids of the file, which may come later in it or
// in the file of the sources.
func readTimeMap(o *out, in *bufio.Reader) error {
	t := &timeMap{out: o}
	t.source = o.open(timeline.SourceRecord{Identity: timeline.Identity{Key: "timemap"},
		Title: timeline.Text{Lang: "en", Text: "TimeMap data"}})
	return o.walk(in, []string{"events", "sources", "sources.*", "associations"}, t.part)
}

// part takes one piece of the document in.
func (t *timeMap) part(p part) {
	whole, err := readObject(p.raw)
	if err != nil {
		if p.path == "events[]" || p.path == "[]" {
			t.out.refuse(p.line, err)
		}
		return
	}
	switch {
	case whole["paths"] != nil:
		t.cited(p.line, orWord(whole.text("id"), p.name), whole)
	case whole["mode"] != nil:
		t.association(p.line, whole)
	case p.path == "events[]" || p.path == "[]":
		if err := t.event(p, whole); err != nil {
			t.out.refuse(p.line, err)
		}
	default:
		t.out.remark(p.line, t.source,
			note("left-out", orWord(p.name, p.path), "it has no place in the record"))
	}
}

// cited gives one source.
func (t *timeMap) cited(line int, id string, o object) {
	address := addressOf(append(o.texts("url"), o.texts("paths")...)...)
	s := timeline.SourceRecord{Identity: timeMapIdentity(id), Kind: timeline.SourceArticle, URL: address,
		Title:     textIn(orWord(plainText(o.text("title", "description")), orWord(string(address), id))),
		Publisher: o.text("author"), PublishedOn: dateOrNone(o.text("date"))}
	if kind := strings.ToUpper(o.text("type")); isWord("SourceKind", kind) {
		s.Kind = timeline.SourceKind(kind)
	}
	left := keptOut(o.says("thumbnail", "parent", "notes", "affil_s"))
	t.out.put(line, timeline.Record{Source: &s}, left...)
}

// keptOut notes parts that a record without a raw row has no place for.
func keptOut(parts []string) []timeline.Problem {
	if len(parts) == 0 {
		return nil
	}
	return noted("left-out", strings.Join(parts, ", "), "the record has no place for it")
}

// association gives a narrative as a timeline of the events that bear its id as a tag. Filters
// and categories are the tags of their events and nothing else.
func (t *timeMap) association(line int, o object) {
	id, title := o.text("id"), plainText(o.text("title", "id"))
	if !strings.EqualFold(o.text("mode"), "NARRATIVE") || id == "" {
		t.out.remark(line, t.source, note("left-out", "associations",
			"%s is a tag of its events and nothing else", clipped(orWord(id, "one"))))
		return
	}
	r := timeline.TimelineRecord{Identity: timeMapIdentity(id), Titles: []timeline.Text{textIn(title)},
		Where: &timeline.EventWhere{Tags: []string{tagOf("timemap", id)}}}
	if text := plainText(o.text("desc")); text != "" {
		r.Summaries = []timeline.Text{textIn(cutTo(text, mostLetters))}
	}
	t.out.put(line, timeline.Record{Timeline: &r})
}

// timeMapIdentity is by what a record of TimeMap's is known.
func timeMapIdentity(id string) timeline.Identity {
	return foreignIdentity("timemap", id)
}

// event gives one event.
func (t *timeMap) event(p part, o object) error {
	text := plainText(o.text("description", "title", "location"))
	if text == "" {
		return fieldError("description", "the event has no description")
	}
	when, notes, err := timeMapTime(o)
	if err != nil {
		return err
	}
	place, err := timeMapPlace(o)
	if err != nil {
		return err
	}
	id := o.text("civId", "id")
	if id == "" {
		id = stableLetters(when.String(), text)
	}
	title := cutTo(strings.ReplaceAll(text, "\n", " "), mostTitle)
	e := timeline.EventRecord{Identity: timeMapIdentity(id), Type: timeMapType(o),
		Status: timeline.StatusReported, Time: when, Titles: []timeline.Text{textIn(title)}, Places: place,
		Citations: t.citations(p.line, o), Tags: timeMapTags(o),
		Origins: t.out.origin(p.line, id, compact(p.raw))}
	if long := strings.TrimSpace(text + "\n" + plainText(o.text("comments"))); long != e.Titles[0].Text {
		e.Summaries = []timeline.Text{textIn(cutTo(long, mostLetters))}
	}
	kept := o.says("time_precision", "time_display", "narrative___stepStyles", "shape", "colour",
		"graphic", "x", "y", "z", "filters")
	t.out.put(p.line, timeline.Record{Event: &e}, append(notes, keptInRaw(kept)...)...)
	return nil
}

// timeMapTime reads a date of the form 05/02/2014, the month first as TimeMap has it unless it
// is told otherwise, or 2014-05-02, with the time of day where there is one.
func timeMapTime(o object) (edtf.Value, []timeline.Problem, error) {
	text := o.text("date")
	if text == "" {
		return edtf.MustParse("/"), []timeline.Problem{note("no-date", "date", "it has no date")}, nil
	}
	day, ok := readDay(text)
	if !ok {
		v, err := edtf.Parse(text)
		if err != nil {
			return v, nil, fieldError("date",
				"%q is no date: TimeMap writes 05/02/2014, the month first", clipped(text))
		}
		return v, nil, nil
	}
	clock := clockIn(moment{month: "1", day: "1"}, o.text("time")).clock()
	v, err := edtf.Parse(day.String() + clock)
	return v, nil, err
}

// timeMapPlace is the position with the words for it. The file does not say in which country or
// of which kind the place is.
func timeMapPlace(o object) ([]timeline.PlaceRecord, error) {
	p := timeline.PlaceRecord{Role: timeline.RoleSite, Precision: timeline.PlaceUnknown}
	p.Words = o.text("location")
	if lat, lon := o.text("latitude"), o.text("longitude"); lat != "" || lon != "" {
		point, ok := readPoint(lat, lon)
		if !ok {
			return nil, noPosition("latitude", lat, lon)
		}
		p.Point, p.Precision = point, timeline.PlaceExact
	}
	return placed(p), nil
}

// timeMapType is our type where one of the event's words is one of our codes.
func timeMapType(o object) string {
	for _, word := range slices.Concat(o.texts("type"), o.texts("category"), o.texts("associations")) {
		if code := typeOf(word); code != "" {
			return code
		}
	}
	return "other"
}

// timeMapTags are the event's associations and its own words for its type.
func timeMapTags(o object) []string {
	var all []string
	seen := map[string]bool{}
	for _, word := range slices.Concat(o.texts("associations"), o.texts("type"), o.texts("category")) {
		if tag := tagOf("timemap", word); !seen[tag] {
			seen[tag] = true
			all = append(all, tag)
		}
	}
	return all
}

// citations are the sources that the event names: by their ids, or, in Bellingcat's form, by
// their addresses.
func (t *timeMap) citations(line int, o object) []timeline.CitationRecord {
	all := []timeline.CitationRecord{{Source: t.out.dataset}}
	list, _ := o["sources"].([]any)
	for _, v := range list {
		if inner, ok := v.(map[string]any); ok {
			address := addressOf(object(inner).text("path", "url"))
			title := orWord(object(inner).text("title"), string(address))
			ref, ok := t.out.article(line, timeline.SourceOther, "", "", title, address)
			if ok && !cites(all, ref) {
				all = append(all, timeline.CitationRecord{Source: ref})
			}
			continue
		}
		if id := textOf(v); id != "" {
			ref := timeline.RefTo(timeMapIdentity(id).Identifiers[0].String())
			if !cites(all, ref) {
				all = append(all, timeline.CitationRecord{Source: ref})
			}
		}
	}
	return all
}

// addressOf is the first of these texts that is an address.
func addressOf(texts ...string) timeline.URL {
	for _, s := range texts {
		if u, err := timeline.ParseURL(s); err == nil {
			return u
		}
	}
	return ""
}
