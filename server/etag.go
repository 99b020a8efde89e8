package server

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"strings"
)

// entityTag names the answer to a question as of a revision (RFC 9110, 8.8.3). It is
// of what the answer follows from, not of its bytes, so that it is known before the
// work is done; it is weak, because the bytes may come compressed or not.
func entityTag(version string, revision int64, q *question) string {
	variables := []byte("{}") // what none stands for
	if len(q.Variables) > 0 {
		variables = mustJSON(q.Variables) // members in order of their names
	}
	h := sha256.New()
	for _, part := range []string{version, q.media, q.base, q.Query, q.Operation, string(variables)} {
		// The length keeps one part from running into the next.
		_ = binary.Write(h, binary.BigEndian, int64(len(part)))
		h.Write([]byte(part))
	}
	_ = binary.Write(h, binary.BigEndian, revision)
	return `W/"` + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18]) + `"`
}

// holds says whether a client has the answer of a tag already (RFC 9110, 13.1.2: the
// comparison is weak). The sign * means any answer, and this one would be one.
func holds(header http.Header) func(tag string) bool {
	lines := header.Values("If-None-Match")
	if len(lines) == 0 {
		return nil
	}
	return func(tag string) bool {
		for item := range strings.SplitSeq(strings.Join(lines, ","), ",") {
			item = strings.TrimSpace(item)
			if item == "*" || strings.TrimPrefix(item, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
		return false
	}
}
