package edtf

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// The texts of the two days that are none, as PostgreSQL writes them.
const (
	pastText   = "-infinity"
	futureText = "infinity"
)

var errDayText = errors.New(
	"a day is written YYYY-MM-DD, years before 0000 and after 9999 with a sign")

// ParseDay reads a day as [Day.String] writes it: YYYY-MM-DD, or a sign and at least four
// digits of the year, "-0500-01-01", "+12345-01-01". There is one text for each day: a plus
// before a year of four digits, a superfluous zero and the year -0000 are refused.
func ParseDay(s string) (Day, error) {
	d, err := parseDay(s)
	if err != nil {
		return 0, fmt.Errorf("edtf: no day %q: %w", shorten(s), err)
	}
	return d, nil
}

func parseDay(s string) (Day, error) {
	yearEnd := len(s) - len("-MM-DD")
	if yearEnd < 4 || s[yearEnd] != '-' || s[yearEnd+3] != '-' {
		return 0, errDayText
	}
	year, err := parseSignedYear(s[:yearEnd])
	if err != nil {
		return 0, err
	}
	month, okMonth := twoDigits(s[yearEnd+1:])
	day, okDay := twoDigits(s[yearEnd+4:])
	if !okMonth || !okDay {
		return 0, errDayText
	}
	if err := checkDate(year, month, day); err != nil {
		return 0, err
	}
	return dayOf(year, month, day), nil
}

// parseSignedYear reads YYYY, -YYYY…, +YYYYY….
func parseSignedYear(s string) (int64, error) {
	digits := strings.TrimLeft(s, "+-")
	signs, long := len(s)-len(digits), len(digits) > 4
	plus := strings.HasPrefix(s, "+")
	switch {
	case len(digits) < 4, signs > 1, long && digits[0] == '0', !allDigits(digits):
		return 0, errDayText
	case long && signs == 0, plus && !long, s == "-0000":
		return 0, errDayText
	}
	year, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0, errYearRange
	}
	return year, nil
}

// String returns the day as YYYY-MM-DD. Years before 0000 carry a minus, years after 9999
// a plus, and as many digits as they need, at least four. The two days that are none print
// as "-infinity" and "infinity".
func (d Day) String() string {
	switch d {
	case DistantPast:
		return pastText
	case DistantFuture:
		return futureText
	}
	var buffer [32]byte
	return string(d.append(buffer[:0]))
}

func (d Day) append(text []byte) []byte {
	year, month, day := d.Date()
	switch {
	case year < 0:
		text = append(text, '-')
		year = -year
	case year > 9999:
		text = append(text, '+')
	}
	for limit := int64(1000); limit > year && limit > 1; limit /= 10 {
		text = append(text, '0')
	}
	text = strconv.AppendInt(text, year, 10)
	text = append(text, '-', byte('0'+month/10), byte('0'+month%10))
	return append(text, '-', byte('0'+day/10), byte('0'+day%10))
}

// MarshalText writes the day as String does; JSON and XML use it.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes, "-infinity" and "infinity" included.
func (d *Day) UnmarshalText(text []byte) error {
	switch string(text) {
	case pastText:
		*d = DistantPast
		return nil
	case futureText:
		*d = DistantFuture
		return nil
	}
	parsed, err := ParseDay(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// MarshalGQL writes the GraphQL scalar Date: the day as a quoted string, a day that is not
// finite as null.
func (d Day) MarshalGQL(w io.Writer) {
	if !d.Finite() {
		writeGQL(w, "null")
		return
	}
	var text []byte // written where the writer keeps it, if it lends its room
	if b, ok := w.(interface{ AvailableBuffer() []byte }); ok {
		text = b.AvailableBuffer()
	}
	_, _ = w.Write(append(d.append(append(text, '"')), '"'))
}

// UnmarshalGQL reads the GraphQL scalar Date: a string as ParseDay takes it.
func (d *Day) UnmarshalGQL(input any) error {
	text, ok := input.(string)
	if !ok {
		return errors.New(`a day is a text in quotes, such as "2012-04-01"`)
	}
	parsed, err := ParseDay(text)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// writeGQL writes a GraphQL literal. GraphQL's writer is a buffer, and its interface leaves no
// way to report an error.
func writeGQL(w io.Writer, text string) { _, _ = io.WriteString(w, text) }

// twoDigits reads the number that the first two bytes of s write.
func twoDigits(s string) (int, bool) {
	if len(s) < 2 || !isDigit(s[0]) || !isDigit(s[1]) {
		return 0, false
	}
	return int(s[0]-'0')*10 + int(s[1]-'0'), true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// shorten cuts a text that is quoted in an error: an error must not carry a whole file.
func shorten(s string) string {
	const enough = 64
	if len(s) <= enough {
		return s
	}
	return strings.ToValidUTF8(s[:enough], "") + "…"
}
