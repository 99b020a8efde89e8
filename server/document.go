package server

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"tarikh/internal/lru"
)

// document is a text that has passed the guard and validation. It is shared by the
// requests that send it and never changed.
type document struct {
	*ast.QueryDocument
	hash string // SHA-256 of its text, hexadecimal: what logs and traces call it by
}

// documents turns texts into documents and remembers the good ones.
type documents struct {
	schema      *ast.Schema
	limits      Limits
	suggestions bool
	known       *lru.Cache[string, *document] // by text
	metrics     *metrics
}

// read parses, guards and validates a text, each before the next, because each may
// cost more than the one before: what it costs to refuse a document grows with the
// limits, not with the document. A refused document is given along as far as it could
// be parsed.
func (d *documents) read(text string) (*document, *refusal) {
	if doc, ok := d.known.Get(text); ok {
		d.metrics.documents.WithLabelValues("hit").Inc()
		return doc, nil
	}
	d.metrics.documents.WithLabelValues("miss").Inc()
	if r := d.scan(text); r != nil {
		return nil, r
	}
	parsed, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		return nil, parseFailed(err)
	}
	sum := sha256.Sum256([]byte(text))
	doc := &document{parsed, hex.EncodeToString(sum[:])}
	if r := guard(parsed, d.limits); r != nil {
		return doc, r
	}
	if errs := validator.ValidateWithRules(d.schema, parsed, d.rules()); len(errs) > 0 {
		for _, e := range errs {
			errcode.Set(e, errcode.ValidationFailed)
		}
		return doc, refuseDocument(errs...)
	}
	d.known.Put(text, doc, len(text))
	return doc, nil
}

// scan counts the tokens of a text and measures its names before anything is built
// of them. Numbers count as names: errors repeat them, too.
func (d *documents) scan(text string) *refusal {
	lex := lexer.New(&ast.Source{Input: text})
	for n := 0; ; n++ {
		token, err := lex.ReadToken()
		switch {
		case err != nil:
			return parseFailed(err)
		case token.Kind == lexer.EOF:
			return nil
		case n == d.limits.Tokens:
			return tooMuch("tokens", "the document has more than %d tokens", d.limits.Tokens)
		}
		switch token.Kind {
		case lexer.Name, lexer.Int, lexer.Float:
			if len(token.Value) > d.limits.Name {
				return tooMuch("name", "a name or number of the document is longer than %d characters",
					d.limits.Name)
			}
		}
	}
}

// parseFailed is the refusal of what is no GraphQL.
func parseFailed(err error) *refusal {
	var e *gqlerror.Error
	if !errors.As(err, &e) {
		e = gqlerror.Errorf("the document is no GraphQL")
	}
	e.Err = nil
	errcode.Set(e, errcode.ParseFailed)
	return refuseDocument(e)
}

// rules are those of the specification (GraphQL, 5), with or without proposals of
// names that exist.
func (d *documents) rules() *rules.Rules {
	r := rules.NewDefaultRules()
	if d.suggestions {
		return r
	}
	for _, with := range []struct{ loud, quiet core.Rule }{
		{rules.FieldsOnCorrectTypeRule, rules.FieldsOnCorrectTypeRuleWithoutSuggestions},
		{rules.ScalarLeafsRule, rules.ScalarLeafsRuleWithoutSuggestions},
		{rules.KnownArgumentNamesRule, rules.KnownArgumentNamesRuleWithoutSuggestions},
		{rules.KnownTypeNamesRule, rules.KnownTypeNamesRuleWithoutSuggestions},
		{rules.ValuesOfCorrectTypeRule, rules.ValuesOfCorrectTypeRuleWithoutSuggestions},
	} {
		r.RemoveRule(with.loud.Name)
		r.AddRule(with.quiet.Name, with.quiet.RuleFunc)
	}
	return r
}
