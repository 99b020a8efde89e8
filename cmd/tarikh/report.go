package main

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"tarikh/db"
	"tarikh/timeline"
)

// shownOfRule is how many problems of one rule are shown to a person; a CSV report has all.
const shownOfRule = 5

// printProblems prints problems grouped by rule, errors before warnings, the first of each with
// their places.
func printProblems(w *output, in *files, problems []db.ImportProblem) {
	for _, group := range byRule(problems) {
		w.printf("%s %s (%d)\n", group[0].Severity, group[0].Rule, len(group))
		for _, p := range group[:min(len(group), shownOfRule)] {
			name, line := in.place(p.Line)
			w.printf("  %s:%d: %s\n", name, line, explain(p))
		}
		if more := len(group) - shownOfRule; more > 0 {
			w.printf("  and %d more\n", more)
		}
	}
}

// explain is a problem in a sentence: of which record, in which member, what.
func explain(p db.ImportProblem) string {
	parts := []string{p.Name, p.Field, p.Message}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ": ")
}

// byRule groups problems in the order in which their rules first come up, errors first.
func byRule(problems []db.ImportProblem) [][]db.ImportProblem {
	type rule struct {
		severity timeline.Severity
		name     string
	}
	places := map[rule]int{}
	var groups [][]db.ImportProblem
	for _, severity := range []timeline.Severity{timeline.SeverityError, timeline.SeverityWarning} {
		for _, p := range problems {
			if p.Severity != severity {
				continue
			}
			r := rule{severity, p.Rule}
			if _, known := places[r]; !known {
				places[r] = len(groups)
				groups = append(groups, nil)
			}
			groups[places[r]] = append(groups[places[r]], p)
		}
	}
	return groups
}

// recordsWith counts the records that have a problem of the severity.
func recordsWith(severity timeline.Severity, problems []db.ImportProblem) int {
	lines := map[int]bool{}
	for _, p := range problems {
		if p.Severity == severity {
			lines[p.Line] = true
		}
	}
	return len(lines)
}

// importReports are the problems of several files, for one report.
type importReports struct{ rows [][]string }

// add keeps the problems of one file.
func (r *importReports) add(in *files, problems []db.ImportProblem) {
	for _, p := range problems {
		name, line := in.place(p.Line)
		r.rows = append(r.rows, []string{cell(name), strconv.Itoa(line), string(p.Severity), p.Rule,
			cell(p.Name), cell(p.Field), cell(p.Message)})
	}
}

// write writes every problem as CSV (RFC 4180) for a spreadsheet: with the mark that Excel
// needs to take it as UTF-8.
func (r *importReports) write(w io.Writer) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	table := csv.NewWriter(w)
	header := []string{"file", "line", "severity", "rule", "record", "field", "message"}
	return table.WriteAll(append([][]string{header}, r.rows...))
}

// cell keeps a text that comes from a file from being run as a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
