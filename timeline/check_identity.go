package timeline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tarikh/names"
)

// identity checks by what a record is known.
func (c *checker) identity(field string, kind Kind, id *Identity) {
	if id.ID != "" {
		c.id(field+".id", kind, id.ID)
	}
	if id.Key != "" && !ValidKey(id.Key) {
		c.fail(field+".key", "bad-key",
			"a key is words of a to z and 0 to 9 joined by single hyphens, at most %d letters, not %q",
			maxKey, clip(id.Key))
	}
	for i, identifier := range id.Identifiers {
		c.identifier(at(field+".identifiers", i), identifier)
		if slices.Contains(id.Identifiers[:i], identifier) {
			c.fail(at(field+".identifiers", i), "duplicate-identifier", "it is there already")
		}
	}
	for i, former := range id.Former {
		if FormOfRef(former) == RefID {
			c.id(at(field+".former", i), kind, former)
		} else {
			c.ref(at(field+".former", i), RefTo(former))
		}
	}
	if id.ID == "" && id.StableName() == "" {
		c.warn(field, "no-identity", "it has no id, key or identifier: read again it will be a new record")
	}
}

func (c *checker) id(field string, kind Kind, id string) {
	if is, ok := KindOfID(id); !ok || is != kind {
		c.fail(field, "bad-id", "the id of a record of kind %s is %s_ and %d letters, not %q",
			kind, kind.letters(), idLetters, clip(id))
	}
}

func (c *checker) identifier(field string, i Identifier) {
	if _, err := ParseIdentifier(i.String()); err != nil {
		c.fail(field, "bad-identifier", "%s", err)
		return
	}
	c.wellFormed(field, i.String())
}

// ref checks the form of a ref, and refuses one that names nothing.
func (c *checker) ref(field string, r Ref) {
	if r.IsZero() {
		c.fail(field, "empty-ref", "it names no record")
		return
	}
	if r.Ref != "" {
		c.refText(field, r.Ref)
	}
	if r.Key != "" && !ValidKey(r.Key) {
		c.fail(field+".key", "bad-key", "%q is no key", clip(r.Key))
	}
	for i, identifier := range r.Identifiers {
		c.identifier(at(field+".identifiers", i), identifier)
	}
	c.optionalText(field+".name", r.Name)
	if r.Near != nil {
		c.point(field+".near", r.Near)
	}
	if r.Parent != nil {
		c.ref(field+".parent", *r.Parent)
	}
}

func (c *checker) refText(field, ref string) {
	switch FormOfRef(ref) {
	case RefIdentifier:
		if _, err := ParseIdentifier(ref); err != nil {
			c.fail(field, "bad-identifier", "%s", err)
		}
	case RefID:
		if _, ok := KindOfID(ref); !ok {
			c.fail(field, "bad-id", "%q is no id", clip(ref))
		}
	default:
		if !ValidKey(ref) {
			c.fail(field, "bad-key", "%q is no key", clip(ref))
		}
	}
}

// optionalRef checks a ref that may be left out.
func (c *checker) optionalRef(field string, r *Ref) {
	if r != nil {
		c.ref(field, *r)
	}
}

// notItself refuses a ref by which a record names itself.
func (c *checker) notItself(field string, id *Identity, r Ref) {
	if id.answers(r.Ref) || r.Ref == "" && r.Key != "" && r.Key == id.Key {
		c.fail(field, "itself", "it names itself")
		return
	}
	for _, i := range r.Identifiers {
		if id.answers(i.String()) {
			c.fail(field, "itself", "it names itself")
			return
		}
	}
}

// answers says whether the record answers to a ref, former ones included.
func (i *Identity) answers(ref string) bool {
	return ref != "" && slices.Contains(i.refs(), ref)
}

// refs are all to which the record answers.
func (i *Identity) refs() []string {
	refs := make([]string, 0, 2+len(i.Identifiers)+len(i.Former))
	if i.ID != "" {
		refs = append(refs, i.ID)
	}
	if i.Key != "" {
		refs = append(refs, i.Key)
	}
	for _, identifier := range i.Identifiers {
		refs = append(refs, identifier.String())
	}
	return append(refs, i.Former...)
}

// maxLetters is the longest text of a record. A raw row of a dataset may be longer.
const maxLetters = 20_000

// text checks a text that must be there.
func (c *checker) text(field, text string) {
	if strings.TrimSpace(text) == "" {
		c.fail(field, "empty-text", "the text is empty")
		return
	}
	c.optionalText(field, text)
}

// optionalText checks a text that may be left out.
func (c *checker) optionalText(field, text string) {
	if c.wellFormed(field, text); len(text) > maxLetters && utf8.RuneCountInString(text) > maxLetters {
		c.fail(field, "long-text", "the text has more than %d letters", maxLetters)
	}
}

// wellFormed refuses what neither JSON nor a database keeps as it is.
func (c *checker) wellFormed(field, text string) {
	switch {
	case !utf8.ValidString(text):
		c.fail(field, "bad-text", "the text is not UTF-8")
	case strings.ContainsRune(text, 0):
		c.fail(field, "bad-text", "the text holds a NUL character")
	}
}

// language checks a tag; a text must have one, a name may be in no language.
func (c *checker) language(field string, l names.Language) {
	if l == "" {
		return
	}
	tag, err := names.ParseLanguage(string(l))
	switch {
	case err != nil:
		c.fail(field, "bad-language", "%s", err)
	case tag != l:
		c.fail(field, "bad-language", "the tag is written %s", tag)
	}
}

func (c *checker) textLanguage(field string, l names.Language) {
	if l == "" {
		c.fail(field, "no-language", "a text says its language")
	}
	c.language(field, l)
}
