package ingest

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"math"
	"os"
	"slices"

	"tarikh/timeline"
)

// spots are the settlements and sites that a file has named, by country and folded name. A large file
// has hundreds of thousands of them, so only those named lately are in memory; all of them are in a
// temporary file, of which memory holds where each name begins: sixteen bytes a name.
type spots struct {
	most       int                // names in memory: twice so many
	young, old map[string][]*spot // named lately, and before
	unit       func(string) *spot // a place above, by its path
	begin      func(func())       // told how to end
	file       *os.File           // nil as long as memory holds all
	last       map[uint64]int64   // in the file, the newest record of a name and one, by its hash
	size       int64              // of the file, less what waits
	waiting    []byte             // at its end
	err        error              // of the file; then nothing more is found
}

const (
	spotsMost    = 4096
	spotsWaiting = 32 << 10
)

func newSpots(unit func(string) *spot, begin func(end func())) *spots {
	return &spots{most: spotsMost, young: map[string][]*spot{}, unit: unit, begin: begin}
}

// of are the spots of a name, in the order in which they came.
func (s *spots) of(path string) []*spot {
	if all, ok := s.young[path]; ok {
		return all
	}
	all, ok := s.old[path]
	if !ok && s.file != nil {
		all = s.read(path)
	}
	if len(all) > 0 {
		s.remember(path, all)
	}
	return all
}

// add puts one more under its name.
func (s *spots) add(one *spot) {
	s.remember(one.path, append(slices.Clip(s.of(one.path)), one)) // which may begin the file, without it
	if s.file != nil {
		s.write(one)
	}
}

func (s *spots) remember(path string, all []*spot) {
	if _, there := s.young[path]; !there && len(s.young) >= s.most {
		if s.file == nil {
			s.spill()
		}
		s.old, s.young = s.young, make(map[string][]*spot, s.most)
	}
	s.young[path] = all
}

// spill begins the file with all that memory holds.
func (s *spots) spill() {
	if s.file, s.err = os.CreateTemp("", "tarikh-places-*"); s.err != nil {
		return
	}
	_ = os.Remove(s.file.Name()) // where a system keeps an open file without a name, nothing is left however we end
	s.begin(s.end)
	s.last = map[uint64]int64{}
	for _, all := range s.young {
		for _, one := range all {
			s.write(one)
		}
	}
}

func (s *spots) end() {
	_ = s.file.Close()
	_ = os.Remove(s.file.Name())
}

// write appends a record: its length, where the one before it of the same hash stands, then the spot.
func (s *spots) write(one *spot) {
	if s.err != nil {
		return
	}
	hash := hashOf(one.path)
	b := binary.AppendUvarint(nil, uint64(s.last[hash]))
	parent := ""
	if one.parent != nil {
		parent = one.parent.path
	}
	for _, text := range []string{one.path, one.key, one.name, one.written, string(one.kind), parent} {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	b = append(b, flag(one.worded), flag(one.parent != nil), flag(one.point != nil))
	if p := one.point; p != nil {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Lat))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Lon))
	}
	s.last[hash] = s.size + int64(len(s.waiting)) + 1
	s.waiting = append(binary.LittleEndian.AppendUint32(s.waiting, uint32(len(b))), b...)
	if len(s.waiting) >= spotsWaiting {
		_, s.err = s.file.WriteAt(s.waiting, s.size)
		s.size += int64(len(s.waiting))
		s.waiting = s.waiting[:0]
	}
}

func flag(is bool) byte {
	if is {
		return 1
	}
	return 0
}

// read reads the spots of a name.
func (s *spots) read(path string) []*spot {
	var all []*spot
	for next := s.last[hashOf(path)]; next > 0 && s.err == nil; {
		var one *spot
		if one, next = s.record(next - 1); one != nil && one.path == path { // else of another name of that hash
			all = append(all, one)
		}
	}
	slices.Reverse(all)
	return all
}

// record is the spot at a place of the file, and the place and one of the record before it.
func (s *spots) record(at int64) (one *spot, before int64) {
	var head [4]byte
	s.bytes(head[:], at)
	r := spotReader{rest: make([]byte, binary.LittleEndian.Uint32(head[:]))}
	s.bytes(r.rest, at+4)
	if s.err != nil {
		return nil, 0
	}
	before = int64(r.number())
	one = &spot{path: r.text(), key: r.text(), name: r.text(), written: r.text(), kind: timeline.LocationKind(r.text())}
	parent := r.text()
	worded, above, pointed := r.is(), r.is(), r.is()
	one.worded = worded
	if above {
		one.parent = s.unit(parent)
	}
	if pointed {
		one.point = &timeline.Point{Lat: r.real(), Lon: r.real()}
	}
	if r.short || above && one.parent == nil {
		s.err = errors.New("the temporary file of places was changed by somebody else")
	}
	return one, before
}

// bytes reads from the file or from what waits to be written to it.
func (s *spots) bytes(into []byte, at int64) {
	if at >= s.size {
		copy(into, s.waiting[at-s.size:])
		return
	}
	if _, err := s.file.ReadAt(into, at); err != nil {
		s.err = errors.Join(s.err, err)
	}
}

// spotReader takes a record apart.
type spotReader struct {
	rest  []byte
	short bool
}

func (r *spotReader) number() uint64 {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		r.short = true
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

func (r *spotReader) take(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.short = true
		return make([]byte, min(n, 8))
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *spotReader) text() string { return string(r.take(r.number())) }
func (r *spotReader) is() bool     { return r.take(1)[0] == 1 }
func (r *spotReader) real() float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(r.take(8)))
}

// hashOf is the same in every run, so that a file always gives the same records.
func hashOf(text string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, text)
	return h.Sum64()
}
