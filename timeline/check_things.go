package timeline

import (
	"errors"

	"tarikh/edtf"
)

func (c *checker) source(s *SourceRecord) {
	c.identity("source", KindSource, &s.Identity)
	checkWord(c, "source.kind", "SourceKind", s.Kind)
	if s.Title == (Text{}) {
		c.fail("source.title", "no-title", "it has no title")
	} else {
		c.texts("source.title", []Text{s.Title})
	}
	c.optionalText("source.publisher", s.Publisher)
	c.optionalText("source.licence", s.Licence)
	c.optionalText("source.attribution", s.Attribution)
	c.language("source.lang", s.Lang)
	c.url("source.url", s.URL)
	c.url("source.archiveUrl", s.ArchiveURL)
	if s.Origin != nil {
		c.ref("source.origin", *s.Origin)
		c.notItself("source.origin", &s.Identity, *s.Origin)
	}
}

func (c *checker) url(field string, u URL) {
	if u == "" {
		return
	}
	if _, err := ParseURL(string(u)); err != nil {
		c.fail(field, "bad-url", "%s", err)
	}
	c.optionalText(field, string(u))
}

func (c *checker) location(l *LocationRecord) {
	c.identity("location", KindLocation, &l.Identity)
	checkWord(c, "location.kind", "LocationKind", l.Kind)
	c.names("location.names", l.Names)
	c.point("location.point", l.Point)
	if l.Parent != nil {
		c.ref("location.parent", *l.Parent)
		c.notItself("location.parent", &l.Identity, *l.Parent)
	}
}

func (c *checker) actor(a *ActorRecord) {
	c.identity("actor", KindActor, &a.Identity)
	checkWord(c, "actor.kind", "ActorKind", a.Kind)
	c.names("actor.names", a.Names)
	c.texts("actor.summaries", a.Summaries)
	for i, r := range a.Relations {
		f := at("actor.relations", i)
		checkWord(c, f+".kind", "ActorRelationKind", r.Kind)
		c.ref(f+".actor", r.Actor)
		c.notItself(f+".actor", &a.Identity, r.Actor)
		c.optionalRef(f+".source", r.Source)
	}
}

func (c *checker) timeline(t *TimelineRecord) {
	c.identity("timeline", KindTimeline, &t.Identity)
	c.titles("timeline.titles", t.Titles)
	c.written("timeline.titles", t.Titles)
	c.summaries("timeline.summaries", t.Summaries)
	if err := t.Where.Validate("timeline.where"); err != nil {
		var e *Error
		if errors.As(err, &e) {
			c.fail(e.Field, "bad-where", "%s", e.Message)
		}
	}
	for i, r := range t.Picked {
		c.ref(at("timeline.picked", i), r)
	}
	for i, r := range t.Omitted {
		c.ref(at("timeline.omitted", i), r)
	}
	for i, e := range t.Eras {
		c.titles(at("timeline.eras", i)+".titles", e.Titles)
		c.when(at("timeline.eras", i)+".time", e.Time)
	}
}

// when refuses a time that is not there. Not dated at all is a time, too: "/".
func (c *checker) when(field string, v edtf.Value) {
	if v.IsZero() {
		c.fail(field, "no-time", "it has no time; what is not dated at all is written /")
	}
}
