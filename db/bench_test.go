package db

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"tarikh/internal/recordtest"
	"tarikh/timeline"
)

// BenchmarkAnImport takes 5,000 events and what they name into a new file, by a process
// without an index, as the command does.
func BenchmarkAnImport(b *testing.B) {
	lines := linesOf(b, recordtest.Records(5000).Example(1))
	folder := b.TempDir()
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		d, err := Open(context.Background(), filepath.Join(folder, fmt.Sprint(n)), Options{Unindexed: true})
		must(b, err)
		records := recordsOf(b, lines)
		b.StartTimer()
		report, err := d.Import(context.Background(), timeline.Change{Bulk: true}, file(records...), ImportOptions{})
		must(b, err)
		b.StopTimer()
		want(b, "inserted", report.Inserted, len(records))
		d.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(len(lines)*b.N)/b.Elapsed().Seconds(), "records/s")
}

// BenchmarkAnImportOfTheSame takes the same file in once more.
func BenchmarkAnImportOfTheSame(b *testing.B) {
	lines := linesOf(b, recordtest.Records(5000).Example(1))
	d, err := Open(context.Background(), filepath.Join(b.TempDir(), "x.db"), Options{Unindexed: true})
	must(b, err)
	defer d.Close()
	imported(b, d, ImportOptions{}, recordsOf(b, lines)...)
	for b.Loop() {
		b.StopTimer()
		records := recordsOf(b, lines)
		b.StartTimer()
		want(b, "unchanged", imported(b, d, ImportOptions{}, records...).Unchanged, len(lines))
	}
	b.ReportMetric(float64(len(lines)*b.N)/b.Elapsed().Seconds(), "records/s")
}

// BenchmarkAnOpening reads the index of 5,000 events.
func BenchmarkAnOpening(b *testing.B) {
	path := filepath.Join(b.TempDir(), "x.db")
	d, err := Open(context.Background(), path, Options{Unindexed: true})
	must(b, err)
	imported(b, d, ImportOptions{}, recordtest.Records(5000).Example(1)...)
	d.Close()
	for b.Loop() {
		d, err := Open(context.Background(), path, Options{})
		must(b, err)
		d.Close()
	}
}

func linesOf(b *testing.B, records []*timeline.Record) []string {
	b.Helper()
	lines := make([]string, len(records))
	for i, r := range records {
		lines[i] = line(b, r)
	}
	return lines
}

func recordsOf(b *testing.B, lines []string) []*timeline.Record {
	b.Helper()
	records := make([]*timeline.Record, len(lines))
	for i, l := range lines {
		r, err := timeline.ParseRecord([]byte(l))
		must(b, err)
		records[i] = r
	}
	return records
}
