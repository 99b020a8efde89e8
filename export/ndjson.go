package export

import "tarikh/timeline"

// flatJSON writes [Columns] as one flat JSON object a line (https://github.com/ndjson/ndjson-spec).
// Every object has every member; what is not known is null. It has no place for the [Tail].
type flatJSON struct {
	page
	columns []Column
}

func (f *flatJSON) Begin(m Meta) error {
	f.meta, f.columns = m, Columns()
	return nil
}

func (f *flatJSON) Item(it *Item) error {
	v := f.see(it)
	f.line = append(appendFlat(f.line, f.columns, &v), '\n')
	return f.flushLine()
}

func (f *flatJSON) End(Tail) error { return f.Flush() }

// appendFlat appends an object with a member for each column.
func appendFlat(b []byte, columns []Column, v *view) []byte {
	b = append(b, '{')
	for i, c := range columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuoted(b, c.Name)
		b = append(b, ':')
		b = c.cell(v).appendJSON(b)
	}
	return append(b, '}')
}

// ownLines writes Tarikh's own lines of a selection: before each event those of [Item.Named]
// that the file does not hold yet. The names of those are kept, a few bytes each. Claims that
// may not be passed on stay behind, and the points of sensitive events are coarsened.
type ownLines struct {
	page
	written map[string]bool // ids, else kinds and labels
}

func (l *ownLines) Begin(m Meta) error {
	l.meta, l.written = m, map[string]bool{}
	return nil
}

func (l *ownLines) Item(it *Item) error {
	for _, r := range it.Named {
		id := string(r.Kind()) + " " + r.Identity().Label()
		if l.written[id] {
			continue
		}
		l.written[id] = true
		if err := l.record(r); err != nil {
			return err
		}
	}
	return l.record(&timeline.Record{Event: it.public()})
}

func (l *ownLines) End(Tail) error { return l.Flush() }

func (l *ownLines) record(r *timeline.Record) error {
	var err error
	if l.line, err = r.AppendJSON(l.line[:0]); err != nil {
		return err
	}
	l.line = append(l.line, '\n')
	return l.flushLine()
}

// public is the event's record without what is not passed on.
func (it *Item) public() *timeline.EventRecord {
	e := *it.Event
	e.Claims = it.claims()
	if !e.Sensitive {
		return &e
	}
	e.Places = append([]timeline.PlaceRecord(nil), e.Places...)
	for i := range e.Places {
		if p := e.Places[i].Point; p != nil {
			coarse := p.Coarse()
			e.Places[i].Point = &coarse
		}
	}
	return &e
}
