package ingest

import (
	"strings"

	"tarikh/names"
	"tarikh/timeline"
)

// cast knows the actors that a file has named, and gives each as a record when it is named
// first. It grows with the distinct actors of the file.
type cast struct {
	out   *out
	byKey map[string]*member
	named map[string]*member // by folded name: those that stood in a cell alone
}

// member is one actor that a file has named.
type member struct {
	key, name string
	lang      names.Language
	kind      timeline.ActorKind
	generic   bool
	ids       []timeline.Identifier
	others    []timeline.Name
}

func newCast(o *out) *cast {
	return &cast{out: o, byKey: map[string]*member{}, named: map[string]*member{}}
}

// ref names the actor as records of events do. Its kind is not part of it: files know kinds
// less well than names.
func (m *member) ref() timeline.Ref {
	return timeline.Ref{Identifiers: m.ids, Key: m.key, Name: m.name, Lang: string(m.lang)}
}

// known is the actor of that key, where it was given already.
func (c *cast) known(key string) *member { return c.byKey[key] }

// give gives an actor once.
func (c *cast) give(line int, m member) *member {
	if old, ok := c.byKey[m.key]; ok {
		return old
	}
	m.key, m.name = strings.Clone(m.key), strings.Clone(m.name)
	for i, id := range m.ids {
		m.ids[i].Value = strings.Clone(id.Value)
	}
	c.byKey[m.key] = &m
	c.named[names.Fold(m.name)] = &m
	record := timeline.ActorRecord{Kind: m.kind, Generic: m.generic}
	record.Key, record.Identifiers = m.key, m.ids
	preferred := timeline.Name{Text: m.name, Lang: m.lang, Kind: timeline.NamePreferred}
	record.Names = append([]timeline.Name{preferred}, m.others...)
	c.out.put(line, timeline.Record{Actor: &record})
	return &m
}

// find is the actor that stood in a cell of its own under that name; nil where none did.
func (c *cast) find(name string) *member { return c.named[names.Fold(name)] }

// genericIn is somebody of whom nobody could write a biography: the civilians, or whoever was
// not identified, of one country.
func genericIn(country *spot, name string, kind timeline.ActorKind) member {
	m := member{key: orWord(timeline.Slug(name), "actors"), name: name, lang: "en", kind: kind, generic: true}
	if country != nil {
		m.key += "-of-" + country.key
		m.name = name + " in " + country.name
	}
	m.key = fitKey(m.key)
	return m
}

// orWord is a text, or another where it is empty.
func orWord(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// isUnidentified says whether a name is one of nobody in particular.
func isUnidentified(name string) bool {
	folded := names.Fold(name)
	for _, word := range []string{"unidentified", "unknown", "unnamed"} {
		if strings.HasPrefix(folded, word) {
			return true
		}
	}
	return false
}
