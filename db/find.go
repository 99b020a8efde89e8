package db

import (
	"context"

	"tarikh/timeline"
)

// Event is the event that a ref names; NOT_FOUND where none does.
func (v *View) Event(ctx context.Context, ref string) (*timeline.Event, error) {
	row, err := v.resolve(timeline.KindEvent, ref)
	if err != nil {
		return nil, err
	}
	return one(v.events(ctx, []int64{row}))
}

// Actor is the actor that a ref names; NOT_FOUND where none does.
func (v *View) Actor(ref string) (*timeline.Actor, error) {
	row, err := v.resolve(timeline.KindActor, ref)
	if err != nil {
		return nil, err
	}
	return v.actors([]int64{row})[row], nil
}

// Location is the location that a ref names; NOT_FOUND where none does.
func (v *View) Location(ref string) (*timeline.Location, error) {
	row, err := v.resolve(timeline.KindLocation, ref)
	if err != nil {
		return nil, err
	}
	return v.locations([]int64{row})[row], nil
}

// Source is the source that a ref names; NOT_FOUND where none does.
func (v *View) Source(ctx context.Context, ref string) (*timeline.Source, error) {
	row, err := v.resolve(timeline.KindSource, ref)
	if err != nil {
		return nil, err
	}
	return one(v.sources(ctx, []int64{row}))
}

// Timeline is the saved timeline that a ref names; NOT_FOUND where none does.
func (v *View) Timeline(ref string) (*timeline.Timeline, error) {
	row, err := v.resolve(timeline.KindTimeline, ref)
	if err != nil {
		return nil, err
	}
	return v.timelines([]int64{row})[row], nil
}

func (v *View) resolve(kind timeline.Kind, ref string) (int64, error) {
	if row, ok := v.x.Resolve(kind, ref); ok {
		return row, nil
	}
	return 0, timeline.NotFoundf("ref", "there is no %s of that ref", kind)
}

// one is the only value of a map of rows.
func one[T any](all map[int64]*T, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	for _, only := range all {
		return only, nil
	}
	return nil, timeline.NotFoundf("ref", "there is no such record")
}

// place is where a record is kept.
type place struct {
	kind timeline.Kind
	row  int64
}

// Nodes are the records of the given ids, in order, nil where there is none: one
// statement for each kind whose rows are not in memory. The id of a record that was
// merged into another gives the other.
func (v *View) Nodes(ctx context.Context, ids []string) ([]timeline.Node, error) {
	rows := map[timeline.Kind][]int64{}
	for _, id := range ids {
		if p := v.placeOf(id); p.row != 0 {
			rows[p.kind] = append(rows[p.kind], p.row)
		}
	}
	found := map[place]timeline.Node{}
	for row, a := range v.actors(rows[timeline.KindActor]) {
		found[place{timeline.KindActor, row}] = a
	}
	for row, l := range v.locations(rows[timeline.KindLocation]) {
		found[place{timeline.KindLocation, row}] = l
	}
	for row, t := range v.timelines(rows[timeline.KindTimeline]) {
		found[place{timeline.KindTimeline, row}] = t
	}
	if err := v.storedNodes(ctx, rows, found); err != nil {
		return nil, err
	}
	claims, err := v.claimNodes(ctx, ids, rows[timeline.KindClaim])
	nodes := make([]timeline.Node, len(ids))
	for i, id := range ids {
		if c := claims[id]; c != nil {
			nodes[i] = c
		} else {
			nodes[i] = found[v.placeOf(id)]
		}
	}
	return nodes, err
}

// placeOf is where the record of an id is kept, of a claim its event; zero: nowhere.
func (v *View) placeOf(id string) place {
	kind, _ := timeline.KindOfID(id)
	row, ok := v.x.Resolve(kind, id)
	if !ok || kind == "" {
		return place{}
	}
	return place{kind, row}
}

// storedNodes adds the nodes that are read from the file.
func (v *View) storedNodes(ctx context.Context, rows map[timeline.Kind][]int64, found map[place]timeline.Node) error {
	events, err := v.events(ctx, rows[timeline.KindEvent])
	if err != nil {
		return err
	}
	for row, e := range events {
		found[place{timeline.KindEvent, row}] = e
	}
	sources, err := v.sources(ctx, rows[timeline.KindSource])
	for row, s := range sources {
		found[place{timeline.KindSource, row}] = s
	}
	return err
}

// claimNodes are the claims among the ids, where the index knows of any.
func (v *View) claimNodes(ctx context.Context, ids []string, events []int64) (map[string]*timeline.Claim, error) {
	if len(events) == 0 {
		return nil, nil
	}
	claims, err := v.claimsByIDs(ctx, ids)
	byID := make(map[string]*timeline.Claim, len(claims))
	for _, c := range claims {
		byID[c.ID] = c
	}
	return byID, err
}
