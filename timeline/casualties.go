package timeline

import (
	"cmp"
	"slices"

	"tarikh/edtf"
)

// Unknown stands for a number that was not reported, which is not 0.
const Unknown = -1

// Statement is what the rules of figures know of one claim.
type Statement struct {
	ID      string
	Kind    ClaimKind
	Status  ClaimStatus
	Victims string // whose losses: empty for everybody, else a key: actor:12 or the folded words

	// Included says that another claim of the event counts these victims already: the claim
	// takes no part in a figure, but it is counted, and it can contest claims of its own victims.
	Included bool

	Low, Best, High int // Unknown where not reported

	// Origin is what the claim counts for as an origin: its claimant if known, else the root
	// of its source's origins, else the source. Any number that tells origins apart will do.
	Origin int64

	// Dated is the latest day of its report, else of its source's publication, else the day
	// on which the claim was entered.
	Dated edtf.Day

	Dataset     int64  // the dataset whose row makes the claim; 0: none does
	DatasetRow  string // the row's id in the dataset
	Vintage     string // the dataset's version, such as 24.1
	Responsible int64  // of kind RESPONSIBILITY: who is named; 0: nobody known
}

// Figure makes one figure of an event's claims by a rule; nil where no claim gives a number.
// Kinds that have no figure and unknown words are INVALID, see [CheckFigure].
//
// Only CURRENT claims of the kind count. Claims about the same victims compete under the rule;
// the figures of the different victims are added; their sum and the claims about everybody
// compete under the same rule, as if the sum were one claim. RANGE takes the smallest least,
// the greatest most and the median of the bests (the lower middle of an even number); LOWEST
// the claim with the smallest least, then the smallest most; LATEST the one of the latest day
// (then of the greatest id). DATASET looks only at claims that rows of datasets make: of one
// row those of its newest vintage, as a figure of their own; the rows of one dataset add up;
// datasets compete as in RANGE.
//
// A claim without a number and an included one are counted among the claims and their origins
// but take no part in the figure.
func Figure(statements []Statement, kind ClaimKind, rule CasualtyRule) (*Casualties, error) {
	if err := CheckFigure(kind, rule); err != nil {
		return nil, err
	}
	var n numbers
	var known bool
	if rule == RuleDataset {
		n, known = datasets(statements, kind)
	} else {
		n, known = part{kind: kind}.figure(statements, rule)
	}
	if !known {
		return nil, nil
	}
	c := n.casualties(kind, rule)
	c.Events = 1
	c.Contested = Contested(statements, kind)
	c.ClaimCount, c.SourceCount = behind(statements, kind, rule)
	return c, nil
}

// CheckFigure says why a kind and a rule make no figure: INVALID for RESPONSIBILITY, which is
// no number, for OTHER, whose claims count different things, and for unknown words. The field
// is kind or rule.
func CheckFigure(kind ClaimKind, rule CasualtyRule) error {
	if err := figureMistake(kind, rule); err != nil {
		return err
	}
	return nil
}

func figureMistake(kind ClaimKind, rule CasualtyRule) *Error {
	switch {
	case kind == ClaimResponsibility:
		return Invalidf("kind", "who is responsible is no number: RESPONSIBILITY has no figure")
	case kind == ClaimOther:
		return Invalidf("kind",
			"claims of kind OTHER count different things and never make one figure")
	case !knownWord("ClaimKind", kind):
		return Invalidf("kind", "%q is no ClaimKind", clip(string(kind)))
	case !knownWord("CasualtyRule", rule):
		return Invalidf("rule", "%q is no CasualtyRule", clip(string(rule)))
	}
	return nil
}

// OrderKey is the number by which events are ordered: the best, else the low. known is false
// for an event without a figure, a nil c.
func (c *Casualties) OrderKey() (n int, known bool) {
	switch {
	case c == nil:
		return 0, false
	case c.Best != nil:
		return *c.Best, true
	case c.Low != nil:
		return *c.Low, true
	}
	return 0, false
}

// Match says whether a figure, made by the filter's kind and rule, passes the filter: atLeast
// looks at the best, else the low; atMost at the best, else the high. Without a figure (c is
// nil) neither is passed. A filter that gives neither restricts nothing.
func (w *CasualtyWhere) Match(c *Casualties) bool {
	if w == nil || w.AtLeast == nil && w.AtMost == nil {
		return true
	}
	least, known := c.OrderKey()
	if !known {
		return false
	}
	most := least
	if c.Best == nil && c.High != nil {
		most = *c.High
	}
	return (w.AtLeast == nil || least >= *w.AtLeast) && (w.AtMost == nil || most <= *w.AtMost)
}

// Figure is the kind and the rule that the filter asks for: KILLED by RANGE unless it says so.
func (w *CasualtyWhere) Figure() (ClaimKind, CasualtyRule) {
	kind, rule := ClaimKilled, RuleRange
	if w.Kind != nil {
		kind = *w.Kind
	}
	if w.Rule != nil {
		rule = *w.Rule
	}
	return kind, rule
}

// numbers are a claim, or several made one, as far as figures compute with it.
type numbers struct {
	least, most int
	best        int  // Unknown where there is none
	open        bool // it has no upper limit
	dated       edtf.Day
	id          string
}

// numbersOf gives the numbers of a claim; false where it reports none. The least is the first
// known of low, best, high, the most the first known of high, best, low: a claim that breaks
// their order is taken as it is. "At least 100" gives a low only and is open.
func numbersOf(s *Statement) (numbers, bool) {
	n := numbers{
		least: firstKnown(s.Low, s.Best, s.High), most: firstKnown(s.High, s.Best, s.Low),
		best: s.Best, open: s.Best == Unknown && s.High == Unknown,
		dated: s.Dated, id: s.ID,
	}
	if n.best == Unknown && s.Low == s.High {
		n.best = s.Low
	}
	return n, n.least != Unknown
}

func firstKnown(a, b, c int) int {
	switch {
	case a != Unknown:
		return a
	case b != Unknown:
		return b
	}
	return c
}

// compete makes one of several numbers under a rule. There is at least one.
func compete(rule CasualtyRule, all []numbers) numbers {
	switch rule {
	case RuleLowest:
		return slices.MinFunc(all, lower)
	case RuleLatest:
		return slices.MaxFunc(all, later)
	}
	return spread(all)
}

// lower orders by the least, then the most. What is equal in both is told apart by openness
// and best, so that the order in which claims are listed decides nothing.
func lower(a, b numbers) int {
	return cmp.Or(cmp.Compare(a.least, b.least), cmp.Compare(a.most, b.most),
		fewer(a.open, b.open), fewer(a.best == Unknown, b.best == Unknown),
		cmp.Compare(a.best, b.best))
}

// fewer puts false before true.
func fewer(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// later orders by the day, then the id.
func later(a, b numbers) int {
	return cmp.Or(cmp.Compare(a.dated, b.dated), cmp.Compare(a.id, b.id), lower(a, b))
}

// spread is the RANGE of several numbers.
func spread(all []numbers) numbers {
	n := all[0]
	var space [16]int
	bests := space[:0]
	for _, o := range all {
		n.least, n.most = min(n.least, o.least), max(n.most, o.most)
		n.open = n.open || o.open
		if o.best != Unknown {
			bests = append(bests, o.best)
		}
		if later(o, n) > 0 {
			n.dated, n.id = o.dated, o.id
		}
	}
	n.best = Unknown
	if len(bests) > 0 {
		slices.Sort(bests)
		n.best = bests[(len(bests)-1)/2]
	}
	return n
}

// plus adds numbers of different victims or rows. The sum has a best only where both have one
// and is as new as its newest part.
func (n numbers) plus(o numbers) numbers {
	sum := numbers{least: n.least + o.least, most: n.most + o.most, best: Unknown,
		open: n.open || o.open, dated: n.dated, id: n.id}
	if n.best != Unknown && o.best != Unknown {
		sum.best = n.best + o.best
	}
	if later(o, n) > 0 {
		sum.dated, sum.id = o.dated, o.id
	}
	return sum
}

// casualties is the figure as it is answered. One allocation holds it and its numbers.
func (n numbers) casualties(kind ClaimKind, rule CasualtyRule) *Casualties {
	f := &struct {
		Casualties
		least, best, most int
	}{least: n.least, best: n.best, most: n.most}
	f.Kind, f.Rule, f.Open = kind, rule, n.open
	f.Low, f.High = &f.least, &f.most
	if n.best != Unknown {
		f.Best = &f.best
	}
	return &f.Casualties
}

// behind counts the CURRENT claims that a figure regards, and their origins.
func behind(statements []Statement, kind ClaimKind, rule CasualtyRule) (claims, origins int) {
	regards := func(s *Statement) bool {
		return s.Kind == kind && s.Status == ClaimCurrent && (rule != RuleDataset || s.Dataset != 0)
	}
	for i := range statements {
		s := &statements[i]
		if !regards(s) {
			continue
		}
		claims++
		if !slices.ContainsFunc(statements[:i], func(o Statement) bool {
			return o.Origin == s.Origin && regards(&o)
		}) {
			origins++
		}
	}
	return claims, origins
}
