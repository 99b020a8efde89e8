package db

import (
	"context"
	"encoding/json"
	"fmt"

	"tarikh/edtf"
	"tarikh/names"
	"tarikh/timeline"
)

// recordsByRows reads whole records of one kind, a statement for each table that
// they are kept in. Their refs are keys.
func recordsByRows(ctx context.Context, s *session, kind timeline.Kind, rows []int64) (map[int64]*timeline.Record, error) {
	return loadRecords(ctx, s, kind, rows, "o.raw")
}

// loadRecords is recordsByRows with a choice of what is read of the raw rows of datasets:
// they are long, and hardly anybody wants them.
func loadRecords(ctx context.Context, s *session, kind timeline.Kind, rows []int64, raw string) (map[int64]*timeline.Record, error) {
	l := &loader{s: s, rows: list(rows), raw: raw, found: make(map[int64]*timeline.Record, len(rows))}
	read := map[timeline.Kind]func(context.Context) error{
		timeline.KindSource: l.sources, timeline.KindLocation: l.locations, timeline.KindActor: l.actors,
		timeline.KindEvent: l.events, timeline.KindTimeline: l.timelines,
	}[kind]
	if err := read(ctx); err != nil {
		return nil, fmt.Errorf("read %s records: %w", kind, err)
	}
	return l.found, l.identities(ctx, kind)
}

// loader fills whole records, table by table.
type loader struct {
	raw   string // the column of raw rows, or what stands for it
	s     *session
	rows  string // as json_each reads them
	found map[int64]*timeline.Record
}

func (l *loader) each(ctx context.Context, text string, scan func(rowScanner) error) error {
	return l.s.each(ctx, text, []any{l.rows}, scan)
}

func (l *loader) identities(ctx context.Context, kind timeline.Kind) error {
	err := l.s.each(ctx, `select i.row, i.scheme, i.value from json_each(?1) k
		cross join identifier i on i.kind = ?2 and i.row = k.value order by i.row, i.pos`,
		[]any{l.rows, string(kind)}, func(r rowScanner) error {
			var row int64
			var i timeline.Identifier
			if err := r.Scan(&row, &i.Scheme, &i.Value); err != nil {
				return err
			}
			id := l.found[row].Identity()
			id.Identifiers = append(id.Identifiers, i)
			return nil
		})
	if err != nil {
		return err
	}
	return l.s.each(ctx, `select f.row, f.ref from json_each(?1) k
		cross join former_ref f on f.kind = ?2 and f.row = k.value order by f.row, f.pos`,
		[]any{l.rows, string(kind)}, func(r rowScanner) error {
			var row int64
			var ref string
			if err := r.Scan(&row, &ref); err != nil {
				return err
			}
			id := l.found[row].Identity()
			id.Former = append(id.Former, ref)
			return nil
		})
}

func (l *loader) sources(ctx context.Context) error {
	return l.each(ctx, `select s.row, s.id, s.key, s.kind, s.title, s.title_lang, coalesce(s.publisher, ''),
			coalesce(s.published_on, ''), coalesce(s.lang, ''), coalesce(s.url, ''), coalesce(s.archive_url, ''),
			o.key, coalesce(s.licence, ''), coalesce(s.attribution, ''), s.not_passed_on
		from json_each(?) k cross join source s on s.row = k.value left join source o on o.row = s.origin`,
		func(r rowScanner) error {
			var row int64
			var published string
			var origin *string
			s := &timeline.SourceRecord{}
			err := r.Scan(&row, &s.ID, &s.Key, &s.Kind, &s.Title.Text, &s.Title.Lang, &s.Publisher, &published,
				&s.Lang, &s.URL, &s.ArchiveURL, &origin, &s.Licence, &s.Attribution, &s.NotPassedOn)
			if err != nil {
				return err
			}
			s.Origin = refOrNil(origin)
			l.found[row] = &timeline.Record{Source: s}
			s.PublishedOn, err = parseEDTF(published)
			return err
		})
}

func (l *loader) locations(ctx context.Context) error {
	err := l.each(ctx, `select l.row, l.id, l.key, l.kind, p.key, l.lat, l.lon
		from json_each(?) k cross join location l on l.row = k.value left join location p on p.row = l.parent`,
		func(r rowScanner) error {
			var row int64
			var parent *string
			var lat, lon *float64
			o := &timeline.LocationRecord{}
			if err := r.Scan(&row, &o.ID, &o.Key, &o.Kind, &parent, &lat, &lon); err != nil {
				return err
			}
			o.Parent, o.Point = refOrNil(parent), pointOrNil(lat, lon)
			l.found[row] = &timeline.Record{Location: o}
			return nil
		})
	if err != nil {
		return err
	}
	return l.names(ctx, timeline.KindLocation, func(r *timeline.Record, n timeline.Name) {
		r.Location.Names = append(r.Location.Names, n)
	})
}

func (l *loader) names(ctx context.Context, kind timeline.Kind, add func(*timeline.Record, timeline.Name)) error {
	return l.s.each(ctx, `select n.row, n.text, n.lang, n.name_kind, n.since, n.until from json_each(?1) k
		cross join name n on n.kind = ?2 and n.row = k.value order by n.row, n.pos`,
		[]any{l.rows, string(kind)}, func(r rowScanner) error {
			var row int64
			n, err := scanName(r, &row)
			if err == nil {
				add(l.found[row], n)
			}
			return err
		})
}

// scanName scans row, text, lang, kind, since and until.
func scanName(r rowScanner, row *int64) (n timeline.Name, err error) {
	var since, until string
	if err = r.Scan(row, &n.Text, &n.Lang, &n.Kind, &since, &until); err != nil {
		return n, err
	}
	if n.From, err = parseEDTF(since); err != nil {
		return n, err
	}
	n.To, err = parseEDTF(until)
	return n, err
}

func (l *loader) actors(ctx context.Context) error {
	err := l.each(ctx, `select a.row, a.id, a.key, a.kind, a.generic, a.summaries, coalesce(a.active, '')
		from json_each(?) k cross join actor a on a.row = k.value`, func(r rowScanner) error {
		var row int64
		var summaries, active string
		a := &timeline.ActorRecord{}
		err := r.Scan(&row, &a.ID, &a.Key, &a.Kind, &a.Generic, &summaries, &active)
		if err != nil {
			return err
		}
		l.found[row] = &timeline.Record{Actor: a}
		if a.Active, err = parseEDTF(active); err != nil {
			return err
		}
		return readList(summaries, &a.Summaries)
	})
	if err != nil {
		return err
	}
	err = l.names(ctx, timeline.KindActor, func(r *timeline.Record, n timeline.Name) {
		r.Actor.Names = append(r.Actor.Names, n)
	})
	if err != nil {
		return err
	}
	return l.each(ctx, `select r.actor, r.kind, o.key, coalesce(r.time, ''), s.key
		from json_each(?) k cross join actor_relation r on r.actor = k.value
		cross join actor o on o.row = r.other left join source s on s.row = r.source
		order by r.actor, r.pos`, func(r rowScanner) error {
		var row int64
		var time string
		var source *string
		var rel timeline.ActorRelationRecord
		err := r.Scan(&row, &rel.Kind, &rel.Actor.Ref, &time, &source)
		if err != nil {
			return err
		}
		rel.Source = refOrNil(source)
		if rel.Time, err = parseEDTF(time); err != nil {
			return err
		}
		a := l.found[row].Actor
		a.Relations = append(a.Relations, rel)
		return nil
	})
}

func (l *loader) timelines(ctx context.Context) error {
	err := l.each(ctx, `select t.row, t.id, t.key, t.titles, t.summaries, t.selection, t.eras
		from json_each(?) k cross join timeline t on t.row = k.value`, func(r rowScanner) error {
		var row int64
		var titles, summaries, eras string
		var where *string
		t := &timeline.TimelineRecord{}
		err := r.Scan(&row, &t.ID, &t.Key, &titles, &summaries, &where, &eras)
		if err != nil {
			return err
		}
		l.found[row] = &timeline.Record{Timeline: t}
		if where != nil {
			t.Where = &timeline.EventWhere{}
			if err := json.Unmarshal([]byte(*where), t.Where); err != nil {
				return err
			}
		}
		if err := readList(titles, &t.Titles); err != nil {
			return err
		}
		if err := readList(summaries, &t.Summaries); err != nil {
			return err
		}
		return readList(eras, &t.Eras)
	})
	if err != nil {
		return err
	}
	return l.each(ctx, `select t.timeline, e.key, t.omitted from json_each(?) k
		cross join timeline_event t on t.timeline = k.value cross join event e on e.row = t.event
		order by t.timeline, t.pos`, func(r rowScanner) error {
		var row int64
		var ref timeline.Ref
		var omitted bool
		if err := r.Scan(&row, &ref.Ref, &omitted); err != nil {
			return err
		}
		t := l.found[row].Timeline
		if omitted {
			t.Omitted = append(t.Omitted, ref)
		} else {
			t.Picked = append(t.Picked, ref)
		}
		return nil
	})
}

// parseEDTF reads what the store wrote; empty is the zero value.
func parseEDTF(s string) (edtf.Value, error) {
	if s == "" {
		return edtf.Value{}, nil
	}
	return edtf.Parse(s)
}

func refOrNil(key *string) *timeline.Ref {
	if key == nil {
		return nil
	}
	r := timeline.RefTo(*key)
	return &r
}

func pointOrNil(lat, lon *float64) *timeline.Point {
	if lat == nil || lon == nil {
		return nil
	}
	return &timeline.Point{Lat: *lat, Lon: *lon}
}

func quoteOrNil(text, lang *string) *timeline.Quote {
	if text == nil || lang == nil {
		return nil
	}
	return &timeline.Quote{Text: *text, Lang: names.Language(*lang)}
}

func rangeOrNil(g timeline.Range) *timeline.Range {
	if g.Low == nil && g.Best == nil && g.High == nil {
		return nil
	}
	return &g
}
