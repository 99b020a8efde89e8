package export

import (
	"hash/fnv"
	"net/url"
	"path"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// moneyTrail writes FollowTheMoney entities, one a line: before each event the actors, the
// address and the documents that it names. Ids are those of the record, which are hashes and
// never change. Generic actors ("civilians") are no entities, because all of them would be one;
// notes name them. What the model has no property for (roles, certainty, the killed, EDTF,
// licence, attribution) stands in notes. It has no place for the [Tail].
//
// Entities written lately are remembered in a table of fixed size; one that comes again later is
// written again, which readers of the model merge by its id.
type moneyTrail struct {
	page
	lately []uint64
}

// latelySize is how many entities are remembered: 512 KiB of hashes.
const latelySize = 1 << 16

type entity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
}

// add adds the values that are not empty.
func (e *entity) add(property string, values ...string) {
	for _, v := range values {
		if v != "" && !slices.Contains(e.Properties[property], v) {
			e.Properties[property] = append(e.Properties[property], v)
		}
	}
}

func newEntity(id, schema string) entity {
	return entity{id, schema, map[string][]string{}}
}

func (m *moneyTrail) Begin(meta Meta) error {
	m.meta, m.lately = meta, make([]uint64, latelySize)
	return nil
}

func (m *moneyTrail) End(Tail) error { return m.Flush() }

func (m *moneyTrail) Item(it *Item) error {
	v := m.see(it)
	for _, e := range append(v.partners(), v.event()) {
		if e.Schema != "Event" && m.known(e.ID) {
			continue
		}
		if err := m.put(e); err != nil {
			return err
		}
		if err := m.WriteByte('\n'); err != nil {
			return err
		}
	}
	return nil
}

// known says whether an entity was written lately, and remembers it.
func (m *moneyTrail) known(id string) bool {
	hash := fnv.New64a() // the same in every run, so that a file is always the same bytes
	hash.Write([]byte(id))
	h := hash.Sum64()
	slot := &m.lately[h%latelySize]
	known := *slot == h
	*slot = h
	return known
}

// partners are the entities that the event names.
func (v *view) partners() []entity {
	var all []entity
	for _, p := range v.Event.Participants {
		if a := v.actor(p.Actor); a != nil && !a.Generic {
			all = append(all, v.party(a))
		}
	}
	if v.where != nil {
		all = append(all, v.addressEntity())
	}
	for _, s := range v.Sources {
		all = append(all, document(s))
	}
	return all
}

func (v *view) event() entity {
	e := newEntity(v.Event.ID, "Event")
	e.add("name", v.title.Text)
	for _, t := range v.Event.Titles {
		if t != v.title {
			e.add("alias", t.Text)
		}
	}
	for _, s := range v.Event.Summaries {
		e.add("summary", s.Text)
	}
	dateEvent(&e, v.Event.Time)
	e.add("recordId", v.Event.Key)
	e.add("keywords", v.Event.Type, string(v.Event.Status))
	e.add("keywords", v.Event.Tags...)
	if v.where != nil {
		e.add("location", v.address())
		e.add("addressEntity", v.where.ID)
		e.add("country", countryCode(v.where))
	}
	for _, p := range v.Event.Participants {
		if a := v.actor(p.Actor); a != nil && !a.Generic {
			e.add("involved", a.ID)
		}
		e.add("notes", v.sayParticipant(&p))
	}
	for _, s := range v.Sources {
		e.add("proof", s.ID)
	}
	e.add("notes", "EDTF: "+v.Event.Time.String(), v.display(), speak(v.lang).figure(v.Figure))
	e.add("notes", v.licences()...)
	e.add("notes", v.attribution()...)
	if !v.Event.UpdatedAt.IsZero() {
		e.add("modifiedAt", v.Event.UpdatedAt.Format("2006-01-02"))
	}
	return e
}

// dateEvent says a time as the model can: a year, month or day as date, all else from its first
// day to its last. The model's dates have years of four digits from 1000 on.
func dateEvent(e *entity, v edtf.Value) {
	start, end := v.Start(), v.End()
	a, okA := reduced(start)
	b, okB := reduced(end)
	if okA && okB && start == end {
		e.add("date", modelDate(a))
		return
	}
	if !okA && start.First.Finite() {
		a = start.First.String()
	}
	if !okB && end.Last.Finite() {
		b = end.Last.String()
	}
	e.add("startDate", modelDate(a))
	e.add("endDate", modelDate(b))
}

func modelDate(s string) string {
	if len(s) < 4 || s[0] < '1' || s[0] > '2' {
		return ""
	}
	return s
}

// party is an actor; by the model's words a person or an organisation.
func (v *view) party(a *timeline.Actor) entity {
	schema := "Organization"
	if a.Kind == timeline.ActorPerson {
		schema = "Person"
	}
	e := newEntity(a.ID, schema)
	e.add("name", v.actorName(timeline.RefTo(a.ID)))
	for _, n := range a.Names {
		switch {
		case slices.Contains(e.Properties["name"], n.Text):
		case n.Kind == timeline.NameFormer:
			e.add("previousName", n.Text)
		case n.Kind == timeline.NameAbbreviation:
			e.add("weakAlias", n.Text)
		default:
			e.add("alias", n.Text)
		}
	}
	e.add("wikidataId", wikidata(a.Identifiers))
	for _, s := range a.Summaries {
		e.add("summary", s.Text)
	}
	return e
}

func wikidata(identifiers []timeline.Identifier) string {
	for _, i := range identifiers {
		if i.Scheme == "wikidata" {
			return i.Value
		}
	}
	return ""
}

// addressEntity is the main place. An area gets no position: its middle is not where it is.
func (v *view) addressEntity() entity {
	w := v.where
	e := newEntity(w.ID, "Address")
	e.add("full", v.address())
	for _, n := range w.Names {
		e.add("summary", n.Text)
	}
	if w.Kind == timeline.LocationCity || w.Kind == timeline.LocationVillage {
		e.add("city", v.name(w.Location))
	}
	e.add("region", v.name(w.above(timeline.LocationRegion)))
	e.add("country", countryCode(w))
	if p := w.Point; p != nil && spot(w.Kind) && !v.Event.Sensitive {
		e.add("latitude", degrees(p.Lat))
		e.add("longitude", degrees(p.Lon))
	}
	return e
}

// countryCode is the ISO 3166-1 code of the country that a place lies in, as the model has it:
// lower-case letters; empty where the country's record does not bear it.
func countryCode(p *Place) string {
	c := p.above(timeline.LocationCountry)
	if c == nil {
		return ""
	}
	for _, i := range c.Identifiers {
		if i.Scheme == "iso3166-1" || i.Scheme == "iso" {
			return strings.ToLower(i.Value)
		}
	}
	return ""
}

// document is a source: an Article, or a Document where it is none.
func document(s *timeline.SourceRecord) entity {
	schema := "Document"
	if s.Kind == timeline.SourceArticle || s.Kind == timeline.SourceStatement {
		schema = "Article"
	}
	e := newEntity(s.ID, schema)
	e.add("name", s.Title.Text)
	e.add("title", s.Title.Text)
	if schema == "Document" { // of which the model requires it
		e.add("fileName", fileName(s))
	}
	e.add("publisher", s.Publisher)
	e.add("sourceUrl", string(s.URL))
	if at, ok := reduced(s.PublishedOn.Start()); ok {
		e.add("publishedAt", modelDate(at))
	}
	e.add("language", threeLetters(s.Lang))
	e.add("notes", s.Licence, s.Attribution)
	return e
}

// fileName is the name of a source's file, as far as its address ends with one; else its title.
func fileName(s *timeline.SourceRecord) string {
	if u, err := url.Parse(string(s.URL)); err == nil {
		if name := path.Base(u.Path); path.Ext(name) != "" {
			return name
		}
	}
	return s.Title.Text
}

// threeLetters is a language's ISO 639-3 code, which the model asks for; empty beyond those of
// the record.
func threeLetters(lang names.Language) string {
	base, _, _ := strings.Cut(string(lang), "-")
	return map[string]string{"ar": "ara", "fr": "fra", "en": "eng", "de": "deu", "es": "spa",
		"ff": "ful", "bm": "bam", "it": "ita", "pt": "por", "ru": "rus"}[base]
}
