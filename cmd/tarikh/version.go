package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strconv"
	"text/tabwriter"

	sqlite "modernc.org/sqlite/lib"

	"tarikh/dataset"
	"tarikh/db"
)

// version is set by the linker in releases (-X main.version=…) and never changed.
var version string

// versionCommand says which build this is.
type versionCommand struct{}

// Run prints a line for each thing that has a version.
func (c *versionCommand) Run(s *shell) error {
	build, commit := buildOf()
	schema, err := db.SchemaVersion()
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, row := range [][2]string{
		{"tarikh", build},
		{"commit", commit},
		{"go", runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH},
		{"sqlite", sqlite.SQLITE_VERSION},
		{"schema", strconv.FormatInt(schema, 10)},
		{"record", dataset.Version},
	} {
		_, _ = fmt.Fprintf(table, "%s\t%s\n", row[0], row[1])
	}
	return table.Flush()
}

// buildOf is the version and the commit of this binary, as far as it knows them.
func buildOf() (build, commit string) {
	build, commit = version, "unknown"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return build, commit
	}
	if build == "" {
		build = info.Main.Version
	}
	modified := ""
	for _, setting := range info.Settings {
		switch {
		case setting.Key == "vcs.revision":
			commit = setting.Value
		case setting.Key == "vcs.modified" && setting.Value == "true":
			modified = " with changes"
		}
	}
	return build, commit + modified
}
