// Package db is where the record is kept: all the SQL there is, on SQLite in pure
// Go (modernc.org/sqlite).
//
// Everything that changes data goes through [DB.Write], which raises the revision
// by one, appends to the change log and brings the in-memory index along. A
// question sees one revision through a [View]: an immutable snapshot of the index
// and a read transaction that stand for the same revision. Relations are read for
// a whole cohort of records at once, never for one.
//
// The package speaks timeline and owns the index. It never hears of GraphQL.
package db
