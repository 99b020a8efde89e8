package server

import (
	"context"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"tarikh/db"
	"tarikh/export"
	"tarikh/names"
	"tarikh/timeline"
)

// Selection is what is written as a file: which events, for whom and how.
type Selection struct {
	Where     *timeline.EventWhere  // nil: everything
	Timeline  string                // ref of the saved timeline whose title and eras the file bears; empty: none
	Lang      names.Language        // the reader's; empty: each record's original language
	Rule      timeline.CasualtyRule // of the figures; empty: RANGE
	Most      int                   // slides of the TimelineJS formats at most; 0: their default
	Centroids bool                  // positions for events known only to a district or coarser, too
	Address   string                // where the file can be had again; empty: nowhere
}

// exportChunk is how many events are read in one view. A slow client never holds one.
const exportChunk = 1000

// Export writes a selection as a file of the format and says how it ended. Nothing is
// written before the selection is known to be right: an error until then is the
// caller's to tell, one after it means that what was written is to be thrown away.
func Export(ctx context.Context, d *db.DB, w io.Writer, f export.Format, s Selection) (export.Tail, error) {
	x, err := openExport(ctx, d, f, s)
	if err != nil {
		return export.Tail{}, err
	}
	return x.write(ctx, w)
}

// exporting is one export under way.
type exporting struct {
	db       *db.DB
	format   export.Format
	asked    Selection
	rows     []int64
	chosen   map[string]bool // of Tarikh's own lines: keys of the events that the file holds
	meta     export.Meta
	named    map[string]bool // records that Tarikh's own lines have brought already
	turns    func(context.Context) (func(), error)
	progress func() // told after each chunk
}

// openExport evaluates the selection and gathers what the file says of itself.
func openExport(ctx context.Context, d *db.DB, f export.Format, s Selection) (*exporting, error) {
	if s.Rule == "" {
		s.Rule = timeline.RuleRange
	}
	if err := timeline.CheckFigure(timeline.ClaimKilled, s.Rule); err != nil {
		return nil, err
	}
	v, err := d.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	rows, err := v.SelectedRows(s.Where, nil)
	if err != nil {
		return nil, err
	}
	x := &exporting{db: d, format: f, asked: s, rows: rows, named: map[string]bool{},
		meta: export.Meta{Lang: s.Lang, Address: s.Address, Rule: s.Rule, Revision: v.Revision(),
			Generated: time.Now().UTC(), Total: len(rows)}}
	if most, capped := x.slides(); capped {
		x.rows = v.MostTold(rows, most)
	}
	x.meta.Shown = len(x.rows)
	if f.Name == "lines" {
		if x.chosen, err = v.PassedOnKeys(ctx, rows); err != nil {
			return nil, err
		}
	}
	if x.meta.Licences, x.meta.Attribution, err = v.Terms(ctx, x.rows); err != nil {
		return nil, err
	}
	return x, x.entitle(ctx, v)
}

// slides is how many events a TimelineJS format shows, which draws more than 200 only
// with pain.
func (x *exporting) slides() (most int, capped bool) {
	const usual, hard = 40, 200
	if !strings.HasPrefix(x.format.Name, "timelinejs") {
		return 0, false
	}
	if x.asked.Most <= 0 {
		return usual, true
	}
	return min(x.asked.Most, hard), true
}

// entitle gives the file the title and the eras of the saved timeline.
func (x *exporting) entitle(ctx context.Context, v *db.View) error {
	if x.asked.Timeline == "" {
		return nil
	}
	saved, err := v.Timeline(x.asked.Timeline)
	if err != nil {
		return &timeline.Error{Code: timeline.CodeOf(err), Field: "timeline", Message: "there is no timeline of that ref"}
	}
	records, err := v.RecordsByKeys(ctx, timeline.KindTimeline, []string{saved.Key})
	if err != nil || records[saved.Key] == nil {
		return err
	}
	x.meta.Title, x.meta.Eras = saved.Titles, records[saved.Key].Timeline.Eras
	return nil
}

func (x *exporting) write(ctx context.Context, w io.Writer) (export.Tail, error) {
	writer := x.format.New(w, export.Options{Most: x.asked.Most, Centroids: x.asked.Centroids})
	moved := func() bool { return x.db.Revisited(ctx, x.meta.Revision) }
	return export.Stream(writer, x.meta, x.items(ctx), moved)
}

// items reads the events chunk by chunk.
func (x *exporting) items(ctx context.Context) iter.Seq2[*export.Item, error] {
	return func(yield func(*export.Item, error) bool) {
		for chunk := range slices.Chunk(x.rows, exportChunk) {
			items, err := x.read(ctx, chunk)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, it := range items {
				if !yield(it, nil) {
					return
				}
			}
			if x.progress != nil {
				x.progress()
			}
		}
	}
}

// read reads one chunk in a view of its own.
func (x *exporting) read(ctx context.Context, rows []int64) ([]*export.Item, error) {
	if x.turns != nil {
		leave, err := x.turns(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
	}
	v, err := x.db.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	events, err := x.events(ctx, v, rows)
	if err != nil {
		return nil, err
	}
	items, err := x.gather(ctx, v, rows, events)
	if err != nil || x.format.Name != "lines" {
		return items, err
	}
	for _, it := range items {
		if x.chosen[it.Event.Key] {
			if it.Named, err = x.bring(ctx, v, it.Event); err != nil {
				return nil, err
			}
		}
	}
	return items, nil
}

// facts are what is known of the things that events name: a [db.View] or a [db.Whole].
type facts interface {
	ShownSources(ctx context.Context, keys []string) (map[string]*timeline.SourceRecord, error)
	Location(ref string) (*timeline.Location, error)
	Above(l *timeline.Location) []*timeline.Location
	Actor(ref string) (*timeline.Actor, error)
	FigureOf(row int64, kind timeline.ClaimKind, rule timeline.CasualtyRule, meant func(id string) bool) (*timeline.Casualties, error)
}

// gather gives events, in the order of the rows, the facts of everything that they name.
func (x *exporting) gather(ctx context.Context, v facts, rows []int64, events map[int64]*timeline.EventRecord) ([]*export.Item, error) {
	sources, err := x.sources(ctx, v, events)
	if err != nil {
		return nil, err
	}
	known := &things{places: map[string]*export.Place{}, actors: map[string]*timeline.Actor{}, sources: sources}
	items := make([]*export.Item, 0, len(rows))
	for _, row := range rows {
		e := events[row]
		if e == nil { // deleted since the export began; the end of the file says that the record moved
			continue
		}
		it, err := x.item(v, row, e, known)
		if err != nil {
			return nil, err
		}
		items = append(items, it)
	}
	return items, nil
}

// events reads events as the format writes them: whole with their raw rows for Tarikh's own lines,
// and for TimelineJS, which finds its groups and ids in them again; else what a reader is shown.
func (x *exporting) events(ctx context.Context, v *db.View, rows []int64) (map[int64]*timeline.EventRecord, error) {
	if _, capped := x.slides(); capped || x.format.Name == "lines" {
		return v.EventRecords(ctx, rows, true)
	}
	return v.ShownEvents(ctx, rows)
}

// sources reads the sources that events name, for all of them at once.
func (x *exporting) sources(ctx context.Context, v facts, events map[int64]*timeline.EventRecord) (map[string]*timeline.SourceRecord, error) {
	keys := map[string]bool{}
	for _, e := range events {
		(&timeline.Record{Event: e}).EachRef(func(kind timeline.Kind, _ timeline.Member, ref *timeline.Ref) {
			if kind == timeline.KindSource {
				keys[ref.Ref] = true
			}
		})
	}
	list := make([]string, 0, len(keys))
	for key := range keys {
		list = append(list, key)
	}
	return v.ShownSources(ctx, list)
}

// item gathers the facts of everything that one event names.
func (x *exporting) item(v facts, row int64, e *timeline.EventRecord, known *things) (*export.Item, error) {
	it := &export.Item{Event: e}
	err := known.gather(v, it)
	if err != nil {
		return nil, err
	}
	withheld := map[string]bool{}
	for i := range e.Claims {
		if it.Withholds(&e.Claims[i]) {
			withheld[e.Claims[i].ID] = true
		}
	}
	meant := func(claim string) bool { return !withheld[claim] }
	it.Figure, err = v.FigureOf(row, timeline.ClaimKilled, x.asked.Rule, meant)
	return it, err
}

// things are what the events of one chunk name, each looked up once.
type things struct {
	places  map[string]*export.Place
	actors  map[string]*timeline.Actor
	sources map[string]*timeline.SourceRecord
}

// gather gives an item the facts of everything that its event names, each once. What has
// vanished since the export began is left out.
func (t *things) gather(v facts, it *export.Item) error {
	var wrong error
	(&timeline.Record{Event: it.Event}).EachRef(func(kind timeline.Kind, _ timeline.Member, ref *timeline.Ref) {
		if wrong == nil {
			wrong = t.add(v, it, kind, ref.Ref)
		}
	})
	return wrong
}

func (t *things) add(v facts, it *export.Item, kind timeline.Kind, key string) error {
	switch kind {
	case timeline.KindLocation:
		p, err := t.place(v, key)
		if p != nil && !slices.ContainsFunc(it.Places, func(q export.Place) bool { return q.Location == p.Location }) {
			it.Places = append(it.Places, *p)
		}
		return err
	case timeline.KindActor:
		a, err := t.actor(v, key)
		if a != nil && !slices.Contains(it.Actors, a) {
			it.Actors = append(it.Actors, a)
		}
		return err
	case timeline.KindSource:
		if s := t.sources[key]; s != nil && !slices.Contains(it.Sources, s) {
			it.Sources = append(it.Sources, s)
		}
	}
	return nil
}

func (t *things) place(v facts, key string) (*export.Place, error) {
	if p, known := t.places[key]; known {
		return p, nil
	}
	l, err := v.Location(key)
	if err != nil {
		t.places[key] = nil
		return nil, unlessGone(err)
	}
	t.places[key] = &export.Place{Location: l, Above: v.Above(l)}
	return t.places[key], nil
}

func (t *things) actor(v facts, key string) (*timeline.Actor, error) {
	if a, known := t.actors[key]; known {
		return a, nil
	}
	a, err := v.Actor(key)
	t.actors[key] = a
	return a, unlessGone(err)
}

// unlessGone is the error, but for a thing that is no longer there.
func unlessGone(err error) error {
	if timeline.CodeOf(err) == timeline.CodeNotFound {
		return nil
	}
	return err
}

// bring gives the whole records that an event names and that the file has not brought
// yet, each after those that it names itself, so that the file can be read into an
// empty database. Relations to events outside the selection are left out for the same
// reason.
func (x *exporting) bring(ctx context.Context, v *db.View, e *timeline.EventRecord) ([]*timeline.Record, error) {
	e.Relations = slices.DeleteFunc(slices.Clone(e.Relations), func(r timeline.EventRelationRecord) bool {
		return !x.chosen[r.Event.Ref]
	})
	var brought []*timeline.Record
	err := x.bringNamed(ctx, v, &timeline.Record{Event: e}, &brought)
	return brought, err
}

func (x *exporting) bringNamed(ctx context.Context, v *db.View, r *timeline.Record, brought *[]*timeline.Record) error {
	var wrong error
	r.EachRef(func(kind timeline.Kind, _ timeline.Member, ref *timeline.Ref) {
		name := string(kind) + " " + ref.Ref
		if wrong != nil || kind == timeline.KindEvent || x.named[name] {
			return
		}
		x.named[name] = true
		records, err := v.RecordsByKeys(ctx, kind, []string{ref.Ref})
		if err != nil || records[ref.Ref] == nil {
			wrong = err
			return
		}
		if err := x.bringNamed(ctx, v, records[ref.Ref], brought); err != nil {
			wrong = err
			return
		}
		*brought = append(*brought, records[ref.Ref])
	})
	return wrong
}
