package assign

import "slices"

// balance serves every post that lacks people from whoever is nearest by reduced
// cost, and leads what is too many anywhere to the reserve.
func (m *Muster) balance() {
	reserve := int32(len(m.need))
	for h := range reserve {
		for m.hubs[h].excess < 0 {
			m.pull(h)
		}
	}
	for m.surplus() {
		m.pull(reserve)
	}
	m.hubs[reserve].excess = 0
	m.read()
}

func (m *Muster) surplus() bool {
	return slices.ContainsFunc(m.hubs[:len(m.need)], func(h hub) bool { return h.excess > 0 })
}

// pull brings one path's worth of people to the goal and moves the prices of the
// hubs that are nearer to it than where they came from. There always is one: an
// empty seat can be served by nobody, and whoever is too many may go unused.
func (m *Muster) pull(goal int32) {
	from, stop := m.search(goal)
	for _, h := range m.seen {
		b := &m.hubs[h]
		if b.dist < stop {
			b.price -= stop - b.dist
		}
		b.dist, b.state = never, 0
	}
	m.seen = m.seen[:0]
	m.carry(from, goal)
}

func (m *Muster) source(h, goal int32) bool {
	if int(h) == len(m.need) {
		return h != goal
	}
	return m.hubs[h].excess > 0
}

// search runs backwards from goal and returns the nearest hub that can give.
func (m *Muster) search(goal int32) (int32, int64) {
	m.heap = m.heap[:0]
	m.seen = append(m.seen, goal)
	m.hubs[goal].dist = 0
	m.heap.push(0, goal)
	bound := never
	for {
		d, h := m.heap.pop()
		if m.hubs[h].state == 2 {
			continue
		}
		if m.source(h, goal) {
			return h, d
		}
		m.hubs[h].state = 2
		bound = m.relax(h, d, bound, goal)
	}
}

// nobody is the band of an empty seat.
const nobody = int32(-1)

func (m *Muster) relax(h int32, d, bound int64, goal int32) int64 {
	base, reserve := d+m.hubs[h].price, int32(len(m.need))
	step := func(from, band, cost int32, nd int64) {
		if b := &m.hubs[from]; nd < b.dist && nd < bound {
			if b.state == 0 {
				b.state = 1
				m.seen = append(m.seen, from)
			}
			b.dist, b.next, b.person, b.cost = nd, h, band, cost
			m.heap.push(nd, from)
			if m.source(from, goal) {
				bound = nd
			}
		}
	}
	if h == reserve {
		for band, list := range m.at {
			for _, x := range list {
				if x.hub != reserve {
					step(x.hub, int32(band), 0, base-int64(x.cost)-m.hubs[x.hub].price)
				}
			}
		}
		for w, n := range m.Empty {
			if n > 0 {
				step(int32(w), nobody, 0, base-m.absent-m.hubs[w].price)
			}
		}
		return bound
	}
	for _, a := range m.lists.askers[m.lists.askerAt[h]:m.lists.askerAt[h+1]] {
		for _, x := range m.at[a.person] {
			if x.hub != h {
				step(x.hub, a.person, a.cost, base+int64(a.cost)-int64(x.cost)-m.hubs[x.hub].price)
			}
		}
	}
	step(reserve, nobody, 0, base+m.absent-m.hubs[reserve].price)
	return bound
}

// carry moves as many people as the path can bear from a hub to the goal.
func (m *Muster) carry(from, goal int32) {
	reserve := int32(len(m.need))
	amount := never
	if goal != reserve {
		amount = -m.hubs[goal].excess
	}
	if from != reserve {
		amount = min(amount, m.hubs[from].excess)
	}
	for h := from; h != goal; h = m.hubs[h].next {
		switch b := &m.hubs[h]; {
		case b.person != nobody:
			amount = min(amount, int64(m.at[b.person][m.stand(b.person, h)].people))
		case h != reserve:
			amount = min(amount, int64(m.Empty[h]))
		}
	}
	for h := from; h != goal; h = m.hubs[h].next {
		b := &m.hubs[h]
		switch {
		case b.person != nobody:
			m.shift(b.person, h, b.next, b.cost, int32(amount))
		case h == reserve:
			m.Empty[b.next] += int32(amount)
		default:
			m.Empty[h] -= int32(amount)
		}
	}
	m.hubs[from].excess -= amount
	m.hubs[goal].excess += amount
}

// stand is where in its list a band stands at a hub, -1 for nowhere.
func (m *Muster) stand(band, h int32) int {
	return slices.IndexFunc(m.at[band], func(x stand) bool { return x.hub == h })
}

// shift moves people of a band from one hub to another.
func (m *Muster) shift(band, from, to, cost, people int32) {
	list := m.at[band]
	i := m.stand(band, from)
	list[i].people -= people
	if j := m.stand(band, to); j >= 0 {
		list[j].people += people
	} else {
		list = append(list, stand{to, cost, people})
	}
	if list[i].people == 0 {
		list = slices.Delete(list, i, i+1)
	}
	m.at[band] = list
}

// read takes the answer out of the stands.
func (m *Muster) read() {
	reserve := int32(len(m.need))
	m.Parts, m.Cost = make([][]Part, len(m.at)), 0
	for band, list := range m.at {
		for _, x := range list {
			if x.hub != reserve {
				m.Parts[band] = append(m.Parts[band], Part{x.hub, x.people})
				m.Cost += int64(x.cost) * int64(x.people)
			}
		}
		slices.SortFunc(m.Parts[band], func(a, b Part) int { return int(a.Post - b.Post) })
	}
}

// Certificate returns the flow problem behind the muster, written anew from its
// offers, with the muster as a flow and its prices as potentials. Check on the pair
// proves that nothing fills more seats, or as many at less cost. Nodes are bands,
// then posts, then the reserve.
func (m *Muster) Certificate() (*Network, *Flow) {
	bands, posts := len(m.sizes), len(m.need)
	reserve := int32(bands + posts)
	n := &Network{Supply: make([]int64, bands+posts+1)}
	f := &Flow{Potential: make([]int64, len(n.Supply))}
	put := func(from, to int32, capacity, cost, on int64) {
		n.Arc(from, to, capacity, cost)
		f.On = append(f.On, on)
		f.Cost += on * cost
	}
	sent := make([]map[stand]int64, bands) // people by hub and cost, so that the cheapest of equal offers counts once
	for band, size := range m.sizes {
		n.Supply[band] = int64(size)
		n.Supply[reserve] -= int64(size)
		sent[band] = map[stand]int64{}
		worth, _ := m.Worth(int32(band))
		f.Potential[band] = -worth
		idle := int64(0)
		for _, x := range m.at[band] {
			if int(x.hub) == posts {
				idle += int64(x.people)
			} else {
				sent[band][stand{x.hub, x.cost, 0}] += int64(x.people)
			}
		}
		put(int32(band), reserve, int64(size), 0, idle)
	}
	for _, o := range m.offers {
		k := stand{o.Post, int32(o.Cost), 0}
		put(o.Person, int32(bands)+o.Post, int64(m.sizes[o.Person]), o.Cost, sent[o.Person][k])
		delete(sent[o.Person], k)
	}
	for i, need := range m.need {
		n.Supply[bands+i] = -int64(need)
		n.Supply[reserve] += int64(need)
		put(reserve, int32(bands+i), int64(need), m.absent, int64(m.Empty[i]))
		f.Potential[bands+i] = -m.hubs[i].price
	}
	f.Potential[reserve] = -m.hubs[posts].price
	return n, f
}
