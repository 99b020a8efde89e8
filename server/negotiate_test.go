package server

import "testing"

func TestTheMediaTypeIsTheOneThatTheClientWantsMost(t *testing.T) {
	for accept, want := range map[string]string{
		"":                                    mediaJSON,
		" ":                                   mediaJSON,
		"*/*":                                 mediaJSON,
		"application/*":                       mediaJSON,
		"application/json":                    mediaJSON,
		"APPLICATION/JSON":                    mediaJSON,
		"text/html":                           "",
		"text/html, */*":                      mediaJSON,
		"text/html;q=1, nonsense/, */*;q=0.1": mediaJSON,
		"application/graphql-response+json":   mediaResponse,
		"application/graphql-response+json, application/json":      mediaResponse,
		"application/json, application/graphql-response+json":      mediaResponse,
		"application/json;q=0.9,application/graphql-response+json": mediaResponse,
		"application/json,application/graphql-response+json;q=0.9": mediaJSON,
		"application/graphql-response+json, */*":                   mediaResponse,
		"application/json;q=0, */*":                                mediaResponse,
		"application/json;q=0":                                     "",
		"*/*;q=0":                                                  "",
		"application/json; charset=utf-8":                          mediaJSON,
		"application/json; charset=iso-8859-1":                     "",
		"application/json;q=2":                                     "",
		"application/json;q=x, application/json;q=0.1":             mediaJSON,
		"image/png,application/json;q=0.5,application/*;q=0.8":     mediaResponse,
	} {
		if got := negotiate([]string{accept}); got != want {
			t.Errorf("%q: %q, want %q", accept, got, want)
		}
	}
}

func TestSeveralAcceptHeadersAreOneList(t *testing.T) {
	if got := negotiate([]string{"text/html", "application/json"}); got != mediaJSON {
		t.Error(got)
	}
}

func FuzzNegotiate(f *testing.F) {
	f.Add("application/json;q=0.1, */*")
	f.Fuzz(func(t *testing.T, accept string) {
		switch got := negotiate([]string{accept}); got {
		case "", mediaJSON, mediaResponse:
		default:
			t.Fatalf("%q", got)
		}
	})
}
