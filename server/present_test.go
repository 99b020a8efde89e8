package server

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"tarikh/timeline"
)

func presenting(j *journal) *presenter {
	return &presenter{log: j.logger(), request: "r-1", limits: DefaultLimits()}
}

func TestAnErrorWithACodeIsShownWithItsField(t *testing.T) {
	err := fmt.Errorf("view: %w", timeline.Invalidf("where.place.bbox", "south lies above north"))
	e := presenting(&journal{}).present(t.Context(), err)
	if e.Message != "south lies above north" || e.Extensions["code"] != "INVALID" ||
		e.Extensions["field"] != "where.place.bbox" {
		t.Errorf("%+v", e)
	}
}

func TestAnErrorWithoutACodeIsLoggedOnceAndHidden(t *testing.T) {
	j := &journal{}
	e := presenting(j).present(t.Context(), errors.New("no such table: secret"))
	if e.Message != "internal error" || e.Extensions["code"] != "INTERNAL" || e.Extensions["requestId"] != "r-1" {
		t.Errorf("%+v", e)
	}
	if log := j.String(); strings.Count(log, "secret") != 1 || !strings.Contains(log, `"request":"r-1"`) {
		t.Error(log)
	}
}

func TestAPanicIsLoggedWithItsStackAndHidden(t *testing.T) {
	j := &journal{}
	p := presenting(j)
	e := p.present(t.Context(), p.recovered(t.Context(), "secret"))
	if e.Message != "internal error" || e.Extensions["code"] != "INTERNAL" {
		t.Errorf("%+v", e)
	}
	if log := j.String(); strings.Count(log, "secret") != 1 || !strings.Contains(log, "present_test.go") {
		t.Error(log)
	}
}

func TestErrorsOfTheLibraryKeepTheirCode(t *testing.T) {
	e := presenting(&journal{}).present(t.Context(), coded("GRAPHQL_VALIDATION_FAILED", "wrong"))
	if e.Message != "wrong" || e.Extensions["code"] != "GRAPHQL_VALIDATION_FAILED" {
		t.Errorf("%+v", e)
	}
}

func TestAWrongArgumentIsTheClients(t *testing.T) {
	fc := &graphql.FieldContext{Field: graphql.CollectedField{Field: &ast.Field{Alias: "events",
		Position: &ast.Position{Line: 2, Column: 3}}}}
	ctx := graphql.WithFieldContext(t.Context(), fc)
	err := gqlerror.WrapPath(ast.Path{ast.PathName("events"), ast.PathName("where"), ast.PathName("and"),
		ast.PathIndex(1), ast.PathName("from")}, errors.New("no date"))
	e := presenting(&journal{}).present(ctx, err)
	if e.Extensions["code"] != "INVALID" || e.Extensions["field"] != "where.and[1].from" ||
		e.Path.String() != "events" || e.Message != "no date" || e.Locations[0].Line != 2 {
		t.Errorf("%+v", e)
	}
}

func TestTheEndOfTheOperationIsToldOnce(t *testing.T) {
	for cause, want := range map[error]string{
		errTooLong: "UNAVAILABLE", errTooMuch: "TOO_LARGE", context.Canceled: "UNAVAILABLE",
	} {
		ctx, end := context.WithCancelCause(t.Context())
		end(cause)
		j := &journal{}
		p := presenting(j)
		e := p.present(ctx, fmt.Errorf("read: %w", ctx.Err()))
		if e == nil || e.Extensions["code"] != want {
			t.Errorf("%v: %+v", cause, e)
		}
		if again := p.present(ctx, context.DeadlineExceeded); again != nil {
			t.Errorf("%v: again %+v", cause, again)
		}
		if log := j.String(); log != "" {
			t.Errorf("%v: logged %s", cause, log)
		}
	}
}

func TestErrorsBeyondTheLimitAreCounted(t *testing.T) {
	p := presenting(&journal{})
	for i := range p.limits.Errors + 3 {
		e := p.present(t.Context(), timeline.Invalidf("", "mistake"))
		if (e == nil) != (i >= p.limits.Errors) {
			t.Fatalf("error %d: %v", i, e)
		}
	}
	if p.omitted != 3 {
		t.Errorf("%d left out", p.omitted)
	}
}

func TestLongMessagesAreCutBetweenCharacters(t *testing.T) {
	for n := range 40 {
		got := shorten("a تومبوكتو 😀 b تومبوكتو", max(n, 3))
		if !utf8.ValidString(got) || len(got) > max(n, 3) {
			t.Errorf("%d: %q", n, got)
		}
	}
	if shorten("short", 5) != "short" {
		t.Error("cut what fits")
	}
}

func TestAQuestionThatTakesTooLongSaysSo(t *testing.T) {
	s := serving(t, limits(func(l *Limits) { l.Time = time.Nanosecond }))
	got := do(t, s, post(`{events(first:10){nodes{key actors{key}}}}`, nil))
	if got.StatusCode != 503 || got.code() != "UNAVAILABLE" || !strings.Contains(got.text, "took longer than 1ns") {
		t.Errorf("%d %s", got.StatusCode, got.text)
	}
}

func TestAnAnswerThatGrowsTooLargeIsEnded(t *testing.T) {
	s := serving(t, limits(func(l *Limits) { l.Values = 20 }))
	got := do(t, s, post(`{__schema{types{name}}}`, nil))
	if got.code() != "TOO_LARGE" || len(got.Errors) != 1 || got.Errors[0].Extensions["limit"] != "values" {
		t.Errorf("%d %.300s", got.StatusCode, got.text)
	}
}

func TestTheListOfErrorsIsCut(t *testing.T) {
	s := serving(t)
	got := do(t, s, post("{"+numbered("x%d ", 50)+"}", nil))
	if len(got.Errors) != 20 || got.Extensions["omitted"] != 30.0 {
		t.Errorf("%d errors, %v", len(got.Errors), got.Extensions)
	}
	got = do(t, s, post("{"+numbered("x%d:events(first:-1){totalCount} ", 50)+"}", nil))
	if len(got.Errors) != 20 || got.Extensions["omitted"] != 30.0 {
		t.Errorf("%d errors, %v", len(got.Errors), got.Extensions)
	}
}
