package timeline

import "fmt"

// Change says who changes the record and why. The store adds when and what.
type Change struct {
	By     string // a person's or a program's name
	Reason string // in a sentence, for those who read the history later
	Bulk   bool   // an import: the last instants before a power cut may be lost, never the file
}

// Operation is what a change did to one record.
type Operation string

// The operations of the change log.
const (
	OperationInsert    Operation = "INSERT"
	OperationUpdate    Operation = "UPDATE"
	OperationDelete    Operation = "DELETE"
	OperationUnchanged Operation = "UNCHANGED" // never logged: the record was the same already
)

// Outcome is what became of one record that was to be written.
type Outcome struct {
	Kind      Kind
	ID, Key   string
	Operation Operation // empty where Err says why it was refused
	Err       error     // coded; NOT_FOUND: it names a record that is not there (yet)
}

// Incoming is one record of a file, with the line on which it begins.
type Incoming struct {
	Line   int
	Record *Record
}

// LineError says on which line of a file a mistake is.
type LineError struct {
	Line int
	Err  error
}

// Error gives the line and the mistake.
func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap gives the mistake, whose code is the error's.
func (e *LineError) Unwrap() error { return e.Err }
