package ingest

import (
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"tarikh/edtf"
	"tarikh/timeline"
)

func TestAPlaceKeepsItsNameAndLosesTheWordForWhatItIs(t *testing.T) {
	tests := []struct{ written, name, kind string }{
		{"Tombouctou region", "Tombouctou", "REGION"},
		{"Région de Tombouctou", "Tombouctou", "REGION"},
		{"Ménaka cercle", "Ménaka", "DISTRICT"},
		{"Menaka town", "Menaka", "CITY"},
		{"In-Tillit village", "In-Tillit", "VILLAGE"},
		{"cercle du Gourma", "Gourma", "DISTRICT"},
		{"مدينة تمبكتو", "تمبكتو", "CITY"},
		{"Amalaoulaou well", "Amalaoulaou well", ""},
		{"Town", "Town", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		if name, kind := bareName(tt.written); name != tt.name || kind != tt.kind {
			t.Errorf("%q is %q %q", tt.written, name, kind)
		}
	}
}

func TestDatesAreReadAsTheirFilesWriteThem(t *testing.T) {
	tests := []struct {
		read func(string) (edtf.Day, bool)
		text string
		want string // empty: it is none
	}{
		{readDay, "2012-01-24", "2012-01-24"},
		{readDay, "02/19/1996 00:00:00", "1996-02-19"},
		{readDay, "2026-07-11 00:00:00.000", "2026-07-11"},
		{readDay, "2010-05-13T00:00:00", "2010-05-13"},
		{readDay, "19/02/1996", ""},
		{readDay, "0025-01-01", ""},
		{readDay, "2012-02-30", ""},
		{readDay, "", ""},
		{acledDay, "2023-01-31", "2023-01-31"},
		{acledDay, "16-Feb-21", "2021-02-16"},
		{acledDay, "5-Feb-97", "1997-02-05"},
		{acledDay, "05 February 2021", "2021-02-05"},
		{acledDay, "31-01-2023", "2023-01-31"},
		{acledDay, "31/01/2023", "2023-01-31"},
		{acledDay, "06-Mar-0025", ""},
		{acledDay, "0025-03-06", ""},
		{acledDay, "16-Foo-21", ""},
		{acledDay, "16-Feb", ""},
	}
	for _, tt := range tests {
		day, ok := tt.read(tt.text)
		if ok != (tt.want != "") || ok && day.String() != tt.want {
			t.Errorf("%q is %s, %v; want %q", tt.text, day, ok, tt.want)
		}
	}
}

func TestSeveralDaysAreAsMuchAsTheyAre(t *testing.T) {
	tests := []struct{ start, end, want string }{
		{"2012-04-01", "2012-04-01", "2012-04-01"},
		{"2012-02-01", "2012-02-29", "2012-02"},
		{"2011-02-01", "2011-02-28", "2011-02"},
		{"2012-01-01", "2012-12-31", "2012"},
		{"2012-01-01", "2012-02-29", "[2012-01-01..2012-02-29]"},
		{"2012-04-01", "2012-04-29", "[2012-04-01..2012-04-29]"},
		{"2011-01-01", "2012-12-31", "[2011-01-01..2012-12-31]"},
	}
	for _, tt := range tests {
		start, _ := readDay(tt.start)
		end, _ := readDay(tt.end)
		if got := someDay(start, end); got != tt.want {
			t.Errorf("%s to %s is %s, want %s", tt.start, tt.end, got, tt.want)
		}
	}
}

func TestHTMLIsReadAsItIsSeen(t *testing.T) {
	tests := []struct{ html, want string }{
		{"plain", "plain"},
		{"<p>One &amp; two</p><p>three</p>", "One & two\nthree"},
		{"a<br/>b", "a b"},
		{"4 < 5 and <b>bold</b>", "4 < 5 and bold"},
		{"<a href=\"x\">link</a> <", "link <"},
		{"<script", "<script"},
	}
	for _, tt := range tests {
		if got := plainText(tt.html); got != tt.want {
			t.Errorf("%q is %q, want %q", tt.html, got, tt.want)
		}
	}
}

func TestTwoKilometresAreNear(t *testing.T) {
	at := &timeline.Point{Lat: 16.77, Lon: -3}
	tests := []struct {
		b    *timeline.Point
		want bool
	}{
		{&timeline.Point{Lat: 16.77, Lon: -3}, true},
		{&timeline.Point{Lat: 16.7875, Lon: -3}, true},   // 1.95 km
		{&timeline.Point{Lat: 16.7885, Lon: -3}, false},  // 2.06 km
		{&timeline.Point{Lat: 16.77, Lon: -3.018}, true}, // 1.92 km
		{&timeline.Point{Lat: 16.77, Lon: -3.02}, false}, // 2.13 km
		{nil, false},
	}
	for _, tt := range tests {
		if near(at, tt.b) != tt.want {
			t.Errorf("%v", tt.b)
		}
	}
}

func TestARawRowIsItsCellsUnderItsColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z "\\]{1,5}`), 1, 6, columnName).Draw(t, "columns")
		cells := rapid.SliceOfN(rapid.String(), len(columns), len(columns)).Draw(t, "cells")
		for i := range cells {
			cells[i] = strings.ToValidUTF8(cells[i], "")
		}
		o, err := readObject([]byte(row{head: newHeader(columns), cells: cells}.raw()))
		if err != nil || len(o) != len(columns) {
			t.Fatal(o, err)
		}
		for i, c := range columns {
			if o[c] != cells[i] {
				t.Fatalf("%q is %q, want %q", c, o[c], cells[i])
			}
		}
	})
}

func TestSoundTextPassesHoweverItIsCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ReplaceAll(strings.ToValidUTF8(rapid.String().Draw(t, "text"), ""), "\x00", "")
		s := newSound(iotest.OneByteReader(strings.NewReader(text)))
		if err := iotest.TestReader(s, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if want := 1 + strings.Count(text, "\n"); s.line != want {
			t.Fatalf("line %d, want %d", s.line, want)
		}
	})
}

func TestEveryKeyIsOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if key := fitKey(rapid.String().Draw(t, "text")); !timeline.ValidKey(key) {
			t.Fatalf("%q", key)
		}
	})
}

func TestAClockOfTwelveHoursIsRead(t *testing.T) {
	day := moment{year: "2014", month: "5", day: "2"}
	for text, want := range map[string]string{
		"9:05 PM": "T21:05:00", "12:00 am": "T00:00:00", "12:30PM": "T12:30:00", "07:30": "T07:30:00",
		"23:59:58": "T23:59:58", "25:00": "", "noon": "", "": "",
	} {
		if got := clockIn(day, text).clock(); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
