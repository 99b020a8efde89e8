package export

import (
	"slices"
	"strings"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// view is an event as one reader gets it.
type view struct {
	*Item
	meta *Meta
	opts *Options

	lang  names.Language // of what is said around the record's own texts
	title timeline.Text
	main  *timeline.PlaceRecord // nil: no place
	where *Place                // of main; nil: no location
}

// see makes the page's view of an item.
func (p *page) see(it *Item) view {
	v := view{Item: it, meta: &p.meta, opts: &p.opts, lang: p.meta.Lang, main: it.main()}
	v.title = pick(it.Event.Titles, v.lang)
	if v.lang == "" {
		v.lang = v.title.Lang
	}
	v.where = it.place(v.main)
	return v
}

func (v *view) summary() timeline.Text { return pick(v.Event.Summaries, v.meta.Lang) }

// display is the time in the reader's words.
func (v *view) display() string { return v.Event.Time.Display(string(v.lang)) }

// typeLabel is what sort of event it is, in the reader's words.
func (v *view) typeLabel() string {
	t := timeline.TypeByCode(v.Event.Type)
	if t == nil {
		return v.Event.Type
	}
	return named(t.Label(&v.lang))
}

// point is where the event may be drawn as a dot; nil where it may not: its main place is only
// nearby or not known better than to a district (unless centroids are asked for), or it is
// sensitive, so that its exact place could harm people.
func (v *view) point() *timeline.Point {
	if v.main == nil || v.Event.Sensitive || v.main.Role == timeline.RoleNearby {
		return nil
	}
	exact := v.main.Precision == timeline.PlaceExact || v.main.Precision == timeline.PlaceNear
	if !exact && (!v.opts.Centroids || v.main.Precision == timeline.PlaceUnknown) {
		return nil
	}
	switch {
	case v.main.Point != nil:
		return v.main.Point
	case v.where != nil && (v.opts.Centroids || spot(v.where.Kind)):
		return v.where.Point
	}
	return nil
}

// spot says whether a location of the kind is so small that its point is where it is.
func spot(kind timeline.LocationKind) bool {
	switch kind {
	case timeline.LocationCity, timeline.LocationVillage, timeline.LocationSite:
		return true
	}
	return false
}

// radius is the main place's radius in kilometres; nil where none is given.
func (v *view) radius() *float64 {
	if v.main == nil {
		return nil
	}
	return v.main.RadiusKm
}

// name is a location's name for the reader.
func (v *view) name(l *timeline.Location) string {
	if l == nil {
		return ""
	}
	return named(l.Name(&v.lang))
}

// address names the main place and all above it, the innermost first: "Kabara, Timbuktu, Mali".
// A name that follows itself (a city in the region of its name) is said once.
func (v *view) address() string {
	if v.where == nil {
		return ""
	}
	parts := []string{v.name(v.where.Location)}
	for _, l := range slices.Backward(v.where.Above) {
		parts = append(parts, v.name(l))
	}
	return strings.Join(slices.Compact(parts), speak(v.lang).comma)
}

// licences are those of the datasets that rows or claims of the event come from; where none of
// them states one, those of the whole export.
func (v *view) licences() []string {
	return v.ofDatasets(func(s *timeline.SourceRecord) string { return s.Licence }, v.meta.Licences)
}

// attribution names whom the licences of the event ask to name.
func (v *view) attribution() []string {
	return v.ofDatasets(func(s *timeline.SourceRecord) string { return s.Attribution }, v.meta.Attribution)
}

func (v *view) ofDatasets(what func(*timeline.SourceRecord) string, otherwise []string) []string {
	var all []string
	for _, s := range v.Sources {
		if w := what(s); s.Kind == timeline.SourceDataset && !s.NotPassedOn && w != "" {
			all = append(all, w)
		}
	}
	if len(all) == 0 {
		return otherwise
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// span is the run of days on which a time is drawn by programs that know only exact days: from
// the first day that is known of it to the last. An open or unknown side gives none, so "since
// 8 August" is drawn on 8 August. False where no day is known.
func span(v edtf.Value) (first, last edtf.Day, ok bool) {
	start, end := v.Start(), v.End()
	first, ok = finite(start.First, end.First, start.Last, end.Last)
	last, _ = finite(end.Last, start.Last, end.First, start.First)
	return first, last, ok
}

func finite(days ...edtf.Day) (edtf.Day, bool) {
	for _, d := range days {
		if d.Finite() {
			return d, true
		}
	}
	return 0, false
}

// reduced writes bounds at the precision that they are known to, as ISO 8601 does with reduced
// precision: 2012, 2012-04 or 2012-04-01; false where they are none of these.
func reduced(b edtf.Bounds) (string, bool) {
	if !b.First.Finite() || !b.Last.Finite() {
		return "", false
	}
	y, m, d := b.First.Date()
	y2, m2, d2 := b.Last.Date()
	day := b.First.String()
	switch {
	case b.First == b.Last:
		return day, true
	case y != y2 || d != 1:
		return "", false
	case m == 1 && m2 == 12 && d2 == 31:
		return day[:len(day)-len("-01-01")], true
	}
	if next := b.Last + 1; m == m2 {
		if _, _, first := next.Date(); first == 1 {
			return day[:len(day)-len("-01")], true
		}
	}
	return "", false
}
