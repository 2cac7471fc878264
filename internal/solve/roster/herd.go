package roster

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
)

// A heat is how one round is annealed: the temperatures are how much dearer a roster
// may become at first and at the end, moves the changes tried for each member, and herds
// of about so many people are those whom posts connect or a part of them.
type heat struct {
	hot, cold float64
	moves     int
	size      int
}

// heats are the rounds one after the other; the last few are repeated for ever. The
// first is short, so that everybody has been looked at soon.
var heats = []heat{
	{10, 0.4, 300, 500}, {6, 0.4, 1000, 500}, {5, 0.4, 1000, 500}, {4, 0.4, 1000, 500}, {3, 0.3, 1500, 500}, {2.5, 0.3, 1500, 500}, {2, 0.3, 1500, 500},
	{5, 0.3, 3000, 40}, {2, 0.3, 3000, 500}, {3, 0.3, 6000, 500}, {8, 0.3, 6000, 40}, {2, 0.3, 3000, 500},
}

const lastHeats = 5

// heatOf is the heat of a round.
func heatOf(round uint64) heat {
	if n := uint64(len(heats)); round >= n {
		round = n - lastHeats + (round-n)%lastHeats
	}
	return heats[round]
}

// herd are members who are annealed together, and the posts that are theirs alone to
// change in this round; nil where no other herd's members may serve at any of them.
type herd struct {
	of   []int32
	owns []bool
}

// herds is one round over everybody: each herd is annealed against the same board,
// and nobody else changes its posts, so that what each finds adds up.
func (s *search) herds() {
	random := source(s.o.Seed, 1+s.rounds<<20)
	how := heatOf(s.rounds)
	list := s.divide(random, how.size)
	out := make([][][]int32, len(list))
	var next atomic.Int32
	var wait sync.WaitGroup
	first := s.rounds << 20
	s.rounds++
	for range s.walkers {
		wait.Go(func() {
			b := s.board.clone()
			for {
				i := int(next.Add(1)) - 1
				if i >= len(list) || s.ctx.Err() != nil {
					return
				}
				h := &list[i]
				old := make([][]int32, len(h.of))
				for k, f := range h.of {
					old[k] = b.lines[f]
				}
				newAnnealer(b, h.of, h.owns).run(s.ctx, source(s.o.Seed, 2+first+uint64(i)), how.moves*len(h.of), how.hot, how.cold)
				out[i] = make([][]int32, len(h.of))
				for k, f := range h.of {
					out[i][k] = b.lines[f]
					b.put(int(f), old[k])
				}
			}
		})
	}
	wait.Wait()
	for i, lines := range out {
		if lines != nil {
			s.take(list[i].of, lines, s.board.cost)
		}
	}
}

// divide divides the members into herds: those whom posts connect, and where they are
// too many, posts that lie near each other with those who have most to do there. The
// borders are drawn anew in each round.
func (s *search) divide(random *rand.Rand, size int) []herd {
	if s.able == nil {
		s.learn()
	}
	n := len(s.p.Posts)
	of, list := make([]int32, n), []herd{}
	for q := range of {
		of[q] = -1
	}
	counted := make([]bool, len(s.p.People))
	for _, q := range random.Perm(n) {
		if of[q] >= 0 || len(s.able[q]) == 0 {
			continue
		}
		at, people := int32(len(list)), 0
		of[q] = at
		for queue := []int32{int32(q)}; len(queue) > 0 && people < size; queue = queue[1:] {
			for _, i := range s.able[queue[0]] {
				if counted[i] {
					continue
				}
				counted[i] = true
				people++
				for _, r := range s.posts[i] {
					if of[r] < 0 && people < size {
						of[r] = at
						queue = append(queue, r)
					}
				}
			}
		}
		list = append(list, herd{})
	}
	shared := make([]bool, len(list))
	for i, posts := range s.posts {
		if len(posts) == 0 {
			continue
		}
		most, count := of[posts[0]], map[int32]int{}
		for _, q := range posts {
			if count[of[q]]++; count[of[q]] > count[most] {
				most = of[q]
			}
		}
		list[most].of = append(list[most].of, int32(i))
		if len(count) > 1 {
			for at := range count {
				shared[at] = true
			}
		}
	}
	for at := range list {
		if shared[at] {
			list[at].owns = make([]bool, n)
			for q, x := range of {
				list[at].owns[q] = x == int32(at)
			}
		}
	}
	return list
}

// learn lists who may serve at which post.
func (s *search) learn() {
	s.able, s.posts = make([][]int32, len(s.p.Posts)), make([][]int32, len(s.p.People))
	for i, m := range s.board.members {
		for k := range m.options {
			q := m.options[k].duty.Post
			if list := s.able[q]; len(list) == 0 || list[len(list)-1] != int32(i) {
				s.able[q], s.posts[i] = append(list, int32(i)), append(s.posts[i], q)
			}
		}
	}
}
