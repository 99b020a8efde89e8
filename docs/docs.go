// Package docs holds the questions that explain Tarikh, each with its answer: they are the
// examples of the playground, the golden tests of the API and what the README shows.
//
// It reads their files and knows nobody: neither the schema against which a question is asked
// nor the record from which it is answered.
package docs

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed queries/*.md
var files embed.FS

// Query is one file of docs/queries.
type Query struct {
	// File is the file's name without folder and extension, such as 01-timbuktu-region.
	File string
	// Titles say what is asked, in English, French and Arabic, by language tag: en, fr, ar.
	Titles map[string]string
	// Prose explains the question and what to look at in the answer, in Markdown.
	Prose string
	// Document is the GraphQL document, without a line feed at its end.
	Document string
	// Variables is a JSON object; empty where the document has none.
	Variables string
	// Answer is the whole answer as indented JSON, without a line feed at its end; empty where
	// it has not been written down yet.
	Answer string
}

// Queries reads the questions in the order of their files' names. The error names the file and
// what it lacks.
//
// A file begins with "# " and the English title; lines "fr: " and "ar: " give the others. Prose
// follows, then the document in a block fenced as graphql, then, each under a line of its own,
// "Variables:" with a json block (may be left out) and "Answer:" with a json block.
func Queries() ([]Query, error) { return read(files) }

func read(folder fs.FS) ([]Query, error) {
	names, err := fs.Glob(folder, "queries/*.md") // sorted by name
	if err != nil {
		return nil, err
	}
	queries := make([]Query, 0, len(names))
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		q, err := parse(string(text))
		if err != nil {
			return nil, fmt.Errorf("docs/%s: %w", name, err)
		}
		q.File = strings.TrimSuffix(strings.TrimPrefix(name, "queries/"), ".md")
		queries = append(queries, q)
	}
	return queries, nil
}

// parse reads one file.
func parse(text string) (Query, error) {
	p := parser{lines: strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")}
	q := Query{Titles: p.titles()}
	q.Prose = p.prose()
	q.Document = p.block("graphql")
	if p.label("Variables:") {
		q.Variables = p.block("json")
	}
	if p.label("Answer:") {
		q.Answer = p.block("json")
	}
	p.end()
	if p.err == nil {
		p.err = q.check()
	}
	return q, p.err
}

// check refuses a question that misses a part or whose JSON does not parse.
func (q *Query) check() error {
	for _, lang := range []string{"en", "fr", "ar"} {
		if q.Titles[lang] == "" {
			return fmt.Errorf("there is no title in %q", lang)
		}
	}
	var variables map[string]any
	switch {
	case q.Document == "":
		return fmt.Errorf("the graphql block is empty")
	case q.Variables != "" && json.Unmarshal([]byte(q.Variables), &variables) != nil:
		return fmt.Errorf("the variables are no JSON object")
	case q.Answer != "" && !json.Valid([]byte(q.Answer)):
		return fmt.Errorf("the answer is no JSON")
	}
	return nil
}
