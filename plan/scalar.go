package plan

import (
	"errors"
	"math"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
)

const hex = "0123456789ABCDEF"

// AppendString writes a text as gqlgen does: it escapes what JSON wants escaped and no more.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '\\' && c != '"' {
			continue
		}
		b = append(b, s[start:i]...)
		start = i + 1
		switch c {
		case '\t':
			b = append(b, `\t`...)
		case '\r':
			b = append(b, `\r`...)
		case '\n':
			b = append(b, `\n`...)
		case '\\', '"':
			b = append(b, '\\', c)
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}

// String writes a text.
func (r *Run) String(s string) bool {
	r.B = AppendString(r.B, s)
	return true
}

// Int writes a whole number.
func (r *Run) Int(n int64) bool {
	r.B = strconv.AppendInt(r.B, n, 10)
	return true
}

// Uint writes a whole number that is not negative.
func (r *Run) Uint(n uint64) bool {
	r.B = strconv.AppendUint(r.B, n, 10)
	return true
}

// Bool writes true or false.
func (r *Run) Bool(v bool) bool {
	r.B = strconv.AppendBool(r.B, v)
	return true
}

// Float writes a number; what is none becomes null and an error.
func (r *Run) Float(v float64) bool {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		r.later(len(r.B), errNoNumber, nil)
		r.Null()
		return true // gqlgen finds it out when it is too late to take the object back
	}
	r.B = strconv.AppendFloat(r.B, v, 'g', -1, 64)
	return true
}

// errNoNumber has gqlgen's words.
var errNoNumber = errors.New("cannot marshal infinite no NaN float values")

// Guard is deferred around a scalar that writes itself, from a place of the buffer on.
func (r *Run) Guard(at int) {
	if value := recover(); value != nil {
		r.later(at, nil, value)
	}
}

// Marshal writes what one of gqlgen's marshal functions made of a value.
func (r *Run) Marshal(m graphql.Marshaler, nonNull bool) bool {
	if m == graphql.Marshaler(graphql.Null) {
		return r.NullValue(nonNull)
	}
	r.Self(m)
	return true
}

// Self writes a value that writes itself.
func (r *Run) Self(m graphql.Marshaler) {
	defer r.Guard(len(r.B))
	m.MarshalGQL(r)
}

// SelfContext writes a value that writes itself and may fail.
func (r *Run) SelfContext(m graphql.ContextMarshaler) {
	at := len(r.B)
	defer r.Guard(at)
	if err := m.MarshalGQLContext(r.Ctx, r); err != nil {
		r.later(at, err, nil)
		r.Null()
	}
}
