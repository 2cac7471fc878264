package custody

import (
	"slices"
	"strings"
	"time"
)

// Reckon says who has a subject: first is the keeper at the opening, on the chain's
// first leg. The same halves in any order, said twice or more, come to the same State.
// It is total: a half that nothing fits (a refusal of nothing, a second end) changes
// nothing; a taking after the end opens the chain again, because somebody is there.
func Reckon(c *Chain, first Party, opened time.Time, halves []Half) State {
	s := State{Keeper: first, Since: opened, Due: opened.Add(c.Legs[0].Within)}
	for _, h := range inOrder(halves) {
		if s.Over() && h.Verb != Take && h.Verb != Name && h.Verb != Alarm { // somebody who has the subject after all is believed
			s.late(h)
			continue
		}
		switch h.Verb {
		case Give:
			s.give(c, h)
		case Take:
			s.take(c, h)
		case Refuse:
			if s.Offer != nil && s.Offer.To.Who == h.By.Who {
				s.Offer, s.Refused = nil, append(s.Refused, h.By)
				s.hasten(c, h.At)
			}
		case Recall:
			if s.Offer != nil && s.Keeper.Who == h.By.Who {
				s.Offer = nil
				s.hasten(c, h.At)
			}
		case Name:
			if leg := c.leg(h.Leg); leg >= 0 && h.To.Who != "" {
				s.move(c, h.To, leg, h.At)
				s.Gaps = nil // the desk has looked into it
			}
		case End:
			if h.Behalf != "" || h.By.Who == s.Keeper.Who {
				if slices.Contains(c.Legs[s.Leg].Ends, h.How) {
					s.Ended, s.How, s.Offer, s.Due = h.At, h.How, nil, time.Time{}
				}
			}
		case Alarm:
			if due, ok := s.Next(c); ok && !h.At.Before(due) {
				s.Level, s.Alarmed = min(s.Level+1, c.Top), h.At
			}
		}
	}
	return s
}

// inOrder sorts by the time a thing was said; at the same time by verb (a gift before
// its taking), then by id. Repeats of an id are dropped.
func inOrder(halves []Half) []Half {
	out := slices.Clone(halves)
	slices.SortFunc(out, func(a, b Half) int {
		if d := a.At.Compare(b.At); d != 0 {
			return d
		}
		if d := rank(a.Verb) - rank(b.Verb); d != 0 {
			return d
		}
		return strings.Compare(a.ID, b.ID)
	})
	return slices.CompactFunc(out, func(a, b Half) bool { return a.ID == b.ID })
}

func rank(v Verb) int {
	return slices.Index([]Verb{Give, Take, Refuse, Recall, Name, End, Alarm}, v)
}

// give opens a hand-over. From somebody who no longer has the subject it is the other
// half of a taking that came without one.
func (s *State) give(c *Chain, h Half) {
	if h.By.Who == s.Keeper.Who {
		if leg := c.leg(h.Leg); leg >= 0 && h.To.Who != s.Keeper.Who {
			s.Offer = &Offer{To: h.To, Leg: leg, At: h.At, Code: h.Code}
		}
		return
	}
	s.late(h)
}

// late pairs a gift that was said after its taking with the gap the taking left.
func (s *State) late(h Half) {
	if h.Verb != Give {
		return
	}
	s.Gaps = slices.DeleteFunc(s.Gaps, func(g Gap) bool { return g.From.Who == h.By.Who && g.To.Who == h.To.Who })
}

// take moves the subject to whoever says to have it. Without the other half it moves
// all the same, because somebody answers for a person at every moment, and leaves a gap.
func (s *State) take(c *Chain, h Half) {
	leg := c.leg(h.Leg)
	if leg < 0 {
		return
	}
	if h.By.Who == s.Keeper.Who {
		if leg > s.Leg || s.Over() { // the same one goes on with the next stretch
			s.move(c, s.Keeper, leg, h.At)
		}
		return
	}
	if o := s.Offer; o == nil || o.To.Who != h.By.Who {
		s.Gaps = append(s.Gaps, Gap{From: s.Keeper, To: h.By, At: h.At})
	}
	s.move(c, h.By, leg, h.At)
}

func (s *State) move(c *Chain, to Party, leg int, at time.Time) {
	s.Keeper, s.Leg, s.Since, s.Offer, s.Refused, s.Level, s.Alarmed = to, leg, at, nil, nil, 0, time.Time{}
	s.Due, s.Ended, s.How = at.Add(c.Legs[leg].Within), time.Time{}, ""
}

// hasten brings the deadline forward: whoever was refused is asked soon where to go.
func (s *State) hasten(c *Chain, at time.Time) {
	s.Due = earlier(s.Due, at.Add(c.Take))
}

// Next says when the next alarm is to be raised: the hand-over is late, its other half
// has not come, or a gap is not explained; and again, a level higher, for as long as
// that holds. There is always one while the chain is open.
func (s *State) Next(c *Chain) (time.Time, bool) {
	if s.Over() { // a gap that nobody explained is asked about once
		if len(s.Gaps) == 0 || !s.Alarmed.IsZero() {
			return time.Time{}, false
		}
		return later(s.Ended, s.Gaps[0].At.Add(c.Take)), true
	}
	due := s.Due
	if s.Offer != nil {
		due = earlier(due, s.Offer.At.Add(c.Take))
	}
	for _, g := range s.Gaps {
		due = earlier(due, g.At.Add(c.Take))
	}
	if !s.Alarmed.IsZero() {
		return later(due, s.Alarmed.Add(c.Again)), true
	}
	return later(due, s.Since), true // what an earlier hand-over left is asked of the present keeper
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
