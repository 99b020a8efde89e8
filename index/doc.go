// Package index holds which records are meant: the facts of every event, actor, location, source
// and saved timeline in memory, and the exact answer to every filter, order, count, total and page
// over them.
//
// An [Index] is one revision of the record and never changes. [Index.With] makes the next one out
// of it and shares whatever did not change, so that a question that began on the old one ends on
// it. A filter is compiled once for a question into a test of one event, and into what inverted
// lists and columns know of it, which keeps the test from being asked of everything; both, and the
// segments behind them, are nobody else's business.
//
// The package must not know where the records are kept: there is no SQL, no file and no clock in
// it, and no text of a record but what filters and orders compare. It speaks of records by their
// row numbers, which the keeper gives, is greater than zero and never used twice within a kind.
//
// What the filters, orders and figures mean stands in the project's page of meanings; the comments
// here repeat a rule where the code follows it.
package index
