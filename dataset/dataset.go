// Package dataset is the record that ships inside the binary: what five Arabic press articles
// tell of Timbuktu and of Mali, from 2009 to 2026, as files that a person can read and correct.
//
// The files are Tarikh's own lines, indented: a stream of JSON objects, each one
// [timeline.Record]. They hold no ids. An id is derived from a record's first identifier, else
// from its key, so keys and first identifiers are never changed once they are shipped. Titles,
// summaries and names are in Arabic, French and English; what a claim or a place quotes as its
// words is in the article's own language.
//
// A figure is never corrected. It stands as the article has it, with who says so, and where the
// article is vague or doubtful the summary says so.
//
// The record is licensed CC BY 4.0, as distinct from the code. Of the articles only facts,
// figures and short words are taken. Positions and identifiers of the scheme geonames are those
// of GeoNames (CC BY 4.0), of the scheme pcode those of OCHA (CC BY-IGO). The package knows
// records and nothing of where they are kept or how they are asked for.
package dataset

import (
	"embed"
	"io/fs"
	"iter"

	"tarikh/timeline"
)

// Version is the vintage of the record: the year and month of its last change.
const Version = "2026.11"

// Licence is that of the record: Creative Commons Attribution 4.0 International, as its SPDX
// identifier.
const Licence = "CC-BY-4.0"

//go:embed *.json
var shipped embed.FS

// Records yields the shipped records in an order in which they can be taken in: sources,
// locations, actors, events, timelines; events by file, so by year. An error names the file and
// the line at which the broken record begins. What follows it in that file is left out, because
// nothing says where the next record would begin; the other files are still read.
func Records() iter.Seq2[*timeline.Record, error] { return records(shipped) }

// sequence lists the patterns of the files' names, those that others name before those that
// name them.
func sequence() []string {
	return []string{"sources*.json", "locations*.json", "actors*.json", "events*.json",
		"timelines*.json"}
}

// records yields the records of a folder's files.
func records(folder fs.FS) iter.Seq2[*timeline.Record, error] {
	return func(yield func(*timeline.Record, error) bool) {
		for _, pattern := range sequence() {
			files, err := fs.Glob(folder, pattern)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, file := range files {
				if !readFile(folder, file, yield) {
					return
				}
			}
		}
	}
}
