package timeline

// SearchConnection is one page of the hits of a search. Its hits are read when they are first asked
// for.
type SearchConnection struct {
	PageInfo PageInfo
	Page     any `json:"-"` // the hits, which only their maker can look into
}

// SearchEdge is one hit of a page.
type SearchEdge struct {
	Cursor string
	Node   Node
	Hit    any `json:"-"` // why it was found, which only its maker can look into
}

// Match says why a record was found.
type Match struct {
	Field string // of the record, such as names, titles or claims.quote
	Text  string // what matched, as it is written there
	How   MatchKind
}

// Snippet is a text of the record around what matched.
type Snippet struct {
	Text   *Text
	Ranges []*TextRange
}

// TextRange is a half-open range of a text in UTF-16 code units.
type TextRange struct {
	Start int
	End   int
}
