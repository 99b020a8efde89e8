package bench_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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

// BenchmarkImport measures a GED file on its way in, with matching, raw rows, log and words,
// beside the bare inserts of the very rows that it comes to.
func BenchmarkImport(b *testing.B) {
	file := realFile(b, filepath.Join("ucdp", "ged241-mexico.csv.gz"))
	folder := b.TempDir()
	model := filepath.Join(folder, "model.db")
	rows, err := importInto(model, file)
	if err != nil {
		b.Fatal(err)
	}
	words, err := wordsOf(model)
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	fresh := func() string { n++; return filepath.Join(folder, fmt.Sprintf("%d.db", n)) }
	for b.Loop() {
		results, err := bench.Interleave(3, 1,
			bench.Case{Name: "import of 18,957 GED rows", Run: func() error { _, err := importInto(fresh(), file); return err }},
			bench.Case{Name: "bare inserts of the same rows", Run: func() error { return bareInserts(model, fresh(), words) }},
			bench.Case{Name: "of that, reading them", Run: func() error { return bareReads(model) }})
		if err != nil {
			b.Fatal(err)
		}
		bench.Table(os.Stdout, results)
		b.ReportMetric(float64(rows)/results[0].CPU.Seconds(), "rows/cpu-s")
		b.ReportMetric(float64(results[0].CPU)/float64(results[1].CPU-results[2].CPU), "cpu/bare")
	}
}

// bareInserts writes every row of every table of one database into another, twenty a
// statement, in one transaction, and the documents of its index of words: what the engine alone
// needs for them.
func bareInserts(from, to string, words []wordTable) error {
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
	for _, table := range tables() {
		if err := copyTable(ctx, source, tx, table); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	for _, t := range words {
		if err := t.write(ctx, tx); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return tx.Commit()
}

// tables are those that an import writes to.
func tables() []string {
	return []string{"revision", "source", "location", "actor", "event", "identifier", "name",
		"event_place", "participation", "claim", "citation", "origin", "change", "word"}
}

// bareReads reads every row that bareInserts copies: its cost is no part of inserting.
func bareReads(from string) error {
	ctx := context.Background()
	source, err := sql.Open("sqlite", "file:"+from+"?mode=ro")
	if err != nil {
		return err
	}
	defer func() { _ = source.Close() }()
	for _, table := range tables() {
		if err := copyTable(ctx, source, nil, table); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return nil
}

// wordTable is the documents of one table of the index of words, by number.
type wordTable struct {
	name      string
	columns   []string
	documents [][]any
}

// wordsOf puts the documents of a database together again out of the words that its index holds
// of them: the index keeps no texts.
func wordsOf(path string) ([]wordTable, error) {
	tables := []wordTable{{name: "event_words", columns: []string{"titles", "texts", "said"}},
		{name: "source_words", columns: []string{"texts"}}}
	source, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return nil, err
	}
	defer func() { _ = source.Close() }()
	for i := range tables {
		if err := tables[i].read(source); err != nil {
			return nil, err
		}
	}
	return tables, nil
}

func (t *wordTable) read(source *sql.DB) error {
	rows, err := source.QueryContext(context.Background(),
		"select doc, col, term from "+t.name+"_held order by doc, col, offset")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	last := int64(-1)
	for rows.Next() {
		var doc int64
		var column, term string
		if err := rows.Scan(&doc, &column, &term); err != nil {
			return err
		}
		if doc != last {
			document := make([]any, 1+len(t.columns))
			document[0], last = doc, doc
			for i := range t.columns {
				document[1+i] = ""
			}
			t.documents = append(t.documents, document)
		}
		document, at := t.documents[len(t.documents)-1], 1+slices.Index(t.columns, column)
		if text, _ := document[at].(string); text != "" {
			term = text + " " + term
		}
		document[at] = term
	}
	return rows.Err()
}

// write writes the documents in portions of as many as an import gathers, and joins the
// segments like an import.
func (t *wordTable) write(ctx context.Context, tx *sql.Tx) error {
	into := "insert into " + t.name + " (rowid, " + strings.Join(t.columns, ", ") + ") values "
	if err := insertRows(ctx, tx, into, t.documents); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "insert into "+t.name+" ("+t.name+") values ('optimize')")
	return err
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
	var portion [][]any
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if portion = append(portion, values); len(portion) == 100*rowsTogether {
			if err := insertRows(ctx, to, "insert into "+table+" values ", portion); err != nil {
				return err
			}
			portion = portion[:0]
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return insertRows(ctx, to, "insert into "+table+" values ", portion)
}

// rowsTogether is how many rows one statement inserts.
const rowsTogether = 20

// insertRows writes rows by statements of many rows; the text is what stands before the values.
func insertRows(ctx context.Context, to *sql.Tx, text string, rows [][]any) error {
	if len(rows) == 0 || to == nil { // merely read
		return nil
	}
	one := "(?" + strings.Repeat(",?", len(rows[0])-1) + ")"
	many, err := to.PrepareContext(ctx, text+one+strings.Repeat(","+one, rowsTogether-1))
	if err != nil {
		return err
	}
	defer func() { _ = many.Close() }()
	for ; len(rows) >= rowsTogether; rows = rows[rowsTogether:] {
		if _, err := many.ExecContext(ctx, slices.Concat(rows[:rowsTogether]...)...); err != nil {
			return err
		}
	}
	for _, row := range rows {
		if _, err := to.ExecContext(ctx, text+one, row...); err != nil {
			return err
		}
	}
	return nil
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
