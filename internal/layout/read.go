package layout

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strings"
)

// file is one parsed Go file of the module.
type file struct {
	path      string // from the module's root, with slashes
	dir       string
	test      bool // its name ends in _test.go
	generated bool // it bears Go's mark of generated code
	syntax    *ast.File
}

// read parses every Go file of the module rooted at fsys, whatever its build constraints
// say, and returns those that parse with a finding for each that does not.
func read(fsys fs.FS) (files []file, findings []string, err error) {
	fset := token.NewFileSet()
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return vanished(name, err)
		case d.IsDir():
			return enter(fsys, name)
		case path.Ext(name) != ".go":
			return nil
		}
		f, err := parse(fset, fsys, name)
		if err != nil {
			findings = append(findings, fmt.Sprintf("%s: does not parse: %v", name, err))
			return nil
		}
		files = append(files, f)
		return nil
	})
	return files, findings, err
}

// vanished forgives what disappeared while the module was being read (an editor's swap
// file, another test's folder), except the root.
func vanished(name string, err error) error {
	if name != "." && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// enter returns fs.SkipDir for the folders that the go command does not count as this
// module's: hidden ones, testdata, other modules; and for what npm installed, which may
// hold Go of its own.
func enter(fsys fs.FS, dir string) error {
	if dir == "." {
		return nil
	}
	base := path.Base(dir)
	if base[0] == '.' || base[0] == '_' || base == "testdata" || base == "node_modules" {
		return fs.SkipDir
	}
	if _, err := fs.Stat(fsys, path.Join(dir, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

func parse(fset *token.FileSet, fsys fs.FS, name string) (file, error) {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return file{}, err
	}
	syntax, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return file{}, err
	}
	return file{
		path:      name,
		dir:       path.Dir(name),
		test:      strings.HasSuffix(name, "_test.go"),
		generated: ast.IsGenerated(syntax),
		syntax:    syntax,
	}, nil
}
