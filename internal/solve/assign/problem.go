package assign

import (
	"fmt"
	"math"
)

// Offer says that a person may fill a post, and at what cost; less is better.
type Offer struct {
	Person, Post int32
	Cost         int64
}

// Pin is a pair that somebody decided by hand. It holds whether or not there is
// an offer for it, and the person fills nothing else.
type Pin struct{ Person, Post int32 }

// Near is a person who just misses a post: not qualified, not available. Reason
// is the caller's word and comes back unread; Cost is what the offer would cost
// if the obstacle were gone.
type Near struct {
	Person, Post int32
	Cost         int64
	Reason       string
}

// Problem is who may fill what. People and posts are numbered from 0; Need[post]
// is how many people a post takes. Seed decides between equally good answers and
// nothing else.
type Problem struct {
	People int
	Need   []int32
	Offers []Offer
	Pins   []Pin
	Near   []Near
	Seed   uint64
}

// Solution is an assignment that fills as many seats as can be filled and, among
// those, costs least. PostOf is -1 for a person who is not used; Filled counts
// the people at each post, pinned ones included; Cost leaves pinned people out,
// because nobody chose them by cost. Every post with an empty seat has a Gap;
// Shortages say, for groups of posts, which people they compete for.
type Solution struct {
	PostOf    []int32
	Filled    []int32
	Seats     int // sum of Need
	Empty     int // seats nobody fills
	Cost      int64
	Gaps      []Gap
	Shortages []Shortage

	problem *Problem
	pool    *pool
	pinned  []int32 // by person: the post, -1 when free
	pins    []int32 // by post: how many
	gone    []bool  // by person: dropped out, nil while nobody has
}

// Assign solves the problem. It returns ErrShape when a number names nobody or a
// person is pinned twice, and ErrOverflow when a cost does not fit 32 bits. The
// problem must not be changed while the solution is in use.
func Assign(p *Problem) (*Solution, error) {
	s := &Solution{problem: p}
	if err := s.admit(); err != nil {
		return nil, err
	}
	s.build()
	q := s.pool
	q.settle()
	if _, err := q.serve(s.order(), math.MaxInt64); err != nil {
		return nil, err // cannot be: an empty seat is always served by the reserve
	}
	s.read()
	s.explain()
	return s, nil
}

// admit checks the problem and counts the pins.
func (s *Solution) admit() error {
	p := s.problem
	posts := int32(len(p.Need))
	if p.People < 0 || p.People > math.MaxInt32-1 || len(p.Need) > math.MaxInt32-2 || len(p.Offers) > math.MaxInt32-p.People-1 {
		return fmt.Errorf("%w: more than 2^31 people, posts or offers", ErrShape)
	}
	inside := func(person, post int32) bool {
		return person >= 0 && int(person) < p.People && post >= 0 && post < posts
	}
	for i, n := range p.Need {
		if n < 0 {
			return fmt.Errorf("%w: post %d needs %d people", ErrShape, i, n)
		}
		s.Seats += int(n)
	}
	if s.Seats > math.MaxInt32 {
		return fmt.Errorf("%w: more than 2^31 seats", ErrShape)
	}
	for i, o := range p.Offers {
		if !inside(o.Person, o.Post) {
			return fmt.Errorf("%w: offer %d names person %d and post %d", ErrShape, i, o.Person, o.Post)
		}
		if o.Cost > math.MaxInt32 || o.Cost <= math.MinInt32 {
			return fmt.Errorf("%w: offer %d costs %d", ErrOverflow, i, o.Cost)
		}
	}
	for i, o := range p.Near {
		if !inside(o.Person, o.Post) {
			return fmt.Errorf("%w: near miss %d names person %d and post %d", ErrShape, i, o.Person, o.Post)
		}
	}
	s.pinned, s.pins = make([]int32, p.People), make([]int32, posts)
	for i := range s.pinned {
		s.pinned[i] = -1
	}
	for i, o := range p.Pins {
		if !inside(o.Person, o.Post) {
			return fmt.Errorf("%w: pin %d names person %d and post %d", ErrShape, i, o.Person, o.Post)
		}
		if s.pinned[o.Person] >= 0 {
			return fmt.Errorf("%w: person %d is pinned twice", ErrShape, o.Person)
		}
		s.pinned[o.Person] = o.Post
		s.pins[o.Post]++
	}
	return nil
}

// open is how many seats of the post the solver may fill.
func (s *Solution) open(post int32) int64 {
	return max(0, int64(s.problem.Need[post])-int64(s.pins[post]))
}

// absent is the price of an empty seat: more than any rearrangement can save.
func (s *Solution) absent() int64 {
	top := int64(0)
	for _, o := range s.problem.Offers {
		top = max(top, o.Cost, -o.Cost)
	}
	return (2*int64(s.Seats)+2)*top + 1
}

// build makes the pool. Behind the posts stands one more hub, the reserve: whoever
// is not used goes there at no cost, and from there a seat can be "filled" by
// nobody at the price of an empty seat. Pinned people can only go there.
func (s *Solution) build() {
	p, posts := s.problem, len(s.problem.Need)
	g := &graph{offerAt: make([]int32, p.People+1), askerAt: make([]int32, posts+2), linkAt: make([]int32, posts+2)}
	q := &pool{graph: g, at: make([]offer, p.People), links: make([]link, posts), hubs: make([]hub, posts+1), demand: make([]int64, posts+1)}
	reserve := int32(posts)
	count := p.People
	for _, o := range p.Offers {
		if s.pinned[o.Person] < 0 {
			g.offerAt[o.Person+1]++
			g.askerAt[o.Post+1]++
			count++
		}
	}
	for i := range p.People {
		g.offerAt[i+1]++
	}
	g.askerAt[posts+1] = int32(p.People)
	g.offers, g.askers = make([]offer, count), make([]asker, count)
	nextOffer, nextAsker := starts(g.offerAt), starts(g.askerAt)
	for i := range p.People { // the reserve comes first: at equal cost nobody is moved
		g.offers[nextOffer[i]] = offer{reserve, 0}
		nextOffer[i]++
	}
	for _, o := range p.Offers {
		if s.pinned[o.Person] < 0 {
			g.offers[nextOffer[o.Person]] = offer{o.Post, int32(o.Cost)}
			nextOffer[o.Person]++
		}
	}
	for _, i := range shuffled(p.People, p.Seed) {
		for _, o := range g.offers[g.offerAt[i]:g.offerAt[i+1]] {
			g.askers[nextAsker[o.hub]] = asker{i, o.cost}
			nextAsker[o.hub]++
		}
	}
	g.linkOf = make([]int32, 2*posts)
	absent, left := s.absent(), int64(p.People)
	for i := range posts {
		g.linkOf[i], g.linkOf[posts+i] = int32(i), int32(i)
		g.linkAt[i+1] = int32(i + 1)
		open := s.open(int32(i))
		q.links[i] = link{from: reserve, to: int32(i), room: open, cost: absent}
		q.demand[i] = open
		left -= open
	}
	g.linkAt[posts+1] = int32(2 * posts)
	q.demand[posts] = left
	s.pool = q
}

// order is the order in which hubs are served; the seed decides it.
func (s *Solution) order() []int32 {
	return shuffled(len(s.pool.hubs), s.problem.Seed^0x9E3779B97F4A7C15)
}

// read takes the answer out of the pool.
func (s *Solution) read() {
	p, reserve := s.problem, int32(len(s.problem.Need))
	s.PostOf, s.Filled = make([]int32, p.People), append([]int32(nil), s.pins...)
	s.Cost, s.Empty = 0, 0
	for i, w := range s.pool.at {
		switch {
		case s.pinned[i] >= 0:
			s.PostOf[i] = s.pinned[i]
		case w.hub < 0 || w.hub == reserve:
			s.PostOf[i] = -1
		default:
			s.PostOf[i] = w.hub
			s.Filled[w.hub]++
			s.Cost += int64(w.cost)
		}
	}
	for i := range s.pool.links {
		s.Empty += int(s.pool.links[i].flow)
	}
}

// shuffled returns 0…n-1 in an order that depends on the seed alone.
func shuffled(n int, seed uint64) []int32 {
	out := every(n)
	for i := n - 1; i > 0; i-- {
		seed += 0x9E3779B97F4A7C15
		z := (seed ^ seed>>30) * 0xBF58476D1CE4E5B9
		z = (z ^ z>>27) * 0x94D049BB133111EB
		j := int((z ^ z>>31) % uint64(i+1))
		out[i], out[j] = out[j], out[i]
	}
	return out
}
