package db

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"

	"tarikh/timeline"
)

// checkDocuments makes every document of the index of words again from the record and compares: by
// a sum over its words and their columns, since the index keeps no texts.
func (v *View) checkDocuments(ctx context.Context) (wrong []string, looked string, err error) {
	sound, err := wordsSound(ctx, v.s)
	if err != nil {
		return nil, "", err
	}
	if !sound {
		return []string{"the index of words does not stand for the record; run tarikh reindex"}, "", nil
	}
	words := map[string]bool{}
	err = v.each(ctx, "select text from word", nil, func(r rowScanner) error {
		var word string
		err := r.Scan(&word)
		words[word] = true
		return err
	})
	if err != nil {
		return nil, "", err
	}
	n := 0
	for _, kind := range []timeline.Kind{timeline.KindEvent, timeline.KindSource} {
		sums := map[int64]uint64{} // by document; what stays is wrong
		if err := v.sumRecords(ctx, kind, sums, words); err != nil {
			return nil, "", err
		}
		n += len(sums)
		if err := v.sumHeld(ctx, kind, sums); err != nil {
			return nil, "", err
		}
		for number, sum := range sums {
			if sum != 0 {
				wrong = append(wrong, fmt.Sprintf("the words of the %s in row %d differ from its texts; run tarikh reindex", kind, rowOfDocument(number)))
			}
		}
	}
	if !words[""] { // a word of the record that the table of words lacks was noted so
		return wrong, fmt.Sprintf("%d documents and their words", n), nil
	}
	return append(wrong, "the table of words lacks some; run tarikh reindex"), "", nil
}

// sumRecords adds what the records of a kind say, and notes under the empty word whether one of
// their words is not among those given.
func (v *View) sumRecords(ctx context.Context, kind timeline.Kind, sums map[int64]uint64, words map[string]bool) error {
	var last int64
	if err := v.each(ctx, "select coalesce(max(row), 0) from "+string(kind), nil, scanInto(&last)); err != nil {
		return err
	}
	columns := strings.Split(wordTableOf(kind).columns, ", ")
	run := &reindexing{s: v.s, words: newWordWriter()}
	run.words.taken = func(d document) {
		sums[d.number] += 0 // also one without words is known
		for i, text := range d.columns {
			for word := range strings.FieldsSeq(text) {
				sums[d.number] += wordSum(word, columns[i])
				if !words[word] && word != strings.TrimSpace(border) {
					words[""] = true
				}
			}
		}
	}
	read := map[timeline.Kind]func(context.Context, span) error{timeline.KindEvent: run.events, timeline.KindSource: run.sources}[kind]
	for from := int64(1); from <= last; from += pendingMost {
		if err := read(ctx, between(from, from+pendingMost-1)); err != nil {
			return err
		}
	}
	return nil
}

// sumHeld takes away what the index holds.
func (v *View) sumHeld(ctx context.Context, kind timeline.Kind, sums map[int64]uint64) error {
	return v.each(ctx, "select doc, term, col from "+wordTableOf(kind).name+"_held", nil, func(r rowScanner) error {
		var number int64
		var word, column string
		err := r.Scan(&number, &word, &column)
		sums[number] -= wordSum(word, column)
		return err
	})
}

func wordSum(word, column string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(word + "\x00" + column))
	return h.Sum64()
}
