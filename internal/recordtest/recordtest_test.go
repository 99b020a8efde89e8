package recordtest

import (
	"testing"

	"pgregory.net/rapid"

	"tarikh/timeline"
)

func TestEveryGeneratedRecordPassesItsOwnChecks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := Records(rapid.IntRange(0, 12).Draw(t, "events")).Draw(t, "records")
		for _, r := range records {
			if err := r.Err(); err != nil {
				t.Fatalf("%s: %v", r.Identity().Label(), err)
			}
			if r.Identity().ID == "" {
				t.Fatalf("%s has no id", r.Identity().Label())
			}
		}
		for _, p := range timeline.CheckTogether(records) {
			if p.Severity == timeline.SeverityError { // chance may make what is merely odd
				t.Fatalf("record %d: %s", p.Record, p)
			}
		}
	})
}

func BenchmarkASetOf500Events(b *testing.B) {
	set := Records(500)
	for i := range b.N {
		set.Example(i)
	}
}
