package db

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"tarikh/edtf"
	"tarikh/timeline"
)

func TestANewRecordIsInsertedWithAKeyAndTheIDThatFollowsFromIt(t *testing.T) {
	d := fresh(t)
	outcomes, w := put(t, d, location("tombouctou"))
	o := outcomes[0]
	want(t, "operation", o.Operation, timeline.OperationInsert)
	want(t, "key", o.Key, "tombouctou")
	want(t, "id", o.ID, timeline.DeriveID(timeline.KindLocation, "tombouctou"))
	want(t, "written", w, Written{Revision: 1, Changed: 1})
	healthy(t, d)
}

func TestANewRecordWithoutAKeyGetsOneFromItsTextOrItsIdentifier(t *testing.T) {
	d := fresh(t)
	byTitle := event("", func(e *timeline.EventRecord) {
		e.Titles = []timeline.Text{{Lang: "ar", Text: "سقوط المدينة"}, {Lang: "fr", Text: "Chute de l’École"}}
	})
	byIdentifier := event("", func(e *timeline.EventRecord) { e.Identifiers = wikidata("Q7") })
	outcomes, _ := put(t, d, source("paper"), byTitle, byIdentifier)
	want(t, "key of a title", outcomes[1].Key, "chute-de-lecole")
	want(t, "key of an identifier", outcomes[2].Key, "wikidata-q7")
	want(t, "id", outcomes[2].ID, timeline.DeriveID(timeline.KindEvent, "wikidata:Q7"))
	healthy(t, d)
}

func TestARecordThatNothingNamesIsInvalid(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"))
	refused(t, d, event("", func(e *timeline.EventRecord) {
		e.Titles = []timeline.Text{{Lang: "ar", Text: "سقوط المدينة"}}
	}), timeline.CodeInvalid)
}

func TestTwoRecordsOfOneWriteWhoseTitlesMakeOneKeyDoNotOverwriteEachOther(t *testing.T) {
	d := fresh(t)
	attack := func(day string) *timeline.Record {
		return event("", func(e *timeline.EventRecord) { e.Time = edtf.MustParse(day) })
	}
	outcomes, w := put(t, d, source("paper"), attack("2012-04-01"), attack("2013-05-05"), attack("2012-04-01"))
	want(t, "the first", outcomes[1].Operation, timeline.OperationInsert)
	wantCode(t, outcomes[2].Err, timeline.CodeConflict)
	want(t, "the first once more", outcomes[3].Operation, timeline.OperationUnchanged)
	want(t, "changed", w.Changed, 2)
	// In a later write the key that follows from the title finds the record again.
	outcomes, _ = put(t, d, attack("2013-05-05"))
	want(t, "in a later write", outcomes[0].Operation, timeline.OperationUpdate)
}

func TestTheSameRecordAgainChangesNothing(t *testing.T) {
	d := fresh(t)
	full := func() []*timeline.Record {
		return []*timeline.Record{source("paper"), location("gao", under("mali")), location("mali"),
			event("e", func(e *timeline.EventRecord) { e.Claims = []timeline.ClaimRecord{killed(3)} })}
	}
	taken(t, d, full()...)
	before := changeLog(t, d)
	outcomes, w := put(t, d, full()...)
	for _, o := range outcomes {
		want(t, "operation", o.Operation, timeline.OperationUnchanged)
	}
	want(t, "written", w, Written{Revision: 1})
	want(t, "entries logged", len(changeLog(t, d)), len(before))
}

func TestAWriteThatDoesNothingOrFailsRaisesNothing(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"))
	w, err := d.Write(context.Background(), someone(), func(*Tx) error { return nil })
	must(t, err)
	want(t, "written", w, Written{Revision: 1})
	broken := errors.New("we think otherwise")
	w, err = d.Write(context.Background(), someone(), func(tx *Tx) error {
		_, err := tx.Put(context.Background(), []*timeline.Record{source("other")})
		must(t, err)
		return broken
	})
	want(t, "the error", errors.Is(err, broken), true)
	want(t, "written", w, Written{Revision: 1})
	want(t, "records", len(lines(t, d)), 1)
}

func TestARehearsalIsTakenBack(t *testing.T) {
	d := fresh(t)
	w, err := d.Rehearse(context.Background(), someone(), func(tx *Tx) error {
		_, err := tx.Put(context.Background(), []*timeline.Record{source("paper")})
		return err
	})
	must(t, err)
	want(t, "written", w, Written{Revision: 0, Changed: 1})
	want(t, "records", len(lines(t, d)), 0)
	taken(t, d, source("paper"))
}

func TestAPanicInAWriteTakesItBackAndFreesTheWriter(t *testing.T) {
	d := fresh(t)
	func() {
		defer func() { _ = recover() }()
		_, _ = d.Write(context.Background(), someone(), func(tx *Tx) error {
			_, err := tx.Put(context.Background(), []*timeline.Record{source("paper")})
			must(t, err)
			panic("ours")
		})
	}()
	want(t, "written", taken(t, d, source("other")), Written{Revision: 1, Changed: 1})
	want(t, "records", len(lines(t, d)), 1)
}

func TestAWriteInWhichAStatementFailedCannotGoOn(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	_, err := d.Write(ctx, someone(), func(tx *Tx) error {
		_, err := tx.Put(ctx, []*timeline.Record{source("paper")})
		must(t, err)
		_ = tx.s.exec(ctx, "insert into nowhere values (1)") // and nobody looks at the error
		_, err = tx.Put(ctx, []*timeline.Record{source("other")})
		want(t, "a later put", errors.Is(err, errSpoiled), true)
		return nil
	})
	want(t, "the write", errors.Is(err, errSpoiled), true)
	want(t, "records", len(lines(t, d)), 0)
	taken(t, d, source("paper"))
	healthy(t, d)
}

func TestAnUpdateReplacesTheRecordAndKeepsItsIdentity(t *testing.T) {
	d := fresh(t)
	first, _ := put(t, d, location("gao", func(l *timeline.LocationRecord) { l.Identifiers = wikidata("Q1") }))
	second, w := put(t, d, location("", func(l *timeline.LocationRecord) {
		l.Identifiers = wikidata("Q1", "Q2")
		l.Names = []timeline.Name{{Text: "غاو", Lang: "ar", Kind: timeline.NamePreferred}}
	}))
	want(t, "operation", second[0].Operation, timeline.OperationUpdate)
	want(t, "id", second[0].ID, first[0].ID)
	want(t, "key", second[0].Key, "gao")
	want(t, "revision", w.Revision, 2)
	now := recordOf(t, d, timeline.KindLocation, "wikidata:Q2").Location
	want(t, "name", now.Names[0].Text, "غاو")
	healthy(t, d)
}

func TestWhatWouldChangeOrShareAnIdentityIsAConflict(t *testing.T) {
	id := timeline.DeriveID(timeline.KindLocation, "something else")
	gaoID := timeline.DeriveID(timeline.KindLocation, "gao")
	for name, r := range map[string]*timeline.Record{
		"another id for a key":       location("gao", func(l *timeline.LocationRecord) { l.ID = id }),
		"another key for an id":      location("gaoo", func(l *timeline.LocationRecord) { l.ID = gaoID }),
		"key and identifier of two":  location("gao", func(l *timeline.LocationRecord) { l.Identifiers = wikidata("Q2") }),
		"identifiers of two":         location("", func(l *timeline.LocationRecord) { l.Identifiers = wikidata("Q1", "Q2") }),
		"a key that was merged":      location("old-gao"),
		"an id that was merged":      location("new", func(l *timeline.LocationRecord) { l.ID = id }),
		"an identifier that was":     location("new", func(l *timeline.LocationRecord) { l.Identifiers = wikidata("Q9") }),
		"a former ref that is live":  location("new", func(l *timeline.LocationRecord) { l.Former = []string{"kidal"} }),
		"a former ref of another":    location("new", func(l *timeline.LocationRecord) { l.Former = []string{"old-gao"} }),
		"a former ref for a live id": location("kidal", func(l *timeline.LocationRecord) { l.Former = []string{"wikidata:Q1"} }),
	} {
		t.Run(name, func(t *testing.T) {
			d := fresh(t)
			taken(t, d,
				location("gao", func(l *timeline.LocationRecord) {
					l.ID, l.Identifiers, l.Former = gaoID, wikidata("Q1"), []string{"old-gao", id, "wikidata:Q9"}
				}),
				location("kidal", func(l *timeline.LocationRecord) { l.Identifiers = wikidata("Q2") }))
			refused(t, d, r, timeline.CodeConflict)
			healthy(t, d)
		})
	}
}

func TestAClaimOfAnotherEventIsAConflict(t *testing.T) {
	d := fresh(t)
	claimed := func(key, id string) *timeline.Record {
		return event(key, func(e *timeline.EventRecord) {
			e.Claims = []timeline.ClaimRecord{killed(1)}
			e.Claims[0].ID = id
		})
	}
	one, two := timeline.DeriveID(timeline.KindClaim, "1"), timeline.DeriveID(timeline.KindClaim, "2")
	taken(t, d, source("paper"), claimed("a", one))
	refused(t, d, claimed("b", one), timeline.CodeConflict)
	outcomes, _ := put(t, d, claimed("b", two), claimed("c", two),
		event("d", relatedTo(timeline.EventFollows, "c")))
	must(t, outcomes[0].Err)
	wantCode(t, outcomes[1].Err, timeline.CodeConflict)
	wantCode(t, outcomes[2].Err, timeline.CodeNotFound)
	healthy(t, d)
}

func TestAnIDThatIsTakenGivesWayToTheOneOfTheKey(t *testing.T) {
	d := fresh(t)
	taken(t, d, location("gao", func(l *timeline.LocationRecord) { l.Identifiers = wikidata("Q1") }))
	taken(t, d, location("gao")) // the identifier was wrong, and the id stays
	outcomes, _ := put(t, d, location("kidal", func(l *timeline.LocationRecord) { l.Identifiers = wikidata("Q1") }))
	must(t, outcomes[0].Err)
	want(t, "id", outcomes[0].ID, timeline.DeriveID(timeline.KindLocation, "kidal"))
	healthy(t, d)
}

func TestAnIdentifierMovesWhenItsHolderGaveItUpBefore(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	gao := func(q ...string) *timeline.Record {
		return location("gao", func(l *timeline.LocationRecord) { l.Identifiers = wikidata(q...) })
	}
	kidal := func(q ...string) *timeline.Record {
		return location("kidal", func(l *timeline.LocationRecord) { l.Identifiers = wikidata(q...) })
	}
	taken(t, d, gao("Q1"), kidal())
	outcomes, _ := put(t, d, gao(), kidal("Q1")) // at once: who has it now is not clear
	wantCode(t, outcomes[1].Err, timeline.CodeConflict)
	taken(t, d, gao("Q1"))
	_, err := d.Write(ctx, someone(), func(tx *Tx) error {
		for _, r := range []*timeline.Record{gao(), kidal("Q1")} {
			outcomes, err := tx.Put(ctx, []*timeline.Record{r})
			must(t, errors.Join(err, outcomes[0].Err))
		}
		return nil
	})
	must(t, err)
	want(t, "holder", recordOf(t, d, timeline.KindLocation, "wikidata:Q1").Location.Key, "kidal")
	healthy(t, d)
}

func TestTheSameRecordTwiceInACallIsWrittenTwiceInOrder(t *testing.T) {
	d := fresh(t)
	named := func(name string) *timeline.Record {
		return location("gao", func(l *timeline.LocationRecord) { l.Names[0].Text = name })
	}
	outcomes, w := put(t, d, named("one"), named("two"))
	want(t, "first", outcomes[0].Operation, timeline.OperationInsert)
	want(t, "second", outcomes[1].Operation, timeline.OperationUpdate)
	want(t, "changed", w.Changed, 2)
	want(t, "name", recordOf(t, d, timeline.KindLocation, "gao").Location.Names[0].Text, "two")
	healthy(t, d)
}

func TestADeletedRecordIsGoneAndItsKeysAreNeverUsedAgain(t *testing.T) {
	d := fresh(t)
	taken(t, d, location("gao", func(l *timeline.LocationRecord) {
		l.Identifiers, l.Former = wikidata("Q1"), []string{"old-gao"}
	}))
	must(t, remove(d, timeline.KindLocation, "wikidata:Q1"))
	want(t, "records", len(lines(t, d)), 0)
	wantCode(t, remove(d, timeline.KindLocation, "gao"), timeline.CodeNotFound)
	refused(t, d, location("gao"), timeline.CodeConflict)
	refused(t, d, location("old-gao"), timeline.CodeConflict)
	outcomes, _ := put(t, d, location("gao-2"))
	must(t, outcomes[0].Err)
	viewed(t, d, func(v *View) {
		row, _ := v.x.Resolve(timeline.KindLocation, "gao-2")
		want(t, "row number", row, 2) // that of the deleted one is not used again either
	})
	healthy(t, d)
}

func TestARecordThatOthersNameCannotBeDeleted(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"), source("copy", func(s *timeline.SourceRecord) { s.Origin = ref("paper") }),
		location("mali"), location("gao", under("mali")), actor("army"), actor("group", func(a *timeline.ActorRecord) {
			a.Relations = []timeline.ActorRelationRecord{{Kind: timeline.RelationAlly, Actor: timeline.RefTo("army"), Source: ref("copy")}}
		}),
		event("e", func(e *timeline.EventRecord) {
			e.Participants = []timeline.ParticipationRecord{{Actor: timeline.RefTo("group"),
				Role: timeline.RoleParty, Certainty: timeline.CertaintyClaimed}}
			e.Places = []timeline.PlaceRecord{{Location: ref("gao"), Role: timeline.RoleSite, Precision: timeline.PlaceExact}}
		}), event("f", relatedTo(timeline.EventFollows, "e")), saved("line", "f"))
	for kind, refs := range map[timeline.Kind][]string{
		timeline.KindSource: {"paper", "copy"}, timeline.KindLocation: {"mali", "gao"},
		timeline.KindActor: {"army", "group"}, timeline.KindEvent: {"e", "f"},
	} {
		for _, ref := range refs {
			err := remove(d, kind, ref)
			wantCode(t, err, timeline.CodeConflict)
			want(t, "that it counts: "+err.Error(), strings.Contains(err.Error(), "others name it"), true)
		}
	}
	for _, r := range []struct {
		kind timeline.Kind
		ref  string
	}{{timeline.KindTimeline, "line"}, {timeline.KindEvent, "f"}, {timeline.KindEvent, "e"}, {timeline.KindActor, "group"},
		{timeline.KindActor, "army"}, {timeline.KindLocation, "gao"}, {timeline.KindLocation, "mali"},
		{timeline.KindSource, "copy"}, {timeline.KindSource, "paper"}} {
		must(t, remove(d, r.kind, r.ref))
	}
	want(t, "records", len(lines(t, d)), 0)
	healthy(t, d)
}

func TestAWrongRecordIsRefusedAloneWithItsField(t *testing.T) {
	d := fresh(t)
	outcomes, w := put(t, d, source("paper"), event("e", func(e *timeline.EventRecord) { e.Citations = nil }), location("gao"))
	wantCode(t, outcomes[1].Err, timeline.CodeInvalid)
	want(t, "field", coded(t, outcomes[1].Err).Field, "event.citations")
	want(t, "changed", w.Changed, 2)
	healthy(t, d)
}

func TestWhatLiesBelowItselfIsRefusedWhole(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		there, then []*timeline.Record
		field       string
	}{
		"parents within a call": {nil, []*timeline.Record{location("a", under("b")), location("b", under("a"))}, "location.parent"},
		"parents over calls": {
			[]*timeline.Record{location("a", under("b")), location("b", under("c")), location("c")},
			[]*timeline.Record{location("c", under("a"))}, "location.parent"},
		"origins": {
			[]*timeline.Record{source("a", func(s *timeline.SourceRecord) { s.Origin = ref("b") }), source("b")},
			[]*timeline.Record{source("b", func(s *timeline.SourceRecord) { s.Origin = ref("a") })}, "source.origin"},
		"parts": {
			[]*timeline.Record{source("paper"), event("a", relatedTo(timeline.EventPartOf, "b")), event("b")},
			[]*timeline.Record{event("b", relatedTo(timeline.EventPartOf, "a"))}, "event.relations"},
	} {
		t.Run(name, func(t *testing.T) {
			d := fresh(t)
			if c.there != nil {
				taken(t, d, c.there...)
			}
			before := lines(t, d)
			_, err := d.Write(ctx, someone(), func(tx *Tx) error {
				_, err := tx.Put(ctx, c.then)
				return err
			})
			wantCode(t, err, timeline.CodeInvalid)
			want(t, "field", coded(t, err).Field, c.field)
			want(t, "records", len(lines(t, d)), len(before))
			healthy(t, d)
		})
	}
}

func TestOnlyPartsMayNotGoRoundInCircles(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"), event("a", relatedTo(timeline.EventFollows, "b")),
		event("b", relatedTo(timeline.EventFollows, "a")))
	taken(t, d, actor("x", func(a *timeline.ActorRecord) {
		a.Relations = []timeline.ActorRelationRecord{{Kind: timeline.RelationAlly, Actor: timeline.RefTo("y")}}
	}), actor("y", func(a *timeline.ActorRecord) {
		a.Relations = []timeline.ActorRelationRecord{{Kind: timeline.RelationLedBy, Actor: timeline.RefTo("x")}}
	}))
	healthy(t, d)
}

func TestAClaimKeepsItsIDAndItsInstantWhenItsFigureIsCorrected(t *testing.T) {
	now := clockAt()
	d := opened(t, emptyFile(t, t.TempDir()), Options{Now: func() time.Time { return now }})
	with := func(best ...int) *timeline.Record {
		return event("e", func(e *timeline.EventRecord) {
			for _, n := range best {
				e.Claims = append(e.Claims, killed(n))
			}
		})
	}
	taken(t, d, source("paper"), with(3))
	first := recordOf(t, d, timeline.KindEvent, "e").Event.Claims[0]
	now = now.Add(time.Hour)
	taken(t, d, with(4, 9))
	claims := recordOf(t, d, timeline.KindEvent, "e").Event.Claims
	want(t, "id", claims[0].ID, first.ID)
	want(t, "figure", *claims[0].Range.Best, 4)
	want(t, "instant", claims[0].CreatedAt, first.CreatedAt)
	want(t, "instant of the new one", claims[1].CreatedAt, timeline.NewDateTime(now))
	healthy(t, d)
}

func TestTheInstantsOfAnEventAreThoseOfTheFileElseOfTheStore(t *testing.T) {
	now := clockAt()
	d := opened(t, emptyFile(t, t.TempDir()), Options{Now: func() time.Time { return now }})
	at := func(e *timeline.EventRecord) [2]string { return [2]string{e.CreatedAt.String(), e.UpdatedAt.String()} }
	read := func() [2]string { return at(recordOf(t, d, timeline.KindEvent, "e").Event) }
	const early, store, later = "2024-05-06T07:08:09.123Z", "2026-01-02T03:04:05.678Z", "2026-01-02T04:04:05.678Z"
	given := func(e *timeline.EventRecord) {
		must(t, e.CreatedAt.UnmarshalText([]byte(early)))
		must(t, e.UpdatedAt.UnmarshalText([]byte(early)))
	}
	titled := func(e *timeline.EventRecord) { e.Titles[0].Text = "Autre titre" }

	taken(t, d, source("paper"), event("e"))
	want(t, "not given", read(), [2]string{store, store})
	now = now.Add(time.Hour)
	want(t, "not given again", taken(t, d, event("e")).Changed, 0)
	taken(t, d, event("e", titled))
	want(t, "changed", read(), [2]string{store, later})
	taken(t, d, event("e", titled, given))
	want(t, "given", read(), [2]string{early, early})
	taken(t, d, event("e", given))
	want(t, "changed under the instant that was there", read(), [2]string{early, later})
}
