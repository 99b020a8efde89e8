package server

import (
	"mime"
	"strconv"
	"strings"
)

// Media types of answers (GraphQL over HTTP, Media Types).
const (
	mediaJSON     = "application/json"
	mediaResponse = "application/graphql-response+json"
)

// offer is how much a client wants a media type: by weight, and among equal weights
// by how closely it named it.
type offer struct {
	weight float64
	named  int // 2: itself, 1: application/*, 0: */*, -1: not at all
}

func (o offer) better(than offer) bool {
	return o.weight > than.weight || o.weight == than.weight && o.named > than.named
}

// negotiate picks the media type of the answer (RFC 9110, 12.5.1), empty when the
// client takes neither. A client that names neither type gets application/json; one
// that wants both alike gets the one whose status can be trusted.
func negotiate(accept []string) string {
	header := strings.Join(accept, ",")
	if strings.TrimSpace(header) == "" {
		return mediaJSON
	}
	json, response := offer{named: -1}, offer{named: -1}
	for item := range strings.SplitSeq(header, ",") {
		kind, weight, ok := mediaRange(item)
		if !ok {
			continue
		}
		// The closest range decides, so that q=0 can take one type out of */*.
		for media, o := range map[string]*offer{mediaJSON: &json, mediaResponse: &response} {
			if named := closeness(kind, media); named > o.named {
				*o = offer{weight, named}
			}
		}
	}
	switch {
	case json.weight == 0 && response.weight == 0:
		return ""
	case response.better(json), response == json && json.named == 2:
		return mediaResponse
	}
	return mediaJSON
}

// mediaRange reads one item of Accept; what is malformed, or is in another charset
// than ours, is as if it were not there.
func mediaRange(item string) (kind string, weight float64, ok bool) {
	kind, params, err := mime.ParseMediaType(item)
	if err != nil || !isUTF8(params["charset"]) {
		return "", 0, false
	}
	weight = 1
	if q, given := params["q"]; given {
		if weight, err = strconv.ParseFloat(q, 64); err != nil || weight < 0 || weight > 1 {
			return "", 0, false
		}
	}
	return kind, weight, true
}

func isUTF8(charset string) bool {
	return charset == "" || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}

func closeness(kind, media string) int {
	switch kind {
	case media:
		return 2
	case "application/*":
		return 1
	case "*/*":
		return 0
	}
	return -1
}
