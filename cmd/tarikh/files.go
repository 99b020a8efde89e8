package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"tarikh/ingest"
	"tarikh/timeline"
)

// standard is the name of the standard input and output where a file is asked for.
const standard = "-"

// open opens a file to be read. Closing the standard input does nothing.
func (s *shell) open(name string) (io.ReadCloser, error) {
	if name == standard {
		return io.NopCloser(s.in), nil
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil, folderError(name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fileError(name, err)
	}
	return f, nil
}

// files are the files of one command line as one stream of records. Their lines are numbered
// through, so that whoever takes the stream in needs to know of no files; place tells a line's.
type files struct {
	shell *shell
	names []string
	wrap  func(io.Reader) io.Reader // around each file's bytes; nil: nothing
	say   ingest.Options            // what the files do not say of themselves

	formats []string // of the files begun, for people

	starts []int // for each file begun, how many lines came before it
	last   int   // the highest line that was given
}

// records yields the records of all files in order. What ends one file ends the stream, and
// names the file.
func (f *files) records() iter.Seq2[timeline.Incoming, error] {
	return func(yield func(timeline.Incoming, error) bool) {
		for _, name := range f.names {
			f.starts = append(f.starts, f.last)
			if !f.file(name, yield) {
				return
			}
		}
	}
}

// file yields the records of one file; false when the stream is over.
func (f *files) file(name string, yield func(timeline.Incoming, error) bool) bool {
	fatal := func(err error) bool { return yield(timeline.Incoming{}, err) && false }
	file, err := f.shell.open(name)
	if err != nil {
		return fatal(err)
	}
	defer func() { _ = file.Close() }()
	var bytes io.Reader = file
	if f.wrap != nil {
		bytes = f.wrap(file)
	}
	stream, err := ingest.OpenAs(bytes, f.say)
	if err != nil {
		return fatal(fmt.Errorf("%s: %w", name, err))
	}
	f.formats = append(f.formats, stream.Format)
	before := f.last
	for in, err := range stream.Records() {
		var wrong *timeline.LineError
		switch {
		case errors.As(err, &wrong):
			f.last = max(f.last, before+wrong.Line)
			err = &timeline.LineError{Line: before + wrong.Line, Err: wrong.Err}
		case err != nil:
			return fatal(fmt.Errorf("%s: %w", name, err))
		default:
			in.Line += before
			f.last = max(f.last, in.Line)
		}
		if !yield(in, err) {
			return false
		}
	}
	return true
}

// place is the file of a line of the stream and the line within that file.
func (f *files) place(line int) (name string, of int) {
	for i := len(f.starts) - 1; i >= 0; i-- {
		if line > f.starts[i] {
			return f.names[i], line - f.starts[i]
		}
	}
	return f.names[0], line
}

// writeFile writes a file whole or not at all: beside its place first, and renamed when it is
// complete and on the disk. What is no regular file (a pipe, a device) is written as it is.
func writeFile(name string, write func(io.Writer) error) error {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return folderError(name)
	case err == nil && !info.Mode().IsRegular():
		return writeTo(name, name, os.O_WRONLY, write)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fileError(name, err)
	}
	part := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.part", filepath.Base(name), os.Getpid()))
	err = writeTo(part, name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, write)
	if err == nil {
		if err = os.Rename(part, name); err == nil {
			return nil
		}
		err = makingError(name, err)
	}
	_ = os.Remove(part)
	return err
}

// writeTo writes to the file at path; errors speak of it by its final name.
func writeTo(path, name string, flags int, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, flags, 0o666) // less what the user's mask takes away
	if err != nil {
		return makingError(name, err)
	}
	err = write(f)
	if info, statErr := f.Stat(); err == nil && statErr == nil && info.Mode().IsRegular() {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return makingError(name, err)
	}
	return err
}
