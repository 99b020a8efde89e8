// Package web is what people see: the sources of the pages, their built dist and
// the handlers that serve it from inside the binary, so that a page needs no Node
// to be served and no network to be looked at.
//
// It knows files, headers and browsers. It must not know the store, the schema or
// HTTP's other routes: what a page shows reaches it as plain values, and what a
// page asks goes to /graphql like any other client's question.
//
// README.md beside this file says how dist is built and compared.
package web

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"strings"
)

// dist holds the built pages as gzip alone: most clients take it as it is, and
// the few that do not are unpacked for. See keepOnlyGzip in vite.config.ts.
//
//go:embed all:dist
var dist embed.FS

// Example is a ready question of the playground, one of docs/queries.
type Example struct {
	// Name tells the example from the others: its file's name, without extension.
	Name string `json:"name"`
	// Titles say what it asks, by language (BCP 47: en, fr, ar). The page shows the
	// reader's, else the first it finds in that order, else the name.
	Titles map[string]string `json:"titles"`
	// Query is the GraphQL document, as it stands in the file.
	Query string `json:"query"`
	// Variables is a JSON object as text, shown as it is written; empty: none.
	Variables string `json:"variables"`
}

// GraphiQL serves the playground: GraphiQL 5 with its documentation, explorer,
// history and a panel of the examples, the first of which a newcomer finds filled
// in. The page asks /graphql of the origin that it came from, and nobody else.
//
// Mount it below a prefix that ends in a slash, which is taken off before:
//
//	mux.Handle("/graphiql/", http.StripPrefix("/graphiql", web.GraphiQL(examples)))
//
// It answers GET and HEAD: "/", "/examples.json", "/licences.md" (of what is
// bundled) and the hashed files below "/assets/"; others are 404, other methods
// 405. Every answer carries the page's own content security policy, an entity tag
// and its type, and is gzip where the client takes it.
func GraphiQL(examples []Example) http.Handler {
	files := pageFiles("dist/graphiql")
	files["/"] = files["/index.html"]
	files["/examples.json"] = newFile("examples.json", revalidated, pack(examplesJSON(examples)))
	return hardened(playgroundHeaders, serveFiles(files))
}

// examplesJSON writes the examples for the page: a list, empty and never null.
func examplesJSON(examples []Example) []byte {
	if examples == nil {
		examples = []Example{}
	}
	text, err := json.Marshal(examples)
	if err != nil {
		panic("web: examples of strings do not marshal: " + err.Error())
	}
	return text
}

// pageFiles reads a built page out of dist: its files by the path that they are
// asked for. Everything below assets bears a hash of its content in its name.
func pageFiles(root string) map[string]*file {
	files := map[string]*file{}
	err := fs.WalkDir(dist, root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		packed, err := dist.ReadFile(path)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(strings.TrimPrefix(path, root), ".gz")
		files[name] = newFile(name, freshness(name), packed)
		return nil
	})
	if err != nil {
		panic("web: the embedded dist cannot be read: " + err.Error())
	}
	return files
}
