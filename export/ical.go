package export

import (
	"net/url"
	"strings"
	"time"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// calendar writes an iCalendar (RFC 5545) of events on whole days (3.3.4), from the first day of
// a time to its last; DTEND is the day after (3.6.1). How sure the days are is said in
// DESCRIPTION and as EDTF in X-TARIKH-EDTF. Events without a known day, or with one outside the
// years 0001 to 9999, which a date of four digits cannot write, are left out. What the [Tail]
// says, and how many those are, stands in a last component X-TARIKH-END, which readers ignore
// (3.6, x-comp): properties of the calendar itself must stand before all components.
type calendar struct {
	page
	undated int
}

func (c *calendar) Begin(m Meta) error {
	c.meta = m
	title := pick(m.Title, m.Lang)
	c.prop("BEGIN", "VCALENDAR")
	c.prop("VERSION", "2.0")
	c.prop("PRODID", "-//Tarikh//Tarikh//EN")
	c.prop("CALSCALE", "GREGORIAN")
	c.text("NAME", title.Lang, title.Text) // RFC 7986, 5.1
	c.text("X-WR-CALNAME", "", title.Text) // what readers before it know
	c.text("DESCRIPTION", "", c.rights())  // RFC 7986, 5.2
	if !m.Generated.IsZero() {
		c.prop("LAST-MODIFIED", utc(m.Generated))
	}
	if m.Address != "" {
		c.prop("SOURCE;VALUE=URI", uri(m.Address)) // RFC 7986, 5.8
	}
	return c.flushLine()
}

// rights are the licences and whom to name.
func (c *calendar) rights() string {
	lines := c.meta.Attribution
	if len(c.meta.Licences) > 0 {
		p := speak(c.meta.Lang)
		lines = append([]string{p.licence + ": " + strings.Join(c.meta.Licences, ", ")}, lines...)
	}
	return strings.Join(lines, "\n")
}

func (c *calendar) Item(it *Item) error {
	first, last, ok := span(it.Event.Time)
	if !ok || !fourDigits(first) || !fourDigits(last) {
		c.undated++
		return nil
	}
	v := c.see(it)
	c.n++
	c.prop("BEGIN", "VEVENT")
	c.prop("UID", it.Event.ID+"@tarikh")
	c.stamps(it.Event)
	c.prop("DTSTART;VALUE=DATE", basic(first))
	if end := last + 1; last > first && fourDigits(end) {
		c.prop("DTEND;VALUE=DATE", basic(end))
	}
	c.text("SUMMARY", v.title.Lang, v.title.Text)
	c.text("DESCRIPTION", v.lang, v.description())
	c.place(&v)
	c.prop("CATEGORIES"+language(v.lang), escape(v.typeLabel()))
	c.prop("STATUS", standing(it.Event.Status))
	c.prop("TRANSP", "TRANSPARENT") // history keeps nobody busy
	c.text("X-TARIKH-EDTF", "", it.Event.Time.String())
	c.prop("END", "VEVENT")
	return c.flushLine()
}

func (c *calendar) End(t Tail) error {
	if notes := speak(c.meta.Lang).notes(t, c.undated); len(notes) > 0 {
		c.prop("BEGIN", "X-TARIKH-END")
		for _, n := range notes {
			c.text("COMMENT", speak(c.meta.Lang).lang, n)
		}
		c.prop("END", "X-TARIKH-END")
	}
	c.prop("END", "VCALENDAR")
	if err := c.flushLine(); err != nil {
		return err
	}
	return c.Flush()
}

// stamps says when the record of the event was made and changed. DTSTAMP must be there (3.6.1);
// without a METHOD it is the last change (3.8.7.2).
func (c *calendar) stamps(e *timeline.EventRecord) {
	changed := e.UpdatedAt.Time
	if changed.IsZero() {
		changed = c.meta.Generated
	}
	c.prop("DTSTAMP", utc(changed))
	if !e.CreatedAt.IsZero() {
		c.prop("CREATED", utc(e.CreatedAt.Time))
	}
	if !e.UpdatedAt.IsZero() {
		c.prop("LAST-MODIFIED", utc(e.UpdatedAt.Time))
	}
}

func (c *calendar) place(v *view) {
	c.text("LOCATION", v.lang, v.address())
	if p := v.point(); p != nil {
		c.prop("GEO", degrees(p.Lat)+";"+degrees(p.Lon)) // latitude first (3.8.1.6)
	}
}

// description is the time in words, then what [view.asides] says, the sources, and the rights.
func (v *view) description() string {
	p := speak(v.lang)
	lines := []string{v.display(), v.asides()}
	for _, s := range v.Sources {
		lines = append(lines, p.sources+": "+sayTitle(&s))
	}
	if l := v.licences(); len(l) > 0 {
		lines = append(lines, p.licence+": "+strings.Join(l, ", "))
	}
	return strings.Join(append(lines, v.attribution()...), "\n")
}

// standing is the event's status in the words of 3.8.1.11.
func standing(s timeline.EventStatus) string {
	switch s {
	case timeline.StatusRetracted:
		return "CANCELLED"
	case timeline.StatusCorroborated, timeline.StatusVerified:
		return "CONFIRMED"
	}
	return "TENTATIVE"
}

// text appends a property of type TEXT in a language, nothing where the text is empty.
func (c *calendar) text(name string, lang names.Language, s string) {
	if s != "" {
		c.prop(name+language(lang), escape(s))
	}
}

// language is the parameter LANGUAGE (3.2.10).
func language(lang names.Language) string {
	if lang == "" {
		return ""
	}
	return ";LANGUAGE=" + string(lang)
}

func (c *calendar) prop(name, value string) { c.line = appendFolded(c.line, name+":"+value) }

func fourDigits(d edtf.Day) bool { y, _, _ := d.Date(); return y >= 1 && y <= 9999 }

// basic is a day as 3.3.4 writes it: YYYYMMDD.
func basic(d edtf.Day) string { return strings.ReplaceAll(d.String(), "-", "") }

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// uri is an address with nothing in it that a content line could mistake.
func uri(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return url.PathEscape(address)
	}
	return u.String()
}
