package timeline

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tarikh/edtf"
)

// claimOf reads a short form: "soldiers 1/28/- o7 d3" is a CURRENT claim of KILLED about
// soldiers, low 1, best 28, high not reported, origin 7, dated day 3. Further words: included,
// superseded, retracted, injured, other, row=DATASET:ROW@VINTAGE, by=ACTOR (responsibility).
func claimOf(t *testing.T, id int, text string) Statement {
	t.Helper()
	words := strings.Fields(text)
	s := Statement{ID: fmt.Sprintf("cl_%03d", id), Kind: ClaimKilled, Status: ClaimCurrent,
		Low: Unknown, Best: Unknown, High: Unknown, Origin: int64(100 + id)}
	if words[0] != "all" {
		s.Victims = words[0]
	}
	if words[1] != "none" {
		for i, side := range strings.Split(words[1], "/") {
			if side != "-" {
				_, err := fmt.Sscan(side, []*int{&s.Low, &s.Best, &s.High}[i])
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for _, word := range words[2:] {
		s.mark(t, word)
	}
	return s
}

func (s *Statement) mark(t *testing.T, word string) {
	t.Helper()
	var day int64
	switch {
	case word == "included":
		s.Included = true
	case word == "superseded":
		s.Status = ClaimSuperseded
	case word == "retracted":
		s.Status = ClaimRetracted
	case word == "injured":
		s.Kind = ClaimInjured
	case word == "other":
		s.Kind = ClaimOther
	case strings.HasPrefix(word, "by="):
		s.Kind = ClaimResponsibility
		_, _ = fmt.Sscanf(word, "by=%d", &s.Responsible)
	case strings.HasPrefix(word, "row="):
		row, vintage, _ := strings.Cut(word[4:], "@")
		dataset, id, _ := strings.Cut(row, ":")
		_, _ = fmt.Sscan(dataset, &s.Dataset)
		s.DatasetRow, s.Vintage, s.Origin = id, vintage, 1000+s.Dataset
	case word[0] == 'o':
		_, _ = fmt.Sscanf(word, "o%d", &s.Origin)
	case word[0] == 'd':
		_, _ = fmt.Sscanf(word, "d%d", &day)
		s.Dated = edtf.Day(day)
	default:
		t.Fatalf("what is %q?", word)
	}
}

func claimsOf(t *testing.T, texts ...string) []Statement {
	t.Helper()
	all := make([]Statement, len(texts))
	for i, text := range texts {
		all[i] = claimOf(t, i+1, text)
	}
	return all
}

// shown writes a figure as meanings do: low/best/high, open, contested, claims and sources.
func shown(c *Casualties) string {
	if c == nil {
		return "null"
	}
	side := func(n *int) string {
		if n == nil {
			return "null"
		}
		return fmt.Sprint(*n)
	}
	text := side(c.Low) + "/" + side(c.Best) + "/" + side(c.High)
	if c.Open {
		text += " open"
	}
	if c.Contested {
		text += " contested"
	}
	return fmt.Sprintf("%s %dc %ds", text, c.ClaimCount, c.SourceCount)
}

func TestFiguresFollowTheRules(t *testing.T) {
	a := []string{"soldiers -/28/-", "fighters -/1/-", "all 20/-/-", "all 4/29/29 row=1:7@24.1"}
	sums := []string{"soldiers 10/-/-", "civilians 3/4/5"}
	latest := []string{"all -/5/- d1", "all -/9/- d4", "all -/7/- d4", "all none d9"}
	tests := []struct {
		name   string
		claims []string
		rule   CasualtyRule
		want   string
	}{
		{"A: the sum competes with claims about all", a, RuleRange, "4/29/29 open 4c 4s"},
		{"A by the lowest", a, RuleLowest, "4/29/29 4c 4s"},
		{"A by the dataset", a, RuleDataset, "4/29/29 1c 1s"},
		{"B: one group, two claims", []string{"civilians 10/-/20", "civilians 25/-/30"}, RuleRange,
			"10/null/30 contested 2c 2s"},
		{"C: at least", []string{"all 100/-/-"}, RuleRange, "100/null/100 open 1c 1s"},
		{"D: dozens", []string{"all none"}, RuleRange, "null"},
		{"E: nobody", []string{"all -/0/-"}, RuleRange, "0/0/0 1c 1s"},
		{"no claim", nil, RuleRange, "null"},
		{"low equal to high is a best", []string{"all 5/-/5"}, RuleRange, "5/5/5 1c 1s"},
		{"up to five", []string{"all -/-/5"}, RuleRange, "5/null/5 1c 1s"},
		{"a dataset without rows", []string{"all -/5/-"}, RuleDataset, "null"},
		{"sums lack a best where one part lacks it", sums, RuleRange, "13/null/15 open 2c 2s"},
		{"the same for one group about everybody's low", append(sums, "all 13/-/13"), RuleRange,
			"13/13/15 open 3c 3s"},
		{"the median of an even number is the lower middle",
			[]string{"all -/1/-", "all -/9/-", "all -/4/-", "all -/6/-"}, RuleRange,
			"1/4/9 contested 4c 4s"},
		{"a claim without a number is counted only", []string{"all none", "all -/3/-"}, RuleRange,
			"3/3/3 2c 2s"},
		{"an included claim never adds", []string{"soldiers -/8/-", "women -/3/- included"},
			RuleRange, "8/8/8 2c 2s"},
		{"an included claim alone makes no figure", []string{"women -/3/- included"}, RuleRange, "null"},
		{"an included claim contests its own victims",
			[]string{"all -/8/-", "women -/3/- included", "women -/5/- included"}, RuleRange,
			"8/8/8 contested 3c 3s"},
		{"superseded and retracted claims are gone",
			[]string{"all -/3/-", "all -/8/- superseded", "all -/9/- retracted"}, RuleRange,
			"3/3/3 1c 1s"},
		{"another kind is another figure", []string{"all -/3/-", "all -/8/- injured"}, RuleRange,
			"3/3/3 1c 1s"},
		{"origins are counted once", []string{"all -/3/- o5", "all -/4/- o5"}, RuleRange, "3/3/4 2c 1s"},
		{"the lowest by the least, then the most", []string{"all 2/-/9", "all 2/-/7", "all 3/-/3"},
			RuleLowest, "2/null/7 3c 3s"},
		{"the latest day, then the greatest id", latest, RuleLatest, "7/7/7 contested 4c 4s"},
		{"a sum is as new as its newest part",
			[]string{"soldiers -/2/- d1", "fighters -/3/- d5", "all -/9/- d3"}, RuleLatest,
			"5/5/5 contested 3c 3s"},
		{"a claim about all that is newer than the sum",
			[]string{"soldiers -/2/- d1", "fighters -/3/- d5", "all -/9/- d6"}, RuleLatest,
			"9/9/9 contested 3c 3s"},
		{"Aguelhok: rows of one dataset add up",
			[]string{"all 97/97/97 row=1:29908@24.1", "all 12/12/30 row=1:29960@24.1",
				"all 0/0/4 row=1:30013@24.1", "all -/82/-"}, RuleDataset, "109/109/131 contested 3c 1s"},
		{"of one row the newest vintage",
			[]string{"all 9/9/9 row=1:7@9.1", "all 5/5/5 row=1:7@24.1", "all 7/7/7 row=1:7@19.1"},
			RuleDataset, "5/5/5 3c 1s"},
		{"a newest vintage without a number silences the older",
			[]string{"all 9/9/9 row=1:7@9.1", "all none row=1:7@24.1"}, RuleDataset, "null"},
		{"groups within a row are added",
			[]string{"soldiers -/2/- row=1:7@1", "civilians -/3/- row=1:7@1", "all -/4/- row=1:8@1"},
			RuleDataset, "9/9/9 3c 1s"},
		{"datasets compete as in RANGE",
			[]string{"all 4/5/6 row=1:7@1", "all 1/2/9 row=2:7@1", "all 3/3/3 row=2:8@1"},
			RuleDataset, "4/5/12 contested 3c 2s"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := Figure(claimsOf(t, test.claims...), ClaimKilled, test.rule)
			if err != nil || shown(c) != test.want {
				t.Errorf("%s: got %s, %v; want %s", test.rule, shown(c), err, test.want)
			}
		})
	}
}

func TestClaimsAreContestedWhereTheyHaveNoNumberInCommon(t *testing.T) {
	tests := []struct {
		name   string
		claims []string
		want   bool
	}{
		{"nothing said", nil, false},
		{"two ranges apart", []string{"all 1/-/2", "all 3/-/4"}, true},
		{"two ranges that touch", []string{"all 1/-/3", "all 3/-/4"}, false},
		{"one origin twice", []string{"all 1/-/2 o1", "all 3/-/4 o1"}, false},
		{"at least ten has no limit", []string{"all 10/-/-", "all -/99/-"}, false},
		{"at least ten against nine", []string{"all 10/-/-", "all -/9/-"}, true},
		{"different victims", []string{"soldiers -/1/-", "civilians -/9/-"}, false},
		{"different kinds", []string{"all -/1/-", "all -/9/- injured"}, false},
		{"one was superseded", []string{"all -/1/-", "all -/9/- superseded"}, false},
		{"the sum against all", []string{"soldiers -/1/-", "civilians -/9/-", "all -/11/-"}, true},
		{"the sum agrees with all", []string{"soldiers -/1/-", "civilians -/9/-", "all -/10/-"}, false},
		{"one source's sum and total", []string{"soldiers -/1/- o1", "civilians -/9/- o1", "all -/11/- o1"}, false},
		{"a sum of two origins", []string{"soldiers -/1/- o1", "civilians -/9/- o2", "all -/11/- o1"}, true},
		{"an open sum", []string{"soldiers 1/-/-", "civilians -/9/-", "all -/11/-"}, false},
		{"included claims are not in the sum", []string{"soldiers -/9/-", "women -/2/- included", "all -/9/-"}, false},
		{"two are named responsible", []string{"all none by=1 o1", "all none by=2 o1"}, true},
		{"the same is named twice", []string{"all none by=1", "all none by=1"}, false},
		{"one names nobody known", []string{"all none by=1", "all none by=0"}, false},
		{"other things differ", []string{"vehicles -/1/- other", "houses -/9/- other"}, false},
		{"the same thing differs", []string{"vehicles -/1/- other", "vehicles -/9/- other"}, true},
		{"other things are not summed", []string{"vehicles -/1/- other", "houses -/9/- other", "all -/99/- other"}, false},
	}
	for _, test := range tests {
		if got := ContestedAtAll(claimsOf(t, test.claims...)); got != test.want {
			t.Errorf("%s: contested is %v", test.name, got)
		}
	}
}

func TestKindsWithoutAFigureAndUnknownWordsAreInvalid(t *testing.T) {
	for _, bad := range []struct {
		kind  ClaimKind
		rule  CasualtyRule
		field string
	}{
		{ClaimResponsibility, RuleRange, "kind"}, {ClaimOther, RuleRange, "kind"},
		{"DEAD", RuleRange, "kind"}, {ClaimKilled, "MEAN", "rule"}, {ClaimKilled, "", "rule"},
	} {
		_, err := Figure(nil, bad.kind, bad.rule)
		var e *Error
		if !errors.As(err, &e) || e.Code != CodeInvalid || e.Field != bad.field {
			t.Errorf("%s by %s: %v", bad.kind, bad.rule, err)
		}
	}
	if err := CheckFigure(ClaimInjured, RuleLatest); err != nil {
		t.Error(err)
	}
}

func TestVintagesCompareByTheirNumbers(t *testing.T) {
	rising := []string{"", "9.1", "19.1", "23.0", "23.0.9", "23.0.10", "24.1", "24.1.1", "24.01.23", "25-rc2", "25-rc10"}
	for i := range rising {
		for j := range rising {
			got := compareVintages(rising[i], rising[j])
			if i < j && got >= 0 || i == j && got != 0 || i > j && got <= 0 {
				t.Errorf("%q against %q: %d", rising[i], rising[j], got)
			}
		}
	}
}

func TestAFilterOfFiguresLooksAtTheBestElseTheNearSide(t *testing.T) {
	figure := func(claims ...string) *Casualties {
		c, err := Figure(claimsOf(t, claims...), ClaimKilled, RuleRange)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	ranged, exact := figure("all 10/-/20"), figure("all 1/5/9")
	tests := []struct {
		name    string
		least   int
		most    int
		figure  *Casualties
		matches bool
	}{
		{"low reaches atLeast", 10, 99, ranged, true},
		{"low does not", 11, 99, ranged, false},
		{"high stays within atMost", 0, 20, ranged, true},
		{"high does not", 0, 19, ranged, false},
		{"best decides", 5, 5, exact, true},
		{"best is too small", 6, 9, exact, false},
		{"no figure", 0, 99, nil, false},
		{"zero is a figure", 0, 0, figure("all -/0/-"), true},
	}
	for _, test := range tests {
		w := &CasualtyWhere{AtLeast: &test.least, AtMost: &test.most}
		if w.Match(test.figure) != test.matches {
			t.Errorf("%s: %v", test.name, !test.matches)
		}
	}
	if !(&CasualtyWhere{}).Match(nil) || !(*CasualtyWhere)(nil).Match(nil) {
		t.Error("a filter without bounds restricts nothing")
	}
}

func TestFiguresOrderByBestElseLow(t *testing.T) {
	if _, known := (*Casualties)(nil).OrderKey(); known {
		t.Error("an event without a figure has a key")
	}
	for claim, want := range map[string]int{"all 1/5/9": 5, "all 10/-/20": 10, "all -/0/-": 0} {
		c, _ := Figure(claimsOf(t, claim), ClaimKilled, RuleRange)
		if n, known := c.OrderKey(); !known || n != want {
			t.Errorf("%s: %d, %v", claim, n, known)
		}
	}
}

// statements draws up to eight claims in which the same few victims, origins, rows and days
// come again. Their numbers keep their order: of a claim that breaks it least may pass most.
func statements(t *rapid.T) []Statement {
	one := rapid.Custom(func(t *rapid.T) Statement {
		n := rapid.IntRange(0, 9)
		low := n.Draw(t, "low")
		best := low + n.Draw(t, "more")
		s := Statement{
			ID:      rapid.StringMatching(`cl_[0-9]{6}`).Draw(t, "id"),
			Kind:    rapid.SampledFrom([]ClaimKind{ClaimKilled, ClaimKilled, ClaimInjured}).Draw(t, "kind"),
			Status:  rapid.SampledFrom([]ClaimStatus{ClaimCurrent, ClaimCurrent, ClaimRetracted}).Draw(t, "status"),
			Victims: rapid.SampledFrom([]string{"", "", "civilians", "soldiers", "actor:1"}).Draw(t, "victims"),
			Low:     low, Best: best, High: best + n.Draw(t, "most"),
			Included: rapid.IntRange(0, 5).Draw(t, "included") == 0,
			Origin:   int64(rapid.IntRange(1, 3).Draw(t, "origin")),
			Dated:    edtf.Day(n.Draw(t, "day")), Dataset: int64(rapid.IntRange(0, 2).Draw(t, "dataset")),
			DatasetRow: rapid.SampledFrom([]string{"1", "2"}).Draw(t, "row"),
			Vintage:    rapid.SampledFrom([]string{"9.1", "24.1"}).Draw(t, "vintage"),
		}
		for _, side := range []*int{&s.Low, &s.Best, &s.High} {
			if rapid.Bool().Draw(t, "unknown") {
				*side = Unknown
			}
		}
		return s
	})
	return rapid.SliceOfNDistinct(one, 0, 8, func(s Statement) string { return s.ID }).Draw(t, "claims")
}

func figured(t *rapid.T, all []Statement, rule CasualtyRule) *Casualties {
	c, err := Figure(all, ClaimKilled, rule)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFiguresDoNotDependOnTheOrderOfClaims(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := statements(t)
		mixed := append([]Statement(nil), all...)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).
			Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		for _, rule := range []CasualtyRule{RuleRange, RuleLowest, RuleLatest, RuleDataset} {
			if a, b := figured(t, all, rule), figured(t, mixed, rule); !reflect.DeepEqual(a, b) {
				t.Fatalf("%s: %s and %s", rule, shown(a), shown(b))
			}
		}
		if ContestedAtAll(all) != ContestedAtAll(mixed) {
			t.Fatal("contested depends on the order")
		}
	})
}

func TestARetractedClaimChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := statements(t)
		more := append(append([]Statement(nil), all...), Statement{ID: "cl_x", Kind: ClaimKilled,
			Status: ClaimRetracted, Low: 1, Best: 500, High: 900, Origin: 9, Dated: 99, Dataset: 1,
			DatasetRow: "1", Vintage: "99"})
		for _, rule := range []CasualtyRule{RuleRange, RuleLowest, RuleLatest, RuleDataset} {
			if a, b := figured(t, all, rule), figured(t, more, rule); !reflect.DeepEqual(a, b) {
				t.Fatalf("%s: %s and %s", rule, shown(a), shown(b))
			}
		}
	})
}

func TestTheRangeHoldsTheFiguresOfTheOtherRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := statements(t)
		wide := figured(t, all, RuleRange)
		for _, rule := range []CasualtyRule{RuleLowest, RuleLatest} {
			c := figured(t, all, rule)
			if (c == nil) != (wide == nil) {
				t.Fatalf("%s: %s against %s", rule, shown(c), shown(wide))
			}
			if c != nil && (*c.Low < *wide.Low || *c.High > *wide.High) {
				t.Fatalf("%s: %s lies outside of %s", rule, shown(c), shown(wide))
			}
		}
		if wide != nil && (*wide.Low > *wide.High || wide.Best != nil && *wide.Best < *wide.Low) {
			t.Fatalf("the range %s is out of order", shown(wide))
		}
	})
}

func TestAFigureIsMadeInOneAllocation(t *testing.T) {
	all := claimsOf(t, "soldiers -/28/-", "fighters -/1/-", "all 20/-/-", "all 4/29/29 row=1:7@24.1")
	for _, rule := range []CasualtyRule{RuleRange, RuleLowest, RuleLatest, RuleDataset} {
		n := testing.AllocsPerRun(100, func() { _, _ = Figure(all, ClaimKilled, rule) })
		if n > 1 {
			t.Errorf("%s takes %v allocations", rule, n)
		}
	}
}

func BenchmarkFigure(b *testing.B) {
	s := Statement{ID: "cl_1", Kind: ClaimKilled, Status: ClaimCurrent, Low: 4, Best: 29, High: 29}
	o := Statement{ID: "cl_2", Kind: ClaimKilled, Status: ClaimCurrent, Low: 20, Best: -1, High: -1, Origin: 2}
	all := []Statement{s, o}
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Figure(all, ClaimKilled, RuleRange)
	}
}
