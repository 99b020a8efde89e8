package edtf

import (
	"encoding/json"
	"os"
	"testing"
)

// An oracleCase is what edtf.js makes of one text; testdata/edtfjs.mjs writes them.
type oracleCase struct {
	EDTF  string
	OK    bool
	First *int64 // days since 1970-01-01, nil: none
	Last  *int64
}

func TestEdtfJSAgreesWhereItIsRight(t *testing.T) {
	cases := oracleCases(t)
	if len(cases) < 120 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		v, err := Parse(c.EDTF)
		if (err == nil) != c.OK {
			t.Errorf("Parse(%q): %v, edtf.js accepts: %t", c.EDTF, err, c.OK)
			continue
		}
		if !c.OK {
			continue
		}
		start, end := v.Start(), v.End()
		if got, want := start.Earliest(), asDay(c.First); !sameDay(got, want) {
			t.Errorf("%s starts %v, want %v", c.EDTF, got, want)
		}
		if got, want := end.Latest(), asDay(c.Last); !sameDay(got, want) {
			t.Errorf("%s ends %v, want %v", c.EDTF, got, want)
		}
	}
}

func oracleCases(t *testing.T) []oracleCase {
	t.Helper()
	text, err := os.ReadFile("testdata/edtfjs.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []oracleCase }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file.Cases
}

func asDay(number *int64) *Day {
	if number == nil {
		return nil
	}
	day := Day(*number)
	return &day
}

func sameDay(a, b *Day) bool { return a == b || a != nil && b != nil && *a == *b }
