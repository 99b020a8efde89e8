package ingest

import (
	"tarikh/edtf"
)

// gedWhen is when the event of a row was.
type gedWhen struct {
	edtf       edtf.Value
	start, end edtf.Day
}

// gedTime reads the days of a row. One day is that day. A whole month or year is written as such.
// Other days are an interval where the row sums up what happened over them (event_clarity 2), and
// a one-of set where it was one event on a day that is not known.
func gedTime(r row) (gedWhen, error) {
	start, ok := readDay(r.cell("date_start"))
	if !ok {
		return gedWhen{}, fieldError("date_start", "%q is no date", clipped(r.cell("date_start")))
	}
	end, ok := readDay(r.cell("date_end"))
	if !ok {
		return gedWhen{}, fieldError("date_end", "%q is no date", clipped(r.cell("date_end")))
	}
	if end < start {
		return gedWhen{}, fieldError("date_end", "it ends on %s, before it begins on %s", end, start)
	}
	text := someDay(start, end)
	if text[0] == '[' && r.cell("event_clarity") == "2" {
		text = start.String() + "/" + end.String()
	}
	v, err := edtf.Parse(text)
	if err != nil {
		return gedWhen{}, fieldError("date_start", "%v", err)
	}
	return gedWhen{edtf: v, start: start, end: end}, nil
}
