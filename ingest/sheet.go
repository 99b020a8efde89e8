package ingest

import (
	"bufio"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// Fields lists the columns of a plain spreadsheet, in the order of the [Template]. A file needs
// a date and a title in some language; every other column may be left out, and columns that are
// none of these are kept in the raw row.
//
// Lists (actors, perpetrators, victims, targets, tags) are parted by semicolons. date and
// end_date are EDTF, of which 2014-05-02, 2014-05 and 2014 are the plainest; type is a code of
// the event types, precision a word of PlacePrecision, place_kind one of LocationKind.
func Fields() []string {
	return []string{"id", "date", "end_date", "type", "status", "title", "title_en", "title_fr", "title_ar",
		"summary", "summary_en", "summary_fr", "summary_ar", "country", "region", "district", "place", "place_kind",
		"latitude", "longitude", "precision", "actors", "perpetrators", "victims", "targets",
		"killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high",
		"source_title", "source_publisher", "source_date", "source_url", "tags"}
}

// isSheet recognises a spreadsheet whose columns bear our names, or get them from the options: one
// of which a column is named there is taken for one, so that what is wrong is said of its columns.
func isSheet(g *glance) bool {
	named := map[string]bool{}
	for column := range g.columns {
		named[column] = true
	}
	for column := range g.options.Map {
		if g.columns[columnName(column)] {
			return true
		}
	}
	return named["date"] && (named["title"] || named["title_en"] || named["title_fr"] || named["title_ar"])
}

// readSheet reads a spreadsheet.
func readSheet(o *out, in *bufio.Reader) error {
	comma, err := commaOf(in)
	if err != nil {
		return err
	}
	t, err := openTable(in, comma, nil)
	if err != nil {
		return err
	}
	if err := t.head.rename(o.options.Map); err != nil {
		return err
	}
	if err := t.head.complete(); err != nil {
		return err
	}
	s := newSheet(o, "spreadsheet", "Spreadsheet")
	return o.each(t, func(r row) error {
		if r.empty() {
			return nil
		}
		return s.event(r)
	})
}

// rename lets columns answer to the fields that they stand for. Raw rows keep their own names.
func (h *header) rename(fields map[string]string) error {
	for column, field := range fields {
		i, ok := h.at[columnName(column)]
		if !ok {
			return fieldError("map", "the file has no column %q", clipped(column))
		}
		if !isField(field) {
			return fieldError("map", "%q is none of %s", clipped(field), strings.Join(Fields(), ", "))
		}
		h.at[field] = i
	}
	return nil
}

// complete says which of the columns that every spreadsheet needs is not there.
func (h *header) complete() error {
	has := func(field string) bool {
		_, ok := h.at[field]
		return ok
	}
	switch {
	case !has("date"):
		return fieldError("map", "no column is the date; say which one is with --map COLUMN=date")
	case !slices.ContainsFunc([]string{"title", "title_en", "title_fr", "title_ar"}, has):
		return fieldError("map", "no column is a title; say which one is with --map COLUMN=title")
	}
	return nil
}

func isField(name string) bool { return slices.Contains(Fields(), name) }

// sheet is a table of our own fields on its way in. GeoJSON and others whose rows are of no
// form of their own come this way, too.
type sheet struct {
	out   *out
	atlas *atlas
	cast  *cast
	kind  string // the scheme of the events' identifiers
}

func newSheet(o *out, key, title string) *sheet {
	o.open(timeline.SourceRecord{Identity: timeline.Identity{Key: key},
		Title: timeline.Text{Lang: "en", Text: title}})
	return &sheet{out: o, atlas: newAtlas(o), cast: newCast(o), kind: orWord(o.options.Dataset, key)}
}

// event gives the event of one row, and before it whatever it names first.
func (s *sheet) event(r row) error {
	titles := sheetTexts(r, "title")
	if titles == nil {
		return fieldError("title", "the row has no title")
	}
	when, notes, err := sheetTime(r)
	if err != nil {
		return err
	}
	claims, err := sheetClaims(r)
	if err != nil {
		return err
	}
	place, more, err := s.place(r)
	if err != nil {
		return err
	}
	id := s.id(r, when.String()+titles[0].Text)
	cited := s.cited(r)
	kind, odd := sheetType(r)
	e := timeline.EventRecord{Identity: s.identity(id), Type: kind, Status: sheetStatus(r), Time: when,
		Titles: titles, Summaries: sheetTexts(r, "summary"), Places: place, Participants: s.parties(r),
		Claims: s.sourced(claims, id, cited[0].Source), Citations: cited, Tags: sheetTags(r),
		Origins: s.out.origin(r.line, id, r.raw())}
	notes = append(append(append(notes, more...), odd...), oddAddress(r)...)
	s.out.put(r.line, timeline.Record{Event: &e}, notes...)
	return nil
}

// id is the row's own id, else one that follows from what it says.
func (s *sheet) id(r row, says string) string {
	if id := r.cell("id"); id != "" {
		return id
	}
	return stableLetters(says)
}

// identity takes an id that is written scheme:value as it is, and puts the dataset before others.
func (s *sheet) identity(id string) timeline.Identity {
	identifier, err := timeline.ParseIdentifier(id)
	if err != nil {
		if identifier, err = timeline.ParseIdentifier(s.kind + ":" + id); err != nil {
			identifier = timeline.Identifier{Scheme: "row", Value: stableLetters(s.kind, id)}
		}
	}
	return timeline.Identity{Key: fitKey(timeline.Slug(identifier.Scheme + " " + identifier.Value)),
		Identifiers: []timeline.Identifier{identifier}}
}

// oddAddress notes an address that is none.
func oddAddress(r row) []timeline.Problem {
	text := r.cell("source_url")
	if _, err := timeline.ParseURL(text); text == "" || err == nil {
		return nil
	}
	return noted("odd-address", "source_url", "%q is no address; it is kept in the raw row only", clipped(text))
}

// sheetTexts are the titles or summaries of a row: in the languages that its columns name, and
// in no known one.
func sheetTexts(r row, field string) []timeline.Text {
	var all []timeline.Text
	for _, lang := range []names.Language{"en", "fr", "ar"} {
		if text := plainText(r.cell(field + "_" + string(lang))); text != "" {
			all = append(all, timeline.Text{Lang: lang, Text: cutTo(text, mostLetters)})
		}
	}
	if text := plainText(r.cell(field)); text != "" {
		t := textIn(cutTo(text, mostLetters))
		if t.Lang != "ar" || r.cell(field+"_ar") == "" {
			all = append([]timeline.Text{t}, all...)
		}
	}
	return all
}

// sheetTime reads date and end_date. A row without a date is undated.
func sheetTime(r row) (edtf.Value, []timeline.Problem, error) {
	first, last := sheetDate(r.cell("date")), sheetDate(r.cell("end_date"))
	if first == "" {
		return edtf.MustParse("/"), []timeline.Problem{note("no-date", "date", "it has no date")}, nil
	}
	text := first
	if last != "" && last != first {
		text = first + "/" + last
	}
	v, err := edtf.Parse(text)
	if err != nil {
		return v, nil, fieldError("date", "%v; write 2014-05-02, 2014-05, 2014 or another EDTF date", err)
	}
	return v, nil, nil
}

// sheetDate leaves out a midnight that spreadsheets put behind dates.
func sheetDate(s string) string {
	day, clock, _ := strings.Cut(s, " ")
	if clock != "" && strings.Trim(clock, "0:.") == "" {
		return day
	}
	return s
}

// sheetType is the row's type; "other" where it has none, with a note where it is none of ours.
func sheetType(r row) (string, []timeline.Problem) {
	word := r.cell("type")
	if word == "" {
		return "other", nil
	}
	if code := typeOf(word); code != "" {
		return code, nil
	}
	return "other", noted("unknown-type", "type", "%q is no event type; it is kept as a tag", clipped(word))
}

// sheetStatus is the row's status, REPORTED where it has none that is known.
func sheetStatus(r row) timeline.EventStatus {
	if word := strings.ToUpper(r.cell("status")); word != "" && isWord("EventStatus", word) {
		return timeline.EventStatus(word)
	}
	return timeline.StatusReported
}

// sheetTags are the row's tags, and its type where that is none of ours.
func sheetTags(r row) []string {
	var all []string
	add := func(tag string) {
		if tag = cutTag(tag); tag != "" && !slices.Contains(all, tag) {
			all = append(all, tag)
		}
	}
	for tag := range strings.SplitSeq(r.cell("tags"), ";") {
		add(strings.TrimSpace(tag))
	}
	if _, odd := sheetType(r); odd != nil {
		add("type:" + r.cell("type"))
	}
	return all
}

// place is where the row's event was: the place that it names, at its position, in the
// district, region and country that it names.
func (s *sheet) place(r row) ([]timeline.PlaceRecord, []timeline.Problem, error) {
	point, err := r.point("latitude", "longitude")
	if err != nil {
		return nil, nil, err
	}
	country := s.atlas.country(r.line, r.cell("country"), timeline.Identifier{})
	region := s.atlas.unit(r.line, timeline.LocationRegion, r.cell("region"), country)
	at := orSpot(region, country)
	at = orSpot(s.atlas.unit(r.line, timeline.LocationDistrict, r.cell("district"), at), at)
	p := timeline.PlaceRecord{Role: timeline.RoleSite, Point: point, Words: r.cell("place"),
		Precision: at.precision()}
	var notes []timeline.Problem
	if name := r.cell("place"); name != "" {
		p.Precision = timeline.PlaceExact
		if at != nil || point != nil {
			at, notes = s.atlas.place(r.line, name+placeWord(r), at, point)
		}
	}
	if at == nil && point != nil {
		p.Precision = timeline.PlaceExact
	}
	p.Location = at.ref()
	if word := strings.ToUpper(r.cell("precision")); word != "" {
		if !isWord("PlacePrecision", word) {
			return nil, nil, fieldError("precision", "%q is none of %s", clipped(word),
				strings.Join(timeline.Words()["PlacePrecision"], ", "))
		}
		p.Precision = timeline.PlacePrecision(word)
	}
	return placed(p), notes, nil
}

// placeWord is the row's word for the kind of its place as it would stand behind the name.
func placeWord(r row) string {
	switch strings.ToUpper(r.cell("place_kind")) {
	case "CITY":
		return " town"
	case "VILLAGE":
		return " village"
	}
	return ""
}

func isWord(enum, word string) bool { return slices.Contains(timeline.Words()[enum], word) }

// parties are those whom the row's lists name. What sort of actor each is, it does not say.
func (s *sheet) parties(r row) []timeline.ParticipationRecord {
	var all []timeline.ParticipationRecord
	for _, list := range []struct {
		column string
		role   timeline.ParticipantRole
	}{
		{"actors", timeline.RoleParty}, {"perpetrators", timeline.RolePerpetrator},
		{"victims", timeline.RoleVictim}, {"targets", timeline.RoleTarget},
	} {
		for name := range strings.SplitSeq(r.cell(list.column), ";") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			p := timeline.ParticipationRecord{Role: list.role, Certainty: timeline.CertaintyConfirmed}
			p.Actor = s.cast.give(r.line, sheetMember(name)).ref()
			all = append(all, p)
		}
	}
	return all
}

func sheetMember(name string) member {
	m := member{name: name, kind: timeline.ActorOther}
	m.key = fitKey(orWord(timeline.Slug(name), "actor-"+stableLetters(name)))
	if isArabic(name) {
		m.lang = "ar"
	}
	return m
}
