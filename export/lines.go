// Package export writes files out: it turns an iterator of timeline records into the bytes of
// one format, a record in memory at a time.
//
// A format is one file of this package. It writes to a stream; it opens no files and must not
// know any store, nor where the records come from.
package export

import (
	"bufio"
	"io"
	"iter"

	"tarikh/timeline"
)

// Lines writes Tarikh's own lines: each record as one line of JSON (see [timeline.Record]),
// UTF-8, every line ended by a line feed, in the order given, nothing left out. Reading them
// into an empty database gives the same records again. It returns how many were written; the
// error is the iterator's or the writer's, after which the output must be thrown away.
func Lines(w io.Writer, records iter.Seq2[*timeline.Record, error]) (int, error) {
	out := bufio.NewWriter(w)
	var line []byte
	n := 0
	for r, err := range records {
		if err != nil {
			return n, err
		}
		if line, err = r.AppendJSON(line[:0]); err != nil {
			return n, err
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return n, err
		}
		n++
	}
	return n, out.Flush()
}
