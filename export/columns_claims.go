package export

import (
	"strconv"
	"strings"

	"tarikh/timeline"
)

func claimColumns() []Column {
	return []Column{
		{"participants", "names of those who took part, each with its role and, unless confirmed, how sure that is",
			func(v *view) cell { return list(v.Event.Participants, v.sayParticipant) }},
		{"killed_low", "fewest killed by killed_rule; empty: nobody gives a number, which is not 0",
			figure(func(c *timeline.Casualties) cell { return whole(c.Low) })},
		{"killed_best", "best number of killed", figure(func(c *timeline.Casualties) cell { return whole(c.Best) })},
		{"killed_high", "most killed", figure(func(c *timeline.Casualties) cell { return whole(c.High) })},
		{"killed_rule", "how competing claims were made one figure",
			func(v *view) cell { return text(string(v.meta.Rule)) }},
		{"contested", "whether claims about the killed contradict one another; empty without a figure",
			figure(func(c *timeline.Casualties) cell { return boolean(c.Contested) })},
		{"claims", "the claims that stand, in their order: kind, low/best/high (? is not given), whose losses, who says so",
			func(v *view) cell { return list(v.standing(), v.sayClaim) }},
	}
}

func figure(say func(*timeline.Casualties) cell) func(*view) cell {
	return func(v *view) cell {
		if v.Figure == nil {
			return cell{}
		}
		return say(v.Figure)
	}
}

// standing are the claims that are passed on and were not withdrawn.
func (v *view) standing() []timeline.ClaimRecord {
	var standing []timeline.ClaimRecord
	for _, c := range v.claims() {
		if c.Status == timeline.ClaimCurrent {
			standing = append(standing, c)
		}
	}
	return standing
}

func (v *view) killedClaims() int {
	n := 0
	for i := range v.Event.Claims {
		c := &v.Event.Claims[i]
		if c.Kind == timeline.ClaimKilled && c.Status == timeline.ClaimCurrent && !v.Withholds(c) {
			n++
		}
	}
	return n
}

// sayParticipant is such as "Ansar Dine (PERPETRATOR, CLAIMED)".
func (v *view) sayParticipant(p *timeline.ParticipationRecord) string {
	s := v.actorName(p.Actor) + " (" + string(p.Role)
	if p.Certainty != timeline.CertaintyConfirmed && p.Certainty != "" {
		s += ", " + string(p.Certainty)
	}
	return s + ")"
}

// sayClaim is such as "KILLED 4/?/12, soldiers, Government of Mali": the claim's kind, numbers,
// victims, and its claimant or else the key of its source.
func (v *view) sayClaim(c *timeline.ClaimRecord) string {
	parts := []string{string(c.Kind)}
	if c.Range != nil {
		parts[0] += " " + number(c.Range.Low) + "/" + number(c.Range.Best) + "/" + number(c.Range.High)
	}
	for _, ref := range []*timeline.Ref{c.Responsible, c.VictimActor} {
		if ref != nil {
			parts = append(parts, v.actorName(*ref))
		}
	}
	parts = append(parts, c.Counts, c.Victims)
	switch {
	case c.Claimant != nil:
		parts = append(parts, v.actorName(*c.Claimant))
	case c.Source != nil:
		parts = append(parts, c.Source.String())
	}
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, ", ")
}

func number(n *int) string {
	if n == nil {
		return "?"
	}
	return strconv.Itoa(*n)
}
