package timeline

import (
	"math"
	"slices"
)

// ContestedAtAll says whether an event's claims contradict one another in anything: in the
// losses of some kind, in what claims of kind OTHER count (the caller puts what is counted
// into Victims: different things are no contradiction), or in who is responsible.
func ContestedAtAll(statements []Statement) bool {
	for i := range statements {
		if kindMet(statements[:i], statements[i].Kind) {
			continue
		}
		if Contested(statements, statements[i].Kind) {
			return true
		}
	}
	return false
}

func kindMet(before []Statement, kind ClaimKind) bool {
	for i := range before {
		if before[i].Kind == kind {
			return true
		}
	}
	return false
}

// Contested says whether two CURRENT claims of the kind, about the same losses and of different
// origins, have no number in common; an open claim has no upper limit. The sum of the different
// victims counts as one more claim about everybody, of one origin where all its claims are.
// One source's low and high are doubt, not contest. Claims of responsibility contest one
// another where they name different actors, whoever makes them. What claims of kind OTHER
// count is never summed.
func Contested(statements []Statement, kind ClaimKind) bool {
	if kind == ClaimResponsibility {
		return blameContested(statements)
	}
	p := part{kind: kind}
	for i := range statements {
		s := &statements[i]
		if stands(s, kind) && !earlier(statements[:i], s) && p.contested(statements, s.Victims) {
			return true
		}
	}
	return false
}

func blameContested(statements []Statement) bool {
	var blamed int64
	for i := range statements {
		s := &statements[i]
		if !stands(s, ClaimResponsibility) || s.Responsible == 0 {
			continue
		}
		if blamed != 0 && blamed != s.Responsible {
			return true
		}
		blamed = s.Responsible
	}
	return false
}

// stands says whether a claim is of the kind and CURRENT. Included claims stand, too.
func stands(s *Statement, kind ClaimKind) bool {
	return s.Kind == kind && s.Status == ClaimCurrent
}

// earlier says whether a claim about the same victims as s stands before it.
func earlier(before []Statement, s *Statement) bool {
	for i := range before {
		if before[i].Victims == s.Victims && stands(&before[i], s.Kind) {
			return true
		}
	}
	return false
}

// extent is what a claim allows: a number of least to most, said by an origin.
type extent struct {
	least, most int
	origin      int64
	mixed       bool // a sum of claims of several origins, which differs from every origin
}

func extentOf(n numbers, origin int64) extent {
	e := extent{least: n.least, most: n.most, origin: origin}
	if n.open {
		e.most = math.MaxInt
	}
	return e
}

// contests says that two extents of different origins have no number in common.
func (e extent) contests(o extent) bool {
	apart := e.most < o.least || o.most < e.least
	return apart && (e.mixed || o.mixed || e.origin != o.origin)
}

// contested says whether claims about the same victims contest one another.
func (p part) contested(statements []Statement, victims string) bool {
	var space [8]extent
	all := space[:0]
	for i := range statements {
		s := &statements[i]
		if s.Victims != victims || !stands(s, p.kind) {
			continue
		}
		if n, ok := numbersOf(s); ok {
			all = append(all, extentOf(n, s.Origin))
		}
	}
	if victims == "" && p.kind != ClaimOther {
		all = p.appendSum(statements, all)
	}
	for i, e := range all {
		if slices.ContainsFunc(all[:i], e.contests) {
			return true
		}
	}
	return false
}

// appendSum appends the extent of the sum of the different victims, where there is one.
func (p part) appendSum(statements []Statement, to []extent) []extent {
	sum, ok := p.sum(statements, RuleRange)
	if !ok {
		return to
	}
	var e extent
	first := true
	for i := range statements {
		s := &statements[i]
		if _, numbered := numbersOf(s); s.Victims == "" || !numbered || !p.takes(s) {
			continue
		}
		if first {
			e, first = extentOf(sum, s.Origin), false
		}
		e.mixed = e.mixed || s.Origin != e.origin
	}
	return append(to, e)
}
