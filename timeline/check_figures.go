package timeline

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tarikh/names"
)

// What texts say in numbers, and whether their claims and their other languages say the same.

var (
	// figure is a number in digits, its thousands parted as English and French do, or a word.
	figure = regexp.MustCompile(`\d{1,3}(?:[ ,\x{a0}\x{202f}]\d{3})+|\d+|[\p{L}\p{M}-]+`)
	// standingNumber is a number that stands alone: not G5, COVID-19 or 3,000.
	standingNumber = regexp.MustCompile(`(?:^|[\s(«"“])(\d+)(?:$|[\s.:;)»"”])`)
	wholeNumber    = regexp.MustCompile(`\d+`)
)

// titleFigures warns of a number in a title, in digits or a small one in words, that neither
// a claim nor the time has.
func (s *set) titleFigures(e *EventRecord) {
	known := knownNumbers(e)
	for i, t := range e.Titles {
		told := smallNumbers(t)
		for _, found := range standingNumber.FindAllStringSubmatch(t.Text, -1) {
			if n, err := strconv.Atoi(found[1]); err == nil && n < 1000 { // four digits are a year or the number of a resolution
				told = append(told, n)
			}
		}
		for _, n := range told {
			if !known[n] {
				s.warn(at("event.titles", i), "title-figure", "no claim has the number %d", n)
				return // the same in three languages
			}
		}
	}
}

// knownNumbers is every number of the event's time and claims.
func knownNumbers(e *EventRecord) map[int]bool {
	known := map[int]bool{}
	for _, digits := range wholeNumber.FindAllString(e.Time.String(), -1) {
		if n, err := strconv.Atoi(digits); err == nil { // 07 in a date is 7 in a title
			known[n] = true
		}
	}
	for i := range e.Claims {
		if g := e.Claims[i].Range; g != nil {
			for _, n := range []*int{g.Low, g.Best, g.High} {
				if n != nil {
					known[*n] = true
				}
			}
		}
	}
	return known
}

// languagesDiffer warns where the Arabic, French and English texts of one kind do not give
// the same numbers. One and two are passed over: Arabic says them with the noun.
func (s *set) languagesDiffer(field string, texts []Text) {
	first := -1
	for i, t := range texts {
		if smallWords(t.Lang) == nil {
			continue
		}
		if first < 0 {
			first = i
			continue
		}
		want, got := numbersTold(texts[first]), numbersTold(t)
		if !slices.Equal(want, got) {
			s.warn(at(field, i), "languages-differ", "it has the numbers %v, the text in %q has %v", got, texts[first].Lang, want)
			return
		}
	}
}

// numbersTold is the numbers from three on that a text gives in digits or, below ten, in
// words, in order of size.
func numbersTold(t Text) []int {
	told := smallNumbers(t)
	for _, found := range figure.FindAllString(t.Text, -1) {
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, found)
		if n, err := strconv.Atoi(digits); err == nil && n > 2 {
			told = append(told, n)
		}
	}
	slices.Sort(told)
	return told
}

// smallNumbers is the numbers from three to nine that a text gives in words: not the five of
// fifteen, of dix-neuf or of خمس عشرة.
func smallNumbers(t Text) []int {
	words := smallWords(t.Lang)
	if words == nil {
		return nil
	}
	var told []int
	all := figure.FindAllString(t.Text, -1)
	for i, w := range all {
		head, tail, joined := strings.Cut(strings.ToLower(w), "-")
		n, ok := words[bareWord(t.Lang, head)]
		teen := t.Lang == "ar" && i+1 < len(all) && strings.HasPrefix(all[i+1], "عشر")
		if ok && !teen && (!joined || !strings.HasPrefix(tail, "vingt")) {
			told = append(told, n)
		}
	}
	return told
}

// smallWords is the words for three to nine; nil where they are not known.
func smallWords(l names.Language) map[string]int {
	var words string
	switch l {
	case "en":
		words = "three four five six seven eight nine"
	case "fr":
		words = "trois quatre cinq six sept huit neuf"
	case "ar": // without the ending of the masculine
		words = "ثلاث أربع خمس ست سبع ثماني تسع"
	default:
		return nil
	}
	known := map[string]int{}
	for i, w := range strings.Fields(words) {
		known[w] = i + 3
	}
	return known
}

// bareWord takes from an Arabic number what is written with it: a conjunction, a
// preposition, the article, the ending of the masculine.
func bareWord(l names.Language, w string) string {
	if l != "ar" {
		return w
	}
	w = strings.TrimSuffix(w, "ة")
	for _, before := range []string{"و", "ف", "ب", "ل", "ك", "ال", "ل"} {
		if rest, cut := strings.CutPrefix(w, before); cut && len(rest) >= len("ست") {
			w = rest
		}
	}
	return w
}
