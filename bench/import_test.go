package bench_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tarikh/bench"
	"tarikh/db"
	"tarikh/export"
	"tarikh/ingest"
	"tarikh/names"
	"tarikh/server"
	"tarikh/timeline"
)

// realFile is a file of the folder that TIMELINE_DATA names; where it is absent the
// benchmark says so and is passed over.
func realFile(b testing.TB, name string) string {
	b.Helper()
	folder := os.Getenv("TIMELINE_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared", "data")
	}
	path := filepath.Join(folder, name)
	if _, err := os.Stat(path); err != nil {
		b.Skipf("%s is not here; set TIMELINE_DATA to the folder that holds it", name)
	}
	return path
}

// importInto takes a file into a new database and says how many rows it had.
func importInto(path, file string) (int, error) {
	ctx := context.Background()
	d, err := db.Open(ctx, path, db.Options{Unindexed: true})
	if err != nil {
		return 0, err
	}
	defer d.Close()
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	stream, err := ingest.Open(f)
	if err != nil {
		return 0, err
	}
	report, err := d.Import(ctx, timeline.Change{By: "bench", Bulk: true}, stream.Records(), db.ImportOptions{})
	if err == nil && report.Rejected > 0 {
		err = fmt.Errorf("%d rows were rejected", report.Rejected)
	}
	return report.Read, err
}

// BenchmarkImport measures a GED file on its way in, with matching, raw rows and log,
// beside the bare inserts of the very rows that it comes to.
func BenchmarkImport(b *testing.B) {
	file := realFile(b, filepath.Join("ucdp", "ged241-mexico.csv.gz"))
	folder := b.TempDir()
	model := filepath.Join(folder, "model.db")
	rows, err := importInto(model, file)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	fresh := func() string { n++; return filepath.Join(folder, fmt.Sprintf("%d.db", n)) }
	for b.Loop() {
		results, err := bench.Interleave(3, 1,
			bench.Case{Name: "import of 18,957 GED rows", Run: func() error { _, err := importInto(fresh(), file); return err }},
			bench.Case{Name: "bare inserts of the same rows", Run: func() error { return bareInserts(model, fresh()) }})
		if err != nil {
			b.Fatal(err)
		}
		bench.Table(os.Stdout, results)
		b.ReportMetric(float64(rows)/results[0].CPU.Seconds(), "rows/cpu-s")
		b.ReportMetric(float64(results[0].CPU)/float64(results[1].CPU), "cpu/bare")
	}
}

// bareInserts writes every row of every table of one database into another, twenty a
// statement, in one transaction: what the engine alone needs for them.
func bareInserts(from, to string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, to, db.Options{Unindexed: true}) // makes the tables
	if err != nil {
		return err
	}
	d.Close()
	source, err := sql.Open("sqlite", "file:"+from+"?mode=ro")
	if err != nil {
		return err
	}
	defer func() { _ = source.Close() }()
	target, err := sql.Open("sqlite", "file:"+to+"?_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=cache_size(-65536)")
	if err != nil {
		return err
	}
	defer func() { _ = target.Close() }()
	tx, err := target.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, table := range []string{"revision", "source", "location", "actor", "event", "identifier", "name",
		"event_place", "participation", "claim", "citation", "origin", "change"} {
		if err := copyTable(ctx, source, tx, table); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return tx.Commit()
}

func copyTable(ctx context.Context, from *sql.DB, to *sql.Tx, table string) error {
	rows, err := from.QueryContext(ctx, "select * from "+table)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	one := "(?" + strings.Repeat(",?", len(columns)-1) + ")"
	const together = 20
	many, err := to.PrepareContext(ctx, "insert into "+table+" values "+one+strings.Repeat(","+one, together-1))
	if err != nil {
		return err
	}
	defer func() { _ = many.Close() }()
	var args []any
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if args = append(args, values...); len(args) == together*len(columns) {
			if _, err := many.ExecContext(ctx, args...); err != nil {
				return err
			}
			args = args[:0]
		}
	}
	for ; len(args) > 0; args = args[len(columns):] {
		if _, err := to.ExecContext(ctx, "insert into "+table+" values "+one, args[:len(columns)]...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// BenchmarkExport measures a selection on its way out as CSV and as GeoJSON.
func BenchmarkExport(b *testing.B) {
	d, _ := open(b, events)
	var all []bench.Case
	for _, name := range []string{"csv", "geojson", "ndjson"} {
		f, _ := export.ByName(name)
		all = append(all, bench.Case{Name: fmt.Sprintf("export of %d events as %s", events, name), Run: func() error {
			_, err := server.Export(context.Background(), d, discard{}, f, server.Selection{Lang: names.Language("ar")})
			return err
		}})
	}
	for b.Loop() {
		results, err := bench.Interleave(3, 1, all...)
		if err != nil {
			b.Fatal(err)
		}
		bench.Table(os.Stdout, results)
		b.ReportMetric(events/results[0].CPU.Seconds(), "csv-events/cpu-s")
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
