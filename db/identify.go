package db

import (
	"context"
	"slices"
	"strings"

	"tarikh/timeline"
)

// mint gives a record that has no name of its own the key that follows from its text.
func (it *item) mint() {
	id := it.record.Identity()
	if id.Key == "" && id.ID == "" && len(id.Identifiers) == 0 {
		id.Key = it.record.MintKey()
		it.minted = id.Key != ""
	}
}

// unmint takes the minted keys of refused records back: tried again, they are
// records without a name as before. Those that were given another key get theirs back.
func unmint(items []*item) {
	for _, it := range items {
		switch {
		case it.outcome.Err == nil:
		case it.minted:
			it.record.Identity().Key = ""
		case it.astray != "":
			it.record.Identity().Key = it.astray
		}
	}
}

// identityRefs are the refs by which a record is recognised.
func identityRefs(id *timeline.Identity) []string {
	var refs []string
	for _, ref := range append([]string{id.ID, id.Key}, identifierTexts(id.Identifiers)...) {
		if ref != "" {
			refs = append(refs, ref)
		}
	}
	return refs
}

// answersTo are all refs to which a record answers.
func answersTo(id *timeline.Identity) []string {
	return append(identityRefs(id), id.Former...)
}

func identifierTexts(ids []timeline.Identifier) []string {
	texts := make([]string, 0, len(ids))
	for _, id := range ids {
		texts = append(texts, id.String())
	}
	return texts
}

// named is a key of a kind, as maps of a write have it.
func named(kind timeline.Kind, key string) string { return string(kind) + " " + key }

// match finds the record that is there already, by id, key and identifiers. Refs
// that lead to different records are a CONFLICT, and so is a record that was
// merged into another.
func (t *Tx) match(ctx context.Context, kind timeline.Kind, items []*item) error {
	var refs []string
	for _, it := range items {
		refs = append(refs, identityRefs(it.record.Identity())...)
	}
	found, err := rowsOfRefs(ctx, t.s, kind, refs)
	if err != nil {
		return err
	}
	for _, it := range items {
		keyed := int64(0) // where the key leads that may be another's by chance
		for _, ref := range identityRefs(it.record.Identity()) {
			hit, ok := found[ref]
			switch {
			case !ok:
			case it.shares() && ref == it.record.Identity().Key:
				keyed = hit.row
			case hit.former:
				it.refuse(timeline.CodeConflict, "%s %s was merged into another record", kind, ref)
			case it.row != 0 && it.row != hit.row:
				it.refuse(timeline.CodeConflict, "%s belongs to another %s than the rest of this record's names", ref, kind)
			default:
				it.row = hit.row
			}
		}
		if it.row == 0 {
			it.row, it.byKey = keyed, keyed != 0
		} else if keyed != 0 && keyed != it.row {
			it.dropKey()
		}
	}
	return nil
}

// identify gives new records their key, id and row, and old ones theirs back. What
// would take a name away from another record is refused.
func (t *Tx) identify(ctx context.Context, kind timeline.Kind, items []*item) error {
	var fresh []*item
	for _, it := range items {
		if it.before != nil {
			t.keepIdentity(it)
		} else {
			it.nameItself()
			fresh = append(fresh, it)
		}
	}
	if err := t.takeNames(ctx, kind, standing(fresh)); err != nil {
		return err
	}
	if err := t.checkFormer(ctx, kind, standing(items)); err != nil {
		return err
	}
	if err := t.checkClaimIDs(ctx, standing(items)); err != nil {
		return err
	}
	for _, it := range standing(fresh) {
		it.row = t.nextRow(kind)
	}
	for _, it := range items {
		it.outcome.ID, it.outcome.Key = it.record.Identity().ID, it.record.Identity().Key
	}
	return nil
}

// keepIdentity keeps what never changes: the id, and the key of a record that is
// found by its id. A record found by an identifier keeps its own key, too, and is
// found by the key that it was given for the rest of the write.
func (t *Tx) keepIdentity(it *item) {
	id, old := it.record.Identity(), it.before.Identity()
	switch {
	case id.ID != "" && id.ID != old.ID:
		it.refuse(timeline.CodeConflict, "%s %s has the id %s already", it.outcome.Kind, old.Key, old.ID)
	case id.Key == "" || id.Key == old.Key:
	case id.ID == old.ID:
		it.refuse(timeline.CodeConflict, "a key never changes: %s %s has the key %s", it.outcome.Kind, old.ID, old.Key)
	default:
		t.kept[named(it.outcome.Kind, id.Key)] = old.Key
	}
	id.ID, id.Key = old.ID, old.Key
	if len(id.Former) == 0 {
		id.Former = old.Former
	}
}

// nameItself gives a new record a key, where its text or its id makes one.
func (it *item) nameItself() {
	id := it.record.Identity()
	if id.Key == "" {
		id.Key = it.record.MintKey()
	}
	if id.Key == "" {
		id.Key = strings.ReplaceAll(id.ID, "_", "-")
	}
	if id.Key == "" {
		it.refuse(timeline.CodeInvalid, "a %s needs a key, an identifier or a title in Latin letters", it.outcome.Kind)
	}
}

// possibleIDs are the ids that a new record may have, best first: the one that it
// brings, else the one that follows from its first identifier, else from its key.
func possibleIDs(kind timeline.Kind, id *timeline.Identity) []string {
	if id.ID != "" {
		return []string{id.ID}
	}
	return []string{timeline.DeriveID(kind, id.StableName()), timeline.DeriveID(kind, id.Key)}
}

// takeNames gives new records their keys and ids for good.
func (t *Tx) takeNames(ctx context.Context, kind timeline.Kind, fresh []*item) error {
	var keys, ids []string
	for _, it := range fresh {
		id := it.record.Identity()
		keys, ids = append(keys, id.Key), append(ids, possibleIDs(kind, id)...)
	}
	taken, err := t.namesTaken(ctx, kind, keys, ids)
	if err != nil {
		return err
	}
	for _, it := range fresh {
		id := it.record.Identity()
		possible := possibleIDs(kind, id)
		free := slices.IndexFunc(possible, func(text string) bool { return !taken[text] })
		switch {
		case taken[id.Key]:
			it.refuse(timeline.CodeConflict, "the key %s belonged to another %s, and keys are never used again", id.Key, kind)
			continue
		case free < 0:
			it.refuse(timeline.CodeConflict, "the id %s is that of another %s", possible[0], kind)
			continue
		}
		id.ID = possible[free]
		taken[id.Key], taken[id.ID] = true, true
	}
	return nil
}

// namesTaken says which of the keys and ids are another record's or were.
func (t *Tx) namesTaken(ctx context.Context, kind timeline.Kind, keys, ids []string) (map[string]bool, error) {
	taken := map[string]bool{}
	if len(keys) == 0 {
		return taken, nil
	}
	err := t.s.each(ctx, `
		select k.value from json_each(?1) k cross join retired_key r on r.kind = ?3 and r.key = k.value
		union all
		select k.value from json_each(?1) k cross join former_ref f on f.kind = ?3 and f.ref = k.value
		union all
		select k.value from json_each(?1) k cross join `+string(kind)+` x on x.key = k.value
		union all
		select k.value from json_each(?2) k cross join former_ref f on f.kind = ?3 and f.ref = k.value
		union all
		select k.value from json_each(?2) k cross join `+string(kind)+` x on x.id = k.value`,
		[]any{list(keys), list(ids), string(kind)}, func(r rowScanner) error {
			var text string
			err := r.Scan(&text)
			taken[text] = true
			return err
		})
	return taken, err
}

// checkFormer refuses records that claim another's refs as former ones of theirs.
func (t *Tx) checkFormer(ctx context.Context, kind timeline.Kind, items []*item) error {
	var refs []string
	for _, it := range items {
		refs = append(refs, it.record.Identity().Former...)
	}
	found, err := rowsOfRefs(ctx, t.s, kind, refs)
	if err != nil {
		return err
	}
	for _, it := range items {
		for _, ref := range it.record.Identity().Former {
			if hit, ok := found[ref]; ok && hit.row != it.row {
				it.refuse(timeline.CodeConflict, "the former ref %s leads to another %s", ref, kind)
			}
		}
	}
	return nil
}

// checkClaimIDs refuses events that bring a claim with the id of another event's.
func (t *Tx) checkClaimIDs(ctx context.Context, items []*item) error {
	var ids []string
	for _, it := range items {
		ids = append(ids, claimIDs(it)...)
	}
	if len(ids) == 0 {
		return nil
	}
	holder := map[string]int64{} // event
	err := t.s.each(ctx, "select c.id, c.event from json_each(?) k cross join claim c on c.id = k.value",
		[]any{list(ids)}, func(r rowScanner) error {
			var id string
			var event int64
			err := r.Scan(&id, &event)
			holder[id] = event
			return err
		})
	if err != nil {
		return err
	}
	bringer := map[string]*item{}
	for _, it := range items {
		for _, id := range claimIDs(it) {
			event, held := holder[id]
			if held && event != it.row || bringer[id] != nil {
				it.refuse(timeline.CodeConflict, "the claim %s belongs to another event", id)
				continue
			}
			bringer[id] = it
		}
	}
	return nil
}

// claimIDs are the ids that an event's claims bring with them.
func claimIDs(it *item) []string {
	if it.record.Event == nil {
		return nil
	}
	var ids []string
	for i := range it.record.Event.Claims {
		if id := it.record.Event.Claims[i].ID; id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}
