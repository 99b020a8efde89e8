package export

import (
	"slices"
	"strings"

	"tarikh/names"
	"tarikh/timeline"
)

// Column is one column of the table formats and one property of NDJSON and GeoJSON.
type Column struct {
	Name  string
	About string // what it says, in one sentence without a full stop
	cell  func(*view) cell
}

// Columns lists the columns in their order, which is stable: new ones are added at the end.
// Days are YYYY-MM-DD of the proleptic Gregorian calendar, years numbered astronomically, with
// a sign where they are not of four digits. Lists are joined by "; "; a semicolon or backslash
// inside a value has a backslash in front. What is not known is empty in CSV, null in JSON.
func Columns() []Column {
	return slices.Concat(timeColumns(), textColumns(), placeColumns(), claimColumns(),
		sourceColumns(), laterColumns())
}

func timeColumns() []Column {
	return []Column{
		{"id", "the event's permanent id", func(v *view) cell { return text(v.Event.ID) }},
		{"key", "its name in addresses", func(v *view) cell { return text(v.Event.Key) }},
		{"time", "when, exactly as surely as it is known (EDTF, ISO 8601-2)",
			func(v *view) cell { return text(v.Event.Time.String()) }},
		{"start_earliest", "first day on which it can have begun", func(v *view) cell { return day(v.Event.Time.Start().First) }},
		{"start_latest", "last day on which it can have begun", func(v *view) cell { return day(v.Event.Time.Start().Last) }},
		{"end_earliest", "first day on which it can have ended", func(v *view) cell { return day(v.Event.Time.End().First) }},
		{"end_latest", "last day on which it can have ended", func(v *view) cell { return day(v.Event.Time.End().Last) }},
		{"precision", "finest unit that time gives; SPAN for what has two sides",
			func(v *view) cell { return text(string(v.Event.Time.Precision())) }},
		{"display", "when, in the reader's words", func(v *view) cell { return text(v.display()) }},
	}
}

func textColumns() []Column {
	return []Column{
		{"type", "code of the event's type", func(v *view) cell { return text(v.Event.Type) }},
		{"status", "how well it is attested", func(v *view) cell { return text(string(v.Event.Status)) }},
		{"title_ar", "title in Arabic", title("ar")},
		{"title_fr", "title in French", title("fr")},
		{"title_en", "title in English", title("en")},
		{"summary_ar", "summary in Arabic", summary("ar")},
		{"summary_fr", "summary in French", summary("fr")},
		{"summary_en", "summary in English", summary("en")},
	}
}

func title(lang names.Language) func(*view) cell {
	return func(v *view) cell { return text(in(v.Event.Titles, lang)) }
}

func summary(lang names.Language) func(*view) cell {
	return func(v *view) cell { return text(in(v.Event.Summaries, lang)) }
}

func placeColumns() []Column {
	return []Column{
		{"location", "name of the main place", func(v *view) cell { return text(v.name(location(v))) }},
		{"location_kind", "its level", func(v *view) cell {
			if v.where == nil {
				return cell{}
			}
			return text(string(v.where.Kind))
		}},
		{"country", "name of the country that it lies in", above(timeline.LocationCountry)},
		{"region", "name of the region that it lies in", above(timeline.LocationRegion)},
		{"lat", "degrees north (WGS 84), only where the event is placed exactly or nearly", func(v *view) cell {
			if p := v.point(); p != nil {
				return decimal(&p.Lat)
			}
			return cell{}
		}},
		{"lon", "degrees east", func(v *view) cell {
			if p := v.point(); p != nil {
				return decimal(&p.Lon)
			}
			return cell{}
		}},
		{"place_precision", "how exactly the event is placed", ofPlace(func(p *timeline.PlaceRecord) string { return string(p.Precision) })},
		{"place_words", "the place in the words of the source", ofPlace(func(p *timeline.PlaceRecord) string { return p.Words })},
	}
}

func location(v *view) *timeline.Location {
	if v.where == nil {
		return nil
	}
	return v.where.Location
}

func above(kind timeline.LocationKind) func(*view) cell {
	return func(v *view) cell { return text(v.name(v.where.above(kind))) }
}

func ofPlace(say func(*timeline.PlaceRecord) string) func(*view) cell {
	return func(v *view) cell {
		if v.main == nil {
			return cell{}
		}
		return text(say(v.main))
	}
}

func sourceColumns() []Column {
	return []Column{
		{"sources", "titles of the sources, each with its address", func(v *view) cell { return list(v.Sources, sayTitle) }},
		{"identifiers", "the event in other catalogues, scheme:value", func(v *view) cell {
			return list(v.Event.Identifiers, func(i *timeline.Identifier) string { return i.String() })
		}},
		{"tags", "free words for sorting", func(v *view) cell { return list(v.Event.Tags, same) }},
		{"licence", "licence of the row", func(v *view) cell { return list(v.licences(), same) }},
		{"attribution", "whom to name", func(v *view) cell { return list(v.attribution(), same) }},
	}
}

func sayTitle(s **timeline.SourceRecord) string {
	if (*s).URL == "" {
		return (*s).Title.Text
	}
	return (*s).Title.Text + " <" + string((*s).URL) + ">"
}

func laterColumns() []Column {
	return []Column{
		{"title", "title in the reader's language, or the nearest that there is", func(v *view) cell { return text(v.title.Text) }},
		{"title_lang", "language of title (BCP 47)", func(v *view) cell { return text(string(v.title.Lang)) }},
		{"location_key", "key of the main place", func(v *view) cell {
			if v.where == nil {
				return cell{}
			}
			return text(v.where.Key)
		}},
		{"place_role", "what the main place was to the event", ofPlace(func(p *timeline.PlaceRecord) string { return string(p.Role) })},
		{"radius_km", "radius around the main place within which it happened", func(v *view) cell { return decimal(v.radius()) }},
		{"participant_keys", "keys of the participants, in the order of participants", func(v *view) cell {
			return list(v.Event.Participants, func(p *timeline.ParticipationRecord) string { return v.actorKey(p.Actor) })
		}},
		{"source_keys", "keys of the sources, in the order of sources", func(v *view) cell {
			return list(v.Sources, func(s **timeline.SourceRecord) string { return (*s).Key })
		}},
		{"killed_open", "whether killed_high is no upper limit (\"at least\"); empty without a figure",
			figure(func(c *timeline.Casualties) cell { return boolean(c.Open) })},
		{"killed_claims", "how many claims stand behind the figure; 0: nobody speaks of killed", func(v *view) cell {
			n := v.killedClaims()
			return whole(&n)
		}},
		{"sensitive", "whether detail could harm people: then it has no point", func(v *view) cell { return boolean(v.Event.Sensitive) }},
		{"created_at", "when the record was made", func(v *view) cell { return instant(v.Event.CreatedAt) }},
		{"updated_at", "when the record was last changed", func(v *view) cell { return instant(v.Event.UpdatedAt) }},
	}
}

func (v *view) actorKey(ref timeline.Ref) string {
	if a := v.actor(ref); a != nil {
		return a.Key
	}
	return strings.Trim(ref.String(), `"`)
}

// actorName is an actor's name for the reader; where the item does not hold the actor, its ref.
func (v *view) actorName(ref timeline.Ref) string {
	if a := v.actor(ref); a != nil {
		return named(a.Name(&v.lang))
	}
	return strings.Trim(ref.String(), `"`)
}
