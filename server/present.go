package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"tarikh/timeline"
)

// Reasons for which the engine itself ends an operation, as causes of its context.
var (
	errTooLong = errors.New("the question took too long")
	errTooMuch = errors.New("the answer is too large")
)

// maxMessage is the most bytes of an error's message. A validation error repeats
// names of the document; so it cannot grow with it.
const maxMessage = 300

// presenter turns the errors of one operation into those that its client may see.
// Fields are resolved side by side, so it is safe for use by many goroutines.
type presenter struct {
	log     *slog.Logger
	request string // its id
	limits  Limits

	mu      sync.Mutex
	shown   int
	omitted int
	ended   bool // the end of the whole operation has been told
}

// present is the error as the client sees it, nil when it has seen enough.
func (p *presenter) present(ctx context.Context, err error) *gqlerror.Error {
	shown := p.translate(ctx, err)
	p.mu.Lock()
	defer p.mu.Unlock()
	if context.Cause(ctx) != nil && errorEnds(err) {
		// Every field that was under way fails with it; once is enough.
		if p.ended {
			return nil
		}
		p.ended = true
	}
	if p.shown == p.limits.Errors {
		p.omitted++
		return nil
	}
	p.shown++
	return shown
}

// errorEnds says whether an error only tells that the operation has ended.
func errorEnds(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, errTooMuch)
}

// translate finds the code, the field and the words of an error.
func (p *presenter) translate(ctx context.Context, err error) *gqlerror.Error {
	from := graphql.DefaultErrorPresenter(ctx, err)
	e := &gqlerror.Error{Message: from.Message, Path: from.Path, Locations: from.Locations}
	field := inputField(ctx, from.Path)
	if field != "" {
		at := graphql.GetFieldContext(ctx)
		pos := at.Field.Position
		e.Path, e.Locations = at.Path(), []gqlerror.Location{{Line: pos.Line, Column: pos.Column}}
	}
	var known *timeline.Error
	switch {
	case context.Cause(ctx) != nil && errorEnds(err):
		p.end(ctx, e)
	case errors.As(err, &known):
		e.Message, e.Extensions = known.Message, map[string]any{keyCode: string(known.Code)}
		if known.Field != "" {
			field = known.Field
		}
	case from.Err == nil && from.Extensions[keyCode] != nil:
		e.Extensions = from.Extensions
	case field != "":
		e.Extensions = map[string]any{keyCode: string(timeline.CodeInvalid)}
	default:
		p.internal(ctx, e, err)
	}
	if field != "" {
		e.Extensions[keyField] = field
	}
	e.Message = shorten(e.Message, maxMessage)
	return e
}

// inputField is the path of the wrong part of an argument, such as where.time.from;
// empty for an error that is no argument's. gqlgen appends it to the field's own path.
func inputField(ctx context.Context, path ast.Path) string {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil {
		return ""
	}
	own := len(fc.Path())
	if len(path) <= own {
		return ""
	}
	return path[own:].String()
}

// end tells why the whole operation ended.
func (p *presenter) end(ctx context.Context, e *gqlerror.Error) {
	code := timeline.CodeUnavailable
	e.Path, e.Locations = nil, nil
	e.Extensions = map[string]any{}
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errTooMuch):
		code = timeline.CodeTooLarge
		e.Message = fmt.Sprintf("the answer would hold more than %d fields", p.limits.Values)
		e.Extensions[keyLimit] = "values"
	case errors.Is(cause, errTooLong):
		e.Message = tookLonger(p.limits.Time)
		e.Extensions[keyLimit] = "time"
	default:
		e.Message = "the question was given up"
	}
	e.Extensions[keyCode] = string(code)
}

func tookLonger(than time.Duration) string { return fmt.Sprintf("took longer than %s", than) }

// internal logs an error that is ours and hides it from the client.
func (p *presenter) internal(ctx context.Context, e *gqlerror.Error, err error) {
	var told *panicked
	if !errors.As(err, &told) { // a panic was logged with its stack when it happened
		p.log.ErrorContext(ctx, "internal error", "request", p.request,
			"path", e.Path.String(), "error", err.Error())
	}
	e.Message = "internal error"
	e.Extensions = map[string]any{
		keyCode: string(timeline.CodeInternal), keyRequest: p.request,
	}
}

// panicked is an error that was a panic and stands in the log already.
type panicked struct{ value any }

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// recovered logs a panic with its stack and makes an error of it.
func (p *presenter) recovered(ctx context.Context, value any) error {
	p.log.ErrorContext(ctx, "panic", "request", p.request,
		"error", fmt.Sprint(value), "stack", string(debug.Stack()))
	return &panicked{value}
}

// shorten cuts a text to at most n bytes, between two characters.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	const sign = "…"
	end := 0
	for i := range s {
		if i > n-len(sign) {
			break
		}
		end = i
	}
	return s[:end] + sign
}

// curb keeps the first errors of a list, shortened, and says how many it left out.
func curb(errs gqlerror.List, most int) (kept gqlerror.List, omitted int) {
	if len(errs) > most {
		errs, omitted = errs[:most], len(errs)-most
	}
	for _, e := range errs {
		e.Message = shorten(e.Message, maxMessage)
	}
	return errs, omitted
}
