package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tarikh/db"
	"tarikh/ingest"
	"tarikh/timeline"
)

// Large gives the path of a database of n made GED rows in a folder, made through the real import
// where it is not there yet. ucdp is the folder of UCDP's files. A database of an older format is
// left to db.Open to bring up.
func Large(ctx context.Context, folder, ucdp string, n int) (string, error) {
	path := filepath.Join(folder, fmt.Sprintf("ged-%d.db", n))
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return path, err
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return "", err
	}
	made := path + ".making"
	for _, left := range []string{made, made + "-wal", made + "-shm"} {
		if err := os.Remove(left); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	if err := importGED(ctx, made, folder, ucdp, n); err != nil {
		return "", err
	}
	return path, os.Rename(made, path)
}

// importGED generates a file and imports it.
func importGED(ctx context.Context, path, folder, ucdp string, n int) error {
	f, err := os.CreateTemp(folder, "ged-*.csv")
	if err != nil {
		return err
	}
	defer func() { _ = f.Close(); _ = os.Remove(f.Name()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	if err := GenerateGED(w, ucdp, n); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if _, err := f.Seek(0, 0); err != nil {
		return err
	}
	d, err := db.Open(ctx, path, db.Options{Unindexed: true})
	if err != nil {
		return err
	}
	defer d.Close()
	stream, err := ingest.Open(f)
	if err != nil {
		return err
	}
	report, err := d.Import(ctx, timeline.Change{By: "bench", Bulk: true}, stream.Records(), db.ImportOptions{})
	if err != nil {
		return err
	}
	if report.Read != n || report.Rejected > 0 {
		return fmt.Errorf("%d of %d rows were read, %d rejected: %.500v", report.Read, n, report.Rejected, report.Problems)
	}
	return nil
}
