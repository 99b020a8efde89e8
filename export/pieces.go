package export

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"slices"
)

// Placed is an item with its place in the file, counted from 0. Every place is taken once.
type Placed struct {
	*Item
	Place int
}

// StreamPlaced is [Stream] for items that come in another order than they stand in the file, of a
// format whose events stand [Format.Apart]; total is how many places there are. A record of many events
// is read much faster in the order in which it lies in its file than in that of time. What is
// written waits in a temporary file, so that memory holds a few thousand events however many there
// are.
func (f Format) StreamPlaced(w io.Writer, o Options, m Meta, items iter.Seq2[Placed, error], total int, moved func() bool) (Tail, error) {
	if !f.Apart {
		return Tail{}, errors.New("export: the events of " + f.Name + " do not stand apart")
	}
	s, err := newSorter(total)
	if err != nil {
		return Tail{}, err
	}
	defer s.close()
	p := newPage(s, o)
	writer := piecewise{guarded{f.make(p)}, p.Flush, s, w}
	unplaced := func(yield func(*Item, error) bool) {
		for it, err := range items {
			s.place = it.Place
			if !yield(it.Item, err) {
				return
			}
		}
	}
	return Stream(writer, m, unplaced, moved)
}

// piecewise flushes a writer after each part of the file, so that the parts can be told apart.
type piecewise struct {
	Writer
	flush  func() error
	sorter *sorter
	to     io.Writer
}

func (p piecewise) Begin(m Meta) error { return p.through(p.Writer.Begin(m)) }

func (p piecewise) Item(it *Item) error {
	if err := errors.Join(p.Writer.Item(it), p.flush()); err != nil {
		return err
	}
	return p.sorter.keep()
}

func (p piecewise) End(t Tail) error {
	if err := p.sorter.sorted(p.to); err != nil {
		return err
	}
	return p.through(p.Writer.End(t))
}

// through hands what the writer has written since to whom the file goes.
func (p piecewise) through(err error) error {
	if err := errors.Join(err, p.flush()); err != nil {
		return err
	}
	_, err = p.to.Write(p.sorter.piece)
	p.sorter.piece = p.sorter.piece[:0]
	return err
}

// sorter puts pieces in order: it deals them into runs of neighbouring places and sorts each run when
// all are there.
type sorter struct {
	piece []byte // written since the last one was kept
	place int    // of the piece at hand
	runs  []run
	file  *os.File
	size  int64
}

// run is the pieces of some thousand neighbouring places, each after its place and its length.
type run struct {
	waiting []byte   // not yet in the file
	extents []extent // in the file
}

type extent struct {
	at   int64
	size int
}

const (
	runPlaces  = 1024     // places of a run
	runWaiting = 16 << 10 // bytes of a run that wait in memory, a piece more or less
)

func newSorter(total int) (*sorter, error) {
	file, err := os.CreateTemp("", "tarikh-export-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(file.Name()) // where a system keeps an open file without a name, nothing is left however we end
	return &sorter{runs: make([]run, total/runPlaces+1), file: file}, nil
}

func (s *sorter) close() {
	_ = s.file.Close()
	_ = os.Remove(s.file.Name())
}

// Write takes what belongs to the piece at hand.
func (s *sorter) Write(b []byte) (int, error) {
	s.piece = append(s.piece, b...)
	return len(b), nil
}

// keep puts the piece at hand away.
func (s *sorter) keep() error {
	r := &s.runs[s.place/runPlaces]
	r.waiting = binary.LittleEndian.AppendUint32(r.waiting, uint32(s.place))
	r.waiting = binary.LittleEndian.AppendUint32(r.waiting, uint32(len(s.piece)))
	r.waiting = append(r.waiting, s.piece...)
	s.piece = s.piece[:0]
	if len(r.waiting) < runWaiting {
		return nil
	}
	if _, err := s.file.WriteAt(r.waiting, s.size); err != nil {
		return err
	}
	r.extents = append(r.extents, extent{s.size, len(r.waiting)})
	s.size += int64(len(r.waiting))
	r.waiting = r.waiting[:0]
	return nil
}

// sorted writes all pieces in order.
func (s *sorter) sorted(w io.Writer) error {
	var all bytes.Buffer
	type piece struct {
		place uint32
		text  []byte
	}
	var pieces []piece
	for i := range s.runs {
		r := &s.runs[i]
		all.Reset()
		size := len(r.waiting)
		for _, e := range r.extents {
			size += e.size
		}
		all.Grow(size)
		for _, e := range r.extents {
			if _, err := io.Copy(&all, io.NewSectionReader(s.file, e.at, int64(e.size))); err != nil {
				return err
			}
		}
		all.Write(r.waiting)
		pieces = pieces[:0]
		for rest := all.Bytes(); len(rest) > 0; {
			place, size := binary.LittleEndian.Uint32(rest), binary.LittleEndian.Uint32(rest[4:])
			pieces = append(pieces, piece{place, rest[8 : 8+size]})
			rest = rest[8+size:]
		}
		slices.SortFunc(pieces, func(a, b piece) int { return cmp.Compare(a.place, b.place) })
		for _, p := range pieces {
			if _, err := w.Write(p.text); err != nil {
				return err
			}
		}
		*r = run{}
	}
	return nil
}
