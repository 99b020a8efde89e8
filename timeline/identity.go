package timeline

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

// Kind is the kind of a record that can be named by a ref.
type Kind string

// The kinds of records. A claim lives inside its event but can be asked for by id.
const (
	KindEvent    Kind = "event"
	KindActor    Kind = "actor"
	KindLocation Kind = "location"
	KindSource   Kind = "source"
	KindTimeline Kind = "timeline"
	KindClaim    Kind = "claim"
)

// Kinds lists the kinds of records that stand for themselves, those that others
// name before those that name them.
func Kinds() []Kind {
	return []Kind{KindSource, KindLocation, KindActor, KindEvent, KindTimeline}
}

// letters are the kind letters with which an id begins.
func (k Kind) letters() string {
	switch k {
	case KindEvent:
		return "ev"
	case KindActor:
		return "ac"
	case KindLocation:
		return "lo"
	case KindSource:
		return "so"
	case KindTimeline:
		return "tl"
	case KindClaim:
		return "cl"
	}
	return "xx"
}

// crockford is Douglas Crockford's base32 alphabet, in lower case: without i, l,
// o and u, so that an id survives being read aloud.
const crockford = "0123456789abcdefghjkmnpqrstvwxyz"

// idLetters is the length of an id after its kind letters: 130 bits.
const idLetters = 26

var idForm = regexp.MustCompile(`^(ev|ac|lo|so|tl|cl)_[` + crockford + `]{26}$`)

// DeriveID is the id of a shipped or imported record: a hash of its kind and its
// first stable name (its first identifier, else its key), so that two fresh
// databases agree. 130 bits of SHA-256.
func DeriveID(kind Kind, stableName string) string {
	return NewID(kind, sha256.Sum256([]byte(string(kind)+"\n"+stableName)))
}

// NewID writes 130 of the given bits as an id of the kind. Ids of records made by
// hand take theirs from a random source.
func NewID(kind Kind, bits [32]byte) string {
	var b strings.Builder
	b.Grow(3 + idLetters)
	b.WriteString(kind.letters())
	b.WriteByte('_')
	acc, n, next := uint(0), 0, 0
	for range idLetters {
		if n < 5 {
			acc = acc<<8 | uint(bits[next])
			n, next = n+8, next+1
		}
		b.WriteByte(crockford[acc>>(n-5)&31])
		n -= 5
	}
	return b.String()
}

// KindOfID is the kind that an id's letters name; false when it is no id.
func KindOfID(id string) (Kind, bool) {
	if !idForm.MatchString(id) {
		return "", false
	}
	for _, k := range append(Kinds(), KindClaim) {
		if strings.HasPrefix(id, k.letters()) {
			return k, true
		}
	}
	return "", false
}

// maxKey is the longest key, in letters.
const maxKey = 80

// ValidKey says whether a key has the form of keys: words of a to z and 0 to 9
// joined by single hyphens, at most 80 letters.
func ValidKey(key string) bool {
	if len(key) > maxKey {
		return false
	}
	inWord := false
	for i := range len(key) {
		switch c := key[i]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			inWord = true
		case c == '-' && inWord:
			inWord = false
		default:
			return false
		}
	}
	return inWord
}

// Identifier names a record in somebody else's catalogue: ucdp:204703,
// wikidata:Q9427, geonames:2449067. Unique per kind of record and scheme.
type Identifier struct {
	Scheme string
	Value  string
}

var identifierForm = regexp.MustCompile(`^[a-z][a-z0-9.-]{0,31}:[^\s]{1,200}$`)

// ParseIdentifier reads scheme:value.
func ParseIdentifier(s string) (Identifier, error) {
	if !identifierForm.MatchString(s) {
		return Identifier{}, Errorf(CodeInvalid,
			"an identifier is written scheme:value, such as ucdp:204703, not %q", clip(s))
	}
	scheme, value, _ := strings.Cut(s, ":")
	return Identifier{Scheme: scheme, Value: value}, nil
}

// String is scheme:value.
func (i Identifier) String() string { return i.Scheme + ":" + i.Value }

// MarshalText writes scheme:value.
func (i Identifier) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads scheme:value.
func (i *Identifier) UnmarshalText(b []byte) error {
	v, err := ParseIdentifier(string(b))
	if err == nil {
		*i = v
	}
	return err
}

// URL is the page of the identifier in its catalogue, where the catalogue has
// public ones; nil elsewhere.
func (i Identifier) URL() *URL {
	pages := map[string]string{
		"wikidata": "https://www.wikidata.org/wiki/",
		"geonames": "https://www.geonames.org/",
		"doi":      "https://doi.org/",
		"ucdp":     "https://ucdp.uu.se/event/",
	}
	page, ok := pages[i.Scheme]
	if !ok {
		return nil
	}
	u := URL(page + i.Value)
	return &u
}

// RefForm is the form in which a ref names a record.
type RefForm string

// The three forms of a ref, told apart by their letters: a colon makes an
// identifier, an underscore an id, anything else is a key.
const (
	RefIdentifier RefForm = "identifier"
	RefID         RefForm = "id"
	RefKey        RefForm = "key"
)

// FormOfRef tells which form a ref has.
func FormOfRef(ref string) RefForm {
	switch {
	case strings.Contains(ref, ":"):
		return RefIdentifier
	case strings.Contains(ref, "_"):
		return RefID
	}
	return RefKey
}

// Ref names another record from within a record: by a ref (id, key or
// identifier), or, where a foreign file knows no ref, by what it says of it.
type Ref struct {
	Ref         string       // id, key or identifier
	Identifiers []Identifier // outside identifiers, tried in order
	Key         string       // the key to have when it is made anew
	Name        string       // a name or spelling; matched folded, without its kind word
	Lang        string       // the language of the name, where known
	Kind        string       // LocationKind or ActorKind, which must agree
	Parent      *Ref         // of a location: the one above it
	Near        *Point       // of a location: within 2 km of this point
}

// refObject is the long JSON form of a Ref.
type refObject struct {
	Ref         string       `json:"ref,omitzero"`
	Identifiers []Identifier `json:"identifiers,omitzero"`
	Key         string       `json:"key,omitzero"`
	Name        string       `json:"name,omitzero"`
	Lang        string       `json:"lang,omitzero"`
	Kind        string       `json:"kind,omitzero"`
	Parent      *Ref         `json:"parent,omitzero"`
	Near        *Point       `json:"near,omitzero"`
}

// RefTo names a record by id, key or identifier.
func RefTo(ref string) Ref { return Ref{Ref: ref} }

// IsZero says that the ref names nothing.
func (r Ref) IsZero() bool {
	return r.Ref == "" && len(r.Identifiers) == 0 && r.Key == "" && r.Name == ""
}

// String is the ref for messages: the shortest thing that names the record.
func (r Ref) String() string {
	switch {
	case r.Ref != "":
		return r.Ref
	case len(r.Identifiers) > 0:
		return r.Identifiers[0].String()
	case r.Key != "":
		return r.Key
	}
	return fmt.Sprintf("%q", r.Name)
}

// MarshalJSON writes a plain string where the ref is all there is, else an object.
func (r Ref) MarshalJSON() ([]byte, error) {
	rest := refObject(r)
	rest.Ref = ""
	if r.Ref != "" && reflect.ValueOf(rest).IsZero() {
		return json.Marshal(r.Ref)
	}
	return json.Marshal(refObject(r))
}

// UnmarshalJSON reads either form.
func (r *Ref) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*r = Ref{}
		return json.Unmarshal(b, &r.Ref)
	}
	var o refObject
	if err := strictJSON(b, &o); err != nil {
		return fmt.Errorf("a ref is a string or an object: %w", err)
	}
	*r = Ref(o)
	return nil
}

// clip shortens what a message repeats of somebody's input.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	return s[:cut] + "…"
}
