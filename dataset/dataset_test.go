package dataset

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tarikh/names"
	"tarikh/timeline"
)

// shippedRecords reads the whole shipped record or ends the test.
func shippedRecords(t *testing.T) []*timeline.Record {
	t.Helper()
	var all []*timeline.Record
	for r, err := range Records() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// shippedEvents is the events of the shipped record.
func shippedEvents(t *testing.T) []*timeline.EventRecord {
	t.Helper()
	var all []*timeline.EventRecord
	for _, r := range shippedRecords(t) {
		if r.Event != nil {
			all = append(all, r.Event)
		}
	}
	return all
}

func TestABrokenRecordIsNamedByFileAndLine(t *testing.T) {
	good := `{"source": {"key": "s", "kind": "ARTICLE", "title": {"lang": "ar", "text": "ع"}}}`
	cases := map[string]struct{ text, where string }{
		"not JSON":            {good + "\n\n{\"source\": }", "sources.json:3: "},
		"cut off":             {good + "\n{\"source\": {", "sources.json:2: "},
		"unknown member":      {good + "\n" + `{"source": {"author": "x"}}`, "sources.json:2: "},
		"no kind of record":   {"\n\n" + `{"person": {}}`, "sources.json:3: "},
		"two kinds in one":    {`{"source": {}, "actor": {}}`, "sources.json:1: "},
		"a date that is none": {good + "\n" + `{"source": {"publishedOn": "soon"}}`, "sources.json:2: "},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var failed error
			for _, err := range records(fstest.MapFS{"sources.json": {Data: []byte(c.text)}}) {
				if err != nil {
					failed = err
				}
			}
			if failed == nil || !strings.HasPrefix(failed.Error(), c.where) {
				t.Errorf("got %v, want an error that begins with %q", failed, c.where)
			}
		})
	}
}

func TestABrokenFileDoesNotHideTheOthers(t *testing.T) {
	files := fstest.MapFS{
		"sources.json":   {Data: []byte("{")},
		"locations.json": {Data: []byte(`{"location": {"key": "l", "kind": "SITE", "names": []}}`)},
	}
	read, failed := 0, 0
	for _, err := range records(files) {
		if err != nil {
			failed++
		} else {
			read++
		}
	}
	if read != 1 || failed != 1 {
		t.Errorf("read %d records and %d errors, want one of each", read, failed)
	}
}

func TestReadingStopsWhenNobodyWantsMore(t *testing.T) {
	seen := 0
	for range Records() {
		seen++
		break
	}
	if seen != 1 {
		t.Errorf("saw %d records after stopping at the first", seen)
	}
}

func TestEveryShippedFileIsRead(t *testing.T) {
	files, err := fs.Glob(shipped, "*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		known := slices.ContainsFunc(sequence(), func(pattern string) bool {
			found, err := fs.Glob(fstest.MapFS{file: {}}, pattern)
			return err == nil && len(found) == 1
		})
		if !known {
			t.Errorf("%s is shipped and never read", file)
		}
	}
}

func TestRecordsComeAfterThoseThatTheyName(t *testing.T) {
	place := 0
	for _, r := range shippedRecords(t) {
		at := slices.Index(timeline.Kinds(), r.Kind())
		if at < place {
			t.Fatalf("%s %s comes after a %s", r.Kind(), r.Identity().Label(),
				timeline.Kinds()[place])
		}
		place = at
	}
}

func TestEveryRecordPassesTheChecksOfAnyImport(t *testing.T) {
	all := shippedRecords(t)
	for _, r := range all {
		for _, p := range r.Check() {
			t.Errorf("%s: %s", r.Identity().Label(), p)
		}
	}
	for _, p := range timeline.CheckTogether(all) {
		if p.Severity == timeline.SeverityError {
			t.Errorf("%s: %s", all[p.Record].Identity().Label(), p)
		} else { // what a reader should look at, and did: docs/record.md
			t.Logf("%s: %s", all[p.Record].Identity().Label(), p)
		}
	}
}

func TestRecordsAreKnownByStableNamesOnly(t *testing.T) {
	for _, r := range shippedRecords(t) {
		id := r.Identity()
		if id.ID != "" || id.Key == "" || !timeline.ValidKey(id.Key) {
			t.Errorf("%s %q has the id %q: shipped records have a key and no id", r.Kind(),
				id.Key, id.ID)
		}
	}
}

func TestEveryRefIsAKeyOrAnIdentifier(t *testing.T) {
	for _, e := range shippedEvents(t) {
		for _, c := range e.Citations {
			if timeline.FormOfRef(c.Source.Ref) == timeline.RefID {
				t.Errorf("%s cites %s", e.Key, c.Source)
			}
		}
		for _, p := range e.Places {
			if p.Location == nil || timeline.FormOfRef(p.Location.Ref) != timeline.RefKey {
				t.Errorf("%s has a place without a key", e.Key)
			}
		}
	}
}

func TestEveryEventSaysWhereAndInThreeLanguagesWhat(t *testing.T) {
	for _, e := range shippedEvents(t) {
		if len(e.Places) == 0 {
			t.Errorf("%s has no place", e.Key)
		}
		for name, texts := range map[string][]timeline.Text{
			"titles": e.Titles, "summaries": e.Summaries,
		} {
			if got := languages(texts); got != "ar fr en" {
				t.Errorf("%s has %s in %q, want ar fr en", e.Key, name, got)
			}
		}
	}
}

func TestTheSameNumbersStandInAllThreeLanguages(t *testing.T) {
	all := shippedRecords(t)
	for _, p := range timeline.CheckTogether(all) {
		if p.Rule == "languages-differ" {
			t.Errorf("%s: %s", all[p.Record].Identity().Label(), p)
		}
	}
}

// Slips that second readers found and that must not come back: a French space that breaks before a double mark, straight
// apostrophes, another name for the Uppsala programme.
func TestTheTextsKeepTheirTypography(t *testing.T) {
	slips := map[names.Language]*regexp.Regexp{
		"ar": regexp.MustCompile(`[a-z]|[0-9],[0-9]{3}|قاعدة بيانات أوبسالا`),
		"fr": regexp.MustCompile(` [:;!?»%]|« |[^\x{a0}][;!?»]|[0-9] [0-9]{3}\b|[a-zé]'|base d’Uppsala`),
		"en": regexp.MustCompile(`[a-z]'[a-z]|  |Uppsala (dataset|data)`),
	}
	for _, e := range shippedEvents(t) {
		for _, text := range slices.Concat(e.Titles, e.Summaries) {
			if slip := slips[text.Lang].FindString(text.Text); slip != "" {
				t.Errorf("%s (%s) has %q", e.Key, text.Lang, slip)
			}
		}
	}
}

func TestACourtCaseNamesItsCourt(t *testing.T) {
	court := map[names.Language]string{
		"ar": "الجنائية الدولية", "fr": "Cour pénale internationale", "en": "International Criminal Court",
	}
	for _, e := range shippedEvents(t) {
		if !slices.Contains(e.Tags, "court") || !takesPart(e, "icc") {
			continue
		}
		for _, text := range e.Summaries {
			if !strings.Contains(text.Text, court[text.Lang]) {
				t.Errorf("%s (%s) does not name the court", e.Key, text.Lang)
			}
		}
	}
}

func takesPart(e *timeline.EventRecord, actor string) bool {
	return slices.ContainsFunc(e.Participants, func(p timeline.ParticipationRecord) bool { return p.Actor.Ref == actor })
}

func TestActorsLocationsAndTimelinesAreNamedInThreeLanguages(t *testing.T) {
	for _, r := range shippedRecords(t) {
		got := "ar fr en"
		switch {
		case r.Location != nil:
			got = preferred(r.Location.Names)
		case r.Actor != nil:
			got = preferred(r.Actor.Names)
			if languages(r.Actor.Summaries) != "ar fr en" {
				t.Errorf("actor %s is not described in three languages", r.Actor.Key)
			}
		case r.Timeline != nil:
			got = languages(r.Timeline.Titles)
			for _, era := range r.Timeline.Eras {
				if languages(era.Titles) != "ar fr en" {
					t.Errorf("an era of %s lacks a language", r.Timeline.Key)
				}
			}
		}
		if got != "ar fr en" {
			t.Errorf("%s %s is named in %q", r.Kind(), r.Identity().Label(), got)
		}
	}
}

func TestEveryClaimHasASourceThatItsEventCites(t *testing.T) {
	for _, e := range shippedEvents(t) {
		for i, c := range e.Claims {
			cited := c.Source != nil && slices.ContainsFunc(e.Citations,
				func(k timeline.CitationRecord) bool { return k.Source.Ref == c.Source.Ref })
			if !cited {
				t.Errorf("%s: claim %d has no source that the event cites", e.Key, i)
			}
			if c.ReportedOn.IsZero() && !strings.HasPrefix(c.Source.Ref, "ucdp") { // a dataset says when only by its version
				t.Errorf("%s: claim %d does not say when it was made", e.Key, i)
			}
			if c.Range == nil && c.Words == "" && c.Kind != timeline.ClaimResponsibility {
				t.Errorf("%s: claim %d has neither figure nor words", e.Key, i)
			}
		}
	}
}

func TestNothingOfAnArticleIsQuotedAtLength(t *testing.T) {
	const most = 7 // words: a fact's own words, never a sentence
	for _, e := range shippedEvents(t) {
		all := []string{}
		for _, p := range e.Places {
			all = append(all, p.Words)
		}
		for _, p := range e.Participants {
			all = append(all, p.Words)
		}
		for _, c := range e.Claims {
			if c.Quote != nil {
				t.Errorf("%s quotes a source", e.Key)
			}
			all = append(all, c.Words)
		}
		for _, words := range all {
			if len(strings.Fields(words)) > most {
				t.Errorf("%s takes %q from its source", e.Key, words)
			}
		}
	}
}

func TestAPartLiesInTheTimeOfItsWhole(t *testing.T) {
	byKey := map[string]*timeline.EventRecord{}
	for _, e := range shippedEvents(t) {
		byKey[e.Key] = e
	}
	for _, e := range byKey {
		for _, r := range e.Relations {
			if r.Kind != timeline.EventPartOf {
				continue
			}
			whole := byKey[r.Event.Ref]
			if e.Time.End().Last < whole.Time.Start().First ||
				whole.Time.End().Last < e.Time.Start().First {
				t.Errorf("%s (%s) lies outside %s (%s)", e.Key, e.Time, whole.Key, whole.Time)
			}
		}
	}
}

func TestTheFiveArticlesAndTheFixedNamesAreThere(t *testing.T) {
	answers := map[string]bool{}
	for _, r := range shippedRecords(t) {
		id := r.Identity()
		answers[fmt.Sprintf("%s %s", r.Kind(), id.Key)] = true
		for _, i := range id.Identifiers {
			answers[fmt.Sprintf("%s %s", r.Kind(), i)] = true
		}
	}
	for _, want := range []string{
		"source seed:000", "source seed:001", "source seed:002", "source seed:003",
		"source seed:004", "location timbuktu", "location timbuktu-cercle",
		"location timbuktu-region", "location mali", "timeline timbuktu-2012-2025",
		"timeline five-articles",
	} {
		if !answers[want] {
			t.Errorf("there is no %s", want)
		}
	}
}

func TestEveryArticleTellsAtLeastTenEvents(t *testing.T) {
	told := map[string]int{}
	for _, e := range shippedEvents(t) {
		for _, c := range e.Citations {
			told[c.Source.Ref]++
		}
	}
	for n := range 5 {
		if source := fmt.Sprintf("seed:%03d", n); told[source] < 10 {
			t.Errorf("%s tells %d events", source, told[source])
		}
	}
}

func TestEveryGenericActorTakesPartInSomething(t *testing.T) {
	named := map[string]bool{}
	for _, e := range shippedEvents(t) {
		for _, p := range e.Participants {
			named[p.Actor.Ref] = true
		}
	}
	for _, r := range shippedRecords(t) {
		if r.Actor != nil && r.Actor.Generic && !named[r.Actor.Key] {
			t.Errorf("generic actor %s takes part in nothing", r.Actor.Key)
		}
	}
}

// languages lists the languages of texts in their order.
func languages(texts []timeline.Text) string {
	var all []string
	for _, t := range texts {
		all = append(all, string(t.Lang))
	}
	return strings.Join(all, " ")
}

// preferred lists the languages of the preferred names in their order.
func preferred(all []timeline.Name) string {
	var langs []string
	for _, n := range all {
		if n.Kind == timeline.NamePreferred {
			langs = append(langs, string(n.Lang))
		}
	}
	return strings.Join(langs, " ")
}
