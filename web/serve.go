package web

import (
	"net/http"
	"strconv"
	"strings"
)

// playgroundHeaders go with every answer of the playground.
//
// The policy is GraphiQL's least: Monaco, its editor, writes style elements and
// attributes, hence 'unsafe-inline' for styles. Scripts, workers, fonts and
// questions stay with the own origin, no other page may frame this one, and
// neither inline scripts nor eval run.
var playgroundHeaders = map[string]string{
	"Content-Security-Policy": strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"worker-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		"font-src 'self'",
		"img-src 'self' data:",
		"connect-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	}, "; "),
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), " +
		"payment=(), usb=()",
	"Referrer-Policy":        "same-origin",
	"X-Content-Type-Options": "nosniff",
}

// hardened adds headers to whatever next answers, errors included.
func hardened(headers map[string]string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

// serveFiles answers by exact path: no listings, no index guessing, no way out.
func serveFiles(files map[string]*file) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		found, ok := files[r.URL.Path]
		switch {
		case !ok:
			http.Error(w, "not found", http.StatusNotFound)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		default:
			found.ServeHTTP(w, r)
		}
	})
}

// acceptsGzip reports whether the client takes gzip (RFC 9110, 12.5.3): it is
// named, or else meant by *, with a weight above zero. A client that says nothing
// is sent plain bytes.
func acceptsGzip(header http.Header) bool {
	wildcard := false
	for item := range listItems(header.Values("Accept-Encoding")) {
		coding, params, _ := strings.Cut(item, ";")
		switch coding = strings.TrimSpace(coding); {
		case strings.EqualFold(coding, "gzip"), strings.EqualFold(coding, "x-gzip"):
			return weight(params) > 0
		case coding == "*":
			wildcard = weight(params) > 0
		}
	}
	return wildcard
}

// weight reads "q=0.5"; what is absent or malformed weighs 1.
func weight(params string) float64 {
	name, value, _ := strings.Cut(strings.TrimSpace(params), "=")
	if !strings.EqualFold(strings.TrimSpace(name), "q") {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil {
		return 1
	}
	return q
}

// namesTag reports whether the client already holds what the tag names (RFC 9110,
// 13.1.2: the comparison is weak, * is anything).
func namesTag(header http.Header, tag string) bool {
	for item := range listItems(header.Values("If-None-Match")) {
		if item == "*" || strings.TrimPrefix(item, "W/") == tag {
			return true
		}
	}
	return false
}

// listItems walks the items of a comma-separated header, however often it is sent.
// No tag or coding of ours holds a comma.
func listItems(lines []string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, line := range lines {
			for item := range strings.SplitSeq(line, ",") {
				if !yield(strings.TrimSpace(item)) {
					return
				}
			}
		}
	}
}
