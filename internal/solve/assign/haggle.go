package assign

// laborious says whether serving the hubs one path at a time from the present
// prices would take long enough that looking for better prices first pays.
func (q *pool) laborious() bool {
	lacking := int64(0)
	for h := range q.hubs {
		lacking += max(0, -q.hubs[h].excess)
	}
	return lacking > 2*int64(len(q.hubs))
}

// prepare finds good prices and serves most of what is lacking in bulk; it leaves
// a valid state and the last few units to serve.
func (q *pool) prepare() {
	for range 2 {
		q.haggle(1, 3*len(q.hubs))
		q.settle()
	}
	for q.wave() >= 10 {
	}
}

// crew lists the people who stand at each hub: first[hub], then next[person]
// until -1.
type crew struct{ first, next, prev []int32 }

// muster builds the lists.
func (q *pool) muster() *crew {
	c := &crew{make([]int32, len(q.hubs)), make([]int32, len(q.at)), make([]int32, len(q.at))}
	for h := range c.first {
		c.first[h] = -1
	}
	for p := len(q.at) - 1; p >= 0; p-- {
		c.join(int32(p), q.at[p].hub)
	}
	return c
}

// join puts person p first at hub h.
func (c *crew) join(p, h int32) {
	c.prev[p], c.next[p] = -1, c.first[h]
	if c.next[p] >= 0 {
		c.prev[c.next[p]] = p
	}
	c.first[h] = p
}

// part takes person p away from hub h.
func (c *crew) part(p, h int32) {
	if c.prev[p] >= 0 {
		c.next[c.prev[p]] = c.next[p]
	} else {
		c.first[h] = c.next[p]
	}
	if c.next[p] >= 0 {
		c.prev[c.next[p]] = c.prev[p]
	}
}

// haggle looks for good prices hub by hub: a hub that lacks units lowers its price
// until enough people come, one with a surplus raises it until enough leave, each
// by a step more than it must. It stops after limit hubs; what that leaves wrong is
// mended exactly by settle and serve.
func (q *pool) haggle(step int64, limit int) {
	c := q.muster()
	waiting := make([]bool, len(q.hubs))
	var queue []int32
	for h := range q.hubs {
		if q.hubs[h].excess != 0 {
			queue = append(queue, int32(h))
			waiting[h] = true
		}
	}
	var events []event
	for at := 0; at < len(queue) && at < limit; at++ {
		h := queue[at]
		waiting[h] = false
		from := len(queue)
		if e := q.hubs[h].excess; e < 0 {
			events = q.lower(c, h, step, events[:0], &queue)
		} else if e > 0 {
			events = q.raise(c, h, step, events[:0], &queue)
		}
		// keep only what is out of balance and not queued yet
		keep := queue[:from]
		for _, w := range queue[from:] {
			if q.hubs[w].excess != 0 && !waiting[w] {
				waiting[w] = true
				keep = append(keep, w)
			}
		}
		queue = keep
	}
}

// lower brings units to hub h by lowering its price.
func (q *pool) lower(c *crew, h int32, step int64, events []event, touched *[]int32) []event {
	b := &q.hubs[h]
	for _, a := range q.askers[q.askerAt[h]:q.askerAt[h+1]] {
		w := q.at[a.person]
		if w.hub != h {
			events = append(events, event{-(int64(w.cost) + q.hubs[w.hub].price - int64(a.cost)), a.person, offer{h, a.cost}, 1})
		}
	}
	for _, i := range q.linkOf[q.linkAt[h]:q.linkAt[h+1]] {
		l := &q.links[i]
		if l.to == h && l.flow < l.room {
			events = append(events, event{-(q.hubs[l.from].price - l.cost), -i - 1, offer{}, l.room - l.flow})
		} else if l.from == h && l.flow > 0 {
			events = append(events, event{-(l.cost + q.hubs[l.to].price), -i - 1, offer{}, l.flow})
		}
	}
	heapify(events)
	for b.excess < 0 && len(events) > 0 {
		e := events[0]
		if e.who >= 0 {
			from := q.at[e.who].hub
			q.move(c, e.who, e.to)
			*touched = append(*touched, from)
		} else {
			*touched = append(*touched, q.bear(-e.who-1, min(e.amount, -b.excess), h, 1))
		}
		b.price = min(b.price, -e.level)
		if e.who < 0 && b.excess == 0 {
			return events
		}
		events = popEvent(events)
	}
	if len(events) > 0 && events[0].level > -b.price {
		b.price = max(-events[0].level, b.price-step)
	}
	return events
}

// raise sends units away from hub h by raising its price.
func (q *pool) raise(c *crew, h int32, step int64, events []event, touched *[]int32) []event {
	b := &q.hubs[h]
	for p := c.first[h]; p >= 0; p = c.next[p] {
		least, to := never, offer{-1, 0}
		for _, o := range q.offers[q.offerAt[p]:q.offerAt[p+1]] {
			if v := int64(o.cost) + q.hubs[o.hub].price; v < least && o.hub != h {
				least, to = v, o
			}
		}
		if to.hub >= 0 {
			events = append(events, event{least - int64(q.at[p].cost), p, to, 1})
		}
	}
	for _, i := range q.linkOf[q.linkAt[h]:q.linkAt[h+1]] {
		l := &q.links[i]
		if l.from == h && l.flow < l.room {
			events = append(events, event{l.cost + q.hubs[l.to].price, -i - 1, offer{}, l.room - l.flow})
		} else if l.to == h && l.flow > 0 {
			events = append(events, event{q.hubs[l.from].price - l.cost, -i - 1, offer{}, l.flow})
		}
	}
	heapify(events)
	for b.excess > 0 && len(events) > 0 {
		e := events[0]
		if e.who >= 0 {
			q.move(c, e.who, e.to)
			*touched = append(*touched, e.to.hub)
		} else {
			*touched = append(*touched, q.bear(-e.who-1, min(e.amount, b.excess), h, -1))
		}
		b.price = max(b.price, e.level)
		if e.who < 0 && b.excess == 0 {
			return events
		}
		events = popEvent(events)
	}
	if len(events) > 0 && events[0].level > b.price {
		b.price = min(events[0].level, b.price+step)
	}
	return events
}

// move puts person p somewhere else.
func (q *pool) move(c *crew, p int32, to offer) {
	from := q.at[p].hub
	c.part(p, from)
	c.join(p, to.hub)
	q.at[p] = to
	q.hubs[from].excess--
	q.hubs[to.hub].excess++
}

// bear changes link i so that hub h gains (sign 1) or loses (sign -1) the amount,
// and returns the other end.
func (q *pool) bear(i int32, amount int64, h int32, sign int64) int32 {
	l := &q.links[i]
	other := l.from
	if l.from == h {
		other = l.to
		l.flow -= sign * amount
	} else {
		l.flow += sign * amount
	}
	q.hubs[h].excess += sign * amount
	q.hubs[other].excess -= sign * amount
	return other
}
