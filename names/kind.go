package names

import "strings"

// StripKind parts the folded name of a place from the word that says what kind of place it is, at
// its start ("cercle de tombouctou", "مدينه تمبكتو") or at its end ("kidal town"), since one list
// writes "Tombouctou" where the next writes "Tombouctou region". kind is REGION, DISTRICT, CITY,
// VILLAGE or COMMUNE; "" when there is no such word or nothing beside it, and then name is what
// was given.
//
// The kind is what the word says in the Sahel (a province lies below a region, as in Burkina
// Faso). A list with a column for the level knows better. Only names of places are meant: it
// would take the town from an actor called after one.
func StripKind(folded string) (name, kind string) {
	first, rest, more := strings.Cut(folded, " ")
	if !more {
		return folded, ""
	}
	if kind := kindOf(first); kind != "" {
		return withoutOf(rest), kind
	}
	last := strings.LastIndexByte(folded, ' ')
	if kind := kindOf(folded[last+1:]); kind != "" {
		return folded[:last], kind
	}
	return folded, ""
}

// withoutOf drops the word that ties a kind to its name: ville de Gao, town of Gao, cercle du
// Gourma.
func withoutOf(name string) string {
	for _, of := range [...]string{"de la ", "de ", "du ", "des ", "of "} {
		if rest, found := strings.CutPrefix(name, of); found && rest != "" {
			return rest
		}
	}
	return name
}

// kindOf returns the kind of place that a folded word names, or "".
func kindOf(word string) string {
	switch word {
	case "region", "governorate", "gouvernorat", "wilaya", "منطقه", "ولايه", "اقليم", "محافظه", "جهه":
		return "REGION"
	case "cercle", "circle", "district", "department", "departement", "province", "دايره", "مقاطعه":
		return "DISTRICT"
	case "city", "town", "ville", "مدينه", "بلده":
		return "CITY"
	case "village", "قريه":
		return "VILLAGE"
	case "commune", "municipality", "بلديه":
		return "COMMUNE"
	}
	return ""
}
