package timeline

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Member is where in a record something stands. It is made without writing its path, because hardly
// any path is ever read.
type Member struct {
	list string // such as event.claims; alone the whole path
	at   int    // in the list; -1: it is none
	name string // of the element's member; empty: the element itself
}

// String is the path, such as event.claims[2].source.
func (m Member) String() string {
	path := m.list
	if m.at >= 0 {
		path = at(path, m.at)
	}
	if m.name != "" {
		path += "." + m.name
	}
	return path
}

// EachRef visits every place in which the record names another one, with the kind
// of the record named and the member. The visitor may change the ref.
// Refs inside a saved timeline's filter are no part of it.
func (r *Record) EachRef(visit func(kind Kind, field Member, ref *Ref)) {
	switch r.Kind() {
	case KindSource:
		visitOptional(visit, KindSource, Member{"source.origin", -1, ""}, r.Source.Origin)
	case KindLocation:
		visitOptional(visit, KindLocation, Member{"location.parent", -1, ""}, r.Location.Parent)
	case KindActor:
		for i := range r.Actor.Relations {
			rel := &r.Actor.Relations[i]
			visit(KindActor, Member{"actor.relations", i, "actor"}, &rel.Actor)
			visitOptional(visit, KindSource, Member{"actor.relations", i, "source"}, rel.Source)
		}
	case KindEvent:
		r.Event.eachRef(visit)
	case KindTimeline:
		for i := range r.Timeline.Picked {
			visit(KindEvent, Member{"timeline.picked", i, ""}, &r.Timeline.Picked[i])
		}
		for i := range r.Timeline.Omitted {
			visit(KindEvent, Member{"timeline.omitted", i, ""}, &r.Timeline.Omitted[i])
		}
	}
}

func (e *EventRecord) eachRef(visit func(Kind, Member, *Ref)) {
	for i := range e.Places {
		visitOptional(visit, KindLocation, Member{"event.places", i, "location"}, e.Places[i].Location)
	}
	for i := range e.Participants {
		visit(KindActor, Member{"event.participants", i, "actor"}, &e.Participants[i].Actor)
	}
	for i := range e.Claims {
		c := &e.Claims[i]
		visitOptional(visit, KindActor, Member{"event.claims", i, "responsible"}, c.Responsible)
		visitOptional(visit, KindActor, Member{"event.claims", i, "victimActor"}, c.VictimActor)
		visitOptional(visit, KindActor, Member{"event.claims", i, "claimant"}, c.Claimant)
		visitOptional(visit, KindSource, Member{"event.claims", i, "source"}, c.Source)
	}
	for i := range e.Citations {
		visit(KindSource, Member{"event.citations", i, "source"}, &e.Citations[i].Source)
	}
	for i := range e.Relations {
		visit(KindEvent, Member{"event.relations", i, "event"}, &e.Relations[i].Event)
	}
	for i := range e.Origins {
		visit(KindSource, Member{"event.origins", i, "dataset"}, &e.Origins[i].Dataset)
	}
}

func visitOptional(visit func(Kind, Member, *Ref), kind Kind, field Member, ref *Ref) {
	if ref != nil {
		visit(kind, field, ref)
	}
}

// MintKey makes a key out of the record's first identifier, else of its English,
// French or first title or name, as far as these are written in Latin letters. It
// is empty where nothing of them makes a key.
func (r *Record) MintKey() string {
	id := r.Identity()
	if len(id.Identifiers) > 0 {
		return Slug(id.Identifiers[0].Scheme + " " + id.Identifiers[0].Value)
	}
	var texts []Text
	switch r.Kind() {
	case KindSource:
		texts = []Text{r.Source.Title}
	case KindLocation:
		texts = namesAsTexts(r.Location.Names)
	case KindActor:
		texts = namesAsTexts(r.Actor.Names)
	case KindEvent:
		texts = r.Event.Titles
	case KindTimeline:
		texts = r.Timeline.Titles
	}
	for _, lang := range []string{"en", "fr", ""} {
		for _, t := range texts {
			if lang != "" && string(t.Lang) != lang {
				continue
			}
			if key := Slug(t.Text); key != "" {
				return key
			}
		}
	}
	return ""
}

func namesAsTexts(all []Name) []Text {
	texts := make([]Text, 0, len(all))
	for _, n := range all {
		texts = append(texts, Text{Lang: n.Lang, Text: n.Text})
	}
	return texts
}

// Slug writes a text in the form of a key: its Latin letters without their marks
// and its digits, in lower case, everything else as single hyphens. It is empty
// where a text has neither.
func Slug(s string) string {
	bare := strings.ToLower(s)
	if !isASCII(bare) {
		var err error
		bare, _, err = transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn))), bare)
		if err != nil {
			return ""
		}
	}
	var b strings.Builder
	for _, c := range bare {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case c == '\'' || c == '’':
		case b.Len() > 0 && b.String()[b.Len()-1] != '-':
			b.WriteByte('-')
		}
		if b.Len() >= maxKey {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Normalise leaves out what says nothing: empty lists, a range without a number.
// Two records that say the same then have the same JSON form.
func (r *Record) Normalise() {
	if id := r.Identity(); id != nil {
		id.Identifiers, id.Former = orNil(id.Identifiers), orNil(id.Former)
	}
	switch r.Kind() {
	case KindActor:
		a := r.Actor
		a.Names, a.Summaries, a.Relations = orNil(a.Names), orNil(a.Summaries), orNil(a.Relations)
	case KindLocation:
		r.Location.Names = orNil(r.Location.Names)
		r.Location.Point.normalise()
	case KindTimeline:
		t := r.Timeline
		t.Titles, t.Summaries, t.Eras = orNil(t.Titles), orNil(t.Summaries), orNil(t.Eras)
		t.Picked, t.Omitted = orNil(t.Picked), orNil(t.Omitted)
	case KindEvent:
		e := r.Event
		e.Titles, e.Summaries, e.Tags = orNil(e.Titles), orNil(e.Summaries), orNil(e.Tags)
		e.Places, e.Participants = orNil(e.Places), orNil(e.Participants)
		e.Citations, e.Relations, e.Origins = orNil(e.Citations), orNil(e.Relations), orNil(e.Origins)
		e.Claims = orNil(e.Claims)
		for i := range e.Places {
			e.Places[i].Point.normalise()
		}
		for i := range e.Claims {
			if g := e.Claims[i].Range; g != nil && g.Low == nil && g.Best == nil && g.High == nil {
				e.Claims[i].Range = nil
			}
		}
	}
}

// normalise writes -0 as 0, which is the same place.
func (p *Point) normalise() {
	if p != nil {
		p.Lat, p.Lon = p.Lat+0, p.Lon+0
	}
}

func orNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// IdentifyClaims gives every claim without an id the one that follows from what it
// says: of whom, by whom, in which source and row. A figure that is corrected
// keeps its claim. Refs must be keys by then.
func (e *EventRecord) IdentifyClaims() {
	taken := map[string]bool{}
	for i := range e.Claims {
		taken[e.Claims[i].ID] = true
	}
	for i := range e.Claims {
		c := &e.Claims[i]
		if c.ID != "" {
			continue
		}
		name := strings.Join([]string{e.ID, string(c.Kind), c.Counts, c.Victims, refName(c.VictimActor),
			refName(c.Responsible), refName(c.Claimant), refName(c.Source), c.DatasetRow, c.Vintage}, "\x1f")
		for n := 1; c.ID == "" || taken[c.ID]; n++ {
			c.ID = DeriveID(KindClaim, fmt.Sprintf("%s\x1f%d", name, n))
		}
		taken[c.ID] = true
	}
}

func refName(r *Ref) string {
	if r == nil {
		return ""
	}
	return r.String()
}
