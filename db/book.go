package db

import (
	"context"
	"math"
	"slices"

	"tarikh/names"
	"tarikh/timeline"
)

// book knows, for the records of one round, which record every ref leads to.
type book struct {
	keys  map[timeline.Kind]map[string]string // ref → key; a key leads to itself
	kept  map[string]string                   // see Tx
	moved map[string]string                   // see Tx
	rows  map[timeline.Kind]map[string]int64  // key → row
	named map[timeline.Kind]map[string][]namesake
}

// namesake is a record that bears a name.
type namesake struct {
	row    int64
	key    string
	kind   string
	parent string // of a location: the key of the one above
	point  *timeline.Point
}

// openBook reads what the refs of the records lead to: one statement for each kind
// and form. Names are looked up only for those that no id, key or identifier leads anywhere.
func (t *Tx) openBook(ctx context.Context, items []*item) (*book, error) {
	b := &book{keys: map[timeline.Kind]map[string]string{}, rows: map[timeline.Kind]map[string]int64{},
		named: map[timeline.Kind]map[string][]namesake{}, kept: t.kept, moved: t.moved}
	unknown := map[timeline.Kind][]string{}
	for _, kind := range timeline.Kinds() {
		b.keys[kind], b.rows[kind] = map[string]string{}, map[string]int64{}
	}
	eachRefUp(items, func(kind timeline.Kind, ref *timeline.Ref) {
		b.eachText(kind, ref, func(text string) bool {
			switch to, known := t.led[kind][text]; {
			case known:
				b.lead(kind, text, to.key, to.row)
			default:
				unknown[kind] = append(unknown[kind], text)
			}
			return true
		})
	})
	for _, kind := range timeline.Kinds() {
		if err := b.read(ctx, t, kind, unknown[kind]); err != nil {
			return nil, err
		}
	}
	folded := map[timeline.Kind][]string{}
	eachRefUp(items, func(kind timeline.Kind, ref *timeline.Ref) {
		if ref.Name == "" {
			return
		}
		if _, known := b.byText(kind, ref); !known {
			folded[kind] = append(folded[kind], names.Fold(ref.Name))
		}
	})
	for kind, list := range folded {
		named, err := namesakes(ctx, t.s, kind, list)
		if err != nil {
			return nil, err
		}
		b.named[kind] = named
	}
	return b, nil
}

// eachRefUp visits the refs of records, and those of the parents by which they tell places apart.
func eachRefUp(items []*item, visit func(timeline.Kind, *timeline.Ref)) {
	for _, it := range items {
		it.record.EachRef(func(kind timeline.Kind, _ timeline.Member, ref *timeline.Ref) {
			for ; ref != nil; ref = ref.Parent {
				visit(kind, ref)
			}
		})
	}
}

// eachText visits the ids, keys and identifiers that may lead from a ref to its record, best first,
// until the visitor has enough.
func (b *book) eachText(kind timeline.Kind, ref *timeline.Ref, visit func(text string) (on bool)) {
	for _, text := range refTexts(ref) {
		if own, ok := b.moved[named(kind, text)]; ok && text == ref.Key {
			text = own
		}
		if !visit(text) {
			return
		}
		if own, ok := b.kept[named(kind, text)]; ok && !visit(own) {
			return
		}
	}
}

// byText is the key of the record to which an id, key or identifier of the ref leads.
func (b *book) byText(kind timeline.Kind, ref *timeline.Ref) (key string, known bool) {
	b.eachText(kind, ref, func(text string) bool {
		key, known = b.keys[kind][text]
		return !known
	})
	return key, known
}

// lead notes that a ref leads to a record.
func (b *book) lead(kind timeline.Kind, ref, key string, row int64) {
	b.keys[kind][ref], b.keys[kind][key] = key, key
	b.rows[kind][key] = row
}

// refTexts are the refs in a Ref that can be looked up, best first.
func refTexts(ref *timeline.Ref) []string {
	var texts []string
	if ref.Ref != "" {
		texts = append(texts, ref.Ref)
	}
	texts = append(texts, identifierTexts(ref.Identifiers)...)
	if ref.Key != "" {
		texts = append(texts, ref.Key)
	}
	return texts
}

// read looks the refs of one kind up.
func (b *book) read(ctx context.Context, t *Tx, kind timeline.Kind, refs []string) error {
	if len(refs) == 0 {
		return nil
	}
	slices.Sort(refs)
	hits, err := rowsOfRefs(ctx, t.s, kind, slices.Compact(refs))
	if err != nil || len(hits) == 0 {
		return err
	}
	rows := make([]int64, 0, len(hits))
	for _, h := range hits {
		rows = append(rows, h.row)
	}
	keys, err := keysByRows(ctx, t.s, kind, rows)
	for ref, h := range hits {
		b.lead(kind, ref, keys[h.row], h.row)
		t.led.keep(kind, keys[h.row], h.row, ref)
	}
	return err
}

func keysByRows(ctx context.Context, s *session, kind timeline.Kind, rows []int64) (map[int64]string, error) {
	keys := make(map[int64]string, len(rows))
	err := s.each(ctx, `select x.row, x.key from json_each(?) k cross join `+string(kind)+` x on x.row = k.value`,
		[]any{list(rows)}, func(r rowScanner) error {
			var row int64
			var key string
			err := r.Scan(&row, &key)
			keys[row] = key
			return err
		})
	return keys, err
}

// namesakes reads which actors or locations bear the folded names. The other kinds
// have titles, by which nothing is named.
func namesakes(ctx context.Context, s *session, kind timeline.Kind, folded []string) (map[string][]namesake, error) {
	text := `select n.folded, x.row, x.key, x.kind, null, null, null
		from json_each(?1) k cross join name n on n.folded = k.value and n.kind = 'actor'
		cross join actor x on x.row = n.row where x.generic = 0`
	if kind == timeline.KindLocation {
		text = `select n.folded, x.row, x.key, x.kind, p.key, x.lat, x.lon
			from json_each(?1) k cross join name n on n.folded = k.value and n.kind = 'location'
			cross join location x on x.row = n.row left join location p on p.row = x.parent`
	}
	found := map[string][]namesake{}
	if kind != timeline.KindActor && kind != timeline.KindLocation {
		return found, nil
	}
	err := s.each(ctx, text, []any{list(folded)}, func(r rowScanner) error {
		var name string
		var n namesake
		var parent *string
		var lat, lon *float64
		if err := r.Scan(&name, &n.row, &n.key, &n.kind, &parent, &lat, &lon); err != nil {
			return err
		}
		if parent != nil {
			n.parent = *parent
		}
		if lat != nil && lon != nil {
			n.point = &timeline.Point{Lat: *lat, Lon: *lon}
		}
		found[name] = append(found[name], n)
		return nil
	})
	return found, err
}

// resolve replaces every ref by the key of the record that it names. A record of
// the same round may be named before it is there; when it is refused, those that
// name it are, too.
func (t *Tx) resolve(ctx context.Context, kind timeline.Kind, items []*item) (*book, error) {
	b, err := t.openBook(ctx, items)
	if err != nil {
		return nil, err
	}
	for _, it := range items {
		b.add(kind, it)
	}
	for refused := true; refused; {
		refused = false
		for _, it := range standing(items) {
			if it.outcome.Err = b.resolveOne(it); it.outcome.Err != nil {
				refused = true
				b.remove(kind, it)
			}
		}
	}
	t.takeBack(kind, items)
	return b, nil
}

// resolveOne writes one record's refs as keys; the first that leads nowhere is the
// error, and names its member.
func (b *book) resolveOne(it *item) (wrong error) {
	it.record.EachRef(func(k timeline.Kind, field timeline.Member, ref *timeline.Ref) {
		key, err := b.key(k, ref)
		switch {
		case err == nil:
			*ref = timeline.RefTo(key)
		case wrong == nil:
			wrong = &timeline.Error{Code: timeline.CodeOf(err), Field: field.String(), Message: err.Error()}
		}
	})
	return wrong
}

// takeBack takes the row numbers of refused records back where they are the last.
func (t *Tx) takeBack(kind timeline.Kind, items []*item) {
	for i := len(items) - 1; i >= 0; i-- {
		it := items[i]
		if it.outcome.Err == nil || it.before != nil || it.row != t.last[kind] {
			return
		}
		t.last[kind]--
	}
}

// add lets a record of the round itself be named, by the refs that it brings, too.
func (b *book) add(kind timeline.Kind, it *item) {
	b.rows[kind][it.outcome.Key] = it.row
	for _, ref := range answersTo(it.record.Identity()) {
		if _, known := b.keys[kind][ref]; !known {
			b.keys[kind][ref] = it.outcome.Key
			it.added = append(it.added, ref)
		}
	}
}

// remove takes a refused record's refs out again, as far as they were not there
// before it.
func (b *book) remove(kind timeline.Kind, it *item) {
	for _, ref := range it.added {
		delete(b.keys[kind], ref)
	}
}

// key is the key of the record that a ref names.
func (b *book) key(kind timeline.Kind, ref *timeline.Ref) (string, error) {
	if key, known := b.byText(kind, ref); known {
		return key, nil
	}
	if ref.Name == "" {
		return "", timeline.Errorf(timeline.CodeNotFound, "there is no %s %s", kind, ref)
	}
	return b.keyByName(kind, ref)
}

// row is the row number of a record that a resolved ref names; nil for none.
func (b *book) row(kind timeline.Kind, ref *timeline.Ref) any {
	if ref == nil || ref.IsZero() {
		return nil
	}
	return b.rows[kind][ref.Ref]
}

// sameSpot is how far apart two records of one name can be and still be one place.
const sameSpot = 2 // km

// keyByName finds the one record that bears the name and agrees in kind, parent
// and position as far as these are given.
func (b *book) keyByName(kind timeline.Kind, ref *timeline.Ref) (string, error) {
	keys := map[string]int64{}
	for _, n := range b.named[kind][names.Fold(ref.Name)] {
		if ref.Kind != "" && ref.Kind != n.kind {
			continue
		}
		if ref.Parent != nil {
			parent, err := b.key(kind, ref.Parent)
			if err != nil || parent != n.parent {
				continue
			}
		}
		if ref.Near != nil && n.point != nil && distanceKm(*ref.Near, *n.point) > sameSpot {
			continue
		}
		keys[n.key] = n.row
	}
	switch len(keys) {
	case 0:
		return "", timeline.Errorf(timeline.CodeNotFound, "there is no %s of the name %s", kind, ref)
	case 1:
		for key, row := range keys {
			b.rows[kind][key], b.keys[kind][key] = row, key
			return key, nil
		}
	}
	return "", timeline.Errorf(timeline.CodeConflict, "%d %ss bear the name %s; name one by its key", len(keys), kind, ref)
}

// distanceKm is the great-circle distance by the haversine formula, on a sphere of
// the mean radius of WGS 84.
func distanceKm(a, b timeline.Point) float64 {
	const radius, rad = 6371.0088, math.Pi / 180
	dLat, dLon := (b.Lat-a.Lat)*rad, (b.Lon-a.Lon)*rad
	h := math.Pow(math.Sin(dLat/2), 2) +
		math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * radius * math.Asin(math.Min(1, math.Sqrt(h)))
}
