package timeline

// part is the part of an event's claims of which one figure is made: the claims of a kind, or
// those among them that one row of a dataset makes in one vintage.
type part struct {
	kind    ClaimKind
	dataset int64 // 0: whoever makes the claim
	row     string
	vintage string
}

// takes says whether the part holds the claim and its numbers count.
func (p part) takes(s *Statement) bool {
	if s.Kind != p.kind || s.Status != ClaimCurrent || s.Included {
		return false
	}
	return p.dataset == 0 ||
		s.Dataset == p.dataset && s.DatasetRow == p.row && s.Vintage == p.vintage
}

// figure makes the part's figure; false where no claim has a number.
func (p part) figure(statements []Statement, rule CasualtyRule) (numbers, bool) {
	var space [8]numbers
	entrants := p.appendAbout("", statements, space[:0])
	if sum, ok := p.sum(statements, rule); ok {
		entrants = append(entrants, sum)
	}
	if len(entrants) == 0 {
		return numbers{}, false
	}
	return compete(rule, entrants), true
}

// sum adds up the figures of the different victims; false where there are none.
func (p part) sum(statements []Statement, rule CasualtyRule) (numbers, bool) {
	var sum numbers
	var space [8]numbers
	found := false
	for i := range statements {
		s := &statements[i]
		if s.Victims == "" || !p.takes(s) || p.met(s.Victims, statements[:i]) {
			continue
		}
		entrants := p.appendAbout(s.Victims, statements[i:], space[:0])
		switch {
		case len(entrants) == 0:
		case found:
			sum = sum.plus(compete(rule, entrants))
		default:
			sum, found = compete(rule, entrants), true
		}
	}
	return sum, found
}

// appendAbout appends the numbers of the part's claims about the victims.
func (p part) appendAbout(victims string, statements []Statement, to []numbers) []numbers {
	for i := range statements {
		s := &statements[i]
		if s.Victims != victims || !p.takes(s) {
			continue
		}
		if n, ok := numbersOf(s); ok {
			to = append(to, n)
		}
	}
	return to
}

// met says whether the part's claims before already spoke of the victims.
func (p part) met(victims string, before []Statement) bool {
	for i := range before {
		if before[i].Victims == victims && p.takes(&before[i]) {
			return true
		}
	}
	return false
}
