package edtf

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNoDayIsMadeOfADateThatDoesNotExist(t *testing.T) {
	for _, c := range []struct {
		year       int64
		month, day int
	}{
		{2013, 2, 29}, {1900, 2, 29}, {2012, 4, 31}, {2012, 0, 1}, {2012, 13, 1}, {2012, 1, 0},
		{2012, 1, 32}, {maxYear + 1, 1, 1}, {-maxYear - 1, 12, 31},
	} {
		if d, err := NewDay(c.year, c.month, c.day); err == nil {
			t.Errorf("NewDay(%d, %d, %d) = %v", c.year, c.month, c.day, d)
		}
	}
}

func TestTextsThatWriteNoDayAreRefused(t *testing.T) {
	for _, s := range []string{
		"", "2012", "2012-04", "2012-4-1", "2012-02-30", "20120401", "2012/04/01", "2012-04-01T",
		"+2012-01-01", "12345-01-01", "+012345-01-01", "-0000-01-01", "--500-01-01", "+-500-01-01",
		"-500-01-01", "2012-04-0x", "٢٠١٢-٠٤-٠١", " 2012-04-01", "Y-13800000000-01-01",
		"+99999999999999999999-01-01", "+25000000000000001-01-01", "infinity", "null",
	} {
		if d, err := ParseDay(s); err == nil {
			t.Errorf("ParseDay(%q) = %v", s, d)
		}
	}
}

func TestDaysPrintWithSignsWhereTheContractHasThem(t *testing.T) {
	for want, d := range map[string]Day{
		"1970-01-01":               0,
		"1969-12-31":               -1,
		"2012-02-29":               15399,
		"0000-03-01":               -719468,
		"-0001-12-31":              -719529,
		"9999-12-31":               2932896,
		"+10000-01-01":             2932897,
		"-13800000000-01-01":       dayOf(-13_800_000_000, 1, 1),
		"+25000000000000000-12-31": dayOf(maxYear, 12, 31),
		"-25000000000000000-01-01": dayOf(-maxYear, 1, 1),
	} {
		if d.String() != want {
			t.Errorf("day %d prints %s, want %s", int64(d), d, want)
		}
		if got, err := ParseDay(want); err != nil || got != d {
			t.Errorf("ParseDay(%s) = %d, %v, want %d", want, int64(got), err, int64(d))
		}
	}
}

func TestDaysOfEveryYearSurviveTheirDateAndText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.OneOf(rapid.Int64Range(-maxYear, maxYear), rapid.Int64Range(-11000, 11000)).
			Draw(t, "year")
		month := rapid.IntRange(1, 12).Draw(t, "month")
		day := rapid.IntRange(1, daysIn(year, month)).Draw(t, "day")
		d, err := NewDay(year, month, day)
		if err != nil || !d.Finite() {
			t.Fatal(d, err)
		}
		if y, m, n := d.Date(); y != year || m != month || n != day {
			t.Fatalf("%d-%d-%d came back as %d-%d-%d", year, month, day, y, m, n)
		}
		if got, err := ParseDay(d.String()); err != nil || got != d {
			t.Fatalf("%s came back as %s, %v", d, got, err)
		}
	})
}

func TestDaysCountLikeTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.Int64Range(-4_000_000, 4_000_000).Draw(t, "day"))
		year, month, day := time.Unix(int64(d)*86_400, 0).UTC().Date()
		if y, m, n := d.Date(); y != int64(year) || m != int(month) || n != day {
			t.Fatalf("day %d is %d-%d-%d, want %d-%d-%d", int64(d), y, m, n, year, month, day)
		}
	})
}

func TestEachDayFollowsTheOneBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.Int64Range(int64(dayOf(-maxYear, 1, 2)), int64(dayOf(maxYear, 12, 31))).
			Draw(t, "day"))
		year, month, day := (d - 1).Date()
		if day++; day > daysIn(year, month) {
			month, day = month+1, 1
		}
		if month > 12 {
			year, month = year+1, 1
		}
		if next := dayOf(year, month, day); next != d {
			t.Fatalf("the day after %d is %d", int64(d-1), int64(next))
		}
	})
}

func TestDatesOfDaysNearTheEndsDoNotOverflow(t *testing.T) {
	if year, _, _ := (DistantFuture - 1).Date(); year < maxYear {
		t.Errorf("the last day lies in year %d", year)
	}
	if year, _, _ := (DistantPast + 1).Date(); year > -maxYear {
		t.Errorf("the first day lies in year %d", year)
	}
}

func TestDaysThatAreNoneSurviveJSONAndAreNullInGraphQL(t *testing.T) {
	for _, d := range []Day{DistantPast, DistantFuture, 0, dayOf(-500, 6, 15)} {
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back Day
		if err := json.Unmarshal(text, &back); err != nil || back != d {
			t.Errorf("%s came back as %v, %v", text, back, err)
		}
	}
	for want, d := range map[string]Day{"null": DistantPast, `"1970-01-01"`: 0} {
		var out bytes.Buffer
		if d.MarshalGQL(&out); out.String() != want {
			t.Errorf("%v in GraphQL is %s, want %s", d, out.String(), want)
		}
	}
}

func TestGraphQLDatesAreStrings(t *testing.T) {
	var d Day
	if err := d.UnmarshalGQL("2012-04-01"); err != nil || d.String() != "2012-04-01" {
		t.Error(d, err)
	}
	for _, input := range []any{nil, 2012, "2012", true} {
		if err := d.UnmarshalGQL(input); err == nil {
			t.Errorf("%v was taken for a day", input)
		}
	}
	if d.String() != "2012-04-01" {
		t.Errorf("a refused input changed the day to %v", d)
	}
}

func TestARefusedDaySaysWhy(t *testing.T) {
	_, err := ParseDay("2013-02-30")
	if want := `edtf: no day "2013-02-30": this month has 28 days`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	_, err = ParseDay("-99999999999999999999-01-01")
	if want := errYearRange; !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
}
