package edtf

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestRefusalsNameReasonAndColumn(t *testing.T) {
	for _, c := range []struct {
		text   string
		column int
		reason string
	}{
		// Level 2, by heading of the standard's list of features.
		{"{1960,1961}", 1, "level 2 (a set whose members all hold"},
		{"Y17E7", 4, "level 2 (an exponential year)"},
		{"Y-17E7", 5, "level 2 (an exponential year)"},
		{"1950S2", 5, "level 2 (significant digits)"},
		{"Y171010000S3", 11, "level 2 (significant digits)"},
		{"2001-25", 6, "level 2 (sub-year groupings"},
		{"2001-41", 6, "level 2 (sub-year groupings"},
		{"2004-06~-11", 8, "level 2 (a qualifier of a part"},
		{"2004?-06-11", 5, "level 2 (a qualifier of a part"},
		{"?2004", 1, "level 2 (a qualifier before"},
		{"2004-~06", 6, "level 2 (a qualifier before"},
		{"2004-06-%11", 9, "level 2 (a qualifier before"},
		{"2012/~2013", 6, "level 2 (a qualifier before"},
		{"1X99", 2, "level 2 (an unspecified digit before"},
		{"2XXX", 2, "level 2 (more than two unspecified digits"},
		{"XXXX", 1, "level 2 (more than two unspecified digits"},
		{"201X-04", 5, "level 2 (a month after an unspecified year)"},
		{"XXXX-12-XX", 1, "level 2"},
		{"1985-XX-15", 9, "level 2 (a day of an unspecified month)"},
		{"1985-1X", 6, "level 2 (one unspecified digit of a month)"},
		{"1985-04-3X", 9, "level 2 (one unspecified digit of a day)"},
		{"Y1234X", 6, "level 2 (an unspecified digit of a year behind Y)"},
		{"2004-06-XX/2004-07-03", 9, "level 2 (an unspecified digit in an interval)"},
		{"2004/201X", 9, "level 2 (an unspecified digit in an interval)"},

		// No EDTF at any level.
		{"", 1, "empty"},
		{" 2012", 1, "year of four digits is expected"},
		{"2012 ", 5, "should end here"},
		{"[2012, 2013]", 7, "not ' '"},
		{"٢٠١٢", 1, "not '٢'"},
		{"201", 4, "a decade is written 201X"},
		{"20", 3, "a century is written 20XX"},
		{"12345", 5, "written with Y"},
		{"20120401", 5, "hyphens"},
		{"-0000", 1, "no year -0000"},
		{"+2012", 1, "no plus"},
		{"Y2012", 2, "five digits or more"},
		{"Y012345", 2, "leading zeros"},
		{"Y", 2, "five digits or more"},
		{"Y25000000000000001", 2, "25e15"},
		{"Y99999999999999999999999999", 1, "25e15"},
		{"Y12345-06", 7, "no months"},
		{"y12345", 1, "capital Y"},
		{"201u", 4, "written X"},
		{"2012/open", 6, `".."`},
		{"unknown/2012", 1, "left empty"},
		{"2012-13", 6, "months are 01 to 12"},
		{"2012-4", 6, "a month has two digits"},
		{"2012-W12", 6, "week dates"},
		{"2012-123", 6, "days of the year"},
		{"2012-", 6, "a month is expected, not the end"},
		{"2012-04-", 9, "a day is expected, not the end"},
		{"2012-04-5", 9, "a day has two digits"},
		{"2013-02-29", 9, "February 2013 has 28 days"},
		{"-0001-02-29", 10, "February 2 BCE has 28 days"},
		{"2012-04-31", 9, "April 2012 has 30 days"},
		{"2012-21-01", 8, "a season has no days"},
		{"2012-XXX", 8, "two digits"},
		{"2012?~", 6, "% means both"},
		{"2012-04-01T10:30", 17, "hh:mm:ss"},
		{"2012-04-01T24:00:01", 12, "no such time"},
		{"2012-04-01T10:30:60", 12, "no such time"},
		{"2012-04-01T10:30:00z", 20, "should end here"},
		{"2012-04-01T10:30:00+15", 20, "-14:00 to +14:00"},
		{"2012-04-01T10:30:00-00:00", 20, "Z or +00:00"},
		{"2012-04-01T10:30:00+0430", 23, "should end here"},
		{"2012-04-01T10:30:00~", 20, "takes no qualifier"},
		{"2012-04-XXT10:30:00", 11, "should end here"},
		{"..", 1, "needs a date"},
		{"2013/2012", 6, "ends before it begins"},
		{"2012-05/2012-04-15", 9, "ends before it begins"},
		{"2012/2013/2014", 10, "two sides"},
		{"2012/P1Y", 6, "durations"},
		{"2012-04-01T10:30:00/2013", 11, "without a time of day"},
		{"2012/2013-04-01T10:30:00", 16, "without a time of day"},
		{"[]", 2, "a date is missing"},
		{"[2012", 6, "not the end"},
		{"[2012,]", 7, "a date is missing"},
		{"[..]", 4, "a date is missing"},
		{"[2012,..2013]", 7, "only the first entry"},
		{"[2012..,2013]", 8, "only the last entry"},
		{"[2013..2012]", 8, "ends before it begins"},
		{"[2012..2013-04]", 8, "same precision"},
		{"[2012~..2013]", 7, "without qualifier"},
		{"[2012..201X]", 8, "without qualifier"},
		{"[..201X]", 4, "without qualifier"},
		{"[2012-04-01T10:30:00]", 2, "without a time of day"},
		{"[2012]~", 7, "should end here"},
		{"[2012]/2013", 7, "stands alone"},
		{"[" + strings.Repeat("2012,", 60) + "2012]", 257, "longer than 256 bytes"},
	} {
		_, err := Parse(c.text)
		var refused *ParseError
		if !errors.As(err, &refused) {
			t.Errorf("Parse(%q): %v, want a *ParseError", c.text, err)
			continue
		}
		if refused.Offset+1 != c.column || !strings.Contains(refused.Reason, c.reason) {
			t.Errorf("Parse(%q): %v; want %q at column %d", c.text, err, c.reason, c.column)
		}
	}
}

func TestARefusalReadsAsASentence(t *testing.T) {
	_, err := Parse("1X99")
	const want = `"1X99" is no EDTF date: level 2 (an unspecified digit before a given one)` +
		` is not supported at column 2`
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant %s", err, want)
	}
	if _, err := Parse(strings.Repeat("٢", 1000)); len(err.Error()) > 400 {
		t.Errorf("an error of %d bytes", len(err.Error()))
	}
}

func TestEveryAcceptedTextIsItsOwnCanonicalForm(t *testing.T) {
	for _, text := range []string{
		"2012", "-0500", "Y-13800000000", "2012-24%", "201X~", "2012-04-01T24:00:00+14:00",
		"/", "../..", "../", "/..", "[..1760-12-03]", "[1760-01,1760-02,1760-12..]", "[2013,2012]",
	} {
		if got := MustParse(text).String(); got != text {
			t.Errorf("%s prints as %s", text, got)
		}
	}
}

func TestMustParsePanicsOnWhatIsNoDate(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("it did not")
		}
	}()
	MustParse("soon")
}

func TestQualifiersAreToldWhereverTheyStand(t *testing.T) {
	for _, c := range []struct {
		text                   string
		approximate, uncertain bool
	}{
		{"2012", false, false}, {"2012~", true, false}, {"2012?", false, true}, {"2012%", true, true},
		{"2012~/2013", true, false}, {"2012/2013?", false, true}, {"2012~/2013?", true, true},
		{"[2012,2013~]", true, false}, {"[2012?,2013~]", true, true}, {"../2013%", true, true},
	} {
		v := MustParse(c.text)
		if v.Approximate() != c.approximate || v.Uncertain() != c.uncertain {
			t.Errorf("%s: approximate %t, uncertain %t", c.text, v.Approximate(), v.Uncertain())
		}
	}
}

func TestPrecisionIsTheFinestUnitGiven(t *testing.T) {
	for text, want := range map[string]Precision{
		"2013-01-28": PrecisionDay, "2013-01-28T10:00:00Z": PrecisionDay, "2012-04": PrecisionMonth,
		"1985-04-XX": PrecisionMonth, "2012-21": PrecisionSeason, "2012": PrecisionYear,
		"2004-XX": PrecisionYear, "1985-XX-XX": PrecisionYear, "Y12345": PrecisionYear,
		"201X": PrecisionDecade, "20XX": PrecisionCentury, "2012-04~": PrecisionMonth,
		"2012/2012": PrecisionYear, "2012~/2012": PrecisionYear, "2012/2012-04": PrecisionSpan,
		"2012-04-01/2012-04-02": PrecisionSpan, "2012-04/2012-04": PrecisionMonth,
		"2012/..": PrecisionSpan, "2012/": PrecisionSpan, "/2012": PrecisionSpan,
		"../2012": PrecisionSpan, "/": PrecisionSpan, "../..": PrecisionSpan,
		"[2012]": PrecisionYear, "[2012,2012?]": PrecisionYear, "[2012,2013]": PrecisionSpan,
		"[2012..2012]": PrecisionYear, "[2012..2013]": PrecisionSpan, "[..2012]": PrecisionSpan,
		"[2012..]": PrecisionSpan, "[2012-04-01,2013,2012-04-01]": PrecisionSpan,
	} {
		if got := MustParse(text).Precision(); got != want {
			t.Errorf("%s has precision %s, want %s", text, got, want)
		}
	}
}

func TestPrecisionsAreTheEnumOfTheContract(t *testing.T) {
	for _, name := range []string{"DAY", "MONTH", "SEASON", "YEAR", "DECADE", "CENTURY", "SPAN"} {
		var p Precision
		if err := p.UnmarshalGQL(name); err != nil || string(p) != name {
			t.Error(name, err)
		}
		var out strings.Builder
		if p.MarshalGQL(&out); out.String() != `"`+name+`"` {
			t.Error(out.String())
		}
	}
	for _, input := range []any{"", "day", "WEEK", 3, nil} {
		var p Precision
		if err := p.UnmarshalGQL(input); err == nil {
			t.Errorf("%v was taken for a precision", input)
		}
	}
}

func TestTheZeroValueIsNoExpressionAndKnowsNothing(t *testing.T) {
	var v Value
	if !v.IsZero() || v.String() != "" || MustParse("/").IsZero() {
		t.Error("zero and / are confused")
	}
	if v.Start() != unbounded() || v.End() != unbounded() || v.Precision() != PrecisionSpan {
		t.Error(v.Start(), v.End(), v.Precision())
	}
	if got := v.Display("en"); got != "date unknown" {
		t.Error(got)
	}
	var out strings.Builder
	if v.MarshalGQL(&out); out.String() != "null" {
		t.Error(out.String())
	}
}

func TestValuesTravelThroughJSONAndGraphQL(t *testing.T) {
	type record struct{ From, To Value }
	want := record{From: MustParse("2012-04~")}
	text, err := json.Marshal(want)
	if err != nil || string(text) != `{"From":"2012-04~","To":""}` {
		t.Fatal(string(text), err)
	}
	var got record
	if err := json.Unmarshal(text, &got); err != nil || got != want {
		t.Error(got, err)
	}
	var v Value
	if err := v.UnmarshalGQL("201X"); err != nil || v != MustParse("201X") {
		t.Error(v, err)
	}
	for _, input := range []any{nil, 2012, "", "soon"} {
		if err := v.UnmarshalGQL(input); err == nil {
			t.Errorf("%v was taken for a date", input)
		}
	}
	var out strings.Builder
	if v.MarshalGQL(&out); out.String() != `"201X"` {
		t.Error(out.String())
	}
}

// BenchmarkParse holds what index load pays: a plain date allocates nothing.
func BenchmarkParse(b *testing.B) {
	for _, text := range []string{
		"2013-01-28", "2012-04~", "2012-04-01/2013-01-28", "2023-08-08/..", "[2013-01-10,2013-01-11]",
	} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestParsingADateOrAnIntervalAllocatesNothing(t *testing.T) {
	for _, text := range []string{"2013-01-28", "2012-04-01/2013-01-28", "2023-08-08/.."} {
		if n := testing.AllocsPerRun(100, func() { MustParse(text) }); n > 0 {
			t.Errorf("%s costs %v allocations", text, n)
		}
	}
}
