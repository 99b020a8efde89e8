package recordtest

import "tarikh/timeline"

// relate names earlier events: at most one that this is part of, each other one once, so that
// there is neither a cycle nor a pair stated from both sides.
func (m *maker) relate(e *timeline.EventRecord) {
	others := some(m, m.events, 2)
	for i, other := range others {
		kinds := []timeline.EventRelationKind{timeline.EventFollows, timeline.EventResponseTo,
			timeline.EventSameAs, timeline.EventContradicts}
		if i == 0 {
			kinds = append(kinds, timeline.EventPartOf, timeline.EventPartOf)
		}
		e.Relations = append(e.Relations, timeline.EventRelationRecord{
			Kind: pick(m, kinds), Event: m.refTo(other)})
	}
}
