package assign

import (
	"fmt"
	"math"
	"slices"
)

// Repair returns the solution after the people drop out, pinned ones too. It
// starts from the prices and places of s, brings one cheapest path to each seat
// that became empty, and is as good as solving anew. s itself stays as it was, so
// a repair can be looked at and thrown away.
func Repair(s *Solution, people ...int32) (*Solution, error) {
	r := &Solution{Seats: s.Seats, problem: s.problem, pinned: s.pinned, pins: s.pins}
	r.gone = make([]bool, s.problem.People)
	copy(r.gone, s.gone)
	q := &pool{graph: s.pool.graph, at: slices.Clone(s.pool.at), links: slices.Clone(s.pool.links),
		hubs: slices.Clone(s.pool.hubs), demand: slices.Clone(s.pool.demand)}
	r.pool = q
	order := make([]int32, 0, len(people)+1)
	for _, i := range people {
		if i < 0 || int(i) >= s.problem.People {
			return nil, fmt.Errorf("%w: there is no person %d", ErrShape, i)
		}
		if r.gone[i] {
			continue
		}
		r.gone[i] = true
		if r.pinned[i] >= 0 {
			order = append(order, r.unpin(i))
		}
		order = append(order, r.leave(i))
	}
	order = append(order, int32(len(s.problem.Need)))
	if _, err := q.serve(order, math.MaxInt64); err != nil {
		return nil, err // cannot be: an empty seat is always served by the reserve
	}
	r.read()
	r.explain()
	return r, nil
}

// leave takes person i away from where the pool has them, and one unit from what
// the reserve must take in. It returns the hub that lost somebody.
func (s *Solution) leave(i int32) int32 {
	q, reserve := s.pool, len(s.problem.Need)
	h := q.at[i].hub
	q.at[i].hub = -1
	q.hubs[h].excess--
	q.demand[reserve]--
	q.hubs[reserve].excess++
	return h
}

// unpin gives the seat of a pinned person back to the pool, if it was one of the
// post's own. It returns the post.
func (s *Solution) unpin(i int32) int32 {
	q, reserve, post := s.pool, len(s.problem.Need), s.pinned[i]
	before := s.open(post)
	s.pinned, s.pins = slices.Clone(s.pinned), slices.Clone(s.pins)
	s.pinned[i] = -1
	s.pins[post]--
	if s.open(post) == before {
		return post
	}
	q.demand[post]++
	q.hubs[post].excess--
	q.demand[reserve]--
	q.hubs[reserve].excess++
	l := &q.links[post]
	l.room++
	if l.cost+q.hubs[post].price-q.hubs[reserve].price < 0 { // empty seats are already worth it
		l.flow++
		q.hubs[post].excess++
		q.hubs[reserve].excess--
	}
	return post
}

// Certificate returns the flow problem that stands behind the solution, written
// anew from the problem, with the solution as a flow and the prices as its
// potentials. Check on the pair proves that no arrangement fills more seats or
// fills as many at less cost. Nodes are people, then posts, then the reserve.
func (s *Solution) Certificate() (*Network, *Flow) {
	p, posts := s.problem, len(s.problem.Need)
	reserve := int32(p.People + posts)
	n := &Network{Supply: make([]int64, p.People+posts+1)}
	f := &Flow{Potential: make([]int64, len(n.Supply))}
	used := make([]bool, p.People)
	put := func(from, to int32, capacity, cost, on int64) {
		n.Arc(from, to, capacity, cost)
		f.On = append(f.On, on)
		f.Cost += on * cost
	}
	for i := range p.People {
		if s.gone != nil && s.gone[i] {
			continue
		}
		n.Supply[i] = 1
		n.Supply[reserve]--
		on := int64(0)
		if s.pinned[i] >= 0 || s.PostOf[i] < 0 {
			on, used[i] = 1, true
		}
		put(int32(i), reserve, 1, 0, on)
		w := s.pool.at[i]
		f.Potential[i] = -(int64(w.cost) + s.pool.hubs[w.hub].price)
	}
	for _, o := range p.Offers {
		if s.pinned[o.Person] >= 0 || s.gone != nil && s.gone[o.Person] {
			continue
		}
		on := int64(0)
		if w := s.pool.at[o.Person]; w.hub == o.Post && int64(w.cost) == o.Cost && !used[o.Person] {
			on, used[o.Person] = 1, true
		}
		put(o.Person, int32(p.People)+o.Post, 1, o.Cost, on)
	}
	absent := s.absent()
	for i := range posts {
		open := s.open(int32(i))
		n.Supply[p.People+i] = -open
		n.Supply[reserve] += open
		put(reserve, int32(p.People+i), open, absent, max(0, int64(p.Need[i])-int64(s.Filled[i])))
		f.Potential[p.People+i] = -s.pool.hubs[i].price
	}
	f.Potential[reserve] = -s.pool.hubs[posts].price
	return n, f
}
