package timeline

import (
	"math"
	"strings"
	"unicode/utf8"

	"tarikh/names"
)

// texts checks titles or summaries: one in a language.
func (c *checker) texts(field string, texts []Text) {
	for i, t := range texts {
		c.text(at(field, i)+".text", t.Text)
		c.textLanguage(at(field, i)+".lang", t.Lang)
		if hasText(texts[:i], t.Lang) {
			c.fail(at(field, i), "duplicate-text", "there is one in %q already", t.Lang)
		}
	}
}

func hasText(texts []Text, l names.Language) bool {
	for _, t := range texts {
		if t.Lang == l {
			return true
		}
	}
	return false
}

// titles checks titles, of which there must be one.
func (c *checker) titles(field string, titles []Text) {
	if len(titles) == 0 {
		c.fail(field, "no-title", "it has no title")
	}
	c.texts(field, titles)
}

// written warns where a record that is written here, not imported, lacks a language. That
// there is no text at all is said elsewhere.
func (c *checker) written(field string, texts []Text) {
	if len(texts) == 0 {
		return
	}
	for _, l := range []names.Language{"ar", "fr", "en"} {
		if !hasText(texts, l) {
			c.warn(field, "no-"+string(l), "there is none in %q", l)
		}
	}
}

// summaries checks summaries and warns where there are none.
func (c *checker) summaries(field string, summaries []Text) {
	if len(summaries) == 0 {
		c.warn(field, "no-summary", "it has no summary")
	}
	c.texts(field, summaries)
}

// names checks an actor's or a location's names.
func (c *checker) names(field string, all []Name) {
	if len(all) == 0 {
		c.fail(field, "no-name", "it has no name")
	}
	for i, n := range all {
		f := at(field, i)
		c.text(f+".text", n.Text)
		c.language(f+".lang", n.Lang)
		checkWord(c, f+".kind", "NameKind", n.Kind)
		c.twins(f, n, all[:i])
		if !n.From.IsZero() && !n.To.IsZero() && n.From.Start().First > n.To.End().Last {
			c.warn(f, "from-after-to", "it was borne from %s, after %s", n.From, n.To)
		}
	}
}

// twins refuses the same name again, and a second preferred name of one language.
func (c *checker) twins(field string, n Name, before []Name) {
	for _, o := range before {
		if o.Lang != n.Lang || o.Kind != n.Kind {
			continue
		}
		if o.Text == n.Text {
			c.fail(field, "duplicate-name", "the name is there already")
			return
		}
		if n.Kind == NamePreferred {
			c.fail(field, "two-preferred", "there is a preferred name in %q already", n.Lang)
			return
		}
	}
}

// quote checks a passage in its source's words.
func (c *checker) quote(field string, q *Quote) {
	if q == nil {
		return
	}
	c.text(field+".text", q.Text)
	c.textLanguage(field+".lang", q.Lang)
}

// maxTag is the longest tag, in letters.
const maxTag = 64

func (c *checker) tags(field string, tags []string) {
	for i, t := range tags {
		f := at(field, i)
		if t == "" || t != strings.TrimSpace(t) || utf8.RuneCountInString(t) > maxTag {
			c.fail(f, "bad-tag", "a tag has 1 to %d letters, and no space before or after", maxTag)
		}
		c.wellFormed(f, t)
		for _, o := range tags[:i] {
			if o == t {
				c.fail(f, "duplicate-tag", "the tag %q is there already", clip(t))
				break
			}
		}
	}
}

// point checks a position in degrees.
func (c *checker) point(field string, p *Point) {
	if p == nil {
		return
	}
	if !within(p.Lat, 90) || !within(p.Lon, 180) {
		c.fail(field, "bad-point",
			"a latitude lies between -90 and 90, a longitude between -180 and 180")
	}
}

func (c *checker) radius(field string, km *float64) {
	if km != nil && !(*km > 0 && !math.IsInf(*km, 1)) { // so written, NaN is refused too
		c.fail(field, "bad-radius", "a radius is more than 0 km")
	}
}
