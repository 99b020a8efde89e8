package index

import (
	"cmp"
	"iter"
	"slices"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// locations writes locations, packed like events.
func (w *imageWriter) locations(some iter.Seq2[int64, *location]) {
	var all []*Location
	for _, l := range some {
		all = append(all, l.Location)
	}
	slices.SortFunc(all, func(a, b *Location) int { return cmp.Compare(a.Row, b.Row) })
	p := encoder{lex: newLexicon()}
	for _, l := range all {
		p.location(l)
	}
	w.uint(imageLocations)
	w.uint(uint64(len(all)))
	w.raw(p.b)
	w.texts(p.lex.words)
}

func (r *imageReader) locations() []*Location {
	all := make([]*Location, r.length(1))
	d := decoder{b: r.raw()}
	d.words = r.texts()
	for i := range all {
		if r.err != nil {
			return nil
		}
		var err error
		all[i], err = d.location()
		r.fail(err)
	}
	return all
}

func (p *encoder) location(l *Location) {
	p.uint(uint64(l.Row))
	p.text(l.Key)
	p.ownID(timeline.KindLocation, l.ID, l.Key)
	p.word(string(l.Kind))
	p.uint(uint64(l.Parent))
	p.point(l.Point)
	p.uint(uint64(len(l.Identifiers)))
	for _, i := range l.Identifiers {
		p.word(i.Scheme)
		p.text(i.Value)
	}
	p.uint(uint64(len(l.Names)))
	for _, n := range l.Names {
		p.text(n.Text)
		p.word(string(n.Lang))
		p.word(string(n.Kind))
		p.pooled(spelledOr(n.From))
		p.pooled(spelledOr(n.To))
	}
	p.uint(uint64(len(l.Folded)))
	for _, f := range l.Folded {
		p.text(f)
	}
	p.refs(l.ID, l.Key, l.Refs)
}

// spelledOr is a time as EDTF, empty for none.
func spelledOr(v edtf.Value) string {
	if v.IsZero() {
		return ""
	}
	return v.String()
}

func (d *decoder) location() (*Location, error) {
	l := &Location{}
	l.Row, l.Key = int64(d.uint()), d.text()
	l.ID = d.ownID(timeline.KindLocation, l.Key)
	l.Kind, l.Parent, l.Point = timeline.LocationKind(d.word()), int64(d.uint()), d.point()
	l.Identifiers = make([]timeline.Identifier, d.uint())
	for i := range l.Identifiers {
		l.Identifiers[i] = timeline.Identifier{Scheme: d.word(), Value: d.text()}
	}
	if n := d.uint(); n > 0 {
		l.Names = make([]timeline.Name, n)
	}
	for i := range l.Names {
		n := timeline.Name{Text: d.text(), Lang: names.Language(d.word()), Kind: timeline.NameKind(d.word())}
		for _, time := range []*edtf.Value{&n.From, &n.To} {
			text := d.pooled()
			if text == "" {
				continue
			}
			v, err := edtf.Parse(text)
			if err != nil {
				return nil, err
			}
			*time = v
		}
		l.Names[i] = n
	}
	if n := d.uint(); n > 0 {
		l.Folded = make([]string, n)
	}
	for i := range l.Folded {
		l.Folded[i] = d.text()
	}
	l.Refs = d.refs(nil, l.ID, l.Key)
	return l, nil
}
