package timeline

import (
	"math"
	"slices"

	"tarikh/edtf"
)

// maxNearKm is half of the earth's girth: no two places lie farther apart.
const maxNearKm = 20038

// time checks a window of time.
func (v *validation) time(field string, w *TimeWhere) {
	if w == nil {
		return
	}
	v.expression(field+".from", w.From)
	v.expression(field+".to", w.To)
	v.leaf(field+".known", w.Known != nil)
	v.leaf(field+".qualified", w.Qualified != nil)
	words(v, field+".precision", "TimePrecision", w.Precision)
	if w.Mode != nil {
		v.word(field+".mode", "TimeMode", string(*w.Mode))
	}
	if w.From != nil && w.To != nil && w.From.Start().First > w.To.End().Last {
		v.invalid(field, "from %s is after to %s", w.From, w.To)
	}
}

// expression checks one side of a window. The zero Value stands for an empty text.
func (v *validation) expression(field string, e *edtf.Value) {
	v.leaf(field, e != nil)
	if e != nil && e.IsZero() {
		v.invalid(field, "an empty text is no EDTF date; leave it out where there is no limit")
	}
}

func (v *validation) place(field string, w *PlaceWhere) {
	if w == nil {
		return
	}
	v.size(field+".within", w.Within != nil, len(w.Within))
	v.size(field+".exactly", w.Exactly != nil, len(w.Exactly))
	v.bbox(field+".bbox", w.Bbox)
	v.near(field+".near", w.Near)
	words(v, field+".precision", "PlacePrecision", w.Precision)
	v.leaf(field+".known", w.Known != nil)
}

// bbox checks a box [west, south, east, north]. West may lie east of east: such a box crosses
// the antimeridian. An empty list is right, and like every empty list matches nothing.
func (v *validation) bbox(field string, b []float64) {
	v.leaf(field, b != nil)
	if len(b) == 0 {
		return
	}
	const order = "a bbox is four numbers in degrees: west, south, east, north"
	if len(b) != 4 {
		v.invalid(field, "%s; here are %d", order, len(b))
		return
	}
	if mistake := boxMistake(b[0], b[1], b[2], b[3]); mistake != "" {
		v.invalid(field, "%s; %s%s", order, mistake, swapHint(b))
	}
}

// boxMistake says what is impossible in a box, empty where nothing is.
func boxMistake(west, south, east, north float64) string {
	switch {
	case !within(west, 180) || !within(east, 180):
		return "west and east lie between -180 and 180"
	case !within(south, 90) || !within(north, 90):
		return "south and north lie between -90 and 90"
	case south > north:
		return "south is above north"
	}
	return ""
}

// swapHint helps who wrote the latitude before the longitude, the commonest slip. A box that
// would then cross the antimeridian is hardly what was meant: south and north are the wrong
// way round in it, not the axes.
func swapHint(b []float64) string {
	if boxMistake(b[1], b[0], b[3], b[2]) != "" || b[1] > b[3] {
		return ""
	}
	return "; the numbers would fit if latitude and longitude were swapped"
}

// within says whether a coordinate lies between -most and most; NaN lies nowhere.
func within(degrees, most float64) bool { return math.Abs(degrees) <= most }

func (v *validation) near(field string, w *NearWhere) {
	if w == nil {
		return
	}
	v.leaf(field, true)
	if !within(w.Lat, 90) {
		v.invalid(field+".lat", "a latitude lies between -90 and 90")
	}
	if !within(w.Lon, 180) {
		v.invalid(field+".lon", "a longitude lies between -180 and 180")
	}
	if !(w.Km > 0 && w.Km <= maxNearKm) { // so written, NaN is refused too
		v.invalid(field+".km", "a distance is more than 0 and at most %d km", maxNearKm)
	}
}

func (v *validation) casualties(field string, w *CasualtyWhere) {
	if w == nil {
		return
	}
	kind, rule := w.Figure()
	if err := figureMistake(kind, rule); err != nil {
		v.invalid(field+"."+err.Field, "%s", err.Message)
	}
	v.count(field+".atLeast", w.AtLeast)
	v.count(field+".atMost", w.AtMost)
	if w.AtLeast != nil && w.AtMost != nil && *w.AtLeast > *w.AtMost {
		v.invalid(field, "atLeast %d is more than atMost %d", *w.AtLeast, *w.AtMost)
	}
}

func (v *validation) count(field string, n *int) {
	v.leaf(field, n != nil)
	if n != nil && *n < 0 {
		v.invalid(field, "people are counted from 0")
	}
}

// ValidateEventOrder says what is wrong with an order of events: null terms, unknown words, a
// field twice, and lang where the order is not one of texts, all INVALID, the field a path
// such as orderBy[1].lang.
func ValidateEventOrder(field string, order []*EventOrder) error {
	var v validation
	var seen []EventOrderField
	v.size(field, false, len(order))
	for i, o := range order {
		if !present(&v, at(field, i), o) {
			break
		}
		seen = term(&v, at(field, i), "EventOrderField", o.Field, o.Direction, seen)
		v.language(at(field, i)+".lang", o.Lang)
		if o.Lang != nil && o.Field != OrderTitle {
			v.invalid(at(field, i)+".lang", "only TITLE is ordered in a language")
		}
	}
	return v.result()
}

// ValidateActorOrder is [ValidateEventOrder] for an order of actors.
func ValidateActorOrder(field string, order []*ActorOrder) error {
	var v validation
	var seen []ActorOrderField
	v.size(field, false, len(order))
	for i, o := range order {
		if !present(&v, at(field, i), o) {
			break
		}
		seen = term(&v, at(field, i), "ActorOrderField", o.Field, o.Direction, seen)
		v.language(at(field, i)+".lang", o.Lang)
		if o.Lang != nil && o.Field != OrderActorName {
			v.invalid(at(field, i)+".lang", "only NAME is ordered in a language")
		}
	}
	return v.result()
}

// ValidateLocationOrder is [ValidateEventOrder] for an order of locations.
func ValidateLocationOrder(field string, order []*LocationOrder) error {
	var v validation
	var seen []LocationOrderField
	v.size(field, false, len(order))
	for i, o := range order {
		if !present(&v, at(field, i), o) {
			break
		}
		seen = term(&v, at(field, i), "LocationOrderField", o.Field, o.Direction, seen)
		v.language(at(field, i)+".lang", o.Lang)
		if o.Lang != nil && o.Field != OrderLocationName {
			v.invalid(at(field, i)+".lang", "only NAME is ordered in a language")
		}
	}
	return v.result()
}

// present refuses a null term and says whether to go on.
func present[O any](v *validation, field string, o *O) bool {
	if o == nil {
		v.invalid(field, "a term of an order cannot be null")
	}
	return v.err == nil
}

// term checks what the orders have in common and returns the fields seen so far.
func term[F ~string](
	v *validation, field, enum string, by F, direction *Direction, seen []F,
) []F {
	v.word(field+".field", enum, string(by))
	if direction != nil {
		v.word(field+".direction", "Direction", string(*direction))
	}
	if slices.Contains(seen, by) {
		v.invalid(field+".field", "%s orders already", by)
	}
	return append(seen, by)
}
