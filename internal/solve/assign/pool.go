package assign

import "math"

// offer is one post a person may go to, and at what cost.
type offer struct{ hub, cost int32 }

// asker is the same pair seen from the post.
type asker struct{ person, cost int32 }

// link is an arc between two hubs with its present flow.
type link struct {
	from, to         int32
	room, flow, cost int64
}

// hub is a node that is no person: a post, or whatever stands behind the posts.
// price is what a unit that arrives here must still pay; excess is inflow less
// outflow less demand. dist and the fields after it belong to the search.
type hub struct {
	price, excess int64
	dist          int64
	next          int32 // the hub one step nearer to the goal
	person        int32 // who would make the step, -1 for a link
	cost          int32 // at which cost, or the number of the link
	state         int8  // 0 not reached, 1 reached, 2 settled
}

// graph is the part of a pool that never changes while it is solved: who may go
// where, and the links' ends. offers of person p are offers[offerAt[p]:offerAt[p+1]].
type graph struct {
	offers  []offer
	offerAt []int32
	askers  []asker
	askerAt []int32
	linkOf  []int32
	linkAt  []int32
}

// pool solves a min-cost flow in which most nodes are people: they have one unit
// and nobody leads to them. Every person stands at one hub, the cheapest at the
// present prices, so the basis lives on the few hubs; a move of a person is an
// arc from hub to hub. Hubs that lack units are served one cheapest path after
// the other, with prices that keep every reduced cost at zero or above.
type pool struct {
	*graph
	at     []offer // by person: where, and at what cost; hub -1 when gone
	links  []link
	hubs   []hub
	demand []int64
	heap   heap
	seen   []int32 // hubs reached by the search
	work   int64   // offers looked at, to know when to give up
}

// never is a distance above every real one.
const never = int64(math.MaxInt64)

// settle puts every person to the cheapest hub at the present prices, fills the
// links that pay and empties those that cost, and counts each hub's excess. It
// makes any prices a valid start. False: somebody has nowhere to go.
func (q *pool) settle() bool {
	for h := range q.hubs {
		q.hubs[h].excess = -q.demand[h]
		q.hubs[h].dist = never
	}
	for p := range q.at {
		list := q.offers[q.offerAt[p]:q.offerAt[p+1]]
		if len(list) == 0 {
			return false
		}
		best, least := list[0], never
		for _, o := range list {
			if c := int64(o.cost) + q.hubs[o.hub].price; c < least {
				best, least = o, c
			}
		}
		q.at[p] = best
		q.hubs[best.hub].excess++
	}
	for i := range q.links {
		l := &q.links[i]
		switch c := q.reduced(l); {
		case c < 0:
			l.flow = l.room
		case c > 0:
			l.flow = 0
		}
		q.hubs[l.from].excess -= l.flow
		q.hubs[l.to].excess += l.flow
	}
	for i := range q.links { // what costs nothing either way evens out
		if l := &q.links[i]; q.reduced(l) == 0 {
			by := min(l.room-l.flow, max(q.hubs[l.from].excess, -l.flow))
			l.flow += by
			q.hubs[l.from].excess -= by
			q.hubs[l.to].excess += by
		}
	}
	return true
}

// reduced is what one more unit on the link costs at the present prices.
func (q *pool) reduced(l *link) int64 {
	return l.cost + q.hubs[l.to].price - q.hubs[l.from].price
}

// serve brings units to every hub that lacks some. It returns ErrInfeasible when
// a hub cannot be served, and false without an error when more than limit offers
// were looked at.
func (q *pool) serve(order []int32, limit int64) (bool, error) {
	for _, h := range order {
		for q.hubs[h].excess < 0 {
			if !q.pull(h) {
				return false, ErrInfeasible
			}
			if q.work > limit {
				return false, nil
			}
		}
	}
	return true, nil
}

// pull brings one path's worth of units to hub goal from the hub with a surplus
// that is nearest by reduced cost, and moves the prices of the hubs that are
// nearer than it. False: no surplus reaches the goal.
func (q *pool) pull(goal int32) bool {
	from, stop := q.search(goal)
	for _, h := range q.seen {
		b := &q.hubs[h]
		if from >= 0 && b.dist < stop {
			b.price -= stop - b.dist
		}
		b.dist, b.state = never, 0
	}
	q.seen = q.seen[:0]
	if from < 0 {
		return false
	}
	q.carry(from, goal)
	return true
}

// carry moves as many units as the path that the search noted can bear from a hub
// with a surplus to the goal.
func (q *pool) carry(from, goal int32) {
	amount := min(q.hubs[from].excess, -q.hubs[goal].excess)
	for h := from; h != goal; h = q.hubs[h].next {
		if b := &q.hubs[h]; b.person >= 0 {
			amount = 1
		} else if l := &q.links[b.cost]; l.from == h {
			amount = min(amount, l.room-l.flow)
		} else {
			amount = min(amount, l.flow)
		}
	}
	for h := from; h != goal; h = q.hubs[h].next {
		if b := &q.hubs[h]; b.person >= 0 {
			q.at[b.person] = offer{b.next, b.cost}
		} else if l := &q.links[b.cost]; l.from == h {
			l.flow += amount
		} else {
			l.flow -= amount
		}
	}
	q.hubs[from].excess -= amount
	q.hubs[goal].excess += amount
}

// search runs backwards from goal over people who could move and links that
// could bear more or less, and returns the nearest hub with a surplus and its
// distance, or -1.
func (q *pool) search(goal int32) (int32, int64) {
	hubs := q.hubs
	q.heap = q.heap[:0]
	q.seen = append(q.seen, goal)
	hubs[goal].dist = 0
	q.heap.push(0, goal)
	bound := never // no path longer than the best surplus seen matters
	for len(q.heap) > 0 {
		d, h := q.heap.pop()
		if hubs[h].state == 2 {
			continue
		}
		if hubs[h].excess > 0 {
			return h, d
		}
		hubs[h].state = 2
		bound = q.relax(h, d, bound, true)
	}
	return -1, 0
}

// relax looks at every step into hub h, whose distance to the goal is d, and notes
// where it shortens the way. With narrow, the first surplus met becomes the bound.
func (q *pool) relax(h int32, d, bound int64, narrow bool) int64 {
	hubs, at := q.hubs, q.at
	base := d + hubs[h].price
	list := q.askers[q.askerAt[h]:q.askerAt[h+1]]
	q.work += int64(len(list)) + 1
	for _, a := range list {
		w := at[a.person]
		if w.hub == h || w.hub < 0 {
			continue
		}
		b := &hubs[w.hub]
		if nd := base + int64(a.cost) - int64(w.cost) - b.price; nd < b.dist && nd < bound {
			bound = q.reach(w.hub, nd, h, a.person, a.cost, bound, narrow)
		}
	}
	for _, i := range q.linkOf[q.linkAt[h]:q.linkAt[h+1]] {
		l := &q.links[i]
		other, c := l.from, l.cost
		if l.from == h {
			other, c = l.to, -l.cost
		}
		if l.from == h && l.flow == 0 || l.to == h && l.flow == l.room {
			continue
		}
		if nd := base + c - hubs[other].price; nd < hubs[other].dist && nd < bound {
			bound = q.reach(other, nd, h, -1, i, bound, narrow)
		}
	}
	return bound
}

// reach notes a shorter way from hub h to the goal.
func (q *pool) reach(h int32, dist int64, next, person, cost int32, bound int64, narrow bool) int64 {
	b := &q.hubs[h]
	if b.state == 0 {
		b.state = 1
		q.seen = append(q.seen, h)
	}
	b.dist, b.next, b.person, b.cost = dist, next, person, cost
	q.heap.push(dist, h)
	if narrow && b.excess > 0 {
		// A path as long as this one is as good: only shorter ones count from now on.
		return dist
	}
	return bound
}

// heap is a binary heap of hubs by distance; equal distances come out by number,
// so that the order never depends on anything else.
type heap []struct {
	dist int64
	hub  int32
}

func (p *heap) push(dist int64, hub int32) {
	h := append(*p, struct {
		dist int64
		hub  int32
	}{dist, hub})
	i := len(h) - 1
	x := h[i]
	for i > 0 {
		up := (i - 1) / 2
		if h[up].dist < x.dist || h[up].dist == x.dist && h[up].hub <= x.hub {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = x
	*p = h
}

func (p *heap) pop() (int64, int32) {
	h := *p
	top, x := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	if len(h) > 0 {
		i := 0
		for {
			c := 2*i + 1
			if c >= len(h) {
				break
			}
			if r := c + 1; r < len(h) && (h[r].dist < h[c].dist || h[r].dist == h[c].dist && h[r].hub < h[c].hub) {
				c = r
			}
			if x.dist < h[c].dist || x.dist == h[c].dist && x.hub <= h[c].hub {
				break
			}
			h[i] = h[c]
			i = c
		}
		h[i] = x
	}
	*p = h
	return top.dist, top.hub
}
