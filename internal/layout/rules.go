package layout

import (
	"errors"
	"fmt"
	"go/ast"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// imports finds the imports of f that the house forbids to its room. Test files may reach
// further than the code that they test.
func (h House) imports(f file) []string {
	room, ok := h.room(f.dir)
	if f.test || !ok {
		return nil
	}
	var findings []string
	for _, spec := range f.syntax.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has let only quoted strings through
		}
		if why := h.forbids(room, imported); why != "" {
			findings = append(findings, fmt.Sprintf("%s: imports %s: %s", f.path, imported, why))
		}
	}
	return findings
}

// forbids says why room may not import the path, or "".
func (h House) forbids(room, imported string) string {
	if !within(imported, h.Module) {
		return h.keptFrom(room, imported)
	}
	target, ok := h.room(strings.TrimPrefix(strings.TrimPrefix(imported, h.Module), "/"))
	allowed := h.Rooms[room]
	switch {
	case ok && target == room, slices.Contains(allowed, Anything), slices.Contains(allowed, target):
		return ""
	case len(allowed) == 0:
		return room + " may import no room"
	}
	return fmt.Sprintf("%s may import only %s", room, strings.Join(allowed, ", "))
}

// keptFrom says why room may not import the outside path, or "".
func (h House) keptFrom(room, imported string) string {
	for base, keepers := range h.Keepers {
		if within(imported, base) && !slices.Contains(keepers, room) {
			return fmt.Sprintf("only %s may", strings.Join(keepers, ", "))
		}
	}
	return ""
}

// homeless finds the folders with Go in them that no line of the house holds.
func (h House) homeless(files []file) []string {
	var findings []string
	for _, f := range files {
		if _, ok := h.room(f.dir); !ok {
			findings = append(findings, f.dir+": no line in the table of import directions")
		}
	}
	return findings
}

// undocumented finds the packages of which no file says what they are. The generated room
// cannot carry a comment that the next generation keeps, so it is let off.
func (h House) undocumented(files []file) []string {
	told := map[string]bool{}
	for _, f := range files {
		if f.test {
			continue
		}
		// Doc.Text drops directives: a lone //go:generate is no comment.
		told[f.dir] = told[f.dir] || f.syntax.Doc != nil && f.syntax.Doc.Text() != ""
	}
	var findings []string
	for dir, ok := range told {
		if !ok && !within(dir, h.Generated) {
			findings = append(findings, dir+": package without a doc comment")
		}
	}
	return findings
}

// initFuncs finds functions that run before main, tests included: what they set is a global
// that nobody passed.
func initFuncs(f file) []string {
	if f.generated {
		return nil
	}
	for _, d := range f.syntax.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
			return []string{f.path + ": has an init function"}
		}
	}
	return nil
}

// generatedMark is how Go's tools tell generated files, one line of any comment style:
// https://pkg.go.dev/cmd/go#hdr-Generate_Go_files_by_processing_source
var generatedMark = regexp.MustCompile(`(?m)^(//|#) Code generated .* DO NOT EDIT\.\r?$`)

// written finds the files of the generated room that do not say that they are generated,
// whatever their kind. The room may be missing.
func (h House) written(fsys fs.FS) ([]string, error) {
	var findings []string
	err := fs.WalkDir(fsys, h.Generated, func(name string, d fs.DirEntry, err error) error {
		switch {
		case name == h.Generated && errors.Is(err, fs.ErrNotExist):
			return fs.SkipAll
		case err != nil:
			return vanished(name, err)
		case d.IsDir() || path.Base(name)[0] == '.':
			return nil
		}
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return vanished(name, err)
		}
		if !generatedMark.Match(src) {
			findings = append(findings, name+": not generated, in a room for generated files")
		}
		return nil
	})
	return findings, err
}
