package ingest

import (
	"bufio"
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tarikh/timeline"
)

// geoNamesCells is how many cells a line of a GeoNames country file has: geonameid, name,
// asciiname, alternatenames, latitude, longitude, feature class, feature code, country code, cc2,
// admin1 to admin4 code, population, elevation, dem, timezone, modification date.
const geoNamesCells = 19

// isGeoNames recognises the table by its shape, as it has no header.
func isGeoNames(g *glance) bool {
	line, _, _ := bytes.Cut(g.head, []byte("\n"))
	cells := strings.Split(string(line), "\t")
	if len(cells) != geoNamesCells || strings.Trim(cells[0], "0123456789") != "" || len(cells[6]) > 1 {
		return false
	}
	_, ok := readPoint(cells[4], cells[5])
	return ok && cells[0] != ""
}

// geoNamesSource is the dataset.
func geoNamesSource() timeline.SourceRecord {
	return timeline.SourceRecord{Identity: timeline.Identity{Key: "geonames"},
		Title:     timeline.Text{Lang: "en", Text: "GeoNames"},
		Publisher: "GeoNames", Lang: "en", Licence: "CC-BY-4.0", URL: "https://www.geonames.org/",
		Attribution: "GeoNames, www.geonames.org"}
}

// gazetteer is a GeoNames file on its way in. It remembers the codes of administrative units,
// of which a country has some thousands at most.
type gazetteer struct {
	out   *out
	named map[string]bool // codes of units that have a line
	asked map[string]int  // codes of units that hold others, with the line that asked first
}

// readGeoNames reads one location a line. Its cells are never quoted, so it is no CSV.
//
// Parents are named by the codes of the administrative levels, which a country, region or
// district bears as identifiers of the scheme geonames-admin: ML, ML.08, ML.08.2449065. They may
// come after those that they hold.
func readGeoNames(o *out, in *bufio.Reader) error {
	o.open(geoNamesSource())
	g := &gazetteer{out: o, named: map[string]bool{}, asked: map[string]int{}}
	err := o.lines(in, func(number int, line string) error {
		cells := strings.Split(line, "\t")
		if len(cells) != geoNamesCells {
			return damaged(number, "the line has %d cells and not %d: it is split or cut off",
				len(cells), geoNamesCells)
		}
		return g.place(number, cells)
	})
	if err == nil {
		g.unnamed()
	}
	return err
}

// place gives the location of one line.
func (g *gazetteer) place(line int, c []string) error {
	if c[0] == "" || strings.Trim(c[0], "0123456789") != "" {
		return fieldError("geonameid", "%q is no number of a place", clipped(c[0]))
	}
	if strings.TrimSpace(c[1]) == "" {
		return fieldError("name", "the place has no name")
	}
	point, ok := readPoint(c[4], c[5])
	if !ok {
		return noPosition("latitude", c[4], c[5])
	}
	l := timeline.LocationRecord{Kind: geoKind(c), Names: geoNames(c), Point: point}
	l.Key = "geonames-" + c[0]
	l.Identifiers = []timeline.Identifier{{Scheme: "geonames", Value: c[0]}}
	own, above := adminCodes(c)
	if own != "" && !g.named[own] {
		g.named[strings.Clone(own)] = true
		l.Identifiers = append(l.Identifiers, adminIdentifier(own))
	}
	l.Parent = g.ask(line, above)
	g.out.put(line, timeline.Record{Location: &l})
	return nil
}

// ask names the unit of a code; nil for none.
func (g *gazetteer) ask(line int, code string) *timeline.Ref {
	if code == "" {
		return nil
	}
	if _, before := g.asked[code]; !before {
		g.asked[strings.Clone(code)] = line
	}
	ref := timeline.RefTo(adminIdentifier(code).String())
	return &ref
}

func adminIdentifier(code string) timeline.Identifier {
	return timeline.Identifier{Scheme: "geonames-admin", Value: code}
}

// unnamed gives the units that hold places of the file and have no line in it, under their codes:
// what stands in them would else have no place in the tree.
func (g *gazetteer) unnamed() {
	for {
		var codes []string
		for code := range g.asked {
			if !g.named[code] {
				codes = append(codes, code)
			}
		}
		if len(codes) == 0 {
			return
		}
		slices.Sort(codes)
		for _, code := range codes {
			g.unit(g.asked[code], code)
		}
	}
}

// unit gives one unit of which only the code is known.
func (g *gazetteer) unit(line int, code string) {
	g.named[code] = true
	kinds := []timeline.LocationKind{timeline.LocationCountry, timeline.LocationRegion,
		timeline.LocationDistrict}
	above := ""
	if i := strings.LastIndexByte(code, '.'); i > 0 {
		above = code[:i]
	}
	l := timeline.LocationRecord{Kind: kinds[min(strings.Count(code, "."), 2)],
		Names:  []timeline.Name{{Text: code, Kind: timeline.NamePreferred}},
		Parent: g.ask(line, above)}
	l.Key = fitKey(orWord(timeline.Slug("geonames-admin "+code), stableLetters(code)))
	l.Identifiers = []timeline.Identifier{adminIdentifier(code)}
	g.out.put(line, timeline.Record{Location: &l}, note("unnamed-unit", "admin codes",
		"%s holds places of the file and has no line of its own", code))
}

// geoKind is the kind of a feature class and code.
func geoKind(c []string) timeline.LocationKind {
	switch class, code := c[6], c[7]; class {
	case "A":
		switch {
		case strings.HasPrefix(code, "PCL"):
			return timeline.LocationCountry
		case code == "ADM1":
			return timeline.LocationRegion
		case code == "ADM2":
			return timeline.LocationDistrict
		case code == "ADM3", code == "ADM4", code == "ADM5":
			return timeline.LocationCommune
		}
		return timeline.LocationArea
	case "P":
		if people, _ := strconv.Atoi(c[14]); people >= 10_000 || isSeat(code) {
			return timeline.LocationCity
		}
		return timeline.LocationVillage
	case "L", "H", "V", "U":
		return timeline.LocationArea
	case "T":
		if code == "DUNE" || code == "HLL" || code == "MT" || code == "PK" {
			return timeline.LocationSite
		}
		return timeline.LocationArea
	}
	return timeline.LocationSite
}

// isSeat says whether a code is that of a capital or the seat of an administration.
func isSeat(code string) bool { return strings.HasPrefix(code, "PPLA") || code == "PPLC" }

// adminCodes are the code of the administrative unit that the line is, empty where it is none,
// and the one of the unit that holds it. Some units bear their own number as their code, at
// another level than their feature code says.
func adminCodes(c []string) (own, above string) {
	path, depth := c[8], 0
	for _, code := range c[10:14] {
		if code == "" || code == "00" {
			break // 00 is none
		}
		above, path = path, path+"."+code
		if depth++; code == c[0] {
			return path, above
		}
	}
	switch {
	case c[8] == "":
		return "", ""
	case depth == 0 && strings.HasPrefix(c[7], "PCL"):
		return path, ""
	case depth > 0 && c[7] == "ADM"+strconv.Itoa(depth):
		return path, above
	}
	// Below the second level the second is named: few files hold the units of the others.
	if parts := strings.Split(path, "."); len(parts) > 3 {
		path = strings.Join(parts[:3], ".")
	}
	return "", path
}

// geoNames are the names: the one in use, the same in ASCII where that differs, and the others.
// GeoNames tells no language; Arabic letters are taken for Arabic, unless others of Persian or
// Urdu stand among them.
func geoNames(c []string) []timeline.Name {
	all := []timeline.Name{{Text: strings.TrimSpace(c[1]), Kind: timeline.NamePreferred}}
	seen := map[string]bool{all[0].Text: true}
	add := func(text string, kind timeline.NameKind) {
		text = strings.TrimFunc(text, func(c rune) bool {
			return unicode.IsSpace(c) || unicode.Is(unicode.Cf, c)
		})
		if text == "" || seen[text] {
			return
		}
		seen[text] = true
		n := timeline.Name{Text: text, Kind: kind}
		if isArabic(text) && !strings.ContainsAny(text, "پچژگکیےڈٹںہھۆێڕڵۇۈۋەېڭ") {
			n.Lang = "ar"
		}
		all = append(all, n)
	}
	add(c[2], timeline.NameTransliteration)
	for other := range strings.SplitSeq(c[3], ",") {
		add(other, timeline.NameAlias)
	}
	return all
}
