package plan

import (
	"bytes"
	"context"
	"math"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"pgregory.net/rapid"
)

func TestTextsAreWrittenAsGqlgenWritesThem(t *testing.T) {
	texts := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\x00-\x7f]*`),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
	rapid.Check(t, func(t *rapid.T) {
		s := texts.Draw(t, "text")
		var want bytes.Buffer
		graphql.MarshalString(s).MarshalGQL(&want)
		if got := AppendString(nil, s); string(got) != want.String() {
			t.Errorf("%q: %s, gqlgen writes %s", s, got, &want)
		}
	})
}

func TestNumbersAreWrittenAsGqlgenWritesThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.OneOf(rapid.Float64(), rapid.Map(rapid.Uint64(), math.Float64frombits)).Draw(t, "number")
		var want bytes.Buffer
		if graphql.MarshalFloatContext(v).MarshalGQLContext(context.Background(), &want) != nil {
			t.Skip("no number")
		}
		r := &Run{}
		if r.Float(v); string(r.B) != want.String() {
			t.Errorf("%v: %s, gqlgen writes %s", v, r.B, &want)
		}
	})
}

func TestGqlgensContextsAreFoundUnderItsOwnKeys(t *testing.T) {
	ctx := graphql.WithRootFieldContext(graphql.WithFieldContext(context.Background(), &graphql.FieldContext{}), &graphql.RootFieldContext{})
	if fieldContextKey == nil || ctx.Value(fieldContextKey) != any(graphql.GetFieldContext(ctx)) {
		t.Error("the context of a field stands under another key")
	}
	if rootFieldContextKey == nil || ctx.Value(rootFieldContextKey) != any(graphql.GetRootFieldContext(ctx)) {
		t.Error("the context of a root field stands under another key")
	}
}
