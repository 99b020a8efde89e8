package layout

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// statement matches how SQL begins, in lower or upper case. It asks for more than the first
// word, and not for a capital alone, because "select a timeline" and "Update failed" are
// English.
var statement = regexp.MustCompile(`^\s*(?:` + strings.Join([]string{
	`(?:select|SELECT)\s(?s:.*)\b(?:from|FROM)\b`,
	`(?:select|SELECT)\s+(?:[\d*?(:@']|distinct\b|DISTINCT\b|\w+\()`,
	`(?:insert|INSERT)\s+(?:or|OR|into|INTO)\b`,
	`(?:replace|REPLACE)\s+(?:into|INTO)\b`,
	`(?:update|UPDATE)\s+(?:or\s+\w+\s+|OR\s+\w+\s+)?\S+\s+(?:set|SET)\b`,
	`(?:delete|DELETE)\s+(?:from|FROM)\b`,
	`(?:create|CREATE)\s+(?:(?:temp|TEMP|temporary|TEMPORARY|unique|UNIQUE|virtual|VIRTUAL)\s+)?` +
		`(?:table|TABLE|index|INDEX|view|VIEW|trigger|TRIGGER)\b`,
	`(?:alter|ALTER|drop|DROP)\s+(?:table|TABLE|index|INDEX|view|VIEW|trigger|TRIGGER)\b`,
	`(?:with|WITH)\s+(?:recursive\s+|RECURSIVE\s+)?\w+\s*(?:\([^)]*\)\s*)?(?:as|AS)\s*\(`,
	`(?:pragma|PRAGMA)\s+\w+`,
}, `|`) + `)`)

// sql finds the string literals of f, joined ones included, that begin like SQL where the
// house has none. Tests may look into the tables.
func (h House) sql(f file) []string {
	room, _ := h.room(f.dir)
	if f.test || f.generated || slices.Contains(h.SQL, room) {
		return nil
	}
	var findings []string
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		expr, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		text, ok := literal(expr)
		if ok && statement.MatchString(text) {
			findings = append(findings, fmt.Sprintf("%s: SQL outside %s: %.40q",
				f.path, strings.Join(h.SQL, ", "), text))
		}
		return !ok // a joined literal is looked at once, as a whole
	})
	return findings
}

// literal returns the text of a string literal or of literals joined by +, in which
// whatever is no literal stands as x, and whether e is one.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, e.Kind == token.STRING && err == nil
	case *ast.ParenExpr:
		return literal(e.X)
	case *ast.BinaryExpr:
		left, l := literal(e.X)
		right, r := literal(e.Y)
		if e.Op != token.ADD || !l && !r {
			return "", false
		}
		return orX(left, l) + orX(right, r), true
	}
	return "", false
}

func orX(text string, ok bool) string {
	if ok {
		return text
	}
	return "x"
}
