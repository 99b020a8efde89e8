package bench_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"tarikh/bench"
)

// large opens nothing: it gives the path of a database of n made rows, kept in the folder that
// BENCH_DB names, else made anew for the test.
func large(b testing.TB, n int) string {
	b.Helper()
	folder := os.Getenv("BENCH_DB")
	if folder == "" {
		folder = b.TempDir()
	}
	mexico := realFile(b, filepath.Join("ucdp", "ged241-mexico.csv.gz"))
	path, err := bench.Large(context.Background(), folder, filepath.Dir(mexico), n)
	if err != nil {
		b.Fatal(err)
	}
	return path
}

// sizes are the numbers of rows that BENCH_ROWS names, parted by commas; 10,000 where it names none.
func sizes(b testing.TB) []int {
	b.Helper()
	text := os.Getenv("BENCH_ROWS")
	if text == "" {
		return []int{10_000}
	}
	var all []int
	for word := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil {
			b.Fatal(fmt.Errorf("BENCH_ROWS: %w", err))
		}
		all = append(all, n)
	}
	return all
}

func TestMadeFilesAreTheSameEachTime(t *testing.T) {
	ucdp := filepath.Dir(realFile(t, filepath.Join("ucdp", "Mali.csv")))
	var texts []string
	for _, n := range []int{300, 300, 200} {
		var b strings.Builder
		if err := bench.GenerateGED(&b, ucdp, n); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, b.String())
	}
	if texts[0] != texts[1] || !strings.HasPrefix(texts[0], texts[2]) {
		t.Error("the same number of rows made another file")
	}
}

func TestEveryMadeRowIsImported(t *testing.T) { large(t, 2000) }

// BenchmarkMake makes the databases that the other benchmarks share, where BENCH_DB names a folder.
func BenchmarkMake(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				large(b, n)
			}
		})
	}
}
