package db

import (
	"context"
	"strings"

	"tarikh/timeline"
)

// Delete removes a record. Its key is never used again. A record that others name
// is a CONFLICT that says how many do.
func (t *Tx) Delete(ctx context.Context, kind timeline.Kind, ref string) error {
	if err := t.whole(); err != nil {
		return err
	}
	found, err := rowsOfRefs(ctx, t.s, kind, []string{ref})
	if err != nil {
		return err
	}
	hit, ok := found[ref]
	if !ok {
		return timeline.NotFoundf("ref", "there is no %s %q", kind, ref)
	}
	before, err := recordsByRows(ctx, t.s, kind, []int64{hit.row})
	if err != nil {
		return err
	}
	if err := t.checkUnnamed(ctx, kind, hit.row, ref); err != nil {
		return err
	}
	t.led.forget(kind)
	if err := t.remove(ctx, kind, hit.row); err != nil {
		return err
	}
	if wordTableOf(kind) != nil {
		if err := t.words.replace(ctx, t.s, kind, hit.row, before[hit.row], nil); err != nil {
			return err
		}
	}
	id := before[hit.row].Identity()
	if err := t.retire(ctx, kind, id); err != nil {
		return err
	}
	return t.log(ctx, []logEntry{{kind, hit.row, id.ID, timeline.OperationDelete, before[hit.row]}})
}

// retire keeps the keys of a deleted record from being given again, those of records
// merged into it, too.
func (t *Tx) retire(ctx context.Context, kind timeline.Kind, id *timeline.Identity) error {
	var rows [][]any
	for _, ref := range append([]string{id.Key}, id.Former...) {
		if timeline.FormOfRef(ref) == timeline.RefKey {
			rows = append(rows, []any{string(kind), ref})
		}
	}
	return t.s.insert(ctx, "retired_key (kind, key)", "on conflict do nothing", rows)
}

// remove deletes one record whole.
func (t *Tx) remove(ctx context.Context, kind timeline.Kind, row int64) error {
	if err := t.clear(ctx, kind, []int64{row}); err != nil {
		return err
	}
	return t.s.exec(ctx, "delete from "+string(kind)+" where row = ?", row)
}

// namers are the columns in which other records name one of the kind.
func namers(kind timeline.Kind) []string {
	switch kind {
	case timeline.KindSource:
		return []string{"citation where source", "claim where source", "origin where dataset",
			"source where origin", "actor_relation where source"}
	case timeline.KindLocation:
		return []string{"event_place where location", "location where parent"}
	case timeline.KindActor:
		return []string{"participation where actor", "actor_relation where other", "claim where claimant",
			"claim where responsible", "claim where victim_actor"}
	case timeline.KindEvent:
		return []string{"event_relation where other", "timeline_event where event"}
	}
	return nil
}

// checkUnnamed refuses the deletion of a record that others name.
func (t *Tx) checkUnnamed(ctx context.Context, kind timeline.Kind, row int64, ref string) error {
	for _, column := range namers(kind) {
		n := 0
		if err := t.s.each(ctx, "select count(*) from "+column+" = ?", []any{row}, scanInto(&n)); err != nil {
			return err
		}
		if n > 0 {
			return timeline.Errorf(timeline.CodeConflict, "%s %s cannot be deleted: %d others name it (%s)",
				kind, ref, n, strings.Replace(column, " where ", ".", 1))
		}
	}
	return nil
}
