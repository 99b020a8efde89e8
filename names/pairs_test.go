package names_test

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tarikh/names"
)

// pair is one row of testdata/pairs.tsv, whose head says what the columns mean.
type pair struct {
	line               int
	a, b               string
	must, how          string
	fold, word, shadow bool // what holds: folded equal; words that meet; one skeleton
}

func TestPairsMeetAsTheTableSays(t *testing.T) {
	pairs := readPairs(t)
	if len(pairs) < 150 {
		t.Fatalf("the table has shrunk to %d pairs", len(pairs))
	}
	for _, p := range pairs {
		var right bool
		switch p.must + " " + p.how {
		case "meet fold":
			right = p.fold
		case "meet word":
			right = !p.fold && p.word
		case "meet skeleton":
			right = !p.fold && !p.word && p.shadow
		case "meet alias":
			right = !p.fold && !p.word && !p.shadow
		case "not word":
			right = !p.fold && !p.word
		case "not fold":
			right = !p.fold
		case "not known":
			right = p.word
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
		word:   asksFor(t, a, b) || asksFor(t, b, a),
		shadow: skeleton != "" && skeleton == names.Skeleton(b),
	}
}

// asksFor says whether the text holds every word that the query asks for.
func asksFor(t *testing.T, query, text string) bool {
	t.Helper()
	q, err := names.ReadQuery(query)
	if err != nil {
		t.Fatalf("%q: %v", query, err)
	}
	held := " " + names.Fold(text) + " "
	for _, term := range q.Terms {
		phrase := func(first string) bool {
			return strings.Contains(held, " "+strings.Join(append([]string{first}, term.Words[1:]...), " ")+" ")
		}
		if !slices.ContainsFunc(names.Forms(term.Words[0]), phrase) {
			return false
		}
	}
	return len(q.Terms) > 0
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
