package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"regexp"

	"tarikh/timeline"
)

// maxRecord is how long one record may be, in bytes: what bounds the memory that a stream takes.
const maxRecord = 16 << 20

// splitter cuts a text into JSON objects without holding more than one. Where an object is
// broken it says so and goes on at the next line on which a record begins.
type splitter struct {
	in   *bufio.Reader
	line int    // of the byte read last, counted from 1
	last byte   // the byte read last
	text []byte // the object at hand
	lost bool   // in the middle of a broken object
}

func newSplitter(in *bufio.Reader) *splitter { return &splitter{in: in, line: 1} }

// next gives the text of the next object, valid until the one after it is asked for, and the
// line on which it begins. The error is io.EOF at the end, a *[timeline.LineError] for a broken
// object, and else what the reader said.
func (s *splitter) next() (text []byte, line int, err error) {
	if s.lost {
		if err := s.resume(); err != nil {
			return nil, 0, err
		}
	}
	c, err := s.first()
	if err != nil {
		return nil, 0, err
	}
	if c != '{' {
		return nil, s.line, s.between(c)
	}
	line = s.line
	err = s.object()
	return s.text, line, err
}

// read reads one byte and counts its line.
func (s *splitter) read() (byte, error) {
	c, err := s.in.ReadByte()
	if err != nil {
		return 0, err
	}
	if s.last == '\n' {
		s.line++
	}
	s.last = c
	return c, nil
}

// first reads the first byte that is no white space.
func (s *splitter) first() (byte, error) {
	for {
		c, err := s.read()
		if err != nil || c != '\n' && c != ' ' && c != '\t' && c != '\r' {
			return c, err
		}
	}
}

// between refuses what stands between two objects, up to the end of its line.
func (s *splitter) between(c byte) error {
	err := s.broken(s.line, "this is no JSON record: it begins with %q, not with {", c)
	return s.after(s.skipLine(), err)
}

// after is the error of a broken object, unless the reader failed behind it: io.EOF is told by
// the next read.
func (s *splitter) after(reading, broken error) error {
	if reading != nil && !errors.Is(reading, io.EOF) {
		return reading
	}
	return broken
}

// object reads on from an opening bracket to the one that closes the object.
func (s *splitter) object() error {
	s.text = append(s.text[:0], s.last)
	begins := s.line
	for depth := 1; depth > 0; {
		if s.last == '\n' && s.atRecord() {
			s.lost = true
			return s.broken(begins, "this record is not closed before the next one begins, on line %d", s.line+1)
		}
		c, err := s.keep(begins)
		if err != nil {
			return err
		}
		switch c {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			if err := s.quoted(begins); err != nil {
				return err
			}
		}
	}
	return nil
}

// quoted reads on from a quotation mark to the one that closes the text.
func (s *splitter) quoted(begins int) error {
	for escaped := false; ; {
		c, err := s.keep(begins)
		switch {
		case err != nil:
			return err
		case c == '\n':
			s.lost = true
			return s.broken(s.line, "a text is not closed on its line%s", since(begins, s.line))
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '"':
			return nil
		}
	}
}

// keep reads one byte of the object at hand.
func (s *splitter) keep(begins int) (byte, error) {
	c, err := s.read()
	if errors.Is(err, io.EOF) {
		return 0, s.broken(s.line, "the text ends in the middle of a record%s", since(begins, s.line))
	}
	if err != nil {
		return 0, err
	}
	if len(s.text) == maxRecord {
		s.lost = true
		return 0, &timeline.LineError{Line: begins, Err: timeline.Errorf(timeline.CodeTooLarge,
			"this record is longer than %d MiB", maxRecord>>20)}
	}
	s.text = append(s.text, c)
	return c, nil
}

// resume skips to the next line on which a record begins.
func (s *splitter) resume() error {
	for {
		if s.last == '\n' && s.atRecord() {
			s.lost = false
			return nil
		}
		if _, err := s.read(); err != nil {
			return err
		}
		if err := s.skipLine(); err != nil {
			return err
		}
	}
}

// skipLine reads to the end of the line at hand.
func (s *splitter) skipLine() error {
	for s.last != '\n' {
		if _, err := s.read(); err != nil {
			return err
		}
	}
	return nil
}

// startSize is how many bytes are looked at for the beginning of a record.
const startSize = 64

// recordStart is how a record begins. Within a record a line that begins so shows that the one
// before was never closed, because indented lines begin with white space.
var recordStart = regexp.MustCompile(`^\{\s*"(source|location|actor|event|timeline)"\s*:\s*\{`)

// atRecord says whether the text goes on with a record; asked at the beginning of a line.
func (s *splitter) atRecord() bool {
	if one, _ := s.in.Peek(1); len(one) == 0 || one[0] != '{' {
		return false
	}
	head, _ := s.in.Peek(startSize)
	return recordStart.Match(head)
}

func (s *splitter) broken(line int, message string, args ...any) error {
	return &timeline.LineError{Line: line, Err: timeline.Errorf(timeline.CodeInvalid, message, args...)}
}

// since names the line on which a record begins, where it is not the one at fault.
func since(begins, line int) string {
	if begins == line {
		return ""
	}
	return fmt.Sprintf(" (the record begins on line %d)", begins)
}
