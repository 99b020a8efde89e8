package ingest

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"

	"tarikh/timeline"
)

// space is what JSON (RFC 8259, 2) counts as white space.
const space = " \t\r\n"

// bufferSize is how much of a stream is read at once.
const bufferSize = 64 << 10

// openText gives the text of a stream: unpacked, without the byte order mark of UTF-8.
func openText(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(&explained{r: r}, bufferSize)
	if magic, _ := in.Peek(2); string(magic) == "\x1f\x8b" { // RFC 1952, 2.3.1
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, explain(err)
		}
		in = bufio.NewReaderSize(&explained{r: unpacked}, bufferSize)
	}
	mark, err := in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(mark) == "\uFEFF" {
		_, err = in.Discard(len(mark))
		return in, err
	}
	return in, nil
}

// checkEncoding refuses a text whose first bytes show that it is UTF-16 or UTF-32: by its byte
// order mark, or by the zero bytes beside its first letters.
//
// It refuses an Excel workbook, too: a ZIP archive (APPNOTE, 4.3.7) or an OLE file ([MS-CFB] 2.2).
func checkEncoding(head []byte) error {
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")) {
		return timeline.Errorf(timeline.CodeInvalid,
			"this is a workbook or another packed file, not a text; in Excel save it as \"CSV UTF-8\"")
	}
	wide := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	for n := 0; n+1 < len(head) && n < 4; n += 2 {
		wide = wide || (head[n] == 0) != (head[n+1] == 0)
	}
	if wide {
		return timeline.Errorf(timeline.CodeInvalid,
			"line 1: the text is UTF-16 or UTF-32; save it as UTF-8")
	}
	return nil
}

// explained gives the errors of a reader a code and a sentence, and repeats the first for ever:
// a buffer that is merely peeked into forgets it.
type explained struct {
	r   io.Reader
	err error
}

func (e *explained) Read(b []byte) (n int, err error) {
	if e.err == nil {
		n, err = e.r.Read(b)
		e.err = explain(err)
	}
	return n, e.err
}

func explain(err error) error {
	var coded *timeline.Error
	var damage flate.CorruptInputError
	switch {
	case err == nil, errors.Is(err, io.EOF), errors.As(err, &coded):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return timeline.Errorf(timeline.CodeInvalid, "the gzip stream is cut off; fetch the file again")
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, &damage):
		return timeline.Errorf(timeline.CodeInvalid, "the gzip stream is damaged (%v)", err)
	}
	return timeline.Errorf(timeline.CodeUnavailable, "it cannot be read: %v", err)
}
