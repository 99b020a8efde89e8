package export

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// linkedData writes JSON-LD 1.1 in the words of schema.org: a Dataset, which bears licence and
// attribution and at its end what the [Tail] says, and an Event each with its Place and the
// articles about it. Nodes that come again (a place, an article) are the same by their @id.
// schema.org knows no uncertain time, so dcterms:temporal repeats it as EDTF.
type linkedData struct{ page }

// node is one node of the graph. Members without a value are left away.
type node map[string]any

func (n node) set(name string, value any) node {
	switch v := value.(type) {
	case nil:
		return n
	case string:
		if v == "" {
			return n
		}
	case []any:
		if len(v) == 0 {
			return n
		}
	case node:
		if v == nil {
			return n
		}
	}
	n[name] = value
	return n
}

// tagURI names a record for ever, wherever it is served from (RFC 4151).
func tagURI(id string) string { return "tag:tarikh,2026-01-01:" + id }

// uri names the selection for ever: its path and parameters, wherever it is served from.
func (m *Meta) uri() string {
	_, selection, _ := strings.Cut(m.Address, "://")
	_, selection, _ = strings.Cut(selection, "/")
	sum := sha256.Sum256([]byte(selection))
	return tagURI("selection/" + hex.EncodeToString(sum[:10]))
}

// jsonldContext says what the members mean: schema.org's own words, and edtf.
const jsonldContext = `["https://schema.org",` +
	`{"edtf":{"@id":"http://purl.org/dc/terms/temporal","@type":"http://id.loc.gov/datatypes/edtf/EDTF"}}]`

func (l *linkedData) Begin(m Meta) error {
	l.meta = m
	l.line = append(l.line, `{"@context":`+jsonldContext+`,"@graph":[`+"\n"...)
	return l.put(l.dataset())
}

func (l *linkedData) dataset() node {
	m := &l.meta
	n := node{"@type": "Dataset", "@id": l.meta.uri()}
	n.set("name", localized(m.Title)).set("url", m.Address).set("inLanguage", string(m.Lang))
	n.set("license", licences(m.Licences)).set("creditText", strings.Join(m.Attribution, "\n"))
	if !m.Generated.IsZero() {
		n.set("dateModified", m.Generated.UTC().Format(time.RFC3339))
	}
	return n
}

func (l *linkedData) Item(it *Item) error {
	v := l.see(it)
	l.n++
	l.line = append(l.line, ",\n"...)
	return l.put(v.eventNode())
}

func (l *linkedData) End(t Tail) error {
	if notes := speak(l.meta.Lang).notes(t, 0); len(notes) > 0 {
		var comments []any
		for _, n := range notes {
			comments = append(comments, node{"@type": "Comment", "text": n})
		}
		l.line = append(l.line, ",\n"...)
		if err := l.put(node{"@id": l.meta.uri(), "comment": comments}); err != nil {
			return err
		}
	}
	l.line = append(l.line, "\n]}\n"...)
	if err := l.flushLine(); err != nil {
		return err
	}
	return l.Flush()
}

func (v *view) eventNode() node {
	e := v.Event
	n := node{"@type": "Event", "@id": tagURI(e.ID), "edtf": e.Time.String()}
	n.set("name", localized(e.Titles)).set("description", localized(e.Summaries))
	n.set("identifier", identifiers(e)).set("keywords", keywords(e))
	n.set("startDate", isoDate(e.Time.Start(), true)).set("endDate", isoDate(e.Time.End(), false))
	if n["startDate"] == n["endDate"] {
		delete(n, "endDate")
	}
	n.set("location", v.places())
	n.set("about", v.participants()).set("subjectOf", v.documents())
	for _, r := range e.Relations {
		if r.Kind == timeline.EventPartOf {
			n.set("superEvent", node{"@type": "Event", "identifier": r.Event.String()})
		}
	}
	return n
}

// localized gives each text with its language.
func localized(texts []timeline.Text) []any {
	var all []any
	for _, t := range texts {
		all = append(all, tagged(t.Text, t.Lang))
	}
	return all
}

func tagged(s string, lang names.Language) any {
	if lang == "" {
		return s
	}
	return node{"@value": s, "@language": string(lang)}
}

func identifiers(e *timeline.EventRecord) []any {
	var all []any
	if e.Key != "" {
		all = append(all, e.Key)
	}
	for _, i := range e.Identifiers {
		all = append(all, i.String())
	}
	return all
}

func keywords(e *timeline.EventRecord) []any {
	all := []any{e.Type}
	for _, t := range e.Tags {
		all = append(all, t)
	}
	return all
}

// isoDate is one side of a time in ISO 8601, at reduced precision where it is so known; else its
// earliest day or, of an end, its latest. Empty where there is none.
func isoDate(b edtf.Bounds, start bool) string {
	if s, ok := reduced(b); ok {
		return s
	}
	d := b.Last
	if start {
		d = b.First
	}
	if !d.Finite() {
		return ""
	}
	return d.String()
}

// places are the main place's location, in all above it, and the event's own point, which is
// no fact of the location.
func (v *view) places() []any {
	var all []any
	p := v.point()
	if v.where != nil {
		n := v.locationNode(v.where.Location)
		inner := n
		for _, l := range slices.Backward(v.where.Above) {
			outer := v.locationNode(l)
			inner.set("containedInPlace", outer)
			inner = outer
		}
		if p != nil && p == v.where.Point {
			n.set("geo", coordinates(p))
			p = nil
		}
		all = append(all, n)
	}
	if p != nil {
		all = append(all, node{"@type": "Place", "geo": coordinates(p)})
	}
	return all
}

func coordinates(p *timeline.Point) node {
	return node{"@type": "GeoCoordinates", "latitude": p.Lat, "longitude": p.Lon}
}

func (v *view) locationNode(l *timeline.Location) node {
	n := node{"@type": "Place", "@id": tagURI(l.ID)}
	if t := l.Name(&v.lang); t != nil {
		n.set("name", tagged(t.Text, t.Lang))
	}
	return n
}

func (v *view) participants() []any {
	var all []any
	for _, p := range v.Event.Participants {
		a := v.actor(p.Actor)
		if a == nil {
			continue
		}
		n := node{"@type": "Organization", "@id": tagURI(a.ID)}
		if a.Kind == timeline.ActorPerson {
			n["@type"] = "Person"
		}
		if t := a.Name(&v.lang); t != nil {
			n.set("name", tagged(t.Text, t.Lang))
		}
		all = append(all, n)
	}
	return all
}

func (v *view) documents() []any {
	var all []any
	for _, s := range v.Sources {
		n := node{"@type": work(s.Kind), "@id": tagURI(s.ID)}
		n.set("headline", tagged(s.Title.Text, s.Title.Lang)).set("url", string(s.URL))
		n.set("inLanguage", string(s.Lang)).set("creditText", s.Attribution)
		if at, ok := reduced(s.PublishedOn.Start()); ok {
			n.set("datePublished", at)
		}
		if s.Publisher != "" {
			n.set("publisher", node{"@type": "Organization", "name": s.Publisher})
		}
		if s.Licence != "" {
			n.set("license", licences([]string{s.Licence}))
		}
		all = append(all, n)
	}
	return all
}

// work is a source's kind in the words of schema.org.
func work(kind timeline.SourceKind) string {
	switch kind {
	case timeline.SourceArticle:
		return "NewsArticle"
	case timeline.SourceReport:
		return "Report"
	case timeline.SourceBook:
		return "Book"
	case timeline.SourceDataset:
		return "Dataset"
	}
	return "CreativeWork"
}

// licences are the addresses of the licences whose SPDX identifiers the record uses; any other
// is a work of that name, because a plain text would be read as an address.
func licences(spdx []string) []any {
	var all []any
	for _, id := range spdx {
		page, known := map[string]string{
			"CC-BY-4.0":    "https://creativecommons.org/licenses/by/4.0/",
			"CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
			"CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
			"CC0-1.0":      "https://creativecommons.org/publicdomain/zero/1.0/",
		}[id]
		if known {
			all = append(all, page)
		} else {
			all = append(all, node{"@type": "CreativeWork", "name": id})
		}
	}
	return all
}
