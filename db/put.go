package db

import (
	"context"
	"fmt"
	"slices"

	"tarikh/timeline"
)

// item is one record on its way in.
type item struct {
	record  *timeline.Record
	meets   bool   // it joins what is there: see meet.go
	renews  bool   // it renews what is there, without what datasets added
	cameAs  string // the key with which it came
	row     int64
	byKey   bool             // nothing but its key led to that row
	astray  string           // the key with which it came, where that is another's: see apart.go
	minted  bool             // its key was made of its text: it came without a name of its own
	added   []string         // refs that it brings into the book of its round
	before  *timeline.Record // what is there now; nil: nothing
	outcome *timeline.Outcome
}

// refuse says why the record is not written; the first reason counts.
func (it *item) refuse(code timeline.Code, format string, args ...any) {
	if it.outcome.Err == nil {
		e := timeline.Errorf(code, format, args...)
		e.Field = string(it.outcome.Kind)
		it.outcome.Err = e
	}
}

// Put writes whole records: new ones are inserted, others replaced by what is
// given, those that are the same already left alone. The outcomes are in the order
// of the records. A record that is wrong is refused in its outcome and nothing of
// it is written; the others are. A record that names one that is not there is
// refused with NOT_FOUND, and may be tried again when the other has come; records
// of one call may name each other by id, key or identifier in any order. Put takes
// the records over: it fills in their ids and writes their refs as keys.
func (t *Tx) Put(ctx context.Context, records []*timeline.Record) ([]timeline.Outcome, error) {
	incoming := make([]timeline.Incoming, len(records))
	for i, r := range records {
		incoming[i].Record = r
	}
	return t.Take(ctx, incoming)
}

// Take writes records like Put; those that are to meet what is there join it instead
// of replacing it. Met places, actors and sources stay as they are. An event is met by
// its identifiers, and gains what timeline.EventRecord.Meet says.
func (t *Tx) Take(ctx context.Context, incoming []timeline.Incoming) ([]timeline.Outcome, error) {
	wrong := make([]error, len(incoming))
	for i, in := range incoming {
		in.Record.Normalise()
		wrong[i] = in.Record.Err()
	}
	return t.take(ctx, incoming, wrong)
}

// take is Take for records that were checked already: wrong says what each is refused for.
func (t *Tx) take(ctx context.Context, incoming []timeline.Incoming, wrong []error) ([]timeline.Outcome, error) {
	if err := t.whole(); err != nil {
		return nil, err
	}
	outcomes := make([]timeline.Outcome, len(incoming))
	byKind := map[timeline.Kind][]*item{}
	for i, in := range incoming {
		r := in.Record
		outcomes[i].Kind = r.Kind()
		if outcomes[i].Err = wrong[i]; outcomes[i].Err == nil {
			byKind[r.Kind()] = append(byKind[r.Kind()],
				&item{record: r, meets: in.Meets, renews: in.Renews, cameAs: r.Identity().Key, outcome: &outcomes[i]})
		}
	}
	for _, kind := range timeline.Kinds() {
		for waiting := byKind[kind]; len(waiting) > 0; {
			var round []*item
			round, waiting = distinct(waiting)
			if err := t.putRound(ctx, kind, round); err != nil {
				return nil, fmt.Errorf("put %ss: %w", kind, err)
			}
		}
		unmint(byKind[kind])
	}
	return outcomes, nil
}

// distinct splits off the first records that name different identities, so that
// one that comes twice in a call is written twice, in order.
func distinct(items []*item) (round, later []*item) {
	taken := map[string]bool{}
	for _, it := range items {
		it.mint()
		refs := answersTo(it.record.Identity())
		if it.meets && len(it.record.Identity().Identifiers) == 0 {
			// Two of one name may be one: the second has to see the first.
			refs = append(refs, foldedNames(it.record)...)
		}
		isTaken := func(ref string) bool { return taken[ref] }
		if slices.ContainsFunc(refs, isTaken) || slices.ContainsFunc(it.parentTexts(), isTaken) {
			later = append(later, it)
		} else {
			round = append(round, it)
		}
		for _, ref := range refs {
			taken[ref] = true
		}
	}
	return round, later
}

// parentTexts are the refs of what is above a place that is to meet what is there: that
// has to be met first, because it tells the place from others of its name.
func (it *item) parentTexts() []string {
	if l := it.record.Location; it.meets && l != nil && l.Parent != nil {
		return refTexts(l.Parent)
	}
	return nil
}

// putRound writes records of one kind whose identities are all different.
func (t *Tx) putRound(ctx context.Context, kind timeline.Kind, items []*item) error {
	if err := t.find(ctx, kind, items); err != nil {
		return err
	}
	items, later := onePerRow(standing(items))
	if err := t.readBefore(ctx, kind, items); err != nil {
		return err
	}
	if err := t.join(ctx, kind, items); err != nil {
		return err
	}
	if err := t.identify(ctx, kind, items); err != nil {
		return err
	}
	t.lead(kind, items)
	items = standing(items)
	book, err := t.resolve(ctx, kind, items)
	if err == nil && meetEvents(standing(items)) {
		book, err = t.resolve(ctx, kind, standing(items))
	}
	if err != nil {
		return err
	}
	changed, err := t.changedOnly(standing(items))
	if err != nil {
		return err
	}
	if err := t.store(ctx, kind, changed, book); err != nil {
		return err
	}
	items = standing(items)
	for _, it := range items {
		it.outcome.Row = it.row
	}
	t.led.learn(kind, items, changed)
	entries := make([]logEntry, 0, len(changed))
	for _, it := range changed {
		entries = append(entries, logEntry{kind, it.row, it.outcome.ID, it.outcome.Operation, it.before})
		if liesBelow(it.record) {
			t.below[kind] = append(t.below[kind], it.row)
		}
	}
	if err := t.log(ctx, entries); err != nil || len(later) == 0 {
		return err
	}
	return t.putRound(ctx, kind, later)
}

// liesBelow says whether a record names one above it: only such a one can close a circle.
func liesBelow(r *timeline.Record) bool {
	switch {
	case r.Location != nil:
		return r.Location.Parent != nil
	case r.Source != nil:
		return r.Source.Origin != nil
	case r.Event != nil:
		return slices.ContainsFunc(r.Event.Relations, func(rel timeline.EventRelationRecord) bool {
			return rel.Kind == timeline.EventPartOf
		})
	}
	return false
}

// find finds the records that are there already.
func (t *Tx) find(ctx context.Context, kind timeline.Kind, items []*item) error {
	if err := t.match(ctx, kind, items); err != nil {
		return err
	}
	if err := t.part(ctx, items); err != nil {
		return err
	}
	if err := t.matchNames(ctx, kind, items); err != nil {
		return err
	}
	return t.rename(ctx, kind, items)
}

// onePerRow keeps the first of those that lead to one and the same record; the
// others have to see what the first made of it.
func onePerRow(items []*item) (first, later []*item) {
	taken := map[int64]bool{}
	for _, it := range items {
		if it.row != 0 && taken[it.row] {
			it.row = 0
			later = append(later, it)
			continue
		}
		taken[it.row] = true
		first = append(first, it)
	}
	return first, later
}

// standing are the items that have not been refused.
func standing(items []*item) []*item {
	kept := items[:0:0]
	for _, it := range items {
		if it.outcome.Err == nil {
			kept = append(kept, it)
		}
	}
	return kept
}

// readBefore reads the records that are to be replaced.
func (t *Tx) readBefore(ctx context.Context, kind timeline.Kind, items []*item) error {
	var rows []int64
	for _, it := range items {
		if it.row != 0 {
			rows = append(rows, it.row)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	before, err := recordsByRows(ctx, t.s, kind, rows)
	if err != nil {
		return err
	}
	for _, it := range items {
		it.before = before[it.row]
	}
	return nil
}

// changedOnly fills in what a file may leave out and drops the records that say
// what is there already.
func (t *Tx) changedOnly(items []*item) ([]*item, error) {
	changed := items[:0:0]
	for _, it := range items {
		t.fill(it)
		if it.before == nil {
			it.outcome.Operation = timeline.OperationInsert
			if it.minted {
				t.minted[named(it.outcome.Kind, it.outcome.Key)] = true
			}
			changed = append(changed, it)
			continue
		}
		same, err := sameRecord(it.before, it.record)
		if err != nil {
			return nil, err
		}
		if same {
			it.outcome.Operation = timeline.OperationUnchanged
			continue
		}
		if it.minted && t.minted[named(it.outcome.Kind, it.outcome.Key)] {
			it.refuse(timeline.CodeConflict, "another record of this write has a title that makes the key %s, too; give each its own key",
				it.outcome.Key)
			continue
		}
		it.outcome.Operation = timeline.OperationUpdate
		if it.meets {
			it.outcome.Fields = changedFields(it.before, it.record)
		}
		if e := it.record.Event; e != nil && e.UpdatedAt == it.before.Event.UpdatedAt {
			e.UpdatedAt = t.at
		}
		changed = append(changed, it)
	}
	return changed, nil
}

// fill gives an event and its claims the ids and instants that the file leaves
// out: those that are there already, else new ones.
func (t *Tx) fill(it *item) {
	e := it.record.Event
	if e == nil {
		return
	}
	e.IdentifyClaims()
	made := map[string]timeline.DateTime{}
	created, updated := t.at, t.at
	if it.before != nil {
		created, updated = it.before.Event.CreatedAt, it.before.Event.UpdatedAt
		for _, c := range it.before.Event.Claims {
			made[c.ID] = c.CreatedAt
		}
	}
	if e.CreatedAt.IsZero() {
		e.CreatedAt = created
	}
	if e.UpdatedAt.IsZero() {
		e.UpdatedAt = updated
	}
	for i := range e.Claims {
		c := &e.Claims[i]
		if c.CreatedAt.IsZero() {
			c.CreatedAt = made[c.ID]
		}
		if c.CreatedAt.IsZero() {
			c.CreatedAt = t.at
		}
	}
}

func sameRecord(a, b *timeline.Record) (bool, error) {
	one, err := a.AppendJSON(nil)
	if err != nil {
		return false, err
	}
	other, err := b.AppendJSON(nil)
	return string(one) == string(other), err
}
