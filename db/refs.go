package db

import (
	"context"

	"tarikh/timeline"
)

// refHit is the record that a ref leads to.
type refHit struct {
	row    int64
	former bool // it is a ref of a record that was merged into this one
}

// rowsOfRefs finds the records of one kind that ids, keys and identifiers name,
// one statement for each form of ref. What names nothing is absent.
func rowsOfRefs(ctx context.Context, s *session, kind timeline.Kind, refs []string) (map[string]refHit, error) {
	forms := map[timeline.RefForm][]string{}
	for _, ref := range refs {
		forms[timeline.FormOfRef(ref)] = append(forms[timeline.FormOfRef(ref)], ref)
	}
	found := make(map[string]refHit, len(refs))
	for form, text := range map[timeline.RefForm]string{
		timeline.RefID: `
			select k.value, x.row, 0 from json_each(?1) k cross join ` + string(kind) + ` x on x.id = k.value
			union all
			select k.value, f.row, 1 from json_each(?1) k cross join former_ref f on f.kind = ?2 and f.ref = k.value`,
		timeline.RefKey: `
			select k.value, x.row, 0 from json_each(?1) k cross join ` + string(kind) + ` x on x.key = k.value
			union all
			select k.value, f.row, 1 from json_each(?1) k cross join former_ref f on f.kind = ?2 and f.ref = k.value`,
		timeline.RefIdentifier: `
			select k.value, i.row, 0 from json_each(?1) k cross join identifier i
			on i.kind = ?2 and i.scheme = substr(k.value, 1, instr(k.value, ':') - 1)
			and i.value = substr(k.value, instr(k.value, ':') + 1)
			union all
			select k.value, f.row, 1 from json_each(?1) k cross join former_ref f on f.kind = ?2 and f.ref = k.value`,
	} {
		if len(forms[form]) == 0 {
			continue
		}
		err := s.each(ctx, text, []any{list(forms[form]), string(kind)}, func(r rowScanner) error {
			var ref string
			var hit refHit
			err := r.Scan(&ref, &hit.row, &hit.former)
			if old, ok := found[ref]; !ok || old.former {
				found[ref] = hit
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}
