package index

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"tarikh/edtf"
	"tarikh/timeline"
)

// changed writes the sources that changed since the shelves were made, and those gone since.
func (w *imageWriter) changed(all iter.Seq2[int64, *Source]) {
	var changed []*Source
	var gone []int64
	for row, s := range all {
		if s == nil {
			gone = append(gone, row)
		} else {
			changed = append(changed, s)
		}
	}
	if len(changed)+len(gone) == 0 {
		return
	}
	w.uint(imageChanged)
	w.shelf(shelve(changed))
	slices.Sort(gone)
	writeColumn(w, gone)
}

func (r *imageReader) changed(c *Changes) {
	if tag := r.uint(); tag != imageShelf {
		r.fail(fmt.Errorf("tag %d stands for a shelf", tag))
		return
	}
	changed := r.shelf()
	for _, row := range readColumn[int64](r) {
		c.Gone = append(c.Gone, Gone{Kind: timeline.KindSource, Row: row})
	}
	if r.err == nil {
		for i := range changed.row {
			c.Sources = append(c.Sources, changed.source(uint32(i)))
		}
	}
}

func (w *imageWriter) shelf(s *shelf) {
	w.uint(imageShelf)
	writeColumn(w, s.row)
	writeColumn(w, s.at)
	w.raw(s.facts)
	w.texts(s.words)
	writeColumn(w, s.byRef.slots)
	w.uint(uint64(len(s.licences)))
	for _, licence := range slices.Sorted(maps.Keys(s.licences)) {
		w.text(licence)
		w.uint(uint64(s.licences[licence]))
	}
}

func (r *imageReader) shelf() *shelf {
	s := &shelf{row: readColumn[uint32](r), at: readColumn[uint32](r), facts: r.raw(), words: r.texts(),
		byRef: hashed{readColumn[uint32](r)}, licences: map[string]int{}}
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		licence := r.text()
		s.licences[licence] = int(r.uint())
	}
	if r.err == nil {
		s.rows()
	}
	return s
}

func (w *imageWriter) segment(p *parted) {
	w.uint(imageSegment)
	s := p.segment
	w.uint(uint64(s.n))
	w.uint(uint64(s.dated))
	writeColumn(w, s.row)
	for _, column := range [][]int32{s.startMin, s.startMax, s.endMin, s.endMax, s.killed} {
		writeColumn(w, column)
	}
	for _, column := range [][]uint8{s.flags, s.precision, s.kind, s.status, s.facts} {
		w.raw(column)
	}
	writeColumn(w, s.updated)
	writeColumn(w, s.at)
	w.texts(s.words)
	w.texts(s.codes)
	w.times(s.far)
	writeColumn(w, s.byRef.slots)
	writeColumn(w, s.byClaim.slots)
	for _, list := range s.postings() {
		w.postings(list)
	}
	for _, set := range s.bitmaps() {
		w.bitmap(*set)
	}
	w.bool(p.gone != nil)
	if p.gone != nil {
		w.bitmap(p.gone)
	}
}

func (r *imageReader) segment() parted {
	s := &segment{n: int(r.uint()), dated: int(r.uint()), titles: &titleColumn{}, texts: &keptTexts{}}
	s.row = readColumn[uint32](r)
	for _, column := range []*[]int32{&s.startMin, &s.startMax, &s.endMin, &s.endMax, &s.killed} {
		*column = readColumn[int32](r)
	}
	for _, column := range []*[]uint8{&s.flags, &s.precision, &s.kind, &s.status, &s.facts} {
		*column = r.raw()
	}
	s.updated = readColumn[int64](r)
	s.at = readColumn[uint32](r)
	s.words, s.codes, s.far = r.texts(), r.texts(), r.times()
	s.byRef.slots, s.byClaim.slots = readColumn[uint32](r), readColumn[uint32](r)
	for _, list := range s.postings() {
		r.postings(list)
	}
	for _, set := range s.bitmaps() {
		*set = r.bitmap()
	}
	p := parted{segment: s}
	if r.bool() {
		p.gone = r.bitmap()
	}
	if r.err == nil {
		s.rows()
		s.blocks()
	}
	return p
}

func (w *imageWriter) bool(is bool) {
	n := uint64(0)
	if is {
		n = 1
	}
	w.uint(n)
}

func (r *imageReader) bool() bool { return r.uint() != 0 }

func (w *imageWriter) postings(p *postings) {
	writeColumn(w, p.values)
	writeColumn(w, p.from)
	writeColumn(w, p.all)
	w.uint(uint64(len(p.long)))
	for _, value := range slices.Sorted(maps.Keys(p.long)) {
		w.uint(uint64(value))
		w.bitmap(p.long[value])
	}
}

func (r *imageReader) postings(p *postings) {
	p.values, p.from, p.all = readColumn[uint32](r), readColumn[uint32](r), readColumn[uint32](r)
	p.long = map[uint32]*roaring.Bitmap{}
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		value := uint32(r.uint())
		p.long[value] = r.bitmap()
	}
}

// times writes the times that have a day beyond the columns.
func (w *imageWriter) times(far map[uint32]timeline.Time) {
	w.uint(uint64(len(far)))
	for _, o := range slices.Sorted(maps.Keys(far)) {
		t := far[o]
		w.uint(uint64(o))
		w.uint(uint64(packFlags(&t)))
		w.text(string(t.Precision))
		for _, day := range []edtf.Day{t.Start.First, t.Start.Last, t.End.First, t.End.Last} {
			w.int(int64(day))
		}
	}
}

func (r *imageReader) times() map[uint32]timeline.Time {
	far := map[uint32]timeline.Time{}
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		o, flags := uint32(r.uint()), uint8(r.uint())
		t := timeline.Time{Precision: edtf.Precision(r.text())}
		for _, day := range []*edtf.Day{&t.Start.First, &t.Start.Last, &t.End.First, &t.End.Last} {
			*day = edtf.Day(r.int())
		}
		setFlags(&t, flags)
		far[o] = t
	}
	return far
}
