package db

import (
	"context"
	"testing"
	"time"

	"tarikh/timeline"
)

func TestQuestionsWaitForTheIndexAndWritesDoNot(t *testing.T) {
	path := imaged(t)
	pause := make(chan struct{})
	d := opened(t, path, Options{Background: true, pause: pause})
	want(t, "that it is ready", d.Ready(), false)
	soon, end := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer end()
	_, err := d.View(soon)
	wantCode(t, err, timeline.CodeUnavailable)
	taken(t, d, event("g"))
	revision, err := d.Revision(context.Background())
	must(t, err)
	want(t, "revision", revision, 2)

	answered := make(chan int)
	go func() {
		events := 0
		if v, err := d.View(context.Background()); err == nil {
			events = v.Dataset().Events
			v.Close()
		}
		answered <- events
	}()
	close(pause)
	want(t, "events that a waiting question sees", <-answered, 12)
	want(t, "that it is ready", d.Ready(), true)
	must(t, d.Loaded(context.Background()))
	healthy(t, d)
}

func TestADatabaseIsClosedWhileItsIndexIsRead(t *testing.T) {
	path := imaged(t)
	pause := make(chan struct{})
	d := opened(t, path, Options{Background: true, pause: pause})
	waiting := make(chan error)
	go func() {
		_, err := d.View(context.Background())
		waiting <- err
	}()
	closed := make(chan struct{})
	go func() { d.Close(); close(closed) }()
	wantCode(t, <-waiting, timeline.CodeUnavailable)
	close(pause)
	<-closed
	if err := d.Loaded(context.Background()); err == nil {
		t.Error("the index of a closed database was read")
	}
}

func TestWhatKeepsAnIndexFromBeingReadIsTold(t *testing.T) {
	path := imaged(t)
	damaged(t, path, "update event set time = 'never' where key = 'e'", "delete from index_image")
	_, err := Open(context.Background(), path, Options{})
	if err == nil {
		t.Fatal("a record that cannot be read was opened")
	}
	d := opened(t, path, Options{Background: true})
	if err := d.Loaded(context.Background()); err == nil {
		t.Error("a record that cannot be read was loaded")
	}
	_, err = d.View(context.Background())
	if err == nil || d.Ready() {
		t.Error("a record that cannot be read gave a view")
	}
}
