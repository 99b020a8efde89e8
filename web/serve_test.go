package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestGzipIsSentToThoseWhoTakeIt(t *testing.T) {
	for accept, want := range map[string]bool{
		"":                       false,
		"identity":               false,
		"br":                     false,
		"gzip;q=0":               false,
		"gzip; q=0.000":          false,
		"gzip;q=0, *":            false,
		"*;q=0":                  false,
		"notgzip":                false,
		"gzip":                   true,
		"GZIP":                   true,
		"x-gzip":                 true,
		"gzip, deflate, br":      true,
		"br;q=1.0, gzip ; q=0.8": true,
		"*":                      true,
		"*;q=0, gzip":            true,
		"gzip;q=high":            true,
	} {
		if got := acceptsGzip(http.Header{"Accept-Encoding": {accept}}); got != want {
			t.Errorf("%q: gzip is taken: %v", accept, got)
		}
	}
}

func TestAHeaderSentTwiceIsOneList(t *testing.T) {
	if !acceptsGzip(http.Header{"Accept-Encoding": {"br", "gzip"}}) {
		t.Error("the second line is not read")
	}
}

func FuzzAcceptsGzip(f *testing.F) {
	for _, seed := range []string{"", "gzip", "gzip;q=0, *", ",;=,", "*;q=", "gzip;q=1e999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, accept string) {
		taken := acceptsGzip(http.Header{"Accept-Encoding": {accept}})
		named := strings.Contains(strings.ToLower(accept), "gzip") || strings.Contains(accept, "*")
		if taken && !named {
			t.Errorf("%q names no coding that gzip meets", accept)
		}
	})
}
