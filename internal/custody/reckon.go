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
			s.late(c, h)
			continue
		}
		switch h.Verb {
		case Give:
			s.give(c, h)
		case Take:
			s.take(c, h)
		case Refuse:
			if o := s.Offer; o != nil && (o.To.Who == h.By.Who || o.read(c, h)) {
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
				s.hand(h, h.To, leg, true, false)
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
	slices.SortFunc(out, order)
	return slices.CompactFunc(out, func(a, b Half) bool { return a.ID == b.ID })
}

func order(a, b Half) int {
	if d := a.At.Compare(b.At); d != 0 {
		return d
	}
	if d := rank(a.Verb) - rank(b.Verb); d != 0 {
		return d
	}
	return strings.Compare(a.ID, b.ID)
}

// Until is what had been said when a half is said. With a code it holds also a gift of a
// moment later, because the giver's phone may run a little before the taker's.
func Until(halves []Half, h Half) (out []Half) {
	for _, x := range halves {
		if order(x, h) < 0 || h.Verb == Take && h.Code != "" && x.Verb == Give && x.Code != "" && !x.At.After(h.At.Add(skew)) {
			out = append(out, x)
		}
	}
	return out
}

// Repeats says whether a half is another tap of one that stands already: the same word
// of the same person, at the same time or within a moment and with nothing said between.
func Repeats(halves []Half, h Half) bool {
	last := Half{}
	for _, x := range inOrder(halves) {
		if x.Verb != Alarm && order(x, h) < 0 {
			last = x
		}
	}
	at := last.At
	last.ID, last.At = h.ID, h.At
	return last == h && h.At.Sub(at) <= skew
}

func rank(v Verb) int {
	return slices.Index([]Verb{Give, Take, Refuse, Recall, Name, End, Alarm}, v)
}

// give opens a hand-over. From somebody who no longer has the subject it is the other
// half of a taking that came without one.
func (s *State) give(c *Chain, h Half) {
	if h.By.Who == s.Keeper.Who {
		if leg := c.leg(h.Leg); leg >= 0 && h.To.Who != s.Keeper.Who && h.To.Who+h.Code != "" {
			s.Offer = &Offer{To: h.To, Leg: leg, At: h.At, Code: h.Code}
		}
		return
	}
	s.late(c, h)
}

// read says whether somebody read the code of the offer while it was good.
func (o *Offer) read(c *Chain, h Half) bool {
	return o.Code != "" && o.Code == h.Code && near(c, o.At, h.At)
}

// near says whether a code shown at one time may be read at the other: it is as good as
// an offer may wait, and the other phone's clock may run a little before.
func near(c *Chain, shown, read time.Time) bool {
	return !read.After(shown.Add(c.Take)) && !read.Before(shown.Add(-skew))
}

// pairs says whether a gift and a taking are the halves of one hand-over: by the code
// where both name one, otherwise by the person.
func pairs(c *Chain, give, take time.Time, shown, read string, to, by Party) (whole, coded bool) {
	if shown != "" && read != "" && near(c, give, take) {
		return shown == read, shown == read
	}
	return to.Who == by.Who, false
}

// late pairs a gift that was said after its taking with the gap the taking left.
func (s *State) late(c *Chain, h Half) {
	if h.Verb != Give {
		return
	}
	s.Gaps = slices.DeleteFunc(s.Gaps, func(g Gap) bool {
		whole, coded := pairs(c, h.At, g.At, h.Code, g.Code, h.To, g.To)
		if whole = whole && g.From.Who == h.By.Who; !whole {
			return false
		}
		for i := range s.Hands {
			if x := &s.Hands[i]; !x.Whole && x.At.Equal(g.At) && x.From.Who == g.From.Who && x.To.Who == g.To.Who {
				x.Whole, x.Coded = true, coded
			}
		}
		return true
	})
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
			s.hand(h, s.Keeper, leg, true, false)
			s.move(c, s.Keeper, leg, h.At)
		}
		return
	}
	whole, coded := false, false
	if o := s.Offer; o != nil {
		whole, coded = pairs(c, o.At, h.At, o.Code, h.Code, o.To, h.By)
	}
	if !whole {
		s.Gaps = append(s.Gaps, Gap{From: s.Keeper, To: h.By, At: h.At, Code: h.Code})
	}
	s.hand(h, h.By, leg, whole, coded)
	s.move(c, h.By, leg, h.At)
}

func (s *State) hand(h Half, to Party, leg int, whole, coded bool) {
	s.Hands = append(s.Hands, Hand{h.ID, s.Keeper, to, leg, h.At, whole, coded})
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
