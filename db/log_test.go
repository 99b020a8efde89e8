package db

import (
	"context"
	"testing"

	"tarikh/timeline"
)

func TestTheLogHoldsEveryRecordAsItWasBeforeTheChange(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"), actor("army"), event("e", func(e *timeline.EventRecord) {
		e.Claims, e.Identifiers = []timeline.ClaimRecord{killed(3)}, wikidata("Q1")
		e.Tags = []string{"حصار", "<b>"}
	}))
	inserted := line(t, recordOf(t, d, timeline.KindEvent, "e"))
	taken(t, d, event("e", func(e *timeline.EventRecord) { e.Sensitive = true }))
	updated := line(t, recordOf(t, d, timeline.KindEvent, "e"))
	must(t, remove(d, timeline.KindEvent, "e"))

	entries := changeLog(t, d)
	want(t, "entries", len(entries), 5)
	for i, kind := range []string{"source", "actor", "event"} {
		want(t, "kind", entries[i].Kind, kind)
		want(t, "operation", entries[i].Operation, "INSERT")
		want(t, "revision", entries[i].Revision, 1)
		want(t, "that nothing was before", entries[i].Before, nil)
	}
	id := timeline.DeriveID(timeline.KindEvent, "wikidata:Q1")
	for i, e := range []struct{ operation, before string }{{"UPDATE", inserted}, {"DELETE", updated}} {
		want(t, "operation", entries[3+i].Operation, e.operation)
		want(t, "revision", entries[3+i].Revision, int64(2+i))
		want(t, "id", entries[3+i].ID, id)
		want(t, "before", *entries[3+i].Before, e.before)
	}
}

func TestTheLogHasOneEntryARecordInTheOrderOfWriting(t *testing.T) {
	d := fresh(t)
	taken(t, d, saved("line", "b"), event("b", relatedTo(timeline.EventFollows, "a")), event("a"), source("paper"))
	var ids []string
	for _, e := range changeLog(t, d) {
		ids = append(ids, e.ID)
	}
	want(t, "entries", len(ids), 4)
	for i, r := range []struct {
		kind timeline.Kind
		key  string
	}{{timeline.KindSource, "paper"}, {timeline.KindEvent, "b"}, {timeline.KindEvent, "a"}, {timeline.KindTimeline, "line"}} {
		want(t, "id", ids[i], timeline.DeriveID(r.kind, r.key))
	}
}

func TestARevisionSaysWhoWhyAndWhen(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	_, err := d.Write(ctx, timeline.Change{By: "Aïcha", Reason: "تصحيح", Bulk: true}, func(tx *Tx) error {
		_, err := tx.Put(ctx, []*timeline.Record{source("paper")})
		return err
	})
	must(t, err)
	viewed(t, d, func(v *View) {
		var number, at int64
		var by, why string
		must(t, v.each(ctx, "select number, at, by_whom, reason from revision", nil, scanInto(&number, &at, &by, &why)))
		want(t, "number", number, 1)
		want(t, "by", by, "Aïcha")
		want(t, "reason", why, "تصحيح")
		want(t, "instant, to the millisecond", at, clockAt().UnixMilli())
		want(t, "instant of the record", v.Dataset().UpdatedAt, timeline.NewDateTime(clockAt()))
	})
}

func TestAnEditReachesTheDiskBeforeItIsAcknowledgedAlsoAfterAnImport(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	for i, bulk := range []bool{false, true, false, true, false} {
		level := 0
		_, err := d.Write(ctx, timeline.Change{Bulk: bulk}, func(tx *Tx) error {
			_, err := tx.Put(ctx, []*timeline.Record{source("s-" + string(rune('a'+i)))})
			must(t, err)
			return tx.s.each(ctx, "pragma synchronous", nil, scanInto(&level))
		})
		must(t, err)
		if bulk {
			want(t, "synchronous of an import (1 is NORMAL)", level, 1)
		} else {
			want(t, "synchronous of an edit (2 is FULL)", level, 2)
		}
	}
}
