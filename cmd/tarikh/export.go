package main

import (
	"fmt"
	"io"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tarikh/db"
	"tarikh/export"
	"tarikh/server"
	"tarikh/timeline"
)

// exportCommand writes records out.
type exportCommand struct {
	database
	selected
	Kind []string `placeholder:"KIND" help:"Only records of this kind: source, location, actor, event or timeline; can be given several times."`
	File string   `arg:"" optional:"" default:"-" placeholder:"FILE" help:"The file to write, which is replaced only when all is written; - or none: the standard output."`
}

// Run writes one revision of the record.
func (c *exportCommand) Run(s *shell) error {
	for _, kind := range c.Kind {
		if !slices.Contains(timeline.Kinds(), timeline.Kind(kind)) {
			return misuse("export", "--kind: there is no kind of record %q, but %s", kind, kinds())
		}
	}
	if chosen := c.values(); len(chosen) > 0 || c.Format != "lines" {
		return c.selection(s, chosen)
	}
	d, err := s.openToRead(c.DB, db.Options{Unindexed: true})
	if err != nil {
		return err
	}
	defer d.Close()
	whole, err := d.Whole(s.ctx)
	if err != nil {
		return err
	}
	defer whole.Close()
	write := func(w io.Writer) error {
		_, err := export.Lines(w, c.chosen(whole.Records(s.ctx)))
		return err
	}
	if c.File == standard {
		return write(s.out)
	}
	return writeFile(c.File, write)
}

// chosen leaves out the kinds that are not asked for.
func (c *exportCommand) chosen(all iter.Seq2[*timeline.Record, error]) iter.Seq2[*timeline.Record, error] {
	if len(c.Kind) == 0 {
		return all
	}
	return func(yield func(*timeline.Record, error) bool) {
		for r, err := range all {
			if err == nil && !slices.Contains(c.Kind, string(r.Kind())) {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func kinds() string {
	var all []string
	for _, k := range timeline.Kinds() {
		all = append(all, string(k))
	}
	return strings.Join(all, ", ")
}

// selected are the flags that choose events, with the words of an export's address.
type selected struct {
	Format    string   `default:"lines" placeholder:"FORMAT" help:"${files}."`
	Within    []string `placeholder:"REF" help:"Only events at this location or below it; several: at any of them."`
	From      string   `placeholder:"EDTF" help:"Only events that may have happened then or later."`
	To        string   `placeholder:"EDTF" help:"Only events that may have happened then or earlier."`
	Mode      string   `placeholder:"MODE" help:"possible: what may have happened between from and to; certain: what surely did."`
	Actor     []string `placeholder:"REF" help:"Only events in which this actor takes part; several: any of them."`
	Type      []string `placeholder:"CODE" help:"Only events of this type or below it; several: of any of them."`
	Text      string   `placeholder:"TEXT" help:"Only events that this text finds: by their words, or by names of their places and actors."`
	Timeline  string   `placeholder:"REF" help:"Only events of this saved timeline; its title and eras go along."`
	Where     string   `placeholder:"JSON" help:"Only events that this EventWhere selects, as GraphQL takes it."`
	Lang      string   `placeholder:"TAG" help:"The reader's language, such as ar."`
	Rule      string   `placeholder:"RULE" help:"How competing claims become one figure: range, lowest, latest or dataset."`
	Most      int      `placeholder:"N" help:"Slides of the TimelineJS formats at most."`
	Centroids bool     `help:"Give positions to events known only to a district or coarser, too."`
}

// values are the flags as the parameters of an address.
func (c *selected) values() url.Values {
	v := url.Values{}
	for name, values := range map[string][]string{
		"within": c.Within, "actor": c.Actor, "type": c.Type, "from": {c.From}, "to": {c.To}, "mode": {c.Mode},
		"text": {c.Text}, "timeline": {c.Timeline}, "where": {c.Where}, "lang": {c.Lang}, "rule": {c.Rule},
	} {
		for _, value := range values {
			if value != "" {
				v.Add(name, value)
			}
		}
	}
	if c.Most != 0 {
		v.Set("most", strconv.Itoa(c.Most))
	}
	if c.Centroids {
		v.Set("centroids", "true")
	}
	return v
}

// exportNames are the formats that --format takes.
func exportNames() string {
	var b strings.Builder
	b.WriteString("The kind of file")
	for i, f := range export.Formats() {
		b.WriteString(map[bool]string{true: ": ", false: ", "}[i == 0] + f.Name)
	}
	return b.String()
}

// selection writes a selection of events in a format.
func (c *exportCommand) selection(s *shell, chosen url.Values) error {
	f, ok := export.ByName(c.Format)
	if !ok {
		return misuse("export", "--format: there is no format %q", c.Format)
	}
	if len(c.Kind) > 0 {
		return misuse("export", "--kind goes with whole records, not with a selection of events")
	}
	asked, err := server.ParseSelection(chosen)
	if err != nil {
		return err
	}
	whole := server.NeedsNoIndex(f, asked)
	d, err := s.openToRead(c.DB, db.Options{Unindexed: whole})
	if err != nil {
		return err
	}
	defer d.Close()
	exported := server.Export
	if whole {
		exported = server.ExportWhole
	}
	var tail export.Tail
	write := func(w io.Writer) (err error) {
		tail, err = exported(s.ctx, d, w, f, asked)
		return err
	}
	if c.File == standard {
		err = write(s.out)
	} else {
		err = writeFile(c.File, write)
	}
	if err == nil && tail.LeftOut+tail.Withheld > 0 {
		s.notice(fmt.Sprintf("%d events and %d claims were left out: their licences forbid passing them on", tail.LeftOut, tail.Withheld))
	}
	if err == nil && tail.Moved {
		s.notice("the record changed while it was exported: the file's parts are of two revisions")
	}
	return err
}
