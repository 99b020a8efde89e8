package names

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/language"
)

// Language is a BCP 47 tag (RFC 5646) as its writer meant it, in the customary case: "ar", "fr-ML",
// "ar-Latn". Nothing is replaced: no default script is dropped, no old code renewed. "" is no
// language, or an unknown one. GraphQL: the scalar Language.
type Language string

// maxLanguage is the longest tag that is read, in bytes. RFC 5646, 4.4.1, asks for 35.
const maxLanguage = 64

var (
	errLongTag = fmt.Errorf("longer than %d bytes", maxLanguage)
	errNoTag   = errors.New("not a BCP 47 language tag (like ar, fr-ML, ar-Latn)")
)

// ParseLanguage reads a tag that is well-formed by RFC 5646, in any case, with - or _ between its
// parts. Parts that the registry of today does not know pass (it grows), except a language of more
// than three letters: none is registered (2.2.1), and whoever writes "arabic" means "ar".
func ParseLanguage(s string) (Language, error) {
	if len(s) > maxLanguage {
		return "", fmt.Errorf("language %.16q…: %w", s, errLongTag)
	}
	if isPlain(s) {
		return Language(s), nil
	}
	_, err := language.Raw.Parse(s)
	var unknown language.ValueError
	if err != nil && !errors.As(err, &unknown) {
		return "", fmt.Errorf("language %q: %w", s, errNoTag)
	}
	tag := customaryCase(s)
	if primary, _, _ := strings.Cut(tag, "-"); len(primary) > 3 {
		return "", fmt.Errorf("language %q: %w", s, errNoTag)
	}
	return Language(tag), nil
}

// isPlain says whether a tag is nothing but a language of two or three letters in lower case, as
// nearly all are: those are well-formed whatever the registry says.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return len(s) == 2 || len(s) == 3
}

// customaryCase writes a well-formed tag as RFC 5646, 2.1.1, recommends: lower case, but regions
// upper and scripts title case, except in extensions and private use, which one character begins.
func customaryCase(s string) string {
	parts := strings.Split(strings.ToLower(strings.ReplaceAll(s, "_", "-")), "-")
	for i, part := range parts {
		if len(part) == 1 {
			break
		}
		switch {
		case i == 0:
		case len(part) == 2:
			parts[i] = strings.ToUpper(part)
		case len(part) == 4:
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, "-")
}

// Matches tells whether l falls under the range: the same tag, or more parts after the same start
// ("ar" covers ar, ar-DZ and ar-Latn; "*" covers every language). It is the basic filtering of
// RFC 4647, 3.3.1; case does not count. No language falls under nothing.
func (l Language) Matches(rangeTag Language) bool {
	if l == "" || rangeTag == "" {
		return false
	}
	return rangeTag == "*" || l.extends(rangeTag)
}

// extends tells whether l is start, or start and further parts.
func (l Language) extends(start Language) bool {
	n := len(start)
	return len(l) >= n && strings.EqualFold(string(l[:n]), string(start)) &&
		(len(l) == n || l[n] == '-')
}

// script returns the script part of the tag ("Latn"), "" when it names none: a part of four letters
// that is not the first, before any extension. (A variant of four characters begins with a digit.)
func (l Language) script() string {
	_, rest, more := strings.Cut(string(l), "-")
	for more {
		var part string
		part, rest, more = strings.Cut(rest, "-")
		if len(part) == 1 {
			return ""
		}
		if len(part) == 4 && part[0] > '9' {
			return part
		}
	}
	return ""
}

// MarshalGQL writes the tag as a JSON string, no language as null.
func (l Language) MarshalGQL(w io.Writer) {
	writeJSON(w, string(l))
}

// UnmarshalGQL reads a tag as ParseLanguage does. Its error is the client's.
func (l *Language) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return errors.New(`a language is a text in quotes, such as "ar"`)
	}
	tag, err := ParseLanguage(s)
	if err != nil {
		return err
	}
	*l = tag
	return nil
}

// MarshalText writes the tag as it is, so files and JSON hold it as a string.
func (l Language) MarshalText() ([]byte, error) {
	return []byte(l), nil
}

// UnmarshalText reads what MarshalText wrote: a tag, or nothing for no language.
func (l *Language) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*l = ""
		return nil
	}
	return l.UnmarshalGQL(string(text))
}

// writeJSON writes s as JSON, "" as null. A writer that fails is the business of whoever made it:
// the interface that GraphQL scalars are written through has no error.
func writeJSON(w io.Writer, s string) {
	switch {
	case s == "":
		_, _ = io.WriteString(w, "null")
	case needsNoEscape(s):
		_, _ = io.WriteString(w, `"`)
		_, _ = io.WriteString(w, s)
		_, _ = io.WriteString(w, `"`)
	default:
		quoted, _ := json.Marshal(s) // a string never fails
		_, _ = w.Write(quoted)
	}
}

// needsNoEscape says whether a text has only letters, digits and hyphens, as tags and directions do.
func needsNoEscape(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '-' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}
