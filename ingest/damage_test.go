package ingest_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"tarikh/ingest"
	"tarikh/timeline"
)

// gedLine is one right row of the yearly release, without its id.
const gedLine = `,MLI-1,2014,1,Clear,1,11,11,Mali: Government,9,9,Government of Mali - Example Front,72,72,Government of Mali,` +
	`99998,99998,Example Front,0,,,,,,6,Mali,,,,17,-4,,1,Mali,432,Africa,1,1,2014-05-02,2014-05-02,0,0,0,0,0,0,0,432,` + "\n"

// ends is how a stream ended: with the ids of the events that came before it.
func ends(t *testing.T, text string, o ingest.Options) (events []string, refused []string, end error) {
	t.Helper()
	s, err := ingest.OpenAs(strings.NewReader(text), o)
	if err != nil {
		return nil, nil, err
	}
	for in, err := range s.Records() {
		var wrong *timeline.LineError
		switch {
		case errors.As(err, &wrong):
			refused = append(refused, err.Error())
		case err != nil:
			end = err
		case in.Record.Event != nil:
			events = append(events, in.Record.Event.Key)
		}
	}
	return events, refused, end
}

func TestADamagedFileEndsWithItsLineAndTheReason(t *testing.T) {
	ged := gedHeader + "1" + gedLine
	json := `{"title": {"text": {"headline": "x"}},` + "\n" + `"events": [{"start_date": {"year": "2014"}, "text": {"headline": "One"}},` + "\n"
	tests := []struct {
		name, text string
		events     []string
		end        string
	}{
		{"a row that is split", ged + "2,MLI-1,2014\n,1,Clear\n", []string{"ucdp-1"},
			"line 3: the row has 3 cells and the header 49: it is split or cut off"},
		{"a cell too many", ged + "2" + strings.TrimSuffix(gedLine, "\n") + ",x,y\n", []string{"ucdp-1"},
			"line 3: the row has 51 cells and the header 49: a cell is split or a row runs into the next"},
		{"an end in the middle of a row", ged + "2,MLI-1,20", []string{"ucdp-1"},
			"line 3: the row has 3 cells and the header 49: it is split or cut off"},
		{"a quotation mark that is never closed", ged + "2,\"MLI-1" + gedLine + "3" + gedLine, []string{"ucdp-1"},
			"line 3: a quotation mark is not closed, or stands inside a cell (noticed on line 4)"},
		{"a quotation mark inside a cell", ged + "2,ML\"I-1" + gedLine, []string{"ucdp-1"},
			"line 3: a quotation mark in column 5 is not closed, or stands inside a cell that is not quoted"},
		{"a NUL byte", ged + "2\x00" + gedLine, nil, "line 3: a NUL byte stands in the text"},
		{"Windows-1256", ged + "2" + strings.Replace(gedLine, "Example", "\xe5\xcc\xe6\xe3", 1), nil,
			"line 3: the byte 0xe5 is no UTF-8 here; the file seems to be Windows-1256 (Arabic), or another encoding of letters that are not Latin: save it as UTF-8"},
		{"Windows-1252", ged + "2" + strings.Replace(gedLine, "Example", "Pi\xe9la", 1), nil,
			"line 3: the byte 0xe9 is no UTF-8 here; the file seems to be Windows-1252 or Latin-1: save it as UTF-8"},
		{"half a letter at the end", ged + "2,\xc3", nil, "line 3: the text ends in the middle of a letter"},
		{"a cut gzip stream", gzipped(t, strings.Repeat(ged, 1))[:200], nil,
			"the gzip stream is cut off; fetch the file again"},
		{"a JSON text that is cut off", json, []string{"timelinejs-…"}, "line 3: the JSON text ends in the middle"},
		{"a JSON text that breaks", json + "{\"text\": oops}]}", []string{"timelinejs-…"},
			"line 3: this is no JSON: invalid character 'o' looking for beginning of value"},
		{"something behind a JSON text", json + "{\"text\": {\"headline\": \"Two\"}}]}\n{}", []string{"timelinejs-…", "timelinejs-…"},
			"line 4: this is no JSON: something follows the JSON value"},
		{"a GeoNames line that is split", "1\tA\tA\t\t1\t1\tP\tPPL\tML\t\t08\t\t\t\t0\t\t\t\t\n2\tB\n", nil,
			"line 2: the line has 2 cells and not 19: it is split or cut off"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			events, refused, end := ends(t, tt.text, ingest.Options{})
			if end == nil || end.Error() != tt.end || timeline.CodeOf(end) != timeline.CodeInvalid {
				t.Errorf("it ended with %v\nwant %s", end, tt.end)
			}
			if len(refused) > 0 || !slices.EqualFunc(events, tt.events, fits) && tt.events != nil {
				t.Errorf("before that came %q, refused %q", events, refused)
			}
			var damage *ingest.Damage
			if strings.HasPrefix(tt.end, "line") && !errors.As(end, &damage) {
				t.Errorf("it is no Damage: %T", end)
			}
		})
	}
}

func TestAQuotationMarkThatSwallowsTheFileIsStopped(t *testing.T) {
	text := gedHeader + "1" + gedLine + "2,\"" + strings.Repeat("x\n", 9<<20)
	events, _, end := ends(t, text, ingest.Options{})
	if len(events) != 1 || timeline.CodeOf(end) != timeline.CodeTooLarge || !strings.Contains(end.Error(), "a quotation mark may be open") {
		t.Errorf("%q, then %v", events, end)
	}
}

func TestWhatIsNoTextIsRefusedWithAdvice(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"an Excel workbook", "PK\x03\x04\x14\x00\x06\x00[Content_Types].xml…xl/workbook.xml", "save it as \"CSV UTF-8\""},
		{"an old Excel workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as \"CSV UTF-8\""},
		{"UTF-16", "\xff\xfei\x00d\x00,\x00", "save it as UTF-8"},
		{"a table of something else", "title,count,description\nx,1,y\n", "line 1: this is no format that tarikh reads"},
		{"a list of numbers", "[1, 2]", "line 1: this is no format that tarikh reads"},
	}
	for _, tt := range tests {
		_, err := ingest.Open(strings.NewReader(tt.text))
		if timeline.CodeOf(err) != timeline.CodeInvalid || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestAWrongRowDoesNotEndTheFile(t *testing.T) {
	replace := func(old, new string) string { return "2" + strings.Replace(gedLine, old, new, 1) }
	tests := []struct{ row, want string }{
		{replace("2014-05-02", "soon"), `line 3: date_start: "soon" is no date`},
		{replace("2014-05-02,2014-05-02", "2014-05-02,2014-05-01"), "line 3: date_end: it ends on 2014-05-01, before it begins on 2014-05-02"},
		{replace(",0,0,0,432", ",many,0,0,432"), `line 3: best: "many" is no number of people`},
		{replace(",Clear,1,", ",Clear,4,"), `line 3: type_of_violence: "4" is none of 1, 2 and 3`},
		{replace(",17,-4,", ",97,-4,"), `line 3: latitude: "97", "-4" is no position in degrees`},
		{"two" + gedLine, `line 3: id: "two" is no number of an event`},
	}
	for _, tt := range tests {
		events, refused, end := ends(t, gedHeader+"1"+gedLine+tt.row+"3"+gedLine, ingest.Options{})
		if end != nil || !slices.Equal(events, []string{"ucdp-1", "ucdp-3"}) || !slices.Equal(refused, []string{tt.want}) {
			t.Errorf("%q, refused %q, ended %v; want %s", events, refused, end, tt.want)
		}
	}
}

func TestOptionsThatNameNothingAreRefused(t *testing.T) {
	table := "Wann,Was\n2014,x\n"
	tests := []struct {
		options ingest.Options
		want    string
	}{
		{ingest.Options{Format: "excel"}, `format: "excel" is none of ucdp-ged, `},
		{ingest.Options{Dataset: "My Table"}, `dataset: "My Table" is no key`},
		{ingest.Options{Format: "spreadsheet", Map: map[string]string{"Wer": "actors"}}, `map: the file has no column "Wer"`},
		{ingest.Options{Map: map[string]string{"Wann": "date", "Was": "titel"}}, `map: "titel" is none of id, date`},
		{ingest.Options{Map: map[string]string{"Was": "title_fr"}}, "map: no column is the date"},
		{ingest.Options{Map: map[string]string{"Wann": "date"}}, "map: no column is a title"},
		{ingest.Options{Map: map[string]string{"Wo": "place"}}, "line 1: this is no format"},
		{ingest.Options{Format: "spreadsheet", Map: map[string]string{"Was": "titel"}}, `map: "titel" is none of id, date`},
	}
	for _, tt := range tests {
		_, _, err := ends(t, table, tt.options)
		if timeline.CodeOf(err) != timeline.CodeInvalid || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%v: %v, want %s", tt.options, err, tt.want)
		}
	}
	events, refused, err := ends(t, table, ingest.Options{Map: map[string]string{"wann": "date", "Was": "title"}})
	if err != nil || refused != nil || len(events) != 1 {
		t.Errorf("%q, %q, %v", events, refused, err)
	}
}

func TestEveryRecordSurvivesHoweverTheBytesCome(t *testing.T) {
	for _, f := range fixtures() {
		text, err := os.ReadFile(filepath.Join("testdata", f.file))
		if err != nil {
			t.Fatal(err)
		}
		whole, err := ingest.OpenAs(strings.NewReader(string(text)), f.options)
		if err != nil {
			t.Fatal(err)
		}
		inBytes, err := ingest.OpenAs(iotest.OneByteReader(strings.NewReader(string(text))), f.options)
		if err != nil {
			t.Fatal(err)
		}
		if retold(t, whole) != retold(t, inBytes) {
			t.Errorf("%s: byte by byte something else comes out", f.file)
		}
	}
}

func TestWhoeverHasEnoughOfAForeignFileEndsIt(t *testing.T) {
	for _, f := range fixtures() {
		text, err := os.ReadFile(filepath.Join("testdata", f.file))
		if err != nil {
			t.Fatal(err)
		}
		for enough := range 6 {
			s, err := ingest.OpenAs(strings.NewReader(string(text)), f.options)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for range s.Records() { // ranging panics where a stream goes on
				if n++; n > enough {
					break
				}
			}
		}
	}
}

func TestTheTemplateIsReadAsItIsWritten(t *testing.T) {
	s, err := ingest.Open(strings.NewReader(string(ingest.Template())))
	if err != nil {
		t.Fatal(err)
	}
	var event *timeline.EventRecord
	got := taken(t, s, func(in timeline.Incoming) {
		if in.Record.Event != nil {
			event = in.Record.Event
		}
		if len(in.Notes) > 0 {
			t.Error(in.Notes)
		}
	})
	if got.ended != nil || got.refused != nil || event == nil {
		t.Fatal(got)
	}
	if event.Time.String() != "2014-05-02/2014-05-04" || event.Type != "battle" || len(event.Titles) != 3 ||
		len(event.Participants) != 2 || len(event.Claims) != 1 || event.Places[0].Precision != timeline.PlaceNear {
		t.Errorf("%s", asLine(t, &timeline.Record{Event: event}))
	}
}

func TestSeveralActorsInACellNeedNamesThatAreKnown(t *testing.T) {
	row := strings.Replace("7"+gedLine, "Example Front,0", `"Band A, Band B",0`, 1)
	for _, known := range []bool{false, true} {
		s, err := ingest.OpenAs(strings.NewReader(gedHeader+row), ingest.Options{KnownActor: func(string) bool { return known }})
		if err != nil {
			t.Fatal(err)
		}
		taken(t, s, func(in timeline.Incoming) {
			if e := in.Record.Event; e != nil && (len(e.Participants) == 3) != known {
				t.Errorf("known %v: %d parties", known, len(e.Participants))
			}
		})
	}
}

func FuzzForeignTexts(f *testing.F) {
	for _, fixture := range fixtures() {
		text, err := os.ReadFile(filepath.Join("testdata", fixture.file))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), uint8(0))
	}
	f.Add("\"a\nb\",\xff", uint8(1))
	f.Fuzz(func(t *testing.T, text string, format uint8) {
		o := ingest.Options{}
		if format > 0 {
			o.Format = ingest.Formats()[int(format)%len(ingest.Formats())]
		}
		s, err := ingest.OpenAs(strings.NewReader(text), o)
		if err != nil {
			if timeline.CodeOf(err) == timeline.CodeInternal {
				t.Fatalf("uncoded: %v", err)
			}
			return
		}
		ended := false
		for in, err := range s.Records() {
			var wrong *timeline.LineError
			switch {
			case ended:
				t.Fatal("something follows the end")
			case err == nil && s.Foreign:
				if bad := in.Record.Err(); bad != nil || in.Line < 1 {
					t.Fatalf("line %d: %v in %s", in.Line, bad, asLine(t, in.Record))
				}
			case err != nil && timeline.CodeOf(err) == timeline.CodeInternal:
				t.Fatalf("uncoded: %v", err)
			case err != nil && !errors.As(err, &wrong):
				ended = true
			}
		}
	})
}
