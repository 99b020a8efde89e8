package server

import (
	"context"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"tarikh/db"
	"tarikh/timeline"
)

// Extension is a member that an answer's extensions can have on demand.
type Extension string

// ExtensionStatements adds extensions.statements, the number of SQL statements that
// the answer took, and extensions.revision, the record's revision that it was read at.
const ExtensionStatements Extension = "statements"

// Execute asks one document of the database, in process, and gives the answer as any
// client of the service sees it: JSON with data, errors and extensions. The schema,
// the limits and the words of errors are the server's; nothing is queued.
//
// The error is the first of the answer's, coded, so that a shell can take its exit
// code from it; the answer is there all the same. An answer without errors has none.
func Execute(ctx context.Context, d *db.DB, query, operationName string,
	variables map[string]any, wanted ...Extension) ([]byte, error) {
	o, err := Options{DB: d}.complete()
	if err != nil {
		return nil, err
	}
	o.Limits.Answers = 0 // nobody asks this engine again
	q := &question{Query: query, Operation: operationName, Variables: variables}
	for _, w := range wanted {
		q.statements = q.statements || w == ExtensionStatements
	}
	e := newEngine(o, newMetrics())
	a := e.ask(ctx, q)
	errs := a.errs
	if a.refused != nil {
		errs = a.refused.errs
	}
	return a.written(o.Limits), firstError(errs)
}

// firstError is the first error of an answer as one of the taxonomy.
func firstError(errs gqlerror.List) error {
	if len(errs) == 0 {
		return nil
	}
	e := errs[0]
	code, _ := e.Extensions[keyCode].(string)
	field, _ := e.Extensions[keyField].(string)
	known := &timeline.Error{Code: timeline.Code(code), Field: field, Message: e.Message}
	for _, s := range timeline.Statuses() {
		if s.Code == known.Code {
			return known
		}
	}
	known.Code = timeline.CodeInvalid // GraphQL's own codes: the document is wrong
	return known
}
