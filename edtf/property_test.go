package edtf

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAcceptedExpressionsKeepTheirTextAndOrderedBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := expressions().Draw(t, "text")
		v, err := Parse(text)
		if err != nil {
			var refused *ParseError
			if !errors.As(err, &refused) || !strings.Contains(refused.Reason, "before it begins") {
				t.Fatal(err)
			}
			return
		}
		if again, err := Parse(v.String()); err != nil || again != v {
			t.Fatalf("%s came back as %v, %v", v, again, err)
		}
		if message := disorder(v); message != "" {
			t.Fatal(message)
		}
	})
}

func TestWhatIsCertainIsPossible(t *testing.T) {
	edge := rapid.OneOf(
		rapid.Map(rapid.Int64Range(-800_000, 40_000), func(n int64) Day { return Day(n) }),
		rapid.Map(rapid.Int64Range(15_000, 16_000), func(n int64) Day { return Day(n) }),
		rapid.SampledFrom([]Day{DistantPast, DistantFuture}))
	rapid.Check(t, func(t *rapid.T) {
		v, err := Parse(expressions().Draw(t, "text"))
		if err != nil {
			t.Skip()
		}
		a, b := edge.Draw(t, "a"), edge.Draw(t, "b")
		w := Window{From: min(a, b), To: max(a, b)}
		end := v.EndReported(edge.Filter(Day.Finite).Draw(t, "reported"))
		for _, end := range []Bounds{v.End(), end} {
			if Certain(v.Start(), end, w) && !Possible(v.Start(), end, w) {
				t.Fatalf("%s is certain in %v but not possible", v, w)
			}
		}
	})
}

func TestAWiderWindowTouchesNoLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, err := Parse(expressions().Draw(t, "text"))
		if err != nil {
			t.Skip()
		}
		from := rapid.Int64Range(10_000, 20_000).Draw(t, "from")
		length := rapid.Int64Range(0, 500).Draw(t, "length")
		more := rapid.Int64Range(0, 500).Draw(t, "more")
		narrow := Window{Day(from), Day(from + length)}
		wide := Window{Day(from - more), Day(from + length + more)}
		if Possible(v.Start(), v.End(), narrow) && !Possible(v.Start(), v.End(), wide) ||
			Certain(v.Start(), v.End(), narrow) && !Certain(v.Start(), v.End(), wide) {
			t.Fatalf("%s touches %v but not %v", v, narrow, wide)
		}
	})
}

// disorder tells what is wrong with the bounds of a value, nothing where they are in order.
func disorder(v Value) string {
	start, end := v.Start(), v.End()
	switch {
	case start.First > start.Last, end.First > end.Last:
		return fmt.Sprintf("%s has a side whose first day follows its last", v)
	case start.First > end.First, start.Last > end.Last:
		return fmt.Sprintf("%s may end before it begins", v)
	case start.Open && start.First != DistantPast, end.Open && end.Last != DistantFuture:
		return fmt.Sprintf("%s has an open side with a far day", v)
	}
	return ""
}

// expressions generates texts that are right but for sides that may be reversed.
func expressions() *rapid.Generator[string] {
	return rapid.OneOf(dateTexts(), dateTimeTexts(), intervalTexts(), listTexts())
}

func yearTexts() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		year := rapid.OneOf(rapid.IntRange(1900, 2030), rapid.IntRange(-9999, 9999)).Draw(t, "year")
		if year < 0 {
			return fmt.Sprintf("-%04d", -year)
		}
		return fmt.Sprintf("%04d", year)
	})
}

// bareTexts generates dates without qualifier and X.
func bareTexts() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		year := yearTexts().Draw(t, "year")
		switch rapid.IntRange(0, 4).Draw(t, "form") {
		case 0:
			return year
		case 1:
			return fmt.Sprintf("%s-%02d", year, rapid.IntRange(1, 12).Draw(t, "month"))
		case 2:
			return fmt.Sprintf("%s-%02d", year, rapid.IntRange(21, 24).Draw(t, "season"))
		case 3:
			long := rapid.Int64Range(10_000, maxYear).Draw(t, "long")
			return rapid.SampledFrom([]string{"Y", "Y-"}).Draw(t, "sign") + fmt.Sprint(long)
		}
		month, day := rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day")
		return fmt.Sprintf("%s-%02d-%02d", year, month, day)
	})
}

func qualifiedTexts() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		qualifier := rapid.SampledFrom([]string{"", "", "", "~", "?", "%"}).Draw(t, "qualifier")
		return bareTexts().Draw(t, "date") + qualifier
	})
}

func dateTexts() *rapid.Generator[string] {
	unspecified := rapid.Custom(func(t *rapid.T) string {
		year := yearTexts().Draw(t, "year")
		month := rapid.IntRange(1, 12).Draw(t, "month")
		return rapid.SampledFrom([]string{
			year[:len(year)-1] + "X", year[:len(year)-2] + "XX", year + "-XX", year + "-XX-XX",
			fmt.Sprintf("%s-%02d-XX", year, month),
		}).Draw(t, "unspecified")
	})
	return rapid.OneOf(qualifiedTexts(), unspecified)
}

func dateTimeTexts() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		clock := fmt.Sprintf("%02d:%02d:%02d", rapid.IntRange(0, 23).Draw(t, "hour"),
			rapid.IntRange(0, 59).Draw(t, "minute"), rapid.IntRange(0, 59).Draw(t, "second"))
		zone := rapid.SampledFrom([]string{"", "Z", "+00:00", "-04", "+05:30", "+14:00"})
		return yearTexts().Draw(t, "year") + "-04-12T" + clock + zone.Draw(t, "zone")
	})
}

func intervalTexts() *rapid.Generator[string] {
	side := rapid.OneOf(qualifiedTexts(), qualifiedTexts(), rapid.SampledFrom([]string{"", ".."}))
	return rapid.Custom(func(t *rapid.T) string {
		return side.Draw(t, "start") + "/" + side.Draw(t, "end")
	})
}

func listTexts() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		entries := rapid.SliceOfN(dateTexts(), 1, 8).Draw(t, "entries")
		year := rapid.IntRange(1000, 2000).Draw(t, "year")
		last := year + rapid.IntRange(0, 50).Draw(t, "length")
		switch rapid.IntRange(0, 3).Draw(t, "with") {
		case 0:
			entries = append([]string{".." + bareTexts().Draw(t, "earlier")}, entries...)
		case 1:
			entries = append(entries, bareTexts().Draw(t, "later")+"..")
		case 2:
			entries = append(entries, fmt.Sprintf("%d..%d", year, last))
		}
		return "[" + strings.Join(entries, ",") + "]"
	})
}

// FuzzParse holds that no text makes the parser panic or linger, and that what it accepts is
// its own canonical form, has ordered bounds and can be said in every language.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"2013-01-28", "2012-04~", "-0500", "Y-13800000000", "201X", "2004-XX", "2012-24",
		"2012-04-01T10:00:00+04:30", "2012-04-01/2013-01-28", "2023-08-08/..", "/", "../..",
		"[2012-04-03..2012-04-06]", "[..1760,1770..]", "[2012,2013~]", "{2012}", "Y1E5", "1X99",
		"-000X", "[" + strings.Repeat("2012,", 50) + "2013]", strings.Repeat("9", 10_000),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		began := time.Now()
		v, err := Parse(text)
		if spent := time.Since(began); spent > time.Second {
			t.Fatalf("%d bytes took %v", len(text), spent)
		}
		if err != nil {
			checkRefusal(t, text, err)
			return
		}
		if again, err := Parse(v.String()); v.String() != text || err != nil || again != v {
			t.Fatalf("%q prints as %q: %v", text, v, err)
		}
		if message := disorder(v); message != "" {
			t.Fatal(message)
		}
		for _, lang := range []string{"ar", "fr", "en"} {
			if v.Display(lang) == "" {
				t.Fatalf("%q has no words in %s", text, lang)
			}
		}
	})
}

func checkRefusal(t *testing.T, text string, err error) {
	t.Helper()
	var refused *ParseError
	if !errors.As(err, &refused) || refused.Reason == "" || refused.Input != text {
		t.Fatalf("%q: %v", text, err)
	}
	if refused.Offset < 0 || refused.Offset > len(text) {
		t.Fatalf("%q is refused at offset %d", text, refused.Offset)
	}
}
