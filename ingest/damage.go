package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"tarikh/timeline"
)

// Damage says on which line a file turns out to be broken: split rows, open quotation marks,
// bytes that are no UTF-8. Unlike a *[timeline.LineError] it ends the stream, because nothing
// behind it can be trusted: a damaged file is refused whole, even where wrong rows are skipped.
type Damage struct {
	Line int
	Err  error
}

// Error gives the line and the reason.
func (d *Damage) Error() string { return fmt.Sprintf("line %d: %v", d.Line, d.Err) }

// Unwrap gives the reason, whose code is the error's.
func (d *Damage) Unwrap() error { return d.Err }

func damaged(line int, format string, args ...any) error {
	return &Damage{Line: line, Err: timeline.Errorf(timeline.CodeInvalid, format, args...)}
}

// sound passes a text on as long as it is UTF-8 without NUL, and no single record of it is
// longer than [maxRecord]: an open quotation mark would else swallow the rest of the file.
type sound struct {
	in    io.Reader
	line  int    // of the byte read last, counted from 1
	begun int    // the line on which the record at hand begins
	left  int    // how many bytes may be read before the next record begins
	cut   []byte // the first bytes of a letter whose others are not read yet
	err   error  // what every further read says
}

func newSound(in io.Reader) *sound {
	return &sound{in: in, line: 1, begun: 1, left: maxRecord}
}

// begins says that the next record begins on a line.
func (s *sound) begins(line int) { s.begun, s.left = line, maxRecord }

// Read implements [io.Reader].
func (s *sound) Read(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.in.Read(b)
	good, broken := s.check(b[:n])
	switch {
	case broken != nil:
		s.err = broken
	case errors.Is(err, io.EOF) && len(s.cut) > 0:
		s.err = damaged(s.line, "the text ends in the middle of a letter")
	case err != nil:
		s.err = err
	}
	s.line += bytes.Count(b[:good], []byte("\n"))
	if s.left -= good; s.left < 0 && s.err == nil {
		s.err = &Damage{Line: s.begun, Err: timeline.Errorf(timeline.CodeTooLarge,
			"this record is longer than %d MiB; a quotation mark may be open", maxRecord>>20)}
	}
	if good > 0 {
		return good, nil
	}
	return 0, s.err
}

// lines calls take for every line of a text that is not empty, until the text or the patience
// ends. What take returns is wrong with that line alone, unless it is damage.
func (o *out) lines(in io.Reader, take func(number int, line string) error) error {
	text := newSound(in)
	lines := bufio.NewReaderSize(text, bufferSize)
	for number := 1; !o.over; number++ {
		text.begins(number)
		line, err := lines.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) != "" {
			var broken *Damage
			wrong := take(number, line)
			if errors.As(wrong, &broken) {
				return wrong
			}
			if wrong != nil {
				o.refuse(number, wrong)
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
	}
	return nil
}

// check says how many bytes of a chunk are sound, and what is wrong with the one after them.
func (s *sound) check(chunk []byte) (good int, err error) {
	text, before := chunk, len(s.cut)
	if before > 0 {
		text = slices.Concat(s.cut, chunk)
	}
	whole := len(text) - unfinished(text)
	if utf8.Valid(text[:whole]) && bytes.IndexByte(text, 0) < 0 {
		s.cut = append([]byte(nil), text[whole:]...)
		return len(chunk), nil
	}
	at := firstUnsound(text)
	line := s.line + bytes.Count(text[:at], []byte("\n"))
	if text[at] == 0 {
		return max(at-before, 0), damaged(line, "a NUL byte stands in the text")
	}
	return max(at-before, 0), damaged(line, "the byte %#x is no UTF-8 here; the file seems to be"+
		" %s: save it as UTF-8", text[at], olderEncoding(text[at:]))
}

// olderEncoding guesses what a text that is no UTF-8 is written in: where letters beyond ASCII stand
// alone, a language of Latin letters; where they come in runs, one of others.
func olderEncoding(text []byte) string {
	const run = 3
	for i, c := range text[:min(run, len(text))] {
		if c < utf8.RuneSelf {
			break
		}
		if i == run-1 {
			return "Windows-1256 (Arabic), or another encoding of letters that are not Latin"
		}
	}
	return "Windows-1252 or Latin-1"
}

// unfinished is how many bytes at the end of a text begin a letter that is not whole.
func unfinished(text []byte) int {
	for n := 1; n <= min(utf8.UTFMax-1, len(text)); n++ {
		if last := text[len(text)-n:]; utf8.RuneStart(last[0]) {
			if utf8.FullRune(last) {
				return 0
			}
			return n
		}
	}
	return 0
}

// firstUnsound is the offset of the first byte that is NUL or no UTF-8.
func firstUnsound(text []byte) int {
	for at := 0; at < len(text); {
		c, size := utf8.DecodeRune(text[at:])
		if c == 0 || c == utf8.RuneError && size <= 1 {
			return at
		}
		at += size
	}
	return len(text) - 1
}
