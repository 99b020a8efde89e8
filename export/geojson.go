package export

import (
	"slices"
	"time"

	"tarikh/timeline"
)

// geoJSON writes a FeatureCollection (RFC 7946), a Feature a line. Positions are longitude,
// latitude (3.1.1). An event that has no point (see [Columns], lat) is an unlocated Feature,
// whose geometry is null (3.2). Properties are the columns without the position. What is said
// of the whole file are foreign members (6.1); those of the [Tail] stand at its end.
type geoJSON struct {
	page
	columns []Column
}

// about is what a file in JSON says of itself.
type about struct {
	Title       string                `json:"title,omitzero"`
	Address     string                `json:"address,omitzero"`
	Licence     []string              `json:"licence,omitzero"`
	Attribution []string              `json:"attribution,omitzero"`
	Rule        timeline.CasualtyRule `json:"killed_rule,omitzero"`
	Revision    int64                 `json:"revision"`
	Generated   string                `json:"generated,omitzero"`
	Total       int                   `json:"total"`
}

func (m *Meta) about() about {
	a := about{Title: pick(m.Title, m.Lang).Text, Address: m.Address, Licence: m.Licences,
		Attribution: m.Attribution, Rule: m.Rule, Revision: m.Revision, Total: m.Total}
	if !m.Generated.IsZero() {
		a.Generated = m.Generated.UTC().Format(time.RFC3339)
	}
	return a
}

func (g *geoJSON) Begin(m Meta) error {
	g.meta = m
	g.columns = slices.DeleteFunc(Columns(), func(c Column) bool {
		return c.Name == "lat" || c.Name == "lon"
	})
	g.line = append(g.line, `{"type":"FeatureCollection","about":`...)
	var err error
	if g.line, err = appendValue(g.line, m.about()); err != nil {
		return err
	}
	g.line = append(g.line, `,"features":[`...)
	return g.flushLine()
}

func (g *geoJSON) Item(it *Item) error {
	v := g.see(it)
	g.separate()
	g.n++
	g.line = append(g.line, `{"type":"Feature","id":`...)
	g.line = appendQuoted(g.line, it.Event.ID)
	g.line = append(g.line, `,"geometry":`...)
	if p := v.point(); p != nil {
		g.line = append(g.line, `{"type":"Point","coordinates":[`...)
		g.line = decimal(&p.Lon).appendJSON(g.line)
		g.line = append(g.line, ',')
		g.line = decimal(&p.Lat).appendJSON(g.line)
		g.line = append(g.line, `]}`...)
	} else {
		g.line = append(g.line, "null"...)
	}
	g.line = append(g.line, `,"properties":`...)
	g.line = append(appendFlat(g.line, g.columns, &v), '}')
	return g.flushLine()
}

// ended is what a file in JSON says of itself at its end.
type ended struct {
	Written  int  `json:"written"`
	LeftOut  int  `json:"not_passed_on"`
	Withheld int  `json:"claims_not_passed_on"`
	Moved    bool `json:"changed_meanwhile"`
}

func (g *geoJSON) End(t Tail) error {
	g.line = append(g.line, "\n],\"end\":"...)
	if err := g.put(ended{g.n, t.LeftOut, t.Withheld, t.Moved}); err != nil {
		return err
	}
	g.line = append(g.line, "}\n"...)
	if err := g.flushLine(); err != nil {
		return err
	}
	return g.Flush()
}
