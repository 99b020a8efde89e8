package export_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"tarikh/export"
)

// moneyProperties are the properties of the model that we use, by schema, as its schema files
// name them (Thing's, Interval's and Document's own included).
func moneyProperties() map[string][]string {
	party := []string{"name", "alias", "weakAlias", "previousName", "wikidataId", "summary"}
	document := []string{"name", "title", "fileName", "publisher", "sourceUrl", "publishedAt", "language", "notes"}
	return map[string][]string{
		"Event": {"name", "alias", "summary", "date", "startDate", "endDate", "recordId", "keywords", "location",
			"addressEntity", "country", "involved", "notes", "proof", "modifiedAt"},
		"Organization": party, "Person": party, "Article": document, "Document": document,
		"Address": {"full", "summary", "city", "region", "country", "latitude", "longitude"},
	}
}

func TestEveryEntityKeepsToTheModel(t *testing.T) {
	date := regexp.MustCompile(`^[12]\d{3}(-\d\d(-\d\d)?)?$`) // prefixes of ISO 8601, without ranges
	met, refs := map[string]bool{}, []string{}
	for line := range bytes.Lines(written(t, "ftm.json", meta(), export.Options{}, items())) {
		var e struct {
			ID, Schema string
			Properties map[string][]string
		}
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		if met[e.ID] || len(e.Properties["name"]) == 0 && e.Schema != "Address" {
			t.Errorf("written twice, or without a name: %s", line)
		}
		met[e.ID] = true
		for property, values := range e.Properties {
			if !slices.Contains(moneyProperties()[e.Schema], property) || slices.Contains(values, "") {
				t.Errorf("%s has %s: %q", e.Schema, property, values)
			}
			switch property {
			case "date", "startDate", "endDate", "publishedAt", "modifiedAt":
				if !date.MatchString(values[0]) {
					t.Errorf("%s is %q", property, values)
				}
			case "involved", "addressEntity", "proof":
				refs = append(refs, values...)
			}
		}
	}
	for _, id := range refs {
		if !met[id] {
			t.Errorf("%s dangles", id)
		}
	}
}

func TestThePublishedModelTakesEveryEntity(t *testing.T) {
	var entities []struct{ ID, Schema, Caption string }
	read(t, "ftm", "ftm.json", written(t, "ftm.json", meta(), export.Options{}, items()), &entities)
	counts := map[string]int{}
	for _, e := range entities {
		counts[e.Schema]++
		if e.Caption == "" || e.Caption == e.ID {
			t.Errorf("%s %s has no caption", e.Schema, e.ID)
		}
	}
	if counts["Event"] != len(times(whole)) || counts["Organization"] == 0 || counts["Address"] == 0 || counts["Article"] == 0 {
		t.Errorf("got %v, want %d events and what they name", counts, len(times(whole)))
	}
}
