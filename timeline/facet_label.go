package timeline

import "tarikh/names"

// OwnLabel is what a facet is called where no record has its name: an event type, a status, a
// language, a tag, and what is left over. A tag is in the language of nobody knows whom.
func (f *Facet) OwnLabel(lang *names.Language) *Text {
	switch {
	case f.Key == OtherKey && f.Row == 0:
		return TypeByCode(OtherKey).Label(lang)
	case f.By == FacetType && TypeByCode(f.Key) != nil:
		return TypeByCode(f.Key).Label(lang)
	case f.By == FacetStatus && statusLabels[EventStatus(f.Key)] != nil:
		return pick(statusLabels[EventStatus(f.Key)], lang)
	case f.By == FacetLanguage:
		return pick(languageLabels(names.Language(f.Key)), lang)
	}
	return &Text{Lang: names.Undetermined(f.Key), Text: f.Key}
}

// statusLabels are the words for each status, built once and never changed.
var statusLabels = map[EventStatus][]Text{
	StatusReported:     {{"en", "Reported"}, {"fr", "Rapporté"}, {"ar", "مُبلَّغ عنه"}},
	StatusCorroborated: {{"en", "Corroborated"}, {"fr", "Corroboré"}, {"ar", "أكّدته مصادر مستقلة"}},
	StatusDisputed:     {{"en", "Disputed"}, {"fr", "Contesté"}, {"ar", "متنازع فيه"}},
	StatusVerified:     {{"en", "Verified"}, {"fr", "Vérifié"}, {"ar", "تم التحقق منه"}},
	StatusRetracted:    {{"en", "Retracted"}, {"fr", "Retiré"}, {"ar", "سُحب"}},
}

// languageLabels is the name of a language in English, French and Arabic.
func languageLabels(l names.Language) []Text {
	labels := make([]Text, 0, 3)
	for _, in := range []names.Language{"en", "fr", "ar"} {
		labels = append(labels, Text{Lang: in, Text: l.NameIn(in)})
	}
	return labels
}
