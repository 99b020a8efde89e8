package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
)

// variables coerces the variables of an operation. The library lets through what the
// specification refuses (a string for an Int, a number for a String, a one-of input
// with two members), so they are checked first, strictly (GraphQL, 3.5, 3.10 and 6.1.2).
func (d *documents) variables(op *ast.OperationDefinition, given map[string]any) (map[string]any, *refusal) {
	for _, v := range op.VariableDefinitions {
		value, ok := given[v.Variable]
		if !ok {
			continue
		}
		c := coercion{schema: d.schema, limits: d.limits}
		c.check(v.Type, value, 0, v.Variable)
		if c.refused != nil {
			return nil, c.refused
		}
	}
	coerced, err := validator.VariableValues(d.schema, op, given)
	if err != nil {
		return nil, badVariable(err)
	}
	return coerced, nil
}

// badVariable is the library's error with the variable as its field: the path of an
// error in an answer is that of a response field, and there is none.
func badVariable(err error) *refusal {
	var e *gqlerror.Error
	if !errors.As(err, &e) {
		return invalid("the variables do not fit the operation")
	}
	field := clipped(strings.TrimPrefix(e.Path.String(), "variable."))
	e.Path, e.Message = nil, "variable "+field+": "+e.Message
	errcode.Set(e, errcode.ValidationFailed)
	e.Extensions[keyField] = field
	return refuseDocument(e)
}

// mostField is how many bytes of a path an error repeats: its last step may be a name that the
// client made up, as long as the body allows.
const mostField = 256

// clipped is a path cut to what an error repeats, never inside a character.
func clipped(path string) string {
	if len(path) <= mostField {
		return path
	}
	return strings.ToValidUTF8(path[:mostField], "") + "…"
}

// coercion checks the value of one variable and keeps the first mistake.
type coercion struct {
	schema  *ast.Schema
	limits  Limits
	refused *refusal
}

func (c *coercion) fail(field, format string, args ...any) {
	if c.refused == nil {
		c.refused = invalid("variable %s: %s", field, fmt.Sprintf(format, args...))
		c.refused.errs[0].Extensions[keyField] = field
	}
}

// check walks a value along its type. Null and absent members are the library's
// business. depth bounds the walk, and every walk after it.
func (c *coercion) check(t *ast.Type, value any, depth int, field string) {
	if value == nil || c.refused != nil {
		return
	}
	if depth > c.limits.Nesting {
		c.refused = tooDeep(c.limits)
		return
	}
	if t.Elem != nil {
		c.list(t.Elem, value, depth, field)
		return
	}
	switch def := c.schema.Types[t.NamedType]; def.Kind {
	case ast.InputObject:
		c.object(def, value, depth, field)
	case ast.Enum:
		if name, ok := value.(string); !ok || def.EnumValues.ForName(name) == nil {
			c.fail(field, "the value is no %s", def.Name)
		}
	case ast.Scalar:
		if def.BuiltIn && !fits(def.Name, value) {
			c.fail(field, "the value is no %s", def.Name)
		} else if !def.BuiltIn {
			c.free(value, depth)
		}
	}
}

// list checks the items; what is no list stands for a list of itself.
func (c *coercion) list(of *ast.Type, value any, depth int, field string) {
	items, ok := value.([]any)
	if !ok {
		c.check(of, value, depth+1, field)
		return
	}
	for i, item := range items {
		c.check(of, item, depth+1, field+"["+strconv.Itoa(i)+"]")
	}
}

func (c *coercion) object(def *ast.Definition, value any, depth int, field string) {
	members, ok := value.(map[string]any)
	if !ok {
		c.fail(field, "the value is no %s", def.Name)
		return
	}
	if def.Directives.ForName("oneOf") != nil {
		c.oneOf(def, members, field)
	}
	for _, f := range def.Fields { // in the schema's order, so that the first mistake is always the same
		if member, ok := members[f.Name]; ok {
			c.check(f.Type, member, depth+1, field+"."+f.Name)
		}
	}
}

// oneOf refuses a one-of input that has not exactly one member, or whose member is
// null (GraphQL, 3.10.1).
func (c *coercion) oneOf(def *ast.Definition, members map[string]any, field string) {
	if len(members) != 1 {
		c.fail(field, "%s takes exactly one member", def.Name)
	}
	for name, member := range members {
		if member == nil {
			c.fail(field+"."+name, "the member of %s is null", def.Name)
		}
	}
}

// free bounds a value of a scalar that takes what it likes.
func (c *coercion) free(value any, depth int) {
	if depth > c.limits.Nesting {
		c.refused = tooDeep(c.limits)
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			c.free(item, depth+1)
		}
	case map[string]any:
		for _, member := range v {
			c.free(member, depth+1)
		}
	}
}

// fits says whether a value as JSON gives it is of a scalar of the specification
// (GraphQL, 3.5, input coercion). Numbers in process may be Go's own.
func fits(scalar string, value any) bool {
	switch scalar {
	case "Int":
		n, ok := integer(value)
		return ok && n >= math.MinInt32 && n <= math.MaxInt32
	case "Float":
		_, ok := number(value)
		return ok
	case "String":
		_, ok := value.(string)
		return ok
	case "Boolean":
		_, ok := value.(bool)
		return ok
	case "ID":
		_, text := value.(string)
		_, whole := integer(value)
		return text || whole
	}
	return true
}

// integer is the value of a number written without a fraction or an exponent.
func integer(value any) (int64, bool) {
	if written, ok := value.(json.Number); ok {
		n, err := written.Int64()
		return n, err == nil
	}
	n, ok := number(value)
	return int64(n), ok && n == math.Trunc(n) && math.Abs(n) < 1<<53
}

// number is the value of a finite number.
func number(value any) (float64, bool) {
	var n float64
	switch v := value.(type) {
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return 0, false
		}
		n = f
	case float64:
		n = v
	case int:
		n = float64(v)
	case int32:
		n = float64(v)
	case int64:
		n = float64(v)
	default:
		return 0, false
	}
	return n, !math.IsInf(n, 0) && !math.IsNaN(n)
}
