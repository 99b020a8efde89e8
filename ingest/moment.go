package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"tarikh/edtf"
	"tarikh/timeline"
)

// moment is a date in parts, as timelines for the web have it. Years may be cosmological.
type moment struct{ year, month, day, hour, minute, second string }

func (m moment) known() bool { return m.year != "" }

// date is the moment's date as EDTF, as far as its parts are given.
func (m moment) date() (string, error) {
	year, err := strconv.ParseInt(m.year, 10, 64)
	if err != nil {
		return "", fmt.Errorf("%q is no year", clipped(m.year))
	}
	text := fmt.Sprintf("%04d", year)
	parts := []string{m.month, m.day}
	switch {
	case year < -9999 || year > 9999: // EDTF gives such a year no months
		text, parts = fmt.Sprintf("Y%d", year), nil
	case year < 0:
		text = fmt.Sprintf("-%04d", -year)
	}
	for i, part := range parts {
		if part == "" {
			break
		}
		n, err := strconv.Atoi(part)
		if most := []int{12, 31}[i]; err != nil || n < 1 || n > most {
			return "", fmt.Errorf("%q is no month or day", clipped(part))
		}
		text += fmt.Sprintf("-%02d", n)
	}
	if _, err := edtf.Parse(text); err != nil {
		return "", err
	}
	return text, nil
}

// clock is the moment's time of day behind a T, to the second, as EDTF asks; empty where the
// hour or the day is not given.
func (m moment) clock() string {
	if m.hour == "" || m.day == "" || m.month == "" {
		return ""
	}
	var n [3]int
	for i, part := range []string{m.hour, m.minute, m.second} {
		if part == "" {
			continue
		}
		v, err := strconv.Atoi(part)
		if err != nil || v < 0 || v > 59 || i == 0 && v > 23 {
			return ""
		}
		n[i] = v
	}
	return fmt.Sprintf("T%02d:%02d:%02d", n[0], n[1], n[2])
}

// span is a stretch of time between two moments as EDTF, and what is odd about it. A time of day
// has a place in EDTF (ISO 8601-2, level 0) only in a date that stands alone.
func span(start, end moment) (edtf.Value, []timeline.Problem, error) {
	if !start.known() {
		return edtf.MustParse("/"), []timeline.Problem{note("no-date", "start_date", "it has no date")}, nil
	}
	first, err := start.date()
	if err != nil {
		return edtf.Value{}, nil, fieldError("start_date", "%v", err)
	}
	alone := first + start.clock()
	if !end.known() {
		v, err := edtf.Parse(alone)
		return v, nil, err
	}
	last, err := end.date()
	if err != nil {
		v, parsing := edtf.Parse(alone)
		return v, []timeline.Problem{note("odd-date", "end_date", "%v; it is left out", err)}, parsing
	}
	if first == last {
		v, err := edtf.Parse(alone)
		return v, keptInRaw(clockOf(end)), err
	}
	if edtf.MustParse(last).End().Last < edtf.MustParse(first).Start().First {
		v, err := edtf.Parse(alone)
		return v, []timeline.Problem{note("end-before-start", "end_date",
			"%s lies before the start, %s; it is left out", last, first)}, err
	}
	v, err := edtf.Parse(first + "/" + last)
	return v, keptInRaw(clockOf(start, end)), err
}

// clockOf names the time of day where one of the moments has one.
func clockOf(moments ...moment) []string {
	for _, m := range moments {
		if m.clock() != "" {
			return []string{"time of day"}
		}
	}
	return nil
}

// momentOf reads the parts of a TimelineJS date.
func momentOf(o object) moment {
	return moment{o.text("year"), o.text("month"), o.text("day"),
		o.text("hour"), o.text("minute"), o.text("second")}
}

// momentIn reads the date of TimelineJS 2: 2011,3,23 or 2011,3,23,10,30. A year of more than four
// digits is a date that lost its commas.
func momentIn(s string) (moment, error) {
	if s == "" {
		return moment{}, nil
	}
	parts := append(strings.Split(s, ","), "", "", "", "", "")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if len(strings.TrimPrefix(parts[0], "-")) > 4 || strings.Trim(parts[0], "-0123456789") != "" {
		return moment{}, fieldError("date", "%q is no date", clipped(s))
	}
	return moment{parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]}, nil
}

// clockIn reads a time of day: 9:05, 21:05:30, 9:05 PM.
func clockIn(m moment, s string) moment {
	s = strings.ToUpper(strings.TrimSpace(s))
	if s == "" {
		return m
	}
	bare := strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(s, "AM"), "PM"))
	parts := append(strings.Split(bare, ":"), "", "")
	m.hour, m.minute, m.second = parts[0], parts[1], parts[2]
	if hour, err := strconv.Atoi(parts[0]); err == nil && hour <= 12 && bare != s {
		hour %= 12
		if strings.HasSuffix(s, "PM") {
			hour += 12
		}
		m.hour = strconv.Itoa(hour)
	}
	return m
}
