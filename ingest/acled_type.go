package ingest

import (
	"strings"

	"tarikh/timeline"
)

// acledType is our type of ACLED's event type and sub-type. A word that is not known becomes
// "other", with a note.
func acledType(r row) (string, []timeline.Problem) {
	sub := strings.ToLower(r.cell("sub_event_type"))
	switch kind := strings.ToLower(r.cell("event_type")); kind {
	case "battles":
		return "battle", nil
	case "explosions/remote violence":
		return "remote_violence", nil
	case "violence against civilians":
		return acledViolence(sub), nil
	case "protests":
		return "protest", nil
	case "riots":
		return "riot", nil
	case "strategic developments", "strategic development":
		return acledDevelopment(sub), nil
	}
	return "other", noted("unknown-type", "event_type", "%q is not known; it is kept as a tag",
		clipped(r.cell("event_type")))
}

func acledViolence(sub string) string {
	switch {
	case strings.HasPrefix(sub, "abduction"):
		return "abduction"
	case strings.HasPrefix(sub, "sexual"):
		return "sexual_violence"
	}
	return "attack_on_civilians"
}

func acledDevelopment(sub string) string {
	switch sub {
	case "agreement":
		return "agreement"
	case "arrests":
		return "arrest"
	case "headquarters or base established":
		return "deployment"
	}
	return "other"
}

// acledTitles says who did what, and where, in three languages: the label of the type and the
// names as ACLED writes them.
func acledTitles(r row, kind string) []timeline.Text {
	who := r.cell("actor1")
	if other := r.cell("actor2"); other != "" {
		who = strings.TrimPrefix(who+" – "+other, " – ")
	}
	where := orWord(r.cell("location"), orWord(r.cell("admin1"), r.cell("country")))
	var all []timeline.Text
	for _, label := range timeline.TypeByCode(kind).Labels {
		text := label.Text
		if who != "" {
			text += colon(label.Lang == "fr") + who
		}
		if where != "" {
			text += comma(label.Lang == "ar") + where
		}
		all = append(all, timeline.Text{Lang: label.Lang, Text: text})
	}
	return all
}

// colon is the colon of French, which stands apart, or of others.
func colon(french bool) string {
	if french {
		return "\u00a0: "
	}
	return ": "
}

// comma is the comma of Arabic or of Latin letters, with its space.
func comma(arabic bool) string {
	if arabic {
		return "، "
	}
	return ", "
}
