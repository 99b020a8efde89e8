package timeline

// TotalEvent is what totals know of one event of a selection.
type TotalEvent struct {
	Row       int64
	ID        string      // its public id; looked at only where SameAs names others
	Parents   []int64     // the rows of the events that it is part of, nearest first
	SameAs    []int64     // the rows of the events that it is joined with by SAME_AS
	Figure    *Casualties // its figure by the kind and rule of the total; nil: none
	Origins   []int64     // of the claims behind its figure, in the sense of Statement.Origin
	Contested bool
}

// Total adds up the figures of a selection. Low, Best and High are nil where no event has a
// figure. An event without a best adds its low to the best and opens the total.
//
// No loss is added twice: not that of an event whose partOf-ancestor is in the selection and
// has a figure, and of events joined by SAME_AS within the selection (however many steps
// apart) only that of the smallest id among those that have a figure and are not left out for
// an ancestor. Claims, origins and contests are those of the whole selection, the events that
// are not added again included; Events counts what is added, Unknown the events without a
// figure.
func Total(kind ClaimKind, rule CasualtyRule, events []TotalEvent) *Casualties {
	t := &Casualties{Kind: kind, Rule: rule}
	added := additions(events)
	origins := map[int64]struct{}{}
	for i := range events {
		e := &events[i]
		t.Contested = t.Contested || e.Contested
		if e.Figure == nil {
			t.Unknown++
			continue
		}
		t.ClaimCount += e.Figure.ClaimCount
		for _, o := range e.Origins {
			origins[o] = struct{}{}
		}
		if added(i) {
			t.add(e.Figure)
		}
	}
	t.SourceCount = len(origins)
	return t
}

// add adds the figure of one event to a total.
func (c *Casualties) add(f *Casualties) {
	if c.Events == 0 {
		c.Low, c.Best, c.High = new(int), new(int), new(int)
	}
	c.Events++
	c.Open = c.Open || f.Open || f.Best == nil
	best, _ := f.OrderKey()
	*c.Low += *f.Low
	*c.Best += best
	*c.High += *f.High
}

// additions says of each event that has a figure whether it is added.
func additions(events []TotalEvent) func(i int) bool {
	if !related(events) {
		return func(int) bool { return true }
	}
	s := newTotalled(events)
	chosen := s.chosen()
	return func(i int) bool { return !s.partOfCounted(i) && chosen[s.root(i)] == i }
}

// related says whether any event names another: most selections need no bookkeeping.
func related(events []TotalEvent) bool {
	for i := range events {
		if len(events[i].Parents) > 0 || len(events[i].SameAs) > 0 {
			return true
		}
	}
	return false
}

// totalled is a selection in which events name each other.
type totalled struct {
	events []TotalEvent
	place  map[int64]int // by row, where in events
	join   []int         // a forest: the events of one tree are joined by SAME_AS
}

func newTotalled(events []TotalEvent) *totalled {
	s := &totalled{events: events, place: make(map[int64]int, len(events)), join: make([]int, len(events))}
	for i := range events {
		s.place[events[i].Row] = i
		s.join[i] = i
	}
	for i := range events {
		for _, row := range events[i].SameAs {
			if j, ok := s.place[row]; ok {
				s.join[s.root(i)] = s.root(j)
			}
		}
	}
	return s
}

// root is the event that stands for all joined with i. Paths are halved on the way (Tarjan and
// van Leeuwen, 1984), so that long chains cost little.
func (s *totalled) root(i int) int {
	for s.join[i] != i {
		s.join[i] = s.join[s.join[i]]
		i = s.join[i]
	}
	return i
}

// partOfCounted says whether an ancestor in the selection has a figure.
func (s *totalled) partOfCounted(i int) bool {
	for _, row := range s.events[i].Parents {
		if j, ok := s.place[row]; ok && s.events[j].Figure != nil {
			return true
		}
	}
	return false
}

// chosen gives, by root, the event of the smallest id among those that can be added.
func (s *totalled) chosen() map[int]int {
	chosen := make(map[int]int)
	for i := range s.events {
		if s.events[i].Figure == nil || s.partOfCounted(i) {
			continue
		}
		root := s.root(i)
		if j, ok := chosen[root]; !ok || s.events[i].ID < s.events[j].ID {
			chosen[root] = i
		}
	}
	return chosen
}
