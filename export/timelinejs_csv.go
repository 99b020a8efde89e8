package export

import "strconv"

// timelineCSV writes the spreadsheet of TimelineJS 3. It has no column for ids, so bookmarks of
// slides with Arabic headlines break with every load: the JSON is the better one. Its texts are
// HTML, where a leading = is written as a character reference; groups get an apostrophe.
type timelineCSV struct{ slides }

// timelineHeader are the columns that TimelineJS reads by these very names.
const timelineHeader = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text," +
	"Media,Media Credit,Media Caption,Media Thumbnail,Alt Text,Type,Group,Background\r\n"

func (t *timelineCSV) Begin(m Meta) error {
	t.meta = m
	_, err := t.WriteString(timelineHeader)
	return err
}

func (t *timelineCSV) Item(it *Item) error {
	if s, ok := t.take(it); ok {
		return t.row(s, "")
	}
	return nil
}

func (t *timelineCSV) End(tail Tail) error {
	for _, era := range t.eras() {
		if err := t.row(era, "era"); err != nil {
			return err
		}
	}
	if err := t.row(t.titleSlide(tail), "title"); err != nil {
		return err
	}
	return t.Flush()
}

// row writes a slide; kind is empty, era or title.
func (t *timelineCSV) row(s slide, kind string) error {
	cells := append(s.Start.cells(), s.End.cells()...)
	cells = append(cells, s.DisplayDate, s.Text.Headline, s.Text.Text,
		"", "", "", "", "", kind, disarm(s.Group), "")
	for i, c := range cells {
		if i > 0 {
			t.line = append(t.line, ',')
		}
		t.line = appendCSV(t.line, text(c))
	}
	t.line = append(t.line, '\r', '\n')
	return t.flushLine()
}

// cells are year, month, day and time; empty where there is no date.
func (t *tlDate) cells() []string {
	if t == nil {
		return make([]string, 4)
	}
	part := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	clock := ""
	if t.Hour != nil {
		clock = two(*t.Hour) + ":" + two(deref(t.Minute)) + ":" + two(deref(t.Second))
	}
	return []string{strconv.FormatInt(t.Year, 10), part(t.Month), part(t.Day), clock}
}

func deref(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

func two(n int) string {
	s := strconv.Itoa(n)
	if n < 10 {
		return "0" + s
	}
	return s
}
