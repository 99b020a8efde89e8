package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

const searchDocument = `query($t:String!){
	search(text:$t){totalCount edges{cursor node{id} matchedBy{field text how} snippet{text{text lang dir} ranges{start end}}}}
	strictly:search(text:$t,strict:true){totalCount}
	events(where:{text:$t},orderBy:{field:TIME,direction:DESC}){totalCount}
	actors(where:{name:$t}){totalCount}
	locations(where:{name:$t}){totalCount}
	said:events(where:{participants:{some:{actor:{name:$t}}}}){totalCount}
}`

// badTexts are texts that somebody may send to a search, by name: as JSON, so that they can hold what
// no Go string does.
func badTexts() map[string]string {
	repeat := strings.Repeat
	all := map[string]string{}
	for name, text := range map[string]string{
		"nothing": "", "spaces": " \t\n", "one letter": "a", "an asterisk": "*", "a hyphen": "-",
		"quotation marks": `"`, "empty quotation marks": `""`, "only marks": repeat("\u064e\u0301", 100),
		"right to left": "\u202e\u202eGao\u202c\u2066", "controls": "\x01\x02\x1f Gao", "a NUL": "Gao\x00Kidal",
		"NULs": repeat("\x00", 400), "1 MB": repeat("x", 1<<20), "100 kB": repeat("x ", 50_000),
		"5,000 words": repeat("mot ", 5000), "21 words": repeat("mot ", 21), "500 marks": repeat("\u064e", 500),
		"combining": "a" + repeat("\u0323\u0301", 200), "emoji": repeat("😀", 100), "ligatures": repeat("ﷺ", 4),
		"an FTS query": `titles : "a" AND NOT NEAR(b c, 5) OR {x y} : d* ^e + f`, "a column": "titles:Gao",
		"SQL": `Gao'; drop table event; --`, "quotes in quotes": `"Gao "" Kidal" "`, "stars": repeat("a* ", 20),
		"every beginning": "ا* a* e* o* ل* م*", "every word left out": repeat("-a ", 20), "a long beginning": repeat("a", 499) + "*",
		"commands": "optimize integrity-check rebuild delete-all", "backslashes": repeat(`\`, 300),
	} {
		b, _ := json.Marshal(text)
		all[name] = string(b)
	}
	all["an unpaired surrogate"] = `"\ud83d Gao"`
	all["surrogates turned round"] = `"\ude00\ud83d"`
	return all
}

func TestNoTextIsTooMuchForASearch(t *testing.T) {
	s := serving(t)
	for name, text := range badTexts() {
		body := `{"query":` + fmt.Sprintf("%q", strings.Join(strings.Fields(searchDocument), " ")) + `,"variables":{"t":` + text + `}}`
		begun := time.Now()
		got := do(t, s, postBody(body))
		took := time.Since(begun)
		switch {
		case took > attackTime:
			t.Errorf("%s: took %s", name, took)
		case got.StatusCode >= 500, got.code() == "INTERNAL", got.code() == "UNAVAILABLE":
			t.Errorf("%s: %d %.300s", name, got.StatusCode, got.text)
		case len(got.Errors) > 0 && got.code() == "":
			t.Errorf("%s: an error without a code: %.300s", name, got.text)
		}
	}
}

func TestBytesThatAreNoTextAreNoSearch(t *testing.T) {
	s := serving(t)
	for _, text := range []string{"\xff\xfe", "\xed\xa0\x80"} {
		body := `{"query":"query($t:String!){search(text:$t){totalCount}}","variables":{"t":"` + text + `"}}`
		if got := do(t, s, postBody(body)); got.StatusCode >= 500 || got.code() == "INTERNAL" {
			t.Errorf("%+q: %d %s", text, got.StatusCode, got.text)
		}
	}
}

func TestATextThatIsTooLongIsNamed(t *testing.T) {
	s := serving(t)
	for query, field := range map[string]string{
		`query($t:String!){search(text:$t){totalCount}}`:                                                          "text",
		`query($t:String!){events(where:{text:$t}){totalCount}}`:                                                  "where.text",
		`query($t:String!){events(where:{not:{and:[{text:$t}]}}){totalCount}}`:                                    "where.not.and[0].text",
		`query($t:String!){actors(where:{name:$t}){totalCount}}`:                                                  "where.name",
		`query($t:String!){locations(where:{or:[{name:$t}]}){totalCount}}`:                                        "where.or[0].name",
		`query($t:String!){events(where:{participants:{none:{actor:{name:$t}}}}){totalCount}}`:                    "where.participants.none.actor.name",
		`query($t:String!){events(where:{text:$t},orderBy:{field:RELEVANCE}){nodes{id}}}`:                         "where.text",
		`query($t:String!){events(where:{claims:{some:{claimant:{name:$t}}}}){totalCount}}`:                       "where.claims.some.claimant.name",
		`query($t:String!){location(ref:"l-1"){events(where:{text:$t}){totalCount}} search(text:"a"){nodes{id}}}`: "where.text",
	} {
		got := do(t, s, post(query, map[string]any{"t": strings.Repeat("mot ", 21)}))
		if got.code() != "TOO_LARGE" || got.Errors[0].Extensions["field"] != field || !strings.Contains(got.Errors[0].Message, "20 words") {
			t.Errorf("%s: %s", query, got.text)
		}
	}
}

func TestSearchArgumentsAreHeldToTheirLimits(t *testing.T) {
	s := serving(t)
	for query, want := range map[string]string{
		`{search(text:"a",first:501){totalCount}}`:                                 "TOO_LARGE first",
		`{search(text:"a",first:-1){totalCount}}`:                                  "INVALID first",
		`{search(text:"a",after:"?"){totalCount}}`:                                 "INVALID after",
		`{events(where:{status:[REPORTED]},orderBy:{field:RELEVANCE}){nodes{id}}}`: "INVALID orderBy",
	} {
		got := do(t, s, post(query, nil))
		if len(got.Errors) == 0 || fmt.Sprint(got.code(), " ", got.Errors[0].Extensions["field"]) != want {
			t.Errorf("%s: %s", query, got.text)
		}
	}
	none := do(t, s, post(`{search(text:"Tombouctou",kinds:[]){totalCount edges{cursor} pageInfo{hasNextPage}}}`, nil))
	if !bytes.Contains([]byte(none.text), []byte(`"totalCount":0`)) || none.StatusCode != http.StatusOK {
		t.Error(none.text)
	}
}
