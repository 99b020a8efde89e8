package web

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var examples = []Example{
	{
		Name:      "timbuktu",
		Titles:    map[string]string{"en": "Timbuktu </script>", "fr": "Tombouctou", "ar": "تمبكتو"},
		Query:     "query Timbuktu($lang: Language) { dataset { revision } }\n",
		Variables: `{ "lang": "ar" }`,
	},
	{
		Name:   "dataset",
		Titles: map[string]string{"en": "How large is the record?"},
		Query:  "{ dataset { events } }",
	},
}

// ask sends the playground one request, as it arrives when its prefix is off.
func ask(method, path string, header http.Header) *http.Response {
	request := httptest.NewRequest(method, "/", nil)
	request.URL.Path = path
	if header != nil {
		request.Header = header
	}
	recorder := httptest.NewRecorder()
	GraphiQL(examples).ServeHTTP(recorder, request)
	return recorder.Result()
}

func body(t *testing.T, response *http.Response) string {
	t.Helper()
	var reader io.Reader = response.Body
	if response.Header.Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(reader)
		if err != nil {
			t.Fatal(err)
		}
		reader = unzipped
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestWhatIsNotServedIsNotFound(t *testing.T) {
	for _, path := range []string{
		"", "/nothing", "/assets", "/assets/", "/assets/nothing.js", "/index.html.gz", "/../web.go",
		"/assets/../index.html", "//index.html", "/graphiql/index.html", "/favicon.ico",
	} {
		response := ask(http.MethodGet, path, nil)
		if response.StatusCode != http.StatusNotFound {
			t.Errorf("%q answers %d, not 404", path, response.StatusCode)
		}
		if response.Header.Get("Cache-Control") != "" || response.Header.Get("Etag") != "" {
			t.Errorf("%q: an absence is told to be kept", path)
		}
	}
}

func TestOtherMethodsAreRefusedAndToldWhichAreNot(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		response := ask(method, "/", nil)
		if response.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s answers %d, not 405", method, response.StatusCode)
		}
		if allow := response.Header.Get("Allow"); allow != "GET, HEAD" {
			t.Errorf("%s: Allow is %q", method, allow)
		}
	}
}

func TestEveryAnswerIsHardened(t *testing.T) {
	for name, response := range map[string]*http.Response{
		"the page":         ask(http.MethodGet, "/", nil),
		"the examples":     ask(http.MethodGet, "/examples.json", nil),
		"a missing file":   ask(http.MethodGet, "/nothing", nil),
		"a refused method": ask(http.MethodPost, "/", nil),
	} {
		for header, want := range playgroundHeaders {
			if got := response.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q", name, header, got)
			}
		}
	}
}

func TestThePolicyAllowsNothingBeyondTheOwnOriginAndInlineStyles(t *testing.T) {
	response := ask(http.MethodGet, "/", nil)
	got := map[string]string{}
	for directive := range strings.SplitSeq(response.Header.Get("Content-Security-Policy"), ";") {
		name, sources, _ := strings.Cut(strings.TrimSpace(directive), " ")
		got[name] = sources
	}
	want := map[string]string{
		"default-src":     "'none'",
		"script-src":      "'self'",
		"worker-src":      "'self'",
		"style-src":       "'self' 'unsafe-inline'",
		"font-src":        "'self'",
		"img-src":         "'self' data:",
		"connect-src":     "'self'",
		"base-uri":        "'none'",
		"form-action":     "'none'",
		"frame-ancestors": "'none'",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the policy differs (-want +got):\n%s", diff)
	}
}

func TestThePageNamesOnlyFilesThatAreServedWithTheirTypes(t *testing.T) {
	page := body(t, ask(http.MethodGet, "/", nil))
	named := regexp.MustCompile(`(?:src|href)="\./([^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(named) < 4 {
		t.Fatalf("the page names %d files: script, style, icon and licences were expected", len(named))
	}
	for _, match := range named {
		response := ask(http.MethodGet, "/"+match[1], nil)
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", match[1], response.StatusCode)
		}
	}
	if foreign := regexp.MustCompile(`(?i)(src|href)="?(https?:)?//`).FindString(page); foreign != "" {
		t.Errorf("the page names another host: %s", foreign)
	}
	if inline := regexp.MustCompile(`(?i)<script[^>]*>[^<]|\son\w+=`).FindString(page); inline != "" {
		t.Errorf("the page holds a script that its policy forbids: %s", inline)
	}
}

func TestTypesAndFreshnessAreWrittenOut(t *testing.T) {
	types := map[string]string{
		".html": "text/html; charset=utf-8",
		".js":   "text/javascript; charset=utf-8",
		".css":  "text/css; charset=utf-8",
		".json": "application/json",
		".md":   "text/markdown; charset=utf-8",
		".svg":  "image/svg+xml",
		".ttf":  "font/ttf",
	}
	hashed := regexp.MustCompile(`^/assets/.+-[\w-]{8}\.\w+$`)
	for path := range pageFiles("dist/graphiql") {
		response := ask(http.MethodGet, path, nil)
		extension := path[strings.LastIndex(path, "."):]
		if got := response.Header.Get("Content-Type"); got != types[extension] {
			t.Errorf("%s is served as %q", path, got)
		}
		want := "no-cache"
		if hashed.MatchString(path) {
			want = "public, max-age=31536000, immutable"
		}
		if got := response.Header.Get("Cache-Control"); got != want {
			t.Errorf("%s is kept by %q, not %q", path, got, want)
		}
	}
}

func TestBothFormsOfEveryFileHoldTheSameAndSayHowMuch(t *testing.T) {
	for path := range pageFiles("dist/graphiql") {
		plain := ask(http.MethodGet, path, nil)
		zipped := ask(http.MethodGet, path, http.Header{"Accept-Encoding": {"gzip"}})
		if zipped.Header.Get("Content-Encoding") != "gzip" || plain.Header.Get("Content-Encoding") != "" {
			t.Fatalf("%s is not sent in the form that was asked for", path)
		}
		if plain.Header.Get("Etag") == zipped.Header.Get("Etag") {
			t.Errorf("%s: two forms share one entity tag", path)
		}
		for _, response := range []*http.Response{plain, zipped} {
			if response.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s does not say that it varies", path)
			}
		}
		length := plain.Header.Get("Content-Length")
		content := body(t, plain)
		if content != body(t, zipped) {
			t.Errorf("%s: the two forms differ", path)
		}
		if length != strconv.Itoa(len(content)) {
			t.Errorf("%s says that it has %s bytes and has %d", path, length, len(content))
		}
	}
}

func TestHeadIsGetWithoutTheBody(t *testing.T) {
	for _, header := range []http.Header{{}, {"Accept-Encoding": {"gzip"}}} {
		get := ask(http.MethodGet, "/", header)
		head := ask(http.MethodHead, "/", header)
		if diff := cmp.Diff(get.Header, head.Header); diff != "" || head.StatusCode != http.StatusOK {
			t.Errorf("HEAD differs, with %v (-get +head):\n%s", header, diff)
		}
		if content, _ := io.ReadAll(head.Body); len(content) > 0 {
			t.Errorf("HEAD answers a body of %d bytes", len(content))
		}
	}
}

func TestAHeldCopyIsNotSentAgain(t *testing.T) {
	tag := ask(http.MethodGet, "/", nil).Header.Get("Etag")
	zippedTag := ask(http.MethodGet, "/", http.Header{"Accept-Encoding": {"gzip"}}).Header.Get("Etag")
	for name, test := range map[string]struct {
		held string
		want int
	}{
		"the tag":               {tag, http.StatusNotModified},
		"the tag, weakened":     {"W/" + tag, http.StatusNotModified},
		"the tag among others":  {`"a", ` + tag, http.StatusNotModified},
		"anything":              {"*", http.StatusNotModified},
		"the other form's tag":  {zippedTag, http.StatusOK},
		"another tag":           {`"a"`, http.StatusOK},
		"the tag, without mark": {strings.Trim(tag, `"`), http.StatusOK},
	} {
		response := ask(http.MethodGet, "/", http.Header{"If-None-Match": {test.held}})
		if response.StatusCode != test.want {
			t.Errorf("%s answers %d, not %d", name, response.StatusCode, test.want)
		}
		for _, header := range []string{"Etag", "Cache-Control", "Vary", "Content-Security-Policy"} {
			if response.Header.Get(header) == "" {
				t.Errorf("%s: the answer lacks %s", name, header)
			}
		}
	}
}

func TestExamplesReachThePageAsTheyAreGiven(t *testing.T) {
	var got []Example
	if err := json.Unmarshal([]byte(body(t, ask(http.MethodGet, "/examples.json", nil))), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(examples, got); diff != "" {
		t.Errorf("the examples differ (-given +served):\n%s", diff)
	}
}

func TestNoExamplesAreAnEmptyList(t *testing.T) {
	if got := string(examplesJSON(nil)); got != "[]" {
		t.Errorf("no examples are served as %s", got)
	}
}

func TestOtherExamplesHaveAnotherTag(t *testing.T) {
	tag := func(examples []Example) string {
		recorder := httptest.NewRecorder()
		GraphiQL(examples).ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/examples.json", nil))
		return recorder.Header().Get("Etag")
	}
	if tag(examples) == tag(examples[:1]) {
		t.Error("two lists of examples share one entity tag")
	}
	if again := tag(examples); again != tag(examples) {
		t.Error("one list of examples has two entity tags")
	}
}

func TestMountedBelowItsPrefixThePageIsFoundWithAndWithoutTheSlash(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("/graphiql/", http.StripPrefix("/graphiql", GraphiQL(examples)))
	server := httptest.NewServer(mux)
	defer server.Close()
	response, err := http.Get(server.URL + "/graphiql")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK || response.Request.URL.Path != "/graphiql/" {
		t.Errorf("/graphiql leads to %s, which answers %d", response.Request.URL, response.StatusCode)
	}
	if page := body(t, response); !strings.Contains(page, "<title>Tarikh</title>") {
		t.Errorf("the page is not the playground:\n%s", page)
	}
}
