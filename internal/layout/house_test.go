package layout_test

import (
	"os"
	"slices"
	"testing"

	"tarikh/internal/layout"
)

// tarikh is ARCHITECTURE.md's table of import directions. A new room needs a line here, and
// there; most wishes for a new arrow are a function in the wrong room.
func tarikh() layout.House {
	return layout.House{
		Module: "tarikh",
		Rooms: map[string][]string{
			"edtf":   {},
			"names":  {},
			"cohort": {},
			"docs":   {},

			"timeline": {"edtf", "names", "cohort"},

			"plan":     {"internal/lru"},
			"graph":    {"timeline", "edtf", "names", "plan"},
			"index":    {"timeline", "edtf", "names"},
			"ingest":   {"timeline", "edtf", "names"},
			"export":   {"timeline", "edtf", "names"},
			"dataset":  {"timeline", "edtf", "names"},
			"annotate": {"timeline", "edtf", "names"},
			"web":      {"timeline", "edtf", "names"},

			"db":        {"timeline", "index", "edtf", "names", "cohort"},
			"resolvers": {"timeline", "graph", "db", "edtf", "names", "cohort"},
			"server": {"timeline", "graph", "resolvers", "db", "export", "annotate",
				"web", "docs", "edtf", "names", "plan", "internal/lru"},

			"cmd":   {layout.Anything},
			"bench": {layout.Anything},

			"internal/layout":     {},
			"internal/lru":        {},
			"internal/npmtest":    {},
			"internal/recordtest": {"timeline", "edtf", "names"},
			"internal/anyquery":   {},
			"internal/plangen":    {"plan"},
		},
		// db never hears of GraphQL, graph never hears of SQL; both speak timeline.
		Keepers: map[string][]string{
			"database/sql":       {"db", "cmd", "bench"},
			"modernc.org/sqlite": {"db", "cmd", "bench"},
			"github.com/99designs/gqlgen": {"plan", "internal/plangen", "internal/anyquery", "graph",
				"resolvers", "server", "cmd", "bench"},
			"github.com/vektah/gqlparser/v2": {"plan", "internal/plangen", "internal/anyquery", "graph",
				"resolvers", "server", "cmd", "bench"},
			"github.com/pressly/goose/v3": {"db"},
			"github.com/alecthomas/kong":  {"cmd"},
		},
		Generated: "graph",
		SQL:       []string{"db", "bench"},
	}
}

func TestTheModuleKeepsTheRulesOfTheHouse(t *testing.T) {
	findings, err := layout.Check(os.DirFS("../.."), tarikh())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

func TestTheTableNamesOnlyRoomsThatHaveALine(t *testing.T) {
	h := tarikh()
	named := append([]string{h.Generated}, h.SQL...)
	for _, rooms := range h.Rooms {
		named = append(named, rooms...)
	}
	for _, rooms := range h.Keepers {
		named = append(named, rooms...)
	}
	slices.Sort(named)
	for _, room := range slices.Compact(named) {
		if _, ok := h.Rooms[room]; !ok && room != layout.Anything {
			t.Errorf("%s is named in the table and has no line", room)
		}
	}
}
