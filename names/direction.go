package names

import (
	"fmt"
	"io"
	"strings"
)

// Direction is the side that a text's lines begin on. GraphQL: the enum TextDirection.
type Direction string

// The two directions. A text of no language is LTR, as HTML has it.
const (
	LTR Direction = "LTR" // from left to right
	RTL Direction = "RTL" // from right to left
)

// Direction returns the direction of the script that the tag names, or else of the script that its
// language is usually written in.
func (l Language) Direction() Direction {
	script := l.script()
	if script == "" {
		primary, _, _ := strings.Cut(string(l), "-")
		return languageDirection(strings.ToLower(primary))
	}
	return scriptDirection(strings.ToLower(script))
}

// scriptDirection knows the right-to-left scripts of ISO 15924 that are in use today, and a few
// that editions of old texts use.
func scriptDirection(script string) Direction {
	switch script {
	case "arab", "aran", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg", "mand", "samr", "mend":
		return RTL
	}
	return LTR
}

// languageDirection knows the languages whose script, by CLDR's likely subtags, runs from right to
// left wherever they are spoken: Arabic and its spoken forms, Hebrew and Yiddish, the Iranian and
// Indian languages in Arabic letters, Syriac, Dhivehi, N'Ko.
func languageDirection(primary string) Direction {
	switch primary {
	case "ar", "arb", "arq", "ary", "arz", "aeb", "apc", "ajp", "acm", "afb", "mey", "ayl", "ars":
		return RTL
	case "he", "iw", "yi", "ji", "syr", "arc", "dv", "nqo":
		return RTL
	case "fa", "prs", "pes", "ps", "ur", "sd", "ug", "ckb", "pnb", "azb", "glk", "mzn", "lrc", "ks":
		return RTL
	}
	return LTR
}

// IsValid tells whether d is one of the two.
func (d Direction) IsValid() bool { return d == LTR || d == RTL }

// MarshalGQL writes the direction as a JSON string.
func (d Direction) MarshalGQL(w io.Writer) {
	writeJSON(w, string(d))
}

// UnmarshalGQL reads "LTR" or "RTL"; anything else is an error.
func (d *Direction) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok || !Direction(s).IsValid() {
		return fmt.Errorf("text direction: LTR or RTL is wanted, not %.32q", fmt.Sprint(v))
	}
	*d = Direction(s)
	return nil
}
