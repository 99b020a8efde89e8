// Package ingest takes files in: it tells by its content what a stream holds and turns it into
// an iterator of timeline records, one record in memory at a time.
//
// A format is one file of this package with one line in the list of [formats]. It is recognised
// by what it says, never by a file's name or by the position of a column; gzip is seen through.
// A record that is wrong is reported with its line and does not end the stream; a stream that
// cannot be read any further does, with a [*Damage] where the file itself is broken.
//
// Tarikh's own lines are read as they are. Of a foreign file every record says that it meets
// what is there already: the dataset as a source, then, when they are first named, the places
// (those above others first), actors and sources, then the event that names them. What is kept
// in memory grows with the distinct places and actors of a file, never with its rows; beside
// them at most [mostHeld] rows wait for somebody whom they name, [shelfSize] sources are
// remembered as given, and a timeline remembers its first [mostPicked] events.
//
// The package opens no files and must not know any store: whether a record's refs lead
// anywhere, and what is there already, is not its business.
package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"strings"

	"tarikh/timeline"
)

// Options say what a file does not say of itself. The zero Options are for a file that does.
type Options struct {
	// Format is the name of one of [Formats]; empty: the file is recognised.
	Format string
	// Dataset is the key of the source that the rows are told to come from; empty: what the
	// format is known for, such as ucdp-ged.
	Dataset string
	// Version names the vintage of the dataset, such as 24.1; empty: not known.
	Version string
	// Map gives columns of a spreadsheet (or properties of GeoJSON) the name of one of [Fields].
	Map map[string]string
	// KnownActor says whether an actor of exactly this name is known outside the file, so that
	// a cell with several names can be taken apart; nil: none is.
	KnownActor func(name string) bool
}

// Stream is a recognised file on its way in.
type Stream struct {
	// Format is the name of what was recognised, for people.
	Format string
	// Foreign says that it is not Tarikh's own lines: the file merely speaks of things.
	Foreign bool

	text    *bufio.Reader
	read    reader
	options Options
}

// reader turns text into records. It yields [timeline.Incoming] with the line on which the
// record begins, or an error: a *[timeline.LineError] for one wrong record, after which it goes
// on, or whatever ended the stream.
type reader func(*bufio.Reader, Options) iter.Seq2[timeline.Incoming, error]

// format is one kind of file.
type format struct {
	id   string // for whoever names it in a command
	name string // for people
	is   func(*glance) bool
	read reader
}

// formats lists what is recognised, the first that fits counts.
func formats() []format {
	return []format{
		{"ucdp-ged", "UCDP GED", isGED, foreign(readGED)},
		{"ucdp-ged-candidate", "UCDP GED Candidate without a header", never, foreign(readCandidate)},
		{"ucdp-actors", "UCDP's actor list", isActorList, things(readActorList)},
		{"acled", "ACLED CSV", isACLED, foreign(readACLED)},
		{"acled-json", "ACLED JSON", isACLEDJSON, foreign(readACLEDJSON)},
		{"timelinejs", "TimelineJS JSON", isTimelineJS, foreign(readTimelineJS)},
		{"timelinejs-v2", "TimelineJS JSON of version 2", isTimelineJS2, foreign(readTimelineJS)},
		{"timelinejs-sheet", "TimelineJS sheet", isTimelineSheet, foreign(readTimelineSheet)},
		{"timemap", "TimeMap JSON", isTimeMap, foreign(readTimeMap)},
		{"followthemoney", "FollowTheMoney", isFtM, things(readFtM)},
		{"geojson", "GeoJSON", isGeoJSON, foreign(readGeoJSON)},
		{"geonames", "GeoNames", isGeoNames, things(readGeoNames)},
		{"spreadsheet", "a spreadsheet as CSV", isSheet, foreign(readSheet)},
		{"lines", "Tarikh's own lines", isLines, readLines},
	}
}

// Formats lists the names that [Options.Format] may have.
func Formats() []string {
	var all []string
	for _, f := range formats() {
		all = append(all, f.id)
	}
	return all
}

// headSize is how much of a text is looked at to recognise it.
const headSize = 32 << 10

// Open recognises what a stream holds. The text may be gzipped and may begin with the byte order
// mark of UTF-8. A stream without any text, in UTF-16 or UTF-32, an Excel workbook, or one of no
// known format is INVALID; one that cannot be read is UNAVAILABLE.
func Open(r io.Reader) (*Stream, error) { return OpenAs(r, Options{}) }

// OpenAs is [Open] for a file of which more is known than it says. A format that is not of
// [Formats], and a dataset that is no key, are INVALID.
func OpenAs(r io.Reader, o Options) (*Stream, error) {
	if o.Dataset != "" && !timeline.ValidKey(o.Dataset) {
		return nil, timeline.Invalidf("dataset", "%q is no key: a to z, 0 to 9 and hyphens", o.Dataset)
	}
	text, err := openText(r)
	if err != nil {
		return nil, err
	}
	head, err := text.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if err := checkEncoding(head); err != nil {
		return nil, err
	}
	shown := bytes.TrimLeft(head, space)
	if len(shown) == 0 && errors.Is(err, io.EOF) {
		return nil, timeline.Errorf(timeline.CodeInvalid, "it is empty: it holds no record")
	}
	f, err := choose(shown, lineOf(head, len(head)-len(shown)), o)
	if err != nil {
		return nil, err
	}
	return &Stream{Format: f.name, Foreign: f.id != "lines", text: text, read: f.read, options: o}, nil
}

// choose finds the format that is asked for, else the one that the head of a text, which begins
// on the line, has.
func choose(head []byte, line int, o Options) (format, error) {
	at := newGlance(head, o)
	for _, f := range formats() {
		if f.id == o.Format || o.Format == "" && f.is(at) {
			return f, nil
		}
	}
	if o.Format != "" {
		return format{}, timeline.Invalidf("format", "%q is none of %s", o.Format,
			strings.Join(Formats(), ", "))
	}
	return format{}, timeline.Errorf(timeline.CodeInvalid,
		"line %d: this is no format that tarikh reads (%s)", line, known())
}

// Records yields the records in the order of the file; it can be ranged over once. An error that
// is a *[timeline.LineError] concerns one record and others follow; any other is the last: a
// [*Damage] or another INVALID one where the file is cut off or broken, UNAVAILABLE where reading
// failed.
func (s *Stream) Records() iter.Seq2[timeline.Incoming, error] { return s.read(s.text, s.options) }

// known names the formats for a message.
func known() string {
	var all []string
	for _, f := range formats() {
		all = append(all, f.name)
	}
	return strings.Join(all, ", ")
}

// lineOf is the line, counted from 1, of the byte at an offset.
func lineOf(text []byte, offset int) int {
	return 1 + bytes.Count(text[:min(max(offset, 0), len(text))], []byte("\n"))
}
