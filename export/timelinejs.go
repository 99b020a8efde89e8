package export

// timelineJSON writes the JSON of TimelineJS 3: slides first, then eras, title and scale, which
// follow from the slides.
type timelineJSON struct{ slides }

func (t *timelineJSON) Begin(m Meta) error {
	t.meta = m
	t.line = append(t.line, `{"events":[`...)
	return t.flushLine()
}

func (t *timelineJSON) Item(it *Item) error {
	before := t.n
	s, ok := t.take(it)
	if !ok {
		return nil
	}
	if before > 0 {
		t.line = append(t.line, ',')
	}
	t.line = append(t.line, '\n')
	return t.put(s)
}

func (t *timelineJSON) End(tail Tail) error {
	t.line = append(t.line, "\n],\"eras\":"...)
	eras := t.eras()
	if eras == nil {
		eras = []slide{}
	}
	if err := t.put(eras); err != nil {
		return err
	}
	t.line = append(t.line, ",\n\"title\":"...)
	if err := t.put(t.titleSlide(tail)); err != nil {
		return err
	}
	scale := "human"
	if t.cosmological {
		scale = "cosmological"
	}
	t.line = append(t.line, `,"scale":"`+scale+"\"}\n"...)
	if err := t.flushLine(); err != nil {
		return err
	}
	return t.Flush()
}
