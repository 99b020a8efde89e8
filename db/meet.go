package db

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"tarikh/names"
	"tarikh/timeline"
)

// A record of a foreign file meets what is there: it joins it instead of replacing
// it. A place or an actor is met by its refs, else by name; an event by its
// identifiers only. What is met is never overwritten, except for an event that the
// same dataset made.

// matchNames finds, for places and actors whose refs lead nowhere, the one that bears
// the name. What is found is told, so that a person can look.
func (t *Tx) matchNames(ctx context.Context, kind timeline.Kind, items []*item) error {
	if kind != timeline.KindActor && kind != timeline.KindLocation {
		return nil
	}
	var nameless []*item
	var folded []string
	for _, it := range items {
		if it.meets && it.row == 0 && it.outcome.Err == nil && !generic(it.record) {
			nameless = append(nameless, it)
			folded = append(folded, foldedNames(it.record)...)
		}
	}
	if len(nameless) == 0 {
		return nil
	}
	b, err := t.openBook(ctx, nameless)
	if err != nil {
		return err
	}
	named, err := namesakes(ctx, t.s, kind, folded)
	if err != nil {
		return err
	}
	catalogued, err := t.identifiersOf(ctx, kind, named)
	if err != nil {
		return err
	}
	for _, it := range nameless {
		found := theOne(b, it.record, named, catalogued)
		if found == nil {
			continue
		}
		it.row = found.row
		it.outcome.Met = timeline.MetByName
		it.tell("met-by-name", "taken for %s, which bears the same name", found.key)
	}
	return nil
}

func generic(r *timeline.Record) bool { return r.Actor != nil && r.Actor.Generic }

// foldedNames are the names of an actor or a location as they meet others.
func foldedNames(r *timeline.Record) []string {
	var all []timeline.Name
	switch {
	case r.Actor != nil:
		all = r.Actor.Names
	case r.Location != nil:
		all = r.Location.Names
	}
	folded := make([]string, 0, len(all))
	for _, n := range all {
		if f := names.Fold(n.Text); f != "" && !slices.Contains(folded, f) {
			folded = append(folded, f)
		}
	}
	return folded
}

// theOne is the only namesake that agrees with the record; nil where there is none
// or more than one.
func theOne(
	b *book, r *timeline.Record, named map[string][]namesake, catalogued map[int64][]timeline.Identifier,
) *namesake {
	var found *namesake
	for _, folded := range foldedNames(r) {
		for i := range named[folded] {
			n := &named[folded][i]
			if !agrees(b, r, n) || toldApart(r.Identity().Identifiers, catalogued[n.row]) || (found != nil && found.row == n.row) {
				continue
			}
			if found != nil {
				return nil
			}
			found = n
		}
	}
	return found
}

// agrees says whether a record can be its namesake: of the same kind and, for
// places, within two kilometres or, where one has no point, under the same parent.
// Files do not tell towns from villages as the tree does, so these count as one kind.
func agrees(b *book, r *timeline.Record, n *namesake) bool {
	if r.Actor != nil {
		unknown := string(timeline.ActorOther) // a file that does not say what sort of actor it is
		return string(r.Actor.Kind) == n.kind || r.Actor.Kind == timeline.ActorOther || n.kind == unknown
	}
	l := r.Location
	if l.Kind != timeline.LocationSite && settled(string(l.Kind)) != settled(n.kind) {
		return false
	}
	if l.Point != nil && n.point != nil {
		return distanceKm(*l.Point, *n.point) <= sameSpot
	}
	if l.Parent == nil {
		return n.parent == ""
	}
	parent, err := b.key(timeline.KindLocation, l.Parent)
	return err == nil && parent == n.parent
}

// toldApart says whether one catalogue knows both under different names: then they are
// two, whatever they are called.
func toldApart(a, b []timeline.Identifier) bool {
	return slices.ContainsFunc(a, func(i timeline.Identifier) bool {
		return slices.ContainsFunc(b, func(k timeline.Identifier) bool { return i.Scheme == k.Scheme && i.Value != k.Value })
	})
}

// identifiersOf reads the identifiers of all who bear the names.
func (t *Tx) identifiersOf(ctx context.Context, kind timeline.Kind, named map[string][]namesake) (map[int64][]timeline.Identifier, error) {
	var rows []int64
	for _, all := range named {
		for _, n := range all {
			rows = append(rows, n.row)
		}
	}
	of := map[int64][]timeline.Identifier{}
	if len(rows) == 0 {
		return of, nil
	}
	err := t.s.each(ctx, `select i.row, i.scheme, i.value from json_each(?1) k
		cross join identifier i on i.kind = ?2 and i.row = k.value`, []any{list(rows), string(kind)}, func(r rowScanner) error {
		var row int64
		var i timeline.Identifier
		err := r.Scan(&row, &i.Scheme, &i.Value)
		of[row] = append(of[row], i)
		return err
	})
	return of, err
}

func settled(kind string) string {
	if kind == string(timeline.LocationVillage) {
		return string(timeline.LocationCity)
	}
	return kind
}

// tell adds a note for a person to look at.
func (it *item) tell(rule, format string, args ...any) {
	it.outcome.Notes = append(it.outcome.Notes, timeline.Problem{Severity: timeline.SeverityWarning, Record: -1,
		Field: string(it.outcome.Kind), Rule: rule, Message: fmt.Sprintf(format, args...)})
}

// join lets places, actors, sources and timelines that are met stand as they are. For
// the rest of the write the file's own refs for them lead to them.
func (t *Tx) join(ctx context.Context, kind timeline.Kind, items []*item) error {
	if kind == timeline.KindEvent {
		return nil
	}
	var met []*item
	for _, it := range items {
		if !it.meets || it.before == nil {
			continue
		}
		if it.outcome.Met == "" {
			it.outcome.Met = timeline.MetByRef
		}
		for _, ref := range identityRefs(it.record.Identity()) {
			if key := it.before.Identity().Key; ref != key {
				t.kept[named(kind, ref)] = key
			}
		}
		met = append(met, it)
	}
	if err := t.tellOtherParents(ctx, met); err != nil {
		return err
	}
	for _, it := range met {
		if it.astray != "" {
			it.record.Identity().Key = it.astray // by which the report names it
		}
		it.record = it.before
	}
	return nil
}

// tellOtherParents tells of places that a file puts elsewhere in the tree; the tree
// stays.
func (t *Tx) tellOtherParents(ctx context.Context, met []*item) error {
	var placed []*item
	for _, it := range met {
		if l := it.record.Location; l != nil && l.Parent != nil {
			placed = append(placed, it)
		}
	}
	if len(placed) == 0 {
		return nil
	}
	b, err := t.openBook(ctx, placed)
	if err != nil {
		return err
	}
	for _, it := range placed {
		says, err := b.key(timeline.KindLocation, it.record.Location.Parent)
		is := ""
		if p := it.before.Location.Parent; p != nil {
			is = p.Ref
		}
		if err == nil && says != is {
			it.tell("other-parent", "the file puts %s under %s; the tree has it under %s", it.before.Identity().Key, says, is)
		}
	}
	return nil
}

// meetEvents lets events that are there gain what the file's rows say of them. It
// says whether any did: then their refs are to be looked up again.
func meetEvents(items []*item) bool {
	any := false
	for _, it := range items {
		if it.renews && it.before != nil && it.record.Event != nil {
			any = true
			it.record = &timeline.Record{Event: it.before.Event.Renew(it.record.Event)}
			continue
		}
		if !it.meets || it.before == nil || it.record.Event == nil {
			continue
		}
		any = true
		it.outcome.Met = timeline.MetByRef
		was := it.before.Event
		now := was.Meet(it.record.Event, it.cameAs == was.Key)
		if now == was {
			it.tell("older-vintage", "%s is there from a newer version of the dataset, or from a file without a version, which counts as the newest", was.Key)
			copied := *was
			now = &copied
		}
		now.Claims = slices.Clone(now.Claims)
		it.record = &timeline.Record{Event: now}
	}
	return any
}

// changedFields are the members of a record that differ from what was there.
func changedFields(before, after *timeline.Record) []string {
	was, is := membersOf(before), membersOf(after)
	var fields []string
	for name := range is {
		if string(was[name]) != string(is[name]) {
			fields = append(fields, name)
		}
	}
	for name := range was {
		if _, still := is[name]; !still {
			fields = append(fields, name)
		}
	}
	slices.Sort(fields)
	return fields
}

// membersOf are the members of the one object in a record's JSON form.
func membersOf(r *timeline.Record) map[string]json.RawMessage {
	b, err := r.AppendJSON(nil)
	if err != nil {
		return nil
	}
	var outer map[string]map[string]json.RawMessage
	if json.Unmarshal(b, &outer) != nil {
		return nil
	}
	return outer[string(r.Kind())]
}
