package assign

// minimizeByPool solves n by a pool when it has people: nodes with one unit that
// nothing leads to. It returns nothing at all when the shape or the numbers do
// not suit, or when the pool takes too long; the simplex is then the way. With bulk
// it always prepares as if there were much to do.
func minimizeByPool(n *Network, left []int64, bulk bool) (*Flow, error) {
	number, people, hubs := roles(n, left)
	if people == 0 {
		return nil, nil
	}
	if _, err := n.penalty(); err != nil {
		return nil, nil
	}
	ceiling, err := n.ceiling(left)
	if err != nil {
		return nil, nil
	}
	q := gather(n, left, number, people, hubs, ceiling)
	if q == nil {
		return nil, nil
	}
	if !q.settle() {
		return nil, ErrInfeasible
	}
	if bulk || q.laborious() {
		q.prepare()
	}
	done, err := q.serve(every(hubs), 100*int64(len(q.offers))+1<<24)
	if err != nil {
		return nil, err
	}
	if !done {
		return nil, nil
	}
	return q.flow(n, number)
}

// every returns 0…n-1.
func every(n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = int32(i)
	}
	return out
}

// roles numbers people from 0 up and hubs as -1, -2…, and counts both.
func roles(n *Network, left []int64) (number []int32, people, hubs int) {
	number = make([]int32, len(left))
	for e, v := range n.To {
		if n.Cap[e] > n.low(e) {
			number[v] = -1
		}
	}
	for v := range number {
		if number[v] == 0 && left[v] == 1 {
			number[v] = int32(people)
			people++
		} else {
			hubs++
			number[v] = int32(-hubs)
		}
	}
	return number, people, hubs
}

// gather builds the pool, or returns nil when a person's cost does not fit 32 bits.
func gather(n *Network, left []int64, number []int32, people, hubs int, ceiling int64) *pool {
	g := &graph{offerAt: make([]int32, people+1), askerAt: make([]int32, hubs+1), linkAt: make([]int32, hubs+1)}
	q := &pool{graph: g, at: make([]offer, people), hubs: make([]hub, hubs), demand: make([]int64, hubs)}
	offers, links := 0, 0
	for e, u := range n.From {
		if n.Cap[e] == n.low(e) || u == n.To[e] {
			continue
		}
		to := -number[n.To[e]] - 1
		if p := number[u]; p >= 0 {
			if n.Cost[e] != int64(int32(n.Cost[e])) {
				return nil
			}
			g.offerAt[p+1]++
			g.askerAt[to+1]++
			offers++
		} else {
			g.linkAt[-p]++
			g.linkAt[to+1]++
			links++
		}
	}
	for v, s := range left {
		if p := number[v]; p < 0 {
			q.demand[-p-1] = -s
		}
	}
	g.offers, g.askers = make([]offer, offers), make([]asker, offers)
	g.linkOf, q.links = make([]int32, 2*links), make([]link, 0, links)
	nextOffer, nextAsker, nextLink := starts(g.offerAt), starts(g.askerAt), starts(g.linkAt)
	for e, u := range n.From {
		if n.Cap[e] == n.low(e) || u == n.To[e] {
			continue
		}
		to := -number[n.To[e]] - 1
		if p := number[u]; p >= 0 {
			g.offers[nextOffer[p]] = offer{to, int32(n.Cost[e])}
			g.askers[nextAsker[to]] = asker{p, int32(n.Cost[e])}
			nextOffer[p]++
			nextAsker[to]++
		} else {
			from := -p - 1
			g.linkOf[nextLink[from]] = int32(len(q.links))
			nextLink[from]++
			g.linkOf[nextLink[to]] = int32(len(q.links))
			nextLink[to]++
			q.links = append(q.links, link{from: from, to: to, room: min(n.Cap[e]-n.low(e), ceiling), cost: n.Cost[e]})
		}
	}
	return q
}

// starts turns counts, stored one to the right, into first positions, and returns
// a copy to fill from.
func starts(count []int32) []int32 {
	for i := 1; i < len(count); i++ {
		count[i] += count[i-1]
	}
	return append([]int32(nil), count...)
}

// flow carries the pool's answer back to the arcs of n, with the potentials.
func (q *pool) flow(n *Network, number []int32) (*Flow, error) {
	out := &Flow{On: make([]int64, len(n.From)), Potential: make([]int64, len(n.Supply))}
	for v, p := range number {
		if p >= 0 {
			out.Potential[v] = -(int64(q.at[p].cost) + q.hubs[q.at[p].hub].price)
		} else {
			out.Potential[v] = -q.hubs[-p-1].price
		}
	}
	next := 0
	for e, u := range n.From {
		on := n.low(e)
		if u == n.To[e] && n.Cost[e] < 0 {
			on = n.Cap[e]
		} else if u != n.To[e] && n.Cap[e] > on {
			if p := number[u]; p < 0 {
				on += q.links[next].flow
				next++
			} else if (offer{-number[n.To[e]] - 1, int32(n.Cost[e])}) == q.at[p] {
				on++
				q.at[p].hub = -1 // one of several equal arcs is enough
			}
		}
		out.On[e] = on
	}
	var err error
	out.Cost, err = n.total(out.On)
	return out, err
}
