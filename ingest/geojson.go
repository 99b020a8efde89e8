package ingest

import (
	"bufio"
	"strings"
)

// isGeoJSON recognises a FeatureCollection (RFC 7946, 3.3).
func isGeoJSON(g *glance) bool {
	m := g.members
	return m["type=FeatureCollection"] || m["features[].geometry"] || m["features[].properties"]
}

// readGeoJSON reads one event a feature: its point, and its properties under our names or what
// they are often called. A geometry other than a point is kept in the raw row.
func readGeoJSON(o *out, in *bufio.Reader) error {
	s := newSheet(o, "geojson", "GeoJSON file")
	return o.walk(in, []string{"features"}, func(p part) {
		if p.path != "features[]" {
			return
		}
		if err := s.feature(p); err != nil {
			o.refuse(p.line, err)
		}
	})
}

// feature gives the event of one feature.
func (s *sheet) feature(p part) error {
	whole, err := readObject(p.raw)
	if err != nil {
		return err
	}
	fields := whole.in("properties")
	if fields == nil {
		fields = object{}
	}
	if id := whole.text("id"); id != "" && fields.text("id") == "" {
		fields["id"] = id
	}
	shape := whole.in("geometry")
	if c, ok := shape["coordinates"].([]any); ok && shape.text("type") == "Point" && len(c) >= 2 {
		fields["longitude"], fields["latitude"] = c[0], c[1]
	}
	for column, field := range s.out.options.Map {
		if v := fields[column]; v != nil && isField(field) {
			fields[field] = v
		}
	}
	for field, others := range alsoCalled() {
		for _, other := range others {
			if fields.text(field) == "" && fields.text(other) != "" {
				fields[field] = fields[other]
			}
		}
	}
	joinLists(fields)
	return s.event(fields.row(p.line, compact(p.raw)))
}

// alsoCalled lists what our fields are called in other people's properties, likeliest first.
func alsoCalled() map[string][]string {
	return map[string][]string{
		"date":     {"edtf", "time", "event_date", "start", "startDate", "start_date", "when", "Date"},
		"end_date": {"end", "endDate"},
		"title":    {"name", "headline", "label", "Title", "Name"},
		"summary":  {"description", "text", "notes"},
		"place":    {"location", "place_name"},
		"type":     {"event_type", "category"},
	}
}

// joinLists writes lists of texts as spreadsheets do.
func joinLists(fields object) {
	for name, v := range fields {
		if list, ok := v.([]any); ok {
			var all []string
			for _, one := range list {
				if t := textOf(one); t != "" {
					all = append(all, t)
				}
			}
			fields[name] = strings.Join(all, "; ")
		}
	}
}
