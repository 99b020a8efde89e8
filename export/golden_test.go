package export_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"tarikh/export"
)

var update = flag.Bool("update", false, "write the goldens anew")

func TestEveryFormatWritesItsGolden(t *testing.T) {
	for _, f := range export.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			got := written(t, f.Name, meta(), export.Options{}, items())
			file := filepath.Join("testdata", "golden."+f.Extension)
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("differs from %s; look at it and run with -update:\n%s", file, got)
			}
		})
	}
}
