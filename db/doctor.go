package db

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// Finding is one check of the doctor's and what it found.
type Finding struct {
	Check  string // integrity, references, revision, words, search, index
	OK     bool
	Detail string // what was looked at, or what is wrong
}

// Doctor looks whether the file is whole: its pages and indexes, its references,
// its revisions and log, the folded names against the names, the index of words against
// the texts, and the index in memory against one built anew.
func (d *DB) Doctor(ctx context.Context) ([]Finding, error) {
	v, err := d.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	var findings []Finding
	for _, check := range []struct {
		name string
		look func(context.Context) (wrong []string, looked string, err error)
	}{
		{"integrity", v.checkIntegrity}, {"references", v.checkReferences},
		{"revision", v.checkRevision}, {"words", v.checkWords}, {"search", v.checkDocuments}, {"index", v.checkIndex},
	} {
		wrong, looked, err := check.look(ctx)
		if err != nil {
			return findings, fmt.Errorf("check %s: %w", check.name, err)
		}
		f := Finding{Check: check.name, OK: len(wrong) == 0, Detail: looked}
		if !f.OK {
			f.Detail = fmt.Sprintf("%d wrong: %s", len(wrong), wrong[0])
		}
		findings = append(findings, f)
	}
	return findings, nil
}

// texts runs a query of one text column.
func (v *View) texts(ctx context.Context, text string) ([]string, error) {
	var all []string
	err := v.each(ctx, text, nil, func(r rowScanner) error {
		var s string
		err := r.Scan(&s)
		all = append(all, s)
		return err
	})
	return all, err
}

func (v *View) checkIntegrity(ctx context.Context) ([]string, string, error) {
	said, err := v.texts(ctx, "select integrity_check from pragma_integrity_check")
	return slices.DeleteFunc(said, func(s string) bool { return s == "ok" }), "every page and index of the file", err
}

func (v *View) checkReferences(ctx context.Context) ([]string, string, error) {
	wrong, err := v.texts(ctx, `select "table" || ' names a missing ' || parent from pragma_foreign_key_check`)
	return wrong, "every reference from one table to another", err
}

func (v *View) checkRevision(ctx context.Context) ([]string, string, error) {
	wrong, err := v.texts(ctx, `
		select 'revision ' || number || ' has no change' from revision where number not in (select revision from change)
		union all
		select 'change ' || seq || ' belongs to no revision' from change where revision not in (select number from revision)
		union all
		select 'the revisions have a gap' where (select count(*) <> coalesce(max(number), 0) from revision)`)
	return wrong, fmt.Sprintf("revision %d, its log unbroken", v.Revision()), err
}

// checkWords folds every name again and compares.
func (v *View) checkWords(ctx context.Context) (wrong []string, looked string, err error) {
	n := 0
	err = v.each(ctx, "select text, folded from name", nil, func(r rowScanner) error {
		var text, folded string
		if err := r.Scan(&text, &folded); err != nil {
			return err
		}
		n++
		if names.Fold(text) != folded {
			wrong = append(wrong, fmt.Sprintf("%q is kept as %q", text, folded))
		}
		return nil
	})
	return wrong, fmt.Sprintf("%d names and their folded forms", n), err
}

// holds says whether what the index keeps of a record is what was read of it. Events and sources are
// packed in it, without the texts that their times were written as.
func (v *View) holds(kept, read any) bool {
	switch r := read.(type) {
	case *index.Event:
		return v.x.Holds(r)
	case *index.Source:
		return v.x.HoldsSource(r)
	}
	return reflect.DeepEqual(kept, read)
}

// checkIndex builds the index anew from the file and compares every record's facts
// with those that the changes led to.
func (v *View) checkIndex(ctx context.Context) (wrong []string, looked string, err error) {
	fresh := index.Changes{}
	withheld, err := v.d.withheld(ctx, v.s)
	if err != nil {
		return nil, "", err
	}
	f := &facts{s: v.s, changes: &fresh, withheld: withheld}
	if err := f.everything(ctx); err != nil {
		return nil, "", err
	}
	compare := func(kind timeline.Kind, row int64, refs []string, kept, read any) {
		if !v.holds(kept, read) {
			wrong = append(wrong, fmt.Sprintf("%s %s differs from the file", kind, refs[0]))
		}
		for _, ref := range refs {
			if to, _ := v.x.Resolve(kind, ref); to != row {
				wrong = append(wrong, fmt.Sprintf("%s does not lead to %s %s", ref, kind, refs[0]))
			}
		}
	}
	for _, e := range fresh.Events {
		compare(timeline.KindEvent, e.Row, e.Refs, nil, e)
	}
	for _, a := range fresh.Actors {
		compare(timeline.KindActor, a.Row, a.Refs, v.x.Actor(a.Row), a)
	}
	for _, l := range fresh.Locations {
		compare(timeline.KindLocation, l.Row, l.Refs, v.x.Location(l.Row), l)
	}
	for _, s := range fresh.Sources {
		compare(timeline.KindSource, s.Row, s.Refs, nil, s)
	}
	for _, t := range fresh.Timelines {
		compare(timeline.KindTimeline, t.Row, t.Refs, v.x.Timeline(t.Row), t)
	}
	d := v.x.Dataset()
	timelines := v.x.Timelines()
	if timelines.Count() != len(fresh.Timelines) || d.Events != len(fresh.Events) || d.Actors != len(fresh.Actors) ||
		d.Locations != len(fresh.Locations) || d.Sources != len(fresh.Sources) {
		wrong = append(wrong, "the counts differ from the file")
	}
	return wrong, fmt.Sprintf("%d events, %d actors, %d locations, %d sources in memory as in the file",
		d.Events, d.Actors, d.Locations, d.Sources), nil
}
