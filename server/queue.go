package server

import (
	"context"
	"sync/atomic"
	"time"
)

// queue lets so many questions be worked on at once and a few more wait for their
// turn, each for a short while: a server that is asked too much says so at once
// instead of answering everybody too late.
type queue struct {
	turns   chan struct{}
	waiting atomic.Int64
	most    int64
	wait    time.Duration
}

func newQueue(turns, most int, wait time.Duration) *queue {
	return &queue{turns: make(chan struct{}, turns), most: int64(most), wait: wait}
}

// enter waits for a turn. leave gives it back; it is nil when there was none.
func (q *queue) enter(ctx context.Context) (leave func(), refused *refusal) {
	leave = func() { <-q.turns }
	select {
	case q.turns <- struct{}{}:
		return leave, nil
	default:
	}
	defer q.waiting.Add(-1)
	if q.waiting.Add(1) > q.most {
		return nil, tooBusy()
	}
	patience := time.NewTimer(q.wait)
	defer patience.Stop()
	select {
	case q.turns <- struct{}{}:
		return leave, nil
	case <-patience.C:
		return nil, tooBusy()
	case <-ctx.Done():
		return nil, busy(0, "the question was given up")
	}
}

func tooBusy() *refusal {
	r := busy(time.Second, "too many questions at once; try again")
	r.sized = "queue"
	return r
}
