package db

import (
	"slices"
	"strconv"
	"strings"

	"tarikh/index"
	"tarikh/timeline"
)

// stream is the records of a kind that print a text, the newest first, read from the index of words as
// far as a page goes: by day, and within one day by when they came into the record. It is for words
// that so many print that finding all of them would take longer than anybody waits for a page.
type stream struct {
	v     *View
	kind  timeline.Kind
	match string
	head  []int64 // the newest documents
}

// streamed begins the cursor of a stream: the number of a document follows.
const streamed = "n"

// Count is how many there are in all: every one is counted.
func (s *stream) Count() int {
	rows, err := s.v.matching(s.kind, s.match)
	if err != nil {
		return len(s.head)
	}
	return rows.Len()
}

// Page reads one page.
func (s *stream) Page(p timeline.Page) (index.Slice, error) {
	before := int64(lastNumber)
	var slice index.Slice
	if p.After != nil {
		text, ok := strings.CutPrefix(*p.After, streamed)
		n, err := strconv.ParseInt(text, 10, 64)
		if !ok || err != nil {
			return slice, timeline.Invalidf("after", "this is no cursor of this service")
		}
		before = n
		slice.Info.HasPreviousPage = len(s.head) > 0 && s.head[0] >= n
	}
	size := p.Size()
	numbers := s.head
	if before != lastNumber || size >= len(s.head) {
		var err error
		if numbers, err = s.v.newest(s.kind, s.match, before, size+1); err != nil {
			return slice, err
		}
	}
	if slice.Info.HasNextPage = len(numbers) > size; slice.Info.HasNextPage {
		numbers = numbers[:size]
	}
	for _, n := range numbers {
		slice.Rows = append(slice.Rows, rowOfDocument(n))
	}
	slice.Cursor = func(i int) string { return streamed + strconv.FormatInt(numbers[i], 10) }
	return slice, nil
}

// stream is the records that print the text, where they are too many to be read and what prints the
// text is all that there is to know of them: nothing is left out, and nothing is withheld. Else the
// rows are those that there are, few or all.
func (s *search) stream(kind timeline.Kind, match string) (*stream, *index.Rows, error) {
	wanted := s.cursorOfStream(kind)
	simple := !s.v.d.options.Public && len(s.included()) == len(s.q.Terms)
	if !simple {
		rows, err := s.v.matching(kind, match)
		return nil, rows, err
	}
	if match == "" {
		return nil, &index.Rows{}, nil
	}
	head, err := s.v.newest(kind, match, lastNumber, readMost+1)
	if err != nil {
		return nil, nil, err
	}
	if len(head) > readMost || wanted {
		return &stream{s.v, kind, match, head}, nil, nil
	}
	rows := &index.Rows{}
	for _, n := range head {
		rows.Add(rowOfDocument(n))
	}
	return nil, rows, nil
}

// cursorOfStream says whether the page asked for goes on from a hit of a stream: then it does so even
// where the record has changed since and a stream would no longer be needed.
func (s *search) cursorOfStream(kind timeline.Kind) bool {
	at, after, err := s.position(s.asked.Page.After)
	of := map[timeline.Kind]int{timeline.KindSource: ofSources, timeline.KindEvent: ofEvents}[kind]
	return err == nil && after != nil && at%kindsOfHits == of && strings.HasPrefix(*after, streamed)
}

// only is hits of one sort.
func only(how timeline.MatchKind, hits stratum) found { return found{how: hits} }

// without is the rows of a set that are not in another.
func without(rows []int64, other func(int64) bool) *index.Rows {
	return index.RowsOf(slices.DeleteFunc(slices.Clone(rows), other)...)
}
