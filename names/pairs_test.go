package names_test

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"

	"tarikh/names"
)

// pair is one row of testdata/pairs.tsv, whose head says what the columns mean.
type pair struct {
	line         int
	a, b         string
	must, how    string
	fold, shadow bool // what holds: folded equal; one skeleton
}

func TestPairsMeetAsTheTableSays(t *testing.T) {
	pairs := readPairs(t)
	if len(pairs) < 60 {
		t.Fatalf("the table has shrunk to %d pairs", len(pairs))
	}
	for _, p := range pairs {
		var right bool
		switch p.must + " " + p.how {
		case "meet fold":
			right = p.fold
		case "meet skeleton":
			right = !p.fold && p.shadow
		case "meet alias":
			right = !p.fold && !p.shadow
		case "not fold":
			right = !p.fold
		default:
			t.Errorf("line %d: unknown %q, %q", p.line, p.must, p.how)
			continue
		}
		if !right {
			t.Errorf("line %d: %q and %q: must %s by %s; folded %q and %q, skeletons %q and %q",
				p.line, p.a, p.b, p.must, p.how, names.Fold(p.a), names.Fold(p.b),
				names.Skeleton(p.a), names.Skeleton(p.b))
		}
	}
}

func readPairs(t *testing.T) []pair {
	t.Helper()
	file, err := os.Open("testdata/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var pairs []pair
	lines := bufio.NewScanner(file)
	for line := 1; lines.Scan(); line++ {
		cells := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(cells[0], "#") || cells[0] == "a" {
			continue
		}
		if len(cells) != 4 {
			t.Fatalf("line %d: %d cells", line, len(cells))
		}
		pairs = append(pairs, newPair(t, line, cells))
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return pairs
}

func newPair(t *testing.T, line int, cells []string) pair {
	t.Helper()
	a, b := unescape(t, cells[0]), unescape(t, cells[1])
	skeleton := names.Skeleton(a)
	return pair{
		line: line, a: a, b: b, must: cells[2], how: cells[3],
		fold:   names.Fold(a) == names.Fold(b),
		shadow: skeleton != "" && skeleton == names.Skeleton(b),
	}
}

// unescape reads \uXXXX, for the characters that a table should not hold unseen.
func unescape(t *testing.T, cell string) string {
	t.Helper()
	if !strings.Contains(cell, `\u`) {
		return cell
	}
	s, err := strconv.Unquote(`"` + cell + `"`)
	if err != nil {
		t.Fatalf("%q: %v", cell, err)
	}
	return s
}
