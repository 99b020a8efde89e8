package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// How long a copy may be used without asking again (RFC 9111, 5.2.2).
const (
	// immutable is for files whose name changes with their content.
	immutable = "public, max-age=31536000, immutable"
	// revalidated is for files whose name stays: kept, and asked after each time.
	revalidated = "no-cache"
)

func freshness(name string) string {
	if strings.HasPrefix(name, "/assets/") {
		return immutable
	}
	return revalidated
}

// contentType is the media type of a file by its extension: all that dist may hold.
// It is written out because package mime asks the machine, and a minimal container
// knows neither fonts nor Markdown.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json":
		return "application/json"
	case ".md":
		return "text/markdown; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".ttf":
		return "font/ttf"
	default:
		return "application/octet-stream"
	}
}

// file is one file of a page as it waits to be sent.
type file struct {
	packed []byte // its bytes as gzip (RFC 1952)
	size   int    // of its bytes unpacked
	kind   string // its media type
	cache  string // its Cache-Control
	hash   string // of its packed bytes: the stem of its entity tags
}

func newFile(name, cache string, packed []byte) *file {
	sum := sha256.Sum256(packed)
	return &file{
		packed: packed,
		size:   unpackedSize(packed),
		kind:   contentType(name),
		cache:  cache,
		hash:   base64.RawURLEncoding.EncodeToString(sum[:12]),
	}
}

// unpackedSize reads the length that a gzip member ends with (RFC 1952, 2.3.1). It
// counts modulo 4 GiB, which no page reaches.
func unpackedSize(packed []byte) int {
	return int(binary.LittleEndian.Uint32(packed[len(packed)-4:]))
}

func pack(content []byte) []byte {
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // errs for unknown levels only
	_, _ = w.Write(content)                                    // a buffer takes everything
	_ = w.Close()
	return packed.Bytes()
}

// tag is the strong entity tag of one of the file's two forms (RFC 9110, 8.8.3):
// they differ in bytes and so in tag.
func (f *file) tag(zipped bool) string {
	if zipped {
		return `"` + f.hash + `-gzip"`
	}
	return `"` + f.hash + `"`
}

// ServeHTTP answers GET and HEAD with the file in the form that the client takes.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	zipped := acceptsGzip(r.Header)
	header := w.Header()
	header.Set("Cache-Control", f.cache)
	header.Set("Etag", f.tag(zipped))
	header.Set("Vary", "Accept-Encoding")
	if namesTag(r.Header, f.tag(zipped)) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Type", f.kind)
	body, size := io.Reader(bytes.NewReader(f.packed)), len(f.packed)
	if zipped {
		header.Set("Content-Encoding", "gzip")
	} else {
		body, size = unpacked(f.packed), f.size
	}
	header.Set("Content-Length", strconv.Itoa(size))
	if r.Method != http.MethodHead {
		_, _ = io.Copy(w, body) // a client that hung up is nobody's error
	}
}

// unpacked reads gzip that this package packed or a test has read to its end.
func unpacked(packed []byte) io.Reader {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic("web: an embedded file is no gzip: " + err.Error())
	}
	return r
}
