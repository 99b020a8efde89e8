package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/RoaringBitmap/roaring/v2"
)

// What an image is written with: numbers as varints, columns as their length and their numbers in
// little-endian order, texts as their length and bytes. The first failure stays.

type imageWriter struct {
	w    io.Writer
	some []byte // of a column on its way
	err  error
}

func newImageWriter(to io.Writer) *imageWriter {
	return &imageWriter{w: to, some: make([]byte, 0, columnStep)}
}

// columnStep is how many bytes of a column are turned at once.
const columnStep = 1 << 16

func (w *imageWriter) bytes(b []byte) {
	if w.err == nil {
		_, w.err = w.w.Write(b)
	}
}

func (w *imageWriter) uint(n uint64) { w.bytes(binary.AppendUvarint(w.some[:0], n)) }
func (w *imageWriter) int(n int64)   { w.bytes(binary.AppendVarint(w.some[:0], n)) }

func (w *imageWriter) text(s string) {
	w.uint(uint64(len(s)))
	w.bytes([]byte(s))
}

func (w *imageWriter) texts(all []string) {
	w.uint(uint64(len(all)))
	for _, s := range all {
		w.text(s)
	}
}

func (w *imageWriter) raw(b []byte) {
	w.uint(uint64(len(b)))
	w.bytes(b)
}

func (w *imageWriter) bitmap(b *roaring.Bitmap) {
	packed, err := b.ToBytes()
	if w.err == nil {
		w.err = err
	}
	w.raw(packed)
}

// fixed are the numbers of columns.
type fixed interface {
	uint32 | int32 | int64
}

func writeColumn[T fixed](w *imageWriter, column []T) {
	w.uint(uint64(len(column)))
	for len(column) > 0 {
		n := min(len(column), columnStep/8)
		b := w.some[:0]
		for _, v := range column[:n] {
			if width[T]() == 8 {
				b = binary.LittleEndian.AppendUint64(b, uint64(v))
			} else {
				b = binary.LittleEndian.AppendUint32(b, uint32(v))
			}
		}
		w.bytes(b)
		w.some, column = b[:0], column[n:]
	}
}

// width is how many bytes a number of a column takes.
func width[T fixed]() int {
	if _, wide := any(T(0)).(int64); wide {
		return 8
	}
	return 4
}

// imageReader reads what an imageWriter wrote.
type imageReader struct {
	r    *byteReader
	size int64  // bytes of the image, or more
	some []byte // of a column on its way
	err  error
}

func newImageReader(from io.Reader, size int64) *imageReader {
	return &imageReader{r: newByteReader(from), size: size, some: make([]byte, columnStep)}
}

// byteReader reads whole pieces and single bytes.
type byteReader struct {
	r    io.Reader
	some []byte // read and not yet given
	room []byte
}

func newByteReader(r io.Reader) *byteReader { return &byteReader{r: r, room: make([]byte, columnStep)} }

func (r *byteReader) ReadByte() (byte, error) {
	if len(r.some) == 0 {
		n, err := io.ReadAtLeast(r.r, r.room, 1)
		if err != nil {
			return 0, err
		}
		r.some = r.room[:n]
	}
	b := r.some[0]
	r.some = r.some[1:]
	return b, nil
}

func (r *byteReader) full(into []byte) error {
	n := copy(into, r.some)
	r.some = r.some[n:]
	_, err := io.ReadFull(r.r, into[n:])
	return err
}

var errImage = errors.New("the image of the index is damaged")

func (r *imageReader) fail(err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("%w: %w", errImage, err)
	}
}

func (r *imageReader) uint() uint64 {
	if r.err != nil {
		return 0
	}
	n, err := binary.ReadUvarint(r.r)
	r.fail(err)
	return n
}

func (r *imageReader) int() int64 {
	if r.err != nil {
		return 0
	}
	n, err := binary.ReadVarint(r.r)
	r.fail(err)
	return n
}

// end fails where something follows.
func (r *imageReader) end() {
	if r.err != nil {
		return
	}
	switch _, err := r.r.ReadByte(); {
	case err == nil:
		r.fail(errors.New("something follows it"))
	case !errors.Is(err, io.EOF):
		r.fail(err)
	}
}

// length reads how many things of a width in bytes follow; what the image has no room for is not
// believed.
func (r *imageReader) length(width int) int {
	n := r.uint()
	if n > uint64(r.size)/uint64(width) {
		r.fail(io.ErrUnexpectedEOF)
		return 0
	}
	return int(n)
}

func (r *imageReader) raw() []byte {
	b := make([]byte, r.length(1))
	if r.err == nil {
		r.fail(r.r.full(b))
	}
	return b
}

func (r *imageReader) text() string { return string(r.raw()) }

func (r *imageReader) texts() []string {
	all := make([]string, r.length(1))
	for i := range all {
		all[i] = r.text()
	}
	return all
}

func (r *imageReader) bitmap() *roaring.Bitmap {
	b := roaring.New()
	if packed := r.raw(); r.err == nil {
		r.fail(b.UnmarshalBinary(packed))
	}
	return b
}

func readColumn[T fixed](r *imageReader) []T {
	wide := width[T]()
	column := make([]T, r.length(wide))
	for rest := column; len(rest) > 0 && r.err == nil; {
		b := r.some[:min(len(rest), columnStep/wide)*wide]
		if r.fail(r.r.full(b)); r.err != nil {
			break
		}
		n := len(b) / wide
		for i := range rest[:n] {
			if wide == 8 {
				rest[i] = T(binary.LittleEndian.Uint64(b[8*i:]))
			} else {
				rest[i] = T(binary.LittleEndian.Uint32(b[4*i:]))
			}
		}
		rest = rest[n:]
	}
	return column
}
