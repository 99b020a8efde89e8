package db

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// pageOf is the page of a connection that Search made.
func pageOf(c *timeline.SearchConnection) *hitsPage {
	p, _ := c.Page.(*hitsPage)
	return p
}

// SearchCount is how many hits a search has in all: exactly, of every kind asked for.
func (v *View) SearchCount(c *timeline.SearchConnection) (int, error) { return pageOf(c).s.count() }

// SearchRows are the rows of a page of hits, in order, before anything of them is read.
func (v *View) SearchRows(c *timeline.SearchConnection) []int64 {
	rows := make([]int64, 0, len(pageOf(c).hits))
	for _, h := range pageOf(c).hits {
		rows = append(rows, h.row)
	}
	return rows
}

// SearchNodes are the records of a page of hits, in order: one statement for events and one for
// sources.
func (v *View) SearchNodes(ctx context.Context, c *timeline.SearchConnection) ([]timeline.Node, error) {
	p := pageOf(c)
	all, err := p.read(ctx)
	nodes := make([]timeline.Node, 0, len(p.hits))
	for _, h := range p.hits {
		if n := all[h.place]; n != nil {
			nodes = append(nodes, n)
		}
	}
	return nodes, err
}

// SearchEdges are the hits of a page, in order.
func (v *View) SearchEdges(ctx context.Context, c *timeline.SearchConnection) ([]*timeline.SearchEdge, error) {
	p := pageOf(c)
	all, err := p.read(ctx)
	edges := make([]*timeline.SearchEdge, 0, len(p.hits))
	for i := range p.hits {
		if n := all[p.hits[i].place]; n != nil {
			edges = append(edges, &timeline.SearchEdge{Cursor: p.hits[i].cursor(), Node: n, Hit: hitOnPage{p, i}})
		}
	}
	return edges, err
}

// hitOnPage is a hit with the page that it stands on.
type hitOnPage struct {
	page *hitsPage
	at   int
}

// SearchMatch says why a hit was found.
func (v *View) SearchMatch(e *timeline.SearchEdge) (*timeline.Match, error) {
	s, err := sightOf(e)
	return s.match, err
}

// SearchSnippet is a text of a hit that shows why it was found; nil where none does.
func (v *View) SearchSnippet(e *timeline.SearchEdge) (*timeline.Snippet, error) {
	s, err := sightOf(e)
	return s.snippet, err
}

func sightOf(e *timeline.SearchEdge) (sighted, error) {
	on, _ := e.Hit.(hitOnPage)
	all, err := on.page.seen.get(on.page.look)
	if err != nil {
		return sighted{}, err
	}
	return all[on.page.hits[on.at].place], nil
}

// read reads the records of the page.
func (p *hitsPage) read(ctx context.Context) (map[place]timeline.Node, error) {
	return p.nodes.get(func() (map[place]timeline.Node, error) {
		rows := map[timeline.Kind][]int64{}
		for _, h := range p.hits {
			rows[h.kind] = append(rows[h.kind], h.row)
		}
		all := map[place]timeline.Node{}
		for row, a := range p.s.v.actors(rows[timeline.KindActor]) {
			all[place{timeline.KindActor, row}] = a
		}
		for row, l := range p.s.v.locations(rows[timeline.KindLocation]) {
			all[place{timeline.KindLocation, row}] = l
		}
		return all, p.s.v.storedNodes(ctx, rows, all)
	})
}

// sighted is why a record was found.
type sighted struct {
	match   *timeline.Match
	snippet *timeline.Snippet
}

// look finds out why each hit of the page was found: one statement for the texts of events, one for
// those of sources.
func (p *hitsPage) look() (map[place]sighted, error) {
	texts := map[place][]said{}
	for _, kind := range []timeline.Kind{timeline.KindEvent, timeline.KindSource} {
		var rows []int64
		for _, h := range p.hits {
			if h.kind == kind {
				rows = append(rows, h.row)
			}
		}
		read, err := p.s.read(kind, rows)
		if err != nil {
			return nil, err
		}
		for row, all := range read {
			texts[place{kind, row}] = all
		}
	}
	all := make(map[place]sighted, len(p.hits))
	named := p.s.v.x.NamedIn(p.s.included())
	for _, h := range p.hits {
		switch {
		case h.name != nil:
			all[h.place] = p.s.seeName(h)
		case h.how == timeline.MatchAlias:
			all[h.place] = p.s.seeAlias(h, texts[h.place], named)
		default:
			all[h.place] = p.s.seePrinted(texts[h.place])
		}
	}
	return all, nil
}

// seeName shows the name by which an actor or a location was found.
func (s *search) seeName(h hit) sighted {
	n := h.name.Name
	begun := s.q // a word asked for may be the beginning of one
	begun.Terms = nil
	for _, t := range s.included() {
		for _, w := range t.Words {
			begun.Terms = append(begun.Terms, names.Term{Written: w, Words: []string{w}, Prefix: true})
		}
	}
	ranges := begun.See(n.Text).Ranges
	if h.how == timeline.MatchExact || h.how == timeline.MatchFolded && len(ranges) == 0 {
		ranges = []names.Range{{From: 0, To: len(n.Text)}}
	}
	if h.how == timeline.MatchSkeleton {
		ranges = nil
	}
	return sighted{
		match:   &timeline.Match{Field: "names", Text: n.Text, How: h.how},
		snippet: snippet(said{lang: n.Lang, text: n.Text}, ranges),
	}
}

// seePrinted shows the text of a record in which most terms stand, and those as well as anywhere.
func (s *search) seePrinted(texts []said) sighted {
	at, seen := bestText(s.q, texts)
	if at < 0 {
		return sighted{match: &timeline.Match{Field: "titles", How: timeline.MatchFolded}}
	}
	return sighted{
		match:   &timeline.Match{Field: texts[at].field, Text: excerpts(texts[at].text, seen.Ranges), How: howSeen(s.q, texts)},
		snippet: snippet(texts[at], seen.Ranges),
	}
}

// seeAlias shows why a record was found that does not print the text: another name of the same thing
// that it prints, else the place that it is at or the actor that it is with.
func (s *search) seeAlias(h hit, texts []said, named []index.NamedThings) sighted {
	var spelled [][]string
	for _, n := range named {
		spelled = append(spelled, n.Spellings...)
	}
	if at, seen := bestText(spellingTerms(spelled), texts); at >= 0 {
		return sighted{
			match:   &timeline.Match{Field: texts[at].field, Text: excerpts(texts[at].text, seen.Ranges), How: timeline.MatchAlias},
			snippet: snippet(texts[at], seen.Ranges),
		}
	}
	for _, n := range named {
		if s.v.isAt(h.row, n.Locations) {
			return sighted{match: &timeline.Match{Field: "places", Text: n.Name.Text, How: timeline.MatchAlias}}
		}
		for _, actor := range s.v.x.EventActors(h.row) {
			if slices.Contains(n.Actors, actor) {
				return sighted{match: &timeline.Match{Field: "participants", Text: n.Name.Text, How: timeline.MatchAlias}}
			}
		}
	}
	return sighted{match: &timeline.Match{Field: "places", Text: s.q.Text, How: timeline.MatchAlias}}
}

// isAt says whether an event is at one of the locations or below it.
func (v *View) isAt(event int64, locations []int64) bool {
	for _, p := range v.x.Event(event).Places {
		if p.Role == timeline.RoleNearby || p.Location == 0 {
			continue
		}
		for _, row := range append(v.x.Ancestors(p.Location), p.Location) {
			if slices.Contains(locations, row) {
				return true
			}
		}
	}
	return false
}

// bestText is the text in which most terms of a query stand, of those the one where they stand best,
// of those the first; -1: none stands in any.
func bestText(q names.Query, texts []said) (at int, best names.Seen) {
	at = -1
	worth := func(s names.Seen) int {
		sum := 0
		for _, sight := range s.Terms {
			sum += int(sight)
		}
		return sum
	}
	for i, t := range texts {
		seen := q.See(t.text)
		if len(seen.Ranges) == 0 {
			continue
		}
		better := cmp.Or(cmp.Compare(seen.Count(), best.Count()), cmp.Compare(worth(best), worth(seen)))
		if at < 0 || better > 0 {
			at, best = i, seen
		}
	}
	return at, best
}

// excerptsMost is how many different passages a match names.
const excerptsMost = 5

// excerpts is the passages of a text that matched, each once.
func excerpts(text string, ranges []names.Range) string {
	var all []string
	for _, r := range ranges {
		if part := text[r.From:r.To]; !slices.Contains(all, part) && len(all) < excerptsMost {
			all = append(all, part)
		}
	}
	return strings.Join(all, " … ")
}

// snippet is a text around what matched in it.
func snippet(t said, ranges []names.Range) *timeline.Snippet {
	text, ranges := names.Excerpt(t.text, ranges)
	s := &timeline.Snippet{Text: &timeline.Text{Lang: t.language(), Text: text}, Ranges: make([]*timeline.TextRange, 0, len(ranges))}
	for _, r := range ranges {
		start, end := names.UTF16Range(text, r.From, r.To)
		s.Ranges = append(s.Ranges, &timeline.TextRange{Start: start, End: end})
	}
	return s
}

// language is the text's. Where the record does not know it, it is undetermined (ISO 639-2), with its
// script where that is Arabic, so that it is shown from the right.
func (s said) language() names.Language {
	if s.lang != "" {
		return s.lang
	}
	at := strings.IndexFunc(s.text, unicode.IsLetter)
	if at < 0 {
		return "und"
	}
	if r, _ := utf8.DecodeRuneInString(s.text[at:]); unicode.Is(unicode.Arabic, r) {
		return "und-Arab"
	}
	return "und"
}
