package ingest

import (
	"bufio"
	"strings"
)

// isTimelineSheet recognises the table of TimelineJS as exported from its spreadsheet.
func isTimelineSheet(g *glance) bool {
	return g.has("year", "headline") && (g.columns["end year"] || g.columns["display date"] || g.columns["media"])
}

// readTimelineSheet reads it: a slide, the title or an era a row, as its column Type says.
func readTimelineSheet(o *out, in *bufio.Reader) error {
	comma, err := commaOf(in)
	if err != nil {
		return err
	}
	t, err := openTable(in, comma, nil)
	if err != nil {
		return err
	}
	s := newStory(o)
	err = o.each(t, func(r row) error {
		s.row(r)
		return nil
	})
	if err == nil {
		s.end()
	}
	return err
}

// row takes one row of the table in.
func (t *story) row(r row) {
	if r.empty() {
		return
	}
	start := sheetMoment(r, "year", "month", "day", "time")
	end := sheetMoment(r, "end year", "end month", "end day", "end time")
	switch strings.ToLower(r.cell("type")) {
	case "title":
		t.line = r.line
		t.title(r.cell("headline"), r.cell("text"))
		t.leave(r.says("media", "background", "group", "display date")...)
	case "era":
		t.era(r.line, start, end, r.cell("headline"))
	default:
		var groups []string
		if g := r.cell("group"); g != "" {
			groups = []string{g}
		}
		t.take(r.line, slide{start: start, end: end, headline: r.cell("headline"), text: r.cell("text"),
			stand: []string{r.cell("media caption"), r.cell("text"), r.cell("display date"), r.cell("media")},
			kept: r.says("display date", "media", "media credit", "media caption", "media thumbnail", "alt text",
				"type", "group", "background"), groups: groups}, r.raw())
	}
}

// sheetMoment reads a date in four cells. Commas in years are left out, as TimelineJS does.
func sheetMoment(r row, year, month, day, clock string) moment {
	m := moment{year: strings.ReplaceAll(r.cell(year), ",", ""), month: r.cell(month), day: r.cell(day)}
	return clockIn(m, r.cell(clock))
}

// says lists the columns, out of these, that say something.
func (r row) says(columns ...string) []string {
	var all []string
	for _, c := range columns {
		if r.cell(c) != "" {
			all = append(all, c)
		}
	}
	return all
}
