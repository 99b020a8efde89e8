package timeline

import "strings"

// datasets makes the figure of the rule DATASET: false where no dataset gives a number.
func datasets(statements []Statement, kind ClaimKind) (numbers, bool) {
	var space [4]numbers
	entrants := space[:0]
	for i := range statements {
		s := &statements[i]
		if !madeByRow(s, kind) || anyRow(statements[:i], kind, s.Dataset) {
			continue
		}
		if n, ok := dataset(statements[i:], kind, s.Dataset); ok {
			entrants = append(entrants, n)
		}
	}
	if len(entrants) == 0 {
		return numbers{}, false
	}
	return compete(RuleRange, entrants), true
}

// dataset adds up the rows of one dataset, each in its newest vintage.
func dataset(statements []Statement, kind ClaimKind, id int64) (numbers, bool) {
	var sum numbers
	found := false
	for i := range statements {
		s := &statements[i]
		if !madeByRow(s, kind) || s.Dataset != id || sameRow(statements[:i], kind, s) {
			continue
		}
		p := part{kind: kind, dataset: id, row: s.DatasetRow, vintage: newest(statements[i:], kind, s)}
		n, ok := p.figure(statements[i:], RuleRange)
		switch {
		case !ok:
		case found:
			sum = sum.plus(n)
		default:
			sum, found = n, true
		}
	}
	return sum, found
}

// madeByRow says whether a dataset's row makes the claim, which is CURRENT and of the kind.
func madeByRow(s *Statement, kind ClaimKind) bool {
	return s.Kind == kind && s.Status == ClaimCurrent && s.Dataset != 0
}

// anyRow says whether some row of the dataset is among the claims.
func anyRow(statements []Statement, kind ClaimKind, dataset int64) bool {
	for i := range statements {
		if statements[i].Dataset == dataset && madeByRow(&statements[i], kind) {
			return true
		}
	}
	return false
}

// sameRow says whether the row that makes s is among the claims.
func sameRow(statements []Statement, kind ClaimKind, s *Statement) bool {
	for i := range statements {
		o := &statements[i]
		if o.Dataset == s.Dataset && o.DatasetRow == s.DatasetRow && madeByRow(o, kind) {
			return true
		}
	}
	return false
}

// newest is the newest vintage of the row that makes s.
func newest(statements []Statement, kind ClaimKind, s *Statement) string {
	vintage := s.Vintage
	for i := range statements {
		o := &statements[i]
		if o.Dataset == s.Dataset && o.DatasetRow == s.DatasetRow && madeByRow(o, kind) &&
			compareVintages(o.Vintage, vintage) > 0 {
			vintage = o.Vintage
		}
	}
	return vintage
}

// compareVintages orders versions as people read them: runs of digits by their value, all
// else by its letters, so that 24.1 is newer than 9.1 and 23.0.10 newer than 23.0.9. Versions
// that differ only in leading zeros are told apart by their letters.
func compareVintages(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		dx, dy := digits(x), digits(y)
		if dx > 0 && dy > 0 {
			if c := compareNumbers(x[:dx], y[:dy]); c != 0 {
				return c
			}
			x, y = x[dx:], y[dy:]
			continue
		}
		if x[0] != y[0] {
			return strings.Compare(x, y)
		}
		x, y = x[1:], y[1:]
	}
	if c := len(x) - len(y); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

// digits is the length of the run of digits with which s begins.
func digits(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}

// compareNumbers compares runs of digits of any length by value.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
