package export

import (
	"strconv"

	"tarikh/edtf"
)

// eras are the saved timeline's eras. One of which no day is known is left out.
func (s *slides) eras() []slide {
	var eras []slide
	for _, e := range s.meta.Eras {
		start, end, ok := s.eraDates(e.Time)
		if !ok {
			continue
		}
		eras = append(eras, slide{UniqueID: "tarikh-era-" + strconv.Itoa(len(eras)+1), Start: start, End: end,
			DisplayDate: isolated(e.Time.Display(string(speak(s.meta.Lang).lang))),
			Text:        slideText{Headline: htmlText(pick(e.Titles, s.meta.Lang).Text)}})
	}
	return eras
}

// eraDates are both dates of an era, because TimelineJS refuses the whole file for an era that
// lacks one. An open or unknown side runs to the edge of the slides. The eras of a timeline all
// of whose slides came from TimelineJS are said as they were written.
func (s *slides) eraDates(v edtf.Value) (start, end *tlDate, ok bool) {
	first, last, ok := span(v)
	if !ok {
		return nil, nil, false
	}
	begins, ends := v.Start().First.Finite(), v.End().Last.Finite()
	if !begins && s.n > 0 {
		first = min(first, s.first)
	}
	if !ends && s.n > 0 {
		last = max(last, s.last)
	}
	s.reach(first, last)
	if begins && ends && s.n > 0 && s.foreign == s.n {
		if start, end = tlDates(v, true); end != nil {
			return start, end, true
		}
	}
	start, end = tlDay(first), tlDay(last)
	if first == last {
		start.fillDay(end)
	}
	return start, end, true
}
