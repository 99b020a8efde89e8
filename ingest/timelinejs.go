package ingest

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tarikh/names"
	"tarikh/timeline"
)

// isTimelineJS recognises the JSON of TimelineJS 3: slides with start dates, a title, eras.
func isTimelineJS(g *glance) bool {
	m := g.members
	slides := m["events[].start_date"] || m["events[].text.headline"] || m["events[].unique_id"]
	return !m["type=FeatureCollection"] && (slides || m["eras[].start_date"] || m["title.text"] || m["title.media"])
}

// isTimelineJS2 recognises the JSON of TimelineJS 2, all of it below the member timeline.
func isTimelineJS2(g *glance) bool {
	return g.members["timeline.headline"] || g.members["timeline.date"] || g.members["timeline.startDate"]
}

// readTimelineJS reads both.
func readTimelineJS(o *out, in *bufio.Reader) error {
	t := newStory(o)
	err := o.walk(in, []string{"events", "eras", "timeline", "timeline.date", "timeline.era"}, t.part)
	if err == nil {
		t.end()
	}
	return err
}

// story is a TimelineJS timeline on its way in. Besides its title and eras it remembers which
// events it shows, up to [mostPicked].
type story struct {
	out    *out
	record timeline.TimelineRecord
	notes  []timeline.Problem
	line   int
	events int
	taken  map[string]bool // ids
}

// mostPicked is of how many events a timeline is remembered to consist.
const mostPicked = 10_000

func newStory(o *out) *story {
	o.open(timeline.SourceRecord{Identity: timeline.Identity{Key: "timelinejs"},
		Title: timeline.Text{Lang: "en", Text: "TimelineJS timeline"}})
	return &story{out: o, line: 1, taken: map[string]bool{}}
}

// part takes one piece of the document in.
func (t *story) part(p part) {
	whole, err := readObject(p.raw)
	switch {
	case p.path == "timeline.headline" || p.path == "timeline.text":
		t.heading(p.path, p.raw)
	case err != nil && (p.path == "events[]" || p.path == "timeline.date[]"):
		t.out.refuse(p.line, err)
	case p.path == "events[]":
		t.take(p.line, slide3(whole), compact(p.raw))
	case p.path == "timeline.date[]":
		t.take(p.line, slide2(whole), compact(p.raw))
	case p.path == "eras[]":
		start, end := momentOf(whole.in("start_date")), momentOf(whole.in("end_date"))
		t.era(p.line, start, end, whole.in("text").text("headline"))
	case p.path == "timeline.era[]":
		start, _ := momentIn(whole.text("startDate"))
		end, _ := momentIn(whole.text("endDate"))
		t.era(p.line, start, end, whole.text("headline"))
	case p.path == "title":
		t.line = p.line
		t.title(whole.in("text").text("headline"), whole.in("text").text("text"))
		t.leave(whole.says("media", "background", "start_date", "group")...)
	case p.name != "" && p.name != "type" && p.name != "startDate":
		t.leave(p.name)
	}
}

// heading takes the title of a TimelineJS 2 timeline.
func (t *story) heading(path string, raw []byte) {
	o, err := readObject([]byte(`{"text":` + string(raw) + `}`))
	if err != nil {
		return
	}
	if path == "timeline.headline" {
		t.title(o.text("text"), "")
	} else {
		t.title("", o.text("text"))
	}
}

// title takes the headline and the text of the title slide.
func (t *story) title(headline, text string) {
	if headline = plainText(headline); headline != "" {
		t.record.Titles = []timeline.Text{textIn(cutTo(headline, mostLetters))}
	}
	if text = plainText(text); text != "" {
		t.record.Summaries = []timeline.Text{textIn(cutTo(text, mostLetters))}
	}
}

// leave notes what of the whole timeline has no place in the record.
func (t *story) leave(parts ...string) {
	if len(parts) > 0 {
		t.notes = append(t.notes,
			note("left-out", strings.Join(parts, ", "), "a timeline has no place for it"))
	}
}

// era takes one era; one whose dates cannot be read is noted.
func (t *story) era(line int, start, end moment, headline string) {
	when, notes, err := span(start, end)
	headline = plainText(headline)
	if err != nil || headline == "" {
		t.notes = append(t.notes,
			note("left-out", "eras", "the era on line %d has no headline or no date", line))
		return
	}
	t.notes = append(t.notes, notes...)
	era := timeline.EraRecord{Titles: []timeline.Text{textIn(headline)}, Time: when}
	t.record.Eras = append(t.record.Eras, era)
}

// slide is one slide of a timeline, in any of its forms.
type slide struct {
	id             string
	start, end     moment
	headline, text string
	stand          []string // what may stand for a headline that is not there
	kept           []string // what has no place in the record
	groups         []string // its group or tags, which become tags
	wrong          []timeline.Problem
	err            error
}

// slide3 reads a slide of TimelineJS 3.
func slide3(o object) slide {
	text, media := o.in("text"), o.in("media")
	return slide{id: o.text("unique_id"), start: momentOf(o.in("start_date")), end: momentOf(o.in("end_date")),
		headline: text.text("headline"), text: text.text("text"),
		stand:  []string{media.text("caption"), text.text("text"), o.text("display_date"), media.text("url")},
		kept:   o.says("display_date", "media", "group", "background", "location", "type", "autolink"),
		groups: o.texts("group")}
}

// slide2 reads a slide of TimelineJS 2. An end that is no date is left out.
func slide2(o object) slide {
	s := slide{id: o.text("id", "slug"), headline: o.text("headline"), text: o.text("text"),
		stand:  []string{o.in("asset").text("caption"), o.text("text"), o.in("asset").text("media")},
		kept:   o.says("asset", "tag", "tags", "classname", "related"),
		groups: append(o.texts("tag"), o.texts("tags")...)}
	s.start, s.err = momentIn(o.text("startDate"))
	end, err := momentIn(o.text("endDate"))
	if err != nil {
		s.wrong = noted("odd-date", "endDate", "%q is no date; it is left out", clipped(o.text("endDate")))
	}
	s.end = end
	return s
}

// take gives the event of one slide.
func (t *story) take(line int, s slide, raw string) {
	when, notes, err := span(s.start, s.end)
	if err = cmp.Or(s.err, err); err != nil {
		t.out.refuse(line, err)
		return
	}
	headline := plainText(s.headline)
	for _, other := range s.stand {
		if headline == "" {
			headline = cutTo(strings.ReplaceAll(plainText(other), "\n", " "), mostTitle)
		}
	}
	if headline == "" {
		t.out.refuse(line, fieldError("headline",
			"the slide has neither a headline nor anything that could stand for it"))
		return
	}
	id := t.id(s, when.String()+headline)
	e := timeline.EventRecord{
		Identity: foreignIdentity("timelinejs", id), Type: "other", Status: timeline.StatusReported, Time: when,
		Titles:    []timeline.Text{textIn(cutTo(headline, mostLetters))},
		Citations: []timeline.CitationRecord{{Source: t.out.dataset}},
		Origins:   t.out.origin(line, id, raw),
	}
	for _, g := range s.groups {
		if tag := tagOf("timelinejs", g); !slices.Contains(e.Tags, tag) {
			e.Tags = append(e.Tags, tag)
		}
	}
	if text := plainText(s.text); text != "" {
		e.Summaries = []timeline.Text{textIn(cutTo(text, mostLetters))}
	}
	if t.events++; t.events <= mostPicked {
		t.record.Picked = append(t.record.Picked, timeline.RefTo("timelinejs:"+id))
	}
	notes = append(append(notes, s.wrong...), keptInRaw(s.kept)...)
	t.out.put(line, timeline.Record{Event: &e}, notes...)
}

// id is the slide's own id, else one that follows from what it says; never one twice.
func (t *story) id(s slide, says string) string {
	id := s.id
	if _, err := timeline.ParseIdentifier("timelinejs:" + id); err != nil {
		id = stableLetters(says, s.text)
	}
	for n, first := 2, id; t.taken[id]; n++ {
		id = fmt.Sprintf("%s.%d", first, n)
	}
	if len(t.taken) < mostPicked {
		t.taken[id] = true
	}
	return id
}

// end gives the timeline that its slides are.
func (t *story) end() {
	if t.record.Titles == nil {
		t.record.Titles = []timeline.Text{{Lang: names.Language("en"), Text: "TimelineJS timeline"}}
	}
	title := t.record.Titles[0].Text
	key := "timelinejs-" + orWord(timeline.Slug(title), stableLetters(title))
	t.record.Key = fitKey(orWord(t.out.options.Dataset, key))
	if t.events > mostPicked {
		t.notes = append(t.notes, note("too-many", "events",
			"of %d events the timeline picks the first %d", t.events, mostPicked))
	}
	t.out.put(t.line, timeline.Record{Timeline: &t.record}, t.notes...)
}
