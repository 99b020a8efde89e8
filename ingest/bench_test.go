package ingest_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"tarikh/ingest"
)

// gedHeader is the header of the yearly release.
const gedHeader = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id," +
	"conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id," +
	"side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline," +
	"source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt," +
	"priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b," +
	"deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob\n"

// gedRows is a release of so many invented rows, made while it is read.
func gedRows(n int) io.Reader {
	in, out := io.Pipe()
	go func() {
		_, _ = io.WriteString(out, gedHeader)
		for i := range n {
			_, err := fmt.Fprintf(out, `%d,EX-%d,2014,1,Clear,1,11,11,Mali: Government,9,9,Government of Mali - Example Front %d,72,72,`+
				`Government of Mali,9%d,9%d,Example Front %d,2,"""Wire A,2014-05-04,Clash %d"";""Radio B,2014-05-05,Army post %d""",`+
				`Wire A;Radio B,2014-05-04;2014-05-05,Clash %d;Army post %d,army,1,Village %d,"near village, %d",Tombouctou region,`+
				`Tombouctou cercle,16.%02d,-3.0,POINT (-3.0 16.0),1,Mali,432,Africa,1,2,2014-05-02,2014-05-04,4,5,0,2,11,12,4,432,`+"\n",
				i, i, i%50, i%50, i%50, i%50, i, i, i, i, i%300, i, i%300%100)
			if err != nil {
				return
			}
		}
		_ = out.Close()
	}()
	return in
}

// drained reads a stream whole and says how many records it gave.
func drained(tb testing.TB, r io.Reader) int {
	tb.Helper()
	s, err := ingest.Open(r)
	if err != nil {
		tb.Fatal(err)
	}
	n := 0
	for _, err := range s.Records() {
		if err != nil {
			tb.Fatal(err)
		}
		n++
	}
	return n
}

func TestMemoryDoesNotGrowWithTheRows(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads 60,000 rows")
	}
	heap := func(rows int) uint64 {
		s, err := ingest.Open(gedRows(rows))
		if err != nil {
			t.Fatal(err)
		}
		var most uint64
		n := 0
		for _, err := range s.Records() {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n%20_000 == 0 || n == 2*rows {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
		return most
	}
	few, many := heap(10_000), heap(60_000)
	const perRow = 120 // bytes: two articles on the shelf for each row, which is bounded, and nothing else
	if many > few+50_000*perRow {
		t.Errorf("%d bytes are held after 10,000 rows and %d after 60,000", few, many)
	}
}

// BenchmarkGED reads the largest real file, where it is there, else invented rows.
func BenchmarkGED(b *testing.B) {
	var text bytes.Buffer
	_, _ = io.Copy(&text, gedRows(5000))
	file, err := os.ReadFile(filepath.Join("..", "..", "shared", "data", "ucdp", "Mali.csv"))
	if err != nil {
		file = text.Bytes()
	}
	rows := 0
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		s, err := ingest.Open(bytes.NewReader(file))
		if err != nil {
			b.Fatal(err)
		}
		for in, err := range s.Records() {
			if err != nil {
				b.Fatal(err)
			}
			if in.Record.Event != nil {
				rows++
			}
		}
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkGeoNames(b *testing.B) {
	line := "2449067\tExample\tExample\tExample,مثال\t16.77348\t-3.00742\tP\tPPLA\tML\t\t08\t\t\t\t54453\t\t263\tAfrica/Bamako\t2020-01-01\n"
	text := strings.Repeat(line, 5000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		drained(b, strings.NewReader(text))
	}
}
