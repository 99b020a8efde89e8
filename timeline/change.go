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
	Fields    []string  // of an update: the record's members that changed
	Row       int64     // of the record in the store; 0 where it was refused
	Met       Meeting   // how it met a record that was there; empty where it met none
	Notes     []Problem // what a person should look at: a match by name, another parent
}

// Meeting is how a record of a foreign file met one that was there already.
type Meeting string

// The ways of meeting. What met by name is for a person to look at.
const (
	MetByRef  Meeting = "REF"  // by id, key or outside identifier
	MetByName Meeting = "NAME" // by folded name, kind and position or parent
)

// Incoming is one record of a file, with the line on which it begins.
type Incoming struct {
	Line   int
	Record *Record
	// Meets says that the file merely speaks of such a thing, as foreign files do: it
	// joins what is there already instead of replacing it.
	Meets bool
	// Renews says that the record's maker ships it anew: what datasets' rows added to the
	// one that is there stays.
	Renews bool
	// Aside says that the record is no row of the file but something that a row names,
	// such as a place: it is not counted among the rows.
	Aside bool
	// Notes are what is odd about the file's row; the record is taken in all the same.
	Notes []Problem
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
