package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"tarikh/db"
	"tarikh/server"
	"tarikh/timeline"
)

// queryCommand asks one document, without a server.
type queryCommand struct {
	database
	Variables string `placeholder:"JSON" help:"The document's variables, a JSON object."`
	Operation string `placeholder:"NAME" help:"Which operation of the document is meant, where it has several."`
	File      string `arg:"" placeholder:"FILE" help:"The GraphQL document; -: the standard input."`
}

// Run prints the answer, also where it holds errors; the first of them is the command's.
func (c *queryCommand) Run(s *shell) error {
	variables, err := c.variables()
	if err != nil {
		return err
	}
	document, err := s.readAll(c.File)
	if err != nil {
		return err
	}
	d, err := s.openToRead(c.DB, db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	answer, asked := server.Execute(s.ctx, d, document, c.Operation, variables)
	if err := printJSON(s.out, answer); err != nil {
		return err
	}
	return asked
}

// variables parses the flag. Numbers keep all their digits.
func (c *queryCommand) variables() (map[string]any, error) {
	if c.Variables == "" {
		return nil, nil
	}
	d := json.NewDecoder(strings.NewReader(c.Variables))
	d.UseNumber()
	var variables map[string]any
	if err := d.Decode(&variables); err != nil || d.More() {
		return nil, misuse("query", "--variables is no JSON object")
	}
	return variables, nil
}

// printJSON prints a JSON text for people, numbers and letters as they are.
func printJSON(w io.Writer, text []byte) error {
	if len(text) == 0 {
		return nil
	}
	var out bytes.Buffer
	if err := json.Indent(&out, bytes.TrimSpace(text), "", "  "); err != nil {
		return fmt.Errorf("print the answer: %w", err)
	}
	out.WriteByte('\n')
	_, err := out.WriteTo(w)
	return err
}

// readAll reads a small text file.
func (s *shell) readAll(name string) (string, error) {
	const most = 1 << 20
	f, err := s.open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return "", fileError(name, err)
	}
	if len(text) > most {
		return "", fmt.Errorf("%s: %w", name,
			timeline.Errorf(timeline.CodeTooLarge, "a document is at most %d bytes", most))
	}
	return string(text), nil
}
