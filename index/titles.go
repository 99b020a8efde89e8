package index

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	"github.com/klauspost/compress/zstd"

	"tarikh/names"
)

// titleColumn is the folded titles of a segment's events. Only the order TITLE asks for them, so
// they are packed: titles of events that follow each other repeat each other. They were given with
// the events' other facts, or their keeper is asked for them the first time.
type titleColumn struct {
	mu     sync.Mutex
	as     int64    // the revision as of which they were read
	packed [][]byte // titleChunk events each; nil: not read yet
}

const titleChunk = 256

// A TitleReader reads the folded titles of events, in the order of the rows given, as of the
// revision of the question.
type TitleReader func(rows []int64) ([][]Title, error)

// packTitles packs the titles of events that follow each other.
func packTitles(all [][]Title) [][]byte {
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(fmt.Sprintf("index: zstd with its defaults: %v", err))
	}
	packed := make([][]byte, 0, len(all)/titleChunk+1)
	for chunk := range slices.Chunk(all, titleChunk) {
		var b []byte
		for _, titles := range chunk {
			b = binary.AppendUvarint(b, uint64(len(titles)))
			for _, t := range titles {
				for _, text := range []string{string(t.Lang), t.Folded} {
					b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
				}
			}
		}
		packed = append(packed, z.EncodeAll(b, nil))
	}
	return packed
}

// unpackTitles undoes packTitles.
func unpackTitles(packed [][]byte) ([][]Title, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		panic(fmt.Sprintf("index: zstd with its defaults: %v", err))
	}
	defer z.Close()
	var all [][]Title
	for _, chunk := range packed {
		b, err := z.DecodeAll(chunk, nil)
		if err != nil {
			return nil, fmt.Errorf("unpack titles: %w", err)
		}
		d := decoder{b: b}
		for len(d.b) > 0 {
			titles := make([]Title, d.uint())
			for i := range titles {
				titles[i] = Title{Lang: names.Language(d.text()), Folded: d.text()}
			}
			all = append(all, titles)
		}
	}
	return all, nil
}

// of is the titles of all events of the segment as an index of a revision sees them, by ordinal. An
// index older than the reading reads for itself: an event may have been another then.
func (c *titleColumn) of(s *segment, revision int64, read TitleReader) ([][]Title, error) {
	c.mu.Lock()
	packed, as := c.packed, c.as
	c.mu.Unlock()
	if packed != nil && revision >= as {
		return unpackTitles(packed)
	}
	if read == nil {
		return make([][]Title, s.n), nil
	}
	rows := make([]int64, s.n)
	for o, row := range s.row {
		rows[o] = int64(row)
	}
	all, err := read(rows)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.packed == nil {
		c.packed, c.as = packTitles(all), revision
	}
	return all, nil
}
