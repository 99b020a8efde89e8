package cohort_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"tarikh/cohort"
)

type actorsOf struct{ first int }

func TestIDsKeepTheOrderOfFirstAppearance(t *testing.T) {
	for _, c := range []struct{ give, want []int64 }{
		{nil, []int64{}},
		{[]int64{7}, []int64{7}},
		{[]int64{3, 1, 3, 2, 1, -5}, []int64{3, 1, 2, -5}},
	} {
		if got := cohort.New(c.give).IDs(); !slices.Equal(got, c.want) {
			t.Errorf("New(%v).IDs() = %v, want %v", c.give, got, c.want)
		}
	}
}

func TestACohortDoesNotShareItsIDsWithWhoMadeIt(t *testing.T) {
	given := []int64{1, 2}
	c := cohort.New(given)
	given[0] = 9
	_ = append(c.IDs(), 10)
	if got := c.IDs(); !slices.Equal(got, []int64{1, 2}) {
		t.Errorf("ids changed from outside: %v", got)
	}
}

func TestARelationIsReadOnceForAllWhoAsk(t *testing.T) {
	c := cohort.New([]int64{1, 2, 3})
	var reads atomic.Int32
	sum := func(_ context.Context, ids []int64) (int64, error) {
		reads.Add(1)
		runtime.Gosched()
		return ids[0] + ids[1] + ids[2], nil
	}
	var all sync.WaitGroup
	for range 64 {
		all.Go(func() {
			got, err := cohort.Once(t.Context(), c, actorsOf{5}, sum)
			if got != 6 || err != nil {
				t.Errorf("Once = %d, %v", got, err)
			}
		})
	}
	all.Wait()
	if n := reads.Load(); n != 1 {
		t.Errorf("read %d times", n)
	}
}

func TestOtherArgumentsAndOtherTypesAreOtherRelations(t *testing.T) {
	c := cohort.New([]int64{1})
	five, _ := cohort.Once(t.Context(), c, actorsOf{5}, give("five", nil))
	six, _ := cohort.Once(t.Context(), c, actorsOf{6}, give("six", nil))
	number, _ := cohort.Once(t.Context(), c, actorsOf{5}, give(5, nil))
	if five != "five" || six != "six" || number != 5 {
		t.Errorf("got %q, %q, %d", five, six, number)
	}
}

func TestAnErrorIsKeptLikeAValue(t *testing.T) {
	c, broken := cohort.New(nil), errors.New("disk")
	for _, read := range []error{broken, nil, errors.New("another")} {
		if _, err := cohort.Once(t.Context(), c, "k", give(0, read)); !errors.Is(err, broken) {
			t.Errorf("error = %v", err)
		}
	}
}

func TestANilInterfaceIsAValue(t *testing.T) {
	got, err := cohort.Once(t.Context(), cohort.New(nil), "k", give[error](nil, nil))
	if got != nil || err != nil {
		t.Errorf("Once = %v, %v", got, err)
	}
}

func TestWhoWaitsLeavesWhenItsContextEnds(t *testing.T) {
	c, started, release := cohort.New(nil), make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		got, err := cohort.Once(t.Context(), c, "k",
			func(context.Context, []int64) (string, error) {
				close(started)
				<-release
				return "late", nil
			})
		if got != "late" || err != nil {
			t.Errorf("the one that reads got %q, %v", got, err)
		}
	})
	<-started
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := cohort.Once(ended, c, "k", give("", nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("the one that waits got %q, %v", got, err)
	}
	close(release)
	all.Wait()
	if got, err := cohort.Once(ended, c, "k", give("", nil)); got != "late" || err != nil {
		t.Errorf("a value that is there was kept back: %q, %v", got, err)
	}
}

func TestAPanicGoesOnInItsCallerAndWakesTheOthers(t *testing.T) {
	c, started, release := cohort.New(nil), make(chan struct{}), make(chan struct{})
	burst := func(context.Context, []int64) (int, error) {
		close(started)
		<-release
		panic("burst")
	}
	var all sync.WaitGroup
	all.Go(func() {
		defer func() {
			if p := recover(); p != "burst" {
				t.Errorf("the caller that ran it recovered %v", p)
			}
		}()
		_, _ = cohort.Once(t.Context(), c, "k", burst)
	})
	<-started
	for range 8 {
		all.Go(func() { wantUnfinished(t, c) })
	}
	close(release)
	all.Wait()
	wantUnfinished(t, c)
}

func TestAGoroutineThatEndsInsideAReadWakesTheOthers(t *testing.T) {
	c := cohort.New(nil)
	var all sync.WaitGroup
	all.Go(func() {
		_, _ = cohort.Once(t.Context(), c, "k", func(context.Context, []int64) (int, error) {
			runtime.Goexit()
			return 1, nil
		})
	})
	all.Wait()
	wantUnfinished(t, c)
}

func TestAKeyThatCannotBeComparedPanicsAndLocksNobodyOut(t *testing.T) {
	c := cohort.New(nil)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("a slice passed as a key")
			}
		}()
		_, _ = cohort.Once(t.Context(), c, []int{1}, give(1, nil))
	}()
	if got, err := cohort.Once(t.Context(), c, "k", give(1, nil)); got != 1 || err != nil {
		t.Errorf("afterwards: %d, %v", got, err)
	}
}

func TestARelationMayBeReadWhileAnotherIs(t *testing.T) {
	c := cohort.New([]int64{4})
	got, err := cohort.Once(t.Context(), c, "outer",
		func(ctx context.Context, _ []int64) (int, error) {
			return cohort.Once(ctx, c, "inner", give(2, nil))
		})
	if got != 2 || err != nil {
		t.Errorf("Once = %d, %v", got, err)
	}
}

func wantUnfinished(t *testing.T, c *cohort.Cohort) {
	t.Helper()
	if _, err := cohort.Once(t.Context(), c, "k", give(1, nil)); !errors.Is(err, cohort.ErrUnfinished) {
		t.Errorf("error = %v", err)
	}
}

// give is a read that gives what it is told.
func give[V any](v V, err error) func(context.Context, []int64) (V, error) {
	return func(context.Context, []int64) (V, error) { return v, err }
}
