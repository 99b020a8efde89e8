package ingest

import (
	"bufio"
	"strings"

	"tarikh/timeline"
)

// isGED recognises a table of UCDP's Georeferenced Event Dataset in any of its layouts: the
// yearly releases with 42 and 49 columns and the country exports with 47 and an empty one.
func isGED(g *glance) bool {
	return g.has("id", "type_of_violence", "side_a", "side_b", "where_prec", "date_prec", "date_start")
}

// gedSource is the dataset, with both publications that UCDP asks to be cited.
func gedSource() timeline.SourceRecord {
	return timeline.SourceRecord{Identity: timeline.Identity{Key: "ucdp-ged"},
		Title:     timeline.Text{Lang: "en", Text: "UCDP Georeferenced Event Dataset"},
		Publisher: "Uppsala Conflict Data Program", Lang: "en", Licence: "CC-BY-4.0",
		URL: "https://ucdp.uu.se/downloads/",
		Attribution: "Sundberg, Ralph, and Erik Melander (2013). Introducing the UCDP Georeferenced Event" +
			" Dataset. Journal of Peace Research 50(4), 523–532, doi:10.1177/0022343313484347. Davies," +
			" Shawn, Garoun Engström, Therése Pettersson and Magnus Öberg (2024). Organized violence" + //nolint:misspell // her name
			" 1989–2023, and the prevalence of organized crime groups. Journal of Peace Research 61(4)," +
			" 673–693, doi:10.1177/00223433241262912."}
}

// readGED reads a table with a header.
func readGED(o *out, in *bufio.Reader) error { return readGEDTable(o, in, nil) }

// readCandidate reads a table of the monthly Candidate dataset as it comes without a header: its
// columns are those of the yearly release, in that order.
func readCandidate(o *out, in *bufio.Reader) error {
	return readGEDTable(o, in, strings.Split("id,relid,year,active_year,code_status,type_of_violence,"+
		"conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,"+
		"side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,"+
		"source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"+
		"where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,"+
		"event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,"+
		"best,high,low,gwnoa,gwnob", ","))
}

func readGEDTable(o *out, in *bufio.Reader, columns []string) error {
	comma, err := commaOf(in)
	if err != nil {
		return err
	}
	t, err := openTable(in, comma, columns)
	if err != nil {
		return err
	}
	o.open(gedSource())
	g := &ged{out: o, atlas: newAtlas(o), cast: newCast(o)}
	err = o.each(t, g.take)
	if err == nil {
		g.settle()
	}
	return err
}

// ged is a GED table on its way in.
type ged struct {
	out   *out
	atlas *atlas
	cast  *cast
	held  []row // that name several actors, of which one may still come by itself
}

// mostHeld is how many rows may wait for somebody whom they name. With more, what is known by
// then decides.
const mostHeld = 1000

// take takes one row in, unless it must wait.
func (g *ged) take(r row) error {
	if !g.waits(r) {
		return g.event(r)
	}
	if len(g.held) == mostHeld {
		g.settle()
	}
	g.held = append(g.held, r.keep())
	return nil
}

// settle takes the waiting rows in.
func (g *ged) settle() {
	for _, r := range g.held {
		if err := g.event(r); err != nil {
			g.out.refuse(r.line, err)
		}
	}
	g.held = g.held[:0]
}

// event gives the event of one row, and before it whatever it names first. What is wrong with
// the row is found before anything is given.
func (g *ged) event(r row) error {
	id := r.cell("id")
	if strings.Trim(id, "0123456789") != "" || id == "" {
		return fieldError("id", "%q is no number of an event", clipped(id))
	}
	when, err := gedTime(r)
	if err != nil {
		return err
	}
	kind, err := gedType(r)
	if err != nil {
		return err
	}
	toll, err := gedToll(r)
	if err != nil {
		return err
	}
	point, err := r.point("latitude", "longitude")
	if err != nil {
		return err
	}
	country := g.atlas.country(r.line, r.cell("country"),
		timeline.Identifier{Scheme: "gw", Value: r.cell("country_id")}) // Gleditsch and Ward's number
	place, notes := g.place(r, country, point)
	parties := g.parties(r, country)
	citations, more := g.citations(r, id, when)
	e := timeline.EventRecord{
		Identity: timeline.Identity{Key: "ucdp-" + id, // a number makes a key as it is
			Identifiers: []timeline.Identifier{{Scheme: "ucdp", Value: id}}},
		Type: kind, Status: timeline.StatusReported, Time: when.edtf,
		Titles: gedTitles(r, place), Participants: parties,
		Claims: g.claims(id, toll), Citations: citations, Tags: gedTags(r),
		Origins: g.out.origin(r.line, id, r.raw()),
	}
	if place.record != nil {
		e.Places = []timeline.PlaceRecord{*place.record}
	}
	g.out.put(r.line, timeline.Record{Event: &e}, append(append(toll.notes, notes...), more...)...)
	return nil
}

// gedType is the event's type: UCDP's 1 and 2 are fighting between two sides, 3 is violence
// against civilians.
func gedType(r row) (string, error) {
	switch code := r.cell("type_of_violence"); code {
	case "1", "2":
		return "battle", nil
	case "3":
		return "attack_on_civilians", nil
	default:
		return "", fieldError("type_of_violence", "%q is none of 1, 2 and 3", clipped(code))
	}
}

// gedTags keeps the raw word of the type, and the status of the coding where it is not clear.
func gedTags(r row) []string {
	tags := []string{"ucdp:type-of-violence-" + r.cell("type_of_violence")}
	if status := r.cell("code_status"); status != "" && status != "Clear" {
		tags = append(tags, tagOf("ucdp", status))
	}
	return tags
}

// tagOf is a dataset's own word as a tag, cut to what a tag may hold.
func tagOf(scheme, word string) string { return cutTag(scheme + ":" + strings.TrimSpace(word)) }

// cutTag is a text without space around it, cut to what a tag may hold.
func cutTag(text string) string {
	const most = 64
	letters := []rune(strings.TrimSpace(text))
	return strings.TrimSpace(string(letters[:min(most, len(letters))]))
}
