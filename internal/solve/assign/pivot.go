package assign

import "math"

// pivot brings arc in into the tree, pushes what the cycle bears, and takes out
// the arc that the rule of strongly feasible trees names: the last blocking one
// on the way from the join, along the cycle, back to the join.
func (s *simplex) pivot(in int32) {
	tree := s.tree
	r := s.routes[in]
	first, second := r.from, r.to
	if s.state[in] == atCap {
		first, second = second, first
	}
	join := s.join(first, second)
	delta, out, side := s.room[in], int32(-1), 0
	for u := first; u != join; u = tree[u].parent {
		if d := s.slack(u, tree[u].up); d < delta {
			delta, out, side = d, u, 1
		}
	}
	for u := second; u != join; u = tree[u].parent {
		if d := s.slack(u, !tree[u].up); d <= delta {
			delta, out, side = d, u, 2
		}
	}
	if delta > 0 {
		s.push(in, first, second, join, delta)
	}
	if side == 0 {
		s.state[in] = -s.state[in]
		return
	}
	gone := tree[out].arc
	s.state[in] = inTree
	if s.state[gone] = atCap; s.flow[gone] == 0 {
		s.state[gone] = atLow
	}
	if side == 1 {
		s.hang(first, second, out, in, join)
	} else {
		s.hang(second, first, out, in, join)
	}
}

// slack is what the arc above u can still bear: its flow when the push runs
// against it, its free room otherwise.
func (s *simplex) slack(u int32, against bool) int64 {
	e := s.tree[u].arc
	if against {
		return s.flow[e]
	}
	if int(e) >= s.real {
		return math.MaxInt64
	}
	return s.room[e] - s.flow[e]
}

// join is the deepest node above both: the smaller subtree climbs.
func (s *simplex) join(u, v int32) int32 {
	for u != v {
		if s.tree[u].size < s.tree[v].size {
			u = s.tree[u].parent
		} else {
			v = s.tree[v].parent
		}
	}
	return u
}

// push sends delta round the cycle.
func (s *simplex) push(in, first, second, join int32, delta int64) {
	s.flow[in] += int64(s.state[in]) * delta
	for u := first; u != join; u = s.tree[u].parent {
		if t := &s.tree[u]; t.up {
			s.flow[t.arc] -= delta
		} else {
			s.flow[t.arc] += delta
		}
	}
	for u := second; u != join; u = s.tree[u].parent {
		if t := &s.tree[u]; t.up {
			s.flow[t.arc] += delta
		} else {
			s.flow[t.arc] -= delta
		}
	}
}

// hang cuts the subtree under out, turns it so that u becomes its top, and hangs
// it under v by arc in; then the potentials of the subtree are shifted.
func (s *simplex) hang(u, v, out, in, join int32) {
	tree := s.tree
	moved := tree[out].size
	for w := tree[out].parent; w != join; w = tree[w].parent {
		tree[w].size -= moved
	}
	for w := v; w != join; w = tree[w].parent {
		tree[w].size += moved
	}
	r := s.routes[in]
	up := r.from == u
	shift := s.pi[v] - s.pi[u]
	if up {
		shift -= r.cost
	} else {
		shift += r.cost
	}
	// Walk from u to out; each node's old parent becomes its child.
	parent, arc, sizeOver := v, in, int32(0)
	for w := u; ; {
		t := &tree[w]
		was := *t
		s.unlink(w)
		t.parent, t.arc, t.up = parent, arc, up
		s.link(w, parent)
		t.size = moved - sizeOver
		if w == out {
			break
		}
		sizeOver = was.size
		parent, arc, up, w = w, was.arc, !was.up, was.parent
	}
	s.shift(u, shift)
}

// unlink takes w out of its parent's list of children.
func (s *simplex) unlink(w int32) {
	t := &s.tree[w]
	if t.prev >= 0 {
		s.tree[t.prev].next = t.next
	} else {
		s.tree[t.parent].child = t.next
	}
	if t.next >= 0 {
		s.tree[t.next].prev = t.prev
	}
}

// link puts w first among the children of parent.
func (s *simplex) link(w, parent int32) {
	t := &s.tree[w]
	t.prev, t.next = -1, s.tree[parent].child
	if t.next >= 0 {
		s.tree[t.next].prev = w
	}
	s.tree[parent].child = w
}

// shift adds by to the potential of every node of the subtree under top.
func (s *simplex) shift(top int32, by int64) {
	tree, pi := s.tree, s.pi
	w := top
	for {
		pi[w] += by
		if c := tree[w].child; c >= 0 {
			w = c
			continue
		}
		for w != top && tree[w].next < 0 {
			w = tree[w].parent
		}
		if w == top {
			return
		}
		w = tree[w].next
	}
}
