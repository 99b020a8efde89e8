package timeline

import (
	"errors"
	"fmt"
	"testing"
)

func TestEveryCodeHasOneStatus(t *testing.T) {
	all := []Code{CodeInvalid, CodeNotFound, CodeConflict, CodeTooLarge, CodeForbidden,
		CodeUnauthenticated, CodeRateLimited, CodeUnavailable, CodeInternal}
	if len(Statuses()) != len(all) {
		t.Fatalf("%d statuses for %d codes", len(Statuses()), len(all))
	}
	for i, s := range Statuses() {
		if s.Code != all[i] {
			t.Errorf("row %d is %s, want %s", i, s.Code, all[i])
		}
		if s.HTTP < 400 || s.HTTP > 599 || s.Exit < 64 || s.Exit > 78 {
			t.Errorf("%s: HTTP %d, exit %d", s.Code, s.HTTP, s.Exit)
		}
		if got := StatusOf(Errorf(s.Code, "x")); got != s {
			t.Errorf("%s answers with %v", s.Code, got)
		}
	}
}

func TestTheCodeIsFoundThroughTheChain(t *testing.T) {
	deep := fmt.Errorf("line 7: %w", fmt.Errorf("read: %w", NotFoundf("where.refs[0]", "no %s", "x")))
	for _, test := range []struct {
		err  error
		code Code
	}{
		{nil, ""}, {errors.New("disk on fire"), CodeInternal}, {deep, CodeNotFound},
		{errors.Join(errors.New("x"), Errorf(CodeConflict, "y")), CodeConflict},
	} {
		if got := CodeOf(test.err); got != test.code {
			t.Errorf("%v is %s", test.err, got)
		}
	}
	if StatusOf(errors.New("x")).HTTP != 500 || StatusOf(Errorf("NEW", "x")).Exit != 70 {
		t.Error("what has no code is not internal")
	}
}

func TestAnErrorNamesItsFieldFirst(t *testing.T) {
	if got := Invalidf("first", "%d is too much", 7).Error(); got != "first: 7 is too much" {
		t.Error(got)
	}
	if got := Errorf(CodeConflict, "taken").Error(); got != "taken" {
		t.Error(got)
	}
}
