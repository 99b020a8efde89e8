package export

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"time"

	"tarikh/names"
)

// feed writes an Atom feed (RFC 4287), an entry an event in the order given; dates of entries
// are those of the record, not of the event. The event's own time is in the title's company as
// dcterms:temporal (EDTF) and in the content. When the feed was last changed and what the [Tail]
// says is known at its end and stands there: the order of a feed's elements means nothing (4.1.1).
type feed struct {
	page
	updated time.Time
}

func (f *feed) Begin(m Meta) error {
	f.meta = m
	p := speak(m.Lang)
	title := pick(m.Title, m.Lang)
	f.line = append(f.line, xml.Header+`<feed xmlns="http://www.w3.org/2005/Atom"`+
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:georss="http://www.georss.org/georss"`...)
	f.line = append(f.line, lang(p.lang)+">\n"...)
	f.element("id", "", f.meta.uri())
	f.element("title", lang(title.Lang), or(title.Text, p.timeline))
	f.element("generator", "", "Tarikh")
	f.raw("<author><name>Tarikh</name></author>\n")
	f.element("rights", "", rights(p, m.Licences, m.Attribution))
	if m.Address != "" {
		f.raw(`<link rel="self" type="application/atom+xml" href="` + attr(m.Address) + "\"/>\n")
	}
	return f.flushLine()
}

func rights(p phrases, licences, attribution []string) string {
	if len(licences) == 0 {
		return strings.Join(attribution, "\n")
	}
	return strings.Join(append([]string{p.licence + ": " + strings.Join(licences, ", ")}, attribution...), "\n")
}

func (f *feed) Item(it *Item) error {
	v := f.see(it)
	e := it.Event
	updated := e.UpdatedAt.Time
	if updated.IsZero() {
		updated = f.meta.Generated
	}
	if updated.After(f.updated) {
		f.updated = updated
	}
	f.n++
	f.raw("<entry>\n")
	f.element("id", "", tagURI(e.ID))
	f.element("title", lang(v.title.Lang), v.title.Text)
	f.element("updated", "", updated.UTC().Format(time.RFC3339))
	if !e.CreatedAt.IsZero() {
		f.element("published", "", e.CreatedAt.UTC().Format(time.RFC3339))
	}
	f.raw(`<category term="` + attr(e.Type) + `" label="` + attr(v.typeLabel()) + "\"/>\n")
	s := v.summary()
	f.element("summary", lang(s.Lang), s.Text)
	f.element("content", ` type="text"`+lang(v.lang), f.content(&v))
	f.element("dcterms:temporal", "", e.Time.String())
	f.links(&v)
	f.element("rights", "", rights(speak(v.lang), v.licences(), v.attribution()))
	f.raw("</entry>\n")
	return f.flushLine()
}

// content is when and where, in words, and what [view.asides] says.
func (f *feed) content(v *view) string {
	lines := []string{v.display()}
	if a := v.address(); a != "" {
		lines = append(lines, speak(v.lang).place+": "+a)
	}
	return strings.Join(append(lines, v.asides()), "\n")
}

// links are the sources that have an address, and the point, latitude first (GeoRSS-Simple).
func (f *feed) links(v *view) {
	for _, s := range v.Sources {
		if s.URL != "" {
			f.raw(`<link rel="related" href="` + attr(string(s.URL)) + `" title="` + attr(s.Title.Text) + "\"/>\n")
		}
	}
	if p := v.point(); p != nil {
		f.element("georss:point", "", degrees(p.Lat)+" "+degrees(p.Lon))
	}
}

func (f *feed) End(t Tail) error {
	p := speak(f.meta.Lang)
	if f.updated.IsZero() {
		f.updated = f.meta.Generated
	}
	f.element("updated", "", f.updated.UTC().Format(time.RFC3339))
	shown := with(p.shown, strconv.Itoa(f.n), strconv.Itoa(max(f.meta.Total, f.n)))
	f.element("subtitle", lang(p.lang), strings.Join(append([]string{shown}, p.notes(t, 0)...), "\n"))
	f.raw("</feed>\n")
	if err := f.flushLine(); err != nil {
		return err
	}
	return f.Flush()
}

// element appends an element that holds a text; nothing where the text is empty.
func (f *feed) element(name, attributes, s string) {
	if s != "" {
		f.raw("<" + name + attributes + ">" + attr(s) + "</" + name + ">\n")
	}
}

func (f *feed) raw(s string) { f.line = append(f.line, s...) }

func lang(l names.Language) string {
	if l == "" {
		return ""
	}
	return ` xml:lang="` + attr(string(l)) + `"`
}

// attr escapes a text for content and attributes alike; what XML 1.0 forbids becomes U+FFFD.
func attr(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
