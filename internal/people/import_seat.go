package people

import (
	"slices"

	"shouwang/internal/plan"
)

// seating fills the posts of the everyday system as a roll asks for them.
type seating struct {
	b       Base
	posts   []*post
	at      map[[2]string][]*post // item and place → posts by n
	held    map[string][]*post    // helper → posts held
	deputy  map[string][]*post    // helper → posts they are deputy of
	claimed map[[2]string]string  // item and place → deputy whom this roll names
	want    map[string]Seat       // helper (as far as known) → the seat the roll gives
}

type post struct {
	Post
	fresh, changed bool
}

// newSeating takes the posts there are, ended ones too, since keys are never
// given twice.
func newSeating(b Base, rows []line) *seating {
	s := &seating{b: b, at: map[[2]string][]*post{}, held: map[string][]*post{}, deputy: map[string][]*post{}, claimed: map[[2]string]string{}, want: map[string]Seat{}}
	for _, p := range b.Posts {
		x := &post{Post: p}
		s.posts = append(s.posts, x)
		key := [2]string{p.Item, p.PlaceID}
		s.at[key] = append(s.at[key], x)
		if s.ended(x) {
			continue
		}
		s.held[p.HelperID] = append(s.held[p.HelperID], x)
		s.deputy[p.DeputyID] = append(s.deputy[p.DeputyID], x)
	}
	for _, list := range s.at {
		slices.SortFunc(list, func(a, b *post) int { return a.N - b.N })
	}
	byNumber := make(map[string]string, len(b.Helpers))
	for _, h := range b.Helpers {
		byNumber[h.Number] = h.ID
	}
	for _, r := range rows {
		if id := byNumber[r.Number]; id != "" && r.Seat != nil {
			s.want[id] = *r.Seat
		}
	}
	return s
}

func (s *seating) ended(p *post) bool { return !p.Until.IsZero() && !s.b.Now.Before(p.Until) }

// same says whether two seats are one post.
func (s *Seat) same(o *Seat) bool {
	return s.Item == o.Item && s.PlaceID == o.PlaceID && s.Deputy == o.Deputy
}

// has says whether a helper sits where a roll puts them.
func (s *seating) has(helper string, seat *Seat) bool {
	for _, p := range s.at[[2]string{seat.Item, seat.PlaceID}] {
		if !s.ended(p) && (!seat.Deputy && p.HelperID == helper || seat.Deputy && p.DeputyID == helper) {
			return true
		}
	}
	return false
}

// take seats a helper and tells whether anything changed by it.
func (s *seating) take(helper string, seat *Seat) (changed bool, v plan.Verdict) {
	key := [2]string{seat.Item, seat.PlaceID}
	if seat.Deputy {
		return s.stand(helper, seat, key)
	}
	for _, p := range s.at[key] {
		if p.HelperID == helper && !s.ended(p) {
			return false, v
		}
	}
	s.leave(helper, s.held, func(p *post) *string { return &p.HelperID })
	p := s.room(seat, key)
	p.HelperID, p.Reason, p.changed = helper, "", true
	s.held[helper] = append(s.held[helper], p)
	return true, v
}

// stand makes a helper the deputy of the first post at a place.
func (s *seating) stand(helper string, seat *Seat, key [2]string) (bool, plan.Verdict) {
	if other, ok := s.claimed[key]; ok && other != helper {
		return false, plan.Reject("post", ErrDeputyTwice.With(seat.PlaceCode))
	}
	s.claimed[key] = helper
	var p *post
	for _, x := range s.at[key] {
		if !s.ended(x) {
			p = x
			break
		}
	}
	if p == nil {
		p = s.open(seat, key)
	}
	if p.DeputyID == helper {
		return false, plan.Verdict{}
	}
	s.leave(helper, s.deputy, func(p *post) *string { return &p.DeputyID })
	p.DeputyID, p.changed = helper, true
	s.deputy[helper] = append(s.deputy[helper], p)
	return true, plan.Verdict{}
}

// leave vacates what a helper had, since the roll gives them another seat.
func (s *seating) leave(helper string, from map[string][]*post, chair func(*post) *string) {
	for _, p := range from[helper] {
		if at := chair(p); *at == helper { // nobody else was seated there meanwhile
			*at, p.changed = "", true
		}
	}
	delete(from, helper)
}

// room returns a free post at a place: an empty one, one whose holder this roll
// sends elsewhere when the playbook asks for no more, else a new one.
func (s *seating) room(seat *Seat, key [2]string) *post {
	full := 0
	for _, p := range s.at[key] {
		if s.ended(p) {
			continue
		}
		if p.HelperID == "" {
			return p
		}
		full++
	}
	if full >= seat.Count {
		for _, p := range s.at[key] {
			if to, ok := s.want[p.HelperID]; ok && !s.ended(p) && (to.Item != seat.Item || to.PlaceID != seat.PlaceID || to.Deputy) {
				delete(s.held, p.HelperID)
				return p
			}
		}
	}
	return s.open(seat, key)
}

// open adds an empty post at a place under the next number.
func (s *seating) open(seat *Seat, key [2]string) *post {
	n := 1
	if list := s.at[key]; len(list) > 0 {
		n = list[len(list)-1].N + 1
	}
	p := &post{fresh: true, Post: Post{ID: s.b.NewID(), Key: seatKey(seat.Item, seat.PlaceID, n), Item: seat.Item, Role: seat.Role,
		PlaceID: seat.PlaceID, Path: seat.Path, N: n, From: s.b.Now}}
	s.posts = append(s.posts, p)
	s.at[key] = append(s.at[key], p)
	return p
}

func (s *seating) result() []Post {
	var out []Post
	for _, p := range s.posts {
		if p.fresh || p.changed {
			out = append(out, p.Post)
		}
	}
	return out
}
