package timeline

import (
	"tarikh/edtf"
	"tarikh/names"
)

// Text is a text with its language, so that its direction is known wherever it
// is shown.
type Text struct {
	Lang names.Language `json:"lang"`
	Text string         `json:"text"`
}

// Dir is the direction in which the text is written.
func (t Text) Dir() names.Direction { return t.Lang.Direction() }

// pick chooses among texts by the rule of [names.Pick]; nil when there are none.
// Without lang it is the first: the record's original language.
func pick(texts []Text, lang *names.Language) *Text {
	if len(texts) == 0 {
		return nil
	}
	if lang == nil || len(texts) == 1 {
		return &texts[0]
	}
	var space [8]names.Language
	langs := space[:0]
	for i := range texts {
		langs = append(langs, texts[i].Lang)
	}
	return &texts[names.Pick(langs, *lang)]
}

// Name is one name or spelling of an actor or a location.
type Name struct {
	Text string         `json:"text"`
	Lang names.Language `json:"lang,omitzero"` // empty: in no language, such as an abbreviation
	Kind NameKind       `json:"kind"`
	From edtf.Value     `json:"from,omitzero"` // since when it was borne; zero: not known
	To   edtf.Value     `json:"to,omitzero"`   // until when
}

// Dir is the direction in which the name is written.
func (n Name) Dir() names.Direction { return n.Lang.Direction() }

// pickName chooses the name to show: among the preferred ones, else among all,
// by the rule of [names.Pick].
func pickName(all []Name, lang *names.Language) *Text {
	var space [16]Text
	texts := space[:0]
	for _, preferred := range []bool{true, false} {
		for _, n := range all {
			if (n.Kind == NamePreferred) == preferred {
				texts = append(texts, Text{Lang: n.Lang, Text: n.Text})
			}
		}
		if len(texts) > 0 {
			break
		}
	}
	t := pick(texts, lang)
	if t == nil {
		return nil
	}
	chosen := *t
	return &chosen
}

// Quote is a short passage of a source in its own words.
type Quote struct {
	Lang names.Language `json:"lang"`
	Text string         `json:"text"`
}

// Dir is the direction in which the quote is written.
func (q Quote) Dir() names.Direction { return q.Lang.Direction() }
