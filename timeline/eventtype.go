package timeline

import (
	"slices"

	"tarikh/names"
)

// EventType is one of the two levels of event types. A parent stands for all
// below it in filters.
type EventType struct {
	Code     string
	Labels   []Text
	Parent   *EventType
	Children []*EventType
}

// Label is the type's name in the language asked for, or the nearest.
func (t *EventType) Label(lang *names.Language) *Text { return pick(t.Labels, lang) }

// Covers says whether an event of the given code is of this type or below it.
func (t *EventType) Covers(code string) bool {
	if t.Code == code {
		return true
	}
	return slices.ContainsFunc(t.Children, func(c *EventType) bool { return c.Code == code })
}

// typeRow is one line of the table of types.
type typeRow struct{ code, parent, en, fr, ar string }

// typeRows is the whole table, parents before their children, in the order in
// which types are listed.
func typeRows() []typeRow {
	return []typeRow{
		{"violence", "", "Violence", "Violences", "أعمال عنف"},
		{"battle", "violence", "Battle", "Combat", "معركة"},
		{"remote_violence", "violence", "Explosion or remote violence", "Explosion ou violence à distance", "تفجير أو قصف عن بُعد"},
		{"attack_on_civilians", "violence", "Attack on civilians", "Attaque contre des civils", "هجوم على مدنيين"},
		{"abduction", "violence", "Abduction", "Enlèvement", "اختطاف"},
		{"sexual_violence", "violence", "Sexual violence", "Violence sexuelle", "عنف جنسي"},
		{"control", "", "Control of territory", "Contrôle du territoire", "السيطرة على الأرض"},
		{"capture", "control", "Capture of a place", "Prise d’une localité", "السيطرة على موقع"},
		{"withdrawal", "control", "Withdrawal", "Retrait", "انسحاب"},
		{"siege", "control", "Siege or blockade", "Siège ou blocus", "حصار"},
		{"deployment", "control", "Deployment", "Déploiement", "انتشار قوات"},
		{"operation", "control", "Military operation", "Opération militaire", "عملية عسكرية"},
		{"politics", "", "Politics", "Politique", "سياسة"},
		{"agreement", "politics", "Agreement", "Accord", "اتفاق"},
		{"negotiation", "politics", "Negotiation", "Négociations", "مفاوضات"},
		{"visit", "politics", "Visit", "Visite", "زيارة"},
		{"statement", "politics", "Statement", "Déclaration", "تصريح"},
		{"declaration", "politics", "Proclamation", "Proclamation", "إعلان رسمي"},
		{"coup", "politics", "Coup d’état", "Coup d’État", "انقلاب"},
		{"election", "politics", "Election or referendum", "Élection ou référendum", "انتخابات أو استفتاء"},
		{"appointment", "politics", "Appointment or resignation", "Nomination ou démission", "تعيين أو استقالة"},
		{"justice", "", "Justice", "Justice", "قضاء"},
		{"arrest", "justice", "Arrest", "Arrestation", "توقيف"},
		{"trial", "justice", "Trial", "Procès", "محاكمة"},
		{"verdict", "justice", "Verdict", "Verdict", "حكم قضائي"},
		{"sanction", "justice", "Sanction", "Sanction", "عقوبات"},
		{"release", "justice", "Release", "Libération", "إفراج"},
		{"society", "", "Society", "Société", "مجتمع"},
		{"protest", "society", "Protest", "Manifestation", "احتجاج"},
		{"riot", "society", "Riot", "Émeute", "أعمال شغب"},
		{"displacement", "society", "Displacement", "Déplacement de population", "نزوح"},
		{"return", "society", "Return", "Retour", "عودة"},
		{"aid", "society", "Aid", "Aide", "مساعدات"},
		{"heritage", "", "Heritage", "Patrimoine", "تراث"},
		{"destruction", "heritage", "Destruction of heritage", "Destruction de patrimoine", "تدمير معالم تراثية"},
		{"restoration", "heritage", "Restoration", "Restauration", "ترميم"},
		{"listing", "heritage", "Listing", "Inscription sur une liste", "إدراج في قائمة"},
		{"ceremony", "heritage", "Ceremony", "Cérémonie", "احتفال"},
		{"transport", "", "Transport and supply", "Transports et ravitaillement", "النقل والتموين"},
		{"closure", "transport", "Closure", "Fermeture", "إغلاق"},
		{"reopening", "transport", "Reopening", "Réouverture", "إعادة فتح"},
		{"suspension", "transport", "Suspension of service", "Suspension de service", "تعليق خدمة"},
		{"organisation", "", "Life of an organisation", "Vie d’une organisation", "شؤون التنظيمات"},
		{"founding", "organisation", "Founding", "Fondation", "تأسيس"},
		{"merger", "organisation", "Merger", "Fusion", "اندماج"},
		{"split", "organisation", "Split", "Scission", "انشقاق"},
		{"renaming", "organisation", "Renaming", "Changement de nom", "تغيير الاسم"},
		{"death", "organisation", "Death of a leader", "Mort d’un dirigeant", "مقتل أو وفاة قيادي"},
		{"other", "", "Other", "Autre", "أخرى"},
	}
}

// typeTable is built once from typeRows and never changed.
var typeTable = buildTypes(typeRows())

func buildTypes(rows []typeRow) map[string]*EventType {
	all := make(map[string]*EventType, len(rows))
	for _, r := range rows {
		t := &EventType{Code: r.code, Parent: all[r.parent], Children: []*EventType{},
			Labels: []Text{{"en", r.en}, {"fr", r.fr}, {"ar", r.ar}}}
		if t.Parent != nil {
			t.Parent.Children = append(t.Parent.Children, t)
		}
		all[r.code] = t
	}
	return all
}

// TypeByCode is the type of that code; nil where there is none.
func TypeByCode(code string) *EventType { return typeTable[code] }

// EventTypes lists every type, parents before their children.
func EventTypes() []*EventType {
	var all []*EventType
	for _, r := range typeRows() {
		all = append(all, typeTable[r.code])
	}
	return all
}
