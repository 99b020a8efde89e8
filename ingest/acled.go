package ingest

import (
	"bufio"
	"strings"

	"tarikh/edtf"
	"tarikh/timeline"
)

// isACLED recognises ACLED's table: the current layout and the old one, in which the same number
// of columns stands in another order.
func isACLED(g *glance) bool { return g.has("event_id_cnty", "event_date", "event_type", "actor1") }

// isACLEDJSON recognises an answer of ACLED's API.
func isACLEDJSON(g *glance) bool {
	return g.members["data[].event_id_cnty"] || g.members["[].event_id_cnty"]
}

// acledSource is the dataset. Its terms forbid passing its rows on.
func acledSource() timeline.SourceRecord {
	return timeline.SourceRecord{Identity: timeline.Identity{Key: "acled"},
		Title:     timeline.Text{Lang: "en", Text: "Armed Conflict Location & Event Data (ACLED)"},
		Publisher: "ACLED", Lang: "en", Licence: "ACLED Terms and Conditions",
		URL:         "https://acleddata.com/",
		Attribution: "Armed Conflict Location & Event Data (ACLED), acleddata.com", NotPassedOn: true}
}

// readACLED reads the table.
func readACLED(o *out, in *bufio.Reader) error {
	comma, err := commaOf(in)
	if err != nil {
		return err
	}
	t, err := openTable(in, comma, nil)
	if err != nil {
		return err
	}
	a := newACLED(o)
	return o.each(t, a.event)
}

// readACLEDJSON reads an answer of the API, whose rows stand in the member data.
func readACLEDJSON(o *out, in *bufio.Reader) error {
	a := newACLED(o)
	return o.walk(in, []string{"data"}, func(p part) {
		if p.path != "data[]" && p.path != "[]" {
			return
		}
		row, err := readObject(p.raw)
		if err == nil {
			err = a.event(row.row(p.line, compact(p.raw)))
		}
		if err != nil {
			o.refuse(p.line, err)
		}
	})
}

// acled is an ACLED file on its way in.
type acled struct {
	out   *out
	atlas *atlas
	cast  *cast
}

func newACLED(o *out) *acled {
	o.open(acledSource())
	return &acled{out: o, atlas: newAtlas(o), cast: newCast(o)}
}

// event gives the event of one row, and before it whatever it names first.
func (a *acled) event(r row) error {
	id := r.cell("event_id_cnty")
	if id == "" || strings.ContainsAny(id, " \t\n") {
		return fieldError("event_id_cnty", "%q is no id of an event", clipped(id))
	}
	day, ok := acledDay(r.cell("event_date"))
	if !ok {
		return fieldError("event_date", "%q is no date of the years 1900 to 2099",
			clipped(r.cell("event_date")))
	}
	point, err := r.point("latitude", "longitude")
	if err != nil {
		return err
	}
	dead, err := r.count("fatalities")
	if err != nil {
		return err
	}
	country := a.atlas.country(r.line, r.cell("country"),
		timeline.Identifier{Scheme: "iso", Value: r.cell("iso")}) // ISO 3166-1 numeric
	kind, notes := acledType(r)
	place, more := a.place(r, country, point)
	e := timeline.EventRecord{
		Identity: foreignIdentity("acled", id), Type: kind, Status: timeline.StatusReported,
		Time:   acledTime(day, r.cell("time_precision")),
		Titles: acledTitles(r, kind), Summaries: acledSummaries(r), Places: place,
		Participants: a.parties(r, country), Claims: a.claims(r, id, dead), Citations: a.citations(r, id),
		Tags: acledTags(r), Origins: a.out.origin(r.line, id, r.raw()),
	}
	a.out.put(r.line, timeline.Record{Event: &e}, append(notes, more...)...)
	return nil
}

// acledTime is a date of time_precision 1 as a day, of 2 as a day of the week around it, of 3 as
// a day of its month: what ACLED means by the middle that it gives.
func acledTime(day edtf.Day, precision string) edtf.Value {
	switch precision {
	case "2":
		return edtf.MustParse("[" + (day - 3).String() + ".." + (day + 3).String() + "]")
	case "3":
		return edtf.MustParse(day.String()[:len("2012-01")])
	}
	return edtf.MustParse(day.String())
}

// acledTags keeps ACLED's own words, which are more than ours and sometimes misspelt.
func acledTags(r row) []string {
	var all []string
	for _, column := range []string{"event_type", "sub_event_type"} {
		if word := r.cell(column); word != "" {
			if tag := tagOf("acled", word); len(all) == 0 || all[0] != tag {
				all = append(all, tag)
			}
		}
	}
	return all
}

// acledSummaries are the notes, in English as ACLED writes them.
func acledSummaries(r row) []timeline.Text {
	text := r.cell("notes")
	if text == "" {
		return nil
	}
	return []timeline.Text{{Lang: "en", Text: cutTo(text, mostLetters)}}
}

// claims is the row's figure. ACLED gives the lowest estimate; 0 says that no death was
// reported, which is not that nobody died.
func (a *acled) claims(r row, id string, dead *int) []timeline.ClaimRecord {
	if dead == nil {
		return nil
	}
	source := a.out.dataset
	c := timeline.ClaimRecord{Kind: timeline.ClaimKilled, Status: timeline.ClaimCurrent, Source: &source,
		DatasetRow: id, Vintage: a.out.options.Version, Words: sizeTags(r.cell("notes"))}
	if *dead > 0 {
		c.Range = &timeline.Range{Low: dead}
	} else {
		c.Words = strings.TrimSpace("fatalities 0: none reported " + c.Words)
	}
	return []timeline.ClaimRecord{c}
}

// sizeTags are the remarks in square brackets that ACLED puts into its notes.
func sizeTags(notes string) string {
	var all []string
	for {
		_, rest, open := strings.Cut(notes, "[")
		tag, after, closed := strings.Cut(rest, "]")
		if !open || !closed {
			return strings.Join(all, " ")
		}
		all, notes = append(all, "["+tag+"]"), after
	}
}

// citations are the dataset and those whom the row names as its sources.
func (a *acled) citations(r row, id string) []timeline.CitationRecord {
	all := []timeline.CitationRecord{{Source: a.out.dataset, Locator: "event " + id}}
	for name := range strings.SplitSeq(r.cell("source"), ";") {
		ref, ok := a.out.article(r.line, timeline.SourceOther, name, "", "", "")
		if ok && !cites(all, ref) {
			all = append(all, timeline.CitationRecord{Source: ref})
		}
	}
	return all
}
