package main

import (
	"fmt"
	"strings"

	"tarikh/timeline"
)

// helpCommand explains, as --help does.
type helpCommand struct {
	Command []string `arg:"" optional:"" help:"The command to explain; none: tarikh as a whole."`
}

// Run prints the help of the command named.
func (c *helpCommand) Run(s *shell) error { return s.do(append(c.Command, "--help")) }

// description is what the main help says besides commands and flags. Indented lines stay as
// they are.
func description() string {
	var b strings.Builder
	b.WriteString("Tarikh keeps a sourced record of events, actors and places in one file and answers " +
		"timeline questions about it in GraphQL.\n\n" +
		"Every flag can also be set by a variable: --db by $TARIKH_DB, --read-only by $TARIKH_READ_ONLY, " +
		"and so on; the command line counts first. Where FILE is read, - is the standard input.\n\n" +
		"Exit codes:\n\n")
	for _, e := range exits() {
		_, _ = fmt.Fprintf(&b, "\t%3d  %s\n", e.code, e.means)
	}
	return b.String()
}

// exit is one of the codes with which the command ends.
type exit struct {
	code  int
	means string
}

// exits lists every code with which the command can end, in order: those of the taxonomy, and
// the shell's own.
func exits() []exit {
	return []exit{
		{0, "done"},
		{exitUsage, "the command line is wrong"},
		{codeOf(timeline.CodeInvalid), "what was given is wrong: a file, a question, a database"},
		{codeOf(timeline.CodeNotFound), "what was named is not there"},
		{codeOf(timeline.CodeUnavailable), "not now: busy, locked, full, or a port in use"},
		{codeOf(timeline.CodeInternal), "a mistake of tarikh's own"},
		{codeOf(timeline.CodeRateLimited), "too often; later it may work"},
		{codeOf(timeline.CodeForbidden), "not allowed"},
		{exitInterrupted, "interrupted; what was under way is undone"},
	}
}
