package main

import (
	"strings"

	"tarikh/ingest"
)

// foreign are the flags for files that do not say of themselves what they are.
type foreign struct {
	Format  string            `placeholder:"FORMAT" help:"Take the files as this format instead of recognising it: ${formats}."`
	Dataset string            `placeholder:"KEY" help:"The source that the rows come from; without it, what the format is known for."`
	Version string            `placeholder:"VERSION" help:"The dataset's version, such as 24.1 (a newer one updates, an older one never overwrites); without it the file counts as the newest, also when a version is named later."`
	Map     map[string]string `placeholder:"COLUMN=FIELD" help:"What a column of a spreadsheet (or a property of GeoJSON) means (tarikh template shows the fields); can be given several times."`
}

// options are what the flags say, for whoever reads the files.
func (f *foreign) options() ingest.Options {
	return ingest.Options{Format: f.Format, Dataset: f.Dataset, Version: f.Version, Map: f.Map}
}

// formatNames are those that --format takes.
func formatNames() string { return strings.Join(ingest.Formats(), ", ") }
