package export

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/timeline"
)

// timeMap writes the events, sources and associations that TimeMap reads, in one object with a
// member for each. The schemas of its events and sources are closed, so these are exactly their
// keys, and every value is a string. What an event loses (how sure its time is) is said in
// comments; licence and attribution stand in the notes of its sources. Events with neither a day
// nor a point are left out: TimeMap drops them. It has no place for the [Tail].
//
// The distinct sources have to wait for the end of the events; they wait compressed.
type timeMap struct {
	page
	waiting bytes.Buffer
	squeeze *flate.Writer
	sources map[string]bool
	types   map[string]bool // codes, parents included
}

type mapEvent struct {
	ID            string   `json:"id"`
	Description   string   `json:"description"`
	Date          string   `json:"date"` // MM/DD/YYYY
	Time          string   `json:"time"`
	TimePrecision string   `json:"time_precision"`
	Location      string   `json:"location"`
	Latitude      string   `json:"latitude"`
	Longitude     string   `json:"longitude"`
	Type          string   `json:"type"`
	Category      string   `json:"category"`
	CategoryFull  string   `json:"category_full"`
	Associations  []string `json:"associations"`
	Sources       []string `json:"sources"`
	Comments      string   `json:"comments"`
	TimeDisplay   string   `json:"time_display"`
}

type mapSource struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Thumbnail   string   `json:"thumbnail"`
	Paths       []string `json:"paths"`
	Type        string   `json:"type"`
	Affiliation []string `json:"affil_s"`
	URL         string   `json:"url"`
	Description string   `json:"description"`
	Parent      string   `json:"parent"`
	Author      string   `json:"author"`
	Date        string   `json:"date"`
	Notes       string   `json:"notes"`
}

type mapAssociation struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Description string   `json:"desc"`
	Mode        string   `json:"mode"` // CATEGORY or FILTER
	FilterPaths []string `json:"filter_paths"`
}

func (t *timeMap) Begin(m Meta) error {
	t.meta, t.sources, t.types = m, map[string]bool{}, map[string]bool{}
	var err error
	if t.squeeze, err = flate.NewWriter(&t.waiting, flate.BestSpeed); err != nil {
		return err
	}
	_, err = t.WriteString(`{"events":[`)
	return err
}

func (t *timeMap) Item(it *Item) error {
	v := t.see(it)
	e := t.event(&v)
	if e.Date == "" && e.Latitude == "" {
		return nil
	}
	for _, s := range it.Sources {
		if err := t.keep(&v, s); err != nil {
			return err
		}
	}
	t.separate()
	t.n++
	return t.put(e)
}

func (t *timeMap) event(v *view) mapEvent {
	e := mapEvent{
		ID: v.Event.ID, Description: v.title.Text, Date: usDate(v.Event.Time),
		TimePrecision: string(v.Event.Time.Precision()), Location: v.address(),
		Type: v.Event.Type, Category: topType(v.Event.Type), CategoryFull: v.typeLabel(),
		Associations: t.associate(v.Event.Type), Sources: []string{},
		Comments: v.asides(), TimeDisplay: v.display(),
	}
	if p := v.point(); p != nil {
		e.Latitude, e.Longitude = degrees(p.Lat), degrees(p.Lon)
	}
	for _, s := range v.Sources {
		e.Sources = append(e.Sources, s.ID)
	}
	return e
}

// asides are what an event says that a format has no field for: its summary, its time as EDTF,
// the killed.
func (v *view) asides() string {
	parts := []string{v.summary().Text, speak(v.lang).figure(v.Figure), "EDTF: " + v.Event.Time.String()}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n")
}

// usDate is the first day as TimeMap's default DATE_FMT has it; empty where there is none and
// in years that have not four digits.
func usDate(v edtf.Value) string {
	first, _, ok := span(v)
	y, m, d := first.Date()
	if !ok || y < 1 || y > 9999 {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", m, d, y)
}

func degrees(f float64) string { return string(decimal(&f).appendPlain(nil)) }

// associate notes an event's type for the associations and names them: its upper type, by which
// TimeMap colours, and itself, by which it filters.
func (t *timeMap) associate(code string) []string {
	top := topType(code)
	t.types[top], t.types[code] = true, true
	if top == code {
		return []string{"category-" + top}
	}
	return []string{"category-" + top, "type-" + code}
}

func topType(code string) string {
	if t := timeline.TypeByCode(code); t != nil && t.Parent != nil {
		return t.Parent.Code
	}
	return code
}

// keep lets a source wait for the end, once.
func (t *timeMap) keep(v *view, s *timeline.SourceRecord) error {
	if t.sources[s.ID] {
		return nil
	}
	b := []byte{'\n'}
	if len(t.sources) > 0 {
		b = []byte(",\n")
	}
	t.sources[s.ID] = true
	b = append(appendQuoted(b, s.ID), ':')
	b, err := appendValue(b, sourceForMap(v, s))
	if err != nil {
		return err
	}
	_, err = t.squeeze.Write(b)
	return err
}

func sourceForMap(v *view, s *timeline.SourceRecord) mapSource {
	notes := []string{s.Licence, s.Attribution}
	if s.Kind != timeline.SourceDataset {
		notes = append(v.licences(), v.attribution()...)
	}
	m := mapSource{ID: s.ID, Title: s.Title.Text, Paths: []string{}, Type: string(s.Kind),
		Affiliation: []string{}, URL: string(s.URL), Author: s.Publisher, Date: s.PublishedOn.String(),
		Notes: strings.Join(slices.DeleteFunc(slices.Clone(notes), func(n string) bool { return n == "" }), "\n")}
	if s.URL != "" {
		m.Paths = append(m.Paths, string(s.URL))
	}
	return m
}

func (t *timeMap) End(Tail) error {
	if err := t.squeeze.Close(); err != nil {
		return err
	}
	t.line = append(t.line, "\n],\"sources\":{"...)
	if err := t.flushLine(); err != nil {
		return err
	}
	if _, err := io.Copy(t.Writer, flate.NewReader(&t.waiting)); err != nil {
		return err
	}
	t.line = append(t.line, "\n},\"associations\":"...)
	if err := t.put(t.associations()); err != nil {
		return err
	}
	t.line = append(t.line, "}\n"...)
	if err := t.flushLine(); err != nil {
		return err
	}
	return t.Flush()
}

// associations are those of the types that some event has, in the order of types.
func (t *timeMap) associations() []mapAssociation {
	all := []mapAssociation{}
	for _, e := range timeline.EventTypes() {
		if !t.types[e.Code] {
			continue
		}
		label := named(e.Label(&t.meta.Lang))
		if e.Parent == nil {
			all = append(all, mapAssociation{"category-" + e.Code, label, "", "CATEGORY", []string{}})
			continue
		}
		all = append(all, mapAssociation{"type-" + e.Code, label, "", "FILTER",
			[]string{named(e.Parent.Label(&t.meta.Lang)), label}})
	}
	return all
}
