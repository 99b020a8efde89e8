package index

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tarikh/edtf"
	"tarikh/timeline"
)

func TestAChronicleStaysInOrderAndItsRunsFair(t *testing.T) {
	times := []string{"2012", "2013-01-28", "2013-01-28", "-0500", "/", "2012/..", "/2014", "2020-01"}
	rapid.Check(t, func(t *rapid.T) {
		var now chronicle
		var want []*Event
		for step := range 6 {
			in := make([]*Event, rapid.SampledFrom([]int{0, 1, 30, 700, 1500}).Draw(t, "in"))
			for i := range in {
				v := edtf.MustParse(times[(i*7+step)%len(times)])
				in[i] = &Event{Row: int64(step*10000 + i), ID: fmt.Sprint("ev_", i, "_", step), Time: timeline.NewTime(v)}
			}
			out := slices.DeleteFunc(slices.Clone(want), func(e *Event) bool {
				return (e.Row+int64(step))%rapid.SampledFrom([]int64{2, 3, 50}).Draw(t, "out") != 0
			})
			before, was := now, slices.Collect(now.all())
			now = now.with(out, slices.Clone(in))
			want = slices.DeleteFunc(want, func(e *Event) bool { return slices.Contains(out, e) })
			want = append(want, in...)
			slices.SortFunc(want, inTime)
			if got := slices.Collect(now.all()); !slices.Equal(got, want) {
				t.Fatalf("%d events, want %d, or out of order", len(got), len(want))
			}
			if !slices.Equal(slices.Collect(before.all()), was) {
				t.Fatal("a change reached the chronicle before")
			}
			fair(t, now)
		}
	})
}

// fair checks that no run is empty or too long and that there are not many more than there have
// to be.
func fair(t *rapid.T, c chronicle) {
	total := 0
	for _, r := range c {
		total += len(r.events)
		if n := len(r.events); n == 0 || n > longRun {
			t.Fatalf("a run of %d events", n)
		}
	}
	if most := 1 + total/(shortRun/2); len(c) > most {
		t.Fatalf("%d runs for %d events", len(c), total)
	}
}

func TestASmallChangeSharesAlmostAllRuns(t *testing.T) {
	events := make([]*Event, 100_000)
	for i := range events {
		events[i] = &Event{Row: int64(i), ID: fmt.Sprintf("ev_%06d", i), Time: timeline.NewTime(edtf.MustParse("2012"))}
	}
	now := chronicle(nil).with(nil, slices.Clone(events))
	next := now.with(events[500:501], []*Event{{Row: -1, ID: "ev_050000x", Time: events[0].Time}})
	shared := 0
	for _, r := range next {
		if slices.Contains(now, r) {
			shared++
		}
	}
	if made := len(next) - shared; made > 3 {
		t.Errorf("%d of %d runs were made anew", made, len(next))
	}
}

func TestUndatedEventsComeLastAndUnknownBeginningsFirst(t *testing.T) {
	var got []string
	var events []*Event
	for i, s := range []string{"/", "2012-04", "-0500", "2012-04-01/2012-05", "/2013", "2012-04-01", "../..", "../2013", "2012-04-01/..", "Y-13800000000"} {
		events = append(events, &Event{Row: int64(i), ID: fmt.Sprint(i), Time: timeline.NewTime(edtf.MustParse(s))})
	}
	slices.SortFunc(events, func(a, b *Event) int { return cmp.Or(inTime(a, b)) })
	for _, e := range events {
		got = append(got, e.Time.EDTF.String())
	}
	want := []string{"../2013", "/2013", "Y-13800000000", "-0500", "2012-04-01", "2012-04-01/2012-05", "2012-04-01/..", "2012-04", "/", "../.."}
	slices.Sort(want[:2])
	slices.Sort(got[:2]) // how sure an open and an unknown beginning are is edtf's business
	if !slices.Equal(got, want) {
		t.Errorf("\ngot  %q\nwant %q", got, want)
	}
}
