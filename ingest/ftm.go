package ingest

import (
	"bufio"
	"sort"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// isFtM recognises FollowTheMoney entities: objects with a schema and properties.
func isFtM(g *glance) bool { return g.members["schema"] && g.members["properties"] }

// ftm is a stream of FollowTheMoney entities on its way in.
type ftm struct {
	out    *out
	source timeline.SourceRecord
}

// readFtM reads one entity a line. Entities name each other by their ids, in any order.
func readFtM(o *out, in *bufio.Reader) error {
	f := &ftm{out: o}
	f.source = o.open(timeline.SourceRecord{Identity: timeline.Identity{Key: "followthemoney"},
		Title: timeline.Text{Lang: "en", Text: "FollowTheMoney entities"}})
	return o.lines(in, func(number int, line string) error { return f.entity(number, []byte(line)) })
}

// entity takes one entity in, by its schema.
func (f *ftm) entity(line int, raw []byte) error {
	whole, err := readObject(raw)
	if err != nil {
		return timeline.Errorf(timeline.CodeInvalid, "the line is no FollowTheMoney entity: %v", err)
	}
	id, schema, p := whole.text("id"), whole.text("schema"), whole.in("properties")
	if id == "" || schema == "" || p == nil {
		return timeline.Errorf(timeline.CodeInvalid, "an entity has an id, a schema and properties")
	}
	switch schema {
	case "Event":
		return f.event(line, id, p, compact(raw))
	case "Person", "Organization", "Company", "LegalEntity", "PublicBody":
		return f.actor(line, id, schema, p)
	case "Address":
		return f.address(line, id, p)
	case "Article", "Document", "HyperText", "PlainText", "Pages", "WebPage":
		return f.article(line, id, p)
	}
	f.out.remark(line, f.source, note("left-out", "schema",
		"an entity of the schema %s has no place in the record", clipped(schema)))
	return nil
}

// ftmIdentity is by what an entity is known.
func ftmIdentity(id string) timeline.Identity {
	return foreignIdentity("ftm", id)
}

// ftmRef names another entity.
func ftmRef(id string) timeline.Ref { return timeline.RefTo(ftmIdentity(id).Identifiers[0].String()) }

// ftmNames are the names of an entity: the first is the one in use.
func ftmNames(p object, first ...string) []timeline.Name {
	var all []timeline.Name
	seen := map[string]bool{}
	for _, n := range []struct {
		texts []string
		kind  timeline.NameKind
	}{
		{first, timeline.NameAlias},
		{p.texts("name"), timeline.NameAlias}, {p.texts("alias"), timeline.NameAlias},
		{p.texts("weakAlias"), timeline.NameAlias}, {p.texts("previousName"), timeline.NameFormer},
	} {
		for _, text := range n.texts {
			if seen[text] {
				continue
			}
			seen[text] = true
			name := timeline.Name{Text: text, Kind: n.kind}
			if len(all) == 0 {
				name.Kind = timeline.NamePreferred
			}
			if isArabic(text) {
				name.Lang = "ar"
			}
			all = append(all, name)
		}
	}
	return all
}

// actor gives a person or an organisation.
func (f *ftm) actor(line int, id, schema string, p object) error {
	a := timeline.ActorRecord{Identity: ftmIdentity(id), Kind: timeline.ActorOther, Names: ftmNames(p)}
	if a.Names == nil {
		return fieldError("name", "the entity has no name")
	}
	switch schema {
	case "Person":
		a.Kind = timeline.ActorPerson
	case "Company":
		a.Kind = timeline.ActorCompany
	}
	if text := strings.Join(append(p.texts("summary"), p.texts("description")...), "\n"); text != "" {
		a.Summaries = []timeline.Text{textIn(cutTo(text, mostLetters))}
	}
	for _, w := range p.texts("wikidataId") {
		if i, err := timeline.ParseIdentifier("wikidata:" + w); err == nil {
			a.Identifiers = append(a.Identifiers, i)
		}
	}
	f.out.put(line, timeline.Record{Actor: &a})
	return nil
}

// address gives a place. FollowTheMoney does not say of which kind it is.
func (f *ftm) address(line int, id string, p object) error {
	l := timeline.LocationRecord{Identity: ftmIdentity(id), Kind: timeline.LocationSite,
		Names: ftmNames(p, p.texts("full")...)}
	if l.Names == nil {
		l.Names = ftmNames(p, append(p.texts("city"), append(p.texts("region"), p.texts("state")...)...)...)
	}
	if l.Names == nil {
		return fieldError("full", "the address has no words")
	}
	point, err := ftmPoint(p)
	if err != nil {
		return err
	}
	l.Point = point
	f.out.put(line, timeline.Record{Location: &l})
	return nil
}

func ftmPoint(p object) (*timeline.Point, error) {
	lat, lon := p.texts("latitude"), p.texts("longitude")
	if lat == nil || lon == nil {
		return nil, nil
	}
	point, ok := readPoint(lat[0], lon[0])
	if !ok {
		return nil, noPosition("latitude", lat[0], lon[0])
	}
	return point, nil
}

// article gives a document as a source.
func (f *ftm) article(line int, id string, p object) error {
	title := firstOf(p.texts("title"), p.texts("name"), p.texts("fileName"), p.texts("sourceUrl"))
	if title == "" {
		return fieldError("title", "the document has no title")
	}
	s := timeline.SourceRecord{Identity: ftmIdentity(id), Kind: timeline.SourceArticle, Title: textIn(title),
		Publisher:   firstOf(p.texts("publisher"), p.texts("author")),
		PublishedOn: dateOrNone(firstOf(p.texts("publishedAt"), p.texts("date"))),
		URL:         addressOf(append(p.texts("sourceUrl"), p.texts("url")...)...)}
	if lang := ftmLanguage(firstOf(p.texts("language"))); lang != "" {
		s.Lang, s.Title.Lang = lang, lang
	}
	f.out.put(line, timeline.Record{Source: &s}, keptOut(p.says("bodyText", "translatedText"))...)
	return nil
}

// ftmLanguage is the tag of a language that FollowTheMoney gives as ISO 639-3; BCP 47 wants the
// two letters of a language that has two.
func ftmLanguage(code string) names.Language {
	switch code {
	case "eng":
		return "en"
	case "fra":
		return "fr"
	case "ara":
		return "ar"
	}
	lang, err := names.ParseLanguage(code)
	if err != nil {
		return ""
	}
	return lang
}

// firstOf is the first text of the first list that has one.
func firstOf(lists ...[]string) string {
	for _, l := range lists {
		if len(l) > 0 {
			return l[0]
		}
	}
	return ""
}

// event gives an event. Those involved are parties: FollowTheMoney knows no roles.
func (f *ftm) event(line int, id string, p object, raw string) error {
	titles := ftmTexts(p.texts("name"))
	if titles == nil {
		return fieldError("name", "the event has no name")
	}
	when, notes, err := ftmTime(p)
	if err != nil {
		return err
	}
	kind, tags := ftmType(p)
	e := timeline.EventRecord{Identity: ftmIdentity(id), Type: kind,
		Status: timeline.StatusReported, Time: when,
		Titles: titles, Summaries: ftmTexts(append(p.texts("summary"), p.texts("description")...)),
		Places: ftmPlaces(p), Citations: []timeline.CitationRecord{{Source: f.out.dataset}}, Tags: tags,
		Origins: f.out.origin(line, id, raw)}
	for _, who := range []struct {
		member string
		role   timeline.ParticipantRole
	}{{"involved", timeline.RoleParty}, {"organizer", timeline.RoleOther}} {
		for _, ref := range p.texts(who.member) {
			part := timeline.ParticipationRecord{Actor: ftmRef(ref), Role: who.role}
			part.Certainty = timeline.CertaintyConfirmed
			e.Participants = append(e.Participants, part)
		}
	}
	for _, ref := range p.texts("proof") {
		if r := ftmRef(ref); !cites(e.Citations, r) {
			e.Citations = append(e.Citations, timeline.CitationRecord{Source: r})
		}
	}
	f.out.put(line, timeline.Record{Event: &e}, notes...)
	return nil
}

// ftmTexts are texts of which only one can stand for each language.
func ftmTexts(all []string) []timeline.Text {
	var texts []timeline.Text
	seen := map[names.Language]bool{}
	for _, s := range all {
		t := textIn(cutTo(s, mostLetters))
		if !seen[t.Lang] {
			seen[t.Lang] = true
			texts = append(texts, t)
		}
	}
	return texts
}

// ftmType is our type where a keyword is one of our codes; all keywords are tags.
func ftmType(p object) (string, []string) {
	kind, tags, seen := "other", []string(nil), map[string]bool{}
	for _, word := range append(p.texts("keywords"), p.texts("topics")...) {
		if kind == "other" {
			kind = orWord(typeOf(word), kind)
		}
		if tag := tagOf("ftm", word); !seen[tag] {
			seen[tag] = true
			tags = append(tags, tag)
		}
	}
	return kind, tags
}

// ftmPlaces are the address that the event names, else its words for where it was.
func ftmPlaces(p object) []timeline.PlaceRecord {
	words := strings.Join(p.texts("location"), "; ")
	var all []timeline.PlaceRecord
	for _, id := range p.texts("addressEntity") {
		ref := ftmRef(id)
		all = append(all, timeline.PlaceRecord{Location: &ref, Role: timeline.RoleSite,
			Precision: timeline.PlaceExact, Words: words})
	}
	if all == nil && words != "" {
		all = append(all, timeline.PlaceRecord{Role: timeline.RoleSite,
			Precision: timeline.PlaceUnknown, Words: words})
	}
	return all
}

// ftmTime is the event's extent: from startDate, else date, to endDate. Dates are prefixes of
// ISO 8601 in UTC; a time of day has a place only in a date that stands alone. Of several values
// the first day and the last count, with a note.
func ftmTime(p object) (edtf.Value, []timeline.Problem, error) {
	starts, ends := p.texts("startDate"), p.texts("endDate")
	if starts == nil {
		starts = p.texts("date")
	}
	var notes []timeline.Problem
	if len(starts) > 1 || len(ends) > 1 {
		notes = noted("several-dates", "startDate, endDate", "of several dates the first and the last are taken")
	}
	if starts == nil {
		return edtf.MustParse("/"), append(notes, note("no-date", "startDate", "it has no date")), nil
	}
	sort.Strings(starts)
	sort.Strings(ends)
	start, end := ftmMoment(starts[0]), moment{}
	if ends != nil {
		end = ftmMoment(ends[len(ends)-1])
	}
	v, more, err := span(start, end)
	if err != nil {
		return v, nil, fieldError("startDate", "%q is no date", clipped(starts[0]))
	}
	if c := start.clock(); c != "" && strings.HasSuffix(v.String(), c) {
		v = edtf.MustParse(v.String() + "Z")
	}
	return v, append(notes, more...), nil
}

// ftmMoment reads a prefix of 2021-02-16T21:30:00.
func ftmMoment(s string) moment {
	date, clock, _ := strings.Cut(strings.Replace(s, " ", "T", 1), "T")
	d := append(strings.Split(date, "-"), "", "")
	c := append(strings.Split(strings.TrimRight(clock, "Z"), ":"), "", "")
	return moment{d[0], d[1], d[2], c[0], c[1], strings.SplitN(c[2], ".", 2)[0]}
}
