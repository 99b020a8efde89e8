package ingest

import (
	"math"
	"strings"

	"tarikh/names"
	"tarikh/timeline"
)

// atlas knows the places that a file has named, and gives each as a record when it is named
// first. Of the distinct settlements of the file it holds no more than some bytes each.
type atlas struct {
	out   *out
	units map[string]*spot // countries, regions and districts, by their path of folded names
	spots *spots           // settlements and sites
	keys  map[uint64]bool  // that were given, by their hashes: of two that share one the later is longer than it need be
}

// spot is one place that a file has named.
type spot struct {
	key, name, written string
	kind               timeline.LocationKind
	worded             bool // the file's words say its kind, or a column does
	parent             *spot
	point              *timeline.Point
	ids                []timeline.Identifier
	path               string
}

func newAtlas(o *out) *atlas {
	a := &atlas{out: o, units: map[string]*spot{}, keys: map[uint64]bool{}}
	a.spots = newSpots(func(path string) *spot { return a.units[path] }, o.atEnd)
	return a
}

// ref names the place as records of events do.
func (s *spot) ref() *timeline.Ref {
	if s == nil {
		return nil
	}
	r := &timeline.Ref{Identifiers: s.ids, Key: s.key, Name: s.name, Parent: s.parent.ref(), Near: s.point}
	if s.worded {
		r.Kind = string(s.kind)
	}
	return r
}

// country is the country of that name, with its number in somebody's list.
func (a *atlas) country(line int, name string, id timeline.Identifier) *spot {
	if name == "" {
		return nil
	}
	if s, ok := a.units[name]; ok {
		return s
	}
	s := &spot{name: strings.Clone(name), kind: timeline.LocationCountry, worded: true}
	if _, err := timeline.ParseIdentifier(id.String()); err == nil {
		s.ids = []timeline.Identifier{{Scheme: id.Scheme, Value: strings.Clone(id.Value)}}
	}
	s.path = s.name
	s.key = a.key(timeline.Slug(name), nil)
	a.units[s.path] = s
	var others []timeline.Name
	if outer, _, more := strings.Cut(s.name, " ("); more { // Myanmar (Burma)
		others = []timeline.Name{{Text: outer, Lang: "en", Kind: timeline.NameAlias}}
	}
	a.give(line, s, "en", others)
	return s
}

// unit is a region, district or commune below another place. A word for what it is belongs to
// the name that is written, not to the one that it bears.
func (a *atlas) unit(line int, kind timeline.LocationKind, written string, parent *spot) *spot {
	if written == "" {
		return nil
	}
	above := ""
	if parent != nil {
		above = parent.path
	}
	path := above + "\x1f" + written
	if s, ok := a.units[path]; ok {
		return s
	}
	name, _ := bareName(written)
	folded := above + "\x1f" + string(kind) + names.Fold(name)
	s, ok := a.units[folded] // Ménaka region and Menaka region
	if !ok {
		s = &spot{name: strings.Clone(name), written: strings.Clone(written), kind: kind, worded: true,
			parent: parent, path: folded}
		s.key = a.key(unitSlug(kind, name, written), parent)
		a.units[folded] = s
		a.give(line, s, "", writtenToo(s.name, s.written))
	}
	a.units[strings.Clone(path)] = s
	return s
}

// place is a settlement or site. The same name within 2 km in one country is the same place,
// whatever stands above it in this row; then a note says so.
func (a *atlas) place(
	line int, written string, parent *spot, point *timeline.Point,
) (*spot, []timeline.Problem) {
	name, word := bareName(written)
	above := parent.top() + "\x1f" + names.Fold(name)
	all := a.spots.of(above)
	for _, s := range all {
		if near(s.point, point) && (point != nil || s.parent == parent) {
			return s, otherParent(s, parent)
		}
	}
	s := &spot{name: strings.Clone(name), written: strings.Clone(written), kind: placeKind(word),
		worded: word != "", parent: parent, point: point, path: above}
	s.key = a.key(timeline.Slug(name), parent)
	a.spots.add(s)
	a.out.fail(a.spots.err)
	a.give(line, s, "", writtenToo(s.name, s.written))
	return s, nil
}

// top is the path of the country, or whatever stands highest.
func (s *spot) top() string {
	for ; s != nil; s = s.parent {
		if s.parent == nil {
			return s.path
		}
	}
	return ""
}

// otherParent notes that a place stands under another one than before.
func otherParent(s, parent *spot) []timeline.Problem {
	switch {
	case parent == nil || s.parent == nil || parent == s.parent:
		return nil
	case parent.within(s.parent) || s.parent.within(parent):
		return nil
	}
	return noted("other-parent", "place", "%s stands in %s here and in %s before; the first is kept",
		s.asWritten(), parent.whole(), s.parent.whole())
}

// whole is the place as it is written, with those above it up to the country.
func (s *spot) whole() string {
	text := s.asWritten()
	for p := s.parent; p != nil && p.parent != nil; p = p.parent {
		text += ", " + p.asWritten()
	}
	return text
}

// within says whether the place lies below another.
func (s *spot) within(other *spot) bool {
	for p := s.parent; p != nil; p = p.parent {
		if p == other {
			return true
		}
	}
	return false
}

// give puts the place's record.
func (a *atlas) give(line int, s *spot, lang names.Language, others []timeline.Name) {
	record := timeline.LocationRecord{Kind: s.kind, Parent: s.parent.ref(), Point: s.point}
	record.Key, record.Identifiers = s.key, s.ids
	preferred := timeline.Name{Text: s.name, Lang: lang, Kind: timeline.NamePreferred}
	record.Names = append([]timeline.Name{preferred}, others...)
	a.out.put(line, timeline.Record{Location: &record})
}

// writtenToo is the name as the file writes it, where that says more.
func writtenToo(name, written string) []timeline.Name {
	if name == written {
		return nil
	}
	return []timeline.Name{{Text: written, Kind: timeline.NameAlias}}
}

// key is a new key: the slug where it is free in this file, else with the parent's in front.
func (a *atlas) key(slug string, parent *spot) string {
	if slug == "" {
		slug = "place"
	}
	key := fitKey(slug)
	if a.keys[hashOf(key)] && parent != nil {
		key = fitKey(parent.key + "-" + slug)
	}
	for n := 2; a.keys[hashOf(key)]; n++ {
		key = fitKey(slug + "-" + stableLetters(parentKey(parent), slug, string(rune('0'+n))))
	}
	a.keys[hashOf(key)] = true
	return key
}

func parentKey(parent *spot) string {
	if parent == nil {
		return ""
	}
	return parent.key
}

// fitKey makes a key of what is none, being too long for one: still one of its own.
func fitKey(s string) string {
	if timeline.ValidKey(s) {
		return s
	}
	const most = 60
	slug := timeline.Slug(s)
	return strings.TrimLeft(strings.Trim(slug[:min(most, len(slug))], "-")+"-"+stableLetters(s), "-")
}

// bareName parts a place's name from the word for what it is: Tombouctou region is Tombouctou,
// of the kind REGION. The name keeps its letters as they are written.
func bareName(written string) (name, kind string) {
	folded := names.Fold(written)
	stripped, kind := names.StripKind(folded)
	if kind == "" {
		return written, ""
	}
	words := strings.Fields(written)
	for from := range min(len(words), 4) {
		for _, part := range [][]string{words[from:], words[:len(words)-1]} {
			if name := strings.Join(part, " "); names.Fold(name) == stripped {
				return name, kind
			}
		}
	}
	return written, kind
}

// unitSlug is what the key of a region, district or commune is made of: its name with the word
// for what it is, so that Gao, the cercle of Gao and the region of Gao have keys of their own.
func unitSlug(kind timeline.LocationKind, name, written string) string {
	word := strings.ToLower(string(kind))
	switch {
	case timeline.Slug(name) == "":
		return ""
	case name != written && kind == timeline.LocationRegion:
		return timeline.Slug(name) + "-" + word
	case name == written && !strings.Contains(name, " "):
		return timeline.Slug(name) + "-" + word
	}
	return timeline.Slug(written)
}

// placeKind is the kind of a settlement or site whose name goes with a word for it; a SITE
// where it goes with none.
func placeKind(word string) timeline.LocationKind {
	if word == "" {
		return timeline.LocationSite
	}
	return timeline.LocationKind(word)
}

// sameKm is within how many kilometres two places of one name are the same.
const sameKm = 2

// near says whether two positions lie within [sameKm], or neither is known.
func near(a, b *timeline.Point) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	const km = 6371.0088 * math.Pi / 180 // a degree of the mean earth
	y := (a.Lat - b.Lat) * km
	x := (a.Lon - b.Lon) * km * math.Cos((a.Lat+b.Lat)/2*math.Pi/180)
	return x*x+y*y <= sameKm*sameKm
}
