package edtf

import "testing"

// The headings are those of the feature lists of EDTF (levels 0, 1, 2); "meanings" marks what
// the project decided where the standard is silent. A side is written first..last, "*" has no
// day; "open" follows a side that is open.
func TestBoundsFollowTheStandard(t *testing.T) {
	for _, c := range []struct{ clause, text, start, end string }{
		{"0 Date", "1985-04-12", "1985-04-12..1985-04-12", "1985-04-12..1985-04-12"},
		{"0 Date", "1985-04", "1985-04-01..1985-04-30", "1985-04-01..1985-04-30"},
		{"0 Date", "2012-02", "2012-02-01..2012-02-29", "2012-02-01..2012-02-29"},
		{"0 Date", "1985", "1985-01-01..1985-12-31", "1985-01-01..1985-12-31"},
		{"0 Date", "0000", "0000-01-01..0000-12-31", "0000-01-01..0000-12-31"},
		{"0 Date and Time, meanings: no shift", "1985-04-12T23:20:30-04",
			"1985-04-12..1985-04-12", "1985-04-12..1985-04-12"},
		{"0 Date and Time, meanings: the day as written", "1985-04-12T24:00:00",
			"1985-04-12..1985-04-12", "1985-04-12..1985-04-12"},
		{"0 Time Interval", "1964/2008", "1964-01-01..1964-12-31", "2008-01-01..2008-12-31"},
		{"0 Time Interval", "2004-02-01/2005",
			"2004-02-01..2004-02-01", "2005-01-01..2005-12-31"},
		{"meanings: no end before its start", "2012-04-15/2012-04",
			"2012-04-15..2012-04-15", "2012-04-15..2012-04-30"},
		{"meanings: no end before its start", "2012-04/2012-04-15",
			"2012-04-01..2012-04-15", "2012-04-15..2012-04-15"},
		{"meanings: no end before its start", "2012/2012",
			"2012-01-01..2012-12-31", "2012-01-01..2012-12-31"},

		{"1 Letter-prefixed calendar year", "Y170000002",
			"+170000002-01-01..+170000002-12-31", "+170000002-01-01..+170000002-12-31"},
		{"1 Letter-prefixed calendar year", "Y-13800000000",
			"-13800000000-01-01..-13800000000-12-31", "-13800000000-01-01..-13800000000-12-31"},
		{"1 Seasons, meanings", "2001-21", "2001-03-01..2001-05-31", "2001-03-01..2001-05-31"},
		{"1 Seasons, meanings", "2001-22", "2001-06-01..2001-08-31", "2001-06-01..2001-08-31"},
		{"1 Seasons, meanings", "2001-23", "2001-09-01..2001-11-30", "2001-09-01..2001-11-30"},
		{"1 Seasons, meanings", "2001-24", "2001-12-01..2002-02-28", "2001-12-01..2002-02-28"},
		{"1 Seasons, meanings", "2011-24", "2011-12-01..2012-02-29", "2011-12-01..2012-02-29"},
		{"1 Seasons", "-0001-24", "-0001-12-01..0000-02-29", "-0001-12-01..0000-02-29"},
		{"1 Qualification of a date, meanings: moves nothing", "2004-06-11%",
			"2004-06-11..2004-06-11", "2004-06-11..2004-06-11"},
		{"1 Qualification of a date, meanings: moves nothing", "2004-06~",
			"2004-06-01..2004-06-30", "2004-06-01..2004-06-30"},
		{"1 Unspecified digit(s)", "201X", "2010-01-01..2019-12-31", "2010-01-01..2019-12-31"},
		{"1 Unspecified digit(s)", "20XX", "2000-01-01..2099-12-31", "2000-01-01..2099-12-31"},
		{"1 Unspecified digit(s)", "2004-XX", "2004-01-01..2004-12-31", "2004-01-01..2004-12-31"},
		{"1 Unspecified digit(s)", "1985-04-XX",
			"1985-04-01..1985-04-30", "1985-04-01..1985-04-30"},
		{"1 Unspecified digit(s)", "1985-XX-XX",
			"1985-01-01..1985-12-31", "1985-01-01..1985-12-31"},
		{"1 Unspecified digit(s), Negative calendar year", "-012X",
			"-0129-01-01..-0120-12-31", "-0129-01-01..-0120-12-31"},
		{"1 Unspecified digit(s), Negative calendar year", "-000X",
			"-0009-01-01..-0001-12-31", "-0009-01-01..-0001-12-31"},
		{"1 Unspecified digit(s), Negative calendar year", "-00XX",
			"-0099-01-01..-0001-12-31", "-0099-01-01..-0001-12-31"},
		{"1 Extended Interval: open end", "2012-04/..",
			"2012-04-01..2012-04-30", "2012-04-30..* open"},
		{"1 Extended Interval: open start", "../2012-04",
			"*..2012-04-01 open", "2012-04-01..2012-04-30"},
		{"1 Extended Interval: unknown end", "2012-04/",
			"2012-04-01..2012-04-30", "2012-04-01..*"},
		{"1 Extended Interval: unknown start", "/2012-04",
			"*..2012-04-30", "2012-04-01..2012-04-30"},
		{"1 Extended Interval, both unknown", "/", "*..*", "*..*"},
		{"1 Extended Interval, both open", "../..", "*..* open", "*..* open"},
		{"1 Extended Interval, open and unknown", "../", "*..* open", "*..*"},
		{"1 Extended Interval, unknown and open", "/..", "*..*", "*..* open"},
		{"1 Extended Interval: qualified", "1984-06-02?/2004-08-08~",
			"1984-06-02..1984-06-02", "2004-08-08..2004-08-08"},
		{"1 Extended Interval: seasons", "2012-21/2012-22",
			"2012-03-01..2012-05-31", "2012-06-01..2012-08-31"},
		{"1 Negative calendar year", "-1985", "-1985-01-01..-1985-12-31",
			"-1985-01-01..-1985-12-31"},

		{"2 Set representation", "[1667,1670]", "1667-01-01..1670-12-31",
			"1667-01-01..1670-12-31"},
		{"2 Set representation, range", "[1667,1668,1670..1672]",
			"1667-01-01..1672-12-31", "1667-01-01..1672-12-31"},
		{"2 Set representation, meanings: the gaps are unused", "[2013-01-20,2013-01-03]",
			"2013-01-03..2013-01-20", "2013-01-03..2013-01-20"},
		{"2 Set representation, earlier", "[..1760-12-03]", "*..1760-12-03", "*..1760-12-03"},
		{"2 Set representation, later", "[1760-12..]", "1760-12-01..*", "1760-12-01..*"},
		{"2 Set representation, both", "[..1760,1770..]", "*..*", "*..*"},
		{"2 Set representation, unspecified", "[201X,2022-04]",
			"2010-01-01..2022-04-30", "2010-01-01..2022-04-30"},
		{"2 Set representation, mixed precision", "[2012,2012-04-01]",
			"2012-01-01..2012-12-31", "2012-01-01..2012-12-31"},
	} {
		v := MustParse(c.text)
		if got := written(v.Start()); got != c.start {
			t.Errorf("%s starts %s, want %s (%s)", c.text, got, c.start, c.clause)
		}
		if got := written(v.End()); got != c.end {
			t.Errorf("%s ends %s, want %s (%s)", c.text, got, c.end, c.clause)
		}
	}
}

func written(b Bounds) string {
	text := sideText(b.Earliest()) + ".." + sideText(b.Latest())
	if b.Open {
		text += " open"
	}
	return text
}

func sideText(d *Day) string {
	if d == nil {
		return "*"
	}
	return d.String()
}

func TestAReportRaisesOnlyAnOpenEnd(t *testing.T) {
	for _, c := range []struct{ text, reported, end string }{
		{"2023-08-08/..", "2023-10-01", "2023-10-01..* open"},
		{"2023-08-08/..", "2023-01-01", "2023-08-08..* open"},
		{"/..", "2023-10-01", "2023-10-01..* open"},
		{"../..", "2023-10-01", "2023-10-01..* open"},
		{"2023-08-08/", "2023-10-01", "2023-08-08..*"},
		{"2023-08-08/2023-09", "2023-10-01", "2023-09-01..2023-09-30"},
		{"[2023-08-08..]", "2023-10-01", "2023-08-08..*"},
	} {
		if got := written(MustParse(c.text).EndReported(day(c.reported))); got != c.end {
			t.Errorf("%s reported on %s ends %s, want %s", c.text, c.reported, got, c.end)
		}
	}
}

// day reads a day that is a constant of a test.
func day(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}
