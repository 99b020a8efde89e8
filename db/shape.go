package db

import (
	"context"

	"tarikh/cohort"
	"tarikh/index"
	"tarikh/names"
	"tarikh/timeline"
)

// What is asked of a selection beside its page. All of it is counted in memory; only sources that
// facets name and events that clusters hold are read, once for all connections made together.

// Buckets counts a selection along time.
func (v *View) Buckets(ctx context.Context, c *timeline.EventConnection, by timeline.BucketUnit, split *timeline.FacetField) ([]*timeline.Bucket, error) {
	return shape(ctx, c, relation{"buckets", timeline.Canonical([]any{by, split})},
		func(s *index.Selection) ([]*timeline.Bucket, error) { return s.Buckets(by, split) },
		func(all [][]*timeline.Bucket) {
			var facets [][]*timeline.Facet
			for _, buckets := range all {
				for _, b := range buckets {
					facets = append(facets, b.Splits)
				}
			}
			gather(facets, func(f *timeline.Facet) *timeline.Family { return &f.Family })
		})
}

// Facets counts a selection by the values of a field. With excludeOwn the filter's own member for
// the field is left out: see timeline.EventWhere.Without.
func (v *View) Facets(ctx context.Context, c *timeline.EventConnection, by timeline.FacetField, first *int, excludeOwn bool) ([]*timeline.Facet, error) {
	return shape(ctx, c, relation{"facets", timeline.Canonical([]any{by, first, excludeOwn})},
		func(s *index.Selection) ([]*timeline.Facet, error) {
			if _, err := timeline.CheckFacets(by, first); err != nil {
				return nil, err
			}
			if asked := s.Asked(); excludeOwn {
				var err error
				if s, err = v.whole(EventsAsked{Where: asked.Where.Without(by)}, asked.Parent); err != nil {
					return nil, err
				}
			}
			return s.Facets(by, first)
		},
		func(all [][]*timeline.Facet) {
			gather(all, func(f *timeline.Facet) *timeline.Family { return &f.Family })
		})
}

// Clusters is what a map of a selection shows.
func (v *View) Clusters(ctx context.Context, c *timeline.EventConnection, bbox []float64, zoom int) ([]*timeline.Cluster, error) {
	return shape(ctx, c, relation{"clusters", timeline.Canonical([]any{bbox, zoom})},
		func(s *index.Selection) ([]*timeline.Cluster, error) { return s.Clusters(bbox, zoom) },
		func(all [][]*timeline.Cluster) {
			gather(all, func(k *timeline.Cluster) *timeline.Family { return &k.Family })
			gather(all, func(k *timeline.Cluster) *timeline.Family { return &k.EventFamily })
		})
}

// worked is what came of one connection: another one's error is none of it.
type worked[T any] struct {
	value T
	err   error
}

// shape works something out for all connections made together, when the first of them is asked;
// together is told of all of it.
func shape[T any](ctx context.Context, c *timeline.EventConnection, key relation,
	of func(*index.Selection) (T, error), together func([]T)) (T, error) {
	all, err := cohort.Once(ctx, c.Together, key, func(context.Context, []int64) (map[*timeline.EventConnection]worked[T], error) {
		found := make(map[*timeline.EventConnection]worked[T], len(c.Siblings.All))
		list := make([]T, 0, len(c.Siblings.All))
		for _, sibling := range c.Siblings.All {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			var one T
			whole, err := sibling.Selection.(*index.Answer).Whole()
			if err == nil {
				one, err = of(whole)
			}
			found[sibling] = worked[T]{one, err}
			if err == nil {
				list = append(list, one)
			}
		}
		together(list)
		return found, nil
	})
	if err != nil {
		var none T
		return none, err
	}
	return all[c].value, all[c].err
}

// gather makes one cohort of the records that lists name.
func gather[T any](lists [][]T, family func(T) *timeline.Family) {
	var rows []int64
	for _, list := range lists {
		for _, one := range list {
			rows = append(rows, nonZero(family(one).Row)...)
		}
	}
	c := cohort.New(rows)
	for _, list := range lists {
		for _, one := range list {
			family(one).Cohort = c
		}
	}
}

// FacetLabel is what a facet is called: by its record's name or title, else by the word for it.
func (v *View) FacetLabel(ctx context.Context, f *timeline.Facet, lang *names.Language) (*timeline.Text, error) {
	node, err := v.FacetNode(ctx, f)
	if err != nil {
		return nil, err
	}
	var label *timeline.Text
	switch record := node.(type) {
	case *timeline.Actor:
		label = record.Name(lang)
	case *timeline.Location:
		label = record.Name(lang)
	case *timeline.Source:
		label = &record.Title
	}
	if label == nil {
		label = f.OwnLabel(lang)
	}
	return label, nil
}

// FacetNode is the record that a facet counts; nil where it counts none.
func (v *View) FacetNode(ctx context.Context, f *timeline.Facet) (timeline.Node, error) {
	if f.Row == 0 {
		return nil, nil
	}
	switch f.By {
	case timeline.FacetActor:
		return nodeOf(memory(ctx, f.Family, v.actors))
	case timeline.FacetSource:
		return nodeOf(v.sourceOf(ctx, f.Cohort, f.Row))
	}
	return nodeOf(memory(ctx, f.Family, v.locations))
}

// nodeOf keeps a nil record from becoming a node that is not nil.
func nodeOf[T any, N interface {
	*T
	timeline.Node
}](record N, err error) (timeline.Node, error) {
	if record == nil || err != nil {
		return nil, err
	}
	return record, nil
}

// memory is a record of those kept in memory, made once for a whole cohort.
func memory[T any](ctx context.Context, f timeline.Family, made func([]int64) map[int64]*T) (*T, error) {
	all, err := cohort.Once(ctx, f.Cohort, relation{name: "records"},
		func(_ context.Context, rows []int64) (map[int64]*T, error) { return made(rows), nil })
	return all[f.Row], err
}

// ClusterLocation is where all of a cluster is; nil: at several locations, or at none.
func (v *View) ClusterLocation(ctx context.Context, k *timeline.Cluster) (*timeline.Location, error) {
	if k.Row == 0 {
		return nil, nil
	}
	return memory(ctx, k.Family, v.locations)
}

// ClusterEvent is the only event of a cluster; nil: there are several.
func (v *View) ClusterEvent(ctx context.Context, k *timeline.Cluster) (*timeline.Event, error) {
	if k.EventFamily.Row == 0 {
		return nil, nil
	}
	all, err := cohort.Once(ctx, k.EventFamily.Cohort, relation{name: "rows"}, v.events)
	return all[k.EventFamily.Row], err
}
