package db

import (
	"context"
	"math"

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
// and form.
func (t *Tx) openBook(ctx context.Context, items []*item) (*book, error) {
	refs, folded := t.asked(items)
	b := &book{keys: map[timeline.Kind]map[string]string{}, rows: map[timeline.Kind]map[string]int64{},
		named: map[timeline.Kind]map[string][]namesake{}, kept: t.kept, moved: t.moved}
	for _, kind := range timeline.Kinds() {
		b.keys[kind], b.rows[kind] = map[string]string{}, map[string]int64{}
		if err := b.read(ctx, t.s, kind, refs[kind]); err != nil {
			return nil, err
		}
	}
	for kind, list := range folded {
		named, err := namesakes(ctx, t.s, kind, list)
		if err != nil {
			return nil, err
		}
		b.named[kind] = named
	}
	return b, nil
}

// asked are the refs and the folded names that the records of a round bear, and those
// of the parents by which they tell places apart.
func (t *Tx) asked(items []*item) (refs, folded map[timeline.Kind][]string) {
	refs, folded = map[timeline.Kind][]string{}, map[timeline.Kind][]string{}
	gather := func(kind timeline.Kind, _ string, ref *timeline.Ref) {
		for ; ref != nil; ref = ref.Parent {
			for _, text := range refTexts(ref) {
				refs[kind] = append(refs[kind], text)
				if own, ok := t.kept[named(kind, text)]; ok {
					refs[kind] = append(refs[kind], own)
				}
			}
			if own, ok := t.moved[named(kind, ref.Key)]; ok {
				refs[kind] = append(refs[kind], own)
			}
			if ref.Name != "" {
				folded[kind] = append(folded[kind], names.Fold(ref.Name))
			}
		}
	}
	for _, it := range items {
		it.record.EachRef(gather)
	}
	return refs, folded
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
func (b *book) read(ctx context.Context, s *session, kind timeline.Kind, refs []string) error {
	hits, err := rowsOfRefs(ctx, s, kind, refs)
	if err != nil || len(hits) == 0 {
		return err
	}
	rows := make([]int64, 0, len(hits))
	for _, h := range hits {
		rows = append(rows, h.row)
	}
	keys, err := keysByRows(ctx, s, kind, rows)
	for ref, h := range hits {
		b.keys[kind][ref], b.keys[kind][keys[h.row]] = keys[h.row], keys[h.row]
		b.rows[kind][keys[h.row]] = h.row
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
	it.record.EachRef(func(k timeline.Kind, field string, ref *timeline.Ref) {
		key, err := b.key(k, ref)
		switch {
		case err == nil:
			*ref = timeline.RefTo(key)
		case wrong == nil:
			wrong = &timeline.Error{Code: timeline.CodeOf(err), Field: field, Message: err.Error()}
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
	for _, text := range refTexts(ref) {
		if own, ok := b.moved[named(kind, text)]; ok && text == ref.Key {
			text = own
		}
		if key, ok := b.keys[kind][text]; ok {
			return key, nil
		}
		if key, ok := b.keys[kind][b.kept[named(kind, text)]]; ok {
			return key, nil
		}
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
