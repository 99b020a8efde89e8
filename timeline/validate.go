package timeline

import (
	"fmt"
	"strconv"
	"strings"

	"tarikh/names"
)

// Limits of a filter. What goes beyond them is TOO_LARGE.
const (
	maxWhereDepth  = 10   // levels of and, or and not
	maxWhereLeaves = 500  // members that restrict something, over the whole filter
	maxWhereList   = 1000 // values in one list
)

// Validate says everything that is wrong with a filter as far as it can be said without data:
// the first mistake as an *[Error] whose field is a path that begins with the given one, such
// as where.or[1].place.bbox. Unknown words and impossible numbers are INVALID, unknown type
// codes NOT_FOUND, too deep, too wide and too long filters TOO_LARGE. A nil filter is right.
func (w *EventWhere) Validate(field string) error {
	var v validation
	v.events(field, w, 0)
	return v.result()
}

// Validate is [EventWhere.Validate] for a filter of actors.
func (w *ActorWhere) Validate(field string) error {
	var v validation
	v.actors(field, w, 0)
	return v.result()
}

// Validate is [EventWhere.Validate] for a filter of locations.
func (w *LocationWhere) Validate(field string) error {
	var v validation
	v.locations(field, w, 0)
	return v.result()
}

// Validate is [EventWhere.Validate] for a filter of sources.
func (w *SourceWhere) Validate(field string) error {
	var v validation
	v.source(field, w)
	return v.result()
}

// validation walks a filter, counts what restricts and keeps the first mistake.
type validation struct {
	leaves int
	err    *Error
}

// result is the first mistake; a nil *Error must not become a non-nil error.
func (v *validation) result() error {
	if v.err == nil {
		return nil
	}
	return v.err
}

func (v *validation) fail(code Code, field, format string, args ...any) {
	if v.err == nil {
		v.err = &Error{Code: code, Field: field, Message: fmt.Sprintf(format, args...)}
	}
}

func (v *validation) invalid(field, format string, args ...any) {
	v.fail(CodeInvalid, field, format, args...)
}

// enter opens one filter of a tree; false: there is nothing more to look at.
func (v *validation) enter(field string, depth int) bool {
	if depth > maxWhereDepth {
		v.fail(CodeTooLarge, field, "and, or and not go deeper than %d levels", maxWhereDepth)
	}
	return v.err == nil
}

// leaf counts one member that restricts.
func (v *validation) leaf(field string, set bool) {
	if !set {
		return
	}
	if v.leaves++; v.leaves > maxWhereLeaves {
		v.fail(CodeTooLarge, field, "the filter restricts by more than %d members", maxWhereLeaves)
	}
}

// size counts a list and holds it to its limit.
func (v *validation) size(field string, set bool, n int) {
	v.leaf(field, set)
	if n > maxWhereList {
		v.fail(CodeTooLarge, field, "a list of %d values is longer than %d", n, maxWhereList)
	}
}

func (v *validation) events(field string, w *EventWhere, depth int) {
	if w == nil || !v.enter(field, depth) {
		return
	}
	each(v, field+".and", w.And, depth, v.events)
	each(v, field+".or", w.Or, depth, v.events)
	v.events(field+".not", w.Not, depth+1)
	v.time(field+".time", w.Time)
	v.place(field+".place", w.Place)
	v.types(field+".type", w.Type)
	words(v, field+".status", "EventStatus", w.Status)
	v.participations(field+".participants", w.Participants, depth)
	v.actorRef(field+".actor", w.Actor)
	v.claims(field+".claims", w.Claims, depth)
	v.sources(field+".sources", w.Sources)
	v.casualties(field+".casualties", w.Casualties)
	v.leaf(field+".contested", w.Contested != nil)
	v.text(field+".text", w.Text)
	v.size(field+".tags", w.Tags != nil, len(w.Tags))
	v.leaf(field+".timeline", w.Timeline != nil)
	v.size(field+".refs", w.Refs != nil, len(w.Refs))
}

// each walks a list of filters, one level down.
func each[W any](
	v *validation, field string, list []*W, depth int, walk func(string, *W, int),
) {
	v.size(field, false, len(list))
	for i, w := range list {
		if v.err != nil {
			return
		}
		if w == nil {
			v.invalid(at(field, i), "a filter in a list cannot be null")
		}
		walk(at(field, i), w, depth+1)
	}
}

// words checks the enum words of a list.
func words[E ~string](v *validation, field, enum string, list []E) {
	v.size(field, list != nil, len(list))
	for i, word := range list {
		if v.err != nil {
			return
		}
		v.word(at(field, i), enum, string(word))
	}
}

func (v *validation) word(field, enum, word string) {
	if !knownWord(enum, word) {
		v.invalid(field, "%q is no %s; the words are %s",
			clip(word), enum, strings.Join(vocabulary[enum], ", "))
	}
}

func (v *validation) types(field string, codes []string) {
	v.size(field, codes != nil, len(codes))
	for i, code := range codes {
		if TypeByCode(code) == nil {
			v.fail(CodeNotFound, at(field, i), "there is no event type %q", clip(code))
			return
		}
	}
}

func (v *validation) participations(field string, w *ParticipationsWhere, depth int) {
	if w == nil {
		return
	}
	v.participation(field+".some", w.Some, depth)
	v.participation(field+".none", w.None, depth)
	v.participation(field+".every", w.Every, depth)
}

func (v *validation) participation(field string, w *ParticipationWhere, depth int) {
	if w == nil {
		return
	}
	v.actors(field+".actor", w.Actor, depth)
	words(v, field+".role", "ParticipantRole", w.Role)
	v.leaf(field+".side", w.Side != nil)
	words(v, field+".certainty", "Certainty", w.Certainty)
}

func (v *validation) actorRef(field string, w *ActorRefWhere) {
	if w == nil {
		return
	}
	v.size(field+".any", w.Any != nil, len(w.Any))
	v.size(field+".all", w.All != nil, len(w.All))
	words(v, field+".include", "ActorLineage", w.Include)
	words(v, field+".role", "ParticipantRole", w.Role)
	if w.Include != nil && w.Any == nil && w.All == nil {
		v.invalid(field+".include", "include widens any or all, and neither is given")
	}
}

func (v *validation) claims(field string, w *ClaimsWhere, depth int) {
	if w == nil {
		return
	}
	v.claim(field+".some", w.Some, depth)
	v.claim(field+".none", w.None, depth)
	v.claim(field+".every", w.Every, depth)
}

func (v *validation) claim(field string, w *ClaimWhere, depth int) {
	if w == nil {
		return
	}
	words(v, field+".kind", "ClaimKind", w.Kind)
	v.actors(field+".claimant", w.Claimant, depth)
	v.source(field+".source", w.Source)
	words(v, field+".status", "ClaimStatus", w.Status)
}

func (v *validation) sources(field string, w *SourcesWhere) {
	if w == nil {
		return
	}
	v.source(field+".some", w.Some)
	v.source(field+".none", w.None)
	v.source(field+".every", w.Every)
}

func (v *validation) source(field string, w *SourceWhere) {
	if w == nil {
		return
	}
	v.size(field+".refs", w.Refs != nil, len(w.Refs))
	v.size(field+".lang", w.Lang != nil, len(w.Lang))
	for i, l := range w.Lang {
		v.language(at(field+".lang", i), &l)
	}
	v.size(field+".publisher", w.Publisher != nil, len(w.Publisher))
	v.time(field+".published", w.Published)
}

func (v *validation) language(field string, l *names.Language) {
	if l == nil {
		return
	}
	if _, err := names.ParseLanguage(string(*l)); err != nil {
		v.invalid(field, "%s", err)
	}
}

func (v *validation) actors(field string, w *ActorWhere, depth int) {
	if w == nil || !v.enter(field, depth) {
		return
	}
	each(v, field+".and", w.And, depth, v.actors)
	each(v, field+".or", w.Or, depth, v.actors)
	v.actors(field+".not", w.Not, depth+1)
	v.size(field+".refs", w.Refs != nil, len(w.Refs))
	v.text(field+".name", w.Name)
	words(v, field+".kind", "ActorKind", w.Kind)
}

func (v *validation) locations(field string, w *LocationWhere, depth int) {
	if w == nil || !v.enter(field, depth) {
		return
	}
	each(v, field+".and", w.And, depth, v.locations)
	each(v, field+".or", w.Or, depth, v.locations)
	v.locations(field+".not", w.Not, depth+1)
	v.size(field+".refs", w.Refs != nil, len(w.Refs))
	v.text(field+".name", w.Name)
	words(v, field+".kind", "LocationKind", w.Kind)
	v.size(field+".within", w.Within != nil, len(w.Within))
}

// text holds what is searched for to the limits of a search.
func (v *validation) text(field string, text *string) {
	v.leaf(field, text != nil)
	if text == nil {
		return
	}
	if _, err := names.ReadQuery(*text); err != nil {
		v.fail(CodeTooLarge, field, "%s", err)
	}
}

// at is the path of one element of a list.
func at(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }
