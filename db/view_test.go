package db

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"tarikh/timeline"
)

func TestAViewSeesOneRevisionWhileOthersWrite(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	titled := func(text string) *timeline.Record {
		return event("e", func(e *timeline.EventRecord) { e.Titles[0].Text = text })
	}
	taken(t, d, source("paper"), titled("avant"))
	v, err := d.View(ctx)
	must(t, err)
	defer v.Close()
	taken(t, d, titled("après"), event("f"))
	e, err := v.Event(ctx, "e") // read after the write
	must(t, err)
	want(t, "title", e.Titles[0].Text, "avant")
	_, err = v.Event(ctx, "f")
	wantCode(t, err, timeline.CodeNotFound)
	want(t, "revision", v.Revision(), 1)
	want(t, "events", v.Dataset().Events, 1)
	viewed(t, d, func(v *View) {
		e, err := v.Event(ctx, "e")
		must(t, err)
		want(t, "title", e.Titles[0].Text, "après")
	})
}

func TestEveryViewKeepsItsRevisionOverManyWrites(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"))
	var open []*View
	for n := range 3 * kept { // more writes than snapshots are kept
		if len(open) < d.Readers()-1 {
			v, err := d.View(context.Background())
			must(t, err)
			defer v.Close()
			open = append(open, v)
		}
		taken(t, d, event(fmt.Sprintf("e-%d", n)))
	}
	for i, v := range open {
		want(t, "revision", v.Revision(), int64(i+1))
		want(t, "events in memory", v.Dataset().Events, i)
		n := 0
		must(t, v.each(context.Background(), "select count(*) from event", nil, scanInto(&n)))
		want(t, "events in the file", n, i)
	}
	healthy(t, d)
}

func TestAWriteNeedsNoReader(t *testing.T) {
	d := fresh(t)
	for range d.Readers() {
		v, err := d.View(context.Background())
		must(t, err)
		defer v.Close()
	}
	taken(t, d, source("paper")) // by one who holds a view, as an operation that edits does
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	_, err := d.View(ctx)
	wantCode(t, err, timeline.CodeUnavailable)
	want(t, "newest revision in memory", d.current.Load().Revision(), 1)
}

func TestManyReadersAndWritersNeverSeeHalfAWrite(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	taken(t, d, source("paper"))
	var all sync.WaitGroup
	stop := make(chan struct{})
	for range 2 * d.Readers() {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				viewed(t, d, func(v *View) {
					n := 0
					if err := v.each(ctx, "select count(*) from event", nil, scanInto(&n)); err != nil {
						t.Errorf("read: %v", err)
					}
					if events := v.Dataset().Events; events != n || int64(n) != 2*(v.Revision()-1) {
						t.Errorf("revision %d: %d events in memory, %d in the file", v.Revision(), events, n)
					}
				})
			}
		})
	}
	for n := range 30 {
		taken(t, d, event(fmt.Sprintf("a-%d", n)), event(fmt.Sprintf("b-%d", n)))
	}
	close(stop)
	all.Wait()
	healthy(t, d)
}

func TestARelationIsReadOnceForAllRecordsReadTogether(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	records := []*timeline.Record{source("paper")}
	for n := range 20 {
		records = append(records, event(fmt.Sprintf("e-%d", n), func(e *timeline.EventRecord) {
			e.Claims = []timeline.ClaimRecord{killed(n)}
		}))
	}
	taken(t, d, records...)
	viewed(t, d, func(v *View) {
		first := 20
		c, err := v.Events(EventsAsked{Page: timeline.Page{First: &first}})
		must(t, err)
		want(t, "statements of a count", v.Statements(), 0)
		events, err := v.EventNodes(ctx, c)
		must(t, err)
		want(t, "events", len(events), 20)
		want(t, "statements of a page", v.Statements(), 1)
		for _, e := range events {
			claims, err := v.Claims(ctx, e, nil)
			must(t, err)
			want(t, "claims", len(claims), 1)
			s, err := v.ClaimSource(ctx, claims[0])
			must(t, err)
			want(t, "source", s.Key, "paper")
			back, err := v.ClaimEvent(ctx, claims[0])
			must(t, err)
			want(t, "event of the claim", back.Key, e.Key)
		}
		want(t, "statements with claims, their sources and events", v.Statements(), 4)
	})
}

func TestAViewIsClosedOnceAndAnswersNothingAfterwards(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	taken(t, d, source("paper"), event("e"))
	v, err := d.View(ctx)
	must(t, err)
	e, err := v.Event(ctx, "e")
	must(t, err)
	v.Close()
	v.Close()
	want(t, "readers idle", len(d.readers), d.Readers())
	_, err = v.Citations(ctx, e)
	wantCode(t, err, timeline.CodeUnavailable)
	want(t, "statements", v.Statements(), 1)
	for range d.Readers() { // one of these has the reader that it had
		viewed(t, d, func(w *View) {
			for range 2 {
				_, err := w.Event(ctx, "e")
				must(t, err)
			}
			_, err = v.Event(ctx, "e")
			wantCode(t, err, timeline.CodeUnavailable)
			want(t, "statements of the closed view", v.Statements(), 1)
		})
	}
}

func TestAQuestionThatIsGivenUpEndsAndItsReaderIsGoodAgain(t *testing.T) {
	d := fresh(t)
	taken(t, d, source("paper"))
	const long = `with recursive n (i) as (select 1 union all select i + 1 from n where i < 100000000) select count(*) from n`
	for range 2 * d.Readers() {
		v, err := d.View(context.Background())
		must(t, err)
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
		n, began := 0, time.Now()
		err = v.each(ctx, long, nil, scanInto(&n))
		cancel()
		want(t, fmt.Sprintf("that %v is of the context", err),
			errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded), true)
		want(t, "that it ended at once", time.Since(began) < 5*time.Second, true)
		v.Close()
	}
	for range 2 * d.Readers() {
		viewed(t, d, func(v *View) {
			_, err := v.Source(context.Background(), "paper")
			must(t, err)
		})
	}
	healthy(t, d)
}

func TestAnEndedContextEndsAViewAndAWriteBeforeTheyBegin(t *testing.T) {
	d := fresh(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := d.View(ctx)
	want(t, "that no view is given", err != nil && timeline.CodeOf(err) != timeline.CodeNotFound, true)
	_, err = d.Write(ctx, someone(), func(tx *Tx) error {
		_, err := tx.Put(ctx, []*timeline.Record{source("paper")})
		return err
	})
	want(t, "that nothing is written", err != nil, true)
	want(t, "records", len(lines(t, d)), 0)
	taken(t, d, source("paper"))
	healthy(t, d)
}

func TestAWriteGivenUpHalfwayLeavesNothing(t *testing.T) {
	d := fresh(t)
	ctx, cancel := context.WithCancel(context.Background())
	_, err := d.Write(ctx, someone(), func(tx *Tx) error {
		_, err := tx.Put(ctx, []*timeline.Record{source("paper")})
		must(t, err)
		cancel()
		_, err = tx.Put(ctx, []*timeline.Record{source("other")})
		return err
	})
	want(t, fmt.Sprintf("that %v is of the context", err), errors.Is(err, context.Canceled), true)
	want(t, "records", len(lines(t, d)), 0)
	taken(t, d, source("paper"))
	healthy(t, d)
}

func TestAWaitingWriterGivesUpWithItsContext(t *testing.T) {
	d := fresh(t)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	_, err := d.Write(context.Background(), someone(), func(*Tx) error {
		_, err := d.Write(ctx, someone(), func(*Tx) error { return nil })
		return err
	})
	wantCode(t, err, timeline.CodeUnavailable)
}

func TestAClosedDatabaseIsUnavailable(t *testing.T) {
	d := fresh(t)
	ctx := context.Background()
	taken(t, d, source("paper"))
	v, err := d.View(ctx)
	must(t, err)
	_, err = d.Write(ctx, someone(), func(tx *Tx) error {
		_, err := tx.Put(ctx, []*timeline.Record{source("other")})
		d.Close() // while a view and this write are open
		return err
	})
	wantCode(t, err, timeline.CodeUnavailable)
	v.Close()
	want(t, "connections left open", d.pool.Stats().OpenConnections+d.write.Stats().OpenConnections, 0)
	d.Close()
	_, err = d.View(ctx)
	wantCode(t, err, timeline.CodeUnavailable)
	_, err = d.Write(ctx, someone(), func(*Tx) error { return nil })
	wantCode(t, err, timeline.CodeUnavailable)
	wantCode(t, d.Backup(ctx, d.Path()+".copy"), timeline.CodeUnavailable)
	again := opened(t, d.Path(), Options{})
	want(t, "records", len(lines(t, again)), 1)
}
