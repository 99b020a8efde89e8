package ingest

import (
	"strings"

	"tarikh/timeline"
)

// gedTitles are sentences made of a row's type, sides and place, in English, French and Arabic.
// Names stay in the letters in which UCDP writes them.
func gedTitles(r row, at gedPlace) []timeline.Text {
	a, b := r.cell("side_a"), r.cell("side_b")
	en, fr, ar := placeWords(at)
	if r.cell("type_of_violence") == "3" {
		return []timeline.Text{
			{Lang: "en", Text: "Attack by " + sideEn(a) + " on " + victimsEn(b) + en},
			{Lang: "fr", Text: "Attaque contre " + victimsFr(b) + " par " + sideFr(a) + fr},
			{Lang: "ar", Text: "هجوم على " + victimsAr(b) + " من جانب " + sideAr(a) + ar},
		}
	}
	return []timeline.Text{
		{Lang: "en", Text: "Fighting between " + sideEn(a) + " and " + sideEn(b) + en},
		{Lang: "fr", Text: "Combats entre " + sideFr(a) + " et " + sideFr(b) + fr},
		{Lang: "ar", Text: "قتال بين " + sideAr(a) + " و" + joinedAr(sideAr(b)) + ar},
	}
}

const government = "Government of "

func sideEn(name string) string {
	if country, is := strings.CutPrefix(name, government); is {
		return "the government of " + country
	}
	return orWord(name, "an unnamed group")
}

// sideFr puts the country in brackets, because its article and preposition are not known.
func sideFr(name string) string {
	if country, is := strings.CutPrefix(name, government); is {
		return "le gouvernement (" + country + ")"
	}
	return orWord(name, "un groupe sans nom")
}

func sideAr(name string) string {
	if country, is := strings.CutPrefix(name, government); is {
		return "حكومة " + country
	}
	return orWord(name, "جماعة غير مسماة")
}

// joinedAr puts a space between the Arabic "and" and a name in Latin letters.
func joinedAr(name string) string {
	if isArabic(name) {
		return name
	}
	return " " + name
}

func victimsEn(name string) string {
	if name == "Civilians" || name == "" {
		return "civilians"
	}
	return name
}

func victimsFr(name string) string {
	if name == "Civilians" || name == "" {
		return "des civils"
	}
	return name
}

func victimsAr(name string) string {
	if name == "Civilians" || name == "" {
		return "مدنيين"
	}
	return name
}

// placeWords end a title with where it was; they are empty where that is not known.
func placeWords(at gedPlace) (en, fr, ar string) {
	s := at.spot
	if s == nil || at.record == nil {
		return "", "", ""
	}
	if at.record.Precision == timeline.PlaceNear {
		return " near " + s.asWritten(), " près " + frenchOf(s.name), " قرب " + s.name
	}
	switch s.kind {
	case timeline.LocationCountry:
		return " in " + s.name, " (" + s.name + ")", " في " + s.name
	case timeline.LocationRegion:
		return " in " + s.asWritten(), " dans la région " + frenchOf(s.name), " في منطقة " + s.name
	case timeline.LocationDistrict:
		return " in " + s.asWritten(), " dans le district " + frenchOf(s.name), " في دائرة " + s.name
	}
	return " in " + s.name, " à " + s.name, " في " + s.name
}

// asWritten is the name with the word for what it is, where the file writes one.
func (s *spot) asWritten() string { return orWord(s.written, s.name) }

// frenchOf says "of" as French elides it.
func frenchOf(name string) string {
	if name != "" && strings.ContainsRune("AEIOUÀÂÉÈÊÎÔÛaeiouàâéèêîôû", []rune(name)[0]) {
		return "d’" + name
	}
	return "de " + name
}
