package timeline

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestOnlyAbsoluteWebAddressesAreURLs(t *testing.T) {
	for text, valid := range map[string]bool{
		"https://example.org/a?b=1&c=<>": true, "http://example.org": true, "https://مثال.إختبار/": true,
		"": false, "/a": false, "example.org": false, "ftp://example.org": false,
		"javascript:alert(1)": false, "https://": false, "https://a b/": false, "\x00": false,
	} {
		if _, err := ParseURL(text); (err == nil) != valid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAURLIsWrittenWithoutEscapes(t *testing.T) {
	var b strings.Builder
	URL("https://example.org/?a=1&b=\"").MarshalGQL(&b)
	if b.String() != `"https://example.org/?a=1&b=\""` {
		t.Error(b.String())
	}
	var u URL
	if u.UnmarshalGQL(7) == nil || u.UnmarshalGQL("x") == nil || u != "" {
		t.Error("what is no URL was taken")
	}
	if err := u.UnmarshalGQL("https://example.org"); err != nil || u != "https://example.org" {
		t.Error(u, err)
	}
}

func TestInstantsAreKeptInUTCToTheMillisecond(t *testing.T) {
	for text, want := range map[string]string{
		"2012-04-01T10:20:30Z":           "2012-04-01T10:20:30Z",
		"2012-04-01T10:20:30.123999Z":    "2012-04-01T10:20:30.123Z",
		"2012-04-01T10:20:30.5+02:00":    "2012-04-01T08:20:30.5Z",
		"1960-01-01T00:00:00.001-01:00":  "1960-01-01T01:00:00.001Z",
		"2012-04-01T23:59:59.999999999Z": "2012-04-01T23:59:59.999Z",
	} {
		var d DateTime
		if err := d.UnmarshalGQL(text); err != nil || d.String() != want {
			t.Errorf("%s is %s, %v", text, d, err)
		}
	}
	for _, bad := range []any{"2012-04-01", "", "yesterday", 7, nil} {
		if err := new(DateTime).UnmarshalGQL(bad); err == nil {
			t.Errorf("%v is an instant", bad)
		}
	}
}

func TestInstantsComeBackFromJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := DateTimeOfMillis(rapid.Int64Range(-1<<45, 1<<45).Draw(t, "ms"))
		b, err := json.Marshal(d)
		var again DateTime
		if err == nil {
			err = json.Unmarshal(b, &again)
		}
		if err != nil || again != d || NewDateTime(d.Add(time.Microsecond)) != d {
			t.Fatalf("%s came back as %s, %v", d, again, err)
		}
		var g strings.Builder
		d.MarshalGQL(&g)
		if g.String() != string(b) {
			t.Fatalf("%s in GraphQL, %s in JSON", g.String(), b)
		}
	})
}
