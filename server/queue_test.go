package server

import (
	"context"
	"testing"
	"time"
)

func TestAFullQueueRefusesAtOnceAndAWaitingOneAfterItsPatience(t *testing.T) {
	q := newQueue(1, 1, 30*time.Millisecond)
	leave, _ := q.enter(t.Context())
	waited := make(chan *refusal)
	go func() {
		_, r := q.enter(context.Background())
		waited <- r
	}()
	for q.waiting.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	start := time.Now()
	if _, r := q.enter(t.Context()); r == nil || r.status != 503 || r.after == 0 {
		t.Errorf("a third one: %+v", r)
	}
	if time.Since(start) > 20*time.Millisecond {
		t.Error("a full queue let somebody wait")
	}
	if r := <-waited; r == nil || r.code() != "UNAVAILABLE" {
		t.Errorf("the second one: %+v", r)
	}
	leave()
	if again, r := q.enter(t.Context()); r != nil {
		t.Error("free again, and refused")
	} else {
		again()
	}
}

func TestWhoWaitsGetsTheNextTurn(t *testing.T) {
	q := newQueue(1, 1, time.Minute)
	leave, _ := q.enter(t.Context())
	got := make(chan bool)
	go func() {
		_, r := q.enter(context.Background())
		got <- r == nil
	}()
	leave()
	if !<-got {
		t.Error("refused")
	}
}

func TestAClientThatLeavesLeavesTheQueue(t *testing.T) {
	q := newQueue(1, 1, time.Minute)
	_, _ = q.enter(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, r := q.enter(ctx); r == nil {
		t.Error("entered")
	}
	if q.waiting.Load() != 0 {
		t.Error("still counted")
	}
}
