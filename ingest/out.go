package ingest

import (
	"bufio"
	"crypto/sha256"
	"iter"
	"strings"
	"unicode"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// out is where the reader of a foreign file puts its records.
type out struct {
	things  bool // the rows are things of any kind, not only events
	yield   func(timeline.Incoming, error) bool
	options Options
	over    bool // whoever takes the records has enough
	broken  error
	ends    []func()

	dataset timeline.Ref // the source that the file is
	shelf   map[[10]byte]struct{}
}

// foreign makes a reader of the function that reads a foreign file of events: what else it
// gives is aside, because rows name it.
func foreign(read func(*out, *bufio.Reader) error) reader { return readerOf(read, false) }

// things makes a reader of the function that reads a foreign file whose rows are things of any
// kind.
func things(read func(*out, *bufio.Reader) error) reader { return readerOf(read, true) }

func readerOf(read func(*out, *bufio.Reader) error, things bool) reader {
	return func(in *bufio.Reader, options Options) iter.Seq2[timeline.Incoming, error] {
		return func(yield func(timeline.Incoming, error) bool) {
			o := &out{yield: yield, options: options, things: things, shelf: map[[10]byte]struct{}{}}
			defer o.end()
			err := read(o, in)
			if o.broken != nil {
				err = o.broken
			}
			if err != nil && !o.over {
				yield(timeline.Incoming{}, err)
			}
		}
	}
}

// atEnd asks to be told when the stream ends.
func (o *out) atEnd(end func()) { o.ends = append(o.ends, end) }

func (o *out) end() {
	for _, end := range o.ends {
		end()
	}
}

// fail ends the stream with an error that is not the file's; nil does nothing.
func (o *out) fail(err error) {
	if o.broken == nil {
		o.broken = err
	}
}

// put gives one record with what is odd about its row.
func (o *out) put(line int, r timeline.Record, notes ...timeline.Problem) {
	if o.over || o.broken != nil {
		return
	}
	r.Normalise()
	o.over = !o.yield(timeline.Incoming{Line: line, Record: &r, Meets: true, Notes: notes,
		Aside: r.Event == nil && (!o.things || r.Source != nil && r.Source.Kind == timeline.SourceDataset)}, nil)
}

// refuse says that the row of a line is wrong. The stream goes on.
func (o *out) refuse(line int, err error) {
	if !o.over && o.broken == nil {
		o.over = !o.yield(timeline.Incoming{}, &timeline.LineError{Line: line, Err: err})
	}
}

// remark is a note about something in the file that becomes no record: it comes with the
// dataset's.
func (o *out) remark(line int, about timeline.SourceRecord, notes ...timeline.Problem) {
	o.put(line, timeline.Record{Source: &about}, notes...)
}

// note is one thing that is odd about a row, with the column that it is about.
func note(rule, column, format string, args ...any) timeline.Problem {
	e := timeline.Invalidf(column, format, args...)
	return timeline.Problem{Severity: timeline.SeverityWarning, Record: -1, Field: e.Field, Rule: rule,
		Message: e.Message}
}

// noted is a single note.
func noted(rule, column, format string, args ...any) []timeline.Problem {
	return []timeline.Problem{note(rule, column, format, args...)}
}

// keptInRaw notes which parts of a row have no place in the record.
func keptInRaw(parts []string) []timeline.Problem {
	if len(parts) == 0 {
		return nil
	}
	return noted("kept-in-raw", strings.Join(parts, ", "),
		"it has no place in the record and is kept in the raw row only")
}

// open gives the dataset as a source, with the key that the options give it.
func (o *out) open(s timeline.SourceRecord) timeline.SourceRecord {
	if o.options.Dataset != "" {
		s.Key = o.options.Dataset
	}
	s.Identifiers = []timeline.Identifier{{Scheme: "dataset", Value: s.Key}}
	s.Kind = timeline.SourceDataset
	o.dataset = timeline.RefTo(s.Identifiers[0].String())
	record := s
	o.put(1, timeline.Record{Source: &record})
	return s
}

// origin is a row of the dataset as it was.
func (o *out) origin(line int, id, raw string) []timeline.OriginRecord {
	return []timeline.OriginRecord{{Dataset: o.dataset, DatasetRow: id, Version: o.options.Version,
		Line: line, Row: raw}}
}

// shelfSize is how many sources are remembered as given. A file with more gives one again when
// it comes up again, which changes nothing: the shelf would else grow with the rows.
const shelfSize = 1 << 17

// article gives a source once, under a key that follows from what is known of it, and the ref to
// it. An article of which neither an office nor a headline is known is none.
func (o *out) article(
	line int, kind timeline.SourceKind, office, date, headline string, u timeline.URL,
) (timeline.Ref, bool) {
	office, headline = strings.TrimSpace(office), strings.TrimSpace(headline)
	date = strings.TrimSpace(date)
	title := headline
	if title == "" {
		title = office
	}
	if title == "" {
		return timeline.Ref{}, false
	}
	hash := stableLetters(office, date, headline+string(u))
	key := "s-" + hash
	short := [10]byte([]byte(hash))
	if _, given := o.shelf[short]; !given {
		if len(o.shelf) >= shelfSize {
			clear(o.shelf)
		}
		o.shelf[short] = struct{}{}
		s := timeline.SourceRecord{Identity: timeline.Identity{Key: key}, Kind: kind, URL: u,
			Title: textIn(title), Publisher: office, PublishedOn: dateOrNone(date)}
		o.put(line, timeline.Record{Source: &s})
	}
	return timeline.RefTo(key), true
}

// foreignIdentity is by what a record is known that has an id in a foreign file; where the id
// cannot stand in an identifier, one that follows from it does.
func foreignIdentity(scheme, id string) timeline.Identity {
	i, err := timeline.ParseIdentifier(scheme + ":" + id)
	if err != nil {
		i = timeline.Identifier{Scheme: scheme, Value: stableLetters(id)}
	}
	key := scheme + "-" + orWord(timeline.Slug(i.Value), stableLetters(i.Value))
	return timeline.Identity{Key: fitKey(key), Identifiers: []timeline.Identifier{i}}
}

// typeOf is the event type that a word names; empty where it names none.
func typeOf(word string) string {
	code := strings.ReplaceAll(strings.ToLower(word), " ", "_")
	if timeline.TypeByCode(code) == nil {
		return ""
	}
	return code
}

// stableLetters are ten letters of Crockford's base32 that follow from the parts of a name.
func stableLetters(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return timeline.NewID(timeline.KindSource, sum)[3:13]
}

// dateOrNone is a date where the text is one, else none.
func dateOrNone(s string) edtf.Value {
	if v, err := edtf.Parse(s); err == nil {
		return v
	}
	if d, ok := readDay(s); ok {
		return edtf.MustParse(d.String())
	}
	return edtf.Value{}
}

// unknownLanguage is the tag of a text whose language is not known (RFC 5646, 4.1).
const unknownLanguage = names.Language("und")

// textIn is a text in Arabic where its first letter is Arabic, else in no known language: the
// file does not say, and a right-to-left text must be known as one.
func textIn(s string) timeline.Text {
	return timeline.Text{Lang: languageOf(s), Text: s}
}

// languageOf is ar for a text whose first letter is Arabic, else und.
func languageOf(s string) names.Language {
	if isArabic(s) {
		return "ar"
	}
	return unknownLanguage
}

// isArabic says whether the first letter of a text is one of the block Arabic.
func isArabic(s string) bool {
	for _, c := range s {
		if unicode.IsLetter(c) {
			return c >= 0x0600 && c <= 0x06FF
		}
	}
	return false
}

// fieldError is an INVALID error about a column.
func fieldError(column, format string, args ...any) error {
	return timeline.Invalidf(column, format, args...)
}
