package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"tarikh/timeline"
)

// The exit codes that the taxonomy of errors does not have.
const (
	exitUsage       = 64  // EX_USAGE of sysexits(3)
	exitInterrupted = 130 // 128 and SIGINT's number, as shells have it
)

// usageError is a mistake on the command line.
type usageError struct {
	message string
	command string // the command whose help explains it
}

func (e *usageError) Error() string {
	return fmt.Sprintf("%s (see %s --help)", e.message, e.command)
}

// misuse is a usage error of a command's own.
func misuse(command, format string, args ...any) error {
	return &usageError{message: fmt.Sprintf(format, args...), command: "tarikh " + command}
}

// fail tells a mistake in one line and returns its exit code.
func (s *shell) fail(err error) int {
	code := s.exitOf(err)
	message := s.blame(strings.Join(strings.Fields(err.Error()), " "))
	switch code {
	case exitInterrupted:
		message = "interrupted; what was under way is undone"
	case codeOf(timeline.CodeInternal):
		message = "internal error: " + message
	}
	s.notice(message)
	return code
}

// exitOf is the exit code of an error.
func (s *shell) exitOf(err error) int {
	var usage *usageError
	switch {
	case errors.As(err, &usage):
		return exitUsage
	case s.ctx.Err() != nil && errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return timeline.StatusOf(err).Exit
}

// codeOf is the exit code of one code of the taxonomy.
func codeOf(code timeline.Code) int {
	return timeline.StatusOf(timeline.Errorf(code, "")).Exit
}

// fileError gives an error of the file system its code and names the file.
func fileError(name string, err error) error {
	return fmt.Errorf("%s: %w", name, systemError(err, "there is no such file", "it may not be opened"))
}

// makingError is fileError for a file that was to be made.
func makingError(name string, err error) error {
	return fmt.Errorf("%s: %w", name,
		systemError(err, "there is no folder to make it in", "it may not be written"))
}

// folderError says that a folder stands where a file is meant.
func folderError(name string) error {
	return fmt.Errorf("%s: %w", name,
		timeline.Errorf(timeline.CodeInvalid, "this is a folder, not a file"))
}

// systemError gives an error of the file system its code, and words for the two common ones.
func systemError(err error, missing, forbidden string) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return timeline.Errorf(timeline.CodeNotFound, "%s", missing)
	case errors.Is(err, fs.ErrPermission):
		return timeline.Errorf(timeline.CodeForbidden, "%s", forbidden)
	}
	return timeline.Errorf(timeline.CodeUnavailable, "the file cannot be used: %v", err)
}
