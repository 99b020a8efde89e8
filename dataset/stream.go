package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"tarikh/timeline"
)

// readFile yields the records of one file. It is false when nobody wants more.
func readFile(folder fs.FS, file string, yield func(*timeline.Record, error) bool) bool {
	text, err := fs.ReadFile(folder, file)
	if err != nil {
		return yield(nil, fmt.Errorf("shipped record: %w", err))
	}
	s := stream{text: text, decoder: json.NewDecoder(bytes.NewReader(text))}
	for {
		record, err := s.next()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			return yield(nil, fmt.Errorf("%s:%d: %w", file, s.line(), err))
		}
		if !yield(record, nil) {
			return false
		}
	}
}

// A stream is a file of JSON objects, one after the other.
type stream struct {
	text    []byte
	decoder *json.Decoder
	start   int // where the object in hand begins
}

// next reads one record; io.EOF when there is no more.
func (s *stream) next() (*timeline.Record, error) {
	s.start = s.afterSpace(int(s.decoder.InputOffset()))
	var object json.RawMessage
	if err := s.decoder.Decode(&object); err != nil {
		return nil, err
	}
	return timeline.ParseRecord(object)
}

// afterSpace is where the first byte that is no white space lies, from a place on.
func (s *stream) afterSpace(from int) int {
	rest := s.text[from:]
	return from + len(rest) - len(bytes.TrimLeft(rest, " \t\r\n"))
}

// line is the line, counted from 1, at which the object in hand begins.
func (s *stream) line() int { return 1 + bytes.Count(s.text[:s.start], []byte("\n")) }
