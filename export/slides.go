package export

import (
	"encoding/json"
	"html"
	"strconv"
	"strings"

	"tarikh/edtf"
	"tarikh/timeline"
)

// How many slides TimelineJS gets: it holds them all in the page, and crawls above a few hundred.
const (
	slidesUsual = 40
	slidesMost  = 200
)

// slides is what the two formats of TimelineJS share. Events without any date are left out,
// because TimelineJS drops them silently; they and what is beyond the cap are counted, and the
// title slide says so. It comes last in the file, so that it can; its place means nothing.
type slides struct {
	page
	offered, undated int
	foreign          int      // slides that came from TimelineJS
	first, last      edtf.Day // of all slides
	cosmological     bool     // some year is beyond those of a browser's Date
}

func (s *slides) most() int {
	if s.opts.Most <= 0 {
		return slidesUsual
	}
	return min(s.opts.Most, slidesMost)
}

// slide is one slide of TimelineJS 3 (https://timeline.knightlab.com/docs/json-format.html).
type slide struct {
	UniqueID    string    `json:"unique_id"`
	Start       *tlDate   `json:"start_date,omitzero"`
	End         *tlDate   `json:"end_date,omitzero"`
	DisplayDate string    `json:"display_date,omitzero"`
	Group       string    `json:"group,omitzero"`
	Text        slideText `json:"text"`
	Autolink    *bool     `json:"autolink,omitzero"` // false: addresses are links already
}

type slideText struct {
	Headline string `json:"headline"` // HTML
	Text     string `json:"text"`     // HTML
}

// take makes a slide of an item; false where the timeline has no place for it.
func (s *slides) take(it *Item) (slide, bool) {
	s.offered++
	v := s.see(it)
	when := it.Event.Time
	first, last, dated := span(when)
	switch {
	case !dated:
		s.undated++
		return slide{}, false
	case s.n >= s.most():
		return slide{}, false
	}
	s.cover(first, last)
	born := v.bornInTimelineJS()
	if born.id != "" {
		s.foreign++
	}
	start, end := tlDates(when, born.id != "")
	never := false
	return slide{
		UniqueID: or(born.id, it.Event.ID), Start: start, End: end,
		DisplayDate: isolated(v.display()), Group: born.groupOr(v.Event.Type, v.typeLabel()),
		Text: slideText{htmlText(v.title.Text), v.body()}, Autolink: &never,
	}, true
}

// cover widens the days of the timeline by those of a slide or era.
func (s *slides) cover(first, last edtf.Day) {
	if s.n == 0 {
		s.first, s.last = first, last
	}
	s.n++
	s.first, s.last = min(s.first, first), max(s.last, last)
	s.reach(first, last)
}

// reach notes years that only the cosmological scale of TimelineJS can draw.
func (s *slides) reach(first, last edtf.Day) {
	y, _, _ := first.Date()
	z, _, _ := last.Date()
	s.cosmological = s.cosmological || y < -271820 || z > 275759
}

// body is a slide's text: the summary, the number of the killed, the sources, and the time as
// EDTF, because the dates of TimelineJS cannot be uncertain.
func (v *view) body() string {
	p := speak(v.lang)
	var b strings.Builder
	b.WriteString(paragraph(v.summary()))
	b.WriteString(words(p.lang, p.figure(v.Figure)))
	if len(v.Sources) > 0 {
		b.WriteString(`<p lang="` + string(p.lang) + `" dir="` + dir(p.lang) + `">` + p.sources + `: `)
		for i, s := range v.Sources {
			if i > 0 {
				b.WriteString(" · ")
			}
			b.WriteString(`<bdi>` + link(string(s.URL), s.Title.Text) + `</bdi>`)
		}
		b.WriteString(`</p>`)
	}
	b.WriteString(`<p dir="ltr"><code>` + html.EscapeString(v.Event.Time.String()) + `</code></p>`)
	return b.String()
}

// born is what a slide of TimelineJS said that the record keeps only in the raw row.
type born struct{ id, group string }

// groupOr is the slide's group: its own, else what sort of event it is. One that came without a
// group and was not sorted since stays without.
func (b born) groupOr(typ, label string) string {
	if b.group == "" && b.id != "" && typ == "other" {
		return ""
	}
	return or(b.group, label)
}

// bornInTimelineJS gives an imported slide its id and group back, so that a file that came from
// TimelineJS goes back to it as it was.
func (v *view) bornInTimelineJS() born {
	for _, i := range v.Event.Identifiers {
		if i.Scheme != "timelinejs" {
			continue
		}
		var row struct {
			UniqueID string `json:"unique_id"`
			Group    string `json:"group"` // or a sheet's column Group: letter case does not count
		}
		for _, o := range v.Event.Origins { // a row of another format is no such object, or has no such members
			if json.Unmarshal([]byte(o.Row), &row) == nil && (row.Group != "" || row.UniqueID != "") {
				break
			}
		}
		return born{or(row.UniqueID, i.Value), or(row.Group, v.groupTag())}
	}
	return born{}
}

// groupTag is the group that an import kept as a tag; empty where it kept none.
func (v *view) groupTag() string {
	for _, t := range v.Event.Tags {
		if group, ok := strings.CutPrefix(t, "timelinejs:"); ok {
			return group
		}
	}
	return ""
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// titleSlide says what the timeline is, how much of the selection it shows, and whose it is.
func (s *slides) titleSlide(t Tail) slide {
	p := speak(s.meta.Lang)
	title := pick(s.meta.Title, s.meta.Lang)
	if title.Text == "" {
		title = timeline.Text{Lang: p.lang, Text: p.timeline}
	}
	var b strings.Builder
	shown := htmlText(with(p.shown, strconv.Itoa(s.n), strconv.Itoa(max(s.meta.Total, s.offered))))
	if s.meta.Address != "" {
		shown += ` · ` + link(s.meta.Address, p.see)
	}
	b.WriteString(`<p lang="` + string(p.lang) + `" dir="` + dir(p.lang) + `">` + shown + `</p>`)
	for _, note := range p.notes(t, s.undated) {
		b.WriteString(words(p.lang, note))
	}
	if len(s.meta.Licences) > 0 {
		b.WriteString(words(p.lang, p.licence+": "+strings.Join(s.meta.Licences, ", ")))
	}
	for _, a := range s.meta.Attribution {
		b.WriteString(`<p>` + htmlText(a) + `</p>`)
	}
	return slide{UniqueID: "tarikh-title", Text: slideText{htmlText(title.Text), b.String()}}
}
