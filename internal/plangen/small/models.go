// Package small is a schema with every kind of field that gqlgen can bind, and resolvers that make
// every kind of value, error and panic of chance. Only the tests of plangen use it: should a new
// version of gqlgen answer such a field in another way, they notice.
package small

//go:generate go run tarikh/internal/plangen/generate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// Named is the interface of that name.
type Named interface {
	// GetName is the name.
	GetName() string
}

// Marked is the interface of that name.
type Marked interface {
	// GetMark is the mark.
	GetMark() *Mark
}

// Either is the union.
type Either any

// Plain is an enum that is only a text.
type Plain string

// Own is an enum that reads and writes itself.
type Own string

// MarshalGQL writes the value, not as it is kept.
func (o Own) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, strconv.Quote(strings.ToUpper(string(o))))
}

// UnmarshalGQL reads the value.
func (o *Own) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok || s == "Y" {
		return errors.New("no Own")
	}
	*o = Own(strings.ToLower(s))
	return nil
}

// Coded is an enum of numbers.
type Coded int

// The codes.
const (
	CodedOne Coded = iota + 1
	CodedTwo
)

// Mark is a scalar that writes itself, and panics when it is below zero.
type Mark int

// MarshalGQL writes the number in stars.
func (m Mark) MarshalGQL(w io.Writer) {
	if m < 0 {
		panic("a mark below zero")
	}
	_, _ = fmt.Fprintf(w, `"*%d*"`, int(m))
}

// UnmarshalGQL reads nothing.
func (m *Mark) UnmarshalGQL(any) error { return errors.New("marks are not read") }

// Slip is a scalar that writes itself in a context, and fails where it is empty.
type Slip string

// MarshalGQLContext writes the text, or half of it.
func (s Slip) MarshalGQLContext(ctx context.Context, w io.Writer) error {
	if s == "" {
		return fmt.Errorf("an empty slip at %s", graphql.GetPath(ctx))
	}
	_, err := io.WriteString(w, strconv.Quote(string(s)))
	return err
}

// UnmarshalGQLContext reads nothing.
func (s *Slip) UnmarshalGQLContext(context.Context, any) error {
	return errors.New("slips are not read")
}

// MarshalShout writes a text in capitals; an empty one is null, "boo" panics.
func MarshalShout(s string) graphql.Marshaler {
	switch s {
	case "":
		return graphql.Null
	case "boo":
		panic("boo")
	}
	return graphql.MarshalString(strings.ToUpper(s))
}

// UnmarshalShout reads a text.
func UnmarshalShout(v any) (string, error) { return graphql.UnmarshalString(v) }

// Filter is the input.
type Filter struct {
	Text  *string
	N     int
	Kinds []Plain
	Below *Filter
	One   *Choice
	When  *time.Time
}

// Choice is the input of one member.
type Choice struct {
	A *int
	B *string
}

// Inner is embedded, sometimes by nothing.
type Inner struct{ Inside string }

// Thing is an object that travels by address.
type Thing struct {
	*Inner
	ID           string
	Name         string
	Mark         *Mark
	Text         *string
	MustText     *string
	Int          int
	Int32        *int32
	Int64        int64
	Uint         uint
	Float        float64
	MaybeFloat   *float64
	Yes          bool
	Maybe        *bool
	Instant      time.Time
	MaybeInstant *time.Time
	Any          any
	MustAny      any
	Map          map[string]any
	MustMark     Mark
	Slip         *Slip
	MustSlip     Slip
	Shout        string
	Plain        Plain
	Own          *Own
	MustOwn      *Own
	Coded        Coded
	Plains       []Plain
	Owns         []*Own
	Codeds       []Coded
	Words        []string
	Gaps         []*string
	Slips        []Slip
	Floats       []float64
	Table        [][]int
	Far          *[]string
	Point        Other
	MaybePoint   *Other
	Points       []Other
	Pointers     []*Other
	PointerGaps  []*Other

	chance int
}

// GetName is the name.
func (t *Thing) GetName() string { return t.Name }

// GetMark is the mark.
func (t *Thing) GetMark() *Mark { return t.Mark }

// Method panics now and then.
func (t *Thing) Method() string {
	if t.chance%7 == 0 {
		panic("a method panicked")
	}
	return t.Name
}

// Args tells its arguments.
func (t *Thing) Args(a *int, b *string, kinds []Own, where *Filter) string {
	text := fmt.Sprint(deref(a), deref(b), kinds)
	for ; where != nil; where = where.Below {
		text += fmt.Sprint(" ", deref(where.Text), where.N, where.Kinds, where.One != nil, where.When)
	}
	return text
}

// Fails fails now and then.
func (t *Thing) Fails() (*string, error) {
	if t.chance%3 == 0 {
		return nil, errors.New("a method failed")
	}
	return t.Text, nil
}

// MustFail fails now and then.
func (t *Thing) MustFail() (int, error) {
	if t.chance%5 == 0 {
		return 1, errors.New("a method failed")
	}
	return t.chance, nil
}

// Known is not always.
func (t *Thing) Known() (string, bool) { return t.Name, t.chance%2 == 0 }

// MustKnown is not always.
func (t *Thing) MustKnown() (*Other, bool) { return t.MaybePoint, t.chance%4 > 0 }

// Asked tells where it is asked.
func (t *Thing) Asked(ctx context.Context) (string, error) {
	at := graphql.GetFieldContext(ctx)
	return fmt.Sprint(at.Path(), at.Object, at.IsMethod, at.IsResolver, graphql.GetRootFieldContext(ctx).Object), nil
}

// Child tells where it is asked.
func (t *Thing) Child(ctx context.Context, n int) (*Other, error) {
	at := graphql.GetFieldContext(ctx)
	if n > 3 {
		return nil, fmt.Errorf("%d is too much at %s", n, at.Path())
	}
	return &Other{N: n, Name: fmt.Sprint(at.Args, at.Field.Name, at.Parent.Path())}, nil
}

// Other is an object that travels by value.
type Other struct {
	Name string
	N    int
	Text *string
	pick int
}

// GetName is the name.
func (o Other) GetName() string { return o.Name }

// Either is a thing, an other, nothing, or nothing that the schema knows.
func (o Other) Either() Either {
	switch o.pick % 6 {
	case 0:
		return (*Thing)(nil)
	case 1:
		return nil
	case 2:
		return stranger{}
	case 3:
		return graphql.MarshalString("written by itself")
	case 4:
		return Other{Name: o.Name + "'", pick: o.pick / 6}
	}
	return &Other{Name: o.Name + "*", pick: o.pick / 6}
}

// stranger is of no type of the schema.
type stranger struct{}

func (stranger) GetName() string { return "stranger" }

func (stranger) GetMark() *Mark { return nil }

func deref[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// chance makes values.
type chance struct{ *rand.Rand }

func (c chance) of(percent int) bool { return c.IntN(100) < percent }

func maybe[T any](c chance, v T) *T {
	if c.of(25) {
		return nil
	}
	return &v
}

func list[T any](c chance, make func() T) []T {
	if c.of(10) {
		return nil
	}
	var all = []T{}
	for range c.IntN(4) {
		all = append(all, make())
	}
	return all
}

func (c chance) text() string {
	return []string{"a", "Ségou", "تمبكتو", "\"\\/\n\r\t\x01\x1f", "<&>\u2028", "\xff\xfe", ""}[c.IntN(7)]
}

func (c chance) float() float64 {
	return []float64{0, 1, -2.5, 1e21, 1e-7, 123456789, math.MaxFloat64, math.Inf(1), math.NaN(), math.Copysign(0, -1)}[c.IntN(10)]
}

func (c chance) other() Other {
	return Other{Name: c.text(), N: c.IntN(9), Text: maybe(c, c.text()), pick: c.IntN(1000)}
}

func (c chance) mark() Mark {
	if c.of(1) {
		return -1
	}
	return Mark(c.IntN(9))
}

func (c chance) own() Own { return []Own{"x", "y"}[c.IntN(2)] }

func (c chance) shout() string {
	return []string{"boo", "", "hey", "ho", "a", "b", "c"}[c.IntN(7)]
}

func (c chance) slip() Slip { return Slip([]string{"", "s", "t", "u"}[c.IntN(4)]) }

func (c chance) instant() time.Time {
	return []time.Time{{}, time.Unix(0, 5).UTC(), time.Unix(1e9, 0).UTC()}[c.IntN(3)]
}

func (c chance) any() any {
	return []any{nil, 1, "x", []any{1, "y"}, map[string]any{"k": nil}}[c.IntN(5)]
}

func (c chance) thing() *Thing {
	t := &Thing{
		Inner: maybe(c, Inner{c.text()}), ID: strconv.Itoa(c.IntN(99)), Name: c.text(), Mark: maybe(c, c.mark()),
		Text: maybe(c, c.text()), MustText: maybe(c, c.text()), Int: c.Int(), Int32: maybe(c, c.Int32()), Int64: -c.Int64(),
		Uint: uint(c.Uint64()), Float: c.float(), MaybeFloat: maybe(c, c.float()), Yes: c.of(50), Maybe: maybe(c, c.of(50)),
		Instant: c.instant(), MaybeInstant: maybe(c, c.instant()), Any: c.any(), MustAny: c.any(), MustMark: c.mark(),
		Slip: maybe(c, c.slip()), MustSlip: c.slip(), Shout: c.shout(), Plain: Plain(c.text()), Own: maybe(c, c.own()),
		MustOwn: maybe(c, c.own()), Coded: Coded(c.IntN(4)),
		Plains: list(c, func() Plain { return Plain(c.text()) }), Owns: list(c, func() *Own { return maybe(c, c.own()) }),
		Codeds: list(c, func() Coded { return Coded(c.IntN(3)) }), Words: list(c, c.text),
		Gaps:  list(c, func() *string { return maybe(c, c.text()) }),
		Slips: list(c, c.slip), Floats: list(c, c.float), Table: list(c, func() []int { return list(c, func() int { return c.IntN(9) }) }),
		Far: maybe(c, list(c, c.text)), Point: c.other(), MaybePoint: maybe(c, c.other()), Points: list(c, c.other),
		Pointers:    list(c, func() *Other { return maybe(c, c.other()) }),
		PointerGaps: list(c, func() *Other { return maybe(c, c.other()) }), chance: c.IntN(1000),
	}
	if c.of(50) {
		t.Map = map[string]any{"x": c.text()}
	}
	return t
}
