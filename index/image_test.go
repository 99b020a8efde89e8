package index_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"tarikh/index"
)

// fatal is what of a test the helpers here need.
type fatal interface {
	Helper()
	Fatal(args ...any)
}

func imageOf(t fatal, x *index.Index) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := x.WriteImage(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// reread is the index of the history as its image brings it back.
func (h *history) reread() *index.Index {
	c := h.library.changes(h.standing()...)
	c = index.Changes{Actors: c.Actors, Timelines: c.Timelines, Revision: h.index.Revision()}
	image := imageOf(h.t, h.index)
	x, err := index.ReadImage(bytes.NewReader(image), int64(len(image)), c)
	if err != nil {
		h.t.Fatal(err)
	}
	return x
}

func TestAnImageBringsBackTheIndexThatFollowedEveryChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t)
		questions := h.questions()
		for range 5 {
			h.step(20)
			was := h.portrait(h.index, questions)
			read := h.reread()
			if got := h.portrait(read, questions); got != was {
				t.Fatalf("of %s\nread:\n%s\nwritten:\n%s", spelt(questions), got, was)
			}
			if rapid.Bool().Draw(t, "goes on with the image") {
				h.index = read
			}
		}
	})
}

func TestAnImageMadeInPartsIsTheIndexMadeAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t)
		questions := h.questions()
		h.step(20)
		h.index = h.fresh()
		var b bytes.Buffer
		i := index.NewImager(&b)
		i.InPartsOf(rapid.IntRange(1, 5).Draw(t, "part"))
		all := h.library.changes(h.standing()...)
		for len(all.Events)+len(all.Sources)+len(all.Locations) > 0 {
			i.Take(&index.Changes{Events: first(&all.Events), Sources: first(&all.Sources), Locations: first(&all.Locations)})
		}
		if err := i.End(); err != nil {
			t.Fatal(err)
		}
		all.Revision = h.index.Revision()
		x, err := index.ReadImage(&b, int64(b.Len()), all)
		if err != nil {
			t.Fatal(err)
		}
		was := h.portrait(h.index, questions)
		for range 2 {
			if got := h.portrait(x, questions); got != was {
				t.Fatalf("of %s\nin parts:\n%s\nat once:\n%s", spelt(questions), got, was)
			}
			x = x.Joined()
		}
	})
}

// first takes up to three things off a list.
func first[T any](list *[]T) []T {
	n := min(3, len(*list))
	some := (*list)[:n]
	*list = (*list)[n:]
	return some
}

func TestJoinedPartsHoldWhatTheyHeldApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t)
		questions := h.questions()
		crowded := 0
		for range 24 {
			h.step(4)
			h.index = h.reread() // an image makes a part of what is recent
			if !h.index.Crowded() {
				continue
			}
			crowded++
			was := h.portrait(h.index, questions)
			h.index = h.index.Joined()
			if got := h.portrait(h.index, questions); got != was {
				t.Fatalf("of %s\njoined:\n%s\napart:\n%s", spelt(questions), got, was)
			}
			if h.index.Crowded() {
				t.Fatal("the parts are crowded although they were joined")
			}
		}
		if crowded == 0 {
			t.Skip("no part grew old")
		}
	})
}

func TestACutImageIsAnErrorWhereverItIsCut(t *testing.T) {
	x, _ := small(t)
	whole := imageOf(t, x)
	for n := range whole {
		if _, err := index.ReadImage(bytes.NewReader(whole[:n]), int64(len(whole)), index.Changes{}); err == nil {
			t.Fatalf("%d of %d bytes were taken for an image", n, len(whole))
		}
	}
}

// The sum of the image of a small record. Where this fails because an image is written otherwise
// than before, imageVersion has to be raised and the sum written anew: older images would be read
// as what they are not.
func TestImageIsWrittenAsItWas(t *testing.T) {
	const want = "tarikh index 1, folding 2: ea37779bd58cbf8fd16dd8bfde8cec1b4459f7fa3a3ee8a33859f7e47485b31c"
	x, _ := small(t)
	if got := fmt.Sprintf("%s: %x", index.ImageFormat(), sha256.Sum256(imageOf(t, x))); got != want {
		t.Errorf("the image is\n%s, not\n%s", got, want)
	}
}
