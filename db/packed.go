package db

import (
	"errors"
	"strconv"
	"strings"
)

// The driver takes longer for a column than SQLite for a whole row: it asks for the type, takes locks,
// copies and boxes the value. So where many rows are read, most of their columns come as one text. It
// took a third of the time for the columns of an event.

// unitSeparator parts columns in a packed text (the separator of units of ASCII).
const unitSeparator = "\x1f"

// packed is an expression that gives several columns as one text: plain ones, of which none can hold
// a control character (ids, keys, our own words, whole numbers, times, JSON), each ended by a unit
// separator; the lengths of the free ones in bytes, ended likewise; then the free ones, which can
// hold anything, one after the other. A null is an empty text. Real numbers do not belong in it,
// because SQLite writes them with fifteen digits.
func packed(plain []string, free ...string) string {
	var b strings.Builder
	b.WriteString("concat_ws(char(31)")
	for _, column := range plain {
		b.WriteString(", ifnull(" + column + ", '')")
	}
	for _, column := range free {
		b.WriteString(", octet_length(ifnull(" + column + ", ''))")
	}
	b.WriteString(", concat(''")
	for _, column := range free {
		b.WriteString(", " + column)
	}
	b.WriteString("))")
	return b.String()
}

// columns lists columns as packed takes them.
func columns(list string) []string { return strings.Fields(list) }

// unpacked takes a packed text apart, column by column in their order.
type unpacked struct {
	rest  string
	wrong bool // it holds fewer columns than were asked for, or a number that is none
}

// text is the next plain column.
func (u *unpacked) text() string {
	column, rest, ok := strings.Cut(u.rest, unitSeparator)
	u.rest, u.wrong = rest, u.wrong || !ok
	return column
}

// number is the next plain column, 0 for null.
func (u *unpacked) number() int64 {
	n, _ := u.count()
	return n
}

// count is the next plain column as a number that may be missing.
func (u *unpacked) count() (n int64, given bool) {
	text := u.text()
	if text == "" {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	u.wrong = u.wrong || err != nil
	return n, true
}

func (u *unpacked) is() bool { return u.number() != 0 }

// free takes the free columns, all at once, and ends.
func (u *unpacked) free(into ...*string) {
	var space [8]int
	lengths := space[:0]
	for range into {
		lengths = append(lengths, int(u.number()))
	}
	for i, n := range lengths {
		if n < 0 || n > len(u.rest) {
			u.wrong = true
			return
		}
		*into[i], u.rest = u.rest[:n], u.rest[n:]
	}
}

// ended says what was wrong, or that not everything was taken.
func (u *unpacked) ended() error {
	if u.wrong || u.rest != "" {
		return errPacked
	}
	return nil
}

var errPacked = errors.New("a row does not hold what its table promises; tarikh doctor looks for damage")
