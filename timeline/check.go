package timeline

import "fmt"

// Severity says what a problem means for the record that has it.
type Severity string

// The severities.
const (
	SeverityError   Severity = "ERROR"   // the record is not taken
	SeverityWarning Severity = "WARNING" // it is taken as it is, and somebody should look
)

// Problem is one thing that is wrong with a record.
type Problem struct {
	Severity Severity
	Record   int    // its place in the records checked together; -1: checked alone
	Field    string // path in the record, such as event.claims[2].range
	Rule     string // short, stable word for the rule, such as no-citation
	Message  string // one sentence, lower-case, without the field
}

// String is the problem on one line, without the record's place.
func (p Problem) String() string {
	return fmt.Sprintf("%s %s: %s (%s)", p.Severity, p.Field, p.Message, p.Rule)
}

// Check says everything that is wrong with a record by itself, in the order in which a reader
// meets it. What needs other records is said by [CheckTogether]. Nothing is repaired.
func (r *Record) Check() []Problem {
	c := checker{record: -1}
	switch r.Kind() {
	case KindSource:
		c.source(r.Source)
	case KindLocation:
		c.location(r.Location)
	case KindActor:
		c.actor(r.Actor)
	case KindEvent:
		c.event(r.Event)
	case KindTimeline:
		c.timeline(r.Timeline)
	default:
		c.fail("record", "no-kind", "it is no source, location, actor, event or timeline")
	}
	return c.problems
}

// Err is the first problem of the severity ERROR as an INVALID *[Error] with its field, nil
// where there is none. Warnings do not count.
func (r *Record) Err() error {
	return FirstError(r.Check())
}

// FirstError is the first of the problems by which a record is refused, as an error that
// names the member; nil where there is none.
func FirstError(problems []Problem) error {
	for _, p := range problems {
		if p.Severity == SeverityError {
			return Invalidf(p.Field, "%s", p.Message)
		}
	}
	return nil
}

// checker gathers the problems of one record or of several together.
type checker struct {
	record   int
	problems []Problem
}

func (c *checker) fail(field, rule, format string, args ...any) {
	c.add(SeverityError, field, rule, format, args)
}

func (c *checker) warn(field, rule, format string, args ...any) {
	c.add(SeverityWarning, field, rule, format, args)
}

func (c *checker) add(severity Severity, field, rule, format string, args []any) {
	c.problems = append(c.problems, Problem{Severity: severity, Record: c.record, Field: field,
		Rule: rule, Message: fmt.Sprintf(format, args...)})
}

// checkWord refuses a word that is none of the enum.
func checkWord[E ~string](c *checker, field, enum string, word E) {
	if !knownWord(enum, word) {
		c.fail(field, "unknown-word", "%q is no %s", clip(string(word)), enum)
	}
}
