package index

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"tarikh/names"
	"tarikh/timeline"
)

// nameset is every name of every actor and location, for finding them by it. Generic actors are left
// out: nobody is meant by "civilians". It is made when it is first asked for, and shared by the
// snapshots between which no actor or location changed.
type nameset struct {
	make   sync.Once
	all    []named
	starts map[record]int     // where the names of a record begin among all
	whole  map[string][]int32 // by the folded name
	bones  map[string][]int32 // by the skeleton
	heads  []head             // by what follows the start of any word
}

// record is an actor or a location.
type record struct {
	kind timeline.Kind
	row  int64
}

// named is one name of one record.
type named struct {
	record
	folded string
	name   *timeline.Name
}

// head is a name from one of its words on.
type head struct {
	text  string
	name  int32
	first bool // the word is the name's first
}

// names is the set of all names of the snapshot.
func (x *Index) names() *nameset {
	s := x.named
	s.make.Do(func() {
		s.whole, s.bones, s.starts = map[string][]int32{}, map[string][]int32{}, map[record]int{}
		for _, a := range x.actors.all() {
			if !a.Generic {
				s.add(timeline.KindActor, a.Row, a.Names, a.Folded)
			}
		}
		for _, l := range x.locations.all() {
			s.add(timeline.KindLocation, l.Row, l.Names, l.Folded)
		}
		slices.SortFunc(s.heads, func(a, b head) int {
			return cmp.Or(strings.Compare(a.text, b.text), cmp.Compare(a.name, b.name))
		})
	})
	return s
}

func (s *nameset) add(kind timeline.Kind, row int64, all []timeline.Name, folded []string) {
	s.starts[record{kind, row}] = len(s.all)
	for i, text := range folded {
		if text == "" {
			continue
		}
		n := int32(len(s.all))
		s.all = append(s.all, named{record{kind, row}, text, &all[i]})
		s.whole[text] = append(s.whole[text], n)
		if bones := names.Skeleton(text); bones != "" {
			s.bones[bones] = append(s.bones[bones], n)
		}
		s.heads = append(s.heads, head{text, n, true})
		for at := strings.IndexByte(text, ' '); at >= 0; {
			s.heads = append(s.heads, head{text[at+1:], n, false})
			next := strings.IndexByte(text[at+1:], ' ')
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
}

// called lists the names that are the words, whole. Where there is none, what Arabic writes onto the
// first word is taken off or the article put on: وتمبكتو is تمبكتو, and أزواد is الأزواد.
func (s *nameset) called(words []string) []int32 {
	if found := s.whole[strings.Join(words, " ")]; found != nil {
		return found
	}
	for _, first := range append(names.Bare(words[0]), "ال"+words[0]) {
		rest := append([]string{first}, words[1:]...)
		if found := s.whole[strings.Join(rest, " ")]; found != nil {
			return found
		}
	}
	return nil
}

// spellings lists the folded words of all names of some records, so that a text which prints one of them is found by any other. Names of less than three letters and
// abbreviations of less than four are left out: UN is an article in French, and IS a verb in English.
func (s *nameset) spellings(wanted map[record]bool) [][]string {
	var all [][]string
	known := map[string]bool{}
	for r := range wanted {
		for i := s.starts[r]; i < len(s.all) && s.all[i].record == r; i++ {
			n := &s.all[i]
			least := 3
			if n.name.Kind == timeline.NameAbbreviation {
				least = 4
			}
			if !known[n.folded] && utf8.RuneCountInString(n.folded) >= least {
				known[n.folded] = true
				all = append(all, strings.Split(n.folded, " "))
			}
		}
	}
	slices.SortFunc(all, slices.Compare)
	return all
}

// begun lists the names whose beginning is the text, in no order.
func (s *nameset) begun(text string) []int32 {
	var found []int32
	for _, h := range s.from(text) {
		if h.first {
			found = append(found, h.name)
		}
	}
	return found
}

// from is the heads that begin with a text.
func (s *nameset) from(text string) []head {
	at, _ := slices.BinarySearchFunc(s.heads, text, func(h head, text string) int { return strings.Compare(h.text, text) })
	end := at
	for end < len(s.heads) && strings.HasPrefix(s.heads[end].text, text) {
		end++
	}
	return s.heads[at:end]
}

// minHead is the least number of bytes of a text by whose words, or their beginnings, names are
// found: one Arabic letter, or two Latin ones.
const minHead = 2

// holding lists the names of which every word begins a word, in no order.
func (s *nameset) holding(words []string) []int32 {
	longest := slices.MaxFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	if len(longest) < minHead {
		return nil
	}
	var found []int32
	for _, h := range s.from(longest) {
		if begins(s.all[h.name].folded, words) {
			found = append(found, h.name)
		}
	}
	return found
}

// begins says whether each of the words begins a word of the folded name.
func begins(folded string, words []string) bool {
	for _, w := range words {
		if !strings.HasPrefix(folded, w) && !strings.Contains(folded, " "+w) {
			return false
		}
	}
	return true
}

// says says whether the words stand in the folded name, whole and one after the other.
func says(folded string, words []string) bool {
	return strings.Contains(" "+folded+" ", " "+strings.Join(words, " ")+" ")
}

// asked is what a query asks of a name: all words that it includes, one after the other.
func asked(q names.Query) (words []string, open bool) {
	for _, t := range q.Terms {
		if !t.Exclude {
			words = append(words, t.Words...)
			open = t.Prefix // of the last
		}
	}
	return words, open
}

// withoutExcluded drops the records one of whose names says what a query excludes.
func (s *nameset) withoutExcluded(q names.Query, found []int32) []int32 {
	for _, t := range q.Terms {
		if !t.Exclude {
			continue
		}
		out := map[record]bool{}
		for _, h := range s.from(t.Words[0]) {
			if n := &s.all[h.name]; says(n.folded, t.Words) || t.Prefix && begins(n.folded, t.Words) {
				out[n.record] = true
			}
		}
		found = slices.DeleteFunc(slices.Clone(found), func(i int32) bool {
			return out[s.all[i].record]
		})
	}
	return found
}

// filtered is the rows of a kind that a filter by name means: those with a name that is the text or,
// where nobody has one, those with a name of which every word of the text begins a word. A skeleton
// proposes nothing to a filter, because the filter could not say so.
func (x *Index) filtered(kind timeline.Kind, text string) (map[int64]bool, error) {
	q, err := names.ReadQuery(text)
	if err != nil {
		return nil, err
	}
	words, open := asked(q)
	if len(words) == 0 {
		return nil, nil
	}
	s := x.names()
	of := func(found []int32) []int32 {
		return slices.DeleteFunc(slices.Clone(found), func(i int32) bool { return s.all[i].kind != kind })
	}
	var found []int32
	if open {
		found = of(s.begun(strings.Join(words, " ")))
	} else {
		found = of(s.called(words))
	}
	if len(found) == 0 {
		found = of(s.holding(words))
	}
	rows := map[int64]bool{}
	for _, i := range s.withoutExcluded(q, found) {
		rows[s.all[i].row] = true
	}
	return rows, nil
}
