package export

import (
	"io"
	"slices"
)

// Format is one kind of file that a selection can be written as.
type Format struct {
	Name        string // by which it is asked for, and what follows the dot of /export.
	ContentType string // as HTTP's Content-Type
	Extension   string // of a file's name, without the first dot
	Description string // one sentence for people

	// TellsEnd says that the file itself has a place for the [Tail]. Where it has not, whoever
	// exports must tell it another way.
	TellsEnd bool

	// Apart says that what is written of an event does not depend on those before it, so that events
	// can be written in any order and put in order afterwards.
	Apart bool

	make func(page) Writer
}

// New makes a writer of the format. It buffers; [Writer.End] flushes.
func (f Format) New(w io.Writer, o Options) Writer { return guarded{f.make(newPage(w, o))} }

const utf8CSV = "text/csv; charset=utf-8; header=present"

// Formats lists all formats, those for people's spreadsheets first.
func Formats() []Format {
	return slices.Concat(tables(), timelines(), webs())
}

// ByName is the format of that name; false where there is none.
func ByName(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// tables are the formats of one row an event.
func tables() []Format {
	return []Format{
		{Name: "csv", Apart: true, ContentType: utf8CSV, Extension: "csv",
			Description: "One row an event, comma-separated (RFC 4180), for programs.",
			make:        func(p page) Writer { return &table{page: p, appendCell: appendCSV, separator: ','} }},
		{Name: "tsv", Apart: true, ContentType: "text/tab-separated-values; charset=utf-8", Extension: "tsv",
			Description: `One row an event, tab-separated; \t, \n, \r and \\ stand for those characters.`,
			make:        func(p page) Writer { return &table{page: p, appendCell: appendTSV, separator: '\t'} }},
		{Name: "xlsx.csv", Apart: true, ContentType: utf8CSV, Extension: "xlsx.csv",
			Description: "One row an event for Excel: marked as UTF-8, formulas disarmed by a leading apostrophe.",
			make: func(p page) Writer {
				return &table{page: p, appendCell: appendExcel, separator: ',', mark: byteOrderMark}
			}},
		{Name: "ndjson", Apart: true, ContentType: "application/x-ndjson", Extension: "ndjson",
			Description: "One flat JSON object a line, with the columns of csv; null is not known, 0 is zero.",
			make:        func(p page) Writer { return &flatJSON{page: p} }},
		{Name: "lines", ContentType: "application/x-ndjson", Extension: "lines.jsonl", TellsEnd: false,
			Description: "Tarikh's own lines: whole records, for import into another Tarikh.",
			make:        func(p page) Writer { return &ownLines{page: p} }},
	}
}

// timelines are the formats of programs that draw events in time or space.
func timelines() []Format {
	return []Format{
		{Name: "geojson", ContentType: "application/geo+json", Extension: "geojson", TellsEnd: true,
			Description: "A GeoJSON FeatureCollection (RFC 7946); events that are not exactly placed have no point.",
			make:        func(p page) Writer { return &geoJSON{page: p} }},
		{Name: "timelinejs.json", ContentType: "application/json", Extension: "timelinejs.json", TellsEnd: true,
			Description: "TimelineJS 3, at most 40 slides (200 when asked), with eras; the right one for Arabic.",
			make:        func(p page) Writer { return &timelineJSON{slides: slides{page: p}} }},
		{Name: "timelinejs.csv", ContentType: utf8CSV, Extension: "timelinejs.csv", TellsEnd: true,
			Description: "The spreadsheet of TimelineJS 3, at most 40 slides (200 when asked); it cannot hold ids.",
			make:        func(p page) Writer { return &timelineCSV{slides: slides{page: p}} }},
		{Name: "timemap.json", ContentType: "application/json", Extension: "timemap.json",
			Description: "TimeMap of Forensic Architecture: events, sources and associations in one object.",
			make:        func(p page) Writer { return &timeMap{page: p} }},
		{Name: "ics", Apart: true, ContentType: "text/calendar; charset=utf-8", Extension: "ics", TellsEnd: true,
			Description: "iCalendar (RFC 5545), whole days; events without a date are left out and counted.",
			make:        func(p page) Writer { return &calendar{page: p} }},
	}
}

// webs are the formats of linked records.
func webs() []Format {
	return []Format{
		{Name: "ftm.json", ContentType: "application/x-ndjson", Extension: "ftm.json",
			Description: "FollowTheMoney entities, one a line: events, actors, addresses and articles.",
			make:        func(p page) Writer { return &moneyTrail{page: p} }},
		{Name: "jsonld", ContentType: "application/ld+json", Extension: "jsonld", TellsEnd: true,
			Description: "JSON-LD in the words of schema.org: events, places and the articles about them.",
			make:        func(p page) Writer { return &linkedData{page: p} }},
		{Name: "atom", Apart: true, ContentType: "application/atom+xml; charset=utf-8", Extension: "atom", TellsEnd: true,
			Description: "An Atom feed (RFC 4287), one entry an event.",
			make:        func(p page) Writer { return &feed{page: p} }},
	}
}
