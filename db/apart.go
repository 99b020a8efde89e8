package db

import (
	"context"

	"tarikh/timeline"
)

// The keys of a foreign file's places are made of their names, and many places bear one
// name: there is a Distrito Federal in Mexico and one in Venezuela. A key alone therefore
// does not say that a place of such a file is the one that is there. Where the two do not
// agree, the file's place is met by name or gets a key of its own, and for the rest of
// the write the file's refs with that key lead to it.

// shares says whether the record's key may be another record's by chance.
func (it *item) shares() bool { return it.meets && it.record.Location != nil }

// goAstray takes the key from a place that has it by chance.
func (it *item) goAstray() {
	it.row, it.byKey = 0, false
	it.dropKey()
}

// dropKey takes a key that is another's from a record, and remembers it.
func (it *item) dropKey() {
	id := it.record.Identity()
	it.astray, id.Key = id.Key, ""
}

// part parts the places that were found by their keys alone and are others than those
// that they led to.
func (t *Tx) part(ctx context.Context, items []*item) error {
	var keyed []*item
	var rows []int64
	for _, it := range standing(items) {
		if it.byKey {
			keyed, rows = append(keyed, it), append(rows, it.row)
		}
	}
	if len(keyed) == 0 {
		return nil
	}
	b, err := t.openBook(ctx, keyed)
	if err != nil {
		return err
	}
	there, err := t.placesByRows(ctx, rows)
	if err != nil {
		return err
	}
	for _, it := range keyed {
		if !samePlace(b, it.record, there[it.row]) {
			it.goAstray()
		}
	}
	return nil
}

// samePlace says whether a place is the one to which its key leads. One of which the file
// says neither what is above it nor where it lies is known by its key only.
func samePlace(b *book, r *timeline.Record, n *namesake) bool {
	l := r.Location
	if l.Parent == nil && (l.Point == nil || n.point == nil) {
		return l.Kind == timeline.LocationSite || settled(string(l.Kind)) == settled(n.kind)
	}
	return agrees(b, r, n)
}

// placesByRows reads of places what tells them apart.
func (t *Tx) placesByRows(ctx context.Context, rows []int64) (map[int64]*namesake, error) {
	there := make(map[int64]*namesake, len(rows))
	err := t.s.each(ctx, `select x.row, x.key, x.kind, coalesce(p.key, ''), x.lat, x.lon
		from json_each(?1) k cross join location x on x.row = k.value left join location p on p.row = x.parent`,
		[]any{list(rows)}, func(r rowScanner) error {
			var n namesake
			var lat, lon *float64
			err := r.Scan(&n.row, &n.key, &n.kind, &n.parent, &lat, &lon)
			if lat != nil && lon != nil {
				n.point = &timeline.Point{Lat: *lat, Lon: *lon}
			}
			there[n.row] = &n
			return err
		})
	return there, err
}

// rename gives places whose keys are others' keys of their own: with the key of what is
// above them in front, else with letters that follow from what they are. One that got such
// letters before is met by them.
func (t *Tx) rename(ctx context.Context, kind timeline.Kind, items []*item) error {
	var nameless []*item
	for _, it := range standing(items) {
		if it.astray != "" && it.row == 0 {
			nameless = append(nameless, it)
		}
	}
	if len(nameless) == 0 {
		return nil
	}
	b, err := t.openBook(ctx, nameless)
	if err != nil {
		return err
	}
	plain, lettered := make([]string, len(nameless)), make([]string, len(nameless))
	for i, it := range nameless {
		plain[i], lettered[i] = ownKeys(b, it)
	}
	taken, err := t.namesTaken(ctx, kind, plain, nil)
	if err != nil {
		return err
	}
	found, err := rowsOfRefs(ctx, t.s, kind, lettered)
	if err != nil {
		return err
	}
	for i, it := range nameless {
		id := it.record.Identity()
		id.Key = lettered[i]
		if hit, ok := found[id.Key]; ok {
			it.row = hit.row
		} else if timeline.ValidKey(plain[i]) && !taken[plain[i]] {
			id.Key, taken[plain[i]] = plain[i], true
		}
	}
	return nil
}

// ownKeys are the keys that a place can have whose own one is another's; plain is empty
// where nothing is above it.
func ownKeys(b *book, it *item) (plain, lettered string) {
	above := ""
	if parent := it.record.Location.Parent; parent != nil {
		above, _ = b.key(timeline.KindLocation, parent)
	}
	says, _ := it.record.AppendJSON([]byte(above + "\n" + it.astray + "\n"))
	letters := timeline.DeriveID(timeline.KindLocation, string(says))[3:11]
	lettered = it.astray[:min(len(it.astray), 70)] + "-" + letters
	if above == "" {
		return "", lettered
	}
	return above + "-" + it.astray, lettered
}

// lead lets the file's refs with a key that is another's lead to the records that came
// with it.
func (t *Tx) lead(kind timeline.Kind, items []*item) {
	for _, it := range items {
		if it.astray != "" && it.outcome.Err == nil {
			t.moved[named(kind, it.astray)] = it.outcome.Key
		}
	}
}
