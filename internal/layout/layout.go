// Package layout reads the written Go of this module and says where it breaks the rules of
// the house: which room may import which, where SQL may stand, what only a generator writes.
//
// It knows files and syntax only. It must not know what any room is for: the house is a
// value that its test states.
package layout

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// House states the rules that one module keeps.
type House struct {
	// Module is the module's path, as go.mod names it.
	Module string
	// Rooms names, for each room, the rooms that it may import. A room is a folder and
	// whatever lies below it without a line of its own. A package in no room is a finding.
	Rooms map[string][]string
	// Keepers names, for an outside import path and all below it, the only rooms that may
	// import it.
	Keepers map[string][]string
	// Generated is the room in which only a generator writes.
	Generated string
	// SQL names the rooms in which SQL may stand.
	SQL []string
}

// Anything is the only element of a line of House.Rooms that may import every room.
const Anything = "*"

// Check reads all Go below fsys and returns what breaks the rules of h, one line a finding,
// "path: what is wrong", sorted. Test files may import what they like and hold SQL, but no
// init function. A file that does not parse is a finding; only a folder that cannot be read
// is an error.
func Check(fsys fs.FS, h House) ([]string, error) {
	files, findings, err := read(fsys)
	if err != nil {
		return nil, fmt.Errorf("read the module: %w", err)
	}
	for _, f := range files {
		findings = append(findings, h.imports(f)...)
		findings = append(findings, h.sql(f)...)
		findings = append(findings, initFuncs(f)...)
	}
	findings = append(findings, h.homeless(files)...)
	findings = append(findings, h.undocumented(files)...)
	foreign, err := h.written(fsys)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", h.Generated, err)
	}
	findings = append(findings, foreign...)
	slices.Sort(findings)
	return slices.Compact(findings), nil
}

// room returns the longest line of h.Rooms that holds the folder dir, and whether there is
// one.
func (h House) room(dir string) (string, bool) {
	for d := dir; ; {
		if _, ok := h.Rooms[d]; ok {
			return d, true
		}
		i := strings.LastIndexByte(d, '/')
		if i < 0 {
			return "", false
		}
		d = d[:i]
	}
}

// within reports whether the slash-separated path is base or lies below it.
func within(path, base string) bool {
	return path == base || strings.HasPrefix(path, base+"/")
}
