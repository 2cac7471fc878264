package assign

// wave serves many hubs at once: one search from all hubs that lack units settles
// the prices of the whole pool, then paths along which nothing is lost are used
// until a depth-first walk finds no more. It returns how many units it brought.
func (q *pool) wave() int64 {
	far := q.flood()
	for _, h := range q.seen {
		b := &q.hubs[h]
		if b.dist < far {
			b.price -= far - b.dist
		}
		b.dist, b.state = never, 0
	}
	q.seen = q.seen[:0]
	moved := int64(0)
	cursor, busy := make([]int32, len(q.hubs)), make([]bool, len(q.hubs))
	for h := range q.hubs {
		for q.hubs[h].excess < 0 {
			lacked := q.hubs[h].excess
			from := q.walk(int32(h), cursor, busy)
			if from < 0 {
				break
			}
			q.carry(from, int32(h))
			moved += q.hubs[h].excess - lacked
		}
	}
	return moved
}

// flood finds the distance of every hub to the nearest one that lacks units, and
// returns the largest distance at which a surplus was met.
func (q *pool) flood() int64 {
	q.heap = q.heap[:0]
	surplus := 0
	for h := range q.hubs {
		if e := q.hubs[h].excess; e < 0 {
			q.hubs[h].dist, q.hubs[h].state = 0, 1
			q.seen = append(q.seen, int32(h))
			q.heap.push(0, int32(h))
		} else if e > 0 {
			surplus++
		}
	}
	far := int64(0)
	for len(q.heap) > 0 && surplus > 0 {
		d, h := q.heap.pop()
		if q.hubs[h].state == 2 {
			continue
		}
		q.hubs[h].state = 2
		if q.hubs[h].excess > 0 {
			surplus--
			far = d
		}
		q.relax(h, d, never, false)
	}
	return far
}

// walk goes backwards from goal along steps that cost nothing until it meets a
// surplus, and returns that hub or -1. A hub that led nowhere stays busy; cursor
// remembers how far each hub's askers and links were tried.
func (q *pool) walk(goal int32, cursor []int32, busy []bool) int32 {
	hubs := q.hubs
	busy[goal] = true
	for h := goal; ; {
		next := q.free(h, cursor, busy)
		if next >= 0 {
			busy[next] = true
			h = next
			if hubs[h].excess > 0 {
				for w := h; ; w = hubs[w].next {
					busy[w] = false
					if w == goal {
						return h
					}
				}
			}
			continue
		}
		if h == goal {
			return -1
		}
		h = hubs[h].next
	}
}

// free finds the next step into h that costs nothing, notes it at the hub where
// it starts and returns that hub, or -1.
func (q *pool) free(h int32, cursor []int32, busy []bool) int32 {
	hubs := q.hubs
	askers := q.askers[q.askerAt[h]:q.askerAt[h+1]]
	links := q.linkOf[q.linkAt[h]:q.linkAt[h+1]]
	price := hubs[h].price
	for ; int(cursor[h]) < len(askers); cursor[h]++ {
		a := askers[cursor[h]]
		w := q.at[a.person]
		if w.hub == h || w.hub < 0 || busy[w.hub] {
			continue
		}
		if b := &hubs[w.hub]; int64(a.cost)+price-int64(w.cost)-b.price == 0 {
			b.next, b.person, b.cost = h, a.person, a.cost
			return w.hub
		}
	}
	for ; int(cursor[h]) < len(askers)+len(links); cursor[h]++ {
		i := links[int(cursor[h])-len(askers)]
		l := &q.links[i]
		other := l.from
		if l.from == h {
			other = l.to
		}
		if l.from == h && l.flow == 0 || l.to == h && l.flow == l.room || busy[other] || q.reduced(l) != 0 {
			continue
		}
		hubs[other].next, hubs[other].person, hubs[other].cost = h, -1, i
		return other
	}
	return -1
}
