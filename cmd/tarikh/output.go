package main

import (
	"fmt"
	"io"

	"tarikh/timeline"
)

// output is the standard output. It remembers the first failure, so that commands can print
// without asking each time: one whose output was lost (a full disk behind a redirection) fails.
type output struct {
	w   io.Writer
	err error
}

// Write writes, and gives a failure its code.
func (o *output) Write(b []byte) (int, error) {
	n, err := o.w.Write(b)
	if err != nil && o.err == nil {
		o.err = timeline.Errorf(timeline.CodeUnavailable, "the output cannot be written: %v", err)
	}
	return n, o.err
}

// printf prints for people.
func (o *output) printf(format string, args ...any) { _, _ = fmt.Fprintf(o, format, args...) }
