package server

import (
	"bytes"
	"compress/gzip"
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"tarikh/internal/lru"
)

// answers keeps whole answers until the record changes. It is exact: an answer follows
// from the question and the revision alone, every write raises the revision, whichever
// process makes it, and the revision is asked for each time. Answers with errors are
// never kept, and neither are those that tell what they cost.
type answers struct {
	room    int // bytes; 0: nothing is kept
	metrics *metrics

	mu       sync.Mutex
	revision int64 // that the known ones are of
	known    *lru.Cache[string, *kept]
}

// kept is one answer as it goes over the wire.
type kept struct {
	body  []byte
	about *about
}

func newAnswers(room int, m *metrics) *answers {
	return &answers{room: room, metrics: m, known: lru.New[string, *kept](room)}
}

const (
	keptBeside  = 256  // bytes that an answer takes besides its own, about
	largestPart = 8    // no answer takes more than this part of the room: it would push out many
	worthGzip   = 1024 // bytes below which an answer is not packed
)

// of is the known answers of a revision, which are none at first: what was known of an
// older one is of no use to anybody any more. It is nil for a revision that is past.
func (c *answers) of(revision int64) *lru.Cache[string, *kept] {
	c.mu.Lock()
	defer c.mu.Unlock()
	if revision > c.revision {
		c.revision, c.known = revision, lru.New[string, *kept](c.room)
	}
	if revision < c.revision {
		return nil
	}
	return c.known
}

// keeps says whether the answer to a question may be a kept one, or be kept.
func (c *answers) keeps(q *question) bool { return c.room > 0 && !q.statements }

// get is the kept answer of a question at a revision; nil where there is none.
func (c *answers) get(revision int64, q *question) (k *kept, packed bool) {
	known := c.of(revision)
	if known == nil {
		return nil, false
	}
	key := answerKey(q)
	k, ok := known.Get(key)
	if !ok || !q.packed || len(k.body) < worthGzip {
		return k, false
	}
	return known.GetOrPut(gzipped+key, c.size(key, k.body)/2, func() *kept {
		return &kept{pack(k.body), k.about}
	}), true
}

// put keeps the answer of a question at a revision.
func (c *answers) put(revision int64, q *question, k *kept) {
	key := answerKey(q)
	if size := c.size(key, k.body); size <= c.room/largestPart {
		if known := c.of(revision); known != nil {
			known.Put(key, k, size)
		}
	}
}

func (c *answers) size(key string, body []byte) int { return len(key) + len(body) + keptBeside }

// gzipped marks the key of an answer's packed form.
const gzipped = "gzip\x00"

// answerKey is what an answer follows from besides the build and the revision: the
// document, the operation, its variables in order of their names, the media type and
// the address under which the service was reached, which links in answers begin with.
// The first three parts hold no zero byte, and the length parts the last two.
func answerKey(q *question) string {
	variables := "{}"
	if len(q.Variables) > 0 {
		variables = string(mustJSON(q.Variables))
	}
	return strings.Join([]string{
		q.media, q.base, variables, strconv.Itoa(len(q.Operation)), q.Operation + q.Query}, "\x00")
}

// pack is a text as gzip has it (RFC 1952).
func pack(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(text) // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// takesGzip says whether a client takes answers packed as gzip (RFC 9110, 12.5.3).
func takesGzip(header http.Header) bool {
	for item := range strings.SplitSeq(strings.Join(header.Values("Accept-Encoding"), ","), ",") {
		if coding, weight, ok := mediaRange(item); ok && coding == "gzip" {
			return weight > 0
		}
	}
	return false
}

// recall answers a question out of what is kept, without waiting for a turn; nil where
// it has to be worked out.
func (e *engine) recall(ctx context.Context, q *question) *answer {
	if !e.answers.keeps(q) {
		return nil
	}
	started := time.Now()
	revision, err := e.db.Revision(ctx)
	if err != nil {
		return nil // whoever works it out says what is wrong
	}
	k, packed := e.answers.get(revision, q)
	if k == nil {
		e.metrics.answers.WithLabelValues("miss").Inc()
		return nil
	}
	e.metrics.answers.WithLabelValues("hit").Inc()
	a := &answer{about: k.about, revision: revision, recalled: true}
	if q.readOnly {
		a.tag = entityTag(e.version, revision, q)
		a.unchanged = q.holds != nil && q.holds(a.tag)
	}
	if !a.unchanged {
		a.body, a.packed = k.body, packed
	}
	a.took = time.Since(started)
	return a
}

// remember keeps an answer that is one for everybody who asks the same.
func (e *engine) remember(q *question, op *operation, a *answer) {
	if op.Operation == ast.Query && len(a.errs) == 0 && e.answers.keeps(q) {
		a.body = a.written(e.limits)
		e.answers.put(a.revision, q, &kept{a.body, a.about})
	}
}
