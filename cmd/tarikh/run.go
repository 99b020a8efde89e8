package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"
)

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// lookup gives the value of an environment variable, false where it is not set.
type lookup func(name string) (string, bool)

// shell is what a command can reach besides its own flags.
type shell struct {
	ctx context.Context
	in  io.Reader
	out *output
	err io.Writer // for mistakes, notices and logs
	env lookup

	taken []string // the flags that a variable stood in for
}

// commands are what tarikh can do. Each is a file of its own.
type commands struct {
	Serve    serveCommand    `cmd:"" help:"Answer questions over HTTP; a database that is not there yet is made and filled with the shipped record."`
	Query    queryCommand    `cmd:"" help:"Ask a database one GraphQL document and print the answer as JSON."`
	Check    checkCommand    `cmd:"" help:"Say everything that is wrong with files of records; nothing is written."`
	Import   importCommand   `cmd:"" help:"Take files of records into a database, all of their records or none."`
	Export   exportCommand   `cmd:"" help:"Write records as Tarikh's own lines, or a selection of events in another format."`
	Template templateCommand `cmd:"" help:"Write an empty spreadsheet with the columns that import knows and one example row."`
	Backup   backupCommand   `cmd:"" help:"Copy a database to a new file, also while it is served."`
	Reindex  reindexCommand  `cmd:"" help:"Make the index of words anew, by which texts are searched; the record stays as it is."`
	Doctor   doctorCommand   `cmd:"" help:"Look whether a database is whole: its pages, references, revisions, words and index."`
	Version  versionCommand  `cmd:"" help:"Say which build of tarikh this is and what is in it."`
	Help     helpCommand     `cmd:"" help:"Explain tarikh or one of its commands."`
}

// run is the whole command: it parses args, does what they say and returns the exit code.
// A mistake is one line on the error stream; a panic is told like one, without its stack.
func run(ctx context.Context, args []string, std streams, env lookup) (code int) {
	s := &shell{ctx: ctx, in: std.in, out: &output{w: std.out}, err: std.err, env: env}
	defer func() {
		if p := recover(); p != nil {
			code = s.fail(fmt.Errorf("%v", p))
		}
	}()
	if len(args) == 0 {
		args = []string{"--help"}
	}
	err := s.do(args)
	if err == nil {
		err = s.out.err
	}
	if err != nil {
		return s.fail(err)
	}
	return 0
}

// do parses one command line and runs its command.
func (s *shell) do(args []string) error {
	helped := false
	parser, err := kong.New(&commands{}, s.options(func(int) { helped = true })...)
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	switch {
	case helped: // what else is wrong with the line does not matter then
		return nil
	case err != nil:
		return misused(err)
	}
	return parsed.Run()
}

// options say how the command line is parsed: nothing in them reaches past the shell.
func (s *shell) options(exit func(int)) []kong.Option {
	return []kong.Option{
		kong.Name("tarikh"), kong.Description(description()),
		kong.Writers(s.out, s.err), kong.Exit(exit), kong.Bind(s),
		kong.Resolvers(kong.ResolverFunc(s.resolve)),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.ValueFormatter(explainValue), kong.Vars{"formats": formatNames(), "files": exportNames()},
	}
}

// misused is an error of the command line with the way to its explanation.
func misused(err error) error {
	path := "tarikh"
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context != nil {
		if c := wrong.Context.Selected(); c != nil {
			path = c.FullPath()
		}
	}
	return &usageError{message: err.Error(), command: path}
}
