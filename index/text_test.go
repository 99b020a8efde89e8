package index_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// prints is words over texts in memory, by event.
type prints map[int64]string

func (p prints) Printing(asked []index.Printed) ([]*index.Rows, error) {
	all := make([]*index.Rows, len(asked))
	for i, printed := range asked {
		all[i] = &index.Rows{}
		for row, text := range p {
			some := slices.ContainsFunc(printed.Some, func(words []string) bool {
				return p.all(text, []names.Term{{Words: words}})
			})
			if some || printed.All != nil && p.all(text, printed.All) {
				all[i].Add(row)
			}
		}
	}
	return all, nil
}

func (prints) all(text string, terms []names.Term) bool {
	return !slices.ContainsFunc(terms, func(t names.Term) bool {
		return !slices.ContainsFunc(names.Forms(t.Words[0]), func(first string) bool {
			words := strings.Join(append([]string{first}, t.Words[1:]...), " ")
			if !t.Prefix {
				words += " "
			}
			return strings.Contains(" "+names.Fold(text)+" ", " "+words)
		})
	})
}

func (p prints) Few(terms []names.Term, most int) (*index.Rows, bool, error) {
	found, err := p.Printing([]index.Printed{{All: terms}})
	if found[0].Len() > min(most, 2) { // so that tests take both ways
		return &index.Rows{}, false, err
	}
	return found[0], true, err
}

func (p prints) Among(terms []names.Term, _ iter.Seq[*index.Event]) (*index.Rows, error) {
	found, err := p.Printing([]index.Printed{{All: terms}})
	return found[0], err
}

func (p prints) Walk(terms []names.Term) (index.Walk, error) {
	return walkable{prints: p, read: new(int)}.Walk(terms) // to be asked for its key alone
}

func (p prints) Scores(terms []names.Term, rows []int64) (map[int64]float64, error) {
	scores := map[int64]float64{}
	for _, row := range rows {
		if p.all(p[row], terms) {
			scores[row] = float64(row)
		}
	}
	return scores, nil
}

func aliases(texts ...string) []timeline.Name {
	all := make([]timeline.Name, len(texts))
	for i, text := range texts {
		all[i] = timeline.Name{Text: text, Kind: timeline.NameAlias}
	}
	return all
}

func foldedOf(all []timeline.Name) []string {
	folded := make([]string, len(all))
	for i, n := range all {
		folded[i] = names.Fold(n.Text)
	}
	return folded
}

// sahel is a few places, actors and events, and what the events print.
func sahel() (*index.Index, prints) {
	place := func(row, parent int64, all ...string) *index.Location {
		l := &index.Location{Parent: parent}
		l.Row, l.Names = row, aliases(all...)
		l.ID = timeline.DeriveID(timeline.KindLocation, fmt.Sprint(row))
		l.Folded, l.Refs = foldedOf(l.Names), []string{l.ID}
		return l
	}
	who := func(row int64, generic bool, all ...string) *index.Actor {
		a := &index.Actor{}
		a.Row, a.Names, a.Generic = row, aliases(all...), generic
		a.ID = timeline.DeriveID(timeline.KindActor, fmt.Sprint(row))
		a.Folded, a.Refs = foldedOf(a.Names), []string{a.ID}
		return a
	}
	c := index.Changes{Revision: 1,
		Locations: []*index.Location{
			place(1, 0, "Mali", "مالي"), place(2, 1, "Tombouctou", "تمبكتو", "Région de Tombouctou"),
			place(3, 2, "Tombouctou", "تمبكتو", "تنبكتو"), place(4, 0, "Niger", "النيجر"), place(5, 0, "Nigeria", "نيجيريا"),
			place(6, 1, "Gao", "غاو"), place(7, 0, "Ghana", "غانا"),
		},
		Actors: []*index.Actor{
			who(1, false, "Ansar Dine", "أنصار الدين"), who(2, false, "Ansar Allah", "أنصار الله"),
			who(3, true, "Civilians", "Mali"), who(4, false, "Iyad Ag Ghali"), who(5, false, "Dine"),
		},
	}
	p := prints{}
	add := func(row int64, text string, at int64, role timeline.PlaceRole, with ...int64) {
		e := randomEvent(newRand(), row)
		e.Places = []index.Place{{Location: at, Role: role}}
		for _, a := range with {
			e.Participants = append(e.Participants, index.Participant{Actor: a})
		}
		c.Events = append(c.Events, e)
		p[row] = text
	}
	add(1, "Attaque de Tombouctou", 3, timeline.RoleSite, 1)
	add(2, "Attaque au nord", 2, timeline.RoleSite, 2)
	add(3, "هجوم بتمبكتو", 6, timeline.RoleSite)
	add(4, "Accord sur Tombouctou", 6, timeline.RoleSite, 4)
	add(5, "Attaque", 3, timeline.RoleNearby)
	add(6, "Ansar et Dine", 7, timeline.RoleSite, 5)
	add(7, "Combattants d'Ansar Dine", 6, timeline.RoleSite)
	return index.New().With(c), p
}

func TestTextFindsWhatPrintsItAndWhatIsAtOrWithWhatItNames(t *testing.T) {
	x, p := sahel()
	for text, want := range map[string]string{
		"Attaque":                     "1 2 5",
		"Tombouctou":                  "1 2 3 4",
		"تمبكتو":                      "1 2 3 4",
		"تنبكتو":                      "1 3 4",
		"وتنبكتو":                     "1 3 4",
		"attaque tombouctou":          "1 2",
		"tombouctou attaque":          "1 2",
		`"attaque tombouctou"`:        "",
		`"attaque de tombouctou"`:     "1",
		"attaque -tombouctou":         "5",
		"-tombouctou":                 "",
		"Mali":                        "1 2 3 4 7",
		"Gao -Mali":                   "",
		"Ansar Dine":                  "1 6 7",
		`"Ansar Dine"`:                "1 7",
		"أنصار الدين":                 "1 7",
		"أنصار الله":                  "2",
		"Dine":                        "6 7",
		"Iyad Ag Ghali":               "4",
		"Iyad Ag Ghali Gao":           "4",
		"Gao accord Iyad Ag Ghali":    "4",
		"Ghali":                       "",
		"Tombouc":                     "",
		"Tombouc*":                    "1 2 4",
		"Iyad*":                       "4",
		"atta*":                       "1 2 5",
		"Civilians":                   "",
		"Tmbkt":                       "",
		"":                            "",
		"…":                           "",
		"attaque nulle":               "",
		"attaque -Ansar -\"Ansar D\"": "1 2 5",
	} {
		s, err := x.Select(index.Question{Where: &timeline.EventWhere{Text: &text}, Words: p})
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := sortedRows(s.Rows()); got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

func sortedRows(rows []int64) string {
	rows = slices.Sorted(slices.Values(rows))
	return strings.Trim(fmt.Sprint(rows), "[]")
}

func TestTextComposesWithOtherFilters(t *testing.T) {
	x, p := sahel()
	attack, timbuktu := "attaque", "Tombouctou"
	gao := timeline.DeriveID(timeline.KindLocation, "6")
	for want, w := range map[string]*timeline.EventWhere{
		"1 2":   {And: []*timeline.EventWhere{{Text: &attack}, {Text: &timbuktu}}},
		"5":     {Text: &attack, Not: &timeline.EventWhere{Text: &timbuktu}},
		"34":    {Text: &timbuktu, Place: &timeline.PlaceWhere{Within: []string{gao}}},
		"12345": {Or: []*timeline.EventWhere{{Text: &attack}, {Text: &timbuktu}}},
		"67":    {Not: &timeline.EventWhere{Or: []*timeline.EventWhere{{Text: &attack}, {Text: &timbuktu}}}},
	} {
		s, err := x.Select(index.Question{Where: w, Words: p})
		if err != nil {
			t.Fatal(err)
		}
		if got := sortedRows(s.Rows()); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s finds %q, want %q", timeline.Canonical(w), got, want)
		}
	}
}

func TestRelevanceNeedsATextAndFewMatches(t *testing.T) {
	x, p := sahel()
	text := "attaque tombouctou"
	for _, desc := range []bool{false, true} {
		by := []*timeline.EventOrder{term(timeline.OrderRelevance, desc)}
		s, err := x.Select(index.Question{Where: &timeline.EventWhere{Text: &text}, Order: by, Words: p})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(s.Rows()); got != "[1 2]" { // 2 is only named: it has no score
			t.Errorf("got %s", got)
		}
		for _, where := range []*timeline.EventWhere{nil, {}, {Or: []*timeline.EventWhere{{Text: &text}}}, {Not: &timeline.EventWhere{Text: &text}}} {
			if _, err := x.Select(index.Question{Where: where, Order: by, Words: p}); timeline.CodeOf(err) != timeline.CodeInvalid {
				t.Errorf("%s: %v", timeline.Canonical(where), err)
			}
		}
	}
	many, c := prints{}, index.Changes{Revision: 1}
	for row := range int64(1001) {
		c.Events = append(c.Events, randomEvent(newRand(), row+1))
		many[row+1] = "attaque tombouctou"
	}
	_, err := index.New().With(c).Select(index.Question{Where: &timeline.EventWhere{Text: &text}, Words: many,
		Order: []*timeline.EventOrder{term(timeline.OrderRelevance, false)}})
	if timeline.CodeOf(err) != timeline.CodeInvalid || !strings.Contains(err.Error(), "1001 events are more than the 1000") {
		t.Errorf("got %v", err)
	}
}

func TestNamesAreFoundAsWellAsTheyMatch(t *testing.T) {
	x, _ := sahel()
	both := []timeline.Kind{timeline.KindActor, timeline.KindLocation}
	for text, want := range map[string]string{
		"Tombouctou":   "location 2 EXACT, location 3 EXACT",
		"tombouctou":   "location 2 FOLDED, location 3 FOLDED",
		"تنبكتو":       "location 3 EXACT, location 2 SKELETON",
		"بتنبكتو":      "location 3 FOLDED",
		"Timbuktu":     "location 2 SKELETON, location 3 SKELETON",
		"tomb":         "location 2 PREFIX, location 3 PREFIX",
		"tomb*":        "location 2 PREFIX, location 3 PREFIX",
		"ghal":         "actor 4 PREFIX",
		"ghali iyad":   "actor 4 PREFIX",
		"ans d":        "actor 1 PREFIX",
		"dine":         "actor 5 FOLDED, actor 1 PREFIX",
		"dine -ansar":  "actor 5 FOLDED",
		"Ansar -Dine":  "actor 2 PREFIX",
		"Niger":        "location 4 EXACT, location 5 PREFIX",
		"نيجر":         "location 4 FOLDED, location 5 SKELETON",
		"غاو":          "location 6 EXACT",
		"Civilians":    "",
		"-Mali":        "",
		"":             "",
		"region":       "location 2 PREFIX",
		`"ansar dine"`: "actor 1 FOLDED",
		"g":            "",
	} {
		q, err := names.ReadQuery(text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range x.FindNames(q, both, false) {
			got = append(got, fmt.Sprintf("%s %d %s", h.Kind, h.Row, h.How))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q finds %s, want %s", text, strings.Join(got, ", "), want)
		}
	}
	q, _ := names.ReadQuery("Tombouctou")
	if n := len(x.FindNames(q, both[:1], false)); n != 0 {
		t.Errorf("%d actors", n)
	}
	for text, n := range map[string]int{"Tombouctou": 2, "tombouctou": 0, "Tombouc*": 0, "Iyad": 0, "Timbuktu": 0} {
		q, _ := names.ReadQuery(text)
		if got := len(x.FindNames(q, both, true)); got != n {
			t.Errorf("strictly, %q finds %d", text, got)
		}
	}
}

func TestNewNamesAreFoundInTheNextSnapshotOnly(t *testing.T) {
	x, _ := sahel()
	q, _ := names.ReadQuery("Kidal")
	find := func(x *index.Index) int { return len(x.FindNames(q, []timeline.Kind{timeline.KindLocation}, false)) }
	l := &index.Location{}
	l.Row, l.ID, l.Names = 9, "lo_9", aliases("Kidal")
	l.Folded, l.Refs = foldedOf(l.Names), []string{l.ID}
	before := find(x)
	next := x.With(index.Changes{Revision: 2, Locations: []*index.Location{l}})
	gone := next.With(index.Changes{Revision: 3, Gone: []index.Gone{{Kind: timeline.KindLocation, Row: 9}}})
	if before != 0 || find(next) != 1 || find(gone) != 0 || find(x) != 0 {
		t.Errorf("found %d, then %d, then %d; at first still %d", before, find(next), find(gone), find(x))
	}
}

func newRand() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }
