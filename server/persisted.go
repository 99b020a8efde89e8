package server

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"tarikh/internal/lru"
)

// persistedQuery is the member of a request's extensions by which a client names a
// document by its hash alone (Apollo's automatic persisted queries, version 1).
const persistedQuery = "persistedQuery"

// persisted remembers documents by their hash.
type persisted struct {
	known   *lru.Cache[string, string]
	metrics *metrics
}

// resolve fills in the document of a question that names it by its hash. A hash that
// is not known is refused with the code that makes a client send the whole document.
func (p *persisted) resolve(q *question) *refusal {
	given := q.Extensions[persistedQuery]
	if given == nil {
		return nil
	}
	hash, ok := hashOf(given)
	if !ok {
		return malformed("extensions.persistedQuery is not of version 1 with a sha256Hash")
	}
	if q.Query != "" {
		if sum := sha256.Sum256([]byte(q.Query)); hex.EncodeToString(sum[:]) != hash {
			return malformed("the sha256Hash is not that of the query")
		}
		return nil
	}
	if q.Query, ok = p.known.Get(hash); !ok {
		p.metrics.persisted.WithLabelValues("miss").Inc()
		return refuseDocument(coded(codeNotPersisted, "PersistedQueryNotFound"))
	}
	p.metrics.persisted.WithLabelValues("hit").Inc()
	return nil
}

// keep remembers the document of a question that gave its hash, once it is known to
// be a good one: otherwise strangers could push the good ones out with rubbish.
func (p *persisted) keep(q *question, doc *document) {
	if q.Extensions[persistedQuery] != nil {
		p.known.Put(doc.hash, q.Query, len(q.Query))
	}
}

// hashOf reads {"version": 1, "sha256Hash": "…"}.
func hashOf(given any) (string, bool) {
	members, ok := given.(map[string]any)
	if !ok {
		return "", false
	}
	hash, ok := members["sha256Hash"].(string)
	if n, num := members["version"].(json.Number); !num || n != "1" {
		return "", false
	}
	return hash, ok && len(hash) == 2*sha256.Size
}
