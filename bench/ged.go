package bench

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// GED files of any size, made out of real rows of UCDP's: what is measured at a million events has
// the names, the places, the crowding and the oddities of real data. The rows themselves are
// nobody's record: fresh ids, other dates, other headlines, half of them in places beside the real
// ones.

// gedHeader is the layout of the release of 2024 (49 columns).
const gedHeader = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id," +
	"conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id," +
	"side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline," +
	"source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt," +
	"priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b," +
	"deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"

// gedPart is a file of real rows and its share of the rows made, in hundredths.
type gedPart struct {
	file  string
	share int
}

// gedParts are the files, so weighed that no country is most of the world.
func gedParts() []gedPart {
	return []gedPart{
		{"ged241-mexico.csv.gz", 20}, {"ged241-myanmar.csv.gz", 20}, {"Mali.csv", 20}, {"Burkina.csv", 10},
		{"ged231-sample1000.csv", 30},
	}
}

// gedRow is a row by the names of its columns.
type gedRow map[string]string

// GenerateGED writes a GED file of n rows after the files of the folder ucdp: the same file for the
// same n, and the first rows of a longer file are those of a shorter one.
func GenerateGED(w io.Writer, ucdp string, n int) error {
	var pools [][]gedRow
	var shares []int
	for _, part := range gedParts() {
		rows, err := readGED(filepath.Join(ucdp, part.file))
		if err != nil {
			return err
		}
		pools, shares = append(pools, rows), append(shares, part.share)
	}
	columns := strings.Split(gedHeader, ",")
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return err
	}
	r, cells := rand.New(rand.NewPCG(6, 1989)), make([]string, len(columns))
	for i := range n {
		pool := pools[weighed(r, shares)]
		row := pool[r.IntN(len(pool))]
		changed := row.retold(r, i)
		for c, name := range columns {
			cells[c] = row[name]
			if value, ok := changed[name]; ok {
				cells[c] = value
			}
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// weighed draws one of the shares, which are hundredths.
func weighed(r *rand.Rand, shares []int) int {
	at := r.IntN(100)
	for i, share := range shares {
		if at < share {
			return i
		}
		at -= share
	}
	return len(shares) - 1
}

// readGED reads a file of any of the layouts into the columns of gedHeader.
func readGED(path string) ([]gedRow, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	lines := csv.NewReader(in)
	lines.FieldsPerRecord, lines.LazyQuotes = -1, true
	header, err := lines.Read()
	if err != nil {
		return nil, err
	}
	var rows []gedRow
	for {
		cells, err := lines.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		row := gedRow{}
		for i, name := range header[:min(len(header), len(cells))] {
			row[strings.TrimSuffix(strings.TrimPrefix(name, "\ufeff"), "_est")] = cells[i]
		}
		if _, _, ok := row.days(); ok {
			rows = append(rows, row)
		}
	}
}

// days is when the row's event began and ended.
func (row gedRow) days() (start, end time.Time, ok bool) {
	read := func(s string) (time.Time, error) {
		s, _, _ = strings.Cut(s, " ")
		if t, err := time.Parse(time.DateOnly, s); err == nil {
			return t, nil
		}
		return time.Parse("01/02/2006", s)
	}
	start, err := read(row["date_start"])
	end, endErr := read(row["date_end"])
	return start, end, err == nil && endErr == nil
}

// retold is what row number i of a made file has in other words than the real row: its ids, its
// dates within 1989 to 2025 (as long as before, in the same part of the year), its articles, and,
// in half of the rows that name a place, a village near it.
func (row gedRow) retold(r *rand.Rand, i int) gedRow {
	start, end, _ := row.days()
	year := 1989 + r.IntN(37)
	moved := start.AddDate(year-start.Year(), 0, r.IntN(15)-7)
	day := func(t time.Time) string { return t.Format(time.DateOnly) + " 00:00:00.000" }
	id := strconv.Itoa(100_000_000 + i)
	changed := gedRow{
		"id": id, "relid": "MADE-" + id, "year": strconv.Itoa(moved.Year()),
		"date_start": day(moved), "date_end": day(moved.Add(end.Sub(start))),
	}
	row.reported(changed, moved.Add(end.Sub(start)), i)
	if precise := row["where_prec"] == "1" || row["where_prec"] == "2"; precise && row["where_coordinates"] != "" && r.IntN(2) == 0 {
		village := r.IntN(40)
		changed["where_coordinates"] = fmt.Sprintf("%s, village %d", row["where_coordinates"], village)
		beside(changed, "latitude", row["latitude"], float64(village%7-3)*0.02)
		beside(changed, "longitude", row["longitude"], float64(village%9-4)*0.02)
		changed["geom_wkt"] = "POINT (" + changed["longitude"] + " " + changed["latitude"] + ")"
	}
	return changed
}

func beside(changed gedRow, column, degrees string, by float64) {
	if d, err := strconv.ParseFloat(degrees, 64); err == nil {
		changed[column] = strconv.FormatFloat(d+by, 'f', 5, 64)
	}
}

// reported gives the row articles of its own: those of the real row, dated after the event, with
// the row's number in the headline.
func (row gedRow) reported(changed gedRow, end time.Time, i int) {
	offices := strings.Split(row["source_office"], ";")
	if row["source_office"] == "" {
		offices = []string{"Reuters"}
	}
	var whole, dates, headlines []string
	for n, office := range offices {
		date := end.AddDate(0, 0, 1+n).Format(time.DateOnly)
		headline := fmt.Sprintf("Report %d of %s", i, strings.ReplaceAll(row["dyad_name"], ";", ","))
		whole = append(whole, fmt.Sprintf(`"%s,%s,%s"`, office, date, headline))
		dates, headlines = append(dates, date), append(headlines, headline)
	}
	changed["source_article"] = strings.Join(whole, ";")
	changed["source_office"] = strings.Join(offices, ";")
	changed["source_date"] = strings.Join(dates, ";")
	changed["source_headline"] = strings.Join(headlines, ";")
}
